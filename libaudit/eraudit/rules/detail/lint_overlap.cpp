// Rules that find the same.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "eraudit/rules/detail/condition_key.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/lint.hpp"

namespace eraudit::rules_detail {
namespace {

/// What two rules must have in common to be compared: indicator and pattern.
using Group = std::pair<std::string, std::string>;

struct Outline {
  const Rule* rule = nullptr;
  std::string when;
  std::string condition;  ///< as if written under `fail_if`
  std::vector<std::string> operands;
  std::vector<std::string> reads;  ///< sorted
};

Outline outline(const Rule& rule) {
  Outline out;
  out.rule = &rule;
  ConditionKeys keys(rule);
  if (rule.when) out.when = keys.of({rule.when.get(), rule.when->root});
  const Part condition{rule.condition.get(), rule.condition->root};
  out.condition = keys.of(condition);
  if (!rule.fails_if_true) {
    out.condition = out.condition.starts_with('!') ? out.condition.substr(1) : "!" + out.condition;
  }
  for (const std::string& key : keys.of_operands(condition)) {
    out.operands.push_back((rule.fails_if_true ? "fails " : "passes ") + key);
  }
  out.reads = rule.reads;
  std::sort(out.reads.begin(), out.reads.end());
  return out;
}

bool share_an_operand(const Outline& a, const Outline& b) {
  return std::any_of(a.operands.begin(), a.operands.end(), [&](const std::string& key) {
    return std::binary_search(b.operands.begin(), b.operands.end(), key);
  });
}

/// One of the two may be about fewer subjects; two that are about different ones are two rules.
bool same_subjects(const Outline& a, const Outline& b) {
  const auto& kinds = b.rule->kinds;
  const bool meet = std::any_of(a.rule->kinds.begin(), a.rule->kinds.end(), [&](KindId kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  });
  if (!meet) return false;
  return a.when == b.when || a.when.empty() || b.when.empty();
}

std::string place(const Rule& rule) {
  return rule.file + ":" + std::to_string(rule.position.line);
}

}  // namespace

void lint_overlaps(const Rules& rules, Diagnostics& found) {
  std::map<Group, std::vector<Outline>> groups;
  for (const Rule& rule : rules.all()) {
    const std::string pattern = rule.match ? rule.match->text().text : std::string();
    groups[{rule.indicator, pattern}].push_back(outline(rule));
  }
  for (const auto& [group, members] : groups) {
    for (std::size_t second = 1; second < members.size(); ++second) {
      for (std::size_t first = 0; first < second; ++first) {
        const Outline& a = members[first];
        const Outline& b = members[second];
        if (!same_subjects(a, b)) continue;
        const bool same = a.condition == b.condition;
        const bool close = !a.reads.empty() && a.reads == b.reads && share_an_operand(a, b);
        if (!same && !close) continue;
        warning_at(
            found, *b.rule->condition, b.rule->condition->root, "lint-overlap",
            same ? "rule " + quoted(a.rule->id) + " at " + place(*a.rule) +
                       " asks the same of the same subjects"
                 : "rule " + quoted(a.rule->id) + " at " + place(*a.rule) +
                       " reads the same facts, and one of its conditions is one of these",
            "one finding told twice looks like two: make one rule of them, or say in 'when' whom "
            "each is about");
        break;  // the first of them says it all
      }
    }
  }
}

}  // namespace eraudit::rules_detail
