// What an auditor reads on a terminal.

#include "eraudit/report/summary.hpp"

#include <stop_token>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/report/ask_list.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/risk/risk.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::forged;
using eraudit::test::has;
using eraudit::test::lines_of;
using eraudit::test::network_of;
using eraudit::test::rules_of;
using eraudit::test::ScratchFolder;
using eraudit::test::times;
using eraudit::test::untidy_lines;
using eraudit::test::usual_day;

namespace {

TextOptions in(std::string language, std::size_t width = 80) {
  TextOptions options;
  options.language = std::move(language);
  options.width = width;
  return options;
}

Network cohorts(std::size_t count) {
  std::string yaml = "nodes: {Cohort: {";
  for (std::size_t i = 0; i < count; ++i) yaml += "c" + std::to_string(i) + ": {workers: 9}, ";
  return network_of(yaml + "}}");
}

/// The line of `text` that ends in `end`, without blanks before it.
std::string line_ending_in(std::string_view text, std::string_view end) {
  for (const std::string& line : lines_of(text)) {
    if (line.ends_with(end)) return line.substr(line.find_first_not_of(' '));
  }
  return {};
}

/// Texts that may only stand where nothing is open.
bool gives_all_clear(std::string_view text, std::string_view language) {
  return has(text, engine_text("findings-none", language).substr(0, 12)) ||
         has(text, engine_text("ask-none", language).substr(0, 12));
}

}  // namespace

TEST_CASE("report: a summary says what is there, what to ask and how far rules could judge",
          "[report][summary]") {
  const ScratchFolder folder;
  folder.write("pack.yaml", "eraudit: pack/1\nid: test\nversion: 1.2.0\ntitle: Test\n");
  folder.write("hours.yaml",
               "rule: test.hours\nsubject: (c:Cohort)\nfail_if: c.weekly_hours > 60.0\nseverity: "
               "high\nmessage: \"{c.weekly_hours} hours a week\"\n");
  folder.write("sites.yaml",
               "rule: test.sites\nsubject: (f:Facility)\nfail_if: f.headcount > 5\nmessage: m\n");
  const Network network = network_of(
      "nodes: {Cohort: {np-24: {weekly_hours: 66}, np-25: {}, np-26: {weekly_hours: 48}}}");
  const Assessment assessment = evaluate(network, load_rules(folder.path()).value(), usual_day());
  CHECK(summary(assessment) ==
        "eraudit " + std::string(version()) +
            "   as of 2026-06-30   2 rules (test 1.2.0)\n"
            "Network   3 nodes, 0 edges (Group of workers 3)\n"
            "Inputs    1 file, 3 rows\n"
            "\n"
            "VERDICTS\n"
            "  x         1  indicator present\n"
            "  ?         1  not enough information\n"
            "  .         1  not found in what was checked\n"
            "  -         0  not applicable\n"
            "  33.3 % of the verdicts that apply are undecided (1 of 3)\n"
            "\n"
            "FINDINGS\n"
            "  x high  np-24  test.hours [draft rule]\n"
            "      66 hours a week\n"
            "\n"
            "ASK NEXT\n"
            "  1 How many hours per week do these workers usually work? (Cohort.weekly_hours,\n"
            "    test.hours; would help to settle 1 verdict)\n"
            "\n"
            "HOW FAR EACH RULE COULD JUDGE\n"
            "  selected applies decided\n"
            "         3       3       2  test.hours\n"
            "         0       0       0  test.sites\n"
            "\n"
            "NOT CHECKED\n"
            "  test.sites: no subject in this network\n"
            "\n"
            "An indicator is a sign to examine; it does not establish an offence, and nothing\n"
            "here says that there is none. What was not found was not found in what was\n"
            "checked.\n");
}

TEST_CASE("report: verdicts are called what the design calls them", "[report][summary]") {
  const std::vector<std::vector<std::string>> words = {
      {"indicator present", "indicateur constaté", "indicador constatado"},
      {"signs to be confirmed", "indices à confirmer", "indicios por confirmar"},
      {"sources disagree", "sources divergentes", "fuentes discrepantes"},
      {"rule could not run", "règle non exécutée", "regla no ejecutada"},
      {"not enough information", "information insuffisante", "información insuficiente"},
      {"not found in what was checked", "non relevé dans ce qui a été vérifié",
       "no observado en lo verificado"},
      {"not applicable", "sans objet", "no aplicable"}};
  const std::vector<Verdict> all(verdicts.begin(), verdicts.end());
  const Assessment assessment =
      forged(cohorts(all.size()), cohort_rule("fail_if: c.workers > 5"), all);
  const std::vector<std::string> languages = {"en", "fr", "es"};
  for (std::size_t l = 0; l < languages.size(); ++l) {
    const std::string text = summary(assessment, in(languages[l]));
    std::size_t before = 0;
    for (std::size_t v = 0; v < words.size(); ++v) {
      INFO(languages[l] << ": " << words[v][l]);
      const std::string line = line_ending_in(text, "  1  " + words[v][l]);
      REQUIRE_FALSE(line.empty());
      // Worst first.
      CHECK(text.find(line) > before);
      before = text.find(line);
    }
    // Codes are for machines.
    for (const char* code : {"not_applicable", "suspect", "conflict"}) CHECK_FALSE(has(text, code));
  }
}

TEST_CASE("report: there is no all-clear while anything is open", "[report][summary]") {
  const Network network = cohorts(7);
  const Rules rules = cohort_rule("fail_if: c.workers > 5");
  std::size_t open_ones = 0;
  // Every combination of verdicts.
  for (unsigned set = 1; set < (1U << verdicts.size()); ++set) {
    std::vector<Verdict> said;
    bool open = false;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if ((set & (1U << i)) == 0) continue;
      said.push_back(verdicts.at(i));
      open = open || verdicts.at(i) <= Verdict::unknown;
    }
    const Assessment assessment = forged(network, rules, said);
    for (const std::string language : {"en", "fr", "es"}) {
      const std::string text = summary(assessment, in(language));
      INFO(language << "\n" << text);
      CHECK(has(text, engine_text("footer", language).substr(0, 30)));
      for (const Verdict verdict : said) {
        CHECK_FALSE(line_ending_in(text, "  1  " + std::string(label(verdict, language))).empty());
      }
      if (!open) continue;
      ++open_ones;
      const bool finding = said.front() < Verdict::unknown;
      const bool unknown = set & (1U << static_cast<unsigned>(Verdict::unknown));
      CHECK_FALSE(has(text, engine_text("findings-none", language)));
      if (unknown) {
        CHECK_FALSE(gives_all_clear(text, language));
        CHECK_FALSE(gives_all_clear(ask_list(assessment, in(language)), language));
      }
      if (!finding) {
        CHECK(has(text, engine_text("findings-none-yet", language).substr(0, 10)));
      }
    }
  }
  CHECK(open_ones > 300);
}

TEST_CASE("report: no finding is said only of what was decided", "[report][summary]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 50");
  const std::string good = summary(forged(cohorts(2), rules, {Verdict::pass, Verdict::pass}));
  CHECK(has(good, "FINDINGS\n  No finding. What this does and does not say stands below.\n"));
  CHECK(has(good, "ASK NEXT\n  No verdict waits for information.\n"));
  const std::string open = summary(forged(cohorts(2), rules, {Verdict::pass, Verdict::unknown}));
  CHECK(has(open,
            "FINDINGS\n  None so far. Verdicts without enough information: 1; any of them may "
            "become\n  one.\n"));
  CHECK(has(open,
            "ASK NEXT\n  Verdicts without enough information: 1. What they wait for was not\n"
            "  established.\n"));
}

TEST_CASE("report: a run that checked nothing says so before anything else", "[report][summary]") {
  const Rules rules =
      rules_of("rule: test.a\nsubject: (f:Facility)\nfail_if: f.headcount > 5\nmessage: m\n");
  const Assessment nobody = evaluate(cohorts(2), rules, usual_day());
  REQUIRE(nobody.empty());
  const std::string text = summary(nobody);
  INFO(text);
  CHECK(has(text,
            " rows\n\nNOTHING WAS CHECKED\n  No rule came to judge anything in this network. That "
            "says nothing about\n  anybody in it.\n\nVERDICTS\n"));
  // It neither finds nor asks, and does not talk as if it had looked.
  CHECK_FALSE(has(text, "FINDING"));
  CHECK_FALSE(has(text, "ASK NEXT"));
  CHECK_FALSE(has(text, "No verdict waits"));
  CHECK_FALSE(has(text, " %"));
  CHECK(has(text, "NOT CHECKED\n  test.a: no subject in this network\n"));
  CHECK(has(summary(nobody, in("fr")), "\nRIEN N’A ÉTÉ VÉRIFIÉ\n"));
  CHECK(has(summary(nobody, in("es")), "\nNO SE VERIFICÓ NADA\n"));

  // An empty network, and rules that apply to nobody, are no better.
  CHECK(has(summary(evaluate(network_of("{}"), rules, usual_day())), "\nNOTHING WAS CHECKED\n"));
  const Rules none = cohort_rule("when: c.workers > 100\nfail_if: c.workers > 5");
  const std::string inapplicable = summary(evaluate(cohorts(2), none, usual_day()));
  CHECK(has(inapplicable, "\nNOTHING WAS CHECKED\n"));
  CHECK(has(inapplicable, "test.rule: applied to no subject\n"));
}

TEST_CASE("report: a run that was stopped says so", "[report][summary]") {
  std::stop_source stop;
  stop.request_stop();
  Options options = usual_day();
  options.stop = stop.get_token();
  const Assessment assessment =
      evaluate(cohorts(2), cohort_rule("fail_if: c.workers > 5"), options);
  const std::string text = summary(assessment);
  INFO(text);
  CHECK(has(text, "\nNOTHING WAS CHECKED\n"));
  CHECK(line_ending_in(text, "not enough information") == "?         2  not enough information");
  CHECK(has(text, "test.rule: not judged before the run stopped\n"));
  CHECK(
      has(text, "Stopped before the end. What was not judged counts as not enough information.\n"));
  CHECK(has(ask_list(assessment), "NOTHING WAS CHECKED"));
}

TEST_CASE("report: a rule that is not in force is named", "[report][summary]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 5\nsince: 2027-01-01");
  CHECK(has(summary(evaluate(cohorts(2), rules, usual_day())),
            "NOT CHECKED\n  test.rule: not in force on this day\n"));
}

TEST_CASE("report: findings that are not shown are counted", "[report][summary]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 5\nseverity: low");
  const Network network = cohorts(5);
  TextOptions options;
  options.findings = 2;
  const std::string two = summary(evaluate(network, rules, usual_day()), options);
  CHECK(times(two, "  x low  c") == 2);
  CHECK(has(two, "    and 3 more\n"));
  options.findings = 0;
  CHECK(has(summary(evaluate(network, rules, usual_day()), options), "FINDINGS\n    and 5 more\n"));
  // Findings beyond the limit of the run are counted with them, and never said to be none.
  Options few = usual_day();
  few.limits.findings = 1;
  const std::string limited = summary(evaluate(network, rules, few));
  INFO(limited);
  CHECK(has(limited, "    and 4 more\n"));
  CHECK(has(limited, "A limit was reached: 1 findings: 4 more are counted, but not listed"));
  const std::string unlisted = summary(forged(network, rules, {Verdict::pass}, 3));
  CHECK(has(unlisted, "FINDINGS\n    and 3 more\n"));
}

TEST_CASE("report: asks that are not shown are counted", "[report][summary]") {
  const Rules rules =
      cohort_rule("fail_if: c.weekly_hours > 60.0 || c.women > 3 || c.base_wage > money('9 USD')");
  const Assessment assessment = evaluate(cohorts(2), rules, usual_day());
  REQUIRE(assessment.asks().size() == 3);
  TextOptions options;
  options.asks = 1;
  const std::string text = summary(assessment, options);
  CHECK(has(text, "would help to settle 2 verdicts)\n    and 2 more\n"));
}

TEST_CASE("report: numbers of things agree with their words", "[report][summary]") {
  const ScratchFolder folder;
  const std::string path =
      folder.write("network.yaml", "eraudit: network/1\nnodes: {Cohort: {a: {workers: 9}}}\n");
  const Rules rules = cohort_rule("fail_if: c.workers > 5");
  const std::string one = summary(evaluate(read_network(path).value(), rules, usual_day()));
  CHECK(has(one, "   1 rule (") == false);  // a rule file of its own belongs to no pack
  CHECK(has(one, "   1 rule\n"));
  CHECK(has(one, "Network   1 node, 0 edges (Group of workers 1)\n"));
  CHECK(has(one, "Inputs    1 file, 1 row\n"));
  const std::string french =
      summary(evaluate(read_network(path).value(), rules, usual_day()), in("fr"));
  CHECK(has(french, "Réseau    1 nœud, 0 lien (Groupe de travailleurs 1)\n"));
  CHECK(has(french, "Fichiers  1 fichier, 1 ligne\n"));
  CHECK(has(french, "   1 règle\n"));
}

TEST_CASE("report: a small share is not called none", "[report][summary]") {
  std::vector<Verdict> said(2000, Verdict::pass);
  said.front() = Verdict::unknown;
  const Rules rules = cohort_rule("fail_if: c.workers > 50");
  const Network network = cohorts(2000);
  CHECK(has(summary(forged(network, rules, said)),
            "  < 0.1 % of the verdicts that apply are undecided (1 of 2000)\n"));
  CHECK(has(summary(forged(network, rules, said), in("fr")), "  < 0,1 % des résultats"));
  said.front() = Verdict::pass;
  CHECK(has(summary(forged(network, rules, said)),
            "  0.0 % of the verdicts that apply are undecided (0 of 2000)\n"));
  said.assign(2000, Verdict::unknown);
  said.front() = Verdict::pass;
  // Nor is a large one called all.
  CHECK(has(summary(forged(network, rules, said)), "  99.9 % of the verdicts"));
}

TEST_CASE("report: summary, list of asks and explanations fit 80 and 60 columns",
          "[report][summary][describe]") {
  const Assessment assessment = test::sample();
  REQUIRE(assessment.totals().selected > 50);
  std::size_t explained = 0;
  for (const std::string language : {"en", "fr", "es"}) {
    for (const std::size_t width : {60, 80, 100}) {
      TextOptions options = in(language, width);
      options.findings = 1000;
      options.asks = 1000;
      INFO(language << ", " << width << " columns");
      CHECK(untidy_lines(summary(assessment, options), width) == std::vector<std::string>{});
      CHECK(untidy_lines(ask_list(assessment, options), width) == std::vector<std::string>{});
      for (std::size_t rule = 0; rule < assessment.rules().size(); ++rule) {
        for (const KindId kind : assessment.rules().all()[rule].kinds) {
          for (const NodeId node : assessment.network().nodes(kind)) {
            const std::string text =
                describe(assessment, assessment.explain(rule, node, language), options);
            CHECK(untidy_lines(text, width) == std::vector<std::string>{});
            ++explained;
          }
        }
      }
    }
  }
  CHECK(explained > 500);
}

TEST_CASE("report: numbers and stops are written as the language writes them",
          "[report][summary]") {
  const Assessment assessment = test::sample();
  TextOptions options = in("fr", 120);
  options.risk = rate(assessment);
  const std::string french = summary(assessment, options) + ask_list(assessment, options);
  for (std::size_t at = french.find(';'); at != std::string::npos; at = french.find(';', at + 1)) {
    INFO(french.substr(at < 40 ? 0 : at - 40, 60));
    CHECK(french.at(at - 1) == ' ');
  }
  CHECK(has(french, " % des résultats applicables"));
  CHECK(has(french, "    delta-2  0,"));
  options.language = "es";
  CHECK(has(summary(assessment, options), "    delta-2  0,"));
  options.language = "en";
  CHECK(has(summary(assessment, options), "    delta-2  0."));
}

TEST_CASE("report: what the engine itself says is in the language asked for", "[report][summary]") {
  const Assessment assessment = test::sample();
  for (const std::string language : {"fr", "es"}) {
    TextOptions options = in(language, 120);
    const std::string text = summary(assessment, options) + ask_list(assessment, options);
    for (const char* english :
         {" rules", "Network", "nodes", "VERDICTS", "verdicts", "undecided", "FINDINGS", "more",
          "possibly", "not known", "settle", "selected", "Group of workers", " to "}) {
      INFO(language << ": " << english);
      CHECK_FALSE(has(text, english));
    }
    // Values of an enumeration, too, are told in words.
    CHECK(has(text, language == "fr" ? " : passeport" : ": pasaporte"));
  }
}

TEST_CASE("report: a long id of a rule goes on a line of its own", "[report][summary]") {
  const std::string id = "recruitment-fees.workers-paid-more-than-they-earn";
  const Rules rules =
      rules_of("rule: " + id + "\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: m\n");
  const std::string text = summary(evaluate(cohorts(1), rules, usual_day()), in("en", 60));
  CHECK(
      has(text, "  selected applies decided\n         1       1       1\n           " + id + "\n"));
  CHECK(untidy_lines(text, 60) == std::vector<std::string>{});
}

TEST_CASE("report: there is colour only where it is asked for, and no control character",
          "[report][summary]") {
  const Rules rules = cohort_rule("fail_if: c.workers > 5");
  const Assessment assessment = evaluate(cohorts(1), rules, usual_day());
  CHECK_FALSE(has(summary(assessment), "\x1b"));
  TextOptions options;
  options.colour = true;
  CHECK(has(summary(assessment, options), "\x1b[1mVERDICTS\x1b[0m\n"));

  const Network turned = network_of(
      "nodes: {Recruiter: {r: {name: \"a\\u202Eb\"}}, Cohort: {c: {workers: 9}}}\n"
      "edges: {recruited: [{from: r, to: c}]}\n");
  const Rules named = rules_of(
      "rule: test.rule\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: |\n  by "
      "{c.recruiters}\n"
      "  and others\n");
  const std::string text = summary(evaluate(turned, named, usual_day()));
  INFO(text);
  CHECK(has(text, "by a\\u{202E}b, may be more and others\n"));
}
