"""Networks, schemas, rates and rules from files and texts; what is wrong in them."""

import datetime
import decimal
import pathlib
import pickle

import pytest
from conftest import LONG_HOURS, SAMPLE

import eraudit

TEXT = """eraudit: network/1
as_of: 2026-06-30
nodes:
  Cohort: {np-24: {workers: 48, base_wage: 1500.50 MYR/month, left: null, recruited: 2024-02, weekly_hours: 66}}
  Recruiter: {sunrise: {name: Sunrise}}
edges:
  charged: [{from: sunrise, to: np-24, category: service-fee, amount: 900..1400 USD}]
"""


def test_a_network_shows_what_it_holds():
    network = eraudit.read_network(text=TEXT)
    assert (network.node_count, network.edge_count, len(network)) == (2, 1, 2)
    assert network.as_of == datetime.date(2026, 6, 30)
    assert network.nodes == {"Recruiter": 1, "Cohort": 1}
    assert network.edges == {"charged": 1}
    assert "np-24" in network and "np-25" not in network and 3 not in network
    assert network.ids("Cohort") == ["np-24"]
    assert network.kind("np-24") == "Cohort"
    assert network.ids()[network.number("np-24")] == "np-24"
    assert network.origin("np-24") == ("<text>", 4)
    assert repr(network) == "<eraudit.Network: 2 nodes (1 Recruiter, 1 Cohort), 1 edge, as of 2026-06-30>"
    assert network.memory_bytes > 0 and network.diagnostics == []


def test_cells_are_values_of_python_and_unknown_ones_are_not_there():
    node = eraudit.read_network(text=TEXT).node("np-24")
    assert node["workers"] == 48 and isinstance(node["workers"], int)
    assert node["weekly_hours"] == 66.0 and isinstance(node["weekly_hours"], float)
    assert node["base_wage"] == eraudit.Money(150050, "MYR")
    assert node["base_wage"].amount == decimal.Decimal("1500.50")
    assert node["recruited"] == eraudit.Range(datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert node["left"] is None
    assert "origin" not in node
    (edge,) = eraudit.read_network(text=TEXT).edges_of("charged")
    assert (edge["from"], edge["to"], edge["category"]) == ("sunrise", "np-24", "service-fee")
    assert edge["amount"] == eraudit.Range(eraudit.Money(90000, "USD"), eraudit.Money(140000, "USD"))


def test_a_network_reads_back_as_it_was_written(tmp_path, sample_network):
    assert eraudit.read_network(text=sample_network.to_yaml()).to_yaml() == sample_network.to_yaml()
    assert eraudit.read_network(text=sample_network.to_json()).to_json() == sample_network.to_json()
    for name in ("network.yaml", "network.json", "folder"):
        eraudit.write_network(sample_network, tmp_path / name)
        assert eraudit.read_network(tmp_path / name).to_json() == sample_network.to_json()
        with pytest.raises(eraudit.CannotWriteError):
            eraudit.write_network(sample_network, tmp_path / name)
        eraudit.write_network(sample_network, str(tmp_path / name), overwrite=True)


def test_mistakes_of_a_network_are_all_told_with_their_places():
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.read_network(
            text="eraudit: network/1\nnodes:\n  Cohrt: {a: {}}\n  Cohort: {b: {workers: many, orign: NP}}\n"
        )
    error = caught.value
    assert isinstance(error, ValueError) and isinstance(error, eraudit.Error)
    assert error.code == "bad_content" and error.code is eraudit.ErrorCode.bad_content
    found = [(d.level, d.id, d.file, d.line, d.column) for d in error.diagnostics]
    assert found == [
        ("error", "network-unknown-kind", "<text>", 3, 3),
        ("error", "network-value", "<text>", 4, 25),
        ("error", "network-unknown-attribute", "<text>", 4, 31),
    ]
    assert error.diagnostics[2].help == "did you mean 'origin'?"
    assert "Cohrt" in error.diagnostics[0].message
    assert "<text>:3:3: error:" in str(error) and "^~~~~" in str(error)
    assert (error.file, error.line, error.column, error.dropped) == ("<text>", 3, 3, 0)
    assert error.hint == "did you mean 'Cohort'?"


def test_errors_can_be_pickled_and_diagnostics_do_not_change():
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.read_network(text="nodes: [")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and again.diagnostics == caught.value.diagnostics
    with pytest.raises(AttributeError):
        again.diagnostics[0].line = 3


def test_a_file_that_is_not_there():
    with pytest.raises(eraudit.NoSuchFileError, match="no-such.yaml") as caught:
        eraudit.read_network("no-such.yaml")
    assert isinstance(caught.value, FileNotFoundError) and caught.value.code == "no_such_file"
    with pytest.raises(eraudit.NoSuchFileError):
        eraudit.load_rules(pathlib.Path("no-such-folder/rule.yaml"))
    with pytest.raises(eraudit.NoSuchFileError):
        eraudit.read_rates("no-such.csv")


@pytest.mark.parametrize(
    "call",
    [
        lambda: eraudit.read_network(7),
        lambda: eraudit.read_network(b"network.yaml"),
        lambda: eraudit.read_network(None, text=5),
        lambda: eraudit.read_network(text=TEXT, schema="recruitment"),
        lambda: eraudit.load_rules(5),
        lambda: eraudit.load_rules([5]),
        lambda: eraudit.load_rules(text=[5]),
        lambda: eraudit.network(nodes=[1]),
        lambda: eraudit.network(nodes={"Cohort": 5}),
        lambda: eraudit.network(as_of=5),
        lambda: eraudit.network(as_of=datetime.datetime(2026, 6, 30, 12)),
        lambda: eraudit.Money("5", "USD"),
    ],
)
def test_wrong_types_are_type_errors(call):
    with pytest.raises(TypeError):
        call()


def test_wrong_values_name_what_is_near():
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'nodes'"):
        eraudit.read_network(text=TEXT, limits={"node": 5})
    for value in (-1, 1.5, "5", True):
        with pytest.raises(eraudit.BadArgumentError, match="whole number"):
            eraudit.read_network(text=TEXT, limits={"nodes": value})
    with pytest.raises(eraudit.BadArgumentError, match="text"):
        eraudit.read_network()
    network = eraudit.read_network(text=TEXT)
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'np-24'"):
        network.node("np24")
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'Cohort'"):
        network.ids("cohort")
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'charged'"):
        network.edges_of("charge")
    with pytest.raises(eraudit.BadArgumentError):
        network.kind(99)
    with pytest.raises(eraudit.BadArgumentError, match="ISO 4217"):
        eraudit.Money(5, "XXZ")


def test_limits_hold_and_have_names():
    limits = eraudit.default_limits()
    assert limits["nodes"] == 50_000_000 and len(limits) == 28
    with pytest.raises((eraudit.LimitExceededError, eraudit.LoadError), match="1 node"):
        eraudit.read_network(text=TEXT, limits={"nodes": 1})


def test_money_is_a_value():
    money = eraudit.Money(150050, "MYR")
    assert (str(money), repr(money), money.currency, money.minor) == ("1500.50 MYR", "Money(150050, 'MYR')", "MYR", 150050)
    assert money == eraudit.Money(150050, "MYR") != eraudit.Money(150050, "USD") and money != 150050
    assert len({money, eraudit.Money(150050, "MYR")}) == 1
    assert pickle.loads(pickle.dumps(money)) == money
    assert eraudit.Money(5, "JPY").amount == 5
    with pytest.raises(AttributeError):
        money.minor = 3


def test_a_schema_can_be_extended():
    extension = """eraudit: schema/1
name: mine
extends: recruitment
kinds:
  Cohort:
    attributes:
      shoe_size: {type: int, label: Size of shoes, ask: What size?}
"""
    try:
        schema = eraudit.read_schema(text=extension)
    except eraudit.LoadError as error:
        pytest.fail(str(error))
    assert schema.attributes("Cohort")["shoe_size"] == "int"
    assert "shoe_size" not in eraudit.read_schema().attributes("Cohort")
    network = eraudit.read_network(text="eraudit: network/1\nnodes: {Cohort: {a: {shoe_size: 43}}}\n", schema=schema)
    assert network.node("a") == {"shoe_size": 43}
    rules = eraudit.load_rules({**LONG_HOURS, "fail_if": "c.shoe_size > 42"}, schema=network.schema)
    assert eraudit.evaluate(network, rules, as_of="2026-06-30").verdict("my.long-hours", "a") == "fail"
    assert "fees" in schema.lists("Cohort") and "charged" in schema.edges and "Cohort" in schema.kinds
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'Cohort'"):
        schema.attributes("Cohrt")


def test_rules_from_packs_files_texts_and_dicts(tmp_path, core_rules):
    assert "core" in eraudit.builtin_packs()
    assert len(core_rules) > 5 and core_rules.ids == sorted(core_rules.ids)
    assert core_rules.packs[0]["id"] == "core"
    assert len(eraudit.load_rules()) == len(core_rules)
    text = "rule: my.other\nsubject: (c:Cohort)\nfail_if: |\n  c.weekly_hours > 48.0\nmessage: found\n"
    path = tmp_path / "rule.yaml"
    path.write_text(text)
    assert eraudit.load_rules(path).ids == eraudit.load_rules(text=text).ids == ["my.other"]
    both = eraudit.load_rules(["core", LONG_HOURS], text=text)
    assert set(both.ids) == {*core_rules.ids, "my.long-hours", "my.other"}
    assert eraudit.load_rules("core", only="recruitment-fees").ids == [
        rule for rule in core_rules.ids if rule.startswith("recruitment-fees.")
    ]
    assert core_rules.select([core_rules.ids[0]]).ids == core_rules.ids[:1]


def test_a_rule_shows_what_it_is(core_rules):
    rule = core_rules["recruitment-fees.worker-paid"]
    assert rule.status == "stable" and rule.status is eraudit.RuleStatus.stable
    assert rule.kinds == ["Cohort"] and rule.pack == "core" and rule.version >= 1
    assert rule.title() and rule.title("fr") != rule.title() and rule.why("es") and rule.remedy()
    assert all(len(pair) == 2 for pair in rule.basis)
    assert "charged.amount" in rule.reads
    assert rule.to_dict()["title"]["en"] == rule.title()
    assert rule.id in core_rules and "x" not in core_rules and 0 not in core_rules
    assert core_rules[core_rules.ids.index(rule.id)].id == rule.id
    assert core_rules[-1].id == core_rules.ids[-1]
    assert [each.id for each in core_rules] == core_rules.ids
    assert repr(rule).startswith("<eraudit.Rule 'recruitment-fees.worker-paid' version ")
    with pytest.raises(IndexError):
        core_rules[99]
    with pytest.raises(eraudit.BadArgumentError, match="did you mean 'recruitment-fees.worker-paid'"):
        core_rules["recruitment-fees.workers-paid"]
    with pytest.raises(AttributeError):
        rule.id = "x"


def test_rules_from_dicts_and_texts_are_the_same_in_every_run(sample_network):
    hostile = {**LONG_HOURS, "message": 'tab\t quote" back\\slash / \u001f \u2028 \U0001f600 {c.weekly_hours} : # - é'}
    rules = eraudit.load_rules(hostile)
    assert (rules[0].file, rules[0].line > 0) == ("<rule 1>", True)
    reports = {eraudit.evaluate(sample_network, eraudit.load_rules(hostile)).report_json() for _ in range(2)}
    assert len(reports) == 1
    with pytest.raises(eraudit.LoadError, match="larger than 10 bytes"):
        eraudit.load_rules(hostile, limits={"rule_file_bytes": 10})


def test_mistakes_of_rules_name_the_text_or_dict_they_stand_in():
    bad = {**LONG_HOURS, "fail_if": "c.weekly_hour > 60.0"}
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.load_rules([LONG_HOURS, bad], text=["rule: my.x\nsubject: (c:Cohrt)\nfail_if: true\nmessage: x\n"])
    found = {(d.file, d.line) for d in caught.value.diagnostics if d.level == "error"}
    assert ("<rule 2>", 4) in found and ("<text>", 2) in found
    assert "did you mean 'weekly_hours'" in str(caught.value)
    with pytest.raises(eraudit.LoadError, match="<rule 1>"):
        eraudit.load_rules([LONG_HOURS, LONG_HOURS])
    with pytest.raises(eraudit.BadArgumentError, match="empty"):
        eraudit.load_rules([])
    with pytest.raises(eraudit.BadArgumentError, match="recruitment-fees"):
        eraudit.load_rules("core", only="recruitment-fee.")


def test_rates_from_files_and_dicts():
    rates = eraudit.read_rates(SAMPLE / "rates.yaml")
    assert len(rates) > 0
    exact = eraudit.read_rates({("MYR", "NPR", "2026-06-30"): "28.16", ("USD", "NPR", datetime.date(2026, 6, 30)): 133.5})
    assert exact.convert(eraudit.Money(100, "MYR"), "NPR", "2026-06-30") == eraudit.Money(2816, "NPR")
    assert exact.convert(eraudit.Money(100, "MYR"), "THB", "2026-06-30") is None
    assert exact.convert(eraudit.Money(100, "MYR"), "NPR", "2027-06-30") is None
    same = eraudit.read_rates({"max_age_days": 5, "rates": [{"from": "MYR", "to": "NPR", "on": "2026-06-30", "rate": 28.16}]})
    assert (len(same), same.max_age_days) == (1, 5)
    assert eraudit.read_rates(same) is same
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.read_rates({("MYR", "NPX", "2026-06-30"): "28.16"})
    assert caught.value.diagnostics[0].file == "rates"
    with pytest.raises(eraudit.BadArgumentError):
        eraudit.read_rates({("MYR", "NPR"): "28.16"})


def test_import_of_a_table_through_a_mapping(tmp_path):
    (tmp_path / "m.yaml").write_text(
        "eraudit: mapping/1\nas_of: 2021-09-30\nsources: {list: {class: government-list, ref: list}}\nsource: list\n"
        "fillers: []\ntable: {columns: {agency: AGENCY, country: COUNTRY}}\n"
        "nodes:\n  agency: {kind: Recruiter, id: slug(row.agency), attributes: {name: row.agency, country: row.country}}\n"
    )
    (tmp_path / "t.csv").write_text("AGENCY,COUNTRY\nSunrise Overseas,NP\n")
    made = eraudit.import_tables(tmp_path / "m.yaml", tmp_path / "t.csv")
    assert made.network.node("sunrise-overseas")["country"] == "NP"
    assert made.network.as_of == datetime.date(2021, 9, 30)
    assert made.report["eraudit"] == "import-report/1"
    with pytest.raises(eraudit.LoadError) as caught:
        (tmp_path / "t.csv").write_text("AGENCY,COUNTRY\nSunrise Overseas,Nepalia\n")
        eraudit.import_tables(tmp_path / "m.yaml", [tmp_path / "t.csv"])
    assert (caught.value.line, caught.value.column) == (2, 18)


def test_warnings_are_warnings_and_stay_with_the_object():
    text = """eraudit: network/1
nodes: {Recruiter: {a: {}}, Cohort: {b: {}}}
edges:
  charged:
    - {from: a, to: b, amount: 5 USD}
    - {from: a, to: b, amount: 6 USD}
"""
    with pytest.warns(eraudit.DiagnosticWarning, match="network-alike-edges"):
        network = eraudit.read_network(text=text)
    assert [d.level for d in network.diagnostics] == [eraudit.DiagnosticLevel.warning]


def test_help_explains_a_diagnostic():
    assert "network-unknown-kind" in eraudit.help("network-unknown-kind")
    with pytest.raises(eraudit.BadArgumentError):
        eraudit.help("no-such-id")


def test_everything_public_has_words_about_it():
    for name in eraudit.__all__:
        if name == "__version__":
            continue
        thing = getattr(eraudit, name)
        assert thing.__doc__, name
        if isinstance(thing, type) and thing.__module__ == "eraudit._core":
            for member, value in vars(thing).items():
                if not member.startswith("_"):
                    assert getattr(value, "__doc__", None), f"{name}.{member}"
