#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/evaluate/run_cases.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/rules/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"
#include "tests/support/properties.hpp"
#include "tests/support/shared_data.hpp"

namespace eraudit {
namespace {

using test::project_file;

std::string sample_folder() {
  return project_file("examples/networks/gloves-np-my");
}

const Network& sample() {
  static const Network network = read_network(sample_folder()).value();
  return network;
}

const Rules& core() {
  static const Rules rules = load_rules("core").value();
  return rules;
}

Options on(const std::string& day) {
  Options options;
  options.as_of = parse_date(day);
  options.rates = read_rates(read_file(sample_folder() + "/rates.yaml", 1 << 20)).value();
  return options;
}
Options usual() {
  return on("2026-06-30");
}

std::size_t rule(const std::string& id) {
  const auto found = core().find(id);
  if (!found) throw std::runtime_error("no rule " + id);
  return *found;
}

/// The sample with one piece of its text replaced; the piece must be there, once.
Network sample_with(const std::string& piece, const std::string& other) {
  const SourcePtr source = read_file(sample_folder() + "/network.yaml", 1 << 20);
  std::string text(source->text());
  const std::size_t at = text.find(piece);
  if (at == std::string::npos || text.find(piece, at + 1) != std::string::npos) {
    throw std::runtime_error("not there once: " + piece);
  }
  text.replace(at, piece.size(), other);
  const auto document = read_yaml(std::make_shared<const Source>("network.yaml", text)).value();
  return read_network(*document).value();
}

struct Answer {
  Verdict verdict;
  std::vector<std::string> waits_for;  ///< names of facts
};

Answer answer(const Network& network, const std::string& id, const std::string& subject) {
  const Assessment assessment = evaluate(network, core(), usual());
  const Explanation explanation = assessment.explain(rule(id), *network.find(subject));
  Answer result{explanation.verdict, {}};
  for (const Missing& missing : explanation.waits_for)
    result.waits_for.push_back(missing.reading.name);
  return result;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Rule, subject, verdict; one a line, in columns.
std::string table(const Assessment& assessment, const std::string& only = {}) {
  std::string out;
  const Network& network = assessment.network();
  for (std::size_t index = 0; index < assessment.rules().size(); ++index) {
    const Rule& of = assessment.rules().all()[index];
    if (!only.empty() && of.id != only) continue;
    out += of.id + "\n";
    for (const KindId kind : of.kinds) {
      for (const NodeId node : network.nodes(kind)) {
        std::string line = "  " + std::string(network.id(node));
        line.resize(std::max<std::size_t>(line.size() + 1, 22), ' ');
        out += line + std::string(to_text(assessment.verdict(index, node))) + "\n";
      }
    }
  }
  return out;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void check_golden(const std::string& path, const std::string& came) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << came;
  const std::string expected = read_text(path);
  INFO("UPDATE_GOLDEN=1 writes " << path << "; look at the difference before it is kept");
  CHECK(came == expected);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace

TEST_CASE("sample: every rule says of every subject what the table says", "[sample]") {
  const Assessment now = evaluate(sample(), core(), usual());
  const Assessment before = evaluate(sample(), core(), on("2024-12-31"));
  check_golden(project_file("tests/cases/sample/expected.txt"),
               "# What the core rules say of examples/networks/gloves-np-my as of 2026-06-30, by "
               "rule and subject.\n" +
                   table(now) +
                   "\n# The same as of 2024-12-31, before the minimum wage rose on 2025-02-01.\n" +
                   table(before, "wages.below-minimum"));
}

TEST_CASE("sample: findings carry the figures of the case", "[sample]") {
  const Assessment assessment = evaluate(sample(), core(), usual());
  std::string messages;
  for (const Finding& finding : assessment.findings()) {
    messages +=
        std::string(sample().id(finding.subject)) + ": " + assessment.message(finding) + "\n";
  }
  INFO(messages);
  const auto said = [&](const std::string& what) {
    return messages.find(what) != std::string::npos;
  };
  CHECK(said("np-24: paid to be recruited: 100000 to 150000 NPR"));
  CHECK(said("np-24: related costs borne by workers: 20895 NPR"));
  CHECK(said("with interest, per worker: 170400 NPR, may be more; in months of base wage: 4.034"));
  CHECK(said("np-24: base wage a month promised: 1500 MYR, may be more; given: 1200 MYR"));
  CHECK(
      said("np-24: base wage a month: 1500 MYR; legal minimum in MY: 1700 MYR; workers in the "
           "group: 48"));
  CHECK(said("delta-2: recruiters paid less than it costs: Himal Manpower"));
  CHECK(said("bd-22: paid to be recruited: 450000 to 500000 BDT"));
}

TEST_CASE("sample: who paid more than a month's wage in a group where nearly all paid is critical",
          "[sample]") {
  const Assessment assessment = evaluate(sample(), core(), usual());
  const Explanation explanation =
      assessment.explain(rule("recruitment-fees.worker-paid"), test::node(sample(), "np-24"));
  CHECK(explanation.severity == SeverityRange{Severity::critical, Severity::critical});
}

TEST_CASE("sample: without the loan nobody knows of a debt, and loans are asked for", "[sample]") {
  const std::string loan =
      "    - {from: lender-a, to: np-24, principal: 120000 NPR, rate_percent: 36, months: 14, on: "
      "2024-02-15, source: "
      "loan-papers}\n";
  // Papers of three of twelve: a sign to be confirmed.
  REQUIRE(answer(sample(), "debt.against-wage", "np-24").verdict == Verdict::suspect);
  const Answer without = answer(sample_with(loan, ""), "debt.against-wage", "np-24");
  CHECK(without.verdict == Verdict::unknown);
  CHECK(has(without.waits_for, "np-24.loans"));
}

TEST_CASE("sample: without contract B nobody knows what was given, and contracts are asked for",
          "[sample]") {
  REQUIRE(answer(sample(), "contract.substitution", "np-24").verdict == Verdict::fail);
  const Answer without = answer(
      sample_with("    - {from: np-24, to: np-24-b, on: 2024-04-20, source: contracts}\n", ""),
      "contract.substitution", "np-24");
  CHECK(without.verdict == Verdict::unknown);
  CHECK(has(without.waits_for, "np-24.signings"));
}

TEST_CASE(
    "sample: without the itemised cost nobody knows whether the price covers it, and it is asked "
    "for",
    "[sample]") {
  REQUIRE(answer(sample(), "engagement.price-below-cost", "delta-2").verdict == Verdict::fail);
  const Answer without = answer(
      sample_with("price_per_worker: 250 MYR, itemised_cost: 750 MYR", "price_per_worker: 250 MYR"),
      "engagement.price-below-cost", "delta-2");
  CHECK(without.verdict == Verdict::unknown);
  CHECK(has(without.waits_for, "engages(delta-2, himal).itemised_cost"));
}

TEST_CASE("sample: chains are followed, and the path stands beside the finding", "[sample]") {
  const Assessment assessment = evaluate(sample(), core(), usual());
  const auto path = [&](const std::string& id, const std::string& subject) {
    const MatchedRows rows = assessment.match(rule(id), test::node(sample(), subject));
    return rows.rows.empty() ? std::string("none") : to_text(rows.rows[0].paths[0], sample());
  };
  const auto verdict = [&](const std::string& id, const std::string& subject) {
    return std::string(to_text(assessment.verdict(rule(id), test::node(sample(), subject))));
  };
  CHECK(verdict("licence.unlicensed-subagent", "himal") == "fail");
  CHECK(path("licence.unlicensed-subagent", "himal") == "himal -> village-a");
  CHECK(verdict("licence.unlicensed-subagent", "everest") == "unknown");
  CHECK(verdict("chain.unnamed-hop", "bd-22") == "fail");
  CHECK(path("chain.unnamed-hop", "bd-22") == "bd-22 <- padma -> unnamed-hop");
  CHECK(verdict("chain.unnamed-hop", "np-24") == "pass");
  CHECK(verdict("chain.unnamed-hop", "np-25") == "unknown");
  CHECK(verdict("recruitment-fees.along-chain", "np-24") == "fail");
  CHECK(path("recruitment-fees.along-chain", "np-24") == "np-24 <- himal");
  CHECK(has(answer(sample(), "licence.unlicensed-subagent", "everest").waits_for,
            "everest.engagements"));
}

TEST_CASE("sample: the sum along the chain is a lower bound, which decides over 10,000 only",
          "[sample]") {
  const Assessment assessment = evaluate(sample(), core(), usual());
  const Explanation why =
      assessment.explain(rule("recruitment-fees.along-chain"), test::node(sample(), "np-24"));
  CHECK(why.message ==
        "taken from each worker along np-24, himal: at least 100000 NPR; ceiling of the country "
        "of origin: 10000 NPR; workers in the group: 48");
  // The same below the ceiling: there may be more, so nothing is decided.
  const Answer below =
      answer(sample_with("amount: {low: 100000 NPR, typical: 145000 NPR, high: 150000 NPR}",
                         "amount: 10000 NPR"),
             "recruitment-fees.along-chain", "np-24");
  CHECK(below.verdict == Verdict::unknown);
  CHECK(has(below.waits_for, "np-24.fees"));
}

TEST_CASE("sample: a chain that is known to its end, and identified, is not found opaque",
          "[sample]") {
  const auto chain = [](const std::string& line, const std::string& instead) {
    return answer(sample_with(line, instead), "chain.unnamed-hop", "np-24");
  };
  const Assessment assessment = evaluate(sample(), core(), usual());
  const Explanation why =
      assessment.explain(rule("chain.unnamed-hop"), test::node(sample(), "np-24"));
  const auto names = [](const std::vector<Reading>& readings, const std::string& name) {
    return std::any_of(readings.begin(), readings.end(),
                       [&](const Reading& reading) { return reading.name == name; });
  };
  for (const char* hop : {"himal.identified", "village-a.identified", "village-b.identified"}) {
    INFO(hop);
    CHECK(names(why.witness, hop));
    CHECK(names(why.would_change, hop));
  }
  // Every hop and every end of the chain is needed; without it the question is open, and names it.
  for (const char* hop : {"village-a", "village-b"}) {
    INFO(hop);
    const std::string named = std::string(hop) + ": {country: NP, identified: true, ";
    const Answer without = chain(named, std::string(hop) + ": {country: NP, ");
    CHECK(without.verdict == Verdict::unknown);
    CHECK(has(without.waits_for, std::string(hop) + ".identified"));
  }
  for (const char* list :
       {"np-24, list: recruitments, source: voices", "himal, list: engagements, source: voices",
        "village-a, list: engagements, source: voices",
        "village-b, list: engagements, source: voices"}) {
    INFO(list);
    const Answer without = chain("  - {node: " + std::string(list) + "}\n", "");
    CHECK(without.verdict == Verdict::unknown);
    std::string fact(list);
    fact.replace(fact.find(", list: "), 8, ".");
    fact.resize(std::min(fact.size(), fact.find(',')));
    CHECK(has(without.waits_for, fact));
  }
}

TEST_CASE("sample: without what the register says of a sub-agent the chain is open again",
          "[sample]") {
  const Answer without =
      answer(sample_with("  - {node: village-a, list: licence_links, source: register-np}\n", ""),
             "licence.unlicensed-subagent", "himal");
  CHECK(without.verdict == Verdict::unknown);
  CHECK(has(without.waits_for, "village-a.licence_links"));
}

TEST_CASE("sample: without rates nothing that needed one is decided, and nothing passes for it",
          "[sample]") {
  Options options = usual();
  options.rates = Rates();
  const Assessment assessment = evaluate(sample(), core(), options);
  const Explanation debt =
      assessment.explain(rule("debt.against-wage"), test::node(sample(), "np-24"));
  CHECK(debt.verdict == Verdict::unknown);
  REQUIRE_FALSE(debt.waits_for.empty());
  CHECK(std::any_of(debt.waits_for.begin(), debt.waits_for.end(),
                    [](const Missing& missing) { return missing.reading.path == "rate"; }));
}

TEST_CASE("sample: who is hired locally is judged by wages and papers only", "[sample]") {
  const Assessment assessment = evaluate(sample(), core(), usual());
  for (std::size_t index = 0; index < core().size(); ++index) {
    const Rule& of = core().all()[index];
    if (of.kinds.front() != *sample().schema().find_kind("Cohort")) continue;
    const Verdict expected = of.id == "wages.below-minimum"           ? Verdict::unknown
                             : of.id == "documents.kept-from-workers" ? Verdict::unknown
                                                                      : Verdict::not_applicable;
    INFO(of.id);
    CHECK(assessment.verdict(index, test::node(sample(), "my")) == expected);
  }
}

TEST_CASE(
    "sample: taking away anything that was said leaves a verdict or makes it wait for just that",
    "[sample][law]") {
  const test::Lawbreakers result = test::check_removing(sample(), core(), usual());
  INFO(result.text());
  CHECK(result.found.empty());
  CHECK(result.looked_at > 300);
  CHECK(result.changed > 50);
}

TEST_CASE("sample: saying what nobody had said flips no verdict", "[sample][law]") {
  const test::Lawbreakers result = test::check_filling(sample(), core(), usual(), 16);
  INFO(result.text());
  CHECK(result.found.empty());
  CHECK(result.looked_at > 500);
  CHECK(result.changed > 0);
}

TEST_CASE("sample: before the minimum wage rose the same laws hold", "[sample][law]") {
  // The other rules say the same on both days; a long run looks at them, too.
  const bool all = std::getenv("ERAUDIT_SOAK") != nullptr;
  const std::vector<std::string> wages = {"wages.below-minimum"};
  const Rules rules = all ? core() : core().select(wages);
  const test::Lawbreakers result = test::check_removing(sample(), rules, on("2024-12-31"));
  INFO(result.text());
  CHECK(result.found.empty());
}

TEST_CASE("sample: the order of what is said changes no byte of report and summary",
          "[sample][law]") {
  test::Remake change;
  const Assessment whole = evaluate(test::remake(sample(), change), core(), usual());
  const std::string report = write_report_json(whole);
  const std::string text = summary(whole);
  for (change.order = 1; change.order <= 8; ++change.order) {
    Options options = usual();
    options.threads = 1 + static_cast<unsigned>(change.order % 3);
    const Assessment shuffled = evaluate(test::remake(sample(), change), core(), options);
    CHECK(write_report_json(shuffled) == report);
    CHECK(summary(shuffled) == text);
  }
}

TEST_CASE("sample: taken apart and put together it gets the same verdicts", "[sample]") {
  CHECK(table(evaluate(test::remake(sample(), {}), core(), usual())) ==
        table(evaluate(sample(), core(), usual())));
}

TEST_CASE("sample: the cases beside the rules pass, and none is missing", "[sample][cases]") {
  const std::string pack = project_file("rules/packs/core");
  const CaseReport report = run_cases(std::span(&pack, 1)).value();
  for (const CaseResult& result : report.results) {
    INFO(result.file << ":" << result.position.line << ": " << result.name << "\n"
                     << result.difference);
    CHECK(result.passed);
  }
  CHECK(joined(report.gaps).empty());
  CHECK(report.passed >= 110);
}

}  // namespace eraudit
