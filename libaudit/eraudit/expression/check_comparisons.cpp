// Comparisons and membership.

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/checker.hpp"
#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {
bool ordered(TypeKind kind) {
  switch (kind) {
    case TypeKind::null:
    case TypeKind::type:
    case TypeKind::list:
    case TypeKind::map:
    case TypeKind::node:
    case TypeKind::edge:
    case TypeKind::record:
    case TypeKind::opaque:
      return false;
    default:
      return true;
  }
}

namespace {

bool ordering(SyntaxKind kind) {
  return kind != SyntaxKind::equal && kind != SyntaxKind::not_equal;
}

bool literal_zero(const Value* value) {
  return value != nullptr && ((value->is(ValueKind::integer) && value->integer == 0) ||
                              (value->is(ValueKind::number) && value->number == 0));
}

/// `<` for `>`: the comparison with its sides swapped.
SyntaxKind mirrored(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::less:
      return SyntaxKind::greater;
    case SyntaxKind::less_equal:
      return SyntaxKind::greater_equal;
    case SyntaxKind::greater:
      return SyntaxKind::less;
    case SyntaxKind::greater_equal:
      return SyntaxKind::less_equal;
    default:
      return kind;
  }
}

}  // namespace

bool Checker::comparable(const Type& a, const Type& b) {
  const Type left = types_.shallow(a);
  const Type right = types_.shallow(b);
  if (environment_.mixed_comparison && left.is_numeric() && right.is_numeric()) return true;
  if (left.is(TypeKind::list) && right.is(TypeKind::list)) {
    return comparable(left.element(), right.element());
  }
  if (left.is(TypeKind::map) && right.is(TypeKind::map)) {
    return comparable(left.element(), right.element()) && comparable(left.mapped(), right.mapped());
  }
  const std::size_t mark = types_.mark();
  if (types_.assignable(left, right)) return true;
  types_.undo(mark);
  return false;
}

Typed Checker::check_comparison(const SyntaxNode& node) {
  std::vector<Typed> operands = check_arguments(node, 0);
  const Type a = type_of(operands[0]);
  const Type b = type_of(operands[1]);
  if (checked()) {
    const bool amount_and_zero =
        (a.is(TypeKind::money) && literal_zero(builder_.constant_of(operands[1].id))) ||
        (b.is(TypeKind::money) && literal_zero(builder_.constant_of(operands[0].id)));
    if (!amount_and_zero && !comparable(a, b)) {
      report_comparison(node, types_.resolve(a), types_.resolve(b));
    } else if (ordering(node.kind) && (!ordered(a.kind()) || !ordered(b.kind()))) {
      const Type& odd = ordered(a.kind()) ? b : a;
      const std::string what = words(types_.resolve(odd));
      error(node.span, "cel-type",
            "'" + std::string(operator_sign(node.kind)) + "' asks for an order, and " + what +
                " has none",
            odd.is(TypeKind::list) ? "compare their sizes: `.size()`" : "");
    } else {
      check_values(a, child(node, 1), operands[0].id);
      check_values(b, child(node, 0), operands[1].id);
      warn_units(node, a, b);
      warn_sign(node, operands);
      warn_disjoint(node, a, b);
      warn_same(node, operands);
      if (!ordering(node.kind)) {
        warn_fraction(a, child(node, 1));
        warn_fraction(b, child(node, 0));
      }
    }
  }
  const auto builtin = find_builtin(operator_name(node.kind));
  if (!builtin) {
    return wrong(node, node.at, "cel-unsupported",
                 "'" + std::string(operator_sign(node.kind)) + "' is not available");
  }
  return make(Op::call, *builtin, operands, TypeKind::boolean, node);
}

Typed Checker::check_membership(const SyntaxNode& node) {
  std::vector<Typed> operands = check_arguments(node, 0);
  const SyntaxNode& item_node = child(node, 0);
  const SyntaxNode& list_node = child(node, 1);
  const Type item = type_of(operands[0]);
  const Type list = type_of(operands[1]);
  if (checked()) {
    if (list.is(TypeKind::list) || list.is(TypeKind::map)) {
      if (!comparable(list.element(), item)) {
        const Type element = types_.resolve(list.element());
        std::string help = help_comparison(node, types_.resolve(item), element);
        error(node.span, "cel-type",
              "'" + written(item_node) + "' is " + words(types_.resolve(item)) +
                  ", but is looked for in " + words(types_.resolve(list)),
              std::move(help));
      } else {
        check_values(item, list_node, operands[0].id);
        check_values(list.element(), item_node, operands[1].id);
        warn_disjoint(node, item, types_.shallow(list.element()));
        if (list_node.is(SyntaxKind::list)) {
          for (std::uint32_t i = 0; i < list_node.children; ++i) {
            warn_fraction(item, child(list_node, i));
          }
        }
      }
    } else if (!list.is_dyn() && !list.is(TypeKind::variable)) {
      std::string help;
      if (list.is(TypeKind::text) && item.is(TypeKind::text)) {
        help = "for parts of a text: `" + written(list_node) + ".contains(" + written(item_node) +
               ")`; for one of several values: `x in ['a', 'b']`";
      } else if (list.is(TypeKind::node)) {
        help = "compare nodes with `==`, or name one of their lists";
      }
      error(list_node.span, "cel-type",
            "'in' looks into a list or a map; this is " + words(types_.resolve(list)),
            std::move(help));
    }
  }
  const auto builtin = find_builtin(operator_name(node.kind));
  if (!builtin) return wrong(node, node.at, "cel-unsupported", "'in' is not available");
  return make(Op::call, *builtin, operands, TypeKind::boolean, node);
}

void Checker::report_comparison(const SyntaxNode& node, const Type& a, const Type& b) {
  const bool left_literal = is_literal(child(node, 0));
  // The literal is what was compared with, on whichever side it stands.
  const SyntaxNode& subject = child(node, left_literal ? 1 : 0);
  error(node.span, "cel-type",
        "'" + written(subject) + "' is " + words(left_literal ? b : a) + ", but is compared with " +
            words(left_literal ? a : b),
        help_comparison(node, a, b));
}

std::string Checker::help_comparison(const SyntaxNode& node, const Type& a, const Type& b) const {
  const auto either = [&](TypeKind kind) { return a.is(kind) || b.is(kind); };
  const auto other_of = [&](TypeKind kind) -> std::uint32_t { return a.is(kind) ? 1 : 0; };
  const std::string sign(operator_sign(node.kind));
  const bool negated = node.is(SyntaxKind::not_equal);
  if (either(TypeKind::null)) {
    const SyntaxNode& subject = child(node, other_of(TypeKind::null));
    if (!subject.is(SyntaxKind::select))
      return "to ask whether something exists, write `has(x.field)`";
    return "to ask whether it exists, write `" + std::string(negated ? "" : "!") + "has(" +
           written(subject) + ")`";
  }
  if (is_optional(a) != is_optional(b)) {
    return "say what holds without a value: `" + written(child(node, is_optional(a) ? 0 : 1)) +
           ".orValue(...)`";
  }
  if (either(TypeKind::money)) {
    const SyntaxNode& other = child(node, other_of(TypeKind::money));
    const SyntaxNode& amount = child(node, 1 - other_of(TypeKind::money));
    const Type& other_type = a.is(TypeKind::money) ? b : a;
    if (other.is(SyntaxKind::text) && parse_money(other.text)) {
      return "write `money('" + std::string(other.text) + "')`";
    }
    if (other_type.is_numeric()) {
      return "an amount has a currency: `money('" +
             (other.is(SyntaxKind::integer) || other.is(SyntaxKind::number) ? written(other)
                                                                            : "12.50") +
             " USD')`; only 0 needs none";
    }
    return "to ask whether there is any amount, write `" + written(amount) +
           " > 0`; an amount is written `money('12.50 USD')`";
  }
  if (either(TypeKind::date)) {
    const SyntaxNode& other = child(node, other_of(TypeKind::date));
    const Type& other_type = a.is(TypeKind::date) ? b : a;
    const std::string text = other.is(SyntaxKind::text) ? std::string(other.text) : written(other);
    if (parse_date(text)) return "write `date('" + text + "')`";
    if (other_type.is_numeric()) {
      return "a date is written `date('2026-01-01')`; `a - b` is the number of days between two "
             "dates";
    }
    if (other_type.is(TypeKind::timestamp)) {
      return "dates have no time of day: write `date('2026-01-01')`";
    }
    return "write `date('2026-01-01')`";
  }
  if (either(TypeKind::boolean)) {
    const SyntaxNode& subject = child(node, 1 - other_of(TypeKind::boolean));
    return "it is true or false by itself: write `" + written(subject) + "` or `!" +
           written(subject) + "`";
  }
  if (either(TypeKind::node) && either(TypeKind::text)) {
    return "compare its id: `" + written(child(node, 1 - other_of(TypeKind::node))) + ".id " +
           sign + " '...'`";
  }
  if (a.is_numeric() && b.is_numeric()) return "write `double(...)` or `int(...)`";
  if (either(TypeKind::text)) {
    const SyntaxNode& text = child(node, 1 - other_of(TypeKind::text));
    const SyntaxNode& other = child(node, other_of(TypeKind::text));
    if (text.is(SyntaxKind::text) && (a.is_numeric() || b.is_numeric()) &&
        parse_number(text.text)) {
      return "a number stands without quotes: " + std::string(text.text);
    }
    if (other.is(SyntaxKind::integer) || other.is(SyntaxKind::number)) {
      return "text stands in quotes: '" + written(other) + "'";
    }
  }
  if (either(TypeKind::list) && !node.is(SyntaxKind::in)) {
    const std::uint32_t other = other_of(TypeKind::list);
    return "to look into a list, write `" + written(child(node, other)) + " in " +
           written(child(node, 1 - other)) + "`";
  }
  return {};
}

/// `c.workers >= 0`: never negative is what the schema says already.
void Checker::warn_sign(const SyntaxNode& node, std::span<const Typed> operands) {
  for (std::size_t literal = 0; literal < 2; ++literal) {
    const Value* const value = builder_.constant_of(operands[literal].id);
    const Typed& other = operands[1 - literal];
    if (value == nullptr || builder_.constant_of(other.id) != nullptr) continue;
    if (!type_of(other).non_negative()) continue;
    double number = 0;
    if (value->is(ValueKind::integer)) {
      number = static_cast<double>(value->integer);
    } else if (value->is(ValueKind::number)) {
      number = value->number;
    } else {
      continue;
    }
    const SyntaxKind kind = literal == 1 ? node.kind : mirrored(node.kind);
    const bool never = (number < 0 && (kind == SyntaxKind::less || kind == SyntaxKind::less_equal ||
                                       kind == SyntaxKind::equal)) ||
                       (number == 0 && kind == SyntaxKind::less);
    const bool always =
        (number < 0 && !never) || (number == 0 && kind == SyntaxKind::greater_equal);
    if (!never && !always) continue;
    warning(node.span, "cel-constant-condition",
            std::string(never ? "this can never be true: '" : "this is always true: '") +
                written(child(node, literal == 1 ? 0 : 1)) + "' is never negative");
    return;
  }
}

/// `c.workers == 3.5`
void Checker::warn_fraction(const Type& type, const SyntaxNode& literal) {
  if (!type.is(TypeKind::integer) && !type.is(TypeKind::uinteger)) return;
  if (!literal.is(SyntaxKind::number) || std::floor(literal.number) == literal.number) return;
  warning(literal.span, "cel-constant-condition", "a whole number is never " + written(literal));
}

/// `c.origin == c.origin`
void Checker::warn_same(const SyntaxNode& node, std::span<const Typed> operands) {
  if (operands[0].id != operands[1].id || builder_.constant_of(operands[0].id) != nullptr) return;
  warning(node.span, "cel-constant-condition",
          "both sides are '" + written(child(node, 0)) + "', which says nothing about it",
          "one of the two is a slip");
}

/// Two enumerations, or names of kinds, that have no value in common.
void Checker::warn_disjoint(const SyntaxNode& node, const Type& a, const Type& b) {
  if (!a.is(TypeKind::text) || !b.is(TypeKind::text)) return;
  const std::vector<std::string_view> left = a.values(schema());
  const std::vector<std::string_view> right = b.values(schema());
  if (left.empty() || right.empty()) return;
  const bool common = std::any_of(left.begin(), left.end(), [&](std::string_view value) {
    return std::find(right.begin(), right.end(), value) != right.end();
  });
  if (common) return;
  warning(node.span, "cel-constant-condition",
          std::string(node.is(SyntaxKind::not_equal) ? "this is always true"
                                                     : "this can never be true") +
              ": the two sides have no value in common");
}

}  // namespace eraudit::detail
