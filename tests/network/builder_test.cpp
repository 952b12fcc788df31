#include "eraudit/network/builder.hpp"

#include <algorithm>

#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;
using test::small_schema;

namespace {

constexpr KindId thing{0};
constexpr KindId place{1};
constexpr KindId person{2};
constexpr EdgeKindId paid{0};
constexpr EdgeKindId near{1};
constexpr EdgeKindId knows{2};

AttributeId of(KindId kind, std::string_view name) {
  return *small_schema()->kind(kind).find(name);
}
Currency currency(std::string_view code) {
  return *Currency::from_code(code);
}
Date day(std::string_view text) {
  return *parse_date(text);
}

std::vector<std::string> ids(const Network& network, KindId kind) {
  std::vector<std::string> out;
  for (const NodeId node : network.nodes(kind)) out.emplace_back(network.id(node));
  return out;
}

}  // namespace

TEST_CASE("network: nodes of a kind are consecutive and ordered by id, whatever the order of input",
          "[network]") {
  NetworkBuilder builder(small_schema());
  for (const char* id : {"b", "é", "a-2", "a", "Z", "a-10"}) builder.node(thing, id);
  builder.node(person, "p");
  builder.node(place, "q");
  CHECK(builder.node_count() == 8);
  const Network network = builder.build().value();
  CHECK(network.node_count() == 8);
  CHECK(ids(network, thing) == std::vector<std::string>{"Z", "a", "a-10", "a-2", "b", "é"});
  CHECK(ids(network, place) == std::vector<std::string>{"q"});
  CHECK(network.kind(NodeId{5}) == thing);
  CHECK(network.kind(NodeId{6}) == place);
  CHECK(network.kind(NodeId{7}) == person);
  for (std::uint32_t i = 0; i < 8; ++i) CHECK(network.find(network.id(NodeId{i})) == NodeId{i});
  CHECK_FALSE(network.find("a-1").has_value());
  CHECK_FALSE(network.find("").has_value());
  CHECK(builder.node_count() == 0);
}

TEST_CASE("network: an empty network is a network", "[network]") {
  NetworkBuilder builder(small_schema());
  const Network network = builder.build().value();
  CHECK(network.node_count() == 0);
  CHECK(network.edge_count() == 0);
  CHECK(network.tables().empty());
  CHECK(network.nodes(thing).empty());
  CHECK_FALSE(network.find("a").has_value());
  CHECK(network.tables(thing, {paid, Side::from}).empty());
  CHECK(network.sources().size() == 1);
  CHECK(write_network_yaml(network) == "eraudit: network/1\n");
  CHECK(write_network_json(network) == "{\n  \"eraudit\": \"network/1\"\n}\n");
}

TEST_CASE("network: edges may come before their nodes and are found from both ends", "[network]") {
  NetworkBuilder builder(small_schema());
  builder.edge(paid, "b", "a");
  builder.edge(paid, "a", "q");
  builder.edge(paid, "a", "b");
  builder.edge(paid, "b", "q");
  builder.edge(near, "b", "q");
  builder.node(place, "q");
  builder.node(thing, "b");
  builder.node(thing, "a");
  const Network network = builder.build().value();
  const NodeId a = test::node(network, "a");
  const NodeId b = test::node(network, "b");
  const NodeId q = test::node(network, "q");

  REQUIRE(network.tables().size() == 3);
  const EdgeTable& among_things = network.tables()[0];
  CHECK(among_things.kind == paid);
  CHECK(among_things.to_kind == thing);
  CHECK(among_things.from == std::vector<NodeId>{a, b});
  CHECK(among_things.to == std::vector<NodeId>{b, a});
  const EdgeTable& to_places = network.tables()[1];
  CHECK(to_places.first == 2);
  CHECK(to_places.to_kind == place);
  CHECK(to_places.out_offsets == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(to_places.in_offsets == std::vector<std::uint32_t>{0, 2});
  CHECK(to_places.in_rows == std::vector<std::uint32_t>{0, 1});
  CHECK(network.tables()[2].kind == near);

  const auto payments = network.tables(thing, {paid, Side::from});
  CHECK(std::vector<std::uint16_t>(payments.begin(), payments.end()) ==
        std::vector<std::uint16_t>{0, 1});
  const auto receipts = network.tables(place, {paid, Side::to});
  CHECK(std::vector<std::uint16_t>(receipts.begin(), receipts.end()) ==
        std::vector<std::uint16_t>{1});
  CHECK(network.tables(person, {paid, Side::to}).empty());

  CHECK(network.edge_count() == 5);
  CHECK(network.from(EdgeId{3}) == b);
  CHECK(network.to(EdgeId{3}) == q);
  CHECK(&network.table(EdgeId{1}) == &network.tables()[0]);
  CHECK(&network.table(EdgeId{4}) == &network.tables()[2]);
  CHECK(network.name(EdgeId{0}) == "paid(a, b, ?, ?)");
  CHECK(network.name(EdgeId{4}) == "near(b, q)");
}

TEST_CASE("network: every type of cell is kept, as a value and as a range", "[network]") {
  NetworkBuilder builder(small_schema());
  const NodeDraft a = builder.node(thing, "a");
  const NodeDraft b = builder.node(thing, "b");
  builder.node(thing, "c");
  builder.set(a, "flag", Cell::of(true));
  builder.set(b, "flag", Cell::of(false));
  builder.set_integer(a, of(thing, "count"), 48);
  builder.set(b, "count", Cell::between(std::int64_t{5}, std::int64_t{9}, std::int64_t{6}));
  builder.set_number(b, of(thing, "share"), 12.5);
  builder.set(a, "share", Cell::between(1.0, 2.0));
  builder.set_text(a, of(thing, "label"), "dark-blue");
  builder.set_text(b, of(thing, "note"), "line one\nline two");
  builder.set(a, "note", Cell::absent());
  builder.set(a, "since", Cell::between(day("2024-03-01"), day("2024-03-31")));
  builder.set_date(b, of(thing, "since"), day("2024-02-29"));
  builder.set_money(a, of(thing, "price"), {-500, currency("USD")});
  builder.set_money(b, of(thing, "price"), {7, currency("JPY")});
  builder.set_money(b, of(thing, "wage"), {150000, currency("MYR")});
  builder.set(a, "kinds", Cell::of(std::vector<std::string>{"green", "red", "green"}));
  builder.set(b, "kinds", Cell::of(std::vector<std::string>{}));
  builder.set(b, "names", Cell::of(std::vector<std::string>{"x", "", "x"}));
  const Network network = builder.build().value();
  const auto cell = [&](const char* node, const char* attribute) {
    return test::cell(network, test::node(network, node), attribute);
  };
  CHECK(cell("a", "flag") == "true");
  CHECK(cell("b", "flag") == "false");
  CHECK(cell("c", "flag").empty());
  CHECK(cell("a", "count") == "48");
  CHECK(cell("b", "count") == "{low: 5, typical: 6, high: 9}");
  CHECK(cell("a", "share") == "1.0..2.0");
  CHECK(cell("b", "share") == "12.5");
  CHECK(cell("a", "label") == "dark-blue");
  CHECK(cell("a", "note") == "null");
  CHECK(cell("b", "note") == "line one\nline two");
  CHECK(cell("a", "since") == "2024-03-01/2024-03-31");
  CHECK(cell("b", "since") == "2024-02-29");
  CHECK(cell("a", "price") == "-5 USD");
  CHECK(cell("b", "price") == "7 JPY");
  CHECK(cell("b", "wage") == "1500 MYR/month");
  CHECK(cell("a", "kinds") == "green; red; green");
  CHECK(cell("b", "kinds") == "[]");
  CHECK(cell("c", "kinds").empty());
  CHECK(cell("b", "names") == "x; \"\"; x");
  CHECK(network.cell(test::node(network, "c"), of(thing, "price")) == Cell::unknown());

  const Column& price = network.column(thing, of(thing, "price"));
  CHECK(price.longs == std::vector<std::int64_t>{-500, 7, 0});
  CHECK(price.currencies == std::vector<Currency>{currency("USD"), currency("JPY"), Currency()});
  CHECK(network.column(thing, of(thing, "wage")).currencies ==
        std::vector<Currency>{currency("MYR")});
  CHECK(network.column(thing, of(thing, "country")).empty());
  CHECK(network.column(thing, of(thing, "country")).codes.empty());
  const Column& count = network.column(thing, of(thing, "count"));
  REQUIRE(count.ranged.test(1));
  CHECK(count.range(1).high == 9);
}

TEST_CASE("network: codes of texts are in the order of the texts, and only of those in use",
          "[network]") {
  NetworkBuilder builder(small_schema());
  const NodeDraft b = builder.node(thing, "b");
  builder.set_text(b, of(thing, "note"), "zebra");
  const NodeDraft a = builder.node(thing, "a");
  builder.set_text(a, of(thing, "note"), "ant");
  const NodeDraft q = builder.node(place, "q");
  builder.set_text(q, of(place, "name"), "Ant");
  const Network network = builder.build().value();
  CHECK(network.column(thing, of(thing, "note")).codes == std::vector<std::uint32_t>{1, 2});
  CHECK(network.strings().size() == 3);
  CHECK(network.text(0) == "Ant");
  CHECK(network.strings().find("zebra") == std::optional<std::uint32_t>(2));
  CHECK_FALSE(network.strings().find("a").has_value());
}

TEST_CASE("network: what the schema refuses is reported with its line and stays unknown",
          "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t file = builder.file("Thing.csv", "sha256:0", 10);
  CHECK(file == 1);
  CHECK(builder.file("Thing.csv", "sha256:0", 10) == 1);
  const NodeDraft a = builder.node(thing, "a", {file, 7});
  builder.set_integer(a, of(thing, "count"), -1);
  builder.set_text(a, of(thing, "label"), "dark-bleu");
  builder.set(a, of(thing, "country"), Cell::of(std::string("Nepal")), 0, 9);
  builder.set(a, "label", Cell::absent());
  builder.set(a, "count", Cell::between(std::int64_t{9}, std::int64_t{5}));
  builder.set_text(a, of(thing, "note"), "bell\a");
  builder.node(thing, " b", {file, 8});
  builder.node(thing, "");
  const Checked<Network> network = builder.build();
  REQUIRE_FALSE(network);
  CHECK(to_text(network.diagnostics()) ==
        "Thing.csv:7:1: error: 'count' cannot be negative [network-negative]\n"
        "Thing.csv:7:1: error: 'label' has no value 'dark-bleu' [network-unknown-value]\n"
        "  help: did you mean 'dark-blue'?\n"
        "Thing.csv:9:1: error: 'country' is a country, but 'Nepal' is no code of one "
        "[network-country]\n"
        "  help: write NP for Nepal\n"
        "Thing.csv:7:1: error: 'label' cannot be said not to exist (null) [network-not-absent]\n"
        "  help: leave it out if it is not known\n"
        "Thing.csv:7:1: error: 'count' is a range whose lower end is above its upper end "
        "[network-range]\n"
        "  help: write the ends as low..high\n"
        "Thing.csv:7:1: error: 'note' holds the control character U+0007 [network-text]\n"
        "  help: remove it\n"
        "Thing.csv:8:1: error: the id ' b' begins or ends with a blank [network-bad-id]\n"
        "error: the id '' is empty [network-bad-id]\n");
}

TEST_CASE("network: a caller's mistake throws and names the nearest", "[network]") {
  NetworkBuilder builder(small_schema());
  const NodeDraft a = builder.node(thing, "a");
  CHECK_THROWS_WITH(builder.set(a, "cuont", Cell::of(std::int64_t{1})),
                    "'Thing' has no attribute 'cuont'; did you mean 'count'?");
  CHECK_THROWS_WITH(builder.set(a, "count", Cell::of(std::string("1"))),
                    "'count' takes a whole number");
  CHECK_THROWS_WITH(builder.set_money(a, of(thing, "count"), {}), "'count' takes a whole number");
  CHECK_THROWS_AS(builder.set_integer(a, AttributeId{99}, 1), Error);
  CHECK_THROWS_AS(builder.set_integer(NodeDraft{thing, 1}, of(thing, "count"), 1), Error);
  CHECK_THROWS_AS(builder.node(KindId{9}, "x"), Error);
  CHECK_THROWS_AS(builder.node(thing, "x", {3, 1}), Error);
  CHECK_THROWS_AS(builder.node(thing, "x", {}, 4), Error);
  CHECK_THROWS_AS(builder.edge(EdgeKindId{9}, "x", "y"), Error);
  CHECK_THROWS_AS(NetworkBuilder(nullptr), Error);
  const Network network = builder.build().value();
  CHECK_THROWS_AS(builder.set_boolean(a, of(thing, "flag"), true), Error);
  CHECK_THROWS_AS(network.cell(NodeId{5}, AttributeId{0}), Error);
  CHECK_THROWS_AS(network.cell(NodeId{0}, AttributeId{99}), Error);
  CHECK_THROWS_AS(network.name(EdgeId{0}), Error);
}

TEST_CASE("network: limits of nodes and edges are kept", "[network]") {
  Limits limits;
  limits.nodes = 2;
  limits.edges = 1;
  NetworkBuilder builder(small_schema(), limits);
  builder.node(thing, "a");
  builder.node(thing, "b");
  CHECK_THROWS_WITH(builder.node(thing, "c"), "more than 2 nodes");
  builder.edge(paid, "a", "b");
  CHECK_THROWS_WITH(builder.edge(paid, "b", "a"), "more than 1 edges");
}

TEST_CASE("network: an end that is no node is an error with the nearest id", "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t file = builder.file("paid.csv", "sha256:0", 10);
  builder.node(thing, "sunrise");
  builder.node(place, "sunrise-office");
  builder.node(person, "ram");
  builder.edge(paid, "sunrsie", "sunrise", {file, 2});
  builder.edge(paid, "sunrise", "nothing-like-it", {file, 3});
  builder.edge(paid, "ram", "sunrise-office", {file, 4});
  builder.complete("sunris", {paid, Side::from}, {file, 5});
  builder.complete("ram", {paid, Side::from}, {file, 6});
  const Checked<Network> network = builder.build();
  REQUIRE_FALSE(network);
  CHECK(
      to_text(network.diagnostics()) ==
      "paid.csv:2:1: error: no node has the id 'sunrsie' (`from` of paid) [network-unknown-node]\n"
      "  help: did you mean 'sunrise'?\n"
      "paid.csv:3:1: error: no node has the id 'nothing-like-it' (`to` of paid) "
      "[network-unknown-node]\n"
      "paid.csv:4:1: error: 'ram' is of kind Person, but `from` of paid takes Thing "
      "[network-wrong-kind]\n"
      "paid.csv:5:1: error: no node has the id 'sunris' [network-unknown-node]\n"
      "  help: did you mean 'sunrise'?\n"
      "paid.csv:6:1: error: Person has no list 'payments' [network-unknown-list]\n"
      "  help: one of: acquaintances, known_by_links\n");
}

TEST_CASE("network: one id under two kinds is an error with both places", "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t places = builder.file("Place.csv", "sha256:0", 10);
  const std::uint16_t things = builder.file("Thing.csv", "sha256:0", 10);
  builder.node(place, "delta", {places, 4});
  builder.node(thing, "delta", {things, 9});
  const Checked<Network> network = builder.build();
  REQUIRE_FALSE(network);
  CHECK(to_text(network.diagnostics()) ==
        "Thing.csv:9:1: error: 'delta' is already the id of a node of kind Place (Place.csv:4) "
        "[network-duplicate-node]\n"
        "  help: ids of nodes are unique in a network: give one of them another id\n");
}

TEST_CASE("network: rows know the file and line they came from", "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t second = builder.file("b.csv", "sha256:2", 20);
  const std::uint16_t first = builder.file("a.csv", "sha256:1", 10);
  builder.node(thing, "t3", {second, 4});
  builder.node(thing, "t1", {second, 2});
  builder.node(thing, "t2", {second, 3});
  builder.node(thing, "t4", {first, 2});
  builder.node(place, "q");
  builder.edge(paid, "t2", "t1", {first, 8});
  builder.edge(paid, "t1", "t2", {second, 9});
  builder.edge(near, "t1", "q");
  const Network network = builder.build().value();
  const auto at = [&](const char* id) {
    const Origin origin = network.origin(test::node(network, id));
    return std::string(origin.file) + ":" + std::to_string(origin.line);
  };
  CHECK(at("t1") == "b.csv:2");
  CHECK(at("t2") == "b.csv:3");
  CHECK(at("t3") == "b.csv:4");
  CHECK(at("t4") == "a.csv:2");
  CHECK(at("q") == ":0");
  CHECK(network.origin(EdgeId{0}).file == "b.csv");
  CHECK(network.origin(EdgeId{0}).line == 9);
  CHECK(network.origin(EdgeId{1}).file == "a.csv");
  CHECK(network.origin(EdgeId{2}).line == 0);
  REQUIRE(network.inputs().size() == 2);
  CHECK(network.inputs()[0].path == "a.csv");
  CHECK(network.inputs()[0].rows == 2);
  CHECK(network.inputs()[1].path == "b.csv");
  CHECK(network.inputs()[1].rows == 4);
  CHECK(network.inputs()[1].bytes == 20);
}

TEST_CASE("network: lines out of order are kept too", "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t file = builder.file("a.csv", "sha256:1", 10);
  const std::uint16_t other = builder.file("b.csv", "sha256:1", 10);
  for (int i = 0; i < 100; ++i) {
    const int line = (i * 37) % 100;
    builder.node(thing, "t" + std::to_string(100 + i),
                 {i < 50 ? file : other, static_cast<std::uint32_t>(line + 2)});
  }
  const Network network = builder.build().value();
  for (std::uint32_t i = 0; i < 100; ++i) {
    const Origin origin = network.origin(NodeId{i});
    CHECK(origin.line == (i * 37) % 100 + 2);
    CHECK(origin.file == (i < 50 ? "a.csv" : "b.csv"));
  }
}

TEST_CASE("network: a list is complete because somebody says so, or because the schema does",
          "[network]") {
  NetworkBuilder builder(small_schema());
  const std::uint16_t voices = builder.source({"voices", "", {}, "", {}});
  builder.node(thing, "b");
  builder.node(thing, "a");
  builder.complete("b", {paid, Side::from}, {}, voices);
  builder.complete("b", {paid, Side::from});
  builder.complete("b", {paid, Side::from}, {}, voices);
  builder.complete("a", {paid, Side::to});
  const Network network = builder.build().value();
  const NodeId a = test::node(network, "a");
  const NodeId b = test::node(network, "b");
  CHECK(network.complete(b, {paid, Side::from}));
  CHECK_FALSE(network.complete(a, {paid, Side::from}));
  CHECK(network.complete(a, {paid, Side::to}));
  CHECK_FALSE(network.complete(b, {paid, Side::to}));
  CHECK(network.complete(a, {near, Side::from}));
  CHECK_FALSE(network.complete(a, {near, Side::to}));
  REQUIRE(network.completions().size() == 2);
  CHECK(network.completions()[0].node == a);
  CHECK(network.completions()[1].source == 1);
}

TEST_CASE("network: edges between drafts need no ids", "[network]") {
  NetworkBuilder builder(small_schema());
  const NodeDraft a = builder.node(thing, "a");
  const NodeDraft b = builder.node(thing, "b");
  const EdgeDraft edge = builder.edge(paid, b, a);
  builder.set(edge, "amount", Cell::of(Money{100, currency("USD")}));
  builder.node(person, "p");
  builder.edge(knows, "p", "a");
  const Network network = builder.build().value();
  CHECK(network.name(EdgeId{0}) == "paid(b, a, ?, ?)");
  CHECK(test::cell(network, EdgeId{0}, "amount") == "1 USD");
  CHECK(network.name(EdgeId{1}) == "knows(p, a, ?)");
  CHECK(network.memory_bytes() > 0);
}
