#include "eraudit/expression/skeleton.hpp"

#include "eraudit/expression/detail/parts.hpp"

namespace eraudit {

using Outcome = Skeleton::Outcome;

Skeleton::Id Skeleton::add(Evaluator& evaluator, const BoundProgram& program) {
  detail::Parts parts(evaluator);
  const Id id = take_apart(parts, program, program.program().root);
  cut_short_ = cut_short_ || parts.cut_short();
  return id;
}

Skeleton::Id Skeleton::add(const FactSet* facts) {
  open_.push_back({{}, facts});
  Node node;
  node.is = Node::Is::open;
  node.open = static_cast<std::uint32_t>(open_.size() - 1);
  nodes_.push_back(std::move(node));
  return static_cast<Id>(nodes_.size() - 1);
}

Skeleton::Id Skeleton::known(Outcome outcome) {
  Node node;
  node.outcome = outcome;
  nodes_.push_back(std::move(node));
  return static_cast<Id>(nodes_.size() - 1);
}

Skeleton::Id Skeleton::take_apart(detail::Parts& parts, const BoundProgram& program,
                                  std::uint32_t operation) {
  const auto [place, is_new] = done_.try_emplace(std::pair(&program, operation), Id{0});
  if (!is_new) return place->second;
  Id& id = place->second;  // stays where it is when others are added
  const Value value = parts.value(program, operation);
  if (!value.is(ValueKind::unknown)) {
    id = known(value.is_true() ? Outcome::yes : value.is_false() ? Outcome::no : Outcome::error);
    return id;
  }
  const Operation& of = program.program().operation(operation);
  const std::span<const std::uint32_t> children = program.program().children_of(of);
  Node node;
  switch (of.op) {
    case Op::and_:
      node.is = Node::Is::and_;
      break;
    case Op::or_:
      node.is = Node::Is::or_;
      break;
    case Op::not_:
      node.is = Node::Is::not_;
      break;
    case Op::conditional: {
      const Id condition = take_apart(parts, program, children[0]);
      if (nodes_[condition].is == Node::Is::known) {
        const bool holds = nodes_[condition].outcome == Outcome::yes;
        id = take_apart(parts, program, children[holds ? 1 : 2]);
        return id;
      }
      node.is = Node::Is::conditional;
      break;
    }
    default: {
      if (const BoundProgram* const definition = parts.definition(of)) {
        id = take_apart(parts, *definition, definition->program().root);
        return id;
      }
      const std::string_view text = program.program().text_of(of);
      const auto known_text = by_text_.find(text);
      if (known_text != by_text_.end()) {
        id = known_text->second;
        return id;
      }
      id = add(parts.may_need(program, operation));
      open_.back().text = text;
      by_text_.emplace(text, id);
      return id;
    }
  }
  for (const std::uint32_t child : children) {
    node.parts.push_back(take_apart(parts, program, child));
  }
  nodes_.push_back(std::move(node));
  id = static_cast<Id>(nodes_.size() - 1);
  return id;
}

void Skeleton::answer(std::span<const Outcome> answers) {
  outcomes_.clear();
  for (const Node& node : nodes_) outcomes_.push_back(work_out(node, answers));
}

Outcome Skeleton::work_out(const Node& node, std::span<const Outcome> answers) const {
  switch (node.is) {
    case Node::Is::known:
      return node.outcome;
    case Node::Is::open:
      return answers[node.open];
    case Node::Is::not_: {
      const Outcome operand = outcomes_[node.parts[0]];
      if (operand == Outcome::yes) return Outcome::no;
      return operand == Outcome::no ? Outcome::yes : operand;
    }
    case Node::Is::conditional: {
      const Outcome condition = outcomes_[node.parts[0]];
      if (condition == Outcome::yes) return outcomes_[node.parts[1]];
      return condition == Outcome::no ? outcomes_[node.parts[2]] : condition;
    }
    case Node::Is::and_:
    case Node::Is::or_:
      break;
  }
  const Outcome deciding = node.is == Node::Is::or_ ? Outcome::yes : Outcome::no;
  Outcome outcome = node.is == Node::Is::or_ ? Outcome::no : Outcome::yes;
  for (const Id part : node.parts) {
    const Outcome operand = outcomes_[part];
    if (operand == deciding) return deciding;
    if (operand == Outcome::unknown) {
      outcome = Outcome::unknown;
    } else if (operand == Outcome::error && outcome != Outcome::unknown) {
      outcome = Outcome::error;
    }
  }
  return outcome;
}

}  // namespace eraudit
