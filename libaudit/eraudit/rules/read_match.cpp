// Graph patterns in rule files: `match`, and what hangs on its having rows.

#include <algorithm>
#include <utility>

#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/names.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"

namespace eraudit::rules_detail {
namespace {

template <class Use>
void for_each_condition(const PatternTree& tree, Use use) {
  for (const PatternPath& path : tree.paths) {
    for (const PatternElement& element : path.elements) {
      for (const PatternCondition& condition : element.conditions) use(element, condition.text);
    }
  }
}

}  // namespace

void RuleReader::collect_calls(const PatternTree& tree, std::set<std::string>& calls) const {
  for_each_condition(
      tree, [&](const PatternElement&, const ExpressionText& text) { collect_calls(text, calls); });
}

/// Indices into `names` of those that the pattern refers to.
std::vector<std::size_t> RuleReader::names_used(const PatternTree& tree,
                                                std::span<const std::string_view> names) const {
  std::set<std::size_t> used;
  for (const PatternPath& path : tree.paths) {
    for (std::size_t i = 0; i < path.elements.size(); i += 2) {
      const auto found = std::find(names.begin(), names.end(), path.elements[i].name.text);
      if (found != names.end()) used.insert(static_cast<std::size_t>(found - names.begin()));
    }
  }
  for_each_condition(tree, [&](const PatternElement&, const ExpressionText& text) {
    const auto condition = parse_expression(text, around_.limits);
    if (!condition) return;
    for (const std::size_t name : free_names(*condition, names)) used.insert(name);
  });
  return {used.begin(), used.end()};
}

/// Whether the rule's subject is a node of the pattern; says so if not. `start`: a node of it.
bool RuleReader::is_subject_of(const PatternTree& tree, Node scalar, std::string& start) {
  std::vector<std::string_view> nodes;
  std::string_view other;
  for (const PatternPath& path : tree.paths) {
    if (path.name.text == rule_.subject) other = "a path";
    for (std::size_t i = 0; i < path.elements.size(); ++i) {
      const std::string& name = path.elements[i].name.text;
      if (name.empty()) continue;
      if (i % 2 == 0) nodes.push_back(name);
      if (i % 2 == 1 && name == rule_.subject) other = "an edge";
    }
  }
  if (!nodes.empty()) start = std::string(nodes.front());
  if (std::find(nodes.begin(), nodes.end(), rule_.subject) != nodes.end()) {
    start = rule_.subject;
    return true;
  }
  std::string help = "give the node that is judged a name in the pattern: '(" + rule_.subject +
                     ":Cohort)', and write 'subject: " + rule_.subject + "'";
  if (!nodes.empty()) help = suggest(rule_.subject, nodes);
  reader_.error(scalar, "bad-subject",
                other.empty() ? "there is no node " + quoted(rule_.subject) + " in 'match'"
                              : quoted(rule_.subject) + " is " + std::string(other) +
                                    " of 'match', and only a node can be judged",
                std::move(help));
  return false;
}

void RuleReader::read_match(Node scalar, Node root) {
  const auto text = reader_.expression(scalar, "'match'", "a pattern");
  if (!text) return;
  const auto tree = parse_pattern(*text, around_.pattern_limits, around_.limits);
  const auto subject = root.find("subject");
  if (!subject) {
    std::string name = "c";
    if (tree) {
      for (const PatternPath& path : tree->paths) {
        if (!path.elements.empty() && !path.elements[0].name.empty()) {
          name = path.elements[0].name.text;
          break;
        }
      }
    }
    reader_.error(root, "missing-key",
                  "a rule with 'match' needs 'subject': which node of the pattern is judged",
                  "write for instance 'subject: " + name + "'");
  }
  if (!tree) {
    reader_.append(tree.diagnostics());
    return;
  }
  std::string start;
  bool usable = false;
  if (subject && !rule_.subject.empty()) {
    usable = is_subject_of(*tree, *subject, start);
  } else {
    for (const PatternPath& path : tree->paths) {
      for (std::size_t i = 0; i < path.elements.size() && start.empty(); i += 2) {
        start = path.elements[i].name.text;
      }
    }
  }
  std::set<std::string> calls;
  collect_calls(*tree, calls);
  // With the wrong subject the rest of the pattern is still looked at.
  if (start.empty() || calls_faulty(calls)) return;
  Environment trial = environment_;
  auto pattern = compile_match(*text, trial, start, around_.pattern_limits, around_.limits);
  reader_.append(pattern.diagnostics());
  if (!pattern || !usable) return;
  environment_ = std::move(trial);
  rule_.match = *std::move(pattern);
  rule_.kinds = rule_.match->start_kinds();
  rule_.subject_slot = rule_.match->variables()[rule_.match->start()].slot;
}

/// Says so if an expression that is asked once per subject reads what rows or `let` name.
bool RuleReader::reads_rows(const ExpressionText& text, std::string_view what) {
  const auto tree = parse_expression(text, around_.limits);
  if (!tree) return false;
  std::vector<std::string_view> names;
  for (const Environment::Variable& variable : environment_.variables()) {
    if (!variable.name.empty() && variable.name != rule_.subject) names.push_back(variable.name);
  }
  const auto used = free_names(*tree, names);
  for (const std::size_t index : used) {
    for (const SyntaxNode& node : tree->nodes) {
      if (node.kind != SyntaxKind::name || node.text != names[index]) continue;
      Diagnostics said;
      said.error(reader_.source(), locate(text, node.span), "rule-sees-subject-only",
                 std::string(what) + " sees the subject only, and " + quoted(names[index]) +
                     " is not the subject",
                 "it is asked before the pattern is read; what speaks of a row belongs into the "
                 "pattern (WHERE) or the condition");
      reader_.append(said);
      break;
    }
  }
  return !used.empty();
}

ProgramPtr RuleReader::compile_of_subject(Node scalar, std::string_view what, const Type& type) {
  if (rule_.match && scalar.is_scalar()) {
    if (reads_rows(reader_.expression(scalar, 0, scalar.text().size()), what)) {
      incomplete_ = true;
      return nullptr;
    }
  }
  // The same slots, but only the subject has a name, and nothing is assumed of it yet.
  Environment alone(environment_.schema());
  alone.require_guards = environment_.require_guards;
  for (const TablePtr& table : environment_.tables()) alone.add_table(table);
  const auto& variables = environment_.variables();
  for (Slot slot = 0; slot < variables.size(); ++slot) {
    if (rule_.match && slot == rule_.subject_slot) {
      alone.add_variable(rule_.subject, variables[slot].type);
    } else {
      static_cast<void>(alone.reserve(variables[slot].type));
    }
  }
  return compile_in(alone, scalar, what, type);
}

void RuleReader::collect_match_needs() {
  if (!rule_.match) return;
  std::set<Slot> slots;
  for (const ProgramPtr& program : {rule_.condition, rule_.severity_program}) {
    if (!program) continue;
    for (const Slot slot : program->variables()) slots.insert(slot);
  }
  add_lets_used(slots);
  const auto& variables = rule_.match->variables();
  for (std::uint32_t index = 0; index < variables.size(); ++index) {
    if (index != rule_.match->start() && slots.count(variables[index].slot) != 0) {
      rule_.match_needs.push_back(index);
    }
  }
}

}  // namespace eraudit::rules_detail
