"""What is answered to what is mistyped: the name at fault, and what to write."""

import inspect
import warnings

import pytest

import eraudit

NETWORK = "eraudit: network/1\nas_of: 2026-06-30\nnodes: {Cohort: {np-24: {workers: 48}}}\n"


@pytest.fixture(name="network")
def made_network():
    return eraudit.read_network(text=NETWORK)


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (lambda n, r: eraudit.evaluate(n, r, asof="2026-06-30"), "evaluate() has no argument 'asof'; did you mean 'as_of'?"),
        (lambda n, r: eraudit.load_rules("core", onyl="wages"), "load_rules() has no argument 'onyl'; did you mean 'only'?"),
        (lambda n, r: eraudit.network(node={}), "network() has no argument 'node'; did you mean 'nodes'?"),
        (lambda n, r: eraudit.read_network(zzz=1), "read_network() has no argument 'zzz'; it takes path, text, schema, limits"),
        (lambda n, r: eraudit.evaluate(n, r, "2026-06-30"), "evaluate() takes network and rules by position; give as_of="),
        (lambda n, r: eraudit.evaluate("network.yaml", r), "as network, not str; read it with eraudit.read_network(path)"),
        (lambda n, r: eraudit.evaluate(n, "core"), 'as rules, not str; load them with eraudit.load_rules("core")'),
        (lambda n, r: eraudit.evaluate(n, [{}]), "as rules, not list"),
        (lambda n, r: eraudit.evaluate(r, n), "as network, not Rules; the order is evaluate(network, rules)"),
    ],
)
def test_what_is_mistyped_is_named(network, call, answer):
    with pytest.raises(TypeError) as raised:
        call(network, eraudit.load_rules("core", only="wages"))
    assert answer in str(raised.value)


def test_a_missing_day_is_asked_for():
    without_day = eraudit.read_network(text=NETWORK.replace("as_of: 2026-06-30\n", ""))
    with pytest.raises(eraudit.BadArgumentError, match="as_of='2026-06-30'"):
        eraudit.evaluate(without_day, eraudit.load_rules("core", only="wages"))


def test_a_report_is_not_written_in_a_language_without_texts(network, tmp_path):
    assessment = eraudit.evaluate(network, eraudit.load_rules("core", only="wages"))
    with pytest.raises(eraudit.BadArgumentError, match="no texts in 'de'; one of: en, fr, es"):
        assessment.write(tmp_path / "report.html", language="de")
    assert not (tmp_path / "report.html").exists()
    assessment.write(tmp_path / "report.html", language="fr-CA")
    nepali = eraudit.load_rules(text="rule: a.b\nsubject: (c:Cohort)\nfail_if: c.workers > 0\nmessage: {en: workers, ne: कामदार}\n")
    assert nepali.languages == ["en", "ne"]
    assessment = eraudit.evaluate(network, nepali)
    assessment.write(tmp_path / "nepali.html", language="ne-NP")
    with pytest.raises(eraudit.BadArgumentError, match="no texts in 'bn'; one of: en, fr, es, ne"):
        assessment.write(tmp_path / "bangla.html", language="bn")
    assessment = eraudit.evaluate(network, eraudit.load_rules("core", only="wages"))
    with pytest.raises(eraudit.CannotWriteError, match="exists already; overwrite=True replaces it"):
        assessment.write(tmp_path / "report.html")
    eraudit.write_network(network, tmp_path / "network.yaml")
    with pytest.raises(eraudit.CannotWriteError, match="overwrite=True"):
        eraudit.write_network(network, tmp_path / "network.yaml")


def test_signatures_are_still_told():
    assert list(inspect.signature(eraudit.evaluate).parameters)[:3] == ["network", "rules", "as_of"]
    assert (eraudit.evaluate.__doc__ or "").startswith("Judges a network")


def test_warnings_name_the_line_of_the_caller():
    alike = "edges: {charged: [{from: r, to: np-24, amount: 5 USD}, {from: r, to: np-24, amount: 6 USD}]}\n"
    nodes = NETWORK.replace("nodes: {", "nodes: {Recruiter: {r: {}}, ")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        eraudit.read_network(text=nodes + alike)
    assert [warning.filename for warning in caught] == [__file__]
