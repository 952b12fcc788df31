#include "eraudit/import/guess.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/names.hpp"
#include "eraudit/import/detail/csv_table.hpp"
#include "eraudit/import/detail/file_form.hpp"
#include "eraudit/import/detail/guess_columns.hpp"
#include "eraudit/import/detail/header.hpp"
#include "eraudit/import/detail/table_files.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit {
namespace {

using detail::GuessedCell;
using detail::GuessedColumn;
using detail::GuessedRow;
using detail::TableRow;

constexpr std::size_t rows_looked_at = 1'000;
constexpr std::size_t header_rows_looked_at = 25;
/// In headers of what workers have in common.
constexpr std::string_view own_groups[] = {"batch", "cohort", "group"};
constexpr std::string_view common_words[] = {"agency", "country", "nationality", "origin",
                                             "recruiter"};

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

/// Rows that are a person each: with a column that names them, or tells them apart.
bool per_person(const std::vector<GuessedColumn>& columns) {
  return std::any_of(columns.begin(), columns.end(), [](const GuessedColumn& column) {
    const std::string plain = plain_name(column.header);
    for (const char* word : {"interview", "passport", "worker", "employee", "respondent"}) {
      const std::size_t size = std::string_view(word).size();
      if (plain.compare(0, size, word) != 0) continue;
      // Nearly unlike: a row may stand there twice.
      if (column.person ||
          (column.distinct.size() > 1 && column.distinct.size() * 10 >= column.values.size() * 9)) {
        return true;
      }
    }
    return false;
  });
}

/// Columns by which rows of persons are groups: few unlike texts, of a name that says so. Where a
/// table has groups of its own, they alone: what tells more apart makes groups of one.
std::vector<const GuessedColumn*> likely_groups(const std::vector<GuessedColumn>& columns) {
  std::vector<const GuessedColumn*> out;
  for (const auto words : {std::span<const std::string_view>(own_groups),
                           std::span<const std::string_view>(common_words)}) {
    for (const GuessedColumn& column : columns) {
      const std::string plain = plain_name(column.header);
      const bool named = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return plain.find(word) != std::string::npos;
      });
      if (named && !column.person && column.form.empty() && !column.distinct.empty() &&
          column.distinct.size() <= 50) {
        out.push_back(&column);
      }
    }
    if (!out.empty()) break;
  }
  return out;
}

std::string write_columns(const std::vector<GuessedColumn>& columns, const std::string& indent) {
  std::string out = indent + "columns:\n";
  for (const GuessedColumn& column : columns) {
    out += fmt::format("{}  {}: {{header: {}, person: {}", indent, column.name,
                       quoted(column.header), column.person ? "drop" : "none");
    if (!column.form.empty()) out += ", " + column.form + ", otherwise: unknown";
    if (column.form.starts_with("date:")) out += ", future: true";
    out += column.remark.empty() ? "}\n" : "}  # " + column.remark + "\n";
  }
  return out;
}

/// A row per person: groups of them, and how many each has.
std::string write_groups(const std::vector<const GuessedColumn*>& by, const std::string& indent) {
  std::string out = indent + "group_by:  # a row per person becomes a row per group\n";
  std::string id;
  out += indent + "  by: {";
  for (const GuessedColumn* column : by) {
    out += fmt::format("{}{}: slug(row.{})", id.empty() ? "" : ", ", column->name, column->name);
    id += fmt::format("{}row.{}", id.empty() ? "" : " + '-' + ", column->name);
  }
  out += "}  # TODO: leave out what does not make a group\n";
  out += indent + "  values: {workers: count}\n";
  return out + "@nodes:\n@  group:\n@    kind: Cohort\n@    id: " + id +
         "\n@    attributes: {workers: row.workers}\n";
}

std::string write_nodes(const std::vector<GuessedColumn>& columns) {
  const GuessedColumn* key = likely_key(columns);
  const GuessedColumn* named = likely_name(columns);
  const std::string kind = likely_kind(columns);
  std::string out =
      "@nodes:\n@  row:\n@    kind: " + kind + "  # TODO: one per row; see `eraudit schema show`\n";
  const std::string id =
      key == nullptr ? "row_key" : fmt::format("slug(string(row.{}))", key->name);
  out += fmt::format("@    id: \"'{}-' + {}\"\n", slug(kind), id);
  if (named != nullptr) {
    out += fmt::format("@    attributes:\n@      name: {{value: row.{}, many: most_frequent}}\n",
                       named->name);
  }
  return out;
}

struct GuessedTable {
  std::string sheet;  ///< of a workbook
  std::vector<GuessedColumn> columns;
};

/// What a table has and makes. `@`: where entries of it stand, which of several tables is inside.
std::string write_table(const GuessedTable& table, bool with_sheet, const std::string& indent,
                        const std::string& entries) {
  std::string out;
  if (with_sheet) out += indent + "sheet: " + quoted(table.sheet) + "\n";
  out += write_columns(table.columns, indent);
  const auto groups = likely_groups(table.columns);
  std::string rest = per_person(table.columns) && !groups.empty() ? write_groups(groups, indent)
                                                                  : write_nodes(table.columns);
  for (const char c : rest) {
    if (c == '@') {
      out += entries;
    } else {
      out += c;
    }
  }
  return out;
}

std::string write_guess(const std::vector<GuessedTable>& tables, const std::string& name,
                        std::size_t sheets) {
  std::string out = "eraudit: mapping/1\n";
  out += fmt::format("about: {}\n", quoted("first guess for " + name + ": read and correct it"));
  out += "# as_of: 2026-06-30        # TODO: the day the table speaks of\n";
  out += "sources:\n  table: {class: self-assessment, ref: " + quoted(name) +
         "}  # TODO: say who stated it\n";
  std::set<std::string> fillers;
  for (const GuessedTable& table : tables) {
    for (const GuessedColumn& column : table.columns) {
      fillers.insert(column.fillers.begin(), column.fillers.end());
    }
  }
  out += "fillers: [";
  for (const std::string& filler : fillers) {
    out += (out.ends_with('[') ? "" : ", ") + quoted(filler);
  }
  out += "]  # texts that say nothing\n";
  if (tables.size() == 1) return out + "table:\n" + write_table(tables[0], sheets > 1, "  ", "");
  out += "tables:  # TODO: take out the sheets that are not needed\n";
  std::set<std::string> taken;
  for (const GuessedTable& table : tables) {
    out += "  " + detail::guess_name(table.sheet, taken) + ":\n";
    out += write_table(table, true, "    ", "    ");
  }
  return out;
}

/// The visible sheets with a header and a row below it.
std::vector<GuessedTable> tables_of(const detail::Workbook& book, Diagnostics& diagnostics) {
  std::vector<GuessedTable> out;
  for (std::size_t s = 0; s < book.sheets().size(); ++s) {
    if (book.sheets()[s].part.empty() || book.sheets()[s].hidden) continue;
    const std::vector<GuessedRow> rows = first_rows(*book.table(s), diagnostics);
    const std::size_t header = likely_header(rows);
    if (header + 1 >= rows.size() || filled(rows[header]) < 2) continue;
    out.push_back({book.sheets()[s].name, detail::guess_columns(rows, header)});
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
  std::vector<GuessedTable> tables;
  std::size_t sheets = 1;
  if (form.workbook) {
    const auto book = detail::Workbook::open(file, options.workbook, options.limits, diagnostics);
    if (!book) return diagnostics;
    sheets = book->sheets().size();
    tables = tables_of(*book, diagnostics);
  } else {
    auto text = detail::decode(file, std::nullopt, diagnostics);
    if (!text) return diagnostics;
    const char sign = likely_delimiter(*text, options.limits);
    detail::CsvTable table(std::move(*text), sign, options.limits);
    const std::vector<GuessedRow> rows = first_rows(table, diagnostics);
    const std::size_t header = likely_header(rows);
    if (header != rows.size()) tables.push_back({{}, detail::guess_columns(rows, header)});
  }
  if (diagnostics.has_errors()) return diagnostics;
  if (tables.empty()) {
    diagnostics.error(path, "import-no-header", "no row of this table looks like its headers",
                      "a row of it must be the names of its columns");
    return diagnostics;
  }
  const std::size_t slash = path.find_last_of('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return {write_guess(tables, name, sheets), std::move(diagnostics)};
}

}  // namespace eraudit
