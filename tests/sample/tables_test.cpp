// The sample as the files that people have: what the mapping makes of them is the network, and is
// judged alike.

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/network/write.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit {
namespace {

using test::project_file;

const Network& native() {
  static const Network network =
      read_network(project_file("examples/networks/gloves-np-my")).value();
  return network;
}

const ImportResult& tables() {
  static const ImportResult result = [] {
    const std::string folder = project_file("examples/networks/gloves-np-my-tables");
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder + "/tables")) {
      files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    const auto document = read_document(folder + "/mapping.yaml", {}, Aliases::expand).value();
    return import_tables(read_mapping(*document).value(), files).value();
  }();
  return result;
}

Options usual(const std::string& day) {
  Options options;
  options.as_of = parse_date(day);
  options.rates =
      read_rates(read_file(project_file("examples/networks/gloves-np-my/rates.yaml"), 1 << 20))
          .value();
  return options;
}

/// Every verdict of every rule, with its severity, what it says, what it rests on and waits for.
std::vector<std::string> judged(const Network& network, const std::string& day) {
  static const Rules rules = load_rules("core").value();
  const Assessment assessment = evaluate(network, rules, usual(day));
  std::vector<std::string> out;
  for (std::size_t index = 0; index < rules.size(); ++index) {
    for (const KindId kind : rules.all()[index].kinds) {
      for (const NodeId node : network.nodes(kind)) {
        const Explanation of = assessment.explain(index, node);
        std::string line = rules.all()[index].id + " " + std::string(network.id(node)) + " " +
                           std::string(to_text(of.verdict)) + " " +
                           std::string(to_text(of.severity.low)) + ".." +
                           std::string(to_text(of.severity.high)) + " " + of.message;
        for (const Reading& reading : of.witness)
          line += "; " + reading.name + " = " + to_text(reading.value, "en") + " [" +
                  reading.source + "]";
        for (const Missing& missing : of.waits_for) line += "; asks " + missing.reading.name;
        out.push_back(std::move(line));
      }
    }
  }
  return out;
}

/// With what stands in brackets in order: of a list of other names, the order says nothing.
std::string with_lists_in_order(std::string line) {
  for (std::size_t open = line.find('['); open != std::string::npos;
       open = line.find('[', open + 1)) {
    const std::size_t close = line.find(']', open);
    if (close == std::string::npos) break;
    std::vector<std::string> items;
    for (std::size_t at = open + 1; at < close;) {
      const std::size_t end = std::min(line.find(", ", at), close);
      items.push_back(line.substr(at, end - at));
      at = end + 2;
    }
    std::sort(items.begin(), items.end());
    std::string sorted;
    for (const std::string& item : items) sorted += (sorted.empty() ? "" : ", ") + item;
    line.replace(open + 1, close - open - 1, sorted);
  }
  return line;
}

std::vector<std::string> lines_of(const Network& network) {
  const std::string text = write_network_yaml(network);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(with_lists_in_order(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

/// What stands in one and not in the other.
std::string difference(const std::vector<std::string>& tables,
                       const std::vector<std::string>& network) {
  const std::multiset<std::string> a(tables.begin(), tables.end());
  const std::multiset<std::string> b(network.begin(), network.end());
  std::vector<std::string> only_a;
  std::vector<std::string> only_b;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only_a));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(only_b));
  std::string out;
  for (const std::string& line : only_a) out += "only from the tables: " + line + "\n";
  for (const std::string& line : only_b) out += "only in network.yaml: " + line + "\n";
  return out;
}

/// A line for each rule: names of those where an indicator is present, where there are signs to be
/// confirmed or sources disagree, where none was found, and how many are not known.
std::string verdict_table(const Network& network) {
  const Rules rules = load_rules("core").value();
  const Assessment assessment = evaluate(network, rules, usual("2026-06-30"));
  std::string out;
  for (std::size_t index = 0; index < rules.size(); ++index) {
    std::string fail;
    std::string unsettled;
    std::string pass;
    std::size_t open = 0;
    for (const KindId kind : rules.all()[index].kinds) {
      for (const NodeId node : network.nodes(kind)) {
        const Verdict verdict = assessment.verdict(index, node);
        const std::string id = "`" + std::string(network.id(node)) + "`";
        if (verdict == Verdict::fail) fail += (fail.empty() ? "" : ", ") + id;
        if (verdict == Verdict::suspect || verdict == Verdict::conflict) {
          unsettled += (unsettled.empty() ? "" : ", ") + id;
        }
        if (verdict == Verdict::pass) pass += (pass.empty() ? "" : ", ") + id;
        open += verdict == Verdict::unknown;
      }
    }
    out += "| " + rules.all()[index].id + " | " + fail + " | " + unsettled + " | " + pass + " | " +
           std::to_string(open) + " |\n";
  }
  return out;
}

}  // namespace

TEST_CASE("sample: tables and network give the same verdicts", "[sample][import]") {
  for (const char* day : {"2026-06-30", "2024-12-31"}) {
    const auto from_tables = judged(tables().network, day);
    const auto from_network = judged(native(), day);
    INFO(day);
    CHECK(from_network.size() >= 100);
    CHECK(difference(from_tables, from_network) == "");
  }
}

TEST_CASE("sample: tables and network say the same, by the same sources", "[sample][import]") {
  const auto in_network = lines_of(native());
  CHECK(in_network.size() > 150);
  CHECK(difference(lines_of(tables().network), in_network) == "");
}

TEST_CASE("sample: the page shows the verdicts that the rules give", "[sample][import]") {
  const SourcePtr page =
      read_file(project_file("examples/networks/gloves-np-my-tables/README.md"), 1 << 20);
  const std::string table = verdict_table(native());
  INFO("the table is to be:\n" << table);
  CHECK(page->text().find("| --- | --- | --- | --- | --- |\n" + table + "\n") !=
        std::string_view::npos);
}

}  // namespace eraudit
