"""Assessments: findings, asks, verdicts, explanations, reports."""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys

import numpy
import pytest
from conftest import ROOT, SAMPLE

import eraudit
from eraudit import Severity, Verdict


def test_findings_are_a_sequence(sample):
    findings = sample.findings
    assert len(findings) == len(list(findings)) > 5
    assert findings[0] == findings[-len(findings)] == next(iter(findings)) and findings[0] != findings[1]
    assert findings[1:3] == [findings[1], findings[2]] and findings[::-1][0] == findings[-1]
    assert len(set(findings)) == len(findings)
    for wrong in (len(findings), -len(findings) - 1):
        with pytest.raises(IndexError):
            findings[wrong]
    with pytest.raises(TypeError, match=r"\[f for f in assessment.findings if f.verdict == 'fail'\]"):
        findings["fail"]
    with pytest.raises(TypeError, match=r"takes a position or a slice \(findings\[0\], findings\[:10\]\), not float"):
        findings[1.0]
    with pytest.raises(TypeError, match="a.rule == 'wages.below-minimum'"):
        sample.asks["wages.below-minimum"]
    assert repr(findings) == f"<eraudit.Findings: {len(findings)}>"


def test_a_finding_says_what_it_is(sample):
    finding = next(f for f in sample.findings if f.rule == "recruitment-fees.worker-paid" and f.subject == "np-24")
    assert finding.verdict == "fail" and finding.verdict is Verdict.fail and str(finding.verdict) == "fail"
    assert f"{finding.verdict}" == "fail" and json.dumps({"v": finding.verdict}) == '{"v": "fail"}'
    assert finding.label() == "indicator present" and finding.label("fr") == "indicateur constaté"
    assert finding.severity.high is Severity.critical
    assert finding.indicator == "recruitment-fees-charged"
    assert len(finding.fingerprint) == 16
    assert finding.fingerprint == sample.fingerprint(finding.rule, finding.subject)
    assert finding.message("en") != finding.message("fr") and finding.title("es")
    assert finding.to_dict()["message"] == finding.message()
    assert repr(finding).startswith("<eraudit.Finding fail (")
    for name in ("rule", "verdict", "anything"):
        with pytest.raises(AttributeError):
            setattr(finding, name, 1)


def test_columns_copy_nothing_and_say_the_same_as_the_objects(sample):
    columns = sample.findings.columns()
    rules, ids = sample.rules.ids, sample.network.ids()
    verdicts, severities = list(Verdict), list(Severity)
    for i, finding in enumerate(sample.findings):
        assert rules[columns["rule"][i]] == finding.rule
        assert ids[columns["subject"][i]] == finding.subject
        assert verdicts[columns["verdict"][i]] is finding.verdict
        assert severities[columns["severity_low"][i]] is finding.severity.low
        assert severities[columns["severity_high"][i]] is finding.severity.high
    for name, column in columns.items():
        assert isinstance(column, numpy.ndarray) and not column.flags.writeable and not column.flags.owndata, name
        with pytest.raises(ValueError):
            column[0] = 1
    first, second = sample.findings.columns()["rule"], columns["rule"]
    assert first.__array_interface__["data"] == second.__array_interface__["data"]


def test_columns_outlive_what_they_come_from(sample_network, core_rules):
    columns = eraudit.evaluate(sample_network, core_rules).findings.columns()
    expected = columns["subject"].tolist()
    for _ in range(5):
        eraudit.evaluate(sample_network, core_rules)
    assert columns["subject"].tolist() == expected


def test_to_pandas(sample):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = sample.findings.to_pandas()
    assert list(frame.columns) == ["rule", "subject", "verdict", "severity_low", "severity_high"]
    assert frame["rule"].tolist() == [f.rule for f in sample.findings]
    assert frame["subject"].tolist() == [f.subject for f in sample.findings]
    assert frame["verdict"].tolist() == [f.verdict.value for f in sample.findings]
    assert {"fail", "suspect", "conflict"} == set(frame["verdict"])
    assert (frame["severity_high"] >= frame["severity_low"]).all()
    assert isinstance(frame["verdict"].dtype, pandas.CategoricalDtype) and frame["verdict"].cat.ordered
    assert sample.findings.to_pandas(language="fr")["message"].tolist() == [f.message("fr") for f in sample.findings]
    asks = sample.asks.to_pandas()
    assert asks["question"].tolist() == [a.question() for a in sample.asks]
    assert asks["verdicts"].tolist() == [a.verdicts for a in sample.asks]
    assert asks["stated"].tolist() == [a.stated for a in sample.asks]


def test_pandas_is_not_needed_to_import_eraudit():
    code = "import sys; sys.modules['pandas'] = None; import eraudit; print(len(eraudit.load_rules()))"
    assert int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout) > 5


def test_findings_through_arrow(sample):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.DataFrame(sample.findings)
    assert frame["subject"].to_list() == [f.subject for f in sample.findings]
    assert frame["rule"].cast(polars.String).to_list() == [f.rule for f in sample.findings]
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    table = pyarrow.table(sample.findings)
    table.validate(full=True)
    assert table.column("verdict").to_pylist() == [f.verdict.value for f in sample.findings]


def test_asks(sample):
    ask = sample.asks[0]
    assert ask.verdicts >= sample.asks[-1].verdicts and ask.facts >= 1 and ask.at_least is False
    assert ask.respondent() and ask.respondent("fr") != ask.respondent("en") == ask.to_dict()["respondent"]
    assert ask.question("en") and ask.examples and ask.path in ask.to_dict()["path"]
    columns = sample.asks.columns()
    assert columns["verdicts"].tolist() == [a.verdicts for a in sample.asks]
    assert columns["path"].tolist() == [a.path for a in sample.asks]
    assert columns["at_least"].dtype == bool and columns["facts"].tolist() == [a.facts for a in sample.asks]
    assert repr(ask).startswith(f"<eraudit.Ask {ask.path}: ")


def test_the_path_of_a_rule_over_chains(sample):
    why = sample.explain("licence.unlicensed-subagent", "himal")
    assert why.verdict == "fail" and why.paths == ("himal -> village-a",) and why.where == ()
    assert why.to_dict()["path"] == ["himal", "village-a"]
    assert sample.explain("wages.below-minimum", "np-24").paths == ()


def test_an_explanation_has_the_shape_of_the_report(sample):
    """One shape in report.json, in `to_dict()`, in the parts of an explanation, and of the command."""
    report = sample.report()
    for finding in report["findings"]:
        explanation = sample.explain(finding["rule"], finding["subject"]["id"], "fr")
        given = explanation.to_dict()
        assert given.pop("schema") == "eraudit:explanation/1"
        assert bool(given.pop("waits_for")) == (finding["verdict"] == "suspect")
        assert [given.pop(key) for key in ("detection", "enough", "later")] == [[], [], []]
        assert given.pop("open_conditions") == 0
        codes = given.pop("codes")
        assert all(report["codes"][path][code] == labels for path in codes for code, labels in codes[path].items())
        assert given == finding
        assert [reading.to_dict() for reading in explanation.witness] == finding["witness"]
        if "condition" in finding["explanation"]:
            assert explanation.condition.to_dict() == finding["explanation"]["condition"]
    waiting = sample.explain("measures.in-force", "namaste-kathmandu", "es")
    assert waiting.verdict is Verdict.unknown and waiting.waits_for[0].value == {"type": "unknown"}
    assert waiting.waits_for[0].value_text == "no consta"
    assert waiting.to_dict()["waits_for"][0]["question"]["es"] == waiting.waits_for[0].question != ""
    assert "message" not in waiting.to_dict()


def test_the_report_names_every_file_it_rests_on(tmp_path):
    schema = tmp_path / "schema.yaml"
    schema.write_text("eraudit: schema/1\nname: mine\nextends: recruitment\n", encoding="utf-8")
    network = eraudit.read_network(SAMPLE / "network.yaml", schema=eraudit.read_schema(schema))
    rates = SAMPLE / "rates.yaml"
    report = eraudit.evaluate(network, eraudit.load_rules("core"), rates=rates).report()
    inputs = {entry["role"]: entry for entry in report["inputs"]}
    assert list(inputs) == ["network", "schema", "rates"]
    for role, path in (("network", SAMPLE / "network.yaml"), ("schema", schema), ("rates", rates)):
        assert inputs[role]["path"] == str(path) and inputs[role]["bytes"] == path.stat().st_size
        assert inputs[role]["sha256"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert inputs["rates"]["rows"] > 0


def test_what_objects_say_of_themselves(sample):
    assert repr(sample.network).startswith("<eraudit.Network: ") and " Cohort" in repr(sample.network)
    assert repr(sample).startswith("<eraudit.Assessment as of 2026-06-30, ") and " fail, " in repr(sample) and " unknown" in repr(sample)
    small = eraudit.network(nodes={"Cohort": [{"id": "a"}]})
    assert repr(small) == "<eraudit.Network: 1 node (1 Cohort), 0 edges>"


def test_verdicts_of_every_rule_and_node(sample):
    matrix = sample.verdict_matrix()
    rules, ids = sample.rules.ids, sample.network.ids()
    assert matrix.shape == (len(rules), len(ids)) and matrix.dtype == numpy.uint8 and not matrix.flags.writeable
    verdicts = list(Verdict)
    for r, rule in enumerate(rules):
        assert (sample.verdicts(rule) == matrix[r]).all() and (sample.verdicts(r) == matrix[r]).all()
        for n, node in enumerate(ids):
            assert verdicts[matrix[r, n]] is sample.verdict(rule, node) is sample.verdict(r, n)
        counts = sample.counts(rule)
        of_kind = [n for n, node in enumerate(ids) if sample.network.kind(node) in sample.rules[rule].kinds]
        for v, verdict in enumerate(verdicts):
            assert counts.by_verdict[verdict] == (matrix[r, of_kind] == v).sum()
    for n, node in enumerate(ids):
        worst = sample.worst(node)
        assert worst is verdicts[matrix[:, n].min()]
    totals = sample.totals
    assert totals.selected == sum(totals.by_verdict.values())
    assert totals.decided <= totals.applicable <= totals.selected


def test_wrong_rules_and_subjects(sample):
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'np-24'"):
        sample.verdict("recruitment-fees.worker-paid", "np_24")
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'debt.against-wage'"):
        sample.verdicts("debt.against-wages")
    for wrong in (1.5, None, True, [], object()):
        with pytest.raises(TypeError):
            sample.verdict(wrong, "np-24")
        with pytest.raises(TypeError):
            sample.verdict(0, wrong)
    with pytest.raises(eraudit.BadArgumentError):
        sample.explain(0, 10_000)


def test_an_explanation_is_a_tree_of_plain_values(sample):
    explanation = sample.explain("recruitment-fees.worker-paid", "np-24")
    assert explanation == sample.explain("recruitment-fees.worker-paid", "np-24")
    assert explanation.verdict is Verdict.fail and explanation.severity[1] is Severity.critical
    assert explanation.condition is not None and explanation.condition.outcome == {"type": "boolean", "value": True}

    def conditions(condition):
        yield condition
        for part in (*condition.parts, *condition.variables):
            yield from conditions(part)

    readings = [reading for c in conditions(explanation.condition) for reading in c.readings]
    assert any(r.path == "charged.amount" and r.file.endswith("network.yaml") and r.line > 0 for r in readings)
    assert explanation.witness and not explanation.waits_for
    assert explanation.condition.outcome_text == "yes"
    assert repr(explanation) == "<eraudit.Explanation fail: recruitment-fees.worker-paid on np-24>"
    assert "np-24" in str(explanation)
    with pytest.raises(AttributeError):
        explanation.rule = "x"
    rule, node = next(
        (r, n)
        for r in sample.rules.ids
        for n in sample.network.ids()
        if sample.verdict(r, n) == "unknown"
    )
    assert sample.explain(rule, node).waits_for
    assert sample.findings[0].explain("fr") == sample.explain(sample.findings[0].rule, sample.findings[0].subject, "fr")


def test_an_unknown_says_what_would_be_enough_and_what_comes_later():
    rule = {
        "rule": "my.hours",
        "subject": "(c:Cohort)",
        "when": "c.workers > 10",
        "fail_if": "c.permit_tied ? c.weekly_hours > 48.0 : c.women > 0",
        "message": "x",
    }
    cohorts = [{"id": "open"}, {"id": "applies", "workers": 48}, {"id": "decided", "workers": 3}]
    network = eraudit.network(nodes={"Cohort": cohorts}, as_of="2026-06-30")
    assessment = eraudit.evaluate(network, eraudit.load_rules(rule))
    why = assessment.explain("my.hours", "applies")
    assert why.open_conditions == 3
    assert [([fact.path for fact in one.facts], one.verdicts) for one in why.enough] == [
        (["Cohort.permit_tied", "Cohort.weekly_hours"], (Verdict.fail, Verdict.pass_)),
        (["Cohort.permit_tied", "Cohort.women"], (Verdict.fail, Verdict.pass_)),
    ]
    assert why.enough[0].conditions == ("c.permit_tied", "c.weekly_hours > 48.0") and why.enough[0].more == 0
    assert [(each.condition, each.outcome, [fact.fact for fact in each.facts]) for each in why.later] == [
        ("c.permit_tied", True, ["applies.weekly_hours"]),
        ("c.permit_tied", False, ["applies.women"]),
    ]
    assert json.loads(json.dumps(why.to_dict()))["enough"][0]["verdicts"] == ["fail", "pass"]
    assert json.loads(json.dumps(why.enough[0].to_dict()))["facts"][0]["value"]
    assert why.to_dict()["later"][0]["facts"][0]["fact"] == why.later[0].to_dict()["facts"][0]["fact"]
    assert json.loads(json.dumps(why.later[0].to_dict()))["outcome"] is True
    assert "Would decide it, with some answers" in str(why) and "Asked later" in str(why)
    assert "Trancheraient" in str(assessment.explain("my.hours", "applies", "fr"))
    first = assessment.explain("my.hours", "open")
    assert first.later[0].condition == "c.workers > 10" and first.later[0].outcome
    decided = assessment.explain("my.hours", "decided")
    assert decided.verdict == "not_applicable" and not decided.enough and not decided.later
    assert decided.open_conditions == 0


def test_the_report_and_its_formats(sample, tmp_path):
    text = sample.report_json()
    assert text == eraudit.write_report_json(sample)
    report = sample.report()
    assert report["schema"] == "eraudit:report/1" and json.loads(text) == report
    assert [f["subject"]["id"] for f in report["findings"]] == [f.subject for f in sample.findings]
    for name in eraudit.report_formats():
        path = tmp_path / f"report.{name}"
        sample.write(path)
        assert path.read_bytes().decode("utf-8") == sample.to_format(name)
    with pytest.raises(eraudit.CannotWriteError) as caught:
        sample.write(tmp_path / "report.html")
    assert isinstance(caught.value, OSError)
    sample.write(str(tmp_path / "report.html"), overwrite=True, language="fr")
    sample.write(tmp_path / "report", format="csv")
    assert (tmp_path / "report").read_text(encoding="utf-8") == (tmp_path / "report.csv").read_text(encoding="utf-8")
    with pytest.raises(eraudit.BadArgumentError, match="html"):
        sample.write(tmp_path / "report.docx")
    with pytest.raises(eraudit.BadArgumentError):
        sample.to_format("htm")
    with pytest.raises(eraudit.CannotWriteError):
        sample.write(tmp_path / "no" / "such" / "report.json")
    assert sample.report_json(explained=0) != text
    assert "np-24" in sample.summary() and sample.summary("es") != sample.summary() and sample.ask_list()


def test_the_report_is_that_of_the_command(tmp_path, core_rules):
    command = pathlib.Path(os.environ.get("ERAUDIT", ROOT / "build/release/examples/cli/eraudit"))
    if "ERAUDIT" not in os.environ and not command.exists():  # named, it must be there
        pytest.skip(f"the command is not built: {command}")
    network, rates = SAMPLE / "network.yaml", SAMPLE / "rates.yaml"
    target = tmp_path / "report.json"
    subprocess.run(
        [command, "check", network, "--rates", rates, "--format", f"json={target}", "--quiet"], check=False, cwd=ROOT
    )
    sample = eraudit.evaluate(eraudit.read_network(network), core_rules, rates=rates)
    written = target.read_text(encoding="utf-8")
    if "ERAUDIT" not in os.environ and json.loads(written)["packs"] != sample.report()["packs"]:
        pytest.skip(f"{command} was built of other rules than this package")
    assert written == sample.report_json()


def test_what_a_notebook_shows():
    hostile = "<script>alert(1)</script>"
    network = eraudit.network(
        nodes={"Cohort": [{"id": f"c<{i}>", "weekly_hours": 70.0, "occupation": hostile} for i in range(3000)]},
        as_of="2026-06-30",
    )
    rule = {
        "rule": "my.x",
        "subject": "(c:Cohort)",
        "fail_if": "c.weekly_hours > 60.0",
        "message": "{c.occupation} " + "long " * 500,
    }
    assessment = eraudit.evaluate(network, eraudit.load_rules(rule))
    html = assessment._repr_html_()
    assert len(html.encode()) <= 50_000
    assert "<script" not in html and "&lt;script&gt;" in html and "c&lt;0&gt;" in html
    assert "2,990 more findings" in html and "does not establish an offence" in html
    assert len(network._repr_html_()) < 5_000 and "3,000" in network._repr_html_()


def test_a_run_that_checked_nothing_says_so(long_hours):
    assessment = eraudit.evaluate(eraudit.network(as_of="2026-06-30"), long_hours)
    assert assessment.empty and len(assessment.findings) == 0 and len(assessment.findings.columns()["rule"]) == 0
    assert "Nothing was checked" in assessment._repr_html_() and "nothing was checked" in repr(assessment)
    assert assessment.verdict_matrix().shape == (1, 0)
    assert assessment.findings.to_pandas().empty and assessment.asks.columns()["verdicts"].size == 0


def test_the_day_is_needed_and_read_in_two_ways(sample_network, core_rules, long_hours):
    network = eraudit.network(nodes={"Cohort": [{"id": "a", "weekly_hours": 66}]})
    with pytest.raises(eraudit.BadArgumentError):
        eraudit.evaluate(network, long_hours)
    for day in ("2026-06-30", datetime.date(2026, 6, 30), datetime.datetime(2026, 6, 30)):
        assert eraudit.evaluate(network, long_hours, as_of=day).run.as_of == datetime.date(2026, 6, 30)
    for wrong in ("2026-06-31", "30.6.2026", ""):
        with pytest.raises(eraudit.BadArgumentError, match="2026-06-30"):
            eraudit.evaluate(network, long_hours, as_of=wrong)
    with pytest.raises(TypeError):
        eraudit.evaluate(network, long_hours, as_of=20260630)
    with pytest.raises(TypeError):
        eraudit.evaluate(network, "core", as_of="2026-06-30")
    for threads in (-1, 5000):
        with pytest.raises(eraudit.BadArgumentError):
            eraudit.evaluate(network, long_hours, as_of="2026-06-30", threads=threads)
    for wrong in ({"threads": 1.5}, {"threads": True}, {"progress": 5}, {"stop": 5}, {"rates": 5}):
        with pytest.raises(TypeError):
            eraudit.evaluate(network, long_hours, as_of="2026-06-30", **wrong)


def test_rates_reach_the_run(sample_network, core_rules):
    without = eraudit.evaluate(sample_network, core_rules)
    with_rates = eraudit.evaluate(sample_network, core_rules, rates=eraudit.read_rates(SAMPLE / "rates.yaml"))
    assert any(a.path == "rate" for a in without.asks)
    assert without.report_json() != with_rates.report_json()


def test_limits_reach_the_run(sample_network, core_rules):
    few = eraudit.evaluate(sample_network, core_rules, limits={"findings": 2})
    assert len(few.findings) == 2 and few.run.findings_dropped > 0
    (hit,) = few.run.limits_hit
    assert (hit.limit, hit.most, hit.rule, hit.count) == ("findings", 2, "", few.run.findings_dropped)
    assert "not listed" in str(hit) and "pas énumérés" in hit.describe("fr")
    assert few.report()["run"]["limits_hit"] == [{"limit": "findings", "most": 2, "rule": "", "place": "", "part": "", "count": hit.count}]
    poor = eraudit.evaluate(sample_network, core_rules, limits={"fuel": 1})
    assert poor.totals.by_verdict[Verdict.error] > 0
