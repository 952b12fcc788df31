#include "eraudit/rules/mutants.hpp"

#include <algorithm>
#include <map>
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

  /// The conditions in it. They were checked one by one, `{key: value}` as `name.key == (value)`;
  /// changed is the text of the pattern, where what was added for the checker does not stand.
  void add_pattern(const std::string& where, Node scalar, const Pattern* pattern) {
    if (pattern == nullptr) return;
    const ExpressionText& text = pattern->text();
    std::map<std::uint32_t, std::uint32_t> places;  // of bytes of the file in the pattern
    for (std::uint32_t at = 0; at < text.text.size(); ++at) {
      places.emplace(locate(text, {at, 1}).offset, at);
    }
    for (const ProgramPtr& program : pattern->conditions()) {
      const ExpressionText& condition = program->text;
      for (Change& change :
           rules_detail::changes_of(condition, program.get(), *around_.schema, around_.limits)) {
        const Span at = locate(condition, change.at);
        const auto in_pattern = [&](Edit& edit) {
          const std::string_view written =
              std::string_view(condition.text).substr(edit.span.offset, edit.span.length);
          const auto place = places.find(locate(condition, {edit.span.offset, 1}).offset);
          if (place == places.end()) return false;
          edit.span.offset = place->second;
          return text.text.compare(place->second, written.size(), written) == 0;
        };
        if (!std::all_of(change.edits.begin(), change.edits.end(), in_pattern)) continue;
        plans_.push_back({where, scalar.span(), at, std::move(change.written),
                          std::move(change.instead), &text, std::move(change.edits)});
      }
    }
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
