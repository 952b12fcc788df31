#include "eraudit/core/detail/money_problem.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "eraudit/core/detail/currency_table.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::detail {
namespace {

constexpr std::string_view form = "write a number, a blank and a currency code: `1500.50 MYR`";
constexpr std::string_view currency_form = "write an ISO 4217 code: `NPR`, `BDT`, `MYR`, `USD`";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// A blank of any width or nothing: its length in bytes.
std::size_t blank_at(std::string_view text) {
  for (const std::string_view blank :
       {" ", "\t", "\u00A0", "\u2009", "\u202F", "\u2007", "\r", "\n"}) {
    if (text.substr(0, blank.size()) == blank) return blank.size();
  }
  return 0;
}

std::string_view trim(std::string_view text) {
  while (const std::size_t size = blank_at(text)) text.remove_prefix(size);
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = blank_at(text.substr(at));
    at += size == 0 ? 1 : size;
    if (size == 0) end = at;
  }
  return text.substr(0, end);
}

std::size_t mark_at(std::string_view text, std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (text.substr(0, mark.size()) == mark) return mark.size();
  }
  return 0;
}

std::string quoted(std::string_view text) {
  return "'" + printable(text) + "'";
}

const CurrencyName* find_name(std::string_view text) {
  std::string name = lower(text);
  while (!name.empty() && name.back() == '.') name.pop_back();
  for (const CurrencyName& row : currency_names) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

const WithdrawnCurrency* find_withdrawn(std::string_view code) {
  for (const WithdrawnCurrency& row : withdrawn_currencies) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

/// `INR, NPR or PKR` from `INR NPR PKR`.
std::string listed(std::string_view codes) {
  std::string text;
  for (std::size_t at = 0; at < codes.size(); at += 4) {
    if (at != 0) text += at + 4 >= codes.size() ? " or " : ", ";
    text += codes.substr(at, 3);
  }
  return text;
}

/// A number as people write it: groups, decimal commas and all.
struct WrittenNumber {
  std::string_view text;  ///< from the first digit to the last
  std::string plain;      ///< as it should be written; empty if that cannot be told
  std::string other;      ///< a second reading
  bool grouped = false;   ///< has thousands separators
  bool comma = false;     ///< has a decimal comma
  bool negative = false;
  std::string_view tail;  ///< `/month`, if the amount is paid for a period
};

/// Whether `groups` are what thousands separators leave: 3 digits each, or 2 (lakh) and 3 at last.
bool are_groups(const std::vector<std::string>& groups) {
  if (groups.size() < 2 || groups.front().empty() || groups.front().size() > 3) return false;
  if (groups.back().size() != 3) return false;
  const std::size_t middle = groups.size() > 2 ? groups[1].size() : 3;
  if (middle != 3 && middle != 2) return false;
  for (std::size_t i = 1; i + 1 < groups.size(); ++i) {
    if (groups[i].size() != middle) return false;
  }
  return middle == 3 || groups.front().size() <= 2;
}

WrittenNumber read_number(std::string_view text) {
  WrittenNumber number;
  std::vector<std::string> parts(1);
  std::vector<char> marks;  // `,` `.` ` ` and `'` for any kind of apostrophe
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_digit(text[at])) {
      parts.back() += text[at++];
      continue;
    }
    std::size_t size = 1;
    char mark = 0;
    const std::string_view rest = text.substr(at);
    if (rest.substr(0, 2) == "..") break;
    if (rest[0] == ',' || rest[0] == '.' || rest[0] == '_') {
      mark = rest[0];
    } else if (const std::size_t blank = blank_at(rest)) {
      mark = ' ';
      size = blank;
    } else if (const std::size_t apostrophe = mark_at(rest, {"'", "\u2019"})) {
      mark = '\'';
      size = apostrophe;
    }
    if (mark == 0 || at + size >= text.size() || !is_digit(text[at + size])) break;
    at += size;
    if (mark != '_') {
      marks.push_back(mark);
      parts.emplace_back();
    }
  }
  number.text = text.substr(0, at);
  if (marks.empty()) {
    number.plain = parts[0];
    return number;
  }

  const bool last_differs = marks.size() > 1 && marks.back() != marks.front();
  const std::size_t grouping = last_differs ? marks.size() - 1 : marks.size();
  if (!std::all_of(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(grouping),
                   [&](char mark) { return mark == marks.front(); })) {
    return number;
  }
  std::string joined;
  for (std::size_t i = 0; i <= grouping; ++i) joined += parts[i];
  const bool groups =
      are_groups({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(grouping) + 1});
  if (last_differs) {
    if (!groups || (marks.back() != '.' && marks.back() != ',')) return number;
    number.grouped = true;
    number.plain = joined + "." + parts.back();
  } else if (marks.size() == 1 && marks[0] == '.') {
    number.plain = parts[0] + "." + parts[1];
    if (groups) number.other = joined;
  } else if (groups) {
    number.grouped = true;
    number.plain = joined;
    if (marks.size() == 1 && marks[0] == ',') number.other = parts[0] + "." + parts[1];
  } else if (marks.size() == 1 && marks[0] == ',') {
    number.comma = true;
    number.plain = parts[0] + "." + parts[1];
  }
  return number;
}

/// How `number` is written in the currency `code`.
std::string example(const WrittenNumber& number, std::string_view code) {
  return fmt::format("`{}{} {}{}`", number.negative ? "-" : "",
                     number.plain.empty() ? "1500" : number.plain, code, number.tail);
}

/// Its second reading.
std::string other_example(const WrittenNumber& number, std::string_view code) {
  return fmt::format("`{}{} {}{}`", number.negative ? "-" : "", number.other, code, number.tail);
}

std::string period_help(std::string_view text) {
  std::vector<std::string_view> names;
  for (int i = 1; i <= static_cast<int>(WagePeriod::year); ++i) {
    names.push_back(to_text(static_cast<WagePeriod>(i)));
  }
  return suggest(text, names);
}

/// What is wrong with the currency written as `symbol`; nothing if it is a code.
std::optional<MoneyProblem> explain_symbol(std::string_view symbol, const WrittenNumber& number) {
  if (Currency::from_code(symbol)) return std::nullopt;
  if (const CurrencyName* name = find_name(symbol)) {
    const std::string one = example(number, name->codes.substr(0, 3));
    if (name->codes.size() == 3) {
      return MoneyProblem{quoted(symbol) + " is no ISO 4217 currency code", "write " + one};
    }
    return MoneyProblem{quoted(symbol) + " may be " + listed(name->codes),
                        "write the code that is meant, for example " + one};
  }
  return explain_currency(symbol);
}

MoneyProblem explain_number(const WrittenNumber& number, Currency currency) {
  const std::string help = "write " + example(number, currency.code());
  if (number.plain.empty()) {
    return {quoted(number.text) + " is not a decimal number", std::string(form)};
  }
  const std::size_t point = number.plain.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : number.plain.size() - point - 1;
  const auto exponent = static_cast<std::size_t>(currency.exponent());
  if (number.grouped) {
    if (number.other.empty() || exponent != 3) {
      return {quoted(number.text) + " has thousands separators", help};
    }
    return {quoted(number.text) + " may have a thousands separator or a decimal comma",
            help + ", or " + other_example(number, currency.code())};
  }
  if (number.comma && decimals <= exponent) {
    return {quoted(number.text) + " has a decimal comma", help};
  }
  if (decimals > exponent) {
    const std::string allowed = exponent == 0 ? "none" : fmt::format("{}", exponent);
    std::string advice = exponent == 0 ? fmt::format("amounts in {} are whole", currency.code())
                                       : fmt::format("round to {} decimals", exponent);
    if (!number.other.empty()) {
      advice = fmt::format("if the point separates thousands, write {}; else {}",
                           other_example(number, currency.code()), advice);
    }
    return {fmt::format("'{}' has {} decimal{}, but {} has {}", number.text, decimals,
                        decimals == 1 ? "" : "s", currency.code(), allowed),
            advice};
  }
  if (!parse_money(fmt::format("{} {}", number.plain, currency.code()))) {
    return {"it is beyond the largest amount, " +
                to_text(Money{number.negative ? -money_limit : money_limit, currency}),
            "check the digits"};
  }
  return {"it is not a number, a blank and a currency code", help};
}

/// Takes a sign of any kind off either end.
bool take_sign(std::string_view& text) {
  for (const std::string_view sign : {"-", "\u2212", "\u2013"}) {
    if (text.size() < sign.size()) continue;
    if (text.substr(0, sign.size()) == sign) {
      text = trim(text.substr(sign.size()));
      return true;
    }
    if (text.substr(text.size() - sign.size()) == sign) {
      text = trim(text.substr(0, text.size() - sign.size()));
      return true;
    }
  }
  return false;
}

/// What stands before the first digit, its sign taken off, is wrong. `code` is the currency that
/// follows.
MoneyProblem explain_prefix(std::string_view prefix, const WrittenNumber& number,
                            std::string_view code) {
  if (prefix == "+") return {"it begins with '+'", "write " + example(number, code)};
  if (prefix == "." || prefix == ",") {
    WrittenNumber whole = number;
    whole.plain = "0." + std::string(number.text);
    return {"a digit is missing before the point", "write " + example(whole, code)};
  }
  if (auto problem = explain_symbol(prefix, number)) return *problem;
  return {"the currency stands before the number", "write " + example(number, prefix)};
}

/// What follows a number and the code of its currency is wrong.
MoneyProblem explain_suffix(std::string_view suffix, const WrittenNumber& number,
                            std::string_view code) {
  const std::string words = lower(suffix);
  for (const std::string_view per : {"per ", "a ", "each ", "every ", "por ", "par "}) {
    if (words.substr(0, per.size()) != per) continue;
    const std::string tail = "/" + std::string(trim(std::string_view(words).substr(per.size())));
    if (!parse_wage_period(tail.substr(1))) continue;
    WrittenNumber periodic = number;
    periodic.tail = tail;
    return {"a period is written with a slash", "write " + example(periodic, code)};
  }
  return {quoted(suffix) + " after the currency is not part of an amount",
          "write " + example(number, code)};
}

/// What stands in the place of a currency is a part of a number.
std::optional<MoneyProblem> explain_number_end(std::string_view symbol,
                                               const WrittenNumber& number) {
  const std::string word = lower(symbol);
  for (const std::string_view size :
       {"k", "thousand", "lakh", "lakhs", "lac", "crore", "crores", "million", "m", "mn"}) {
    if (word != size) continue;
    return MoneyProblem{quoted(symbol) + " is not part of an amount",
                        "write the number in full: `145000 NPR`"};
  }
  const bool exponent =
      word[0] == 'e' && word.size() > 1 && (is_digit(word[1]) || word[1] == '-' || word[1] == '+');
  if (!exponent && word[0] != '.' && word[0] != ',' && word[0] != '_') return std::nullopt;
  return MoneyProblem{
      fmt::format("'{}{}' is not a decimal number", number.text, printable(symbol)),
      exponent ? "write the number in full, without an exponent" : std::string(form)};
}

/// What is wrong with one amount; nothing if it is right. `code` is the currency of an amount that
/// names none: the first end of a range. `tail` is the period that follows it.
std::optional<MoneyProblem> explain_amount(std::string_view text, std::string_view code,
                                           std::string_view tail) {
  const auto first_digit =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_digit) - text.begin());
  if (first_digit == text.size())
    return MoneyProblem{"there is no number in it", std::string(form)};
  std::string_view before = trim(text.substr(0, first_digit));
  WrittenNumber number = read_number(text.substr(first_digit));
  number.tail = tail;
  while (take_sign(before)) number.negative = true;

  const std::string_view after = text.substr(first_digit + number.text.size());
  std::string_view rest = trim(after);
  if (const std::size_t dash = mark_at(rest, {"-", "\u2013", "\u2014"})) {
    const std::string_view end = trim(rest.substr(dash));
    if (!end.empty() && is_digit(end.front())) {
      return MoneyProblem{
          "a range is not written with a dash",
          fmt::format("write `{}{}..{}{}`", number.negative ? "-" : "",
                      number.plain.empty() ? number.text : number.plain, printable(end), tail)};
    }
  }
  std::size_t word_end = 0;
  while (word_end < rest.size() && blank_at(rest.substr(word_end)) == 0) ++word_end;
  std::string_view symbol = rest.substr(0, word_end);
  rest = trim(rest.substr(word_end));

  if (!before.empty()) {
    if (Currency::from_code(symbol)) code = symbol;
    return explain_prefix(before, number, code.empty() ? "NPR" : code);
  }
  if (symbol.empty() && code.empty()) {
    return MoneyProblem{"it names no currency",
                        "write its ISO 4217 code after the number: " + example(number, "NPR")};
  }
  std::string complete(text);
  if (symbol.empty()) {
    symbol = code;
    complete.append(1, ' ').append(code);
  }
  if (auto problem = explain_number_end(symbol, number)) return problem;
  if (auto problem = explain_symbol(symbol, number)) return problem;
  if (!rest.empty()) return explain_suffix(rest, number, symbol);
  if (parse_money(complete)) return std::nullopt;
  if (!after.empty() && is_letter(after.front())) {
    return MoneyProblem{"a blank is missing between the number and the currency",
                        "write " + example(number, symbol)};
  }
  return explain_number(number, *Currency::from_code(symbol));
}

/// The code an amount ends with, if it does.
std::string_view final_code(std::string_view text) {
  text = trim(text);
  if (text.size() < 3) return {};
  const std::string_view code = text.substr(text.size() - 3);
  return Currency::from_code(code) ? code : std::string_view();
}

}  // namespace

bool withdrawn_currency(std::string_view code) {
  return find_withdrawn(code) != nullptr;
}

MoneyProblem explain_currency(std::string_view code) {
  if (code == "XXX" || code == "XTS") {
    return {quoted(code) + " names no currency", std::string(currency_form)};
  }
  if (const WithdrawnCurrency* withdrawn = find_withdrawn(code)) {
    return {fmt::format("'{}' is no longer an ISO 4217 currency code", code),
            fmt::format("convert to {}, which replaced it", withdrawn->successor)};
  }
  const std::string message = quoted(code) + " is no ISO 4217 currency code";
  if (const CurrencyName* name = find_name(code)) return {message, "write " + listed(name->codes)};
  std::vector<std::string_view> codes;
  codes.reserve(currency_table.size());
  for (const CurrencyRow& row : currency_table) codes.push_back(row.code);
  if (const auto nearest = nearest_name(code, codes)) {
    return {message, fmt::format("did you mean '{}'?", *nearest)};
  }
  return {message, std::string(currency_form)};
}

MoneyProblem explain_money(std::string_view text) {
  std::string_view left = trim(text);
  if (left.empty()) return {"it is empty", std::string(form)};
  // Longer than any amount; what follows looks at the text several times.
  if (left.size() > 200) return {"it is too long for an amount", std::string(form)};
  if (find_bad_utf8(left)) return {"it is not UTF-8 text", std::string(form)};

  std::string tail;
  if (const std::size_t slash = left.rfind('/'); slash != std::string_view::npos) {
    const std::string_view period = trim(left.substr(slash + 1));
    if (!parse_wage_period(period)) {
      if (period == "-" || period == "=") {
        return {"'/" + std::string(period) + "' after the number is not part of an amount",
                std::string(form)};
      }
      return {quoted(period) + " is no wage period", period_help(period)};
    }
    tail = "/" + std::string(period);
    left = trim(left.substr(0, slash));
  }

  const std::size_t dots = left.find("..");
  if (dots == std::string_view::npos) {
    if (auto problem = explain_amount(left, {}, tail)) return *problem;
    return {"it is not a number, a blank and a currency code", std::string(form)};
  }
  std::string_view low = trim(left.substr(0, dots));
  const std::string_view high = trim(left.substr(dots + 2));
  if (low.empty() || high.empty()) {
    return {"a range has two ends", "write both: `900..1400 USD`"};
  }
  if (const std::string named = fmt::format("{}..{} NPR{}", low, high, tail); parse_money(named)) {
    return {"it names no currency", "write its ISO 4217 code after the numbers: `" + named + "`"};
  }
  if (auto problem = explain_amount(high, {}, tail)) return *problem;
  const std::string_view code = final_code(high);
  if (const std::size_t slash = low.rfind('/'); slash != std::string_view::npos) {
    const std::string_view period = trim(low.substr(slash + 1));
    if (!parse_wage_period(period)) {
      return {quoted(period) + " is no wage period", period_help(period)};
    }
    if ("/" + std::string(period) != tail) {
      return {"the ends of the range are paid for different periods",
              "write the period once, at the end: `900..1400 USD/month`"};
    }
    low = trim(low.substr(0, slash));
  }
  const std::string_view low_code = final_code(low);
  if (auto problem = explain_amount(low, low_code.empty() ? code : std::string_view(), "")) {
    return *problem;
  }
  if (!low_code.empty() && low_code != code) {
    return {fmt::format("the ends of the range are in {} and {}", low_code, code),
            "a range has one currency"};
  }
  const auto first =
      parse_money(low_code.empty() ? fmt::format("{} {}", low, code) : std::string(low));
  const auto second = parse_money(high);
  if (first && second && first->low.minor > second->low.minor) {
    return {"the range ends below where it begins",
            "write the lower end first: `" +
                to_text(MoneyText{
                    second->low, first->low,
                    tail.empty() ? WagePeriod::none : *parse_wage_period(tail.substr(1))}) +
                "`"};
  }
  return {"it is not a range of money", "write `900..1400 USD`"};
}

}  // namespace eraudit::detail
