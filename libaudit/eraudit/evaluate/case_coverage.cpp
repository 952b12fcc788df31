#include "eraudit/evaluate/case_coverage.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "eraudit/evaluate/detail/case_run.hpp"
#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/rules/cases.hpp"
#include "eraudit/rules/uses.hpp"

namespace eraudit {
namespace {

/// Finds the conditions of one program.
class Finder {
 public:
  Finder(const Program& program, const Schema& schema, const std::set<Slot>& waiting)
      : program_(program), schema_(schema), waiting_(waiting), seen_(program.operations.size()) {}

  /// Ids of operations, by place.
  std::vector<std::uint32_t> all() {
    if (program_.type().is(TypeKind::boolean)) {
      found_.insert(program_.root);
      split(program_.root);
    }
    look_into(program_.root);
    std::vector<std::uint32_t> ids(found_.begin(), found_.end());
    std::stable_sort(ids.begin(), ids.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Span x = program_.operation(a).span;
      const Span y = program_.operation(b).span;
      return x.offset != y.offset ? x.offset < y.offset : x.length > y.length;
    });
    return ids;
  }

  /// Whether it reads anything that may not be known.
  bool waits(std::uint32_t id) const {
    const Operation& operation = program_.operation(id);
    switch (operation.op) {
      case Op::attribute:
      case Op::has_attribute:
      case Op::table:
        return true;
      case Op::list:
        if (may_be_open(program_.lists[operation.payload])) return true;
        break;
      case Op::variable:
        return waiting_.count(operation.payload) != 0;
      case Op::local:
        return !operation.type.is(TypeKind::node) && !operation.type.is(TypeKind::edge);
      default:
        break;
    }
    const auto children = program_.children_of(operation);
    return std::any_of(children.begin(), children.end(),
                       [&](std::uint32_t child) { return waits(child); });
  }

  /// Known not to exist is what only some attributes can be.
  bool can_be_false(std::uint32_t id) const {
    const Operation& operation = program_.operation(id);
    if (operation.op != Op::has_attribute) return true;
    const AttributeReference& reference = program_.attributes[operation.payload];
    return std::any_of(reference.members.begin(), reference.members.end(), [&](const auto& member) {
      const auto& attributes = reference.of_edge ? schema_.edge(EdgeKindId{member.kind}).attributes
                                                 : schema_.kind(KindId{member.kind}).attributes;
      return attributes[member.attribute.index].may_be_absent;
    });
  }

 private:
  /// Down to what is no junction.
  void split(std::uint32_t id) {
    const Operation& operation = program_.operation(id);
    switch (operation.op) {
      case Op::and_:
      case Op::or_:
      case Op::not_:
      case Op::conditional:
        for (const std::uint32_t child : program_.children_of(operation)) {
          if (program_.operation(child).type.is(TypeKind::boolean)) split(child);
        }
        break;
      case Op::constant:
        break;
      default:
        found_.insert(id);
    }
  }

  /// Conditions below something that is no condition.
  void look_into(std::uint32_t id) {
    if (seen_[id]) return;
    seen_[id] = true;
    const Operation& operation = program_.operation(id);
    const auto children = program_.children_of(operation);
    if (operation.op == Op::comprehension) {
      switch (program_.comprehensions[operation.payload].macro) {
        case Macro::all:
        case Macro::exists:
        case Macro::exists_one:
        case Macro::filter:
        case Macro::map_if:
          split(children[1]);
          break;
        default:
          break;
      }
    }
    switch (operation.op) {
      case Op::and_:
      case Op::or_:
      case Op::not_:
        split(id);
        break;
      case Op::conditional:
        split(children[0]);
        break;
      default:
        break;
    }
    for (const std::uint32_t child : children) look_into(child);
  }

  /// Whether there may be further edges, or some that may not count on the day.
  bool may_be_open(const ListReference& list) const {
    return std::any_of(list.members.begin(), list.members.end(), [&](const auto& member) {
      const EdgeKind& kind = schema_.edge(member.list.edge);
      return !schema_.end(member.list).complete || kind.find("on") || kind.find("since") ||
             kind.find("until");
    });
  }

  const Program& program_;
  const Schema& schema_;
  const std::set<Slot>& waiting_;
  std::vector<bool> seen_;
  std::set<std::uint32_t> found_;
};

/// Variables that hold anything but a node or edge that is there.
std::set<Slot> waiting_slots(const Rule& rule, const Schema& schema) {
  std::set<Slot> slots;
  for (const Let& let : rule.lets) {
    const auto waits = [&] { return Finder(*let.program, schema, slots).waits(let.program->root); };
    if (let.pattern || waits()) slots.insert(let.slot);
  }
  return slots;
}

/// The conditions of one rule, and how they came out.
class Watch {
 public:
  Watch(const Rule& rule, const Schema& schema)
      : rule_(rule), schema_(schema), waiting_(waiting_slots(rule, schema)) {
    coverage_.rule = rule.id;
    coverage_.file = rule.file;
    if (rule.match) {
      for (const ProgramPtr& program : rule.match->conditions()) add("match", program.get());
    }
    add("when", rule.when.get());
    const std::set<Slot> lets = lets_of_verdict(rule);
    for (const Let& let : rule.lets) {
      if (lets.count(let.slot) != 0) add("let " + let.name, let.program.get());
    }
    add(rule.fails_if_true ? "fail_if" : "pass_if", rule.condition.get());
  }

  void run(const Case& one, const Limits& limits) {
    ++coverage_.cases;
    EvaluationContext context;
    context.as_of = evaluate_detail::day_of(one);
    context.at = context.as_of;
    context.rates = one.rates;
    context.limits = limits;
    const bool skipped = (rule_.since && context.as_of < *rule_.since) ||
                         (rule_.until && *rule_.until < context.as_of);
    if (skipped) return;
    const evaluate_detail::BoundRule bound =
        evaluate_detail::bind_rule(rule_, one.network->schema(), *one.network);
    evaluate_detail::Judge judge(*one.network, context);
    judge.evaluator().trace(true);
    for (const Expectation& expected : one.expect) {
      static_cast<void>(judge.judge(bound, one.network->find(expected.subject).value(), true));
      note(judge.evaluator().steps());
    }
  }

  RuleCoverage finish() {
    auto& conditions = coverage_.conditions;
    std::stable_sort(conditions.begin(), conditions.end(),
                     [](const CoveredCondition& a, const CoveredCondition& b) {
                       return a.position.byte < b.position.byte;
                     });
    return std::move(coverage_);
  }

 private:
  void add(const std::string& where, const Program* program) {
    if (program == nullptr) return;
    Finder finder(*program, schema_, waiting_);
    for (const std::uint32_t id : finder.all()) {
      CoveredCondition condition;
      condition.where = where;
      condition.text = std::string(program->text_of(program->operation(id)));
      if (const SourcePtr& source = program->text.source) {
        const Span at = locate(program->text, program->operation(id).span);
        condition.position = source->position(at.offset);
      }
      condition.can_be_false = finder.can_be_false(id);
      condition.can_be_unknown = finder.waits(id);
      numbers_.emplace(std::pair(program, id), coverage_.conditions.size());
      coverage_.conditions.push_back(std::move(condition));
    }
  }

  void note(std::span<const Evaluator::Step> steps) {
    for (const Evaluator::Step& step : steps) {
      const auto number = numbers_.find(std::pair(&step.program->program(), step.operation));
      if (number == numbers_.end()) continue;
      CoveredCondition& condition = coverage_.conditions[number->second];
      condition.was_true = condition.was_true || step.value.is_true();
      condition.was_false = condition.was_false || step.value.is_false();
      condition.was_unknown = condition.was_unknown || step.value.is(ValueKind::unknown);
    }
  }

  const Rule& rule_;
  const Schema& schema_;
  std::set<Slot> waiting_;
  RuleCoverage coverage_;
  std::map<std::pair<const Program*, std::uint32_t>, std::size_t> numbers_;
};

}  // namespace

Checked<std::vector<RuleCoverage>> cover_rules(std::span<const std::string> what,
                                               const LoadOptions& options) {
  const Checked<evaluate_detail::RulesWithCases> loaded =
      evaluate_detail::load_with_cases(what, options);
  if (!loaded) return loaded.diagnostics();
  const auto& [rules, files] = *loaded;
  std::vector<RuleCoverage> out;
  for (const Rule& rule : rules.all()) {
    Watch watch(rule, *rules.schema());
    for (const CaseFile& file : files) {
      if (file.rule != rule.id) continue;
      for (const Case& one : file.cases) watch.run(one, options.limits);
    }
    out.push_back(watch.finish());
  }
  return {std::move(out), loaded.diagnostics()};
}

}  // namespace eraudit
