"""Who says so: both sides of a conflict, what is stated too weakly, and in which order to ask."""

import pytest

import eraudit
from eraudit import Verdict

NETWORK = """
eraudit: network/1
as_of: 2026-06-30
sources:
  voices:  {class: worker_interview, date: 2026-05-14, place: off_site, chosen_by: auditor, sample: 11, of: 48}
  payroll: {class: payroll, date: 2026-05-31}
  form:    {class: self_declaration, date: 2026-02-20}
nodes:
  Cohort:
    torn:  {weekly_hours: [{value: 48, source: payroll}, {value: 70, source: voices}]}
    told:  {weekly_hours: 70, source: form}
    quiet: {weekly_hours: 48, source: form}
    asked: {weekly_hours: 48, source: voices}
"""
RULE = {
    "rule": "test.hours",
    "subject": "(c:Cohort)",
    "fail_if": "c.weekly_hours > 60.0",
    "message": "{c.weekly_hours} hours",
    "proof": {"fail": "supported", "pass": "supported"},
}
TABLE = {
    "certainty": "verified",
    "levels": {"stated": 1, "supported": 1, "corroborated": 3},
    "interviews": {"class": "worker-interview-offsite", "separately": 3},
    "topics": {"hours": {"title": "hours", "facts": ["Cohort.weekly_hours"], "fresh_months": 24}},
    "classes": {"self-assessment": {"group": "management", "default": 1}, "payroll-record": {"group": "papers", "default": 5}},
}


@pytest.fixture(scope="module")
def assessment():
    return eraudit.evaluate(eraudit.read_network(text=NETWORK), eraudit.load_rules(RULE))


def test_verdicts_weigh_who_says_so(assessment):
    verdicts = {id_: assessment.verdict("test.hours", id_).value for id_ in ("torn", "told", "quiet", "asked")}
    assert verdicts == {"torn": "conflict", "told": "suspect", "quiet": "unknown", "asked": "pass"}
    assert assessment.run.proof == "by-draft"


def test_a_conflict_has_both_sides(assessment):
    why = assessment.explain("test.hours", "torn")
    assert [side.verdict for side in why.sides] == [Verdict.fail, Verdict.pass_]
    assert [side.says[0].source for side in why.sides] == ["voices", "payroll"]
    assert [side.says[0].value_text for side in why.sides] == ["70", "48"]
    assert why.to_dict()["sides"] == [side.to_dict() for side in why.sides]
    assert why.against == ()
    assert "sources disagree" in str(why)


def test_what_is_stated_too_weakly_is_named_and_asked_for(assessment):
    told = assessment.explain("test.hours", "told")
    assert [(reading.fact, reading.source) for reading in told.too_weak] == [("told.weekly_hours", "form")]
    assert told.to_dict()["too_weak"] == [reading.to_dict() for reading in told.too_weak]
    (ask,) = assessment.asks
    assert (ask.path, ask.verdicts, ask.stated) == ("Cohort.weekly_hours", 2, 2)
    assert ask.to_dict()["stated"] == 2 and assessment.asks.columns()["stated"].tolist() == [2]


def test_what_is_not_found_says_how_far_it_could_have_been(assessment):
    (detection,) = assessment.explain("test.hours", "asked").detection
    assert detection == eraudit.Detection(source="voices", asked=11, of=48, affected=11)


def test_the_plan_of_questions(assessment):
    plan = assessment.ask_plan()
    assert plan.waiting == 2 and plan.left_out == 0
    (question,) = plan.asks
    assert (question.path, question.waiting, question.settles, question.settled, question.at_most) == ("Cohort.weekly_hours", 2, 2, 2, 2)
    assert question.gravest is eraudit.Severity.medium and assessment.asks[question.asks[0]].path == question.path
    assert assessment.asks_csv("fr").splitlines()[1].startswith("1,")


def test_a_table_of_ones_own(tmp_path):
    network, rules = eraudit.read_network(text=NETWORK), eraudit.load_rules(RULE)
    judged = eraudit.evaluate(network, rules, proof=TABLE)
    assert judged.run.proof == "by-table"
    assert judged.verdict("test.hours", "torn") == "pass"  # nobody else is in that table
    file = tmp_path / "proof.yaml"
    file.write_text("eraudit: proof/1\ncertainty: verified\nlevels: {stated: 1, supported: 6, corroborated: 3}\ntopics: {}\nclasses: {}\n")
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.evaluate(network, rules, proof=file)
    assert [d.id for d in caught.value.diagnostics][:1] == ["proof-bad-number"]
    assert (caught.value.diagnostics[0].line, caught.value.diagnostics[0].column) == (3, 32)
    with pytest.raises(eraudit.NoSuchFileError):
        eraudit.evaluate(network, rules, proof=tmp_path / "none.yaml")
