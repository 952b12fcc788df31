#include "eraudit/import/guess.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/names.hpp"
#include "eraudit/import/detail/columns.hpp"
#include "eraudit/import/detail/csv_table.hpp"
#include "eraudit/import/detail/header.hpp"
#include "eraudit/import/detail/table_files.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit {
namespace {

using detail::TableRow;

constexpr std::size_t rows_looked_at = 1'000;
constexpr std::size_t header_rows_looked_at = 25;

struct GuessedCell {
  std::string text;
  bool date = false;
};
using GuessedRow = std::vector<GuessedCell>;

std::vector<GuessedRow> first_rows(detail::Table& table, Diagnostics& diagnostics) {
  std::vector<GuessedRow> out;
  table.read(
      [&](const TableRow& row) {
        GuessedRow& kept = out.emplace_back();
        for (const detail::TableCell& cell : row.cells) {
          const bool text = cell.kind == detail::TableCell::Kind::text && !cell.merged;
          kept.push_back(
              {text ? std::string(detail::trimmed(cell.text)) : std::string(), text && cell.date});
        }
        return out.size() < rows_looked_at;
      },
      diagnostics);
  return out;
}

std::size_t filled(const GuessedRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.begin(), row.end(), [](const GuessedCell& c) { return !c.text.empty(); }));
}

/// The delimiter under which most rows have as many fields as the widest.
char likely_delimiter(const detail::DecodedText& text, const Limits& limits) {
  if (const auto stated = detail::stated_delimiter(text.text->text())) return *stated;
  const detail::DecodedText front = detail::beginning(text);
  char best = ',';
  std::size_t most = 0;
  for (const char sign : detail::csv_delimiters) {
    detail::CsvTable table(front, sign, limits);
    Diagnostics ignored;
    std::map<std::size_t, std::size_t> widths;
    for (const GuessedRow& row : first_rows(table, ignored)) ++widths[row.size()];
    std::size_t score = 0;
    for (const auto& [width, rows] : widths) {
      if (width > 1) score = std::max(score, rows * width);
    }
    if (score > most) {
      most = score;
      best = sign;
    }
  }
  return best;
}

/// The first row that is nearly as wide as any, with texts that differ and are no figures.
std::size_t likely_header(const std::vector<GuessedRow>& rows) {
  std::size_t widest = 0;
  const std::size_t end = std::min(rows.size(), header_rows_looked_at);
  for (std::size_t i = 0; i < end; ++i) widest = std::max(widest, filled(rows[i]));
  for (std::size_t i = 0; i < end; ++i) {
    if (filled(rows[i]) * 10 < widest * 7 || filled(rows[i]) == 0) continue;
    std::set<std::string> texts;
    bool figures = false;
    for (const GuessedCell& cell : rows[i]) {
      if (cell.text.empty()) continue;
      figures = figures || cell.date || parse_number(cell.text).has_value();
      texts.insert(detail::folded(cell.text));
    }
    if (!figures && texts.size() == filled(rows[i])) return i;
  }
  return rows.size();
}

struct GuessedColumn {
  std::string name;
  std::string header;
  bool person = false;
  std::vector<std::string> values;  ///< filled cells, but fillers
  std::set<std::string> distinct;
  std::set<std::string> fillers;
  bool dates = false;  ///< the workbook keeps days as such
  std::string form;    ///< `date: DD/MM/YYYY`; or empty
};

/// Whether all values, and at least one, can be read.
template <class Read>
bool all_read(const std::vector<std::string>& values, const Read& read) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [&](const std::string& text) {
    return read(text).error.empty();
  });
}

std::string date_form_of(const GuessedColumn& column) {
  if (column.dates) return {};
  std::vector<std::string> fitting;
  for (const char* pattern :
       {"YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "D/M/YYYY", "M/D/YYYY", "DD.MM.YYYY",
        "DD-MM-YYYY", "D MON YYYY", "D-MON-YYYY", "MON D, YYYY", "MM/YYYY", "YYYY/MM/DD"}) {
    detail::DateForm form;
    form.patterns.push_back(*detail::parse_date_pattern(pattern));
    if (all_read(column.values, [&](const std::string& text) {
          return detail::read_date(text, form, std::nullopt);
        })) {
      fitting.emplace_back(pattern);
    }
  }
  if (fitting.empty() || fitting.front() == "YYYY-MM-DD") return {};
  std::string out = "date: " + fitting.front();
  const bool swapped = fitting.size() > 1 && fitting[0].front() != fitting[1].front();
  return swapped ? out + "  # or " + fitting[1] + ": the rows looked at do not tell" : out;
}

std::string amount_form_of(const GuessedColumn& column) {
  struct Style {
    const char* name;
    detail::NumberStyle style;
  };
  constexpr Style styles[] = {{"1,234.56", detail::NumberStyle::point},
                              {"1.234,56", detail::NumberStyle::comma},
                              {"1,23,456.78", detail::NumberStyle::indian},
                              {"1 234,56", detail::NumberStyle::space},
                              {"1'234.56", detail::NumberStyle::apostrophe}};
  const bool plain = std::all_of(column.values.begin(), column.values.end(),
                                 [](const std::string& text) { return parse_number(text); });
  if (plain) return {};
  for (const Style& style : styles) {
    detail::AmountForm form;
    form.style = style.style;
    if (all_read(column.values,
                 [&](const std::string& text) { return detail::read_amount(text, form); })) {
      return fmt::format("number: \"{}\"", style.name);
    }
    form.money = true;
    if (all_read(column.values,
                 [&](const std::string& text) { return detail::read_amount(text, form); })) {
      return fmt::format("money: {{format: \"{}\"}}", style.name);
    }
    // With any currency: the cells may leave it to the reader.
    for (const char* code : {"USD", "NPR"}) {
      form.currency = code;
      if (all_read(column.values,
                   [&](const std::string& text) { return detail::read_amount(text, form); })) {
        return fmt::format(
            "money: {{currency: {}, format: \"{}\"}}  # name the currency that is "
            "meant",
            code, style.name);
      }
    }
    form.currency.clear();
  }
  return {};
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out + "\"";
}

/// A name for expressions, unlike those before it.
std::string column_name(const std::string& header, std::set<std::string>& taken) {
  std::string name = detail::folded_header(header);
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

std::vector<GuessedColumn> columns_of(const std::vector<GuessedRow>& rows, std::size_t header) {
  std::vector<GuessedColumn> out;
  std::set<std::string> taken;
  std::set<std::string> headers;
  for (std::size_t c = 0; c < rows[header].size(); ++c) {
    const std::string& text = rows[header][c].text;
    if (text.empty() || !headers.insert(detail::folded_header(text)).second) continue;
    GuessedColumn column;
    column.header = text;
    column.name = column_name(text, taken);
    column.person = detail::looks_like_person(text) || detail::looks_like_person(column.name);
    for (std::size_t r = header + 1; r < rows.size() && !column.person; ++r) {
      if (c >= rows[r].size() || rows[r][c].text.empty()) continue;
      const GuessedCell& cell = rows[r][c];
      if (detail::looks_like_filler(cell.text)) {
        column.fillers.insert(detail::folded(cell.text));
        continue;
      }
      column.values.push_back(cell.text);
      column.distinct.insert(cell.text);
      column.dates = column.dates || cell.date;
    }
    if (!column.values.empty()) {
      column.form = date_form_of(column);
      if (column.form.empty()) column.form = amount_form_of(column);
    }
    out.push_back(std::move(column));
  }
  return out;
}

std::string likely_kind(const std::vector<GuessedColumn>& columns) {
  std::string all;
  for (const GuessedColumn& column : columns) all += " " + plain_name(column.header);
  const auto says = [&](std::string_view word) { return all.find(word) != std::string::npos; };
  if (says("recruit") || says("agency") || says("manpower") || says("licence") || says("license")) {
    return "Recruiter";
  }
  if (says("factory") || says("facility") || says("site") || says("plant")) return "Facility";
  return "Company";
}

/// What tells rows apart: a number that no two rows share, else the name.
const GuessedColumn* likely_key(const std::vector<GuessedColumn>& columns) {
  const GuessedColumn* best = nullptr;
  for (const GuessedColumn& column : columns) {
    if (column.person || column.values.empty()) continue;
    const bool unique = column.distinct.size() == column.values.size();
    const std::string plain = " " + plain_name(column.header) + " ";
    const bool named = plain.find(" id ") != std::string::npos ||
                       plain.find(" no ") != std::string::npos ||
                       plain.find(" number ") != std::string::npos;
    if (unique && named) return &column;
    if (best == nullptr || (plain.find(" name ") != std::string::npos && unique)) best = &column;
  }
  return best;
}

const GuessedColumn* likely_name(const std::vector<GuessedColumn>& columns) {
  for (const GuessedColumn& column : columns) {
    const std::string plain = plain_name(column.header);
    if (!column.person && column.form.empty() && plain.find("name") != std::string::npos) {
      return &column;
    }
  }
  return nullptr;
}

std::string write_guess(const std::vector<GuessedColumn>& columns, const std::string& name,
                        const std::string& sheet) {
  std::string out = "eraudit: mapping/1\n";
  out += fmt::format("about: {}\n", quoted("first guess for " + name + ": read and correct it"));
  out += "# as_of: 2026-06-30        # the day the table speaks of\n";
  out += "sources:\n  table: {class: self-assessment, ref: " + quoted(name) +
         "}  # say who stated it\n";
  std::set<std::string> fillers;
  for (const GuessedColumn& column : columns) {
    fillers.insert(column.fillers.begin(), column.fillers.end());
  }
  out += "fillers: [";
  for (const std::string& filler : fillers) {
    out += (out.ends_with('[') ? "" : ", ") + quoted(filler);
  }
  out += "]  # texts that say nothing\ntable:\n";
  if (!sheet.empty()) out += "  sheet: " + quoted(sheet) + "\n";
  out += "  columns:\n";
  for (const GuessedColumn& column : columns) {
    out += fmt::format("    {}: {{header: {}", column.name, quoted(column.header));
    std::string remark;
    if (column.person) {
      out += ", person: drop";
      remark = "  # seems to name persons";
    } else {
      out += ", person: none";
    }
    std::string form = column.form;
    if (const std::size_t hash = form.find("  #"); hash != std::string::npos) {
      remark = form.substr(hash);
      form.resize(hash);
    }
    if (!form.empty()) out += ", " + form + ", otherwise: unknown";
    if (form.starts_with("date:")) out += ", future: true";
    out += "}" + remark + "\n";
  }
  const GuessedColumn* key = likely_key(columns);
  const GuessedColumn* named = likely_name(columns);
  if (key == nullptr) return out + "nodes: {}  # say what a row makes\n";
  const std::string kind = likely_kind(columns);
  out += "nodes:\n  row:\n    kind: " + kind + "  # one per row; see `eraudit schema show`\n";
  out += fmt::format("    id: \"'{}-' + slug(string(row.{}))\"\n", slug(kind), key->name);
  if (named != nullptr) {
    out += fmt::format("    attributes:\n      name: {{value: row.{}, many: most_frequent}}\n",
                       named->name);
  }
  return out;
}

}  // namespace

Checked<std::string> guess_mapping(const std::string& path, const ImportOptions& options) {
  Diagnostics diagnostics(options.limits.diagnostics_per_file, options.limits.diagnostics);
  const SourcePtr file = read_file(path, options.limits.data_file_bytes);
  const detail::FileForm form = detail::form_of(file->text());
  if (!form.refused.empty()) {
    diagnostics.error(path, "table-not-readable", fmt::format("this is {}", form.refused),
                      std::string(form.help));
    return diagnostics;
  }
  std::vector<GuessedRow> rows;
  std::string sheet;
  if (form.workbook) {
    const auto book = detail::Workbook::open(file, options.workbook, options.limits, diagnostics);
    if (!book) return diagnostics;
    std::size_t most = 0;
    for (std::size_t s = 0; s < book->sheets().size(); ++s) {
      if (book->sheets()[s].part.empty() || book->sheets()[s].hidden) continue;
      std::vector<GuessedRow> here = first_rows(*book->table(s), diagnostics);
      std::size_t cells = 0;
      for (const GuessedRow& row : here) cells += filled(row);
      if (cells <= most) continue;
      most = cells;
      rows = std::move(here);
      sheet = book->sheets()[s].name;
    }
    if (book->sheets().size() == 1) sheet.clear();
  } else {
    auto text = detail::decode(file, std::nullopt, diagnostics);
    if (!text) return diagnostics;
    const char sign = likely_delimiter(*text, options.limits);
    detail::CsvTable table(std::move(*text), sign, options.limits);
    rows = first_rows(table, diagnostics);
  }
  if (diagnostics.has_errors()) return diagnostics;
  const std::size_t header = likely_header(rows);
  if (header == rows.size()) {
    diagnostics.error(path, "import-no-header", "no row of this table looks like its headers",
                      "a row of it must be the names of its columns");
    return diagnostics;
  }
  const std::size_t slash = path.find_last_of('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return {write_guess(columns_of(rows, header), name, sheet), std::move(diagnostics)};
}

}  // namespace eraudit
