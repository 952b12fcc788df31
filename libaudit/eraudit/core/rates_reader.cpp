#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <tuple>
#include <utility>

#include "eraudit/core/csv.hpp"
#include "eraudit/core/detail/money_problem.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/core/suggest.hpp"

namespace eraudit {
namespace {

constexpr std::array<std::string_view, 4> field_names = {"from", "to", "on", "rate"};
enum Field : std::size_t { from_field, to_field, on_field, rate_field };

constexpr std::int64_t oldest_age = 36'500;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// A decimal number as a fraction; which of the reasons against it applies, if it is none.
enum class DecimalProblem : std::uint8_t { none, no_decimal, not_positive, too_long };

DecimalProblem parse_decimal(std::string_view text, Rate& rate) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  const auto all_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.empty() || !all_digits(whole) || !all_digits(fraction))
    return DecimalProblem::no_decimal;
  if (point != std::string_view::npos && fraction.empty()) return DecimalProblem::no_decimal;

  while (!whole.empty() && whole.front() == '0') whole.remove_prefix(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (negative || (whole.empty() && fraction.empty())) return DecimalProblem::not_positive;
  if (whole.size() + fraction.size() > 18) return DecimalProblem::too_long;
  rate.numerator = 0;
  rate.denominator = 1;
  for (const char c : whole) rate.numerator = rate.numerator * 10 + (c - '0');
  for (const char c : fraction) {
    rate.numerator = rate.numerator * 10 + (c - '0');
    rate.denominator *= 10;
  }
  return DecimalProblem::none;
}

/// A text and where it was written.
struct Cell {
  std::string_view text;
  Span span;
};

class Reader {
 public:
  Reader(SourcePtr source, const Limits& limits)
      : source_(std::move(source)),
        limits_(limits),
        diagnostics_(limits.diagnostics_per_file, limits.diagnostics) {}

  Checked<Rates> read();

 private:
  struct Entry {
    Rate rate;
    Span span;  // of the value
  };

  void error(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(*source_, span, id, std::move(message), std::move(help));
  }

  void read_document();
  void read_entry(DocumentNode entry);
  void read_table(char delimiter);
  void read_long_header(std::span<const CsvField> fields);
  void read_ecb_header(std::span<const CsvField> fields);
  void read_long_row(std::span<const CsvField> fields);
  void read_ecb_row(std::span<const CsvField> fields);

  std::optional<Currency> currency(Cell cell);
  std::optional<Date> day(Cell cell);
  bool value(Cell cell, Rate& rate);
  void add(Cell from, Cell to, Cell on, Cell value);
  void refuse_contradictions();

  SourcePtr source_;
  const Limits& limits_;
  Diagnostics diagnostics_;
  std::vector<Entry> entries_;
  std::int32_t max_age_days_ = default_rate_age_days;

  // Of a table.
  bool header_read_ = false;
  bool header_usable_ = false;
  bool ecb_ = false;
  std::size_t columns_ = 0;
  std::array<std::size_t, field_names.size()> column_of_{};
  std::vector<Currency> currency_of_;  // of a column of the ECB's history; none: left out
};

std::string_view name_of(DocumentKind kind) {
  constexpr std::string_view names[] = {"null", "a truth value", "a number", "a number",
                                        "text", "a list",        "a map"};
  return names[static_cast<std::size_t>(kind)];
}

Cell cell(const CsvField& field) {
  return {trim(field.text), {field.offset, field.length}};
}

std::optional<Currency> Reader::currency(Cell cell) {
  if (auto found = Currency::from_code(cell.text)) return found;
  if (cell.text.empty()) {
    error(cell.span, "rates-unknown-currency", "a currency code is missing");
    return std::nullopt;
  }
  MoneyProblem problem = detail::explain_currency(cell.text);
  error(cell.span, "rates-unknown-currency", std::move(problem.message), std::move(problem.help));
  return std::nullopt;
}

std::optional<Date> Reader::day(Cell cell) {
  if (auto found = parse_date(cell.text)) return found;
  error(cell.span, "rates-bad-date", fmt::format("'{}' is not a date", cell.text),
        "write year, month and day: `2026-06-30`");
  return std::nullopt;
}

bool Reader::value(Cell cell, Rate& rate) {
  switch (parse_decimal(cell.text, rate)) {
    case DecimalProblem::none:
      return true;
    case DecimalProblem::no_decimal:
      error(cell.span, "rates-bad-rate", fmt::format("'{}' is not a decimal number", cell.text),
            "write digits with a point, without separators or an exponent: `28.16`");
      return false;
    case DecimalProblem::not_positive:
      error(cell.span, "rates-bad-rate", fmt::format("the rate '{}' is not above zero", cell.text));
      return false;
    case DecimalProblem::too_long:
      error(cell.span, "rates-bad-rate",
            fmt::format("the rate '{}' has more than 18 digits", cell.text), "round it");
      return false;
  }
  return false;
}

void Reader::add(Cell from, Cell to, Cell on, Cell rate_cell) {
  const auto from_currency = currency(from);
  const auto to_currency = currency(to);
  const auto date = day(on);
  Rate rate;
  const bool valued = value(rate_cell, rate);
  if (!from_currency || !to_currency || !date || !valued) return;
  if (*from_currency == *to_currency) {
    error(to.span, "rates-same-currency",
          fmt::format("this is a rate from {} to itself", from.text));
    return;
  }
  rate.from = *from_currency;
  rate.to = *to_currency;
  rate.on = *date;
  entries_.push_back({rate, rate_cell.span});
}

/// One (from, to, on) with two values: an error at each later one that differs from the first.
void Reader::refuse_contradictions() {
  const auto key = [this](std::size_t i) {
    const Rate& rate = entries_[i].rate;
    return std::tuple(rate.from.index(), rate.to.index(), rate.on);
  };
  std::vector<std::size_t> order(entries_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<std::pair<std::size_t, std::size_t>> contradictions;  // later, first
  for (std::size_t first = 0, i = 1; i < order.size(); ++i) {
    if (key(order[first]) != key(order[i])) {
      first = i;
      continue;
    }
    const Rate& a = entries_[order[first]].rate;
    const Rate& b = entries_[order[i]].rate;
    // Decimals without trailing zeros: equal values have equal parts.
    if (a.numerator != b.numerator || a.denominator != b.denominator) {
      contradictions.emplace_back(order[i], order[first]);
    }
  }
  std::sort(contradictions.begin(), contradictions.end());
  const auto written = [this](Span span) {
    return source_->text().substr(span.offset, span.length);
  };
  for (const auto& [later, first] : contradictions) {
    const Entry& entry = entries_[later];
    const Span other = entries_[first].span;
    error(entry.span, "rates-duplicate",
          fmt::format("the rate from {} to {} on {} is {} here, but {} in line {}",
                      entry.rate.from.code(), entry.rate.to.code(), to_text(entry.rate.on),
                      trim(written(entry.span)), trim(written(other)),
                      source_->position(other.offset).line),
          "keep one of them");
  }
}

void Reader::read_document() {
  const std::string_view name = source_->name();
  const bool json = name.size() >= 5 && name.substr(name.size() - 5) == ".json";
  auto document = json ? read_json(source_, limits_) : read_yaml(source_, limits_);
  diagnostics_.append(document.diagnostics());
  if (!document) return;
  const DocumentNode root = (*document)->root();
  if (!root.is_map()) {
    error(root.span(), "rates-bad-type",
          fmt::format("a table of rates is a map, not {}", name_of(root.kind())),
          "begin with `eraudit: rates/1`, or with the CSV header `from,to,on,rate`");
    return;
  }
  static constexpr std::array<std::string_view, 3> known = {"eraudit", "max_age_days", "rates"};
  for (std::size_t i = 0; i < root.size(); ++i) {
    const DocumentNode key = root.key(i);
    if (std::find(known.begin(), known.end(), key.text()) != known.end()) continue;
    error(key.span(), "rates-unknown-key", fmt::format("'{}' is no key here", key.text()),
          suggest(key.text(), known));
  }
  const auto kind = root.find("eraudit");
  if (!kind) {
    error(root.span(), "rates-missing-key", "'eraudit' is missing", "write `eraudit: rates/1`");
  } else if (kind->text() != "rates/1") {
    error(kind->span(), "rates-bad-version",
          kind->is_scalar() ? fmt::format("'{}' is not 'rates/1'", kind->text())
                            : "this is not 'rates/1'",
          "write `eraudit: rates/1`");
  }
  if (const auto age = root.find("max_age_days")) {
    const auto days = age->integer();
    if (!days || *days < 0 || *days > oldest_age) {
      error(age->span(), "rates-bad-age",
            fmt::format("'max_age_days' is not a whole number from 0 to {}", oldest_age),
            fmt::format("write the days a rate speaks for: `max_age_days: {}`",
                        default_rate_age_days));
    } else {
      max_age_days_ = static_cast<std::int32_t>(*days);
    }
  }
  const auto rates = root.find("rates");
  if (!rates) {
    error(root.span(), "rates-missing-key", "'rates' is missing",
          "write `rates: [{from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}]`");
    return;
  }
  if (!rates->is_list()) {
    error(rates->span(), "rates-bad-type",
          fmt::format("'rates' is a list, not {}", name_of(rates->kind())));
    return;
  }
  for (std::size_t i = 0; i < rates->size(); ++i) read_entry(rates->at(i));
}

void Reader::read_entry(DocumentNode entry) {
  if (!entry.is_map()) {
    error(entry.span(), "rates-bad-type",
          fmt::format("a rate is a map, not {}", name_of(entry.kind())),
          "write `{from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}`");
    return;
  }
  for (std::size_t i = 0; i < entry.size(); ++i) {
    const DocumentNode key = entry.key(i);
    if (std::find(field_names.begin(), field_names.end(), key.text()) != field_names.end())
      continue;
    error(key.span(), "rates-unknown-key", fmt::format("'{}' is no key of a rate", key.text()),
          suggest(key.text(), field_names));
  }
  std::array<Cell, field_names.size()> cells;
  bool complete = true;
  for (std::size_t i = 0; i < field_names.size(); ++i) {
    const auto node = entry.find(field_names[i]);
    if (!node) {
      error(entry.span(), "rates-missing-key", fmt::format("this rate lacks '{}'", field_names[i]));
      complete = false;
    } else if (!node->is_scalar() || node->is_null()) {
      error(node->span(), "rates-bad-type",
            fmt::format("'{}' is {}, not {}", field_names[i], name_of(node->kind()),
                        i == on_field     ? "a date"
                        : i == rate_field ? "a number"
                                          : "a currency code"));
      complete = false;
    } else {
      cells[i] = {node->text(), node->span()};
    }
  }
  if (complete) add(cells[from_field], cells[to_field], cells[on_field], cells[rate_field]);
}

void Reader::read_table(char delimiter) {
  CsvOptions options;
  options.delimiter = delimiter;
  options.limits = limits_;
  read_csv(
      *source_, options,
      [this](std::uint32_t, std::span<const CsvField> fields) {
        if (!header_read_) {
          header_read_ = true;
          columns_ = fields.size();
          ecb_ = trim(fields.front().text) == "Date";
          ecb_ ? read_ecb_header(fields) : read_long_header(fields);
          return header_usable_;
        }
        if (fields.size() != columns_) {
          const CsvField& at = fields[std::min(fields.size() - 1, columns_)];
          error({at.offset, at.length}, "rates-ragged-row",
                fmt::format("this row has {} field{}, but the header has {}", fields.size(),
                            fields.size() == 1 ? "" : "s", columns_));
          return true;
        }
        ecb_ ? read_ecb_row(fields) : read_long_row(fields);
        return true;
      },
      diagnostics_);
}

void Reader::read_long_header(std::span<const CsvField> fields) {
  header_usable_ = true;
  std::array<bool, field_names.size()> seen{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto [text, span] = cell(fields[i]);
    const auto* const name = std::find(field_names.begin(), field_names.end(), text);
    if (name == field_names.end()) {
      error(span, "rates-unknown-column", fmt::format("'{}' is no column of rates", text),
            suggest(text, field_names));
      header_usable_ = false;
      continue;
    }
    const auto field = static_cast<std::size_t>(name - field_names.begin());
    if (seen[field]) {
      error(span, "rates-duplicate-column", fmt::format("the column '{}' is there twice", text));
      header_usable_ = false;
    }
    seen[field] = true;
    column_of_[field] = i;
  }
  for (std::size_t field = 0; field < field_names.size(); ++field) {
    if (seen[field]) continue;
    error({fields.front().offset, fields.front().length}, "rates-missing-column",
          fmt::format("the column '{}' is missing", field_names[field]),
          "the header is `from,to,on,rate`, in any order");
    header_usable_ = false;
  }
}

void Reader::read_ecb_header(std::span<const CsvField> fields) {
  header_usable_ = true;
  currency_of_.assign(fields.size(), Currency());
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const Cell name = cell(fields[i]);
    if (name.text.empty() && i + 1 == fields.size()) continue;  // the final comma of the ECB
    if (detail::withdrawn_currency(name.text)) {
      diagnostics_.warning(
          *source_, name.span, "rates-withdrawn-currency",
          fmt::format("the column '{}' is left out: ISO 4217 has withdrawn the code", name.text));
      continue;
    }
    const auto found = currency(name);
    if (!found) {
      header_usable_ = false;
      continue;
    }
    if (std::find(currency_of_.begin(), currency_of_.end(), *found) != currency_of_.end()) {
      error(name.span, "rates-duplicate-column",
            fmt::format("the column '{}' is there twice", name.text));
      header_usable_ = false;
    }
    if (found->code() == "EUR") {
      error(name.span, "rates-same-currency", "the column 'EUR' is a rate from EUR to itself");
      header_usable_ = false;
    }
    currency_of_[i] = *found;
  }
}

void Reader::read_long_row(std::span<const CsvField> fields) {
  add(cell(fields[column_of_[from_field]]), cell(fields[column_of_[to_field]]),
      cell(fields[column_of_[on_field]]), cell(fields[column_of_[rate_field]]));
}

void Reader::read_ecb_row(std::span<const CsvField> fields) {
  const auto date = day(cell(fields[0]));
  if (!date) return;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const Cell quote = cell(fields[i]);
    if (currency_of_[i].none() || quote.text.empty() || quote.text == "N/A") continue;
    Rate rate;
    if (!value(quote, rate)) continue;
    rate.from = *Currency::from_code("EUR");
    rate.to = currency_of_[i];
    rate.on = *date;
    entries_.push_back({rate, quote.span});
  }
}

/// The delimiter of a table, or nothing if the text does not begin with a header line.
std::optional<char> delimiter_of(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (line.find_first_of(":{[#") != std::string_view::npos) return std::nullopt;
  for (const char delimiter : {',', ';', '\t'}) {
    if (line.find(delimiter) != std::string_view::npos) return delimiter;
  }
  return std::nullopt;
}

Checked<Rates> Reader::read() {
  if (source_->text().size() > limits_.data_file_bytes) {
    diagnostics_.error(source_->name(), "rates-too-large",
                       fmt::format("the file has {} bytes, more than the limit of {}",
                                   source_->text().size(), limits_.data_file_bytes));
    return diagnostics_;
  }
  if (const auto delimiter = delimiter_of(source_->text())) {
    read_table(*delimiter);
  } else {
    read_document();
  }
  refuse_contradictions();
  if (diagnostics_.has_errors()) return std::move(diagnostics_);
  if (entries_.empty()) {
    diagnostics_.warning(*source_, {}, "rates-empty", "there is no rate in this file");
  }
  std::vector<Rate> rates;
  rates.reserve(entries_.size());
  for (const Entry& entry : entries_) rates.push_back(entry.rate);
  return {Rates(std::move(rates), max_age_days_), std::move(diagnostics_)};
}

}  // namespace

Checked<Rates> read_rates(SourcePtr source, const Limits& limits) {
  RatesFile file{source->name(), source->text().size(), sha256(source->text())};
  Checked<Rates> rates = Reader(std::move(source), limits).read();
  if (rates) rates->file_ = std::make_shared<const RatesFile>(std::move(file));
  return rates;
}

}  // namespace eraudit
