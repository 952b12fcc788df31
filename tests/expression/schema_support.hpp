#pragma once
// A small schema, and the names of one expression, for tests of the checker.

#include <memory>
#include <stdexcept>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::test {

inline constexpr const char* small_schema_text = R"(
eraudit: schema/1
name: small
kinds:
  Company:
    label: Company
    attributes:
      name: {type: string, label: Name, ask: Which}
      country: {type: string, format: country, label: Country, ask: Which}
      focal: {type: bool, label: Focal, ask: Is it}
      founded: {type: date, label: Founded, ask: When}
  Facility:
    label: Facility
    attributes:
      name: {type: string, label: Name, ask: Which}
      country: {type: string, format: country, label: Country, ask: Which}
      headcount: {type: int, unit: people, non_negative: true, label: People, ask: How many}
  Recruiter:
    label: Recruiter
    attributes:
      name: {type: string, label: Name, ask: Which}
      country: {type: string, format: country, label: Country, ask: Which}
      role: {type: enum, values: {agency: Agency, sub_agent: Sub-agent}, label: Role, ask: Which}
      licence: {type: string, may_be_absent: true, label: Licence, ask: Which}
      licence_until: {type: date, may_be_absent: true, label: Until, ask: When}
      languages: {type: list(string), format: language, label: Languages, ask: Which}
  Cohort:
    label: Cohort
    attributes:
      workers: {type: int, unit: people, non_negative: true, label: Workers, ask: How many}
      weekly_hours: {type: double, unit: hours/week, non_negative: true, label: Hours, ask: How many}
      base_wage: {type: money, per: month, non_negative: true, label: Wage, ask: How much}
      recruited: {type: date, label: Recruited, ask: When}
      origin: {type: string, format: country, label: Origin, ask: Where}
      founded: {type: int, label: Number, ask: Which}
      sectors: {type: list(enum), values: {farm: Farm, factory: Factory}, label: Sectors, ask: Which}
edges:
  charged:
    label: charged
    from: {kinds: [Recruiter], edges: charges, nodes: charged_cohorts}
    to: {kinds: [Cohort], edges: fees, nodes: fee_takers}
    attributes:
      amount: {type: money, non_negative: true, label: Amount, ask: How much}
      repaid: {type: money, may_be_absent: true, label: Repaid, ask: How much}
      borne_by: {type: enum, values: {worker: Worker, employer: Employer, shared: Shared}, label: Borne by, ask: Who}
      on: {type: date, label: On, ask: When}
      payers_said: {type: int, label: Said, ask: How many}
      payers_asked: {type: int, label: Asked, ask: How many}
    shares:
      payers: {said: payers_said, asked: payers_asked}
  engages:
    label: engages
    from: {kinds: [Company, Facility, Recruiter], edges: engagements, nodes: engaged}
    to: {kinds: [Recruiter], edges: engaged_by, nodes: clients}
    attributes:
      fees_paid_by: {type: enum, values: {worker: Worker, employer: Employer}, label: Paid by, ask: Who}
      amount: {type: int, label: Number, ask: How many}
)";

inline SchemaPtr small_schema() {
  static const SchemaPtr schema = [] {
    const auto document =
        read_yaml(std::make_shared<const Source>("small.yaml", small_schema_text));
    if (!document) throw std::runtime_error(to_text(document.diagnostics()));
    auto read = read_schema(**document);
    if (!read) throw std::runtime_error(to_text(read.diagnostics()));
    return *read;
  }();
  return schema;
}

inline Type node_of(const std::string& kind) {
  return Type::node({small_schema()->find_kind(kind).value()});
}

/// `c` a Cohort, `r` a Recruiter, `x` a Company or Facility, `z` a Company, Facility or Recruiter,
/// `f` an edge `charged`, and one plain value of each type.
inline Environment small_environment() {
  const SchemaPtr schema = small_schema();
  Environment environment(schema);
  environment.add_variable("c", node_of("Cohort"));
  environment.add_variable("r", node_of("Recruiter"));
  environment.add_variable(
      "x", Type::node({*schema->find_kind("Company"), *schema->find_kind("Facility")}));
  environment.add_variable(
      "z", Type::node({*schema->find_kind("Company"), *schema->find_kind("Facility"),
                       *schema->find_kind("Recruiter")}));
  environment.add_variable("f", Type::edge({*schema->find_edge("charged")}));
  environment.add_variable("ok", TypeKind::boolean);
  environment.add_variable("n", TypeKind::integer);
  environment.add_variable("d", TypeKind::number);
  environment.add_variable("s", TypeKind::text);
  environment.add_variable("day", TypeKind::date);
  environment.add_variable("paid", TypeKind::money);
  environment.add_variable("m", Type::map(TypeKind::text, TypeKind::integer));
  environment.add_variable("any", Type());
  environment.add_variable(
      "row", Type::record("row", {{"Employer", TypeKind::text}, {"Fee", TypeKind::number}}));
  return environment;
}

}  // namespace eraudit::test
