#include "tests/report/formats_support.hpp"

#include <stdexcept>

#include "eraudit/core/file.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "tests/report/support.hpp"
#include "tests/support/model.hpp"

namespace eraudit::test {

ReportFile report_of(std::string_view network, std::string_view rule) {
  return make_report(evaluate(network_of(network), rules_of(rule), usual_day()));
}

std::string telling_rule() {
  return "rule: test.rule\n"
         "subject: (c:Cohort)\n"
         "title: {en: Told, fr: Dit, es: Dicho}\n"
         "fail_if: c.workers > 0\n"
         "severity: critical\n"
         "message: '{c.occupation}'\n"
         "basis: [{provision: ilo-fr-efficiency-transparency, relation: equal}]\n"
         "remedy: {en: Put it right, fr: Corriger, es: Corregir, days: 90}\n";
}

ReportFile sample_report() {
  return make_report(sample());
}

std::string changed_sample(std::string_view part, std::string_view by) {
  std::string text(sample_report().text());
  const std::size_t at = text.find(part);
  if (at == std::string::npos) throw std::runtime_error("not there: " + std::string(part));
  text.replace(at, part.size(), by);
  constexpr std::size_t digits = 71;  // sha256: and 64 more
  const std::size_t digest = text.find("sha256:");
  const std::string body = "{" + text.substr(text.find(',', digest) + 1);
  return text.replace(digest, digits, sha256(body));
}

const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names = {
      "</script><script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "\" onload=\"alert(1)",
      "' onfocus='alert(1)",
      "javascript:alert(1)",
      "<svg><foreignObject><body>",
      "<!-- <script>",
      "]]><x>&amp;&lt;",
      "=cmd|' /C calc'!A0",
      "+1+1",
      "-2",
      "@SUM(1;2)",
      "\uff1d1",
      "a,b;c\"d\"",
      "| a | b |\\",
      "`code` **bold** _x_ [link](https://example.org) @someone #1",
      "right \u202Eto left\u202C and \u200Fmarks",
      "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
      "line\u2028separator\u2029paragraph",
      "__proto__",
      std::string(250, 'w'),
      "100% {n} ${x} \\u003c \xF0\x9F\x91\xB7",
  };
  return names;
}

ReportFile hostile_report() {
  std::string cohorts;
  for (const std::string& name : hostile_names()) {
    std::string quoted;
    JsonWriter(quoted).text(name);
    cohorts +=
        (cohorts.empty() ? "" : ", ") + quoted + ": {workers: 5, occupation: " + quoted + "}";
  }
  return report_of("nodes: {Cohort: {" + cohorts + "}}", telling_rule());
}

}  // namespace eraudit::test
