"""Networks from tables in memory: pandas, polars, DuckDB, pyarrow, and plain Python values."""

import datetime
import decimal
import itertools
import random
import subprocess
import sys

import pytest
from conftest import LONG_HOURS

import eraudit

pandas = pytest.importorskip("pandas", reason="pandas is not installed")
polars = pytest.importorskip("polars", reason="polars is not installed")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

DAY = datetime.date(2024, 3, 1)
COHORTS = [
    {"id": "np-24", "workers": 48, "origin": "NP", "weekly_hours": 66.0, "languages": ["ne", "en"], "recruited": DAY},
    {"id": "np-25", "workers": None, "origin": None, "weekly_hours": None, "languages": None, "recruited": None},
    {"id": "a cohort with a long id", "workers": 7, "origin": "ID", "weekly_hours": 40.5, "languages": [], "recruited": DAY},
]
RECRUITERS = [{"id": "sunrise", "name": "Sunrise Überseeische Arbeitsvermittlung", "role": "agency"}]
CHARGED = [
    {"from": "sunrise", "to": "np-24", "category": "service-fee", "amount": "100000..150000 NPR", "source": "voices"},
    {"from": "sunrise", "to": "np-25", "category": "medical", "amount": None, "source": None},
]
COMPLETE = [{"node": "np-24", "list": "fees", "source": "voices"}]
SOURCES = {"voices": {"class": "worker_interview", "date": DAY, "ref": "may", "place": "off_site", "chosen_by": "auditor"}}


def as_duckdb(rows):
    frame = pyarrow.Table.from_pylist(rows)
    connection = duckdb.connect()
    connection.register("t", frame)
    return connection.sql("select * from t")


MAKERS = {
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "duckdb": as_duckdb,
    "pyarrow": pyarrow.Table.from_pylist,
    "batch": lambda rows: pyarrow.Table.from_pylist(rows).to_batches()[0],
    "reader": lambda rows: pyarrow.Table.from_pylist(rows).to_reader(1),
    "chunks": lambda rows: pyarrow.concat_tables([pyarrow.Table.from_pylist([row], pyarrow.Table.from_pylist(rows).schema) for row in rows]),
    "dicts": lambda rows: rows,
    "columns": lambda rows: {key: [row.get(key) for row in rows] for key in rows[0]},
}


def everything(make, **more):
    return eraudit.network(
        nodes={"Cohort": make(COHORTS), "Recruiter": make(RECRUITERS)},
        edges={"charged": make(CHARGED)},
        complete=make(COMPLETE),
        sources=SOURCES,
        as_of="2026-06-30",
        **more,
    )


@pytest.mark.parametrize("maker", MAKERS)
def test_the_same_network_wherever_the_tables_come_from(maker):
    network = everything(MAKERS[maker])
    assert network.to_yaml() == everything(list).to_yaml()
    assert network.node("np-24") == {
        "workers": 48,
        "origin": "NP",
        "weekly_hours": 66.0,
        "languages": ("ne", "en"),
        "recruited": DAY,
    }
    assert network.node("np-25") == {}  # nothing was said, so nothing is known
    assert network.node("a cohort with a long id")["languages"] == ()
    assert network.node("sunrise")["name"] == RECRUITERS[0]["name"]
    assert network.as_of == datetime.date(2026, 6, 30)
    assert network.sources[0]["id"] == "voices" and network.sources[0]["date"] == DAY
    assert network.origin("np-25") == ("nodes['Cohort']", 2)
    text = network.to_yaml()
    assert "complete" in text and "fees" in text
    (table,) = [item for item in network.inputs if item["path"] == "edges['charged']"]
    assert table["rows"] == 2 and table["sha256"].startswith("sha256:") and table["bytes"] > 0


def test_digests_do_not_depend_on_how_cells_are_stored():
    assert everything(polars.DataFrame).inputs == everything(list).inputs == everything(MAKERS["chunks"]).inputs
    other = [dict(COHORTS[0], workers=49), *COHORTS[1:]]
    assert (
        eraudit.network(nodes={"Cohort": other}).inputs[0]["sha256"]
        != eraudit.network(nodes={"Cohort": COHORTS}).inputs[0]["sha256"]
    )


def test_a_missing_cell_is_unknown_and_yields_an_ask():
    rules = eraudit.load_rules(LONG_HOURS)
    frame = pandas.DataFrame({"id": ["a", "b", "c"], "weekly_hours": [66.0, None, 40.0]})
    assessment = eraudit.evaluate(eraudit.network(nodes={"Cohort": frame}), rules, as_of="2026-06-30")
    assert [assessment.verdict("my.long-hours", node) for node in "abc"] == ["fail", "unknown", "pass"]
    assert [ask.path for ask in assessment.asks] == ["Cohort.weekly_hours"]


@pytest.mark.parametrize(
    "missing",
    [
        None,
        float("nan"),
        pandas.NA,
        pandas.NaT,
        decimal.Decimal("nan"),
        "",
    ],
)
@pytest.mark.parametrize("attribute", ["workers", "origin", "weekly_hours", "recruited", "base_wage", "languages"])
def test_every_way_to_say_nothing_is_unknown(missing, attribute):
    network = eraudit.network(nodes={"Cohort": [{"id": "a", attribute: missing}]})
    assert network.node("a") == {}


def one(attribute, array, kind="Cohort", **more):
    """The cell of a table with one row."""
    table = pyarrow.table({"id": pyarrow.array(["a"]), attribute: array, **more})
    return eraudit.network(nodes={kind: table}).node("a")[attribute]


@pytest.mark.parametrize("type_", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
def test_integers(type_):
    assert one("workers", pyarrow.array([48], type_)) == 48
    assert one("weekly_hours", pyarrow.array([48], type_)) == 48.0


def test_numbers():
    for type_ in ("float32", "float64"):
        assert one("weekly_hours", pyarrow.array([48.5], type_)) == 48.5
        assert one("workers", pyarrow.array([48.0], type_)) == 48
    for type_ in (pyarrow.decimal128(10, 2), pyarrow.decimal128(38, 0), pyarrow.decimal128(38, 30)):
        assert one("workers", pyarrow.array([decimal.Decimal(48)], type_)) == 48
    assert one("weekly_hours", pyarrow.array([decimal.Decimal("48.25")], pyarrow.decimal128(10, 2))) == 48.25
    assert one("weekly_hours", pyarrow.array(["48.25"])) == 48.25
    assert one("workers", pyarrow.array(["900..1400"])) == eraudit.Range(900, 1400)


def test_decimals_of_every_sign_and_size():
    for text in ("0", "-1", "99999999999999999999999999.99", "-99999999999999999999999999.99", "0.01", "-0.01", "12.50"):
        network = pyarrow.table({"id": ["a"], "weekly_hours": pyarrow.array([decimal.Decimal(text)], pyarrow.decimal128(28, 2))})
        try:
            value = eraudit.network(nodes={"Cohort": network}).node("a")["weekly_hours"]
        except eraudit.LoadError as error:
            assert text.startswith("-") and "negative" in str(error).lower() + error.diagnostics[0].id
        else:
            assert value == float(text)


@pytest.mark.parametrize("type_", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()])
def test_texts(type_):
    for text in ("x", "twelve bytes", "thirteen byte", "a text that is longer than what a view holds", "日本語"):
        assert one("occupation", pyarrow.array([text], type_)) == text
    assert one("origin", pyarrow.array(["NP"], type_)) == "NP"


def test_dictionaries():
    for index, values in itertools.product(["int8", "uint32", "int64"], [["NP", "BD"], [None, "BD"]]):
        array = pyarrow.DictionaryArray.from_arrays(pyarrow.array([1], index), pyarrow.array(values))
        assert one("origin", array) == "BD"
    missing = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0], "int8"), pyarrow.array([None, "BD"]))
    assert eraudit.network(nodes={"Cohort": pyarrow.table({"id": ["a"], "origin": missing})}).node("a") == {}
    frame = pandas.DataFrame({"id": ["a", "b"], "origin": pandas.Categorical(["BD", None])})
    assert eraudit.network(nodes={"Cohort": frame}).node("b") == {}


def test_days():
    assert one("recruited", pyarrow.array([DAY], "date32")) == DAY
    assert one("recruited", pyarrow.array([DAY], "date64")) == DAY
    for unit in ("s", "ms", "us", "ns"):
        assert one("recruited", pyarrow.array([datetime.datetime(2024, 3, 1)], pyarrow.timestamp(unit))) == DAY
        assert one("recruited", pyarrow.array([datetime.datetime(1912, 3, 1)], pyarrow.timestamp(unit))) == datetime.date(1912, 3, 1)
    assert one("recruited", pyarrow.array(["2024-03"])) == eraudit.Range(datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))
    frame = pandas.DataFrame({"id": ["a"], "recruited": pandas.to_datetime(["2024-03-01"])})
    assert eraudit.network(nodes={"Cohort": frame}).node("a")["recruited"] == DAY
    with pytest.raises(eraudit.LoadError, match="time of a day"):
        one("recruited", pyarrow.array([datetime.datetime(2024, 3, 1, 12)], pyarrow.timestamp("us")))
    with pytest.raises(eraudit.BadArgumentError, match="Asia/Kathmandu"):
        one("recruited", pyarrow.array([datetime.datetime(2024, 3, 1)], pyarrow.timestamp("us", "Asia/Kathmandu")))
    with pytest.raises(eraudit.LoadError, match="cast it to dates"):
        one("recruited", pyarrow.array([20240301]))


def test_money():
    assert one("base_wage", pyarrow.array(["1500.50 MYR/month"])) == eraudit.Money(150050, "MYR")
    currency, per = pyarrow.array(["MYR"]), pyarrow.array(["month"])
    columns = {"base_wage.currency": currency, "base_wage.per": per}
    for array in (
        pyarrow.array([1500.5]),
        pyarrow.array([decimal.Decimal("1500.50")]),
        pyarrow.array([decimal.Decimal("1500.500000")]),
    ):
        assert one("base_wage", array, **columns) == eraudit.Money(150050, "MYR")
    assert one("base_wage", pyarrow.array([1500]), **columns) == eraudit.Money(150000, "MYR")
    with pytest.raises(eraudit.LoadError, match="base_wage.currency"):
        one("base_wage", pyarrow.array([1500]))
    with pytest.raises(eraudit.LoadError, match="base_wage.per"):
        one("base_wage", pyarrow.array([1500]), **{"base_wage.currency": currency})
    with pytest.raises(eraudit.LoadError, match="1500.555"):
        one("base_wage", pyarrow.array([1500.555]), **columns)
    with pytest.raises(eraudit.LoadError, match="is missing"):
        one("base_wage", pyarrow.array([1500]), **{**columns, "base_wage.currency": pyarrow.array([None], "string")})
    with pytest.raises(eraudit.LoadError):
        one("base_wage", pyarrow.array([1e22]), **columns)
    (edge,) = eraudit.network(
        nodes={"Cohort": [{"id": "a"}], "Recruiter": [{"id": "r"}]},
        edges={"charged": [{"from": "r", "to": "a", "amount": eraudit.Money(500, "USD")}]},
    ).edges_of("charged")
    assert edge["amount"] == eraudit.Money(500, "USD")


def test_lists():
    for type_ in (pyarrow.list_(pyarrow.string()), pyarrow.large_list(pyarrow.string_view()), pyarrow.list_(pyarrow.string(), 2)):
        assert one("languages", pyarrow.array([["ne", "en"]], type_)) == ("ne", "en")
    assert one("languages", pyarrow.array(["ne;en"])) == ("ne", "en")
    assert one("roles", pyarrow.array([["brand"]]), kind="Company") == ("brand",)
    with pytest.raises(eraudit.LoadError, match="did you mean 'brand'"):
        one("roles", pyarrow.array([["brnad"]]), kind="Company")
    table = pyarrow.table({"id": ["a"], "languages": pyarrow.array([["ne", None]])})
    assert eraudit.network(nodes={"Cohort": table}).node("a") == {}


def test_booleans_nulls_shares_and_absence():
    assert one("focal", pyarrow.array([True]), kind="Company") is True
    assert one("focal", pyarrow.array(["false"]), kind="Company") is False
    table = pyarrow.table({"id": ["a"], "workers": pyarrow.nulls(1)})
    assert eraudit.network(nodes={"Cohort": table}).node("a") == {}
    assert one("left", pyarrow.array(["null"])) is None
    network = eraudit.network(
        nodes={"Cohort": [{"id": "a"}], "Recruiter": [{"id": "r"}]},
        edges={"charged": [{"from": "r", "to": "a", "payers": "11 of 12"}]},
    )
    (edge,) = network.edges_of("charged")
    assert (edge["payers_said"], edge["payers_asked"]) == (11, 12)
    with pytest.raises(eraudit.LoadError, match="11 of 12"):
        eraudit.network(
            nodes={"Cohort": [{"id": "a"}], "Recruiter": [{"id": "r"}]},
            edges={"charged": [{"from": "r", "to": "a", "payers": "13 of 12"}]},
        )


def test_slices_and_offsets_are_read_where_they_lie():
    rows = [{"id": f"c{i}", "workers": i if i % 3 else None, "origin": "NP" if i % 2 else None, "languages": ["ne"] * (i % 4)} for i in range(200)]
    whole = pyarrow.Table.from_pylist(rows)
    for start, length in ((0, 200), (1, 50), (63, 65), (64, 8), (199, 1)):
        cut = eraudit.network(nodes={"Cohort": whole.slice(start, length)})
        assert cut.to_yaml() == eraudit.network(nodes={"Cohort": rows[start : start + length]}).to_yaml()
    frame = polars.DataFrame(rows)
    assert eraudit.network(nodes={"Cohort": frame[7:90]}).to_yaml() == eraudit.network(nodes={"Cohort": rows[7:90]}).to_yaml()


def test_random_tables_say_the_same_through_every_door():
    for seed in range(25):
        random_ = random.Random(seed)
        rows = []
        for i in range(random_.randrange(1, 40)):
            maybe = lambda value: value if random_.random() < 0.7 else None
            rows.append(
                {
                    "id": f"c{i}",
                    "workers": maybe(random_.randrange(1, 5000)),
                    "weekly_hours": maybe(random_.uniform(1, 99)),
                    "origin": maybe(random_.choice(["NP", "BD", "ID"])),
                    "occupation": maybe("x" * random_.randrange(1, 30)),
                    "recruited": maybe(DAY + datetime.timedelta(random_.randrange(-900, 900))),
                    "languages": maybe([random_.choice(["ne", "bn"]) for _ in range(random_.randrange(3))]),
                }
            )
        schema = pyarrow.schema(
            [("id", "string"), ("workers", "int64"), ("weekly_hours", "float64"), ("origin", "string"), ("occupation", "string"), ("recruited", "date32"), ("languages", pyarrow.list_(pyarrow.string()))]
        )
        expected = eraudit.network(nodes={"Cohort": rows}).to_json()
        table = pyarrow.Table.from_pylist(rows, schema)
        assert eraudit.network(nodes={"Cohort": table}).to_json() == expected
        assert eraudit.network(nodes={"Cohort": polars.from_arrow(table)}).to_json() == expected
        assert eraudit.network(nodes={"Cohort": table.to_pandas()}).to_json() == expected
        connection = duckdb.connect()
        assert eraudit.network(nodes={"Cohort": connection.from_arrow(table)}).to_json() == expected


def places(caught):
    return [(d.file, d.line, d.column, d.id) for d in caught.value.diagnostics]


def test_mistakes_name_table_row_and_column():
    frame = pandas.DataFrame(
        {"id": ["a", "b", None, "d"], "workers": ["48", "many", "3", "4"], "origin": ["NP", "NEPAL", "NP", "NP"], "weekly_hours": [1.0, -3.0, 2.0, float("inf")]}
    )
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.network(nodes={"Cohort": frame})
    assert places(caught) == [
        ("nodes['Cohort']", 2, 2, "network-value"),
        ("nodes['Cohort']", 2, 3, "network-country"),
        ("nodes['Cohort']", 2, 4, "network-negative"),
        ("nodes['Cohort']", 3, 1, "network-missing-value"),
        ("nodes['Cohort']", 4, 4, "network-number"),
    ]
    assert "row 2, column 'workers': " in caught.value.diagnostics[0].message
    assert "nodes['Cohort']:2:2: error: row 2, column 'workers':" in str(caught.value)


def test_misspelt_kinds_columns_sources_lists_and_ids():
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.network(
            nodes={"Cohrt": [{"id": "a"}], "Cohort": [{"id": "b", "orign": "NP"}], "Recruiter": [{"name": "x"}]},
            edges={"charge": [{"from": "a", "to": "b"}]},
        )
    messages = {(d.file, d.id): d.help for d in caught.value.diagnostics}
    assert messages[("nodes['Cohrt']", "network-unknown-kind")] == "did you mean 'Cohort'?"
    assert messages[("nodes['Cohort']", "network-unknown-column")] == "did you mean 'origin'?"
    assert ("nodes['Recruiter']", "network-missing-column") in messages
    assert messages[("edges['charge']", "network-unknown-edge")] == "did you mean 'charged'?"

    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.network(
            nodes={"Cohort": [{"id": "np-24", "source": "voice"}], "Recruiter": [{"id": "sunrise"}]},
            edges={"charged": [{"from": "sunrize", "to": "np-24"}]},
            complete=[{"node": "np-24", "list": "fee"}, {"node": "np-99", "list": "fees"}],
            sources=SOURCES,
        )
    found = {(d.file, d.line, d.id): d.help for d in caught.value.diagnostics}
    assert ("nodes['Cohort']", 1, "network-unknown-source") in found
    assert found[("edges['charged']", 1, "network-unknown-node")] == "did you mean 'sunrise'?"
    assert found[("complete", 1, "network-unknown-list")] == "did you mean 'fees'?"
    assert ("complete", 2, "network-unknown-node") in found

    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.network(sources={"voices": {"clas": "register"}})
    assert caught.value.file == "sources" and "did you mean 'class'" in str(caught.value)
    with pytest.raises(eraudit.BadArgumentError):
        eraudit.network(sources=[{"class": "register"}])
    assert eraudit.network(sources=[{"id": "r", "class": "register", "ref": None}]).sources[0]["id"] == "r"


@pytest.mark.parametrize(
    "table, words",
    [
        (pyarrow.table({"id": ["a"], "x": pyarrow.array([b"x"])}), "binary"),
        (pyarrow.table({"id": ["a"], "x": pyarrow.array([{"y": 1}])}), "struct"),
        (pyarrow.table({"id": ["a"], "x": pyarrow.array([[1]])}), "list of int64"),
        (pyarrow.table({"id": ["a"], "x": pyarrow.array([datetime.timedelta(1)])}), "'tDu'"),
        (pyarrow.array(["a"]), "not a table"),
        ([{"id": object()}], "object"),
        ({"id": ["a"], "workers": [1, 2]}, "2 rows"),
        ([{"id": "a", "workers": -(2**70)}], "smaller"),
        ([{"id": "\ud800"}], "surrogates"),
        ([{"id": "a", "languages": [1]}], "takes texts"),
    ],
)
def test_tables_that_cannot_be_read(table, words):
    with pytest.raises(eraudit.BadArgumentError, match=words) as caught:
        eraudit.network(nodes={"Cohort": table})
    assert "nodes['Cohort']" in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [5, "id", [5], {"id": 5}, {"id": "a"}, object()],
)
def test_things_that_are_no_tables(table):
    with pytest.raises(TypeError):
        eraudit.network(nodes={"Cohort": table})


@pytest.mark.parametrize(
    "attribute, array",
    [
        ("workers", pyarrow.array([True])),
        ("workers", pyarrow.array([1.5])),
        ("workers", pyarrow.array([2**63], "uint64")),
        ("weekly_hours", pyarrow.array([DAY])),
        ("origin", pyarrow.array([1])),
        ("recruited", pyarrow.array([True])),
        ("base_wage", pyarrow.array([True])),
        ("languages", pyarrow.array([1])),
    ],
)
def test_columns_of_another_type_are_refused_once(attribute, array):
    table = pyarrow.table({"id": ["a", "b"], attribute: pyarrow.concat_arrays([array, array])})
    with pytest.raises(eraudit.LoadError) as caught:
        eraudit.network(nodes={"Cohort": table})
    first = caught.value.diagnostics[0]
    assert (first.file, first.line, first.column) == ("nodes['Cohort']", 1, 2)
    assert repr(attribute) in first.message


def test_a_stream_that_fails_says_why():
    schema = pyarrow.schema([("id", "string")])

    def batches():
        yield pyarrow.record_batch([["a"]], schema)
        raise RuntimeError("the disk is gone")

    with pytest.raises(eraudit.BadArgumentError, match="the disk is gone"):
        eraudit.network(nodes={"Cohort": pyarrow.RecordBatchReader.from_batches(schema, batches())})


def test_an_index_of_pandas_is_no_attribute():
    frame = pandas.DataFrame({"id": ["a", "b", "c"], "workers": [1, 2, 3]}).query("workers > 1")
    assert eraudit.network(nodes={"Cohort": frame}).ids() == ["b", "c"]
    indexed = pandas.DataFrame({"workers": [1]}, index=pandas.Index(["a"], name="id"))
    assert eraudit.network(nodes={"Cohort": indexed}).node("a") == {"workers": 1}


def test_whole_numbers_are_ids():
    network = eraudit.network(
        nodes={"Cohort": polars.DataFrame({"id": [1, 2]}), "Recruiter": [{"id": 3}]},
        edges={"charged": polars.DataFrame({"from": [3, 3], "to": [1, 2], "id": [7, 8]})},
    )
    assert network.ids() == ["3", "1", "2"] and network.edge_count == 2


def test_pandas_without_pyarrow():
    code = """
import sys
sys.modules["pyarrow"] = None
import datetime, pandas, eraudit
frame = pandas.DataFrame({"id": ["a", "b"], "workers": [1, None], "origin": ["NP", None],
                          "recruited": pandas.to_datetime(["2024-03-01", None])})
network = eraudit.network(nodes={"Cohort": frame})
assert network.node("a") == {"workers": 1, "origin": "NP", "recruited": datetime.date(2024, 3, 1)}, network.node("a")
assert network.node("b") == {}
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_empty_network_and_empty_tables():
    assert len(eraudit.network()) == 0
    assert len(eraudit.network(nodes={"Cohort": pandas.DataFrame({"id": []})})) == 0
    assert len(eraudit.network(nodes={"Cohort": polars.DataFrame({"id": pyarrow.array([], "string")})})) == 0
    with pytest.raises(eraudit.LoadError, match="no column 'id'"):
        eraudit.network(nodes={"Cohort": []})


def test_limits_hold_for_tables():
    with pytest.raises(eraudit.LimitExceededError):
        eraudit.network(nodes={"Cohort": COHORTS}, limits={"nodes": 2})


def test_any_text_is_a_value_or_an_error_with_its_place():
    hypothesis = pytest.importorskip("hypothesis", reason="hypothesis is not installed")
    strategies = hypothesis.strategies
    texts = strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=40)

    @hypothesis.settings(max_examples=300, deadline=None, database=None)
    @hypothesis.given(
        texts, strategies.sampled_from(["id", "occupation", "workers", "origin", "recruited", "base_wage", "languages"])
    )
    def check(text, attribute):
        row = {"id": "a", attribute: text}
        outcomes = set()
        for make in (list, pyarrow.Table.from_pylist, polars.DataFrame, pandas.DataFrame):
            try:
                network = eraudit.network(nodes={"Cohort": make([row])})
                outcomes.add(network.to_json())
                if attribute == "occupation" and text not in ("", "null"):
                    assert network.node("a") == {"occupation": text}
            except eraudit.LoadError as error:
                assert (error.file, error.line) == ("nodes['Cohort']", 1), error
                assert error.column == (1 if attribute == "id" else 2), error
                outcomes.add(error.diagnostics[0].id)
        assert len(outcomes) == 1, outcomes

    check()
