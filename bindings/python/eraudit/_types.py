"""Plain values that the library hands out."""

from __future__ import annotations

import dataclasses
import datetime
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core

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


@dataclasses.dataclass(frozen=True)
class LimitHit:
    """A limit that a run reached, and where; `str()` is for people."""

    limit: str  #: `steps`, `rule_steps`, `bytes`, `levels`, `rows`, `hops`, `facts` or `findings`, see docs/reference/report.md
    most: int  #: how many there may be
    rule: str  #: id; empty for `findings`, which is of the whole run
    place: str  #: file and line of its condition
    part: str  #: of `hops`: of the pattern, as written
    count: int  #: subjects of the rule; of findings: those that are not listed

    def describe(self, language: str = "en") -> str:
        """In `en`, `fr` or `es`: `10,000 steps of evaluation: rule test.rule, 1 subject`."""
        return _core._describe_limit(self.limit, self.most, self.rule, self.place, self.part, self.count, language)

    def __str__(self) -> str:
        return self.describe()


class RunInformation(NamedTuple):
    """How a run went."""

    as_of: datetime.date
    stopped: bool  #: a stop was asked for before the end; what was not judged counts as unknown
    limits_hit: tuple[LimitHit, ...]
    findings_dropped: int
    proof: str  #: whether it was weighed who says something: `not-asked`, `no-sources`, `no-table`, `by-draft`, `by-table`


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

    fact: str  #: `np-24.base_wage`
    path: str  #: `Cohort.base_wage`
    value: dict[str, Any]  #: as in report.json: `{"type": "money", "value": "1500 MYR"}`
    value_text: str  #: the same for people: `1500 MYR`, `not known`
    source: str
    file: str
    line: int
    question: str = ""  #: of a fact that is waited for

    def to_dict(self) -> dict[str, Any]:
        """As a fact in report.json."""
        return {name: getattr(self, name) for name in ("fact", "path", "value", "source", "file", "line")}

    def __str__(self) -> str:
        return f"{self.fact} = {self.value_text}"


@dataclasses.dataclass(frozen=True)
class Condition:
    """One condition of a rule with what came out and what was read."""

    text: str  #: as written
    line: int
    column: int
    name: str  #: of a `let` entry
    element: dict[str, Any] | None  #: of a part of a comprehension: which element it speaks of; a value as in report.json
    element_text: str | None  #: the same for people
    possible: bool  #: and it is not certain that this element is there
    outcome: dict[str, Any]  #: a value as in report.json: `{"type": "boolean", "value": True}`
    outcome_text: str  #: the same for people: `yes`, `no`, `not known`, a value
    parts: tuple[Condition, ...]
    more_parts: int  #: left out
    variables: tuple[Condition, ...]
    readings: tuple[Reading, ...]
    more_readings: int

    def to_dict(self) -> dict[str, Any]:
        """As a condition in report.json."""
        out: dict[str, Any] = {}
        if self.name:
            out["name"] = self.name
        if self.element is not None:
            out.update(element=self.element, possible=self.possible)
        out.update(text=self.text, line=self.line, column=self.column, outcome=self.outcome)
        out["readings"] = [reading.to_dict() for reading in self.readings]
        if self.more_readings:
            out["more_readings"] = self.more_readings
        out["variables"] = [variable.to_dict() for variable in self.variables]
        out["parts"] = [part.to_dict() for part in self.parts]
        if self.more_parts:
            out["more_parts"] = self.more_parts
        return out

    def __str__(self) -> str:
        return f"{self.text}: {self.outcome_text}"


def _asked(fact: Reading) -> dict[str, Any]:
    return {**fact.to_dict(), "question": fact.question}


@dataclasses.dataclass(frozen=True)
class Enough:
    """Facts of which some answers decide an unknown verdict, whatever is not known besides. Other answers may not."""

    facts: tuple[Reading, ...]  #: each with its question; where one condition hangs on several, fewer may do
    more: int  #: left out
    conditions: tuple[str, ...]  #: of the rule, as written, that these facts answer
    verdicts: tuple[Verdict, ...]  #: what it can be decided to in this way, worst first

    def to_dict(self) -> dict[str, Any]:
        """Of plain values, ready for JSON; questions in one language."""
        return {
            "facts": [_asked(fact) for fact in self.facts],
            "more": self.more,
            "conditions": list(self.conditions),
            "verdicts": [verdict.value for verdict in self.verdicts],
        }


@dataclasses.dataclass(frozen=True)
class Later:
    """What an unknown verdict needs next if a condition that is not known comes out one way."""

    condition: str  #: `when`, or what stands before a `?`, as written
    outcome: bool  #: if it comes out like this
    facts: tuple[Reading, ...]  #: each with its question
    more: int  #: left out

    def to_dict(self) -> dict[str, Any]:
        """Of plain values, ready for JSON; questions in one language."""
        facts = [_asked(fact) for fact in self.facts]
        return {"condition": self.condition, "outcome": self.outcome, "facts": facts, "more": self.more}


@dataclasses.dataclass(frozen=True)
class ConflictSide:
    """What the verdict would be if of those who disagree these were right."""

    verdict: Verdict
    says: tuple[Reading, ...]  #: the values it takes for true; `source` names all who say so

    def to_dict(self) -> dict[str, Any]:
        """As in report.json."""
        return {"verdict": self.verdict.value, "says": [reading.to_dict() for reading in self.says]}


class PlannedAsk(NamedTuple):
    """One question: all that is asked under one schema path, whichever rules wait for it."""

    path: str
    asks: tuple[int, ...]  #: places in `assessment.asks`, one per rule
    waiting: int  #: verdicts that wait for it, and maybe for more
    settles: int  #: verdicts that then wait for nothing more; an answer can raise a new question
    gravest: Severity  #: the gravest that one of these can become
    settled: int  #: with the questions before it
    at_most: int  #: no choice of as many questions settles more


class AskPlan(NamedTuple):
    """In which order to ask, so that each answer settles as much as it can."""

    asks: tuple[PlannedAsk, ...]
    waiting: int  #: verdicts that the plan is about
    left_out: int  #: verdicts that wait for more than could be told apart


class Detection(NamedTuple):
    """Of a source that asked some of a group: what would have been noticed."""

    source: str
    asked: int
    of: int
    affected: int  #: so many would have been noticed with a chance of 95 %; 0: none can be told


@dataclasses.dataclass(frozen=True, repr=False)
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
    sides: tuple[ConflictSide, ...]  #: of a conflict: a side that finds something and one that does not
    too_weak: tuple[Reading, ...]  #: of a suspicion or an unknown: stated, but not with the proof that the rule demands
    against: tuple[Reading, ...]  #: what others say of facts in `witness`, and does not count
    detection: tuple[Detection, ...]  #: of a pass that was weighed: how far those who say it could have noticed
    open_conditions: int  #: of an unknown: how many; 0 if that could not be told
    enough: tuple[Enough, ...]  #: of an unknown: the smallest sets, at most two; none is claimed beyond 12 open conditions
    later: tuple[Later, ...]  #: of an unknown: what its condition needs if `when` holds, and each branch of a `?:`
    error: str
    text: str
    json: str  #: as `eraudit explain --format json` writes it

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<eraudit.Explanation {self.verdict}: {self.rule} on {self.subject}>"

    def to_dict(self) -> dict[str, Any]:
        """In the shape of a finding of report.json, texts in all languages, with what it waits for."""
        out: dict[str, Any] = json.loads(self.json)
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


def make_explanation(given: dict[str, Any], text: str, as_json: str) -> Explanation:
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
        sides=tuple(ConflictSide(verdict=side["verdict"], says=_readings(side["says"])) for side in given["sides"]),
        too_weak=_readings(given["too_weak"]),
        against=_readings(given["against"]),
        detection=tuple(given["detection"]),
        open_conditions=given["open_conditions"],
        enough=tuple(map(_enough, given["enough"])),
        later=tuple(map(_later, given["later"])),
        error=given["error"],
        text=text,
        json=as_json,
    )
