// Values in every form of the report, in the language asked for.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/report/findings_csv.hpp"
#include "eraudit/report/html.hpp"
#include "eraudit/report/markdown.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/report/xml.hpp"
#include "tests/report/formats_support.hpp"
#include "tests/report/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model.hpp"

using namespace eraudit;
using eraudit::test::has;

namespace {

// Each attribute in another state of knowledge.
constexpr std::string_view network = R"(
eraudit: network/1
sources:
  paper: {class: contract}
  talk: {class: worker_interview, place: off_site}
nodes:
  Recruiter: {sunrise: {name: Sunrise Overseas}}
  Cohort:
    np-24:
      workers: 48
      base_wage: [{value: 1500.50 MYR/month, source: paper}, {value: 1200 MYR/month, source: talk}]
      recruited: 2024-02-01/2024-04-30
      contract_months: 10.5..24
      left: null
      languages: [ne, mai]
      migration: international
      permit_tied: true
edges:
  charged:
    - {from: sunrise, to: np-24, category: service-fee, on: 2024-03-01, amount: 100000..150000 NPR, source: talk}
)";

constexpr std::string_view rule = R"(rule: test.all-kinds
subject: (c:Cohort)
severity: critical
fail_if: |
  c.base_wage > money('9000 MYR') || c.weekly_hours > 60.5 || has(c.left) || c.recruited > date('2024-03-01') ||
  c.contract_months < 12.0 || 'qu' in c.languages || c.migration == 'local' || !c.permit_tied ||
  c.fees.exists(f, f.category == 'service-fee' && f.amount > money('120000 NPR')) || c.workers > 5
message: found
)";

Assessment assessed() {
  const auto document =
      read_yaml(std::make_shared<const Source>("network.yaml", std::string(network)));
  return evaluate(read_network(**document).value(), test::rules_of(rule), test::usual_day());
}

/// What stands in forms of the report for people, by fact; Markdown and CSV escape none of it.
struct Expected {
  const char* fact;
  const char* json;
  const char* en;
  const char* fr;
  const char* es;
};
constexpr Expected expected[] = {
    {"np-24.base_wage",
     R"({"type":"disputed","items":[{"type":"money","value":"1500.50 MYR","source":"paper"},{"type":"money","value":"1200 MYR","source":"talk"}]})",
     "sources disagree: 1500.50 MYR (paper), 1200 MYR (talk)",
     "sources divergentes : 1500,50 MYR (paper), 1200 MYR (talk)",
     "fuentes discrepantes: 1500,50 MYR (paper), 1200 MYR (talk)"},
    {"np-24.weekly_hours", R"({"type":"unknown"})", "not known", "non connu", "no consta"},
    {"np-24.left", R"({"type":"absent"})", "does not exist", "n’existe pas", "no existe"},
    {"np-24.recruited", R"({"type":"range","of":"date","low":"2024-02-01","high":"2024-04-30"})",
     "2024-02-01 to 2024-04-30", "2024-02-01 à 2024-04-30", "2024-02-01 a 2024-04-30"},
    {"np-24.contract_months", R"({"type":"range","of":"number","low":"10.5","high":"24.0"})",
     "10.5 to 24", "10,5 à 24", "10,5 a 24"},
    {"np-24.languages",
     R"({"type":"list","items":[{"type":"text","value":"ne"},{"type":"text","value":"mai"}]})",
     "ne, mai", "ne, mai", "ne, mai"},
    {"np-24.migration", R"({"type":"code","of":"Cohort.migration","value":"international"})",
     "from another country", "venus d'un autre pays", "de otro país"},
    {"np-24.permit_tied", R"({"type":"boolean","value":true})", "yes", "oui", "sí"},
    {"np-24.fees", R"({"type":"count","of":"edges","value":"1","more":true})",
     "1 edge, may be more", "1 lien, peut-être davantage", "1 enlace, puede haber más"},
    {"charged(sunrise, np-24, service-fee, 2024-03-01).category",
     R"({"type":"code","of":"charged.category","value":"service-fee"})", "recruitment service",
     "service de recrutement", "servicio de contratación"},
    {"charged(sunrise, np-24, service-fee, 2024-03-01).amount",
     R"({"type":"range","of":"money","low":"100000 NPR","high":"150000 NPR"})",
     "100000 to 150000 NPR", "100000 à 150000 NPR", "100000 a 150000 NPR"},
    {"np-24.workers", R"({"type":"number","value":"48"})", "48", "48", "48"},
};

const char* in(const Expected& one, std::string_view language) {
  return language == "fr" ? one.fr : language == "es" ? one.es : one.en;
}

std::string compact(const PlainValue& value) {
  std::string text;
  JsonWriter json(text, JsonWriter::Layout::compact);
  write_json(json, value);
  return text;
}

constexpr const char* languages[] = {"en", "fr", "es"};

}  // namespace

TEST_CASE("report: values stand in report.json without a word of any language",
          "[report][json][values]") {
  const ReportFile report = make_report(assessed());
  const DocumentNode finding = report.root().find("findings")->at(0);
  const DocumentNode witness = *finding.find("witness");
  for (const Expected& one : expected) {
    INFO(one.fact);
    bool found = false;
    for (std::size_t i = 0; i < witness.size(); ++i) {
      if (witness.at(i).find("fact")->text() != one.fact) continue;
      found = true;
      CHECK(compact(read_plain_value(*witness.at(i).find("value"))) == one.json);
    }
    CHECK(found);
  }
  CHECK(witness.size() == std::size(expected));
  for (const Expected& one : expected) {
    if (std::string_view(one.json).find("code") != std::string_view::npos ||
        std::string_view(one.en) == one.fr) {
      continue;
    }
    INFO(one.en);
    CHECK_FALSE(has(report.text(), one.en == std::string_view("yes") ? "\"yes\"" : one.en));
  }
}

TEST_CASE("report: the condition tree has values of the same shape", "[report][json][values]") {
  const ReportFile report = make_report(assessed());
  const DocumentNode tree =
      *report.root().find("findings")->at(0).find("explanation")->find("condition");
  CHECK(compact(read_plain_value(*tree.find("outcome"))) == R"({"type":"boolean","value":true})");
  const DocumentNode parts = *tree.find("parts");
  REQUIRE(parts.size() == 10);
  CHECK(compact(read_plain_value(*parts.at(1).find("outcome"))) == R"({"type":"unknown"})");
  const DocumentNode fee = parts.at(8).find("parts")->at(0);
  CHECK(compact(read_plain_value(*fee.find("element"))) ==
        R"x({"type":"edge","value":"charged(sunrise, np-24, service-fee, 2024-03-01)"})x");
}

TEST_CASE("report: codes are explained in the report itself", "[report][json][values]") {
  const ReportFile report = make_report(assessed());
  const DocumentNode codes = *report.root().find("codes");
  REQUIRE(codes.size() == 2);
  CHECK(codes.key(0).text() == "Cohort.migration");
  REQUIRE(codes.at(0).size() == 1);
  CHECK(codes.at(0).find("international")->find("es")->text() == "de otro país");
  CHECK(codes.at(1).find("service-fee")->find("fr")->text() == "service de recrutement");
}

TEST_CASE("report: every form tells values in the language asked for", "[report][values]") {
  const Assessment assessment = assessed();
  const ReportFile report = make_report(assessment);
  for (const std::string_view language : languages) {
    MarkdownOptions markdown;
    markdown.language = language;
    TextOptions text;
    text.language = std::string(language);
    text.width = 200;
    const NodeId node = assessment.network().find("np-24").value();
    const std::vector<std::pair<const char*, std::string>> forms{
        {"md", write_markdown(report, markdown)},
        {"csv", write_findings_csv(report, language)},
        {"xml", write_xml(report, language)},
        {"text", describe(assessment, assessment.explain(0, node, language), text)}};
    for (const auto& [form, content] : forms) {
      INFO(form << " in " << language);
      for (const Expected& one : expected) {
        INFO(one.fact);
        CHECK(has(content, in(one, language)));
        // XML says in every language what codes are called.
        const bool all_languages = form == std::string_view("xml") && has(one.json, "\"code\"");
        const std::string_view other = language == "en" ? one.fr : one.en;
        if (other == in(one, language) || other == std::string_view("yes") || all_languages)
          continue;
        CHECK_FALSE(has(content, other));
      }
    }
  }
}

TEST_CASE("html: the sections without scripts tell values in each language",
          "[report][html][values]") {
  const std::string page = write_html(make_report(assessed()));
  const std::string_view all(page);
  for (const std::string_view language : languages) {
    INFO(language);
    const std::size_t begin = all.find("id=\"edition-" + std::string(language) + "\"");
    REQUIRE(begin != std::string_view::npos);
    const std::size_t next = all.find("id=\"edition-", begin + 20);
    const std::string_view edition = all.substr(begin, std::min(next, all.find("</main>")) - begin);
    for (const Expected& one : expected) {
      INFO(one.fact);
      std::string text = in(one, language);
      for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 5) {
        text.replace(at, 1, "&#39;");
      }
      CHECK(has(edition, "<bdi>" + text + "</bdi>"));
      const std::string_view other = language == "en" ? one.fr : one.en;
      if (other != in(one, language)) {
        CHECK_FALSE(has(edition, "<bdi>" + std::string(other) + "</bdi>"));
      }
    }
  }
}

TEST_CASE("report: no message speaks of what has no value", "[report][values]") {
  const Assessment sample = test::sample();
  for (const Finding& finding : sample.findings()) {
    if (finding.verdict == Verdict::error) continue;
    const std::string message = sample.message(finding);
    INFO(message);
    CHECK_FALSE(has(message, "error:"));
    CHECK(message == sample.explain(finding.rule, finding.subject).message);
  }
}

TEST_CASE("report: limits that were hit are told in the language asked for", "[report][values]") {
  Options options = test::usual_day();
  options.limits.fuel = 3;
  options.limits.findings = 1;
  const Network two = test::network_of("nodes: {Cohort: {a: {workers: 9}, b: {workers: 9}}}");
  const Assessment assessment =
      evaluate(two, test::cohort_rule("fail_if: c.workers > 5 && c.workers < 99"), options);
  const ReportFile report = make_report(assessment);
  const DocumentNode hits = *report.root().find("run")->find("limits_hit");
  REQUIRE(hits.size() == 2);
  CHECK(hits.at(0).find("limit")->text() == "steps");
  CHECK(hits.at(0).find("most")->integer() == 3);
  CHECK(hits.at(0).find("rule")->text() == "test.rule");
  CHECK(hits.at(0).find("place")->text() == "rule.yaml:4");
  CHECK(hits.at(0).find("count")->integer() == 2);
  CHECK(hits.at(1).find("limit")->text() == "findings");
  CHECK(hits.at(1).find("count")->integer() == 1);
  const auto told = [&](const std::string& language) {
    MarkdownOptions markdown;
    markdown.language = language;
    return write_markdown(report, markdown);
  };
  CHECK(
      has(told("en"),
          "A limit was reached: 3 steps of evaluation: rule test.rule (rule.yaml:4), 2 subjects"));
  CHECK(has(told("fr"),
            "Une limite a été atteinte : 3 étapes d’évaluation : règle test.rule (rule.yaml:4), 2 "
            "sujets"));
  CHECK(
      has(told("es"), "Se alcanzó un límite: 1 hallazgos: 1 más se cuentan, pero no se enumeran"));
  TextOptions french;
  french.language = "fr";
  CHECK(has(summary(assessment, french), "3 étapes d’évaluation"));
  CHECK_FALSE(has(summary(assessment, french), "steps"));
}

TEST_CASE("report: one verdict as JSON has the shape of a finding", "[report][json][values]") {
  const Assessment assessment = assessed();
  const NodeId node = assessment.network().find("np-24").value();
  const auto parse = [](std::string text) {
    return read_json(std::make_shared<const Source>("explanation.json", std::move(text))).value();
  };
  const DocumentPtr one = parse(write_explanation_json(assessment, assessment.explain(0, node)));
  const ReportFile report = make_report(assessment);
  const DocumentNode finding = report.root().find("findings")->at(0);
  const DocumentNode root = one->root();
  CHECK(root.find("schema")->text() == "eraudit:explanation/1");
  // schema, detection, waits_for, open_conditions, enough, later, codes
  REQUIRE(root.size() == finding.size() + 7);
  for (std::size_t i = 0; i < finding.size(); ++i)
    CHECK(root.key(i + 1).text() == finding.key(i).text());
  CHECK(root.find("waits_for")->size() == 0);
  CHECK(root.find("enough")->size() == 0);
  // In whatever language it was explained.
  CHECK(write_explanation_json(assessment, assessment.explain(0, node, "fr")) ==
        write_explanation_json(assessment, assessment.explain(0, node)));
}

TEST_CASE("report: files that a run was made with stand among the inputs", "[report][json]") {
  Options options = test::usual_day();
  const Source schema("mine.yaml", "abc");
  options.files.push_back(run_file(RunFile::Role::schema, schema));
  options.rates = read_rates(std::make_shared<const Source>(
                                 "rates.csv", "from,to,on,rate\nMYR,NPR,2026-06-01,28.16\n"))
                      .value();
  const Network one = test::network_of("nodes: {Cohort: {a: {workers: 9}}}");
  const ReportFile report =
      make_report(evaluate(one, test::cohort_rule("fail_if: c.workers > 5"), options));
  const DocumentNode inputs = *report.root().find("inputs");
  REQUIRE(inputs.size() == 3);
  CHECK(inputs.at(0).find("role")->text() == "network");
  CHECK(inputs.at(1).find("role")->text() == "schema");
  CHECK(inputs.at(1).find("path")->text() == "mine.yaml");
  CHECK(inputs.at(1).find("bytes")->integer() == 3);
  CHECK(inputs.at(1).find("sha256")->text() ==
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(inputs.at(2).find("role")->text() == "rates");
  CHECK(inputs.at(2).find("path")->text() == "rates.csv");
  CHECK(inputs.at(2).find("rows")->integer() == 1);
}
