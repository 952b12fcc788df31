"""What is wrong in a file, and what went wrong otherwise."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable


class DiagnosticLevel(str, enum.Enum):
    """How bad a diagnostic is. A member is its code as text."""

    error = "error"
    warning = "warning"
    note = "note"

    def __str__(self) -> str:
        return self.value


class ErrorCode(str, enum.Enum):
    """What kind of thing went wrong. A member is its code as text."""

    bad_argument = "bad_argument"
    no_such_file = "no_such_file"
    cannot_write = "cannot_write"
    bad_content = "bad_content"
    limit_exceeded = "limit_exceeded"
    internal = "internal"

    def __str__(self) -> str:
        return self.value


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One message about one place in a file or table. `str()` shows it with the line and a caret.

    `line` and `column` count from 1, columns in code points; `line` 0 means the file as a whole. Of a table in memory,
    `file` is its name (`nodes['Cohort']`), `line` the row and `column` the column, both from 1.
    """

    level: DiagnosticLevel
    id: str
    message: str
    help: str
    file: str
    line: int
    column: int
    width: int = dataclasses.field(repr=False)
    source_line: str = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)

    def __str__(self) -> str:
        return self.text


def make_diagnostic(level: str, *rest: object) -> Diagnostic:
    return Diagnostic(DiagnosticLevel(level), *rest)  # type: ignore[arg-type]


class Error(Exception):
    """Base of everything this package raises by itself. `code` says what kind of thing went wrong."""

    code: ErrorCode = ErrorCode.internal


class LoadError(Error, ValueError):
    """A network, rule, table, schema, mapping or rates file has mistakes: all of them are in `diagnostics`.

    `dropped` counts those that were too many to keep. `file`, `line`, `column` and `hint` are those of the first error.
    """

    code = ErrorCode.bad_content

    def __init__(self, text: str, diagnostics: Iterable[Diagnostic] = (), dropped: int = 0) -> None:
        super().__init__(text, list(diagnostics), dropped)
        self.text = text
        self.diagnostics: list[Diagnostic] = list(diagnostics)
        self.dropped = dropped

    def __str__(self) -> str:
        return self.text

    @property
    def _first(self) -> Diagnostic | None:
        errors = [item for item in self.diagnostics if item.level is DiagnosticLevel.error]
        return errors[0] if errors else None

    @property
    def file(self) -> str:
        return self._first.file if self._first else ""

    @property
    def line(self) -> int:
        return self._first.line if self._first else 0

    @property
    def column(self) -> int:
        return self._first.column if self._first else 0

    @property
    def hint(self) -> str:
        return self._first.help if self._first else ""


class BadArgumentError(Error, ValueError):
    """A name that does not exist, a day that is none, a value out of range."""

    code = ErrorCode.bad_argument


class NoSuchFileError(Error, FileNotFoundError):
    """Nothing there, or not readable."""

    code = ErrorCode.no_such_file


class CannotWriteError(Error, OSError):
    """The target exists and may not be replaced, or cannot be written."""

    code = ErrorCode.cannot_write


class LimitExceededError(Error):
    """An input is larger than the limits allow."""

    code = ErrorCode.limit_exceeded


class InternalError(Error, RuntimeError):
    """A bug in this library."""

    code = ErrorCode.internal


class DiagnosticWarning(UserWarning):
    """A file could be read, and something in it is worth a look."""
