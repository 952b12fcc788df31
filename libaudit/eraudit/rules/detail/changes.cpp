#include "eraudit/rules/detail/changes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "eraudit/core/date.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::rules_detail {
namespace {

std::uint32_t end_of(Span span) {
  return span.offset + span.length;
}

/// What is tried in the place of a comparison: the other side of its boundary, then its opposite.
std::vector<std::string_view> others_of(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::less:
      return {"<=", ">"};
    case SyntaxKind::less_equal:
      return {"<", ">="};
    case SyntaxKind::greater:
      return {">=", "<"};
    case SyntaxKind::greater_equal:
      return {">", "<="};
    case SyntaxKind::equal:
      return {"!="};
    case SyntaxKind::not_equal:
      return {"=="};
    default:
      return {};
  }
}

/// `10000 NPR`: the number at its beginning, one more or less in its last digit.
std::optional<std::string> step_amount(std::string_view text, int by) {
  std::string digits;
  std::size_t decimals = 0;
  bool point = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      digits += c;
      if (point) ++decimals;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      break;
    }
  }
  const auto number = parse_integer(digits);
  if (!number || *number + by < 0) return std::nullopt;
  std::string stepped = std::to_string(*number + by);
  if (stepped.size() <= decimals) stepped.insert(0, decimals + 1 - stepped.size(), '0');
  if (decimals != 0) stepped.insert(stepped.size() - decimals, 1, '.');
  return stepped.append(text.substr(at));
}

/// One more or less; of a number with a fraction in the last digit that is written.
std::string step_number(std::string_view written, double value, int by) {
  constexpr double largest_whole = 1e15;
  if (value == std::trunc(value) && std::abs(value) < largest_whole) return to_text(value + by);
  const std::size_t point = written.find('.');
  const std::size_t last = written.find_first_of("eE");
  if (point == std::string_view::npos || last != std::string_view::npos) {
    return to_text(value * (by > 0 ? 1.5 : 0.5));
  }
  const auto decimals = static_cast<int>(written.size() - point - 1);
  return fmt::format("{:.{}f}", value + by * std::pow(10.0, -decimals), decimals);
}

class Changer {
 public:
  Changer(const ExpressionText& text, const SyntaxTree& tree, const Program* program,
          const Schema& schema)
      : text_(text.text), tree_(tree), program_(program), schema_(schema) {}

  std::vector<Change> all() {
    for (const SyntaxNode& node : tree_.nodes) change(node);
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.at.offset < b.at.offset; });
    return std::move(changes_);
  }

 private:
  void change(const SyntaxNode& node) {
    for (const std::string_view other : others_of(node.kind)) replace(node.at, other);
    switch (node.kind) {
      case SyntaxKind::and_:
      case SyntaxKind::or_:
        change_chain(node);
        break;
      case SyntaxKind::not_:
        changes_.push_back({node.at, "!", "", {{node.at, ""}}});
        break;
      case SyntaxKind::integer:
        for (const int by : {1, -1}) {
          std::int64_t stepped = 0;
          if (__builtin_add_overflow(node.integer, by, &stepped)) continue;
          replace(node.span, std::to_string(stepped));
        }
        break;
      case SyntaxKind::number:
        for (const int by : {1, -1}) {
          replace(node.span, step_number(written(node.span), node.number, by));
        }
        break;
      case SyntaxKind::member_call:
        if (node.text == "all") replace(node.at, "exists");
        if (node.text == "exists") replace(node.at, "all");
        break;
      case SyntaxKind::call:
        change_constructor(node);
        break;
      case SyntaxKind::equal:
      case SyntaxKind::not_equal:
        change_choice(tree_.child(node, 0), tree_.child(node, 1));
        change_choice(tree_.child(node, 1), tree_.child(node, 0));
        break;
      case SyntaxKind::in:
        change_choice(tree_.child(node, 0), tree_.child(node, 1));
        break;
      default:
        break;
    }
  }

  void replace(Span span, std::string_view instead) {
    const std::string_view before = written(span);
    if (before == instead) return;
    changes_.push_back(
        {span, std::string(before), std::string(instead), {{span, std::string(instead)}}});
  }

  /// The other junction, then each operand as if it did not stand there.
  void change_chain(const SyntaxNode& node) {
    const bool conjunction = node.is(SyntaxKind::and_);
    const std::string_view sign = conjunction ? "&&" : "||";
    const std::string_view other = conjunction ? "||" : "&&";
    Change flipped{node.at, std::string(sign), std::string(other), {}};
    for (std::uint32_t index = 0; index + 1 < node.children; ++index) {
      const std::uint32_t from = end_of(tree_.child(node, index).span);
      const auto at = find_sign(from, tree_.child(node, index + 1).span.offset, sign);
      if (at) flipped.edits.push_back({{*at, 2}, std::string(other)});
    }
    if (flipped.edits.size() + 1 == node.children) changes_.push_back(std::move(flipped));
    for (std::uint32_t index = 0; index < node.children; ++index) {
      const Span operand = tree_.child(node, index).span;
      // What it would be if it decided nothing: guards and brackets stay as they are.
      changes_.push_back({operand,
                          std::string(written(operand)),
                          "",
                          {{operand, conjunction ? "true" : "false"}}});
    }
  }

  /// Not in a comment.
  std::optional<std::uint32_t> find_sign(std::uint32_t from, std::uint32_t to,
                                         std::string_view sign) const {
    for (std::uint32_t at = from; at + 1 < to; ++at) {
      const std::string_view here = text_.substr(at, 2);
      if (here == sign) return at;
      if (here != "//") continue;
      while (at < to && text_[at] != '\n') ++at;
    }
    return std::nullopt;
  }

  /// `money('10000 NPR')`, `date('2026-01-01')`.
  void change_constructor(const SyntaxNode& node) {
    if (node.children != 1) return;
    const SyntaxNode& literal = tree_.child(node, 0);
    if (!literal.is(SyntaxKind::text)) return;
    for (const int by : {1, -1}) {
      std::optional<std::string> stepped;
      if (node.text == "money") stepped = step_amount(literal.text, by);
      if (node.text == "date") {
        const auto day = parse_date(literal.text);
        const auto other = day ? add_days(*day, by) : std::nullopt;
        if (other) stepped = to_text(*other);
      }
      if (stepped) replace(literal.span, "'" + *stepped + "'");
    }
  }

  /// Each text of `choice`, itself or in a list, becomes the next value of the enumeration that
  /// `of` is taken from.
  void change_choice(const SyntaxNode& of, const SyntaxNode& choice) {
    std::vector<const SyntaxNode*> literals;
    if (choice.is(SyntaxKind::text)) literals.push_back(&choice);
    if (choice.is(SyntaxKind::list)) {
      for (std::uint32_t index = 0; index < choice.children; ++index) {
        const SyntaxNode& item = tree_.child(choice, index);
        if (item.is(SyntaxKind::text)) literals.push_back(&item);
      }
    }
    if (literals.empty()) return;
    const std::vector<std::string_view> values = values_of(of);
    for (const SyntaxNode* literal : literals) {
      const auto here = std::find(values.begin(), values.end(), literal->text);
      if (here == values.end()) continue;
      for (std::size_t step = 1; step < values.size(); ++step) {
        const auto place = static_cast<std::size_t>(here - values.begin());
        const std::string_view next = values[(place + step) % values.size()];
        const bool there = std::any_of(literals.begin(), literals.end(),
                                       [&](const SyntaxNode* item) { return item->text == next; });
        if (there) continue;
        replace(literal->span, "'" + std::string(next) + "'");
        break;
      }
    }
  }

  std::vector<std::string_view> values_of(const SyntaxNode& node) const {
    if (program_ == nullptr) return {};
    const std::string_view name = written(node.span);
    for (const Operation& operation : program_->operations) {
      if (program_->text_of(operation) != name || !operation.type.is(TypeKind::text)) continue;
      std::vector<std::string_view> values = operation.type.values(&schema_);
      if (!values.empty()) return values;
    }
    return {};
  }

  std::string_view written(Span span) const { return text_.substr(span.offset, span.length); }

  std::string_view text_;
  const SyntaxTree& tree_;
  const Program* program_;
  const Schema& schema_;
  std::vector<Change> changes_;
};

}  // namespace

ExpressionText edited(const ExpressionText& text, std::span<const Edit> edits) {
  ExpressionText out;
  out.source = text.source;
  out.name = text.name;
  const auto place = [&](std::size_t byte) {
    return text.offsets.empty() ? static_cast<std::uint32_t>(byte) : text.offsets[byte];
  };
  std::size_t at = 0;
  const auto keep_until = [&](std::size_t end) {
    for (; at < end; ++at) {
      out.text += text.text[at];
      out.offsets.push_back(place(at));
    }
  };
  for (const Edit& edit : edits) {
    keep_until(edit.span.offset);
    out.text += edit.instead;
    out.offsets.insert(out.offsets.end(), edit.instead.size(), place(at));
    at += edit.span.length;
  }
  keep_until(text.text.size());
  out.offsets.push_back(place(at));
  return out;
}

std::vector<Change> changes_of(const ExpressionText& text, const Program* program,
                               const Schema& schema, const Limits& limits) {
  const auto tree = parse_expression(text, limits);
  if (!tree) return {};
  return Changer(text, *tree, program, schema).all();
}

}  // namespace eraudit::rules_detail
