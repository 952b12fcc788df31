#include "eraudit/expression/later.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "eraudit/expression/detail/parts.hpp"

namespace eraudit {
namespace {

/// One walk over a program and the definitions of its variables.
class Walk {
 public:
  explicit Walk(Evaluator& evaluator) : evaluator_(evaluator), parts_(evaluator) {}

  void visit(const BoundProgram& program, std::uint32_t operation) {
    if (out_.size() >= evaluator_.context().limits.witnesses) return;
    if (!seen_.emplace(&program, operation).second) return;
    const Value value = parts_.value(program, operation);
    if (value.is_whole() || value.is(ValueKind::error)) return;
    const Operation& of = program.program().operation(operation);
    const std::span<const std::uint32_t> children = program.program().children_of(of);
    switch (of.op) {
      case Op::conditional:
        conditional(program, children);
        break;
      case Op::variable:
        if (const BoundProgram* const definition = parts_.definition(of)) {
          visit(*definition, definition->program().root);
        }
        break;
      case Op::comprehension:
        visit(program, children[0]);
        break;
      default:
        for (const std::uint32_t child : children) visit(program, child);
    }
  }

  [[nodiscard]] std::vector<BranchNeeds> result() && {
    const std::size_t most = evaluator_.context().limits.witnesses;
    if (out_.size() > most) out_.resize(most);
    return std::move(out_);
  }

 private:
  void conditional(const BoundProgram& program, std::span<const std::uint32_t> children) {
    const Value condition = parts_.value(program, children[0]);
    if (condition.is(ValueKind::boolean)) {
      visit(program, children[condition.boolean ? 1 : 2]);
      return;
    }
    if (!condition.is(ValueKind::unknown)) return;
    visit(program, children[0]);
    for (const bool outcome : {true, false}) {
      const Value branch = parts_.value(program, children[outcome ? 1 : 2]);
      const FactSet* const facts =
          without(evaluator_, evaluator_.waits_for(branch), condition.facts);
      if (facts == nullptr) continue;
      const Program& of = program.program();
      out_.push_back({of.text_of(of.operation(children[0])), outcome, facts});
    }
    visit(program, children[1]);
    visit(program, children[2]);
  }

  Evaluator& evaluator_;
  detail::Parts parts_;
  std::set<std::pair<const BoundProgram*, std::uint32_t>> seen_;
  std::vector<BranchNeeds> out_;
};

}  // namespace

const FactSet* without(Evaluator& evaluator, const FactSet* facts, const FactSet* known) {
  if (facts == nullptr || known == nullptr) return facts;
  std::vector<Fact> left;
  std::set_difference(facts->facts.begin(), facts->facts.end(), known->facts.begin(),
                      known->facts.end(), std::back_inserter(left));
  if (left.empty() && facts->more == 0) return nullptr;
  return evaluator.facts(left, facts->more);
}

std::vector<BranchNeeds> needed_later(Evaluator& evaluator, const BoundProgram& program) {
  Walk walk(evaluator);
  walk.visit(program, program.program().root);
  return std::move(walk).result();
}

}  // namespace eraudit
