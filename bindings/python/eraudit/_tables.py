"""Tables in and out. pandas is looked for only when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy

from ._arguments import check_free, check_language
from ._core import Severity, Verdict, report_formats
from ._errors import BadArgumentError

if TYPE_CHECKING:
    import pandas

    from ._core import Asks, Assessment, Findings


def export(name: str, table: Any) -> Any:
    """What the reader takes: a capsule of an Arrow stream, two of a batch, or a dict of columns of Python values."""
    if isinstance(table, Mapping):
        return {_text(name, column): _column(name, column, values) for column, values in table.items()}
    if isinstance(table, (list, tuple)):
        return _records(name, table)
    stream = getattr(table, "__arrow_c_stream__", None)
    if stream is not None:
        try:
            return stream()
        except ImportError:
            if not _is_pandas(table):  # which needs pyarrow for this
                raise
    elif hasattr(table, "__arrow_c_array__"):
        return tuple(table.__arrow_c_array__())
    if _is_pandas(table):
        return {
            _text(name, column): table[column].astype(object).where(table[column].notna(), None).tolist()
            for column in table.columns
        }
    raise TypeError(
        f"{name}: a {type(table).__name__} is no table; give one of pandas, polars, DuckDB or pyarrow, a list of dicts "
        "or a dict of columns"
    )


def _is_pandas(table: Any) -> bool:
    return type(table).__module__.split(".")[0] == "pandas" and hasattr(table, "columns")


def _text(name: str, column: object) -> str:
    if not isinstance(column, str):
        raise BadArgumentError(f"{name}: names of columns are texts, not {column!r}")
    return column


def _column(name: str, column: object, values: Any) -> Any:
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(f"{name}: the column {column!r} takes a list of values, not a {type(values).__name__}")
    to_list = getattr(values, "tolist", None) or getattr(values, "to_list", None)
    return to_list() if to_list is not None else list(values)


def _records(name: str, rows: Sequence[Any]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"{name}: row {number + 1} is a {type(row).__name__}, and rows are dicts")
        for column in row:
            if column not in columns:
                columns[_text(name, column)] = [None] * number
        for column, values in columns.items():
            values.append(row.get(column))
    return columns


def text_array(texts: list[str]) -> numpy.ndarray[Any, Any]:
    out = numpy.empty(len(texts), dtype=object)
    out[:] = texts
    return out


def _need_pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_pandas() needs pandas: pip install pandas; columns() needs nothing") from error
    return pandas


def findings_to_pandas(findings: Findings, language: str | None = None) -> pandas.DataFrame:
    pd = _need_pandas()
    columns = findings.columns()
    rules = _rule_ids(findings)
    verdicts = [member.value for member in Verdict]
    severities = [member.value for member in Severity]

    def coded(codes: Any, categories: list[str], ordered: bool) -> Any:
        small = codes.astype(numpy.int8 if len(categories) < 128 else numpy.int32)
        return pd.Categorical.from_codes(small, categories=categories, ordered=ordered, validate=False)

    data = {
        "rule": coded(columns["rule"], rules, False),
        "subject": findings.subjects(),
        "verdict": coded(columns["verdict"], verdicts, True),
        "severity_low": coded(columns["severity_low"], severities, True),
        "severity_high": coded(columns["severity_high"], severities, True),
    }
    if language is not None:
        data["message"] = findings.messages(language)
    return pd.DataFrame(data, copy=False)  # type: ignore[no-any-return]


def asks_to_pandas(asks: Asks, language: str = "en") -> pandas.DataFrame:
    pd = _need_pandas()
    columns = asks.columns()
    rules = _rule_ids(asks)
    return pd.DataFrame(  # type: ignore[no-any-return]
        {
            "rule": pd.Categorical.from_codes(columns["rule"].astype(numpy.int32), categories=rules),
            "path": [ask.path for ask in asks],
            "question": [ask.question(language) for ask in asks],
            "verdicts": columns["verdicts"].copy(),
            "stated": columns["stated"].copy(),
            "facts": columns["facts"].copy(),
            "at_least": columns["at_least"].copy(),
        }
    )


def _rule_ids(of: Findings | Asks) -> list[str]:
    return of.assessment.rules.ids


_ENDINGS = {".htm": "html", ".markdown": "md"}


def write_report(
    assessment: Assessment,
    path: str | os.PathLike[str],
    format: str | None,
    language: str,
    overwrite: bool,
    explained: int,
) -> None:
    target = os.fspath(path)
    check_language(language, assessment.rules)
    if format is None:
        ending = os.path.splitext(target)[1].lower()
        format = _ENDINGS.get(ending, ending[1:])
        if format not in report_formats():
            raise BadArgumentError(
                f"'{target}' does not end in the name of a format; give format=, one of: {', '.join(report_formats())}"
            )
    check_free(target, overwrite)
    assessment._write(target, format, language, overwrite, explained)
