"""Plain values that the library hands out."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ._core import Severity, Verdict


class Range(NamedTuple):
    """Somewhere from `low` to `high`, both included; `typical` is the likely value, if somebody said one."""

    low: Any
    high: Any
    typical: Any = None


class Progress(NamedTuple):
    """How many (rule, subject) pairs were judged, and how many there are."""

    done: int
    total: int


class RunInformation(NamedTuple):
    """How a run went."""

    as_of: datetime.date
    stopped: bool  #: a stop was asked for before the end; what was not judged counts as unknown
    limits_hit: tuple[str, ...]
    findings_dropped: int


class RuleCounts(NamedTuple):
    """How much of a rule's population it could judge."""

    selected: int  #: nodes of the subject's kinds
    applicable: int  #: selected, less not_applicable and not reached
    decided: int  #: fail, suspect, pass
    not_reached: int  #: not judged because the run was stopped; counted as unknown too
    skipped: bool  #: the rule was not run at all: outside its since/until, or stopped before
    by_verdict: dict[Verdict, int]


@dataclasses.dataclass(frozen=True)
class Reading:
    """A cell, list or rate that was read, and what it said."""

    name: str  #: `np-24.base_wage`
    path: str  #: `Cohort.base_wage`
    value: str  #: `1500 MYR`, `not known`; among facts waited for, the question
    source: str
    file: str
    line: int

    def to_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Condition:
    """One condition of a rule with what came out and what was read."""

    text: str  #: as written
    line: int
    column: int
    name: str  #: of a `let` entry
    element: str  #: of a part of a comprehension: which element it speaks of
    possible: bool  #: and it is not certain that this element is there
    outcome: str  #: `true`, `false`, `not known`, a value
    parts: tuple[Condition, ...]
    more_parts: int  #: left out
    variables: tuple[Condition, ...]
    readings: tuple[Reading, ...]
    more_readings: int

    def to_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Enough:
    """Facts of which some answers decide an unknown verdict, whatever is not known besides. Other answers may not."""

    facts: tuple[Reading, ...]  #: `value` is the question; where one condition hangs on several, fewer may do
    more: int  #: left out
    conditions: tuple[str, ...]  #: of the rule, as written, that these facts answer
    verdicts: tuple[Verdict, ...]  #: what it can be decided to in this way, worst first

    def to_dict(self) -> dict[str, Any]:
        out = dataclasses.asdict(self)
        out["verdicts"] = [verdict.value for verdict in self.verdicts]
        return out


@dataclasses.dataclass(frozen=True)
class Later:
    """What an unknown verdict needs next if a condition that is not known comes out one way."""

    condition: str  #: `when`, or what stands before a `?`, as written
    outcome: bool  #: if it comes out like this
    facts: tuple[Reading, ...]  #: `value` is the question
    more: int  #: left out

    def to_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Explanation:
    """The verdict of one rule on one subject with everything a reader needs to defend it. `str()` is for people."""

    rule: str
    subject: str
    verdict: Verdict
    severity: tuple[Severity, Severity]  #: low and high
    message: str
    when: Condition | None
    paths: tuple[str, ...]  #: of a rule with `match`: the rows the verdict rests on, `himal -> village-a`; smallest first
    where: tuple[Condition, ...]  #: conditions in the pattern, for the first of these
    condition: Condition | None
    witness: tuple[Reading, ...]  #: what the verdict rests on
    waits_for: tuple[Reading, ...]  #: of an unknown
    would_change: tuple[Reading, ...]  #: single facts whose other value would undo it
    open_conditions: int  #: of an unknown: how many; 0 if that could not be told
    enough: tuple[Enough, ...]  #: of an unknown: the smallest sets, at most two; none is claimed beyond 12 open conditions
    later: tuple[Later, ...]  #: of an unknown: what its condition needs if `when` holds, and each branch of a `?:`
    error: str
    text: str = dataclasses.field(repr=False)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Of plain values, ready for JSON."""
        out = dataclasses.asdict(self)
        del out["text"]
        out["verdict"] = self.verdict.value
        out["severity"] = [end.value for end in self.severity]
        out["enough"] = [enough.to_dict() for enough in self.enough]
        return out


def _condition(given: dict[str, Any] | None) -> Condition | None:
    if given is None:
        return None
    rest = {key: given[key] for key in given if key not in ("parts", "variables", "readings")}
    return Condition(
        parts=_conditions(given["parts"]),
        variables=_conditions(given["variables"]),
        readings=_readings(given["readings"]),
        **rest,
    )


def _conditions(given: list[dict[str, Any]]) -> tuple[Condition, ...]:
    return tuple(made for made in map(_condition, given) if made is not None)


def _readings(given: list[dict[str, Any]]) -> tuple[Reading, ...]:
    return tuple(Reading(**item) for item in given)


def _enough(given: dict[str, Any]) -> Enough:
    return Enough(
        facts=_readings(given["facts"]),
        more=given["more"],
        conditions=tuple(given["conditions"]),
        verdicts=tuple(given["verdicts"]),
    )


def _later(given: dict[str, Any]) -> Later:
    return Later(
        condition=given["condition"], outcome=given["outcome"], facts=_readings(given["facts"]), more=given["more"]
    )


def make_explanation(given: dict[str, Any], text: str) -> Explanation:
    return Explanation(
        rule=given["rule"],
        subject=given["subject"],
        verdict=given["verdict"],
        severity=given["severity"],
        message=given["message"],
        when=_condition(given["when"]),
        paths=tuple(given["paths"]),
        where=_conditions(given["where"]),
        condition=_condition(given["condition"]),
        witness=_readings(given["witness"]),
        waits_for=_readings(given["waits_for"]),
        would_change=_readings(given["would_change"]),
        open_conditions=given["open_conditions"],
        enough=tuple(map(_enough, given["enough"])),
        later=tuple(map(_later, given["later"])),
        error=given["error"],
        text=text,
    )
