// What is written reads back as the same network, and the order of input shows nowhere.

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>

#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "tests/network/random_network.hpp"
#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
namespace fs = std::filesystem;

namespace {

ReadOptions small() {
  ReadOptions options;
  options.schema = test::small_schema();
  return options;
}

Network reread(const std::string& text, bool json) {
  const auto source = std::make_shared<const Source>(json ? "n.json" : "n.yaml", text);
  const auto document = (json ? read_json(source) : read_yaml(source)).value();
  return read_network(*document, small()).value();
}

std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    out[entry.path().filename().string()] = text.str();
  }
  return out;
}

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("eraudit-round-trip-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("network: random networks survive YAML and JSON with every cell, claim and byte",
          "[network][property]") {
  std::mt19937 random(20260630);
  for (int round = 0; round < 400; ++round) {
    const Network network = test::random_network(random, round % 4 != 0).build();
    for (const bool json : {false, true}) {
      const std::string text = json ? write_network_json(network) : write_network_yaml(network);
      INFO(text);
      const Network again = reread(text, json);
      const std::string difference = test::difference(network, again);
      CHECK(difference == "");
      CHECK((json ? write_network_json(again) : write_network_yaml(again)) == text);
      if (difference != "") return;
    }
  }
}

TEST_CASE("network: the order of input never shows", "[network][property]") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    test::RandomNetwork told = test::random_network(random, true);
    const Network network = told.build();
    const std::string text = write_network_yaml(network);
    for (int order = 0; order < 5; ++order) {
      told.shuffle(random);
      const Network other = told.build();
      REQUIRE(write_network_yaml(other) == text);
      REQUIRE(test::difference(network, other) == "");
    }
  }
}

TEST_CASE("network: random networks survive a folder of tables", "[network][property]") {
  const Folder folder;
  std::mt19937 random(99);
  for (int round = 0; round < 100; ++round) {
    const Network network = test::random_network(random, round % 3 != 0).build();
    write_network_folder(network, folder.at("tables"), Overwrite::yes);
    const auto files = contents(folder.at("tables"));
    std::string all;
    for (const auto& [name, text] : files) all += "== " + name + "\n" + text;
    INFO(all);
    const Network again = read_network(folder.at("tables"), small()).value();
    const std::string difference = test::difference(network, again);
    CHECK(difference == "");
    if (difference != "") return;
    write_network_folder(again, folder.at("again"), Overwrite::yes);
    CHECK(contents(folder.at("again")) == files);
  }
}

TEST_CASE("network: a folder of tables says in tables what tables can say", "[network]") {
  const Folder folder;
  NetworkBuilder builder(test::small_schema());
  const auto s = builder.source({"s", "", {}, "", {}});
  const auto t = builder.source({"t", "", {}, "", {}});
  const NodeDraft a = builder.node(KindId{0}, "a, b", {}, s);
  builder.set(a, "note", Cell::of(std::string("null")));
  builder.set(a, "names", Cell::of(std::vector<std::string>{"x", "y;z"}));
  const NodeDraft b = builder.node(KindId{0}, "b");
  builder.set(b, "note", Cell::absent());
  builder.set(b, "wage",
              Cell::between(Money{90000, *Currency::from_code("MYR")},
                            Money{140000, *Currency::from_code("MYR")}));
  const NodeDraft c = builder.node(KindId{0}, "c");
  builder.set(c, "count", Cell::of(std::int64_t{1}), s);
  builder.set(c, "count", Cell::of(std::int64_t{2}), t);
  builder.node(KindId{1}, "q");
  builder.edge(EdgeKindId{1}, "b", "q");
  builder.edge(EdgeKindId{0}, "b", "q", {}, 0, "own");
  builder.complete("b", {EdgeKindId{0}, Side::from});
  write_network_folder(builder.build().value(), folder.at("n"), Overwrite::no);
  CHECK(contents(folder.at("n")) ==
        std::map<std::string, std::string>{
            {"network.yaml",
             "# Written by eraudit beside the tables of this folder: what tables cannot say.\n"
             "eraudit: network/1\n"
             "sources:\n"
             "  s: {}\n"
             "  t: {}\n"
             "nodes:\n"
             "  Thing:\n"
             "    c: {count: [{value: 1, source: s}, {value: 2, source: t}]}\n"
             "complete:\n"
             "  - {node: b, list: payments}\n"},
            {"Thing.csv",
             "id,note,wage,names,source\n"
             "\"a, b\",\"null\",,\"x; \"\"y;z\"\"\",s\n"
             "b,null,900..1400 MYR/month,,\n"},
            {"Place.csv", "id\nq\n"},
            {"near.csv", "from,to\nb,q\n"},
            {"paid.csv", "from,to,id\nb,q,own\n"},
        });
}

TEST_CASE("network: a folder is replaced only if it is ours, and whole", "[network]") {
  const Folder folder;
  NetworkBuilder builder(test::small_schema());
  builder.node(KindId{0}, "a");
  const Network network = builder.build().value();
  write_network_folder(network, folder.at("n"), Overwrite::no);
  CHECK_THROWS_WITH(write_network_folder(network, folder.at("n"), Overwrite::no),
                    "cannot write '" + folder.at("n") + "': it exists already");
  write_network_folder(network, folder.at("n") + "/", Overwrite::yes);

  const std::string refused = "cannot write '" + folder.at("n") +
                              "': it exists, and is not a folder of tables that eraudit wrote";
  std::ofstream(folder.at("n") + "/notes.md") << "mine\n";
  CHECK_THROWS_WITH(write_network_folder(network, folder.at("n"), Overwrite::yes), refused);
  fs::remove(folder.at("n") + "/notes.md");
  std::ofstream(folder.at("n") + "/network.yaml") << "eraudit: network/1\n";
  CHECK_THROWS_WITH(write_network_folder(network, folder.at("n"), Overwrite::yes), refused);
  CHECK_THROWS_AS(write_network_folder(network, folder.at("none/n"), Overwrite::yes), Error);

  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(folder.at(""))) {
    CHECK(entry.path().filename() == "n");
    ++entries;
  }
  CHECK(entries == 1);
}
