#include "eraudit/import/detail/amount_forms.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <vector>

#include "eraudit/core/money.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

/// Signs and words for currencies, folded, and which they may mean.
struct CurrencySign {
  std::string_view sign;
  std::string_view codes;  ///< several, with blanks between: it does not say which
};
constexpr CurrencySign signs[] = {
    {"rs", "INR LKR MUR NPR PKR SCR"},
    {"rs.", "INR LKR MUR NPR PKR SCR"},
    {"₨", "INR LKR MUR NPR PKR SCR"},
    {"rupees", "INR LKR MUR NPR PKR SCR"},
    {"रु", "INR NPR"},
    {"रु.", "INR NPR"},
    {"रू", "INR NPR"},
    {"रू.", "INR NPR"},
    {"$",
     "AUD BBD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD LRD MXN NAD NZD SBD SGD TTD TWD USD UYU "
     "XCD"},
    {"£", "EGP FKP GBP GIP LBP SHP SSP SYP"},
    {"¥", "CNY JPY"},
    {"kr", "DKK ISK NOK SEK"},
    {"kr.", "DKK ISK NOK SEK"},
    {"dh", "AED MAD"},
    {"dhs", "AED MAD"},
    {"dirham", "AED MAD"},
    {"sr", "SAR SCR"},
    {"riyal", "OMR QAR SAR YER"},
    {"rial", "IRR OMR QAR YER"},
    {"dinar", "BHD DZD IQD JOD KWD LYD RSD TND"},
    {"k", "MMK MWK PGK ZMW"},
    {"ks", "KES MMK"},
    {"peso", "ARS CLP COP CUP DOP MXN PHP UYU"},
    {"fr", "BIF CHF DJF GNF KMF RWF XAF XOF XPF"},
    {"sh", "KES SOS TZS UGX"},
    {"us$", "USD"},
    {"a$", "AUD"},
    {"c$", "CAD"},
    {"hk$", "HKD"},
    {"nt$", "TWD"},
    {"s$", "SGD"},
    {"nz$", "NZD"},
    {"mx$", "MXN"},
    {"r$", "BRL"},
    {"€", "EUR"},
    {"₹", "INR"},
    {"৳", "BDT"},
    {"tk", "BDT"},
    {"tk.", "BDT"},
    {"taka", "BDT"},
    {"฿", "THB"},
    {"baht", "THB"},
    {"บาท", "THB"},
    {"rm", "MYR"},
    {"ringgit", "MYR"},
    {"rp", "IDR"},
    {"rp.", "IDR"},
    {"₱", "PHP"},
    {"₫", "VND"},
    {"₩", "KRW"},
    {"₪", "ILS"},
    {"₺", "TRY"},
    {"₦", "NGN"},
    {"₵", "GHS"},
    {"₴", "UAH"},
    {"៛", "KHR"},
    {"₭", "LAK"},
    {"nrs", "NPR"},
    {"nrs.", "NPR"},
    {"nr", "NPR"},
    {"slrs", "LKR"},
    {"pkrs", "PKR"},
    {"ksh", "KES"},
    {"q", "GTQ"},
    {"qr", "QAR"},
    {"kd", "KWD"},
    {"jd", "JOD"},
    {"bd", "BHD"},
    {"ro", "OMR"},
};

struct Multiple {
  std::string_view word;
  int zeros;
};
/// Words for large numbers, folded.
constexpr Multiple multiples[] = {
    {"lakh", 5},  {"lakhs", 5},  {"lac", 5},     {"lacs", 5}, {"लाख", 5},
    {"crore", 7}, {"crores", 7}, {"cr", 7},      {"करोड", 7}, {"thousand", 3},
    {"hajar", 3}, {"हजार", 3},   {"million", 6}, {"mn", 6},   {"billion", 9},
};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

struct StyleSigns {
  std::string_view group;
  char decimal;
};
StyleSigns signs_of(NumberStyle style) noexcept {
  switch (style) {
    case NumberStyle::comma:
      return {".", ','};
    case NumberStyle::space:
      return {" ", ','};
    case NumberStyle::apostrophe:
      return {"'", '.'};
    default:
      return {",", '.'};
  }
}

std::string_view in_words(NumberStyle style) noexcept {
  switch (style) {
    case NumberStyle::point:
      return "1,234.56";
    case NumberStyle::comma:
      return "1.234,56";
    case NumberStyle::space:
      return "1 234,56";
    case NumberStyle::apostrophe:
      return "1'234.56";
    case NumberStyle::indian:
      return "1,23,456.78";
  }
  return {};
}

/// Digits of a number without its separators, and where the point stands; nothing if the groups
/// are not those of the style: `1,05,000` is no number in thousands.
struct Digits {
  std::string whole;
  std::string decimals;
};
std::optional<Digits> digits_of(std::string_view text, NumberStyle style) {
  const StyleSigns marks = signs_of(style);
  Digits out;
  std::vector<std::size_t> groups;
  std::size_t at = 0;
  std::size_t group = 0;
  for (; at < text.size() && text[at] != marks.decimal; ++at) {
    if (is_digit(text[at])) {
      out.whole += text[at];
      ++group;
    } else if (text.substr(at).starts_with(marks.group) && group > 0) {
      groups.push_back(group);
      group = 0;
    } else {
      return std::nullopt;
    }
  }
  if (!groups.empty()) {
    if (group != 3) return std::nullopt;
    const std::size_t wanted = style == NumberStyle::indian ? 2 : 3;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (i == 0 ? groups[i] > wanted : groups[i] != wanted) return std::nullopt;
    }
  }
  if (at < text.size()) {
    for (++at; at < text.size(); ++at) {
      if (!is_digit(text[at])) return std::nullopt;
      out.decimals += text[at];
    }
    if (out.decimals.empty()) return std::nullopt;
  }
  if (out.whole.empty() || out.whole.size() + out.decimals.size() > 30) return std::nullopt;
  return out;
}

std::string times_ten(Digits digits, int zeros) {
  for (; zeros > 0; --zeros) {
    digits.whole += digits.decimals.empty() ? '0' : digits.decimals.front();
    if (!digits.decimals.empty()) digits.decimals.erase(0, 1);
  }
  digits.whole.erase(0, std::min(digits.whole.find_first_not_of('0'), digits.whole.size() - 1));
  while (digits.decimals.ends_with('0')) digits.decimals.pop_back();
  return digits.decimals.empty() ? digits.whole : digits.whole + "." + digits.decimals;
}

/// What stands in a cell beside the figures.
struct Pieces {
  std::vector<std::string> words;  ///< folded
  std::string low;
  std::string high;
  bool negative = false;
};

std::string without_spaces_of_style(std::string_view text, NumberStyle style) {
  std::string out(text);
  for (const std::string_view wide : {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"}) {
    for (std::size_t at = out.find(wide); at != std::string::npos; at = out.find(wide, at)) {
      out.replace(at, wide.size(), " ");
    }
  }
  for (const std::string_view quote : {"\xE2\x80\x99"}) {
    for (std::size_t at = out.find(quote); at != std::string::npos; at = out.find(quote, at)) {
      out.replace(at, quote.size(), style == NumberStyle::apostrophe ? "'" : " ");
    }
  }
  return out;
}

/// A number with its separators at the front of `text`; a blank belongs to it only between digits.
std::string_view take_number(std::string_view text, NumberStyle style) noexcept {
  const StyleSigns marks = signs_of(style);
  std::size_t end = 0;
  while (end < text.size()) {
    const char c = text[end];
    const bool separates = c == marks.decimal || marks.group.front() == c || c == '.' || c == ',';
    const bool more = end + 1 < text.size() && is_digit(text[end + 1]);
    if (!is_digit(c) && !(separates && more)) break;
    ++end;
  }
  return text.substr(0, end);
}

bool split_pieces(std::string_view text, NumberStyle style, Pieces& out) {
  bool range = false;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (is_digit(text.front())) {
      const std::string_view number = take_number(text, style);
      std::string& place = out.low.empty() ? out.low : out.high;
      if (!place.empty() || (&place == &out.high && !range)) return false;
      place = number;
      text.remove_prefix(number.size());
      if (text.starts_with("/-")) text.remove_prefix(2);
      continue;
    }
    const bool dash = text.starts_with("-") || text.starts_with("\xE2\x80\x93");
    if (dash || text.starts_with("..")) {
      if (out.low.empty()) {
        if (!text.starts_with("-")) return false;
        out.negative = true;
      } else {
        if (range) return false;
        range = true;
      }
      text.remove_prefix(text.starts_with("\xE2\x80\x93") ? 3 : text.starts_with("..") ? 2 : 1);
      continue;
    }
    std::size_t end = 0;
    while (end < text.size() && text[end] != ' ' && text[end] != '-' && !is_digit(text[end])) ++end;
    std::string word = folded(text.substr(0, end));
    text.remove_prefix(end);
    if (word == "to" && !out.low.empty() && !range) {
      range = true;
    } else {
      out.words.push_back(std::move(word));
    }
  }
  return !out.low.empty() && range == !out.high.empty();
}

FormOutcome fault(std::string message, std::string help = {}) {
  FormOutcome out;
  out.error = std::move(message);
  out.help = std::move(help);
  return out;
}

std::string with_commas(std::string_view codes) {
  std::string out;
  for (const char c : codes) {
    if (c == ' ') {
      out += ", ";
    } else {
      out += c;
    }
  }
  return out;
}

/// What a word says of the currency; empty codes if nothing.
std::string_view codes_of(std::string_view word) {
  const auto found = std::find_if(std::begin(signs), std::end(signs),
                                  [&](const CurrencySign& one) { return one.sign == word; });
  return found == std::end(signs) ? std::string_view() : found->codes;
}

bool lists(std::string_view codes, std::string_view code) noexcept {
  for (std::size_t at = 0; at + 3 <= codes.size(); at += 4) {
    if (codes.substr(at, 3) == code) return true;
  }
  return false;
}

}  // namespace

std::optional<NumberStyle> number_style(std::string_view text) noexcept {
  struct Named {
    std::string_view name;
    NumberStyle style;
  };
  constexpr Named styles[] = {
      {"point", NumberStyle::point},           {"1,234.56", NumberStyle::point},
      {"1,234,567.89", NumberStyle::point},    {"comma", NumberStyle::comma},
      {"1.234,56", NumberStyle::comma},        {"1.234.567,89", NumberStyle::comma},
      {"space", NumberStyle::space},           {"1 234,56", NumberStyle::space},
      {"apostrophe", NumberStyle::apostrophe}, {"1'234.56", NumberStyle::apostrophe},
      {"indian", NumberStyle::indian},         {"1,23,456.78", NumberStyle::indian},
      {"1,05,000", NumberStyle::indian},
  };
  const auto found = std::find_if(std::begin(styles), std::end(styles),
                                  [&](const Named& one) { return one.name == text; });
  if (found == std::end(styles)) return std::nullopt;
  return found->style;
}

FormOutcome read_amount(std::string_view written, const AmountForm& form) {
  const std::string text = without_spaces_of_style(ascii_digits(trimmed(written)), form.style);
  Pieces pieces;
  if (!split_pieces(text, form.style, pieces)) {
    return fault(
        fmt::format("{} is no {}", in_quotes(written), form.money ? "amount of money" : "number"));
  }
  int zeros = 0;
  std::string code = form.currency;
  bool says_currency = false;
  for (const std::string& word : pieces.words) {
    const auto multiple = std::find_if(std::begin(multiples), std::end(multiples),
                                       [&](const Multiple& one) { return one.word == word; });
    if (multiple != std::end(multiples)) {
      zeros += multiple->zeros;
      continue;
    }
    if (!form.money) {
      return fault(
          fmt::format("{} is no number: {} stands in it", in_quotes(written), in_quotes(word)));
    }
    std::string_view codes = codes_of(word);
    std::string capitals = word;
    for (char& c : capitals) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (codes.empty() && Currency::from_code(capitals)) codes = capitals;
    if (codes.empty()) {
      return fault(fmt::format("{} is no amount of money: {} is no currency that is known here",
                               in_quotes(written), in_quotes(word)),
                   "take it out, or list the text under `fillers`");
    }
    const bool single = codes.size() == 3;
    if (!form.currency.empty() && !lists(codes, form.currency)) {
      return fault(fmt::format("{} is in {}, and the mapping says {}", in_quotes(written),
                               with_commas(codes), form.currency),
                   "leave `currency` out where the cells say it");
    }
    if (form.currency.empty() && !single) {
      return fault(fmt::format("{} does not say which currency: {} may be {}", in_quotes(written),
                               in_quotes(word), with_commas(codes)),
                   "name it: money: {currency: ...}");
    }
    if (form.currency.empty()) {
      if (says_currency && code != codes) {
        return fault(
            fmt::format("{} names two currencies, {} and {}", in_quotes(written), code, codes));
      }
      code = codes;
    }
    says_currency = true;
  }
  if (form.money && code.empty()) {
    return fault(fmt::format("{} does not say in which currency", in_quotes(written)),
                 "name it: money: {currency: ...}");
  }
  FormOutcome out;
  if (pieces.negative) out.text = "-";
  for (const std::string* number : {&pieces.low, &pieces.high}) {
    if (number->empty()) continue;
    const auto digits = digits_of(*number, form.style);
    if (!digits) {
      return fault(
          fmt::format("{} is not written like {}", in_quotes(written), in_words(form.style)),
          "the mapping names how numbers are written: format: \"1,234.56\", \"1.234,56\", "
          "\"1 234,56\", \"1'234.56\" or \"1,23,456.78\"");
    }
    std::string plain = times_ten(*digits, zeros);
    if (number == &pieces.high) {
      // `309.674-014` is a code.
      if (parse_number(plain).value_or(0) < parse_number(out.text).value_or(0)) {
        return fault(fmt::format("{} is no {}: it ends below its beginning", in_quotes(written),
                                 form.money ? "amount of money" : "number"));
      }
      out.text += "..";
    }
    out.text += plain;
  }
  if (form.money) out.text += " " + code;
  if (!form.per.empty()) out.text += "/" + form.per;
  return out;
}

}  // namespace eraudit::detail
