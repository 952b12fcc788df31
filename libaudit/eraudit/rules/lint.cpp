#include "eraudit/rules/lint.hpp"

#include <algorithm>
#include <set>

#include "eraudit/rules/detail/lint.hpp"
#include "eraudit/rules/detail/rule_visitor.hpp"
#include "eraudit/rules/uses.hpp"

namespace eraudit {
namespace rules_detail {

std::vector<const Program*> programs_of_verdict(const Rule& rule) {
  std::vector<const Program*> programs;
  const auto add = [&](const ProgramPtr& program) {
    if (program) programs.push_back(program.get());
  };
  const auto add_pattern = [&](const PatternPtr& pattern) {
    if (!pattern) return;
    // The pattern keeps them.
    for (const ProgramPtr& program : pattern->conditions()) programs.push_back(program.get());
  };
  add_pattern(rule.match);
  add(rule.when);
  const std::set<Slot> used = lets_of_verdict(rule);
  for (const Let& let : rule.lets) {
    if (used.count(let.slot) == 0) continue;
    add(let.program);
    add_pattern(let.pattern);
  }
  add(rule.condition);
  return programs;
}

void warning_at(Diagnostics& found, const Program& program, std::uint32_t operation,
                std::string_view id, std::string message, std::string help) {
  const SourcePtr& source = program.text.source;
  if (!source) return;
  found.warning(*source, locate(program.text, program.operation(operation).span), id,
                std::move(message), std::move(help));
}

void append_untold(Diagnostics& all, const Diagnostics& found) {
  std::set<std::pair<std::string, std::uint32_t>> said;
  for (const Diagnostic& one : all.items()) {
    if (one.id == "cel-constant-condition" || one.id == "lint-dead-condition") {
      said.emplace(one.file, one.position.byte);
    }
  }
  for (const Diagnostic& one : found.items()) {
    const std::pair place(one.file, one.position.byte);
    if (one.id != "lint-dead-condition" || said.count(place) == 0) all.add(one);
  }
}

}  // namespace rules_detail

Diagnostics lint_rules(std::span<const std::string> what, const LoadOptions& options) {
  Diagnostics found(options.limits.diagnostics_per_file, options.limits.diagnostics);
  const auto visit = [&](const Rule&, const Document& document,
                         const rules_detail::RuleSurroundings&) {
    rules_detail::lint_wording(document, found);
    rules_detail::lint_languages(document, found);
  };
  const Checked<Rules> rules = rules_detail::load_rules(what, options, visit);
  if (!rules) return rules.diagnostics();
  const Schema& schema = *rules->schema();
  for (const Rule& rule : rules->all()) {
    rules_detail::lint_questions(rule, schema, found);
    rules_detail::lint_thresholds(rule, found);
    rules_detail::lint_dead_conditions(rule, schema, found);
  }
  rules_detail::lint_overlaps(*rules, found);
  Diagnostics all(options.limits.diagnostics_per_file, options.limits.diagnostics);
  all.append(rules.diagnostics());
  rules_detail::append_untold(all, found);
  all.sort_by_place();
  return all;
}

}  // namespace eraudit
