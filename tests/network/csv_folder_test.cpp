#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("eraudit-csv-folder-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder& file(const std::string& name, const std::string& text) {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }
  [[nodiscard]] Checked<Network> read(SchemaPtr schema = test::small_schema()) const {
    ReadOptions options;
    options.schema = std::move(schema);
    return read_network(path_.string(), options);
  }
  /// The diagnostics, without the name of the folder.
  [[nodiscard]] std::string problems() const {
    std::string text = to_text(read().diagnostics());
    const std::string prefix = path_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("network: a folder of tables is one network", "[network][csv]") {
  Folder folder;
  folder.file("Thing.csv",
              "\xEF\xBB\xBFid,count,note,asking,names,source\r\n"
              "b,48.0,\"two\nlines\",11 of 12,x; y,voices\r\n"
              "\r\n"
              "a,null,\"null\",,,\r\n"
              "c,,\"\",,[],\r\n");
  folder.file("Place.csv", "name,id\nQuay,q\n");
  folder.file("paid.csv",
              "to,from,amount,category,on,id\nq,b,900..1400 NPR,visa,2024-03,\na,b,1 USD,,,own\n");
  folder.file("sources.csv", "id,class,date,place\nvoices,interview,2026-05-14,off_site\n");
  folder.file("complete.csv", "node,list,source\nb,payments,voices\nq,things,\n");
  folder.file("README.md", "not ours");
  folder.file(".hidden", "not ours");
  const Network network = folder.read().value();
  const auto cell = [&](const char* id, const char* attribute) {
    return test::cell(network, test::node(network, id), attribute);
  };
  CHECK(network.node_count() == 4);
  CHECK(cell("b", "count") == "48");
  CHECK(cell("b", "note") == "two\nlines");
  CHECK(cell("b", "said") == "11");
  CHECK(cell("b", "asked") == "12");
  CHECK(cell("b", "names") == "x; y");
  CHECK(cell("a", "count") == "null");
  CHECK(network.cell(test::node(network, "a"), AttributeId{4}) == Cell::of(std::string("null")));
  CHECK(network.cell(test::node(network, "c"), AttributeId{4}) == Cell::of(std::string()));
  CHECK(cell("c", "names") == "[]");
  CHECK(cell("a", "names").empty());
  CHECK(cell("q", "name") == "Quay");
  CHECK(network.sources()[network.source(test::node(network, "b"))].id == "voices");
  CHECK(network.source(test::node(network, "a")) == 0);
  CHECK(network.edge_count() == 2);
  const EdgeId visa = test::edge(network, "paid(b, q, visa, 2024-03-01/2024-03-31)");
  CHECK(test::cell(network, visa, "amount") == "900..1400 NPR");
  CHECK(test::cell(network, test::edge(network, "own"), "amount") == "1 USD");
  CHECK(network.complete(test::node(network, "b"), {EdgeKindId{0}, Side::from}));
  CHECK(network.complete(test::node(network, "q"), {EdgeKindId{1}, Side::to}));
  CHECK(network.origin(test::node(network, "b")).line == 2);
  CHECK(network.origin(test::node(network, "a")).line == 5);
  CHECK(network.origin(visa).line == 2);
  CHECK(std::string(network.origin(visa).file).ends_with("/paid.csv"));
  REQUIRE(network.inputs().size() == 5);
  CHECK(network.inputs()[1].rows == 3);
}

TEST_CASE("network: a folder may have a network.yaml beside its tables, and records meet",
          "[network][csv]") {
  Folder folder;
  folder.file("network.yaml",
              "eraudit: network/1\nas_of: 2026-06-30\nsources: {s: {}, t: {}}\n"
              "nodes: {Thing: {a: {count: 5, source: s}}}\n");
  folder.file("Thing.csv", "id,count,source\na,6,t\nb,,\n");
  const Network network = folder.read().value();
  CHECK(network.as_of() == parse_date("2026-06-30"));
  CHECK(network.node_count() == 2);
  CHECK(test::cell(network, NodeId{0}, "count").empty());
  CHECK(network.claims(NodeId{0}, AttributeId{1}).size() == 2);
  CHECK(network.claims(NodeId{0}, row_itself).size() == 2);
}

TEST_CASE("network: a folder may extend the schema", "[network][csv]") {
  Folder folder;
  folder.file(
      "schema.yaml",
      "eraudit: schema/1\nname: mine\nextends: recruitment\nkinds:\n  Cohort:\n    attributes:\n"
      "      shoe_size: {type: int, label: Shoe size, ask: Which one}\n");
  folder.file("Cohort.csv", "id,workers,shoe_size\nnp-24,48,43\n");
  const Network network = folder.read(nullptr).value();
  CHECK(test::cell(network, NodeId{0}, "shoe_size") == "43");
  folder.file("schema.yaml", "eraudit: schema/1\nname: mine\nkindz: {}\n");
  CHECK_FALSE(folder.read(nullptr));
}

TEST_CASE("network: mistakes in tables are told with file, line and column", "[network][csv]") {
  Folder folder;
  folder.file("Thing.csv",
              "id,count,country,source\n"
              "a,twelve,NP,\n"
              "é,5,Népal,voices\n"
              "c,5\n"
              "d,5,NP,,x\n"
              ",5,NP,\n"
              "\"e\",\"-1\",NO,\n");
  CHECK(folder.problems() ==
        "Thing.csv:2:3: error: 'count' takes a whole number, not 'twelve' [network-value]\n"
        "    2 | a,twelve,NP,\n"
        "      |   ^~~~~~\n"
        "  help: write a number such as 48, or 900..1400 if only its bounds are known\n"
        "Thing.csv:3:11: error: no source has the id 'voices' [network-unknown-source]\n"
        "    3 | é,5,Népal,voices\n"
        "      |           ^~~~~~\n"
        "  help: describe it in sources.csv\n"
        "Thing.csv:3:5: error: 'country' is a country, but 'Népal' is no code of one "
        "[network-country]\n"
        "    3 | é,5,Népal,voices\n"
        "      |     ^~~~~\n"
        "  help: write NP for Nepal\n"
        "Thing.csv:4:3: error: this row has 2 fields, the header 4 [network-ragged-row]\n"
        "    4 | c,5\n"
        "      |   ^\n"
        "Thing.csv:5:9: error: this row has 5 fields, the header 4 [network-ragged-row]\n"
        "    5 | d,5,NP,,x\n"
        "      |         ^\n"
        "  help: put a field that holds a comma in double quotes\n"
        "Thing.csv:6:1: error: the id '' is empty [network-bad-id]\n"
        "    6 | ,5,NP,\n"
        "      | ^\n"
        "Thing.csv:7:5: error: 'count' cannot be negative [network-negative]\n"
        "    7 | \"e\",\"-1\",NO,\n"
        "      |     ^~~~\n");
}

TEST_CASE("network: mistakes in headers are told at their column", "[network][csv]") {
  Folder folder;
  folder.file("Thing.csv", "id,cuont,note,note,from\na,1,2,3,4\n");
  folder.file("Place.csv", "nam\nq\n");
  folder.file("paid.csv", "from,too\na,b\n");
  folder.file("near.csv", "");
  CHECK(folder.problems() ==
        "Thing.csv:1:4: error: Thing has no attribute 'cuont' [network-unknown-column]\n"
        "    1 | id,cuont,note,note,from\n"
        "      |    ^~~~~\n"
        "  help: did you mean 'count'?\n"
        "Thing.csv:1:15: error: two columns are called 'note' [network-duplicate-column]\n"
        "    1 | id,cuont,note,note,from\n"
        "      |               ^~~~\n"
        "Thing.csv:1:20: error: Thing has no attribute 'from' [network-unknown-column]\n"
        "    1 | id,cuont,note,note,from\n"
        "      |                    ^~~~\n"
        "  help: one of: id, source, flag, count, share, label, note, country, ... (16 in all)\n"
        "Place.csv:1:1: error: Place has no attribute 'nam' [network-unknown-column]\n"
        "    1 | nam\n"
        "      | ^~~\n"
        "  help: did you mean 'name'?\n"
        "Place.csv:1:1: error: the header has no column 'id' [network-missing-column]\n"
        "    1 | nam\n"
        "      | ^~~\n"
        "  help: the first line names the columns: id, ...\n"
        "paid.csv:1:6: error: paid has no attribute 'too' [network-unknown-column]\n"
        "    1 | from,too\n"
        "      |      ^~~\n"
        "  help: did you mean 'to'?\n"
        "paid.csv:1:1: error: the header has no column 'to' [network-missing-column]\n"
        "    1 | from,too\n"
        "      | ^~~~\n"
        "  help: the first line names the columns: from,to, ...\n"
        "near.csv: error: this table is empty [network-missing-header]\n"
        "  help: the first line names the columns: from,to, ...\n");
}

TEST_CASE("network: ends in tables that are no nodes are told at their field", "[network][csv]") {
  Folder folder;
  folder.file("Thing.csv", "id\nsunrise\n");
  folder.file("Place.csv", "id\nsunrise\nquay\n");
  CHECK(folder.problems() ==
        "Thing.csv:2:1: error: 'sunrise' is already the id of a node of kind Place (Place.csv:2) "
        "[network-duplicate-node]\n"
        "    2 | sunrise\n"
        "      | ^~~~~~~\n"
        "  help: ids of nodes are unique in a network: give one of them another id\n");
  folder.file("Place.csv", "id\nquay\n");
  folder.file("paid.csv", "amount,from,to\n\"1 USD\",sunrise,\"qay\"\n1 USD,quay,quay\n");
  folder.file("complete.csv", "list,node\npayments,sunrize\nreceits,sunrise\n");
  CHECK(folder.problems() ==
        "paid.csv:2:17: error: no node has the id 'qay' (`to` of paid) [network-unknown-node]\n"
        "    2 | \"1 USD\",sunrise,\"qay\"\n"
        "      |                 ^~~~~\n"
        "  help: did you mean 'quay'?\n"
        "paid.csv:3:7: error: 'quay' is of kind Place, but `from` of paid takes Thing "
        "[network-wrong-kind]\n"
        "    3 | 1 USD,quay,quay\n"
        "      |       ^~~~\n"
        "complete.csv:2:10: error: no node has the id 'sunrize' [network-unknown-node]\n"
        "    2 | payments,sunrize\n"
        "      |          ^~~~~~~\n"
        "  help: did you mean 'sunrise'?\n"
        "complete.csv:3:1: error: Thing has no list 'receits' [network-unknown-list]\n"
        "    3 | receits,sunrise\n"
        "      | ^~~~~~~\n"
        "  help: did you mean 'receipts'?\n");
}

TEST_CASE("network: files that do not belong in a network folder are errors", "[network][csv]") {
  Folder folder;
  CHECK(folder.problems().find("this folder holds no network [network-empty-folder]") !=
        std::string::npos);
  folder.file("Thing.csv", "id\na\n");
  folder.file("Thign.csv", "id\na\n");
  folder.file("Things.xlsx", "");
  folder.file("network.yaml", "eraudit: network/1\n");
  folder.file("network.json", "{\"eraudit\": \"network/1\"}");
  CHECK(
      folder.problems() ==
      "Thign.csv: error: a network folder has no file of this name [network-unknown-file]\n"
      "  help: did you mean 'Thing.csv'?\n"
      "Things.xlsx: error: a network folder has no file of this name [network-unknown-file]\n"
      "  help: one of: network.yaml, network.json, sources.csv, complete.csv, schema.yaml, "
      "Thing.csv, "
      "Place.csv, Person.csv, ... (11 in all)\n"
      "network.json: error: this folder has a network.yaml and a network.json [network-two-files]\n"
      "  help: keep one of them\n");
  CHECK_THROWS_AS(read_network("/nowhere/at/all"), Error);
}

TEST_CASE("network: sources in tables are checked and described once", "[network][csv]") {
  Folder folder;
  folder.file("Thing.csv", "id\na\n");
  folder.file("sources.csv", "id,class,date\ns,,May\ns,,\n,,\n");
  CHECK(folder.problems() ==
        "sources.csv:2:4: error: 'date' of a source takes a day, not 'May' [network-date]\n"
        "    2 | s,,May\n"
        "      |    ^~~\n"
        "  help: write 2024-03-01\n"
        "sources.csv:3:1: error: the source 's' is described twice [network-duplicate-source]\n"
        "    3 | s,,\n"
        "      | ^\n"
        "sources.csv:4:1: error: the id '' is empty [network-bad-id]\n"
        "    4 | ,,\n"
        "      | ^\n");
}

TEST_CASE("network: however its fields are written, a table says the same", "[network][csv]") {
  const std::vector<std::vector<std::string>> things = {
      {"id", "count", "note", "country", "since", "wage", "label"},
      {"a", "48", "plain", "NP", "2024-03-01", "1500 MYR/month", "red"},
      {"b", "7", "of the longer sort, so that the row does not end in one block", "MY",
       "2024-02-29", "12.50 USD/month", "dark-blue"},
      {"c", "", "", "", "", "", ""},
      {"d, the \"last\"", "0", "two\nlines, and \"more\"", "BD", "1999-12-31", "1 JPY/month",
       "green"}};
  const std::vector<std::vector<std::string>> places = {{"id"}, {"q"}, {"r"}};
  const std::vector<std::vector<std::string>> payments = {
      {"from", "to", "category", "on", "amount"},
      {"a", "q", "visa", "2024-03-01", "371 USD"},
      {"a", "r", "visa", "2024-03-01", "371 USD"},
      {"d, the \"last\"", "q", "medical", "2024-03-01", "0.5 NPR"},
      {"b", "d, the \"last\"", "", "", ""}};
  std::mt19937 random(5);
  const auto written = [&](const std::vector<std::vector<std::string>>& rows, bool bom,
                           const std::string& end, int quotes, bool last_end) {
    std::string text = bom ? "\xEF\xBB\xBF" : "";
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (row > 0) text += row % 2 == 0 ? end + end : end;  // a blank line is no row
      for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const std::string& field = rows[row][column];
        if (column > 0) text += ',';
        const bool must = field.find_first_of(",\"\n") != std::string::npos;
        if (!must && (field.empty() || static_cast<int>(random() % 3) >= quotes)) {
          text += field;
          continue;
        }
        text += '"';
        for (const char c : field) text += c == '"' ? "\"\"" : std::string(1, c);
        text += '"';
      }
    }
    return last_end ? text + end : text;
  };
  std::string first;
  for (const bool bom : {false, true}) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
      for (const int quotes : {0, 1, 3}) {
        for (const bool last_end : {true, false}) {
          Folder folder;
          folder.file("Thing.csv", written(things, bom, end, quotes, last_end));
          folder.file("Place.csv", written(places, bom, end, quotes, last_end));
          folder.file("paid.csv", written(payments, bom, end, quotes, last_end));
          const std::string text = write_network_yaml(folder.read().value());
          if (first.empty()) first = text;
          CHECK(text == first);
        }
      }
    }
  }
  const Network network = [&] {
    const auto source = std::make_shared<const Source>("n.yaml", first);
    ReadOptions options;
    options.schema = test::small_schema();
    return read_network(*read_yaml(source).value(), options).value();
  }();
  CHECK(write_network_yaml(network) == first);
  CHECK(network.node_count() == 6);
  CHECK(network.edge_count() == 4);
}

TEST_CASE("network: mistakes after fields of several lines are told at their place",
          "[network][csv]") {
  Folder folder;
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto lines = [&](std::string text) {
      std::string out;
      for (const char c : text) out += c == '\n' ? end : std::string(1, c);
      return out;
    };
    folder.file("Thing.csv", lines("\xEF\xBB\xBFid,note,count,since\n"
                                   "a,\"é\nü \"\"\n\",x,2024-02-30\n"
                                   "\n"
                                   "é,\"\n日本\",2024,2024-03-01\n"
                                   "\"b\nc\",é,1,2024\n"
                                   "d,\"\",-1,\"2024-03-01 \""));
    folder.file("paid.csv", lines("amount,remark,from,to\n"
                                  "1 USD,\"日\n\n本\",é,nobody\n"
                                  "1 USD,,nobody,é\n"));
    const Checked<Network> read = folder.read();
    REQUIRE_FALSE(read);
    std::string seen;
    for (const Diagnostic& problem : read.diagnostics().items()) {
      seen += problem.id + " " + fs::path(problem.file).filename().string() + " " +
              std::to_string(problem.position.line) + ":" +
              std::to_string(problem.position.column) + "\n";
    }
    CHECK(seen ==
          "network-value Thing.csv 4:3\n"
          "network-date Thing.csv 4:5\n"
          "network-bad-id Thing.csv 8:1\n"
          "network-negative Thing.csv 10:6\n"
          "network-unknown-node paid.csv 4:6\n"
          "network-unknown-node paid.csv 5:8\n");
  }
}

TEST_CASE("network: tables of thousands of rows, more than are kept waiting", "[network][csv]") {
  Folder folder;
  std::string things = "id,note\n";
  std::string knows = "from,to,topic\n";
  constexpr int count = 3'000;
  for (int i = 0; i < count; ++i) {
    const std::string id = "thing \"\"" + std::to_string(i) + "\"\"";
    things += i % 2 == 0 ? "\"" + id + "\"," : "t" + std::to_string(i) + ",";
    things += "note " + std::to_string(i % 7) + "\n";
    const int other = i * 7 % count;
    const std::string to = "thing \"\"" + std::to_string(other) + "\"\"";
    knows += "t" + std::to_string(i | 1) + ",";
    knows += other % 2 == 0 ? "\"" + to + "\"," : "t" + std::to_string(other) + ",";
    knows += "topic " + std::to_string(i) + "\n";
  }
  folder.file("Thing.csv", things).file("knows.csv", knows);
  const Network network = folder.read().value();
  CHECK(network.node_count() == count);
  CHECK(network.edge_count() == count);
  for (int i = 0; i < count; i += 101) {
    const std::string id =
        i % 2 == 0 ? "thing \"" + std::to_string(i) + "\"" : "t" + std::to_string(i);
    CHECK(test::cell(network, test::node(network, id), "note") == "note " + std::to_string(i % 7));
  }
  folder.file("knows.csv", knows + "t1,t2,x\n");
  CHECK(folder.problems().find("knows.csv:3002:4: error: no node has the id 't2'") == 0);
}
