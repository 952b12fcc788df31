#include "tests/pattern/support.hpp"

#include <stdexcept>

#include "tests/support/plain_value.hpp"

namespace eraudit::test {
namespace {

std::string listed(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& one : diagnostics.items()) {
    if (!out.empty()) out += "\n";
    if (one.level == DiagnosticLevel::warning) out += "warning ";
    out += std::to_string(one.position.line) + ":" + std::to_string(one.position.column) + "+" +
           std::to_string(one.width) + ": " + one.message;
    if (!one.help.empty()) out += " | " + one.help;
    out += " [" + one.id + "]";
  }
  return out;
}

Environment environment_of(const Network& network) {
  return Environment(network.schema_ptr());
}

}  // namespace

std::string mistakes(std::string_view pattern, std::string_view subject) {
  Environment environment(recruitment_schema());
  return listed(
      compile_match(ExpressionText::of(std::string(pattern)), environment, subject).diagnostics());
}

std::string local_mistakes(std::string_view pattern) {
  Environment environment(recruitment_schema());
  environment.add_variable("c", Type::node({*recruitment_schema()->find_kind("Cohort")}));
  environment.add_variable("paid", Type(TypeKind::integer));
  const std::size_t before = environment.variables().size();
  const auto compiled = compile_local(ExpressionText::of(std::string(pattern)), environment);
  if (!compiled && environment.variables().size() != before) return "the environment was changed";
  return listed(compiled.diagnostics());
}

Match::Match(const Network& network, std::string_view pattern, std::string_view subject, Date day,
             PatternLimits pattern_limits, Limits limits)
    : network_(network),
      environment_(environment_of(network)),
      pattern_(compile_match(ExpressionText::of(std::string(pattern)), environment_, subject,
                             pattern_limits, limits)
                   .value()),
      bound_(bind(pattern_, network)),
      evaluator_(&network, {day, day, {}, limits}),
      matcher_(bound_, evaluator_) {}

std::string fact_text(const Network& network, const Fact& fact) {
  const Schema& schema = network.schema();
  switch (fact.kind) {
    case Fact::Kind::node_attribute: {
      const NodeId node{fact.row};
      return std::string(network.id(node)) + "." +
             schema.kind(network.kind(node)).attributes[fact.code].name;
    }
    case Fact::Kind::edge_attribute: {
      const EdgeId edge{fact.row};
      return network.name(edge) + "." +
             schema.edge(network.table(edge).kind).attributes[fact.code].name;
    }
    case Fact::Kind::list:
      return std::string(network.id(NodeId{fact.row})) + "." + schema.end(fact.list()).edges;
    default:
      return "?";
  }
}

std::string Match::text(const FactSet* facts) const {
  std::string out;
  if (facts == nullptr) return out;
  for (const Fact& fact : facts->facts) {
    if (!out.empty()) out += ", ";
    out += fact_text(network_, fact);
  }
  if (facts->more > 0) out += " and " + std::to_string(facts->more) + " more";
  return out;
}

std::string Match::text(Value value) const {
  if (value.is(ValueKind::unknown)) return "unknown: " + text(value.facts);
  if (value.is(ValueKind::error)) return "error: " + std::string(value.error->message);
  if (value.is(ValueKind::range)) {
    return written(plain_value(evaluator_, value)) + ": " + text(value.range->facts);
  }
  return written(plain_value(evaluator_, value));
}

std::string Match::exists(std::string_view id) {
  evaluator_.begin();
  return text(matcher_.exists(node(network_, id)));
}

std::string Match::count(std::string_view id) {
  evaluator_.begin();
  return text(matcher_.count(node(network_, id)));
}

std::string Match::text(const MatchRows& rows) const {
  std::string out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (row > 0) out += "\n";
    std::string line;
    for (const NodeId one : rows.nodes(row)) {
      if (!line.empty()) line += " ";
      line += network_.id(one);
    }
    out += line;
    if (rows.possible(row) != nullptr) out += " if " + text(rows.possible(row));
    if (rows.error(row).is(ValueKind::error)) out += " " + text(rows.error(row));
  }
  if (rows.frontier() != nullptr)
    out += (out.empty() ? "open: " : "\nopen: ") + text(rows.frontier());
  if (!rows.limit().is(ValueKind::null)) out += (out.empty() ? "" : "\n") + text(rows.limit());
  return out;
}

std::string Match::rows(std::string_view id, std::vector<std::string> needed) {
  evaluator_.begin();
  if (needed.empty()) return text(matcher_.rows(node(network_, id)));
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : needed) {
    for (std::uint32_t i = 0; i < pattern_->variables().size(); ++i) {
      if (pattern_->variables()[i].name == name) numbers.push_back(i);
    }
  }
  return text(matcher_.rows(node(network_, id), numbers));
}

std::string Match::smallest(std::string_view id) {
  evaluator_.begin();
  return text(matcher_.smallest(node(network_, id)));
}

std::string Match::in_first_row(std::string_view id, std::string_view expression) {
  const auto program = compile(ExpressionText::of(std::string(expression)), environment_).value();
  evaluator_.begin();
  if (matcher_.rows(node(network_, id)).empty()) return "no row";
  matcher_.set_row(0);
  return text(evaluator_.evaluate(bind(program, &network_)));
}

}  // namespace eraudit::test
