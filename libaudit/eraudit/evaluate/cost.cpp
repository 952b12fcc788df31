#include "eraudit/evaluate/cost.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>

#include "eraudit/core/utf8.hpp"
#include "eraudit/evaluate/detail/judge.hpp"
#include "eraudit/expression/cost.hpp"
#include "eraudit/pattern/cost.hpp"

namespace eraudit {
namespace {

/// A part that takes so much of the whole is the one to look at.
constexpr double most_of_it = 0.5;
constexpr std::size_t text_shown = 60;

class RuleCosting {
 public:
  RuleCosting(const Rule& rule, const evaluate_detail::BoundRule& bound, NetworkSizes& sizes,
              const CostOptions& options)
      : rule_(rule), bound_(bound), sizes_(sizes), options_(options) {}

  RuleCost result() {
    RuleCost cost;
    for (const KindId kind : rule_.kinds) cost.subjects += sizes_.network().nodes(kind).size();
    once(bound_.at);
    once(bound_.when);
    Expected rows = Expected::of(1);
    if (bound_.match) {
      if (options_.patterns) {
        const PatternCost search = cost_of(*bound_.match);
        take(search.steps, search.heaviest);
        rows = search.rows;
      }
      // What a row binds is set, and each row is written down.
      const double variables = static_cast<double>(bound_.match->pattern().variables().size());
      set_pattern_variables();
      take(rows * (2 + 16 * variables));
    }
    times_ = rows;
    for (std::size_t index = 0; index < bound_.lets.size(); ++index) let(index);
    once(bound_.condition);
    once(bound_.severity);
    if (rule_.severity_table) {
      take(rows * static_cast<double>(rule_.tables[rule_.severity_table->table]->rows().size()));
    }
    cost.typical = all_.typical;
    cost.most = all_.most;
    cost.heaviest = heaviest_;
    cost.run = all_.typical * static_cast<double>(cost.subjects);
    show_dearest(cost);
    return cost;
  }

 private:
  void take(const Expected& steps, double heaviest) {
    all_ += steps;
    heaviest_ += heaviest;
  }
  void take(const Expected& steps) { take(steps, steps.most); }

  PatternCost cost_of(const BoundPattern& pattern) {
    return expected_cost(pattern, variables_, sizes_, options_.limits);
  }

  void once(const std::optional<BoundProgram>& program) {
    if (program) static_cast<void>(add(*program));
  }

  ValueSize add(const BoundProgram& program) {
    ExpressionCost cost = expected_cost(program, variables_, sizes_, options_.limits);
    take(cost.steps * times_);
    for (CostlyPart& part : cost.parts) {
      part.steps *= times_.most;
      parts_.push_back(std::move(part));
    }
    return std::move(cost.result);
  }

  void set(Slot slot, ValueSize size) {
    if (variables_.size() <= slot) variables_.resize(slot + 1);
    variables_[slot] = std::move(size);
  }

  void let(std::size_t index) {
    const Let& entry = rule_.lets[index];
    const evaluate_detail::BoundLet& ready = bound_.lets[index];
    if (ready.program) {
      set(entry.slot, add(*ready.program));
    } else if (options_.patterns) {
      const PatternCost search = cost_of(*ready.pattern);
      take(search.steps * times_, search.heaviest * times_.most);
    }
  }

  /// The edges of a repeated step are a list, and so are those of a path.
  void set_pattern_variables() {
    const Pattern& pattern = bound_.match->pattern();
    const double longest = longest_row(pattern);
    for (const PatternVariable& variable : pattern.variables()) {
      if (variable.role != PatternRole::group && variable.role != PatternRole::path) continue;
      ValueSize size;
      size.items = {std::min(2.0, longest), longest + 1};  // a path has one more node
      if (variable.role == PatternRole::path) {
        ValueSize record;
        record.element = std::make_shared<ValueSize>(size);
        size = record;
      }
      set(variable.slot, size);
    }
  }

  void show_dearest(RuleCost& cost) const {
    const CostlyPart* dearest = nullptr;
    for (const CostlyPart& part : parts_) {
      const bool much = part.steps >= most_of_it * cost.most && part.steps > 0;
      // Of those within each other the innermost.
      if (much && (dearest == nullptr || part.lengths.size() >= dearest->lengths.size())) {
        dearest = &part;
      }
    }
    if (dearest == nullptr) {
      cost.file = rule_.file;
      cost.position = rule_.position;
      return;
    }
    const ExpressionText& text = dearest->program->text;
    cost.file = text.source == nullptr ? rule_.file : text.source->name();
    if (text.source != nullptr) {
      cost.position = text.source->position(locate(text, dearest->span).offset);
    }
    const auto written =
        std::string_view(text.text).substr(dearest->span.offset, dearest->span.length);
    cost.text = detail::first_bytes(written, text_shown);
    if (written.size() > text_shown) cost.text += "…";
    std::replace(cost.text.begin(), cost.text.end(), '\n', ' ');
    cost.lengths = dearest->lengths;
    cost.part = dearest->steps;
  }

  const Rule& rule_;
  const evaluate_detail::BoundRule& bound_;
  NetworkSizes& sizes_;
  const CostOptions& options_;
  std::vector<ValueSize> variables_;
  Expected all_;
  double heaviest_ = 0;
  Expected times_ = Expected::of(1);  ///< for each subject, or for each row
  std::vector<CostlyPart> parts_;
};

std::string about_lengths(const std::vector<double>& lengths) {
  if (lengths.empty()) return "needs ";
  std::string text = lengths.size() == 1 ? "goes through a list of up to "
                                         : fmt::format("nests {} lists of up to ", lengths.size());
  for (std::size_t at = 0; at < lengths.size(); ++at) {
    if (at > 0) text += at + 1 == lengths.size() ? " and " : ", ";
    text += rough_text(lengths[at]);
  }
  return text + " entries: ";
}

}  // namespace

std::string rough_text(double steps) {
  if (!std::isfinite(steps)) return "more than can be counted";
  if (steps >= 1e6) {
    std::string text = fmt::format("{:.0e}", steps);  // 6e+10
    text.erase(text.find('+'), text[text.find('+') + 1] == '0' ? 2 : 1);
    return text;
  }
  std::string digits = fmt::format("{:.0f}", steps);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::vector<RuleCost> expected_costs(const Network& network, const Rules& rules,
                                     const CostOptions& options) {
  NetworkSizes sizes(network);
  std::vector<RuleCost> all;
  for (const Rule& rule : rules.all()) {
    const auto bound = evaluate_detail::bind_rule(rule, *rules.schema(), network);
    RuleCost cost = RuleCosting(rule, bound, sizes, options).result();
    cost.rule = static_cast<std::uint32_t>(all.size());
    all.push_back(std::move(cost));
  }
  return all;
}

Diagnostics cost_warnings(const Rules& rules, std::span<const RuleCost> costs,
                          const Limits& limits) {
  Diagnostics found(limits.diagnostics_per_file, limits.diagnostics);
  for (const RuleCost& cost : costs) {
    const bool one = cost.heaviest > static_cast<double>(limits.fuel);
    const bool all = cost.run > static_cast<double>(limits.rule_fuel);
    if (!one && !all) continue;
    const Rule& rule = rules.all()[cost.rule];
    Diagnostic warning;
    warning.level = DiagnosticLevel::warning;
    warning.id = "rule-cost";
    warning.file = cost.file;
    warning.position = cost.position;
    warning.message =
        one ? fmt::format("rule '{}' {}about {} steps for the dearest subject, of {} (fuel)",
                          rule.id, about_lengths(cost.lengths), rough_text(cost.heaviest),
                          rough_text(static_cast<double>(limits.fuel)))
            : fmt::format("rule '{}' {}about {} steps for {} subjects, of {} (rule_fuel)", rule.id,
                          about_lengths(cost.lengths), rough_text(cost.run),
                          rough_text(static_cast<double>(cost.subjects)),
                          rough_text(static_cast<double>(limits.rule_fuel)));
    warning.help =
        fmt::format("usually {} for one; where there are more than allowed the verdict is an error",
                    rough_text(cost.typical));
    if (!cost.text.empty()) warning.help += fmt::format("; look at `{}`", cost.text);
    found.add(std::move(warning));
  }
  return found;
}

}  // namespace eraudit
