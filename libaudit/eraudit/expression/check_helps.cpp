// What is said about calls beyond their types: units, literals, and what to write instead.

#include <algorithm>
#include <re2/re2.h>
#include <utility>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/names.hpp"
#include "eraudit/network/countries.hpp"

namespace eraudit::detail {
namespace {

constexpr std::size_t listed_overloads = 4;

}  // namespace

/// What is known about the values of an arithmetic result.
Type Checker::annotate(const SyntaxNode& node, const Type& result,
                       std::span<const Typed> operands) {
  Type bare = types_.resolve(result);
  if (!bare.is_numeric() && !bare.is(TypeKind::money)) return bare;
  // The only numbers that two dates make.
  if (node.is(SyntaxKind::subtract) && types_.shallow(operands[0].type).is(TypeKind::date)) {
    return Type(bare.kind()).with_unit("days", false);
  }
  const Type a = types_.shallow(operands[0].type);
  if (node.is(SyntaxKind::negate)) return Type(bare.kind()).with_unit(a.unit(), false);
  const Type b = types_.shallow(operands[1].type);
  const bool both = a.non_negative() && b.non_negative();
  switch (node.kind) {
    case SyntaxKind::add:
    case SyntaxKind::subtract:
      if (checked()) warn_units(node, a, b);
      return Type(bare.kind())
          .with_unit(a.unit().empty() ? b.unit() : a.unit(), both && node.is(SyntaxKind::add));
    case SyntaxKind::multiply: {
      const std::string_view unit =
          a.unit().empty() ? b.unit() : (b.unit().empty() ? a.unit() : std::string_view());
      return Type(bare.kind()).with_unit(unit, both);
    }
    case SyntaxKind::divide:
      return Type(bare.kind()).with_unit(b.unit().empty() ? a.unit() : std::string_view(), both);
    case SyntaxKind::remainder:
      return Type(bare.kind()).with_unit(a.unit(), a.non_negative());
    default:
      return bare;
  }
}

Type Checker::annotate_fold(std::string_view method, const Type& result, const Typed& list) const {
  const Type type = types_.shallow(list.type);
  if (!type.is(TypeKind::list)) return result;
  Type element = types_.shallow(type.element());
  if (element.kind() != result.kind()) return result;
  if (method == "min" || method == "max") return element;
  if (method == "sum") return Type(result.kind()).with_unit(element.unit(), element.non_negative());
  return result;
}

void Checker::warn_units(const SyntaxNode& node, const Type& a, const Type& b) {
  if (a.unit().empty() || b.unit().empty() || a.unit() == b.unit()) return;
  warning(node.span, "cel-unlike-units",
          "'" + written(child(node, 0)) + "' is in " + std::string(a.unit()) + ", '" +
              written(child(node, 1)) + "' in " + std::string(b.unit()));
}

std::string Checker::help_operator(const SyntaxNode& node, const Type& a, const Type& b) const {
  const auto either = [&](TypeKind kind) { return a.is(kind) || b.is(kind); };
  const bool sum = node.is(SyntaxKind::add) || node.is(SyntaxKind::subtract);
  if (node.is(SyntaxKind::negate)) {
    if (a.is(TypeKind::boolean)) return "write `!`";
    return {};
  }
  if (a.is_numeric() && b.is_numeric()) {
    if (a.kind() == b.kind()) return {};
    // The literal is the one to change.
    for (std::uint32_t i = 0; i < 2; ++i) {
      const SyntaxNode& operand = child(node, i);
      const bool other_is_double = (i == 0 ? b : a).is(TypeKind::number);
      if (operand.is(SyntaxKind::integer) && other_is_double) {
        return "CEL does not mix int and double: write `" + written(operand) + ".0`";
      }
    }
    const std::uint32_t integer = a.is(TypeKind::number) ? 1 : 0;
    if (either(TypeKind::number)) {
      return "CEL does not mix int and double: write `double(" + written(child(node, integer)) +
             ")`";
    }
    return "CEL does not mix int and uint: write `int(...)` or `uint(...)`";
  }
  if (either(TypeKind::money)) {
    if (sum && (a.is_numeric() || b.is_numeric())) {
      return "an amount has a currency: `money('12.50 USD')`";
    }
    if (node.is(SyntaxKind::multiply) && a.is(TypeKind::money) && b.is(TypeKind::money)) {
      return "an amount is multiplied by a number";
    }
    if (node.is(SyntaxKind::divide) && b.is(TypeKind::money)) {
      return "an amount by an amount is a number; a number cannot be divided by an amount";
    }
  }
  if (either(TypeKind::date)) {
    if (a.is_numeric() || b.is_numeric()) {
      const std::uint32_t number = a.is_numeric() ? 0 : 1;
      return "write `days(" + written(child(node, number)) + ")`, or `add_months(date, n)`";
    }
    if (a.is(TypeKind::date) && b.is(TypeKind::date)) {
      return "`date - date` is the number of days between them";
    }
    if (either(TypeKind::text)) return "write `date('2026-01-01')`";
  }
  if (node.is(SyntaxKind::add) && either(TypeKind::text)) {
    const std::uint32_t other = a.is(TypeKind::text) ? 1 : 0;
    return "write `string(" + written(child(node, other)) + ")`";
  }
  if (either(TypeKind::list) && node.is(SyntaxKind::add)) {
    return "two lists are joined: `list + [item]`";
  }
  if (a.is(TypeKind::list) || b.is(TypeKind::list)) {
    return "of each element: `list.map(x, ...)`; of all: `.sum()`, `.min()`, `.max()`";
  }
  return {};
}

std::string Checker::help_arguments(std::span<const Overload> overloads, bool method,
                                    std::string_view name) const {
  std::string out;
  std::size_t shown = 0;
  std::size_t all = 0;
  for (const Overload& one : overloads) {
    if (one.method != method) continue;
    if (++all > listed_overloads) continue;
    ++shown;
    if (!out.empty()) out += ", ";
    out += "`" + (method ? one.text : std::string(name) + one.text) + "`";
  }
  if (out.empty()) return {};
  if (all > shown) out += " and " + std::to_string(all - shown) + " more";
  return "there is " + out;
}

/// Literals that a function can never accept, found now and at their place.
void Checker::check_constant_argument(std::string_view function, const Typed& argument,
                                      const SyntaxNode& node) {
  if (!checked()) return;
  const Value* const value = builder_.constant_of(argument.id);
  if (value == nullptr || !value->is(ValueKind::text)) return;
  const std::string_view text = value->as_text();
  if (function == "date") {
    if (parse_date(text)) return;
    std::string help = "a date is written '2026-03-01'";
    if (parse_date_window(text)) help = "a literal date is one day: '2026-03-01'";
    error(node.span, "cel-literal", "'" + std::string(text) + "' is no date", std::move(help));
  } else if (function == "money") {
    MoneyProblem problem;
    if (parse_money(text, &problem)) return;
    error(node.span, "cel-literal",
          "'" + std::string(text) + "' is no amount of money: " + problem.message, problem.help);
  } else if (function == "country") {
    if (country_code(text)) return;
    error(node.span, "cel-literal", "'" + std::string(text) + "' is no country that is known here",
          country_help(text));
  } else if (function == "matches") {
    check_pattern(text, node);
  }
}

void Checker::check_pattern(std::string_view pattern, const SyntaxNode& node) {
  if (pattern.size() > limits_.regex_pattern_bytes) {
    error(node.span, "cel-limit",
          "this pattern is longer than " + std::to_string(limits_.regex_pattern_bytes) + " bytes");
    return;
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(limits_.regex_memory_bytes);
  const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled.ok()) return;
  // The part at fault, if it stands in the source as it is in the pattern.
  const std::string& part = compiled.error_arg();
  const std::size_t at = pattern.find(part);
  const Span span =
      at == std::string_view::npos ? node.span : part_of(node, pattern, at, part.size());
  error(span, "cel-literal", "this is no pattern: " + compiled.error(),
        "patterns are those of RE2: no look-around, no back-references");
}

}  // namespace eraudit::detail
