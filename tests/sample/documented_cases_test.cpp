// Documented cases as networks (tests/cases/evidence/README.md): NAME.expected.txt says what the
// rules that ship make of NAME.yaml. Each of its parts begins with the day that is spoken of, and
// NAME.rates.yaml, if it is there, has the rates. UPDATE_GOLDEN=1 writes the parts anew.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit {
namespace {

constexpr std::string_view begins = "as of ";

std::vector<std::string> case_files() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(test::project_file("tests/cases/evidence"))) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".yaml") && !name.ends_with(".rates.yaml")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const std::string& path) {
  return std::string(read_file(path, 1 << 20)->text());
}

std::vector<std::string> days_in(const std::string& expected) {
  std::vector<std::string> days;
  for (std::size_t at = 0; at < expected.size();) {
    const std::size_t end = std::min(expected.find('\n', at), expected.size());
    const std::string_view line = std::string_view(expected).substr(at, end - at);
    if (line.starts_with(begins)) days.emplace_back(line.substr(begins.size()));
    at = end + 1;
  }
  return days;
}

/// Verdicts that were reached, with what is told of them; the others are counted.
std::string told(const Network& network, const Rates& rates, const std::string& day) {
  static const Rules rules = load_rules("core").value();
  Options options;
  options.as_of = parse_date(day);
  options.rates = rates;
  const Assessment assessment = evaluate(network, rules, options);
  std::string out = fmt::format("{}{}\n", begins, day);
  for (const Finding& finding : assessment.findings()) {
    out += fmt::format("  {:<8} {} {}\n           {}\n", to_text(finding.verdict),
                       network.id(finding.subject), rules.all()[finding.rule].id,
                       assessment.message(finding));
  }
  for (std::size_t rule = 0; rule < rules.all().size(); ++rule) {
    if (assessment.counts(rule).skipped) {
      out += fmt::format("  not run  {}\n", rules.all()[rule].id);
      continue;
    }
    for (std::uint32_t node = 0; node < network.node_count(); ++node) {
      if (assessment.verdict(rule, NodeId{node}) != Verdict::pass) continue;
      out += fmt::format("  pass     {} {}\n", network.id(NodeId{node}), rules.all()[rule].id);
    }
  }
  const RuleCounts totals = assessment.totals();
  return out + fmt::format("  unknown  {}\n",
                           totals.by_verdict[static_cast<std::size_t>(Verdict::unknown)]);
}

TEST_CASE("documented cases come out as their files say", "[sample][evidence]") {
  const std::vector<std::string> files = case_files();
  REQUIRE(files.size() >= 5);
  for (const std::string& path : files) {
    const std::string stem = path.substr(0, path.size() - std::string_view(".yaml").size());
    const std::string expected = text_of(stem + ".expected.txt");
    Rates rates;
    if (std::filesystem::exists(stem + ".rates.yaml")) {
      rates = read_rates(read_file(stem + ".rates.yaml", 1 << 20)).value();
    }
    const auto network = read_network(path);
    INFO(path);
    REQUIRE(network);
    REQUIRE(network.diagnostics().empty());
    std::string came;
    for (const std::string& day : days_in(expected)) came += told(network.value(), rates, day);
    REQUIRE_FALSE(came.empty());
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      std::ofstream(stem + ".expected.txt", std::ios::binary) << came;
    }
    CHECK(came == expected);
  }
}

}  // namespace
}  // namespace eraudit
