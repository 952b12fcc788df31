#include "tests/expression/evaluation.hpp"

#include <fmt/format.h>

#include "eraudit/expression/program.hpp"
#include "tests/expression/soundness_network.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"
#include "tests/support/plain_value.hpp"

namespace eraudit::test {

Date date(std::string_view text) {
  return parse_date(text).value();
}

Rate rate(std::string_view from, std::string_view to, std::string_view on,
          std::int64_t hundredths) {
  return {*Currency::from_code(from), *Currency::from_code(to), date(on), hundredths, 100};
}

Evaluation::Evaluation(std::string_view yaml, std::vector<Rate> rates, Limits limits)
    : network_(std::make_unique<Network>(
          test::network(yaml.empty() ? "nodes: {C: {c1: {}}}" : yaml, tiny_schema()))),
      environment_(tiny_schema()) {
  static_cast<void>(environment_.add_variable("c", Type::node({KindId{0}})));
  EvaluationContext context;
  context.as_of = tiny_as_of;
  context.at = tiny_as_of;
  context.rates = Rates(std::move(rates), 3'650);
  context.limits = limits;
  evaluator_ = std::make_unique<Evaluator>(network_.get(), std::move(context));
}

const BoundProgram& Evaluation::program(std::string_view text) {
  const Checked<ProgramPtr> checked = compile(ExpressionText::of(std::string(text)), environment_);
  INFO(text << "\n" << to_text(checked.diagnostics()));
  REQUIRE(checked);
  programs_.push_back(std::make_unique<BoundProgram>(eraudit::bind(*checked, network_.get())));
  return *programs_.back();
}

void Evaluation::let(std::string name, std::string_view text) {
  const BoundProgram& definition = program(text);
  const Slot slot = environment_.add_variable(std::move(name), definition.program().type());
  lets_.emplace_back(slot, &definition);
}

Evaluator& Evaluation::row() {
  evaluator_->begin();
  evaluator_->set(0, Value::of(test::node(*network_, "c1")));
  for (const auto& [slot, definition] : lets_) evaluator_->set_lazy(slot, definition);
  return *evaluator_;
}

Value Evaluation::value(std::string_view text) {
  const BoundProgram& bound = program(text);
  return row().evaluate(bound);
}

std::string Evaluation::fact_text(const Fact& fact) const {
  const Schema& schema = network_->schema();
  switch (fact.kind) {
    case Fact::Kind::node_attribute: {
      const NodeId node{fact.row};
      return fmt::format("{}.{}", network_->id(node),
                         schema.kind(network_->kind(node)).attributes[fact.code].name);
    }
    case Fact::Kind::edge_attribute: {
      const EdgeId edge{fact.row};
      return fmt::format("{}.{}", network_->name(edge),
                         schema.edge(network_->table(edge).kind).attributes[fact.code].name);
    }
    case Fact::Kind::list:
      return fmt::format("{}.{}", network_->id(NodeId{fact.row}), schema.end(fact.list()).edges);
    case Fact::Kind::rate:
      return fmt::format("rate({}, {}, {})", Currency::from_index(fact.code).code(),
                         Currency::from_index(static_cast<std::uint16_t>(fact.row)).code(),
                         to_text(fact.day));
    default:
      return std::string(evaluator_->name(fact));
  }
}

std::string Evaluation::outcome(const Value& value) {
  std::string text = written(plain_value(*evaluator_, value));
  if (!value.is(ValueKind::unknown)) return text;
  const FactSet& facts = *value.facts;
  for (const Fact& fact : facts.facts) {
    text += (&fact == facts.facts.data() ? ": " : ", ") + fact_text(fact);
  }
  if (facts.more > 0) text += fmt::format(" and {} more", facts.more);
  return text;
}

std::string Evaluation::operator()(std::string_view text) {
  return outcome(value(text));
}

}  // namespace eraudit::test
