#pragma once
// Schemas from texts.

#include <memory>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/schema/schema.hpp"
#include "tests/support/catch.hpp"

namespace eraudit::test {

inline Checked<SchemaPtr> try_schema(const std::string& text, SchemaPtr base = nullptr) {
  auto document = read_yaml(std::make_shared<const Source>("s.yaml", text), {}, Aliases::expand);
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  return read_schema(**document, std::move(base));
}

inline SchemaPtr schema(const std::string& text, SchemaPtr base = nullptr) {
  auto read = try_schema(text, std::move(base));
  INFO(to_text(read.diagnostics()));
  REQUIRE(read);
  return *read;
}

/// `3:7 schema-unknown-key: message | help`, one line each; warnings begin with `warning `.
inline std::string found(const std::string& text, SchemaPtr base = nullptr, bool warnings = false) {
  std::string out;
  const auto read = try_schema(text, std::move(base));
  CHECK(bool(read) == !read.diagnostics().has_errors());
  for (const Diagnostic& item : read.diagnostics().items()) {
    const bool warning = item.level == DiagnosticLevel::warning;
    if (warning && !warnings) continue;
    if (warning) out += "warning ";
    out += std::to_string(item.position.line) + ':' + std::to_string(item.position.column) + ' ' +
           item.id + ": " + item.message;
    if (!item.help.empty()) out += " | " + item.help;
    out += '\n';
  }
  return out;
}

/// Two kinds and an edge kind, with everything that a schema can say.
inline const char* const small_schema = R"(eraudit: schema/1
name: small
kinds:
  Recruiter:
    label: {en: Recruiter, fr: Recruteur}
    plural: Recruiters
    about: Who finds workers.
    attributes:
      name: {type: string, label: Name, ask: Which name}
      licence: {type: string, may_be_absent: true, label: Licence, ask: Which licence}
      role: {type: enum, values: {agency: agency, sub_agent: sub-agent}, label: Role, ask: Which role}
      active_in: {type: list(string), format: country, label: Active in, ask: Where}
  Cohort:
    label: Group of workers
    attributes:
      workers: {type: int, unit: people, non_negative: true, label: Workers, ask: How many}
      base_wage: {type: money, per: month, non_negative: true, label: Wage, ask: Which wage}
      recruited: {type: date, label: Recruited, ask: When}
edges:
  charged:
    label: charged
    from: {kinds: [Recruiter], edges: charges, nodes: charged_cohorts, ask: Whom else}
    to: {kinds: [Cohort], edges: fees, nodes: fee_takers, complete: true}
    key: [from, to, category, on]
    attributes:
      category: {type: enum, values: [service-fee, medical], label: Category, ask: What for}
      on: {type: date, label: Paid on, ask: When}
      amount: {type: money, non_negative: true, sensitivity: internal, label: Amount, ask: How much}
      rate: {type: double, unit: percent/year, label: Rate, ask: Which rate}
      marks: {type: list(enum), values: {a: A, b: B}, label: Marks, ask: Which}
      until: {type: date, required: true, label: Until, ask: Until when}
      paid: {type: bool, label: Paid, ask: Paid}
      payers_said: {type: int, sensitivity: sensitive, label: Said, ask: How many said so}
      payers_asked: {type: int, label: Asked, ask: How many were asked}
    shares:
      payers: {said: payers_said, asked: payers_asked}
source_classes:
  worker-interview-offsite:
    label: Interviews away from the site
    about: The workers chose the place.
    aliases: [{name: worker_interview, detail: place, value: off_site}]
  worker-interview-onsite:
    label: Interviews on site
    aliases: [{name: worker_interview, detail: place, value: on_site}, onsite]
  self-assessment: {label: Self-assessment, self_declared: true}
)";

}  // namespace eraudit::test
