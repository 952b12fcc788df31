// What a file of exposure says, and mistakes in it.

#include "eraudit/risk/exposure.hpp"

#include <string>

#include "eraudit/rules/verdict.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::ScratchFolder;

namespace {

const std::string head =
    "eraudit: exposure/1\n"
    "rated: [Company, Facility]\n"
    "severities:\n"
    "  critical: {least: 0.8, adds: 0.4}\n"
    "  high: {least: 0.5, adds: 0.2}\n"
    "  medium: {least: 0.3, adds: 0.1}\n"
    "  low: {least: 0.125, adds: 0}\n";

std::string mistakes(const std::string& text) {
  const ScratchFolder folder;
  const auto read = read_exposure(folder.write("exposure.yaml", text), *recruitment_schema());
  CHECK(static_cast<bool>(read) == read.diagnostics().empty());
  std::string out;
  for (const Diagnostic& one : read.diagnostics().items()) {
    out += std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + " " +
           one.message + " [" + one.id + "]\n";
    if (!one.help.empty()) out += "  " + one.help + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("risk: the exposure that ships is read", "[risk][exposure]") {
  const ExposurePtr read = builtin_exposure(*recruitment_schema());
  const Schema& schema = *recruitment_schema();
  CHECK(read->rated == std::vector<KindId>{*schema.find_kind("Company"),
                                           *schema.find_kind("Facility"),
                                           *schema.find_kind("Recruiter")});
  CHECK(read->most_steps == 8);
  CHECK(read->severities[static_cast<std::size_t>(Severity::critical)].least == 800);
  CHECK(read->severities[static_cast<std::size_t>(Severity::low)].adds == 30);
}

TEST_CASE("risk: a list is that of each rated kind that has it", "[risk][exposure]") {
  const ScratchFolder folder;
  const Schema& schema = *recruitment_schema();
  const auto read = read_exposure(
      folder.write("exposure.yaml", head + "reach: [{list: suppliers, weight: 0.075}]\n"
                                           "own: [{list: workforce, families: [wages]}]\n"
                                           "most_steps: 3\n"),
      schema);
  REQUIRE(read);
  const Exposure& exposure = **read;
  REQUIRE(exposure.reach.size() == 2);
  CHECK(exposure.reach[0].kind == *schema.find_kind("Company"));
  CHECK(exposure.reach[1].kind == *schema.find_kind("Facility"));
  CHECK(exposure.reach[1].weight == 75);
  CHECK(exposure.own.size() == 2);
  CHECK(exposure.own[0].families == std::vector<std::string>{"wages"});
  CHECK(exposure.most_steps == 3);
  CHECK(exposure.sha256.starts_with("sha256:"));
}

TEST_CASE("risk: mistakes in a file of exposure are told with their places", "[risk][exposure]") {
  CHECK(mistakes("[]") == "1:1 a file of exposure is keys with values [exposure-wrong-shape]\n");
  CHECK(mistakes("rated: [Company]\n") ==
        "1:1 this is not a file of exposure [exposure-wrong-form]\n"
        "  it begins with 'eraudit: exposure/1'\n"
        "1:1 a file of exposure needs 'severities' [exposure-missing-key]\n");
  CHECK(mistakes(head + "reech: []\n") ==
        "8:1 a file of exposure has no key 'reech' [exposure-unknown-key]\n"
        "  did you mean 'reach'?\n");
  CHECK(mistakes("eraudit: exposure/1\nrated: [Compny, Facility, Facility]\nseverities: {}\n") ==
        "2:9 there is no kind 'Compny' [exposure-unknown-kind]\n"
        "  did you mean 'Company'?\n"
        "2:27 'Facility' is there twice [exposure-twice]\n"
        "3:13 'severities' needs 'critical' [exposure-missing-key]\n"
        "3:13 'severities' needs 'high' [exposure-missing-key]\n"
        "3:13 'severities' needs 'medium' [exposure-missing-key]\n"
        "3:13 'severities' needs 'low' [exposure-missing-key]\n");
  CHECK(mistakes(head + "reach: [{list: supliers, weight: 0.5}]\n") ==
        "8:16 nobody who is rated has a list of nodes 'supliers' [exposure-unknown-list]\n"
        "  did you mean 'suppliers'?\n");
  CHECK(mistakes(head + "reach: [{list: workforce, weight: 0.5}]\n") ==
        "8:16 nobody in 'workforce' is rated, so nothing can reach from there "
        "[exposure-not-rated]\n"
        "  name their kind under 'rated', or take the list out\n");
  for (const std::string number : {"1.5", "-0.1", "0.1234", "half", "0.", ".5", "1e-1", "null"}) {
    CHECK(mistakes(head + "reach: [{list: suppliers, weight: " + number + "}]\n") ==
          "8:35 '" + number +
              "' is not a number from 0 to 1 [exposure-bad-number]\n"
              "  write a decimal with at most three places: 0.6\n");
  }
  CHECK(mistakes(head + "reach: [{list: suppliers, weight: 1}, {list: suppliers, weight: 1}]\n") ==
        "8:39 this list is there twice [exposure-twice]\n"
        "8:39 this list is there twice [exposure-twice]\n");
  CHECK(mistakes(head + "own: [{list: workforce, families: [wage]}]\n") ==
        "8:36 there is no family of indicators 'wage' [exposure-unknown-family]\n"
        "  did you mean 'wages'?\n");
  CHECK(mistakes(head + "most_steps: 9\n") ==
        "8:13 'most_steps' is a whole number from 1 to 8 [exposure-bad-number]\n");
}

TEST_CASE("risk: a graver finding must weigh more", "[risk][exposure]") {
  CHECK(mistakes("eraudit: exposure/1\nrated: [Company]\nseverities:\n"
                 "  critical: {least: 0.8, adds: 0.4}\n  high: {least: 0.8, adds: 0.2}\n"
                 "  medium: {least: 0.3, adds: 0.1}\n  low: {least: 0.1, adds: 0.03}\n") ==
        "5:9 'high' must give less than the severity above it [exposure-order]\n");
}
