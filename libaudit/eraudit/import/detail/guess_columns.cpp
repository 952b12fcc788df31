#include "eraudit/import/detail/guess_columns.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/names.hpp"
#include "eraudit/import/detail/amount_forms.hpp"
#include "eraudit/import/detail/date_forms.hpp"
#include "eraudit/import/detail/text_forms.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {
namespace {

struct GuessedForm {
  std::string form;
  std::string remark;
};

/// Whether all values, and at least one, can be read.
template <class Read>
bool all_read(const std::vector<std::string>& values, const Read& read) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [&](const std::string& text) {
    return read(text).error.empty();
  });
}

bool reads_as_days(const GuessedColumn& column, const char* pattern, Calendar calendar) {
  DateForm form;
  form.patterns.push_back(*parse_date_pattern(pattern));
  form.calendar = calendar;
  return all_read(column.values,
                  [&](const std::string& text) { return read_date(text, form, std::nullopt); });
}

/// Whether every text has a year of four digits, all of them from `first` to `last`.
bool years_between(const std::vector<std::string>& values, int first, int last) {
  return std::all_of(values.begin(), values.end(), [&](const std::string& text) {
    std::size_t digits = 0;
    int number = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (i < text.size() && text[i] >= '0' && text[i] <= '9') {
        number = number * 10 + (text[i] - '0');
        if (++digits > 4) return false;
        continue;
      }
      if (digits == 4) return number >= first && number <= last;
      digits = 0;
      number = 0;
    }
    return false;
  });
}

/// Of years that are far from ours, or of what the header says.
Calendar calendar_of(const GuessedColumn& column) {
  const std::string header = " " + plain_name(column.header) + " ";
  const auto says = [&](std::string_view word) { return header.find(word) != std::string::npos; };
  const bool nepali = says(" b s ") || says(" bs ") || says(" bikram ") || says(" miti ");
  if (years_between(column.values, nepali ? 2000 : 2050, 2083)) return Calendar::bikram_sambat;
  if (years_between(column.values, 2484, 2600)) return Calendar::thai;
  return Calendar::gregorian;
}

GuessedForm date_form_of(const GuessedColumn& column) {
  if (column.dates) return {};
  const Calendar calendar = calendar_of(column);
  std::vector<std::string> fitting;
  for (const char* pattern :
       {"YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "D/M/YYYY", "M/D/YYYY", "DD.MM.YYYY",
        "DD-MM-YYYY", "D MON YYYY", "D-MON-YYYY", "MON D, YYYY", "MM/YYYY", "YYYY/MM/DD"}) {
    if (reads_as_days(column, pattern, calendar)) fitting.emplace_back(pattern);
  }
  if (fitting.empty()) return {};
  if (calendar != Calendar::gregorian) {
    return {fmt::format("date: {}, calendar: {}", fitting.front(), calendar_name(calendar)),
            "TODO: by its years; say if it is not"};
  }
  if (fitting.front() == "YYYY-MM-DD") return {};
  GuessedForm out{"date: " + fitting.front(), {}};
  if (fitting.size() > 1 && fitting[0].front() != fitting[1].front()) {
    out.remark = "TODO: or " + fitting[1] + ": the rows looked at do not tell";
  }
  return out;
}

/// `BD-2204`, `NP-0417/81`: a sign of a currency before it makes a number no amount.
bool is_reference(std::string_view text) {
  bool letter = false;
  for (const char c : text) {
    if (letter && c == '-') return true;
    letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return false;
}

GuessedForm amount_form_of(const GuessedColumn& column) {
  struct Style {
    const char* name;
    NumberStyle style;
  };
  constexpr Style styles[] = {{"1,234.56", NumberStyle::point},
                              {"1.234,56", NumberStyle::comma},
                              {"1,23,456.78", NumberStyle::indian},
                              {"1 234,56", NumberStyle::space},
                              {"1'234.56", NumberStyle::apostrophe}};
  const auto& values = column.values;
  const bool plain = std::all_of(values.begin(), values.end(),
                                 [](const std::string& text) { return parse_number(text); });
  if (plain || std::any_of(values.begin(), values.end(), is_reference)) return {};
  for (const Style& style : styles) {
    AmountForm form;
    form.style = style.style;
    const auto reads = [&](const std::string& text) { return read_amount(text, form); };
    if (all_read(values, reads)) return {fmt::format("number: \"{}\"", style.name), {}};
    form.money = true;
    if (all_read(values, reads)) return {fmt::format("money: {{format: \"{}\"}}", style.name), {}};
    // With any currency: the cells may leave it to the reader.
    for (const char* code :
         {"USD", "NPR", "BDT", "EUR", "GBP", "MYR", "THB", "CNY", "SEK", "AED"}) {
      form.currency = code;
      if (all_read(values, reads)) {
        return {fmt::format("money: {{currency: {}, format: \"{}\"}}", code, style.name),
                "TODO: name the currency that is meant"};
      }
    }
  }
  return {};
}

bool is_header_again(const GuessedRow& row, const GuessedRow& header) {
  bool any = false;
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (header[c].text.empty()) continue;
    if (c >= row.size() || folded(row[c].text) != folded(header[c].text)) return false;
    any = true;
  }
  return any;
}

void add_cell(GuessedColumn& column, const GuessedCell& cell) {
  if (cell.text.empty()) return;
  if (looks_like_filler(cell.text)) {
    column.fillers.insert(folded(cell.text));
    return;
  }
  column.values.push_back(cell.text);
  column.distinct.insert(cell.text);
  column.dates = column.dates || cell.date;
}

}  // namespace

std::string guess_name(const std::string& header, std::set<std::string>& taken) {
  std::string name = folded_header(header);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const bool fine = name == "id" || name == "kind" || name == "from" || name == "to";
  if (name.empty() || (name.front() >= '0' && name.front() <= '9') ||
      (Schema::reserved(name) && !fine)) {
    name = "column_" + name;
  }
  std::string out = name;
  for (int i = 2; !taken.insert(out).second; ++i) out = fmt::format("{}_{}", name, i);
  return out;
}

std::vector<GuessedColumn> guess_columns(const std::vector<GuessedRow>& rows, std::size_t header) {
  std::vector<GuessedColumn> out;
  std::set<std::string> taken;
  std::set<std::string> headers;
  for (std::size_t c = 0; c < rows[header].size(); ++c) {
    const std::string& text = rows[header][c].text;
    if (text.empty() || !headers.insert(folded_header(text)).second) continue;
    GuessedColumn column;
    column.header = text;
    column.name = guess_name(text, taken);
    column.person = looks_like_person(text) || looks_like_person(column.name);
    for (std::size_t r = header + 1; r < rows.size() && !column.person; ++r) {
      if (c < rows[r].size() && !is_header_again(rows[r], rows[header]))
        add_cell(column, rows[r][c]);
    }
    if (!column.values.empty()) {
      GuessedForm form = date_form_of(column);
      if (form.form.empty()) form = amount_form_of(column);
      column.form = std::move(form.form);
      column.remark = std::move(form.remark);
    }
    if (column.person) column.remark = "seems to name persons";
    out.push_back(std::move(column));
  }
  return out;
}

}  // namespace eraudit::detail
