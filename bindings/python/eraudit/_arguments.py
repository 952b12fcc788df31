"""What callers give: names that are mistyped, and values of the wrong type."""

from __future__ import annotations

import datetime
import difflib
import functools
import inspect
import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, Union

from ._core import Network, Rules
from ._errors import BadArgumentError, CannotWriteError

Path = Union[str, "os.PathLike[str]"]
Day = Union[str, datetime.date]

_Function = TypeVar("_Function", bound=Callable[..., Any])

LANGUAGES = ("en", "fr", "es")
_HOW_TO_MAKE = {"network": "read it with eraudit.read_network(path)", "rules": 'load them with eraudit.load_rules("core")'}


def nearest(name: str, names: Any) -> str:
    found = difflib.get_close_matches(name, list(names), 1)
    return f"; did you mean '{found[0]}'?" if found else ""


def named_arguments(function: _Function) -> _Function:
    """A keyword that is mistyped is answered with the one that was meant; so are too many positional arguments."""
    parameters = inspect.signature(function).parameters
    positional = [name for name, one in parameters.items() if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    by_name = [name for name in parameters if name not in positional]

    @functools.wraps(function)
    def checked(*arguments: Any, **named: Any) -> Any:
        for name in named:
            if name not in parameters:
                said = nearest(name, parameters) or f"; it takes {', '.join(parameters)}"
                raise TypeError(f"{function.__name__}() has no argument '{name}'{said}")
        if len(arguments) > len(positional):
            raise TypeError(
                f"{function.__name__}() takes {' and '.join(positional)} by position; give {', '.join(f'{name}=' for name in by_name)} by name"
            )
        return function(*arguments, **named)

    return checked  # type: ignore[return-value]


def path_text(path: Path, what: str) -> str:
    try:
        text = os.fspath(path)
    except TypeError:
        raise TypeError(f"{what} takes a path (str or os.PathLike), not {type(path).__name__}") from None
    if isinstance(text, bytes):
        raise TypeError(f"{what} takes a path as text, not bytes")
    return text


def day_text(day: Day | None, what: str) -> str | None:
    if day is None or isinstance(day, str):
        return day
    if isinstance(day, datetime.datetime):
        if day.time() != datetime.time() or day.tzinfo is not None:
            raise TypeError(f"{what} takes a day (str or datetime.date), not a moment")
        day = day.date()
    if isinstance(day, datetime.date):
        return day.isoformat()
    raise TypeError(f"{what} takes a day (str or datetime.date), not {type(day).__name__}")


def given_limits(limits: Mapping[str, int] | None) -> dict[str, int]:
    return dict(limits) if limits is not None else {}


def check_judged(network: Any, rules: Any) -> None:
    """Files and packs are not judged before they are read; nor is the one taken for the other."""
    for what, value, wanted in (("network", network, Network), ("rules", rules, Rules)):
        if isinstance(value, wanted):
            continue
        how = "the order is evaluate(network, rules)" if isinstance(value, (Network, Rules)) else _HOW_TO_MAKE[what]
        raise TypeError(f"evaluate() takes eraudit.{wanted.__name__} as {what}, not {type(value).__name__}; {how}")


_CHOOSE = {
    "Findings": "[f for f in assessment.findings if f.verdict == {wrong}]",
    "Asks": "[a for a in assessment.asks if a.rule == {wrong}]",
}


def refuse_index(sequence: str, wrong: object) -> None:
    """`findings['fail']`, `findings[1.0]`: says how to get what was meant."""
    said = f"{sequence} takes a position or a slice ({sequence.lower()}[0], {sequence.lower()}[:10]), not {type(wrong).__name__}"
    if isinstance(wrong, str):
        said += f"; to choose some of them: {_CHOOSE[sequence].format(wrong=repr(str(wrong)))}"
    raise TypeError(said)


def check_free(path: str, overwrite: bool) -> None:
    if not overwrite and os.path.lexists(path):
        raise CannotWriteError(f"cannot write '{path}': it exists already; overwrite=True replaces it")


def check_language(language: Any, rules: Rules) -> None:
    """Whether the engine or the rules have a text in it, or in what is broader (`pt` for `pt-BR`)."""
    if not isinstance(language, str):
        raise TypeError(f"language takes a str, not {type(language).__name__}")
    known = [*LANGUAGES, *(tag for tag in rules.languages if tag not in LANGUAGES)]
    if not any(f"{language}-".lower().startswith(f"{tag}-".lower()) for tag in known):
        raise BadArgumentError(f"there are no texts in '{language}'; one of: {', '.join(known)}")
