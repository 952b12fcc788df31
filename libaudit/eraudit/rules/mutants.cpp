#include "eraudit/rules/mutants.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "eraudit/rules/detail/changes.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/rule_visitor.hpp"
#include "eraudit/rules/detail/state.hpp"
#include "eraudit/rules/uses.hpp"

namespace eraudit {
namespace {

using rules_detail::Change;
using rules_detail::Edit;
using rules_detail::Node;
using rules_detail::ReplacedText;
using rules_detail::RuleReader;
using rules_detail::RuleSurroundings;

/// One change. The whole text with it is only made when it is read: there may be many.
struct Plan {
  std::string where;
  Span scalar;
  Span at;  ///< in the file
  std::string written;
  std::string instead;
  const ExpressionText* text;  ///< of the rule as written
  std::vector<Edit> edits;
};

/// Finds what can be changed in one rule file.
class Planner {
 public:
  Planner(const Rule& rule, const Document& document, const RuleSurroundings& around)
      : rule_(rule), document_(document), around_(around) {}

  std::vector<Plan> all() {
    const Node root = document_.root();
    if (const auto match = root.find("match")) add_pattern("match", *match, rule_.match.get());
    if (const auto when = root.find("when")) add("when", *when, rule_.when.get());
    add_lets(root);
    for (const char* key : {"fail_if", "pass_if"}) {
      if (const auto condition = root.find(key)) add(key, *condition, rule_.condition.get());
    }
    std::stable_sort(plans_.begin(), plans_.end(),
                     [](const Plan& a, const Plan& b) { return a.at.offset < b.at.offset; });
    return std::move(plans_);
  }

 private:
  /// Others than those only make messages and severities.
  void add_lets(Node root) {
    const auto map = root.find("let");
    if (!map || !map->is_map()) return;
    const std::set<Slot> used = lets_of_verdict(rule_);
    for (const Let& let : rule_.lets) {
      const auto value = map->find(let.name);
      if (!value || used.count(let.slot) == 0) continue;
      const std::string where = "let " + let.name;
      if (let.program) add(where, *value, let.program.get());
      if (let.pattern) add_pattern(where, value->at(0), let.pattern.get());
    }
  }

  void add(const std::string& where, Node scalar, const Program* program) {
    if (program == nullptr) return;
    const ExpressionText& text = program->text;
    for (Change& change :
         rules_detail::changes_of(text, program, *around_.schema, around_.limits)) {
      plans_.push_back({where, scalar.span(), locate(text, change.at), std::move(change.written),
                        std::move(change.instead), &text, std::move(change.edits)});
    }
  }

  /// The conditions in it.
  void add_pattern(const std::string& where, Node scalar, const Pattern* pattern) {
    if (pattern == nullptr) return;
    const ExpressionText& text = pattern->text();
    const auto tree = parse_pattern(text, around_.pattern_limits, around_.limits);
    if (!tree) return;
    const std::vector<ProgramPtr> programs = pattern->conditions();
    for (const PatternPath& path : tree->paths) {
      for (const PatternElement& element : path.elements) {
        for (const PatternCondition& condition : element.conditions) {
          const auto begin = place_in(text, condition.text);
          if (!begin) continue;
          const auto program = std::find_if(
              programs.begin(), programs.end(),
              [&](const ProgramPtr& one) { return one->text.text == condition.text.text; });
          for (Change& change : rules_detail::changes_of(
                   condition.text, program == programs.end() ? nullptr : program->get(),
                   *around_.schema, around_.limits)) {
            const Span at = locate(condition.text, change.at);
            for (Edit& edit : change.edits) edit.span.offset += *begin;
            plans_.push_back({where, scalar.span(), at, std::move(change.written),
                              std::move(change.instead), &text, std::move(change.edits)});
          }
        }
      }
    }
  }

  /// Where the text of a condition begins in its pattern.
  static std::optional<std::uint32_t> place_in(const ExpressionText& pattern,
                                               const ExpressionText& condition) {
    if (condition.text.empty()) return std::nullopt;
    const std::uint32_t first = locate(condition, {0, 1}).offset;
    for (std::uint32_t at = 0; at < pattern.text.size(); ++at) {
      if (locate(pattern, {at, 1}).offset != first) continue;
      if (pattern.text.compare(at, condition.text.size(), condition.text) == 0) return at;
    }
    return std::nullopt;
  }

  const Rule& rule_;
  const Document& document_;
  const RuleSurroundings& around_;
  std::vector<Plan> plans_;
};

/// Evenly spread, the same ones each time.
std::vector<Plan> at_most(std::vector<Plan> plans, std::size_t most) {
  if (plans.size() <= most) return plans;
  std::vector<Plan> taken;
  taken.reserve(most);
  for (std::size_t index = 0; index < most; ++index) {
    taken.push_back(std::move(plans[index * plans.size() / most]));
  }
  return taken;
}

}  // namespace

Checked<std::vector<MutantCounts>> for_each_mutant(std::span<const std::string> what,
                                                   const LoadOptions& options,
                                                   const std::function<void(const Mutant&)>& use) {
  std::vector<MutantCounts> counts;
  const auto visit = [&](const Rule& rule, const Document& document,
                         const RuleSurroundings& around) {
    MutantCounts of_rule;
    of_rule.rule = rule.id;
    std::vector<Plan> plans = Planner(rule, document, around).all();
    of_rule.left_out = plans.size() - std::min(plans.size(), most_mutants);
    for (Plan& plan : at_most(std::move(plans), most_mutants)) {
      const ReplacedText replaced{plan.scalar, rules_detail::edited(*plan.text, plan.edits)};
      RuleSurroundings changed = around;
      changed.replaced = &replaced;
      Diagnostics ignored;
      std::optional<Rule> mutated = RuleReader(document, changed).read(ignored);
      if (!mutated) {
        ++of_rule.refused;
        continue;
      }
      ++of_rule.made;
      std::vector<Rule> alone;
      alone.push_back(*std::move(mutated));
      use({rule.id, std::move(plan.where), rule.file, document.source().position(plan.at.offset),
           std::move(plan.written), std::move(plan.instead),
           rules_detail::make_rules(std::move(alone), {}, around.schema)});
    }
    counts.push_back(std::move(of_rule));
  };
  const Checked<Rules> rules = rules_detail::load_rules(what, options, visit);
  if (!rules) return rules.diagnostics();
  std::sort(counts.begin(), counts.end(),
            [](const MutantCounts& a, const MutantCounts& b) { return a.rule < b.rule; });
  return {std::move(counts), rules.diagnostics()};
}

}  // namespace eraudit
