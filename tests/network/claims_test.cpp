// Several records of one thing: what is one edge, what is disputed, who said what.

#include "eraudit/network/builder.hpp"
#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;
using test::small_schema;

namespace {

/// `source=value` of every claim on a cell, or of every source of a row.
template <class Id>
std::vector<std::string> claims(const Network& network, Id id, AttributeId attribute) {
  std::vector<std::string> out;
  for (const Claim& claim : network.claims(id, attribute)) {
    out.push_back(network.sources()[claim.source].id + "=" + to_text(claim.cell));
  }
  return out;
}

std::vector<std::string> edge_names(const Network& network) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < network.edge_count(); ++i) out.push_back(network.name(EdgeId{i}));
  return out;
}

using Texts = std::vector<std::string>;

constexpr AttributeId amount{2};
constexpr AttributeId count{1};

}  // namespace

TEST_CASE("network: records with one natural key are claims on one edge, never added",
          "[network]") {
  const Network network = test::network(R"(
    sources: {receipt: {}, voices: {}}
    nodes: {Thing: {a: {}, b: {}}}
    edges:
      paid:
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 10000 NPR, source: receipt}
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 145000 NPR, source: voices, remark: cash}
        - {from: a, to: b, category: medical, on: 2024-03-02, amount: 5 NPR}
  )",
                                        small_schema());
  CHECK(edge_names(network) ==
        Texts{"paid(a, b, medical, 2024-03-01)", "paid(a, b, medical, 2024-03-02)"});
  const EdgeId edge{0};
  CHECK(test::cell(network, edge, "amount").empty());
  CHECK(network.table(edge).columns[amount.index].disputed.test(0));
  CHECK_FALSE(network.table(edge).columns[amount.index].known.test(0));
  CHECK(claims(network, edge, amount) == Texts{"receipt=10000 NPR", "voices=145000 NPR"});
  CHECK(test::cell(network, edge, "remark") == "cash");
  CHECK(claims(network, edge, AttributeId{3}) == Texts{"voices=cash"});
  CHECK(claims(network, edge, AttributeId{0}).empty());  // both say it, as they say the edge
  CHECK(claims(network, edge, row_itself) == Texts{"receipt=", "voices="});
  CHECK(network.origin(edge).line == 6);
  CHECK(network.claims(edge, amount)[1].line == 7);
  CHECK(claims(network, EdgeId{1}, amount).empty());
}

TEST_CASE("network: what two records say alike is one value", "[network]") {
  const Network network = test::network(R"(
    sources: {receipt: {}, voices: {}}
    nodes: {Thing: {a: {}, b: {}}}
    edges:
      paid:
        - {from: a, to: b, category: medical, on: null, amount: 5 NPR, source: voices}
        - {from: a, to: b, category: medical, on: null, amount: 5 NPR}
        - {from: a, to: b, category: medical, on: null, amount: 5 NPR, source: voices}
  )",
                                        small_schema());
  CHECK(edge_names(network) == Texts{"paid(a, b, medical, null)"});
  CHECK(test::cell(network, EdgeId{0}, "amount") == "5 NPR");
  CHECK(network.claims().empty());
  CHECK(network.sources()[network.source(EdgeId{0})].id == "voices");
}

TEST_CASE("network: edges of a kind without key attributes are told by their ends", "[network]") {
  const Network network = test::network(R"(
    nodes: {Thing: {a: {}}, Place: {q: {}}}
    edges:
      near:
        - {from: a, to: q, distance: 5}
        - {from: a, to: q, seen: true}
  )",
                                        small_schema());
  REQUIRE(network.edge_count() == 1);
  CHECK(test::cell(network, EdgeId{0}, "distance") == "5.0");
  CHECK(test::cell(network, EdgeId{0}, "seen") == "true");
  CHECK(network.claims().empty());
}

TEST_CASE("network: an edge with an id of its own is told by it", "[network]") {
  const Network network = test::network(R"yaml(
    sources: {receipt: {}, voices: {}}
    nodes: {Thing: {a: {}, b: {}}}
    edges:
      paid:
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 1 NPR, id: second}
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 2 NPR, id: "first (1)"}
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 3 NPR}
        - {from: a, to: b, category: visa, on: 2024-03-01, id: second, source: voices}
  )yaml",
                                        small_schema());
  CHECK(edge_names(network) == Texts{"second", "paid(a, b, medical, 2024-03-01)", "\"first (1)\""});
  const EdgeId second = test::edge(network, "second");
  CHECK(test::cell(network, second, "amount") == "1 NPR");
  CHECK(test::cell(network, second, "category").empty());
  CHECK(claims(network, second, AttributeId{0}) == Texts{"=medical", "voices=visa"});
}

TEST_CASE("network: one edge id for two edges is an error with both places", "[network]") {
  const auto network = test::read(
      "nodes: {Thing: {a: {}, b: {}}, Place: {q: {}}}\n"
      "edges:\n"
      "  paid:\n"
      "    - {from: a, to: b, id: x}\n"
      "    - {from: b, to: a, id: x}\n"
      "  near: [{from: a, to: q, id: x}]\n",
      small_schema());
  REQUIRE_FALSE(network);
  CHECK(to_text(network.diagnostics()) ==
        "network.yaml:5:28: error: 'x' is already the id of another edge, paid (network.yaml:4) "
        "[network-duplicate-edge-id]\n"
        "    5 |     - {from: b, to: a, id: x}\n"
        "      |                            ^\n"
        "  help: records of one edge agree in kind and ends; another edge needs another id\n"
        "network.yaml:6:31: error: 'x' is already the id of another edge, paid (network.yaml:4) "
        "[network-duplicate-edge-id]\n"
        "    6 |   near: [{from: a, to: q, id: x}]\n"
        "      |                               ^\n"
        "  help: records of one edge agree in kind and ends; another edge needs another id\n");
}

TEST_CASE(
    "network: records that only an unknown part of the key could tell apart are merged if they "
    "agree",
    "[network]") {
  const Network network = test::network(R"(
    sources: {receipt: {}, voices: {}}
    nodes: {Thing: {a: {}, b: {}}}
    edges:
      paid:
        - {from: a, to: b, category: medical, amount: 5 NPR, source: receipt}
        - {from: a, to: b, category: medical, remark: cash, source: voices}
        - {from: a, to: b, category: medical, on: 2024-03-01, amount: 5 NPR}
  )",
                                        small_schema());
  CHECK(edge_names(network) == Texts{"paid(a, b, medical, ?)", "paid(a, b, medical, 2024-03-01)"});
  CHECK(claims(network, EdgeId{0}, row_itself) == Texts{"receipt=", "voices="});
}

TEST_CASE(
    "network: records that only an unknown part of the key could tell apart stay apart, with a "
    "warning, if they disagree",
    "[network]") {
  const auto checked = test::read(
      "nodes: {Thing: {a: {}, b: {}}}\n"
      "edges:\n"
      "  paid:\n"
      "    - {from: a, to: b, category: medical, amount: 7 NPR}\n"
      "    - {from: a, to: b, category: medical, amount: 5 NPR}\n"
      "    - {from: a, to: b, category: medical, amount: 7 NPR}\n"
      "    - {from: a, to: b, category: visa, on: 2024-03, amount: 1 NPR}\n"
      "    - {from: a, to: b, category: visa, on: 2024-03, amount: 2 NPR}\n",
      small_schema());
  REQUIRE(checked);
  CHECK(edge_names(*checked) == Texts{"paid(a, b, medical, ?)", "paid(a, b, medical, ?)#2",
                                      "paid(a, b, visa, 2024-03-01/2024-03-31)",
                                      "paid(a, b, visa, 2024-03-01/2024-03-31)#2"});
  CHECK(test::cell(*checked, EdgeId{0}, "amount") == "5 NPR");
  CHECK(test::cell(*checked, EdgeId{1}, "amount") == "7 NPR");
  CHECK(
      to_text(checked.diagnostics()) ==
      "network.yaml:6:14: warning: 3 records of paid(a, b, medical, ?) differ but have one key, of "
      "which 'on' is not known for sure; they are kept as 2 edges (another is at network.yaml:5) "
      "[network-alike-edges]\n"
      "    6 |     - {from: a, to: b, category: medical, amount: 7 NPR}\n"
      "      |              ^\n"
      "  help: say what is missing, or give each edge an `id`\n"
      "network.yaml:8:14: warning: 2 records of paid(a, b, visa, 2024-03-01/2024-03-31) differ but "
      "have one key, of which 'on' is not known for sure; they are kept as 2 edges (another is at "
      "network.yaml:7) [network-alike-edges]\n"
      "    8 |     - {from: a, to: b, category: visa, on: 2024-03, amount: 2 NPR}\n"
      "      |              ^\n"
      "  help: say what is missing, or give each edge an `id`\n");
}

TEST_CASE("network: an attribute may be a list of claims", "[network]") {
  const Network network = test::network(R"(
    sources: {contract: {}, payroll: {}, voices: {}}
    nodes:
      Thing:
        a: {count: [{value: 1500, source: contract}, {value: 900..1400, source: voices}, {value: null, source: payroll}], source: payroll}
        b: {count: [{value: 7, source: contract}, {value: 7, source: voices}], note: x}
        c: {count: [{value: 7, source: contract}], source: contract}
        d: {count: [{value: 7}, {value: 8, source: null}], source: [contract, voices], note: y}
        e: {names: [{value: [n, m], source: contract}, {value: [], source: voices}]}
  )",
                                        small_schema());
  const auto node = [&](const char* id) { return test::node(network, id); };
  CHECK(claims(network, node("a"), count) ==
        Texts{"contract=1500", "payroll=null", "voices=900..1400"});
  CHECK(network.column(KindId{0}, count).disputed.test(0));
  CHECK(test::cell(network, node("b"), "count") == "7");
  CHECK(claims(network, node("b"), count) == Texts{"contract=7", "voices=7"});
  CHECK(test::cell(network, node("c"), "count") == "7");
  CHECK(claims(network, node("c"), count).empty());
  CHECK(claims(network, node("d"), count) == Texts{"=8", "contract=7", "voices=7"});
  CHECK(claims(network, node("d"), row_itself) == Texts{"contract=", "voices="});
  CHECK(claims(network, node("d"), *small_schema()->kind(KindId{0}).find("note")).empty());
  CHECK(claims(network, node("e"), *small_schema()->kind(KindId{0}).find("names")) ==
        Texts{"contract=n; m", "voices=[]"});
}

TEST_CASE("network: two records of one node are claims on one node", "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t file = builder.file("Thing.csv", "sha256:0", 1);
  const std::uint16_t voices = builder.source({"voices", "", {}, "", {}});
  const std::uint16_t contract = builder.source({"contract", "", {}, "", {}});
  const NodeDraft second = builder.node(KindId{0}, "a", {file, 9}, voices);
  builder.set_integer(second, count, 12);
  builder.set_text(second, AttributeId{4}, "seen");
  const NodeDraft first = builder.node(KindId{0}, "a", {file, 3}, contract);
  builder.set_integer(first, count, 48);
  builder.set(first, count, Cell::of(std::int64_t{50}), voices, 4);
  const auto checked = builder.build();
  const Network& network = checked.value();
  CHECK(network.node_count() == 1);
  CHECK(network.origin(NodeId{0}).line == 3);
  CHECK(claims(network, NodeId{0}, count) == Texts{"contract=48", "voices=12", "voices=50"});
  CHECK(claims(network, NodeId{0}, AttributeId{4}) == Texts{"voices=seen"});
  CHECK(claims(network, NodeId{0}, row_itself) == Texts{"contract=", "voices="});
  CHECK(
      to_text(checked.diagnostics()) ==
      "Thing.csv:4:1: warning: a: 'count' is said twice and differently by the source 'voices'; it "
      "counts as disputed (the other is at Thing.csv:9) [network-contradiction]\n");
}

TEST_CASE(
    "network: what nobody in particular says twice and differently is disputed, with a warning",
    "[network]") {
  const auto checked = test::read(
      "nodes: {Thing: {a: {}}, Place: {q: {}}}\n"
      "edges:\n"
      "  near:\n"
      "    - {from: a, to: q, distance: 5}\n"
      "    - {from: a, to: q, distance: 6}\n",
      small_schema());
  REQUIRE(checked);
  CHECK(claims(*checked, EdgeId{0}, AttributeId{0}) == Texts{"=5.0", "=6.0"});
  CHECK(
      to_text(checked.diagnostics()) ==
      "network.yaml:5:1: warning: near(a, q): 'distance' is said twice and differently by no named "
      "source; it counts as disputed (the other is at network.yaml:4) [network-contradiction]\n"
      "  help: name the `source` of each, or remove the wrong one\n");
}

TEST_CASE("network: sources are ordered by id and described once", "[network]") {
  NetworkBuilder builder(small_schema());
  CHECK(builder.source({"z", "contract", {}, "z.pdf", {{"sample", "12"}, {"of", "48"}}}) == 1);
  CHECK(builder.source({"a", "", parse_date("2024-01-10"), "", {}}) == 2);
  CHECK(builder.source({"z", "contract", {}, "z.pdf", {{"of", "48"}, {"sample", "12"}}}) == 1);
  CHECK(builder.find_source("a") == std::optional<std::uint16_t>(2));
  CHECK_FALSE(builder.find_source("b").has_value());
  builder.node(KindId{0}, "n", {}, 1);
  const Network network = builder.build().value();
  REQUIRE(network.sources().size() == 3);
  CHECK(network.sources()[0].id.empty());
  CHECK(network.sources()[1].id == "a");
  CHECK(network.sources()[2].details ==
        std::vector<std::pair<std::string, std::string>>{{"of", "48"}, {"sample", "12"}});
  CHECK(network.source(NodeId{0}) == 2);

  builder.source({"z", "", {}, "", {}});
  builder.source({"z", "", {}, "other", {}});
  CHECK(to_text(builder.build().diagnostics()) ==
        "error: the source 'z' is described twice, and not in the same way "
        "[network-duplicate-source]\n");
}
