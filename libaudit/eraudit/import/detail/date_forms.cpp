#include "eraudit/import/detail/date_forms.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <span>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

using Part = DatePattern::Part;

/// First digits of the scripts that count in tens.
constexpr std::uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                                   0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
                                   0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10};

/// A day in another calendar is likelier than one to come if it then lies less than 50 years back.
constexpr std::int32_t plausible_days = 50 * 365;

/// Spellings of a month, folded; a text is that month if one of them begins with it, or it with
/// one of them.
struct MonthNames {
  Calendar calendar;
  std::uint32_t month;
  std::string_view names[4];
};
constexpr MonthNames month_names[] = {
    {Calendar::gregorian, 1, {"january", "janvier", "enero"}},
    {Calendar::gregorian, 2, {"february", "février", "febrero"}},
    {Calendar::gregorian, 3, {"march", "mars", "marzo"}},
    {Calendar::gregorian, 4, {"april", "avril", "abril"}},
    {Calendar::gregorian, 5, {"may", "mai", "mayo"}},
    {Calendar::gregorian, 6, {"june", "juin", "junio"}},
    {Calendar::gregorian, 7, {"july", "juillet", "julio"}},
    {Calendar::gregorian, 8, {"august", "août", "agosto"}},
    {Calendar::gregorian, 9, {"september", "septembre", "septiembre", "sept"}},
    {Calendar::gregorian, 10, {"october", "octobre", "octubre"}},
    {Calendar::gregorian, 11, {"november", "novembre", "noviembre"}},
    {Calendar::gregorian, 12, {"december", "décembre", "diciembre"}},
    {Calendar::bikram_sambat, 1, {"baisakh", "baishakh", "vaisakh", "बैशाख"}},
    {Calendar::bikram_sambat, 2, {"jestha", "jeth", "jyeshtha", "जेठ"}},
    {Calendar::bikram_sambat, 3, {"asar", "ashadh", "asadh", "असार"}},
    {Calendar::bikram_sambat, 4, {"shrawan", "saun", "sawan", "साउन"}},
    {Calendar::bikram_sambat, 5, {"bhadra", "bhadau", "भदौ", "भाद्र"}},
    {Calendar::bikram_sambat, 6, {"ashwin", "asoj", "ashoj", "असोज"}},
    {Calendar::bikram_sambat, 7, {"kartik", "kattik", "कार्तिक"}},
    {Calendar::bikram_sambat, 8, {"mangsir", "marga", "मंसिर"}},
    {Calendar::bikram_sambat, 9, {"poush", "paush", "push", "पुष"}},
    {Calendar::bikram_sambat, 10, {"magh", "माघ"}},
    {Calendar::bikram_sambat, 11, {"falgun", "phalgun", "fagun", "फागुन"}},
    {Calendar::bikram_sambat, 12, {"chaitra", "chait", "चैत"}},
    {Calendar::thai, 1, {"มกราคม", "ม.ค.", "january"}},
    {Calendar::thai, 2, {"กุมภาพันธ์", "ก.พ.", "february"}},
    {Calendar::thai, 3, {"มีนาคม", "มี.ค.", "march"}},
    {Calendar::thai, 4, {"เมษายน", "เม.ย.", "april"}},
    {Calendar::thai, 5, {"พฤษภาคม", "พ.ค.", "may"}},
    {Calendar::thai, 6, {"มิถุนายน", "มิ.ย.", "june"}},
    {Calendar::thai, 7, {"กรกฎาคม", "ก.ค.", "july"}},
    {Calendar::thai, 8, {"สิงหาคม", "ส.ค.", "august"}},
    {Calendar::thai, 9, {"กันยายน", "ก.ย.", "september"}},
    {Calendar::thai, 10, {"ตุลาคม", "ต.ค.", "october"}},
    {Calendar::thai, 11, {"พฤศจิกายน", "พ.ย.", "november"}},
    {Calendar::thai, 12, {"ธันวาคม", "ธ.ค.", "december"}},
};

/// 0 if it is none, or could be several.
std::uint32_t month_of(Calendar calendar, std::string_view written) {
  std::string text = folded(written);
  if (text.ends_with('.') && calendar != Calendar::thai) text.pop_back();
  if (code_points(text) < 3 && calendar != Calendar::bikram_sambat) return 0;
  if (text.empty()) return 0;
  std::uint32_t found = 0;
  for (const MonthNames& entry : month_names) {
    if (entry.calendar != calendar) continue;
    const bool is = std::any_of(
        std::begin(entry.names), std::end(entry.names),
        [&](std::string_view name) { return !name.empty() && folded(name).starts_with(text); });
    if (!is) continue;
    if (found != 0) return 0;
    found = entry.month;
  }
  return found;
}

/// Digits at the front; nothing if there are fewer than `least`.
std::optional<std::uint32_t> take_digits(std::string_view& text, std::size_t least,
                                         std::size_t most) {
  std::size_t size = 0;
  std::uint32_t value = 0;
  while (size < most && size < text.size() && text[size] >= '0' && text[size] <= '9') {
    value = value * 10 + static_cast<std::uint32_t>(text[size++] - '0');
  }
  if (size < least) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

struct Written {
  std::int32_t year = 0;
  std::uint32_t month = 0;  ///< 0: not said
  std::uint32_t day = 0;
};

bool take_month_name(std::string_view& text, const DatePattern& pattern, std::size_t index,
                     Calendar calendar, Written& out) {
  // Up to what follows it in the pattern.
  std::size_t end = text.size();
  if (index + 1 < pattern.pieces.size() && pattern.pieces[index + 1].part == Part::literal) {
    end = std::min(text.find(pattern.pieces[index + 1].literal), text.size());
  }
  out.month = month_of(calendar, text.substr(0, end));
  text.remove_prefix(end);
  return out.month != 0;
}

std::optional<Written> match(std::string_view text, const DatePattern& pattern, Calendar calendar) {
  Written out;
  for (std::size_t i = 0; i < pattern.pieces.size(); ++i) {
    const DatePattern::Piece& piece = pattern.pieces[i];
    const std::size_t least = piece.digits == 0 ? 1 : piece.digits;
    const std::size_t most = piece.digits == 0 ? 2 : piece.digits;
    switch (piece.part) {
      case Part::literal:
        if (!text.starts_with(piece.literal)) return std::nullopt;
        text.remove_prefix(piece.literal.size());
        break;
      case Part::month_name:
        if (!take_month_name(text, pattern, i, calendar, out)) return std::nullopt;
        break;
      case Part::year:
      case Part::short_year:
      case Part::month:
      case Part::day: {
        const auto value = take_digits(text, least, most);
        if (!value) return std::nullopt;
        if (piece.part == Part::day) out.day = *value;
        if (piece.part == Part::month) out.month = *value;
        if (piece.part == Part::year) out.year = static_cast<std::int32_t>(*value);
        if (piece.part == Part::short_year) {
          out.year = static_cast<std::int32_t>(*value) + (calendar == Calendar::thai ? 2500 : 2000);
        }
        break;
      }
    }
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

std::optional<DateWindow> window_of(Calendar calendar, const Written& written) {
  const std::uint32_t first_month = written.month == 0 ? 1 : written.month;
  const std::uint32_t last_month = written.month == 0 ? 12 : written.month;
  const std::uint32_t last_day =
      written.day != 0 ? written.day : days_in_month(calendar, written.year, last_month);
  const auto first =
      date_in(calendar, {written.year, first_month, written.day == 0 ? 1 : written.day});
  const auto last = date_in(calendar, {written.year, last_month, last_day});
  if (!first || !last) return std::nullopt;
  return DateWindow{*first, *last};
}

/// The calendar in which a day after `as_of` would be one before it.
std::string calendar_hint(DateWindow window, Calendar read_in, Date as_of) {
  if (read_in != Calendar::gregorian) return {};
  const CivilDate civil = civil_from_date(window.first);
  for (const Calendar other : {Calendar::bikram_sambat, Calendar::thai}) {
    const auto day = date_in(other, civil);
    if (day && *day <= as_of && as_of.days - day->days < plausible_days) {
      return fmt::format("in the calendar {0} this is {1}: if it is meant, say calendar: {0}",
                         calendar_name(other), to_text(*day));
    }
  }
  return {};
}

std::string pattern_list(const DateForm& form) {
  std::string out;
  for (const DatePattern& pattern : form.patterns) {
    out += (out.empty() ? "" : " or ") + pattern.text;
  }
  return out;
}

}  // namespace

std::string ascii_digits(std::string_view text) {
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return std::string(text);
  }
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = first_code_point(text.substr(at));
    const auto zero = std::find_if(std::begin(zeros), std::end(zeros), [&](std::uint32_t first) {
      return point.valid && point.value >= first && point.value < first + 10;
    });
    if (zero != std::end(zeros)) {
      out += static_cast<char>('0' + (point.value - *zero));
    } else {
      out += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return out;
}

std::optional<DatePattern> parse_date_pattern(std::string_view text) {
  struct Token {
    std::string_view text;
    Part part;
    std::uint8_t digits;
  };
  constexpr Token tokens[] = {
      {"YYYY", Part::year, 4}, {"YY", Part::short_year, 2}, {"MON", Part::month_name, 0},
      {"MM", Part::month, 2},  {"M", Part::month, 0},       {"DD", Part::day, 2},
      {"D", Part::day, 0},
  };
  DatePattern out;
  out.text = text;
  int years = 0;
  int months = 0;
  int days = 0;
  while (!text.empty()) {
    const auto token = std::find_if(std::begin(tokens), std::end(tokens),
                                    [&](const Token& one) { return text.starts_with(one.text); });
    if (token != std::end(tokens)) {
      years += token->part == Part::year || token->part == Part::short_year;
      months += token->part == Part::month || token->part == Part::month_name;
      days += token->part == Part::day;
      out.pieces.push_back({token->part, token->digits, {}});
      text.remove_prefix(token->text.size());
      continue;
    }
    if ((text.front() >= 'A' && text.front() <= 'Z') ||
        (text.front() >= '0' && text.front() <= '9')) {
      return std::nullopt;
    }
    if (out.pieces.empty() || out.pieces.back().part != Part::literal) {
      out.pieces.push_back({Part::literal, 0, {}});
    }
    out.pieces.back().literal += text.front();
    text.remove_prefix(1);
  }
  // A day needs its month, and everything its year.
  if (years != 1 || months > 1 || days > 1 || (days == 1 && months == 0)) return std::nullopt;
  return out;
}

FormOutcome check_date(DateWindow window, const DateForm& form, std::optional<Date> as_of) {
  FormOutcome out;
  if (as_of && window.first > *as_of && !form.may_be_future) {
    out.error = fmt::format("{} lies after {}, the day this table speaks of", to_text(window),
                            to_text(*as_of));
    out.help = calendar_hint(window, form.calendar, *as_of);
    if (out.help.empty()) {
      out.help = "if days to come can stand here, say future: true";
    }
    return out;
  }
  out.text = to_text(window);
  return out;
}

FormOutcome read_date(std::string_view written, const DateForm& form, std::optional<Date> as_of) {
  FormOutcome out;
  const std::string text = ascii_digits(trimmed(written));
  std::optional<DateWindow> found;
  const DatePattern* found_by = nullptr;
  bool matched = false;
  for (const DatePattern& pattern : form.patterns) {
    const auto parts = match(text, pattern, form.calendar);
    if (!parts) continue;
    matched = true;
    const auto window = window_of(form.calendar, *parts);
    if (!window) continue;
    if (found && *found != *window) {
      out.error = fmt::format("{} is {} by {} and {} by {}", in_quotes(written), to_text(*found),
                              found_by->text, to_text(*window), pattern.text);
      out.help = "name one format only, or split the table";
      return out;
    }
    found = window;
    found_by = &pattern;
  }
  if (found) return check_date(*found, form, as_of);
  if (matched) {
    out.error = fmt::format("{} is no day of the calendar {}", in_quotes(written),
                            calendar_name(form.calendar));
    if (form.calendar == Calendar::bikram_sambat) {
      out.help = "the lengths of its months are known for the years 2000 to 2083";
    }
  } else {
    out.error = fmt::format("{} is not written as {}", in_quotes(written), pattern_list(form));
    out.help = "add the format to `date:` if it is meant";
  }
  return out;
}

}  // namespace eraudit::detail
