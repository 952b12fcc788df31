#include "eraudit/import/import_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <set>
#include <string_view>

#include "eraudit/core/json_writer.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit {
namespace {

constexpr std::size_t shown = 10;
/// Of more columns only those of which there is something to say are listed.
constexpr std::size_t columns_shown = 40;

class TextReport {
 public:
  explicit TextReport(const ImportReport& report) : report_(report) {}

  std::string write() {
    for (const ImportReport::Input& input : report_.inputs) {
      this->input(input);
      names("  columns that the mapping does not read: ", input.unused_headers);
      names("  columns that are not in this table: ", input.missing_columns);
    }
    line("rows: {} read, {} used", report_.rows_in, report_.rows_used);
    for (const ImportReport::Rows& rows : report_.skipped) reason("  skipped", rows);
    for (const ImportReport::Rows& rows : report_.padded) reason("  filled up", rows);
    if (report_.repeated.count != 0) {
      line("  say the same as an earlier row: {} ({})", report_.repeated.count,
           places(report_.repeated.examples, report_.repeated.count));
    }
    cells();
    unreadable();
    made("nodes", report_.nodes_made);
    made("edges", report_.edges_made);
    made("complete", report_.completions_made);
    made("other tables", report_.joins);
    groups();
    spellings();
    line("network: {} nodes, {} edges", report_.nodes, report_.edges);
    for (const auto& [kind, count] : report_.node_counts) line("  {:>10}  {}", count, kind);
    for (const auto& [kind, count] : report_.edge_counts) line("  {:>10}  {}", count, kind);
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Arguments>(arguments)...);
    out_ += '\n';
  }

  void input(const ImportReport::Input& input) {
    std::string how = input.format;
    for (const std::string* part : {&input.encoding, &input.delimiter}) {
      if (!part->empty()) how += ", " + *part;
    }
    const std::string of =
        input.table.empty() ? std::string() : fmt::format(" of the table {}", input.table);
    line("{}{}: {} rows{} ({})", printable(input.path),
         input.sheet.empty() ? std::string() : "!" + printable(input.sheet), input.rows, of, how);
    if (input.header_line > 1 || input.header_rows > 1) {
      line("  headers: row {}{}", input.header_line,
           input.header_rows > 1 ? fmt::format(", {} rows above each other", input.header_rows)
                                 : std::string());
    }
    // Once for a workbook, of which each sheet may be a table.
    if (hidden_told_.insert(input.path).second) {
      names("  hidden sheets, not read: ", input.hidden_sheets);
    }
    if (input.merged_areas != 0) line("  merged areas: {}", input.merged_areas);
    for (const ImportReport::Rows& rows : input.cells) reason("  cells", rows);
  }

  void groups() {
    for (const ImportReport::Groups& one : report_.groups) {
      line("groups{}: {} rows became {}, the smallest of {}",
           one.table.empty() ? std::string() : " of " + printable(one.table), one.rows, one.groups,
           one.smallest);
      for (const ImportReport::Groups::Value& value : one.values) {
        if (value.unknown == 0) continue;
        line("  {}: known in {} rows, not in {}", printable(value.name), value.known,
             value.unknown);
      }
    }
  }

  void names(std::string_view label, const std::vector<std::string>& all) {
    if (all.empty()) return;
    std::string text;
    for (const std::string& name : all) text += (text.empty() ? "" : ", ") + printable(name);
    line("{}{}", label, text);
  }

  [[nodiscard]] static std::string places(const std::vector<ImportReport::Place>& examples,
                                          std::uint64_t count) {
    std::string text;
    for (const ImportReport::Place& place : examples) {
      text += fmt::format("{}{}:{}", text.empty() ? "" : ", ", printable(place.file), place.line);
    }
    if (count > examples.size()) text += ", ...";
    return text;
  }

  void reason(std::string_view label, const ImportReport::Rows& rows) {
    line("{}: {}: {} ({})", label, rows.count, printable(rows.why),
         places(rows.examples, rows.count));
  }

  void counted(std::string_view label, const std::vector<ImportReport::Counted>& all) {
    if (all.empty()) return;
    std::string text;
    for (std::size_t i = 0; i < all.size() && i < shown; ++i) {
      text += fmt::format("{}'{}' {}", i == 0 ? "" : ", ", printable(all[i].first), all[i].second);
    }
    if (all.size() > shown) text += fmt::format(", and {} more texts", all.size() - shown);
    line("    {}: {}", label, text);
  }

  void cells() {
    line("columns:");
    const bool all = report_.columns.size() <= columns_shown;
    std::size_t left_out = 0;
    for (const ImportReport::Column& column : report_.columns) {
      const bool remarkable = !column.person.empty() || column.filled == 0 ||
                              !column.fillers.empty() || !column.absent.empty() ||
                              !column.suspicious.empty();
      if (!all && !remarkable) {
        ++left_out;
        continue;
      }
      if (column.person == "drop") {
        line("  {}: dropped, not looked at", printable(column.name));
        continue;
      }
      line("  {}: {} filled, {} empty{}", printable(column.name), column.filled, column.empty,
           column.person.empty() ? "" : ", used in ids only");
      counted("not known", column.fillers);
      counted("said to be none", column.absent);
      counted("read as texts, though they look like fillers", column.suspicious);
    }
    if (left_out != 0) line("  and {} more, filled and without fillers", left_out);
  }

  void unreadable() {
    if (report_.unreadable.empty()) return;
    line("values that could not be read, taken as not known:");
    for (std::size_t i = 0; i < report_.unreadable.size() && i < shown; ++i) {
      const ImportReport::Unreadable& value = report_.unreadable[i];
      line("  {}: '{}' {} ({})", value.attribute, printable(value.value), value.count,
           places(value.examples, value.count));
    }
    if (report_.unreadable.size() > shown) line("  and {} more", report_.unreadable.size() - shown);
  }

  void made(std::string_view what, const std::vector<ImportReport::Made>& entries) {
    if (entries.empty()) return;
    line("{}:", what);
    for (const ImportReport::Made& entry : entries) {
      line("  {}: {} rows", printable(entry.entry), entry.rows);
      for (const ImportReport::Rows& rows : entry.not_made) reason("    not made", rows);
    }
  }

  void spellings() {
    if (report_.spelled_ids == 0) return;
    line("names: {} spellings became {} ids", report_.spelling_count, report_.spelled_ids);
    std::vector<const ImportReport::Spellings*> most;
    for (const ImportReport::Spellings& entry : report_.spellings) most.push_back(&entry);
    std::stable_sort(most.begin(), most.end(), [](const auto* a, const auto* b) {
      return a->texts.size() > b->texts.size();
    });
    for (std::size_t i = 0; i < most.size() && i < shown; ++i) {
      line("  {} {}:", most[i]->kind, printable(most[i]->id));
      counted("written", most[i]->texts);
    }
    if (most.size() > shown) line("  and {} more with several spellings", most.size() - shown);
  }

  const ImportReport& report_;
  std::set<std::string> hidden_told_;
  std::string out_;
};

class JsonReport {
 public:
  JsonReport(const ImportReport& report, std::string& out) : report_(report), json_(out) {}

  void write() {
    json_.begin_object();
    json_.member("eraudit", "import-report/1");
    json_.key("mapping").begin_object();
    json_.member("file", report_.mapping).member("sha256", report_.mapping_sha256);
    json_.end_object();
    list("inputs", report_.inputs, [&](const ImportReport::Input& input) {
      json_.member("path", input.path).member("sha256", input.sha256);
      number("bytes", input.bytes);
      number("rows", input.rows);
      for (const auto& [key, text] :
           {std::pair{"table", &input.table}, std::pair{"format", &input.format},
            std::pair{"encoding", &input.encoding}, std::pair{"delimiter", &input.delimiter},
            std::pair{"sheet", &input.sheet}}) {
        if (!text->empty()) json_.member(key, *text);
      }
      number("header_line", input.header_line);
      number("header_rows", input.header_rows);
      number("merged_areas", input.merged_areas);
      texts("hidden_sheets", input.hidden_sheets);
      rows("cells", input.cells);
      texts("unused_headers", input.unused_headers);
      texts("missing_columns", input.missing_columns);
    });
    json_.key("rows").begin_object();
    number("read", report_.rows_in);
    number("used", report_.rows_used);
    rows("skipped", report_.skipped);
    rows("padded", report_.padded);
    json_.key("repeated").begin_object();
    number("count", report_.repeated.count);
    places(report_.repeated.examples);
    json_.end_object();
    json_.end_object();
    list("columns", report_.columns, [&](const ImportReport::Column& column) {
      json_.member("name", column.name);
      if (!column.person.empty()) json_.member("person", column.person);
      number("filled", column.filled);
      number("empty", column.empty);
      counted("fillers", "text", column.fillers);
      counted("absent", "text", column.absent);
      counted("suspicious", "text", column.suspicious);
    });
    list("unreadable", report_.unreadable, [&](const ImportReport::Unreadable& value) {
      json_.member("attribute", value.attribute).member("value", value.value);
      number("count", value.count);
      places(value.examples);
    });
    made("nodes_made", report_.nodes_made);
    made("edges_made", report_.edges_made);
    made("completions_made", report_.completions_made);
    made("joins", report_.joins);
    list("groups", report_.groups, [&](const ImportReport::Groups& one) {
      if (!one.table.empty()) json_.member("table", one.table);
      number("rows", one.rows);
      number("groups", one.groups);
      number("smallest", one.smallest);
      list("values", one.values, [&](const ImportReport::Groups::Value& value) {
        json_.member("name", value.name);
        number("known", value.known);
        number("unknown", value.unknown);
      });
    });
    json_.key("names").begin_object();
    number("spellings", report_.spelling_count);
    number("ids", report_.spelled_ids);
    list("merged", report_.spellings, [&](const ImportReport::Spellings& entry) {
      json_.member("kind", entry.kind).member("id", entry.id);
      counted("texts", "text", entry.texts);
    });
    json_.end_object();
    json_.key("network").begin_object();
    number("nodes", report_.nodes);
    number("edges", report_.edges);
    counted("node_counts", "kind", report_.node_counts);
    counted("edge_counts", "kind", report_.edge_counts);
    json_.end_object();
    json_.end_object();
  }

 private:
  void number(std::string_view name, std::uint64_t value) {
    json_.key(name).unsigned_integer(value);
  }
  template <class Items, class Write>
  void list(std::string_view name, const Items& items, const Write& write) {
    json_.key(name).begin_array();
    for (const auto& item : items) {
      json_.begin_object();
      write(item);
      json_.end_object();
    }
    json_.end_array();
  }
  void texts(std::string_view name, const std::vector<std::string>& all) {
    json_.key(name).begin_array();
    for (const std::string& text : all) json_.text(text);
    json_.end_array();
  }
  void counted(std::string_view name, std::string_view key,
               const std::vector<ImportReport::Counted>& all) {
    list(name, all, [&](const ImportReport::Counted& entry) {
      json_.member(key, entry.first);
      number("count", entry.second);
    });
  }
  void places(const std::vector<ImportReport::Place>& examples) {
    list("examples", examples, [&](const ImportReport::Place& place) {
      json_.member("file", place.file);
      number("line", place.line);
    });
  }
  void rows(std::string_view name, const std::vector<ImportReport::Rows>& all) {
    list(name, all, [&](const ImportReport::Rows& entry) {
      json_.member("why", entry.why);
      number("count", entry.count);
      places(entry.examples);
    });
  }
  void made(std::string_view name, const std::vector<ImportReport::Made>& all) {
    list(name, all, [&](const ImportReport::Made& entry) {
      json_.member("entry", entry.entry);
      number("rows", entry.rows);
      rows("not_made", entry.not_made);
    });
  }

  const ImportReport& report_;
  JsonWriter json_;
};

}  // namespace

std::string to_text(const ImportReport& report) {
  return TextReport(report).write();
}

std::string write_json(const ImportReport& report) {
  std::string out;
  JsonReport(report, out).write();
  out += '\n';
  return out;
}

}  // namespace eraudit
