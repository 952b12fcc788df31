#include "eraudit/import/detail/table_files.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/file_form.hpp"
#include "eraudit/import/detail/text_forms.hpp"

namespace eraudit::detail {
namespace {

Header header_of(Table& table, const TableMapping& mapping, Diagnostics& diagnostics) {
  HeaderSearch search(mapping);
  bool found = false;
  table.read(
      [&](const TableRow& row) {
        const HeaderSearch::Step step = search.add(row);
        found = found || step == HeaderSearch::Step::header;
        return step == HeaderSearch::Step::searching ||
               (found && step == HeaderSearch::Step::header);
      },
      diagnostics);
  return search.best();
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + in_quotes(name);
  return out;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view name) {
  const std::string p = folded(pattern);
  const std::string n = folded(name);
  std::size_t at = 0;
  std::size_t star = std::string::npos;
  std::size_t resume = 0;
  std::size_t i = 0;
  while (i < n.size()) {
    if (at < p.size() && p[at] == '*') {
      star = at++;
      resume = i;
    } else if (at < p.size() && (p[at] == '?' || p[at] == n[i])) {
      ++at;
      ++i;
    } else if (star != std::string::npos) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (at < p.size() && p[at] == '*') ++at;
  return at == p.size();
}

TableFiles::TableFiles(ImportRun& run, std::span<const std::string> names) : run_(run) {
  for (const std::string& name : names) {
    Named& file = files_.emplace_back();
    file.path = name;
    const std::size_t sign = name.find('=');
    if (sign == std::string::npos) continue;
    for (std::size_t t = 0; t < run.state.tables.size(); ++t) {
      const std::string& table = run.state.tables[t].name;
      if (table.empty() || std::string_view(name).substr(0, sign) != table) continue;
      file.table = t;
      file.path = name.substr(sign + 1);
    }
  }
}

void TableFiles::error(const std::string& path, std::string_view id, std::string message,
                       std::string help) {
  run_.diagnostics.error(path, id, std::move(message), std::move(help));
}

const OpenFile* TableFiles::open(std::size_t file) {
  if (opened_ && opened_index_ == file) return &*opened_;
  opened_.reset();
  OpenFile out;
  out.path = files_[file].path;
  out.bytes = read_file(out.path, run_.options.limits.data_file_bytes);
  const FileForm form = form_of(out.bytes->text());
  if (!form.refused.empty()) {
    error(out.path, "table-not-readable", fmt::format("this is {}", form.refused),
          std::string(form.help));
    return nullptr;
  }
  if (form.workbook) {
    out.workbook =
        Workbook::open(out.bytes, run_.options.workbook, run_.options.limits, run_.diagnostics);
    if (!out.workbook) return nullptr;
  }
  out.sha256 = sha256(out.bytes->text());
  opened_ = std::move(out);
  opened_index_ = file;
  return &*opened_;
}

std::vector<TableInput> TableFiles::assign() {
  std::vector<TableInput> out;
  for (std::size_t i = 0; i < files_.size(); ++i) assign_file(i, out);
  // A table that comes with the mapping, unless another was named for it.
  for (std::size_t t = 0; t < run_.state.tables.size(); ++t) {
    const TableMapping& table = run_.state.tables[t];
    const bool named = std::any_of(out.begin(), out.end(),
                                   [&](const TableInput& input) { return input.table == t; });
    if (named || table.file.empty()) continue;
    files_.push_back({table.file, t});
    assign_file(files_.size() - 1, out);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const TableInput& a, const TableInput& b) { return a.table < b.table; });
  if (run_.diagnostics.has_errors()) return out;
  for (std::size_t t = 0; t < run_.state.tables.size(); ++t) {
    const TableMapping& table = run_.state.tables[t];
    const bool there = std::any_of(out.begin(), out.end(),
                                   [&](const TableInput& input) { return input.table == t; });
    if (there || !table.required) continue;
    missing_table(table);
  }
  return out;
}

void TableFiles::missing_table(const TableMapping& table) {
  if (!table.sheets.empty() && !sheets_seen_.empty()) {
    const std::vector<std::string_view> known(sheets_seen_.begin(), sheets_seen_.end());
    std::string help = suggest(table.sheets.front(), known);
    if (help.empty()) help = "the sheets there are: " + listed(sheets_seen_);
    run_.diagnostics.error(*run_.state.source, table.place, "import-no-sheet",
                           fmt::format("no sheet is called {}, in which the table {} stands",
                                       in_quotes(table.sheets.front()), in_quotes(table.name)),
                           std::move(help));
    return;
  }
  run_.diagnostics.error(
      *run_.state.source, table.place, "import-table-missing",
      fmt::format("no file was named for the table {}", in_quotes(table.name)),
      fmt::format("name one: {}=FILE; a table that may be left out is required: false",
                  table.name));
}

void TableFiles::assign_file(std::size_t file, std::vector<TableInput>& out) {
  // With one table and no choice, a CSV file is read once, as a stream.
  const OpenFile* opened = open(file);
  if (opened == nullptr) return;
  if (opened->workbook) {
    assign_workbook(file, *opened, out);
  } else {
    assign_csv(file, *opened, out);
  }
}

Header TableFiles::csv_header(const OpenFile& opened, const TableMapping& mapping,
                              std::optional<Encoding> encoding) {
  Diagnostics ignored;
  const auto text = decode(opened.bytes, encoding, ignored);
  if (!text) return {};
  CsvTable table(beginning(*text), delimiter(*text, mapping), run_.options.limits);
  return header_of(table, mapping, probing_);
}

TableFiles::Candidate TableFiles::candidate(const OpenFile& opened, std::size_t table,
                                            std::size_t sheet) {
  Candidate out;
  out.table = table;
  out.sheet = sheet;
  const TableMapping& mapping = run_.state.tables[table];
  Header header;
  if (opened.workbook) {
    header = header_of(*opened.workbook->table(sheet), mapping, probing_);
  } else {
    header = csv_header(opened, mapping, mapping.encoding);
    if (!header.complete && mapping.encoding) {
      Header other = csv_header(opened, mapping, std::nullopt);
      out.other_encoding = other.matched > header.matched;
      if (out.other_encoding) header = std::move(other);
    }
  }
  out.matched = header.matched;
  out.complete = header.complete && header.matched > 0;
  for (std::size_t c = 0; c < mapping.columns.size() && !opened.workbook; ++c) {
    const ColumnMapping& column = mapping.columns[c];
    const bool there = c < header.field_of_column.size() && header.field_of_column[c] != no_code;
    if (!there && column.required && !column.joined) out.missing.push_back(column.headers.front());
  }
  return out;
}

void TableFiles::assign_csv(std::size_t file, const OpenFile& opened,
                            std::vector<TableInput>& out) {
  if (files_[file].table) {
    out.push_back({file, *files_[file].table, 0});
    return;
  }
  if (run_.state.tables.size() == 1) {
    out.push_back({file, 0, 0});
    return;
  }
  std::vector<Candidate> fitting;
  std::optional<Candidate> nearest;  // the one that lacks least
  for (std::size_t t = 0; t < run_.state.tables.size(); ++t) {
    const Candidate one = candidate(opened, t, 0);
    if (one.complete && !one.other_encoding) fitting.push_back(one);
    const bool some = one.matched > 0 && one.matched >= one.missing.size();
    if (some && (!nearest || one.missing.size() < nearest->missing.size())) nearest = one;
  }
  const auto best = std::max_element(
      fitting.begin(), fitting.end(),
      [](const Candidate& a, const Candidate& b) { return a.matched < b.matched; });
  if (best == fitting.end()) {
    no_columns(opened.path, nearest ? &*nearest : nullptr);
    return;
  }
  const auto equals = std::count_if(fitting.begin(), fitting.end(), [&](const Candidate& one) {
    return one.matched == best->matched;
  });
  if (equals > 1) {
    std::vector<std::string> names;
    for (const Candidate& one : fitting) {
      if (one.matched == best->matched) names.push_back(run_.state.tables[one.table].name);
    }
    error(opened.path, "import-which-table",
          fmt::format("this file may be any of the tables {}", listed(names)),
          fmt::format("say which: {}=FILE", names.front()));
    return;
  }
  out.push_back({file, best->table, 0});
}

void TableFiles::no_columns(const std::string& path, const Candidate* nearest) {
  std::string help = "say which it is meant to be, and what is missing will be named: NAME=FILE";
  if (nearest != nullptr && nearest->missing.empty()) {
    help = fmt::format("it may be {}, but is not of the encoding that the mapping says it has",
                       in_quotes(run_.state.tables[nearest->table].name));
  } else if (nearest != nullptr) {
    help = fmt::format(
        "the nearest is {}, for which {} {} missing; if it is meant, correct the mapping",
        in_quotes(run_.state.tables[nearest->table].name), listed(nearest->missing),
        nearest->missing.size() == 1 ? "is" : "are");
  }
  error(path, "import-no-columns", "no table of the mapping has its columns in this file",
        std::move(help));
}

bool TableFiles::assign_named_sheets(std::size_t file, const OpenFile& opened, std::size_t table,
                                     std::vector<TableInput>& out) {
  const auto& sheets = opened.workbook->sheets();
  bool found = false;
  for (std::size_t s = 0; s < sheets.size(); ++s) {
    if (sheets[s].part.empty()) continue;
    for (const std::string& pattern : run_.state.tables[table].sheets) {
      const bool exact = folded(pattern) == folded(sheets[s].name);
      if (!exact && (sheets[s].hidden || !matches_pattern(pattern, sheets[s].name))) continue;
      out.push_back({file, table, s});
      found = true;
      break;
    }
  }
  return found;
}

void TableFiles::assign_workbook(std::size_t file, const OpenFile& opened,
                                 std::vector<TableInput>& out) {
  const auto& sheets = opened.workbook->sheets();
  const auto& tables = run_.state.tables;
  std::vector<std::string> names;
  for (const Workbook::Sheet& sheet : sheets) {
    if (!sheet.part.empty()) names.push_back(sheet.name);
  }
  sheets_seen_.insert(sheets_seen_.end(), names.begin(), names.end());
  if (names.empty()) {
    error(opened.path, "xlsx-no-sheets", "there is no sheet of cells in this workbook", {});
    return;
  }
  bool assigned = false;
  probing_ = Diagnostics();
  std::vector<bool> open_tables(tables.size(), true);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const bool meant = !files_[file].table || *files_[file].table == t;
    if (meant && tables[t].sheets.empty()) continue;
    open_tables[t] = false;
    if (!meant) continue;
    if (assign_named_sheets(file, opened, t, out)) {
      assigned = true;
    } else if (tables.size() == 1 || files_[file].table) {
      std::vector<std::string_view> known(names.begin(), names.end());
      std::string help = suggest(tables[t].sheets.front(), known);
      error(opened.path, "import-no-sheet",
            fmt::format("no sheet is called {}", in_quotes(tables[t].sheets.front())),
            help.empty() ? "its sheets: " + listed(names) : std::move(help));
      return;
    }
  }
  // The others by their columns; hidden sheets only where they are named.
  std::vector<Candidate> found;
  for (std::size_t s = 0; s < sheets.size(); ++s) {
    if (sheets[s].part.empty() || sheets[s].hidden) continue;
    std::optional<Candidate> best;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      if (!open_tables[t]) continue;
      const Candidate one = candidate(opened, t, s);
      if (one.complete && (!best || one.matched > best->matched)) best = one;
    }
    if (best) found.push_back(*best);
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    std::vector<std::string> several;
    for (const Candidate& one : found) {
      if (one.table == t) several.push_back(sheets[one.sheet].name);
    }
    if (several.size() > 1) {
      error(opened.path, "import-which-sheet",
            fmt::format("the sheets {} have these columns", listed(several)),
            "say which are meant: sheet: NAME in the mapping, or sheet: \"*\" for all of them");
      return;
    }
  }
  for (const Candidate& one : found) out.push_back({file, one.table, one.sheet});
  if (assigned || !found.empty()) return;
  if (probing_.has_errors()) {
    // What is wrong in the sheets is why no header was found.
    for (Diagnostic diagnostic : probing_.items()) {
      diagnostic.line.clear();
      run_.diagnostics.add(std::move(diagnostic));
    }
    return;
  }
  // One sheet: what is missing there is named when it is read.
  std::vector<std::size_t> visible;
  for (std::size_t s = 0; s < sheets.size(); ++s) {
    if (!sheets[s].part.empty() && !sheets[s].hidden) visible.push_back(s);
  }
  const bool one_table = tables.size() == 1 || files_[file].table;
  if (one_table && visible.size() == 1) {
    out.push_back({file, files_[file].table.value_or(0), visible.front()});
    return;
  }
  error(
      opened.path, "import-no-columns",
      fmt::format("no sheet has the columns that the mapping names; its sheets: {}", listed(names)),
      "name one with sheet: in the mapping, and what is missing there will be said");
}

std::vector<std::string> TableFiles::hidden_sheets(const OpenFile& file,
                                                   const TableMapping& table) {
  std::vector<std::string> out;
  if (!file.workbook) return out;
  for (const Workbook::Sheet& sheet : file.workbook->sheets()) {
    const bool named = std::any_of(
        table.sheets.begin(), table.sheets.end(),
        [&](const std::string& pattern) { return folded(pattern) == folded(sheet.name); });
    if (sheet.hidden && !named) out.push_back(sheet.name);
  }
  return out;
}

std::optional<DecodedText> TableFiles::decoded(const OpenFile& file, const TableMapping& table,
                                               Diagnostics& diagnostics) const {
  return decode(file.bytes, table.encoding, diagnostics);
}

char TableFiles::delimiter(const DecodedText& text, const TableMapping& table) const {
  if (table.delimiter) return *table.delimiter;
  if (const auto stated = stated_delimiter(text.text->text())) return *stated;
  const DecodedText front = beginning(text);
  char best = csv_delimiters[0];
  std::size_t most = 0;
  for (const char sign : csv_delimiters) {
    CsvTable tried(front, sign, run_.options.limits);
    Diagnostics ignored;
    const Header header = header_of(tried, table, ignored);
    const std::size_t score = header.matched * 2 + (header.complete ? 1 : 0);
    if (header.matched == 0 || score <= most) continue;
    most = score;
    best = sign;
  }
  return best;
}

std::unique_ptr<Table> TableFiles::table(const OpenFile& file, const TableInput& input) {
  if (file.workbook) return file.workbook->table(input.sheet);
  const TableMapping& mapping = run_.state.tables[input.table];
  auto text = decoded(file, mapping, run_.diagnostics);
  if (!text) return nullptr;
  if (text->guessed && text->encoding == Encoding::windows1252) {
    Diagnostic guess;
    guess.level = DiagnosticLevel::warning;
    guess.id = "import-encoding-guessed";
    guess.message = "this file is neither marked nor UTF-8, and was read as Windows-1252";
    guess.help = "look at the names in it; if they are right, say encoding: windows-1252";
    guess.file = file.path;
    run_.diagnostics.add(std::move(guess));
  }
  const char sign = delimiter(*text, mapping);
  return std::make_unique<CsvTable>(std::move(*text), sign, run_.options.limits);
}

}  // namespace eraudit::detail
