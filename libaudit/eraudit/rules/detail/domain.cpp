#include "eraudit/rules/detail/domain.hpp"

#include <algorithm>

#include "eraudit/core/money.hpp"
#include "eraudit/expression/builtin.hpp"

namespace eraudit::rules_detail {
namespace {

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// A number that a part stands for.
struct Constant {
  double value = 0;
  std::string currency;
};

std::optional<Constant> constant_of(const Rule& rule, Part part) {
  part = definition_of(rule, part);
  const Operation& operation = part.get();
  if (operation.op == Op::constant) {
    const Value& value = part.program->constants[operation.payload];
    if (value.is(ValueKind::integer)) return Constant{static_cast<double>(value.integer), {}};
    if (value.is(ValueKind::number)) return Constant{value.number, {}};
    if (value.is(ValueKind::date)) return Constant{static_cast<double>(value.as_date().days), {}};
    return std::nullopt;
  }
  const bool amount = operation.op == Op::call && builtins()[operation.payload].name == "money" &&
                      operation.children == 1;
  if (!amount) return std::nullopt;
  const Part text = part.child(0);
  if (text.get().op != Op::constant) return std::nullopt;
  const Value& written = text.program->constants[text.get().payload];
  if (!written.is(ValueKind::text)) return std::nullopt;
  const auto money = parse_money(written.as_text());
  if (!money || money->low != money->high) return std::nullopt;
  return Constant{static_cast<double>(money->low.minor),
                  std::string(money->low.currency.code()).append(to_text(money->period))};
}

/// A text, or with `list` the texts of a list.
std::optional<std::vector<std::string>> texts_of(const Rule& rule, Part part, bool list) {
  part = definition_of(rule, part);
  if (part.get().op != Op::constant) return std::nullopt;
  const Value& value = part.program->constants[part.get().payload];
  if (!list && value.is(ValueKind::text)) {
    return std::vector<std::string>{std::string(value.as_text())};
  }
  if (!list || !value.is(ValueKind::list)) return std::nullopt;
  std::vector<std::string> texts;
  for (const Value& item : value.list->items) {
    if (!item.is(ValueKind::text)) return std::nullopt;
    texts.emplace_back(item.as_text());
  }
  return texts;
}

/// Of `x SIGN value`.
void set_numbers(Atom& atom, std::string_view sign, double value, bool whole) {
  Numbers below;  // x < value
  below.high = value;
  below.high_open = true;
  Numbers from;  // x >= value
  from.low = value;
  Numbers up_to;  // x <= value
  up_to.high = value;
  Numbers above;  // x > value
  above.low = value;
  above.low_open = true;
  if (whole) {
    // Between two neighbours there is nothing.
    below = Numbers{};
    below.high = value - 1;
    above = Numbers{};
    above.low = value + 1;
  }
  if (sign == "_<_") atom.numbers = below, atom.others = from;
  if (sign == "_<=_") atom.numbers = up_to, atom.others = above;
  if (sign == "_>_") atom.numbers = above, atom.others = up_to;
  if (sign == "_>=_") atom.numbers = from, atom.others = below;
  Numbers point;
  point.low = point.high = value;
  if (sign == "_==_") atom.numbers = point;
  if (sign == "_!=_") atom.others = point;
}

std::string_view mirrored(std::string_view sign) {
  if (sign == "_<_") return "_>_";
  if (sign == "_<=_") return "_>=_";
  if (sign == "_>_") return "_<_";
  if (sign == "_>=_") return "_<=_";
  return sign;
}

/// A number that stands in the file as it is: no other can be meant between two of them.
bool is_whole(const Type& type) {
  return type.is(TypeKind::integer) || type.is(TypeKind::date);
}

void compare(const Rule& rule, Part part, Atom& atom) {
  const std::string_view sign = builtins()[part.get().payload].name;
  for (std::uint32_t side = 0; side < 2; ++side) {
    const Part other = part.child(1 - side);
    const Part constant = part.child(side);
    if (sign == "_==_" || sign == "_!=_" || (sign == "_in_" && side == 1)) {
      if (auto texts = texts_of(rule, constant, sign == "_in_")) {
        atom.about = definition_of(rule, other);
        atom.texts = std::move(texts);
        atom.negated = sign == "_!=_";
        return;
      }
    }
    const auto number = constant_of(rule, constant);
    if (!number || sign == "_in_") continue;
    const Part about = definition_of(rule, other);
    const bool is_money = about.get().type.is(TypeKind::money);
    if (is_money && number->currency.empty() && number->value != 0) continue;
    const double fraction =
        number->value -
        static_cast<double>(static_cast<std::int64_t>(std::clamp(number->value, -9e15, 9e15)));
    atom.about = about;
    atom.currency = number->currency;
    set_numbers(atom, side == 1 ? sign : mirrored(sign), number->value,
                is_whole(about.get().type) && fraction == 0);
    return;
  }
}

}  // namespace

bool Numbers::within(const Numbers& other) const noexcept {
  const bool low_fits = low > other.low || (low == other.low && (low_open || !other.low_open));
  const bool high_fits =
      high < other.high || (high == other.high && (high_open || !other.high_open));
  return low_fits && high_fits;
}

Numbers Numbers::meet(const Numbers& other) const noexcept {
  Numbers out = *this;
  if (other.low > out.low || (other.low == out.low && other.low_open)) {
    out.low = other.low;
    out.low_open = other.low_open;
  }
  if (other.high < out.high || (other.high == out.high && other.high_open)) {
    out.high = other.high;
    out.high_open = other.high_open;
  }
  return out;
}

std::optional<Atom> atom_of(const Rule& rule, Part part) {
  part = definition_of(rule, part);
  switch (part.get().op) {
    case Op::and_:
    case Op::or_:
    case Op::not_:
    case Op::conditional:
    case Op::constant:
      return std::nullopt;
    default:
      break;
  }
  Atom atom;
  atom.about = part;
  if (part.get().op == Op::call && part.get().children == 2) {
    constexpr std::string_view signs[] = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_in_"};
    const std::string_view name = builtins()[part.get().payload].name;
    if (std::find(std::begin(signs), std::end(signs), name) != std::end(signs)) {
      compare(rule, part, atom);
    }
  }
  return atom;
}

Domain::Domain(const Type& type, const Schema& schema) {
  if (type.is(TypeKind::text)) {
    const std::vector<std::string_view> values = type.values(&schema);
    if (!values.empty()) among_.emplace(values.begin(), values.end());
  }
  if (type.non_negative()) numbers_.low = 0;
}

std::optional<bool> Domain::decides(const Atom& atom) const {
  if (atom.texts) {
    std::optional<bool> member;
    if (among_) {
      const auto count = static_cast<std::size_t>(
          std::count_if(among_->begin(), among_->end(),
                        [&](const std::string& text) { return has(*atom.texts, text); }));
      if (count == 0) member = false;
      if (count == among_->size() && count != 0) member = true;
    } else if (std::all_of(atom.texts->begin(), atom.texts->end(),
                           [&](const std::string& text) { return has(not_among_, text); })) {
      member = false;
    }
    if (member) return *member != atom.negated;
    return std::nullopt;
  }
  if (atom.numbers || atom.others) {
    const bool other_money = currency_ && !atom.currency.empty() && *currency_ != atom.currency;
    // Only zero is the same in all currencies.
    if (other_money) return std::nullopt;
    if (atom.numbers && numbers_.meet(*atom.numbers).empty()) return false;
    if (atom.others && numbers_.meet(*atom.others).empty()) return true;
    if (atom.numbers && numbers_.within(*atom.numbers)) return true;
    if (atom.others && numbers_.within(*atom.others)) return false;
    return std::nullopt;
  }
  return truth_;
}

void Domain::assume(const Atom& atom, bool holds) {
  if (atom.texts) {
    const bool member = holds != atom.negated;
    if (among_) {
      std::erase_if(*among_,
                    [&](const std::string& text) { return has(*atom.texts, text) != member; });
    } else if (member) {
      among_ = *atom.texts;
      std::erase_if(*among_, [&](const std::string& text) { return has(not_among_, text); });
    } else {
      not_among_.insert(not_among_.end(), atom.texts->begin(), atom.texts->end());
    }
    return;
  }
  if (atom.numbers || atom.others) {
    if (!atom.currency.empty()) {
      if (currency_ && *currency_ != atom.currency) return;
      currency_ = atom.currency;
    }
    const auto& known = holds ? atom.numbers : atom.others;
    if (known) numbers_ = numbers_.meet(*known);
    return;
  }
  truth_ = holds;
}

}  // namespace eraudit::rules_detail
