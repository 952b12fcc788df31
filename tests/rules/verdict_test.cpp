#include "eraudit/rules/verdict.hpp"

#include <set>
#include <string>

#include "tests/support/catch.hpp"

using namespace eraudit;

TEST_CASE("rules: verdicts have a code for machines and words for people", "[rules][verdict]") {
  CHECK(to_text(Verdict::fail) == "fail");
  CHECK(to_text(Verdict::not_applicable) == "not_applicable");
  CHECK(label(Verdict::fail, "en") == "indicator present");
  CHECK(label(Verdict::suspect, "fr") == "indices à confirmer");
  CHECK(label(Verdict::conflict, "es-MX") == "fuentes discrepantes");
  CHECK(label(Verdict::unknown, "de") == "not enough information");
  CHECK(label(Verdict::pass, "en") == "not found in what was checked");
  CHECK(label(Verdict::error, "fr") == "règle non exécutée");
  CHECK(label(Severity::critical, "es") == "crítica");
}

TEST_CASE("rules: every verdict and severity reads back", "[rules][verdict]") {
  std::set<std::string> seen;
  for (const Verdict verdict : verdicts) {
    CHECK(parse_verdict(to_text(verdict)) == verdict);
    for (const char* language : {"en", "fr", "es"}) {
      CHECK_FALSE(label(verdict, language).empty());
      seen.insert(std::string(label(verdict, language)));
    }
  }
  CHECK(seen.size() == 3 * verdicts.size());
  for (const Severity severity :
       {Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    CHECK(parse_severity(to_text(severity)) == severity);
  }
  CHECK_FALSE(parse_verdict("Fail"));
  CHECK_FALSE(parse_verdict(""));
  CHECK_FALSE(parse_severity("grave"));
}

TEST_CASE("rules: verdicts fold worst first", "[rules][verdict]") {
  CHECK(Verdict::fail < Verdict::suspect);
  CHECK(Verdict::suspect < Verdict::conflict);
  CHECK(Verdict::conflict < Verdict::error);
  CHECK(Verdict::error < Verdict::unknown);
  CHECK(Verdict::unknown < Verdict::pass);
  CHECK(Verdict::pass < Verdict::not_applicable);
}
