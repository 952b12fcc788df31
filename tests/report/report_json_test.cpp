// The canonical report.

#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/texts.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"
#include "tests/support/properties.hpp"

using namespace eraudit;
using eraudit::test::cohort_rule;
using eraudit::test::has;
using eraudit::test::network_of;
using eraudit::test::rules_of;
using eraudit::test::times;
using eraudit::test::usual_day;

namespace {

DocumentPtr parsed(std::string text) {
  return read_json(std::make_shared<const Source>("report.json", std::move(text))).value();
}

DocumentNode at(DocumentNode node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    INFO(key);
    if (node.is_list()) {
      node = node.at(static_cast<std::size_t>(std::stoul(std::string(key))));
    } else {
      const auto found = node.find(key);
      REQUIRE(found);
      node = *found;
    }
  }
  return node;
}

std::vector<std::string> keys_of(DocumentNode map) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < map.size(); ++i) keys.emplace_back(map.key(i).text());
  return keys;
}

Network five_cohorts() {
  return network_of(
      "nodes: {Cohort: {e: {workers: 9, women: 0}, d: {workers: 9, women: 3}, a: {workers: 8, "
      "women: 2}, b: {}, c: {workers: 1, women: 1}}}");
}

Rules share_rule() {
  return cohort_rule("fail_if: c.workers / c.women > 2\nseverity: high");
}

}  // namespace

TEST_CASE("report: report.json has its keys in one order", "[report][json]") {
  const DocumentPtr report =
      parsed(write_report_json(evaluate(five_cohorts(), share_rule(), usual_day())));
  const DocumentNode root = report->root();
  CHECK(keys_of(root) == std::vector<std::string>{"schema", "report_id", "run", "labels", "inputs",
                                                  "sources", "packs", "rules", "tables", "network",
                                                  "totals", "findings", "explanations_omitted",
                                                  "codes", "asks", "not_checked", "statement"});
  CHECK(at(root, {"schema"}).text() == "eraudit:report/1");
  CHECK(at(root, {"run", "as_of"}).text() == "2026-06-30");
  CHECK(at(root, {"run", "audience"}).text() == "internal");
  CHECK(at(root, {"run", "tool", "version"}).text() == version());
  CHECK(keys_of(at(root, {"labels"})) == std::vector<std::string>{"fail", "suspect", "conflict",
                                                                  "error", "unknown", "pass",
                                                                  "not_applicable"});
  CHECK(at(root, {"labels", "pass", "fr"}).text() == "non relevé dans ce qui a été vérifié");
  CHECK(keys_of(at(root, {"statement"})) == std::vector<std::string>{"en", "fr", "es"});
  CHECK(at(root, {"statement", "en"}).text() == engine_text("footer", "en"));
}

TEST_CASE("report: report.json counts every verdict and lists what was found, gravest first",
          "[report][json]") {
  const Assessment assessment = evaluate(five_cohorts(), share_rule(), usual_day());
  const DocumentPtr report = parsed(write_report_json(assessment));
  const DocumentNode root = report->root();
  const DocumentNode verdicts = at(root, {"totals", "verdicts"});
  CHECK(at(verdicts, {"fail"}).integer() == 2);
  CHECK(at(verdicts, {"error"}).integer() == 1);
  CHECK(at(verdicts, {"unknown"}).integer() == 1);
  CHECK(at(verdicts, {"pass"}).integer() == 1);
  CHECK(at(root, {"totals", "counts", "selected"}).integer() == 5);
  CHECK(at(root, {"rules", "0", "counts", "decided"}).integer() == 3);
  const DocumentNode findings = at(root, {"findings"});
  REQUIRE(findings.size() == 3);
  std::vector<std::string> order;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const DocumentNode finding = findings.at(i);
    order.push_back(std::string(at(finding, {"verdict"}).text()) + " " +
                    std::string(at(finding, {"subject", "id"}).text()));
    ids.emplace(at(finding, {"id"}).text());
    const NodeId subject = assessment.network().find(at(finding, {"subject", "id"}).text()).value();
    CHECK(at(finding, {"id"}).text() == "f_" + assessment.fingerprint(0, subject));
  }
  CHECK(order == std::vector<std::string>{"fail a", "fail d", "error e"});
  CHECK(ids.size() == 3);
  CHECK(has(at(findings, {"2", "error"}).text(), "division by zero"));
}

TEST_CASE("report: the id of a report is the digest of what follows it", "[report][json]") {
  const std::string text = write_report_json(evaluate(five_cohorts(), share_rule(), usual_day()));
  const DocumentPtr report = parsed(text);
  const std::string id(at(report->root(), {"report_id"}).text());
  const std::string head =
      "{\n  \"schema\": \"eraudit:report/1\",\n  \"report_id\": \"" + id + "\",";
  REQUIRE(text.starts_with(head));
  CHECK(sha256("{" + text.substr(head.size())) == id);
  CHECK(text.ends_with("}\n"));
}

TEST_CASE("report: neither the order of input nor the number of threads changes a byte",
          "[report][json]") {
  const Assessment sample = test::sample();
  Options options = usual_day();
  options.rates = sample.rates();
  const std::string first =
      write_report_json(evaluate(test::remake(sample.network(), {}), sample.rules(), options));
  REQUIRE(times(first, "\"id\": \"f_") > 5);
  REQUIRE(times(first, "\"path\": ") > 100);
  for (const std::uint64_t order : {1, 2, 3}) {
    for (const unsigned threads : {1U, 2U, 5U}) {
      options.threads = threads;
      test::Remake change;
      change.order = order;
      const Network shuffled = test::remake(sample.network(), change);
      CHECK(write_report_json(evaluate(shuffled, sample.rules(), options)) == first);
    }
  }
  // It would be seen: another day is another report.
  options.as_of = parse_date("2026-07-01");
  CHECK(write_report_json(evaluate(sample.network(), sample.rules(), options)) != first);
}

TEST_CASE("report: condition trees that are left out are counted", "[report][json]") {
  const Assessment assessment = evaluate(five_cohorts(), share_rule(), usual_day());
  for (const std::size_t explained : {0, 1, 2, 3, 4}) {
    ReportOptions options;
    options.explained = explained;
    const DocumentPtr report = parsed(write_report_json(assessment, options));
    const DocumentNode findings = at(report->root(), {"findings"});
    REQUIRE(findings.size() == 3);
    for (std::size_t i = 0; i < findings.size(); ++i) {
      INFO(explained << ", finding " << i);
      // The gravest keep theirs; the others keep message and witness.
      CHECK(findings.at(i).find("explanation").has_value() == (i < explained));
      CHECK(at(findings.at(i), {"witness"}).size() == 2);
      CHECK(at(findings.at(i), {"message", "en"}).text() == "found");
    }
    CHECK(at(report->root(), {"explanations_omitted"}).integer() ==
          static_cast<std::int64_t>(3 - std::min<std::size_t>(explained, 3)));
  }
}

TEST_CASE("report: a condition tree names variables and elements", "[report][json]") {
  const Network network = network_of(
      "nodes: {Recruiter: {r: {}}, Cohort: {c: {}}}\n"
      "edges: {charged: [{from: r, to: c, on: 2024-01-01, category: service-fee, amount: 7 USD}]}");
  const Rules rules =
      cohort_rule("let:\n  all_fees: |\n    c.fees\nfail_if: all_fees.exists(f, f.amount > 0)");
  const DocumentPtr report = parsed(write_report_json(evaluate(network, rules, usual_day())));
  const DocumentNode tree = at(report->root(), {"findings", "0", "explanation", "condition"});
  CHECK(at(tree, {"text"}).text() == "all_fees.exists(f, f.amount > 0)");
  CHECK(at(tree, {"outcome", "type"}).text() == "boolean");
  CHECK(at(tree, {"outcome", "value"}).boolean() == true);
  CHECK_FALSE(tree.find("name"));
  CHECK_FALSE(tree.find("element"));
  CHECK_FALSE(tree.find("more_parts"));
  CHECK(at(tree, {"variables", "0", "name"}).text() == "all_fees");
  CHECK(at(tree, {"parts", "0", "element", "value"}).text() ==
        "charged(r, c, service-fee, 2024-01-01)");
  CHECK(at(tree, {"parts", "0", "possible"}).boolean() == false);
  CHECK(at(tree, {"parts", "0", "readings", "0", "fact"}).text() ==
        "charged(r, c, service-fee, 2024-01-01).amount");
}

TEST_CASE("report: elements of a condition that are left out are counted", "[report][json]") {
  std::string yaml = "nodes: {Recruiter: {r: {}}, Cohort: {c: {}}}\nedges: {charged: [";
  for (int i = 10; i < 26; ++i) {
    yaml += "{from: r, to: c, on: 20" + std::to_string(i) + "-01-01, amount: 7 USD}, ";
  }
  Options options = usual_day();
  options.limits.witnesses = 4;
  yaml += "]}\ncomplete: [{node: c, list: fees}]\n";
  const Rules rules = cohort_rule("pass_if: c.fees.exists(f, f.amount > money('9 USD'))");
  const DocumentPtr report = parsed(write_report_json(evaluate(network_of(yaml), rules, options)));
  const DocumentNode tree = at(report->root(), {"findings", "0", "explanation", "condition"});
  CHECK(at(tree, {"parts"}).size() == 4);
  CHECK(at(tree, {"more_parts"}).integer() == 12);
}

TEST_CASE("report: asks say how many verdicts and facts they are about", "[report][json]") {
  const DocumentPtr report =
      parsed(write_report_json(evaluate(five_cohorts(), share_rule(), usual_day())));
  const DocumentNode asks = at(report->root(), {"asks"});
  REQUIRE(asks.size() == 2);
  CHECK(keys_of(asks.at(0)) == std::vector<std::string>{"rule", "path", "respondent", "question",
                                                        "verdicts", "stated", "facts", "at_least",
                                                        "examples"});
  CHECK(at(asks, {"0", "path"}).text() == "Cohort.women");
  CHECK(at(asks, {"1", "path"}).text() == "Cohort.workers");
  CHECK(at(asks, {"1", "verdicts"}).integer() == 1);
  CHECK(at(asks, {"1", "facts"}).integer() == 1);
  CHECK(at(asks, {"1", "at_least"}).boolean() == false);
  CHECK(at(asks, {"1", "examples", "0"}).text() == "b.workers");
  CHECK(keys_of(at(asks, {"1", "question"})) == std::vector<std::string>{"en", "fr", "es"});
}

TEST_CASE("report: rules that judged nothing stand in the report with the reason",
          "[report][json]") {
  const auto reason = [](const Rules& rules, const Options& options) {
    const DocumentPtr report = parsed(write_report_json(evaluate(five_cohorts(), rules, options)));
    const DocumentNode list = at(report->root(), {"not_checked"});
    return list.size() == 0 ? std::string() : std::string(at(list, {"0", "reason"}).text());
  };
  const Options today = usual_day();
  CHECK(reason(share_rule(), today).empty());
  CHECK(reason(cohort_rule("fail_if: c.workers > 1\nsince: 2027-01-01"), today) == "rule-skipped");
  CHECK(reason(cohort_rule("when: c.workers > 99\nfail_if: c.workers > 1"), today) ==
        "rule-undecided");  // b may be as large
  CHECK(reason(cohort_rule("fail_if: c.weekly_hours > 1.0"), today) == "rule-undecided");
  CHECK(reason(rules_of("rule: a\nsubject: (f:Facility)\nfail_if: f.headcount > 1\nmessage: m\n"),
               today) == "rule-no-subject");
  std::stop_source stop;
  stop.request_stop();
  Options stopped = usual_day();
  stopped.stop = stop.get_token();
  CHECK(reason(share_rule(), stopped) == "rule-not-reached");
  const DocumentPtr report =
      parsed(write_report_json(evaluate(five_cohorts(), share_rule(), stopped)));
  CHECK(at(report->root(), {"run", "stopped"}).boolean() == true);
}

TEST_CASE("report: findings beyond the limit are counted", "[report][json]") {
  Options options = usual_day();
  options.limits.findings = 1;
  const DocumentPtr report =
      parsed(write_report_json(evaluate(five_cohorts(), share_rule(), options)));
  CHECK(at(report->root(), {"findings"}).size() == 1);
  CHECK(at(report->root(), {"run", "findings_dropped"}).integer() == 2);
  CHECK(at(report->root(), {"run", "limits_hit"}).size() == 1);
  CHECK(at(report->root(), {"run", "limits_hit", "0", "limit"}).text() == "findings");
  CHECK(at(report->root(), {"totals", "verdicts", "fail"}).integer() == 2);
}

TEST_CASE("report: what no rule reads does not reach a report", "[report][json][persons]") {
  // A name that got into a network by mistake, in a field and in a reference to a person.
  const Network network = network_of(
      "nodes:\n"
      "  Person: {p-1: {name: Hari Bahadur}}\n"
      "  Recruiter: {r: {name: Hari Bahadur}}\n"
      "  Cohort: {np-24: {workers: 9, women: 3}}\n"
      "edges: {recruited: [{from: r, to: np-24}]}\n");
  const std::string text = write_report_json(evaluate(network, share_rule(), usual_day()));
  CHECK(has(text, "np-24"));
  CHECK_FALSE(has(text, "Hari"));
  CHECK_FALSE(has(text, "p-1"));
}

TEST_CASE("report: workers have no place for a name", "[report][persons]") {
  const SchemaPtr schema = recruitment_schema();
  const NodeKind& cohort = schema->kind(schema->find_kind("Cohort").value());
  for (const Attribute& attribute : cohort.attributes) {
    INFO(attribute.name);
    for (const char* word : {"name", "passport", "birth", "phone", "address", "photo"}) {
      CHECK_FALSE(has(attribute.name, word));
    }
  }
}

TEST_CASE("report: texts are escaped as JSON wants", "[report][json]") {
  const Network network = network_of(
      "nodes: {Recruiter: {r: {name: \"a \\\"b\\\" \\\\ \\t\"}}, Cohort: {c: {workers: 9}}}\n"
      "edges: {recruited: [{from: r, to: c}]}\n");
  const Rules rules = rules_of(
      "rule: test.rule\nsubject: (c:Cohort)\nfail_if: c.workers > 5\nmessage: by {c.recruiters}\n");
  const DocumentPtr report = parsed(write_report_json(evaluate(network, rules, usual_day())));
  CHECK(at(report->root(), {"findings", "0", "message", "en"}).text() ==
        "by a \"b\" \\ \t, may be more");
}

TEST_CASE("report: the JSON Schema is JSON and names the form", "[report][json]") {
  const DocumentPtr schema = parsed(std::string(report_json_schema()));
  CHECK(at(schema->root(), {"$id"}).text() == "eraudit:report/1");
  CHECK(at(schema->root(), {"properties"}).size() == 18);
}
