#include "eraudit/network/detail/plain_column.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iterator>

#include "eraudit/network/countries.hpp"
#include "eraudit/network/detail/characters.hpp"

namespace eraudit::detail {
namespace {

constexpr std::int64_t whole_powers[] = {1, 10, 100, 1'000, 10'000};
constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                             1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr std::size_t most_digits = 15;  ///< of a whole number that a double holds exactly

struct Decimal {
  std::int64_t digits = 0;
  std::size_t decimals = 0;
  std::size_t length = 0;  ///< characters; 0: there is none
};

/// `12` or `12.75` at the front of `text`: no sign, a digit on both sides of the point.
[[gnu::always_inline]] inline Decimal leading_decimal(std::string_view text) noexcept {
  Decimal out;
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    for (; at < text.size() && is_digit(text[at]) && at <= most_digits; ++at) {
      out.digits = out.digits * 10 + (text[at] - '0');
    }
    return at - begin;
  };
  const std::size_t whole = digits();
  if (whole == 0) return {};
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    ++at;
    out.decimals = digits();
  }
  if (whole + out.decimals > most_digits) return {};
  out.length = at;
  return out;
}

constexpr std::uint32_t first_year = 1900;
constexpr std::uint32_t last_year = 2099;

/// The first day of every month of these years, and of the one after.
constexpr auto months = [] {
  using namespace std::chrono;
  std::array<std::int32_t, (last_year - first_year + 1) * 12 + 1> out{};
  for (std::uint32_t at = 0; at < out.size(); ++at) {
    const year_month_day first{year{static_cast<int>(first_year + at / 12)}, month{at % 12 + 1},
                               day{1}};
    out[at] = static_cast<std::int32_t>(sys_days{first}.time_since_epoch().count());
  }
  return out;
}();

bool printable_ascii(std::string_view text) noexcept {
  bool other = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    other |= byte < 0x20 || byte > 0x7E;
  }
  return !other;
}

bool capital(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

PlainColumn::PlainColumn(const Attribute& attribute, DraftColumn& column, NameTable& strings)
    : attribute_(&attribute), column_(&column), strings_(&strings) {}

bool PlainColumn::take(std::uint32_t row, std::string_view text, bool quoted) {
  if (!quoted && text == "null") return false;
  switch (attribute_->type) {
    case AttributeType::boolean:
      if (text != "true" && text != "false") return false;
      put_at(column_->bytes, row, static_cast<std::uint8_t>(text == "true"));
      return known(row);
    case AttributeType::integer:
      return take_integer(row, text);
    case AttributeType::number:
      return take_number(row, text);
    case AttributeType::text:
      return take_text(row, text);
    case AttributeType::enumeration:
    case AttributeType::enumeration_list:
      return take_enumeration(row, text);
    case AttributeType::date:
      return take_date(row, text);
    case AttributeType::money:
      return take_money(row, text);
    case AttributeType::text_list:
      return false;
  }
  return false;
}

bool PlainColumn::take_text(std::uint32_t row, std::string_view text) {
  switch (attribute_->format) {
    case TextFormat::any:
      break;
    case TextFormat::country:
    case TextFormat::place:
      return take_place(row, text);
    case TextFormat::language:
      return false;
  }
  if (!printable_ascii(text)) return false;
  if (last_code_ >= strings_->size() || strings_->at(last_code_) != text) {
    last_code_ = strings_->intern(text);
  }
  put_at(column_->codes, row, last_code_);
  return known(row);
}

bool PlainColumn::take_place(std::uint32_t row, std::string_view text) {
  if (text.size() != 2 || !capital(text[0]) || !capital(text[1])) return false;
  if (countries_.empty()) countries_.resize(26 * 26);
  std::uint32_t& code = countries_[static_cast<std::size_t>(text[0] - 'A') * 26 +
                                   static_cast<std::size_t>(text[1] - 'A')];
  if (code == 0) {
    if (!is_country(text)) return false;
    code = strings_->intern(text) + 1;
  }
  put_at(column_->codes, row, code - 1);
  return known(row);
}

bool PlainColumn::take_enumeration(std::uint32_t row, std::string_view text) {
  const auto& values = attribute_->values;
  if (last_code_ >= values.size() || values[last_code_].id != text) {
    const auto found = attribute_->find_value(text);
    if (!found) return false;
    last_code_ = *found;
  }
  if (attribute_->type == AttributeType::enumeration) {
    put_at(column_->codes, row, last_code_);
  } else {  // a list of one
    const auto first = static_cast<std::uint32_t>(column_->codes.size());
    column_->codes.push_back(last_code_);
    put_at(column_->lists, row, {first, 1});
  }
  return known(row);
}

bool PlainColumn::take_integer(std::uint32_t row, std::string_view text) {
  const Decimal number = leading_decimal(text);
  if (number.length != text.size() || number.length == 0 || number.decimals != 0) return false;
  put_at(column_->longs, row, number.digits);
  return known(row);
}

bool PlainColumn::take_number(std::uint32_t row, std::string_view text) {
  const Decimal number = leading_decimal(text);
  if (number.length != text.size() || number.length == 0) return false;
  // Both are exact, so that the quotient is the double nearest to what is written.
  put_at(column_->doubles, row, static_cast<double>(number.digits) / powers[number.decimals]);
  return known(row);
}

bool PlainColumn::take_date(std::uint32_t row, std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  bool other = false;
  const auto digit = [&](std::size_t at) {
    const auto value = static_cast<std::uint32_t>(text[at]) - '0';
    other |= value > 9;
    return value;
  };
  const std::uint32_t year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  const std::uint32_t month = digit(5) * 10 + digit(6) - 1;
  const std::uint32_t day = digit(8) * 10 + digit(9) - 1;
  if (other || year < first_year || year > last_year || month >= 12) return false;
  const std::size_t at = (year - first_year) * 12 + month;
  const std::int32_t first = months[at];
  if (day >= static_cast<std::uint32_t>(months[at + 1] - first)) return false;
  put_at(column_->days, row, first + static_cast<std::int32_t>(day));
  return known(row);
}

bool PlainColumn::know_unit(std::string_view unit) {
  if (unit.size() == unit_length_ && std::memcmp(unit.data(), unit_.data(), unit_length_) == 0) {
    return true;
  }
  if (unit.size() < 4 || unit.size() > unit_.size() || unit.front() != ' ') return false;
  if (unit.substr(4) != (attribute_->wage ? "/month" : "")) return false;
  const auto currency = Currency::from_code(unit.substr(1, 3));
  if (!currency || currency->exponent() >= static_cast<int>(std::size(whole_powers))) return false;
  currency_ = *currency;
  exponent_ = currency->exponent();
  std::copy(unit.begin(), unit.end(), unit_.begin());
  unit_length_ = unit.size();
  return true;
}

bool PlainColumn::take_money(std::uint32_t row, std::string_view text) {
  const Decimal number = leading_decimal(text);
  if (number.length == 0 || number.length == text.size()) return false;
  if (!know_unit(text.substr(number.length))) return false;
  const int finer = exponent_ - static_cast<int>(number.decimals);
  if (finer < 0) return false;
  const std::int64_t scale = whole_powers[finer];
  if (number.digits > money_limit / scale) return false;
  column_->store_money(row, number.digits * scale, currency_);
  return known(row);
}

}  // namespace eraudit::detail
