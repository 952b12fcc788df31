#include "table_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/network/builder.hpp"
#include "eraudit/network/read.hpp"

namespace eraudit::python {
namespace {

constexpr std::int64_t exact_in_a_double = std::int64_t{1} << 53;

/// The same for the same cells, however they are stored and cut into batches.
class TableDigest {
 public:
  static std::pair<std::string, std::uint64_t> of(const Table& table) {
    TableDigest digest;
    for (const std::string& column : table.columns) digest.text('c', column);
    digest.end_block();
    Value value;
    for (const Table::Batch& batch : table.batches) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        for (const auto& cells : batch.columns) {
          cells->read(row, value);
          digest.add(value);
        }
        if (++digest.rows_ % 65'536 == 0) digest.end_block();
      }
    }
    digest.end_block();
    return {sha256(digest.digests_), digest.bytes_};
  }

 private:
  void add(const Value& value) {
    switch (value.kind) {
      case Value::Kind::missing:
        block_.push_back('0');
        break;
      case Value::Kind::boolean:
        block_.append(value.integer != 0 ? "b1" : "b0");
        break;
      case Value::Kind::integer:
        number('i', value.integer);
        break;
      case Value::Kind::large:
        number('I', value.integer);
        break;
      case Value::Kind::number: {
        std::int64_t bits = 0;
        std::memcpy(&bits, &value.number, sizeof bits);
        number('g', bits);
        break;
      }
      case Value::Kind::text:
        text('t', value.text);
        break;
      case Value::Kind::decimal:
        text('d', value.text);
        break;
      case Value::Kind::date:
        number('D', value.integer);
        break;
      case Value::Kind::moment:
        number('m', value.integer);
        number('/', value.scale);
        break;
      case Value::Kind::texts:
        number('l', static_cast<std::int64_t>(value.texts.size()));
        for (const std::string_view item : value.texts) text('t', item);
        break;
    }
  }
  void number(char mark, std::int64_t value) {
    block_.push_back(mark);
    for (int i = 0; i < 8; ++i)
      block_.push_back(static_cast<char>(std::uint64_t(value) >> (8 * i)));
  }
  void text(char mark, std::string_view value) {
    number(mark, static_cast<std::int64_t>(value.size()));
    block_.append(value);
  }
  void end_block() {
    bytes_ += block_.size();
    digests_ += sha256(block_) + "\n";
    block_.clear();
  }

  std::string block_;
  std::string digests_;
  std::uint64_t bytes_ = 0;
  std::uint64_t rows_ = 0;
};

std::string quoted(std::string_view text) {
  std::string cut(text.substr(0, 80));
  while (!cut.empty() && find_bad_utf8(cut)) cut.pop_back();
  return "'" + printable(cut) + (cut.size() < text.size() ? "...'" : "'");
}

std::string what(const Attribute& attribute) {
  switch (attribute.type) {
    case AttributeType::boolean:
      return "true or false";
    case AttributeType::integer:
      return "a whole number";
    case AttributeType::number:
      return "a number";
    case AttributeType::text:
      return "text";
    case AttributeType::enumeration:
      return "one of its values, as text";
    case AttributeType::date:
      return "a day";
    case AttributeType::money:
      return attribute.wage ? "a wage" : "money";
    case AttributeType::text_list:
      return "a list of texts";
    case AttributeType::enumeration_list:
      return "a list of its values";
  }
  return "something else";
}

class TableReader {
 public:
  TableReader(SchemaPtr schema, const Limits& limits)
      : schema_(std::move(schema)),
        limits_(limits),
        diagnostics_(limits.diagnostics_per_file, limits.diagnostics),
        builder_(schema_, limits) {}

  Checked<Network> read(NetworkTables tables) {
    if (tables.as_of) builder_.as_of(*tables.as_of);
    for (SourceRecord& source : tables.sources) builder_.source(std::move(source));
    if (tables.complete) note_completions(*tables.complete);
    for (TableOf& of : tables.nodes) read_nodes(of);
    for (TableOf& of : tables.edges) read_edges(of);
    if (tables.complete) read_completions(*tables.complete);
    Checked<Network> built = builder_.build();
    if (!diagnostics_.has_errors() && built) return built;
    diagnostics_.append(built.diagnostics());
    return std::move(diagnostics_);
  }

 private:
  enum class Role : std::uint8_t {
    id,
    from,
    to,
    source,
    node,
    list,
    attribute,
    share,
    currency,
    per
  };
  struct Column {
    Role role = Role::attribute;
    AttributeId attribute;
    const Attribute* about = nullptr;
    const Share* share = nullptr;
    int currency = -1;  ///< column that has the currency of a money column
    int per = -1;
    bool refused = false;    ///< the whole column is of a type that does not fit; said once
    bool last_good = false;  ///< `last` was accepted
    std::string last;        ///< text of the row before: columns repeat themselves
    Cell last_cell;
  };

  static int find(const Table& table, std::string_view name) {
    const auto found = std::find(table.columns.begin(), table.columns.end(), name);
    return found == table.columns.end() ? -1 : static_cast<int>(found - table.columns.begin());
  }

  void error(const Table& table, std::uint32_t row, std::size_t column, std::string_view id,
             std::string message, std::string help = {}) {
    Diagnostic diagnostic;
    diagnostic.id = id;
    diagnostic.file = table.name;
    diagnostic.position = {row, static_cast<std::uint32_t>(column + 1), 0};
    diagnostic.message = std::move(message);
    if (row != 0) {
      diagnostic.message = "row " + std::to_string(row) + ", column " +
                           quoted(table.columns[column]) + ": " + diagnostic.message;
    }
    diagnostic.help = std::move(help);
    diagnostics_.add(std::move(diagnostic));
  }

  bool read_header(const Table& table, std::string_view kind, std::span<const Attribute> attributes,
                   std::span<const Share> shares,
                   const std::vector<std::pair<std::string_view, Role>>& roles, std::size_t needed,
                   std::vector<Column>& columns) {
    std::vector<std::string_view> names;
    for (const auto& [name, role] : roles) names.push_back(name);
    for (const Attribute& attribute : attributes) names.emplace_back(attribute.name);
    for (const Share& share : shares) names.emplace_back(share.name);
    bool sound = true;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string_view name = table.columns[i];
      Column column;
      if (name.starts_with("__index_level_")) column.refused = true;  // a pandas index without name
      if (!column.refused && !role_of(name, attributes, shares, roles, column)) {
        error(table, 0, i, "network-unknown-column",
              std::string(kind) + " has no attribute " + quoted(name), suggest(name, names));
        sound = false;
      }
      if (!seen.insert(name).second) {
        error(table, 0, i, "network-duplicate-column", "two columns are called " + quoted(name));
        sound = false;
      }
      columns.push_back(std::move(column));
    }
    for (std::size_t i = 0; i < needed; ++i) {
      if (find(table, roles[i].first) >= 0) continue;
      error(table, 0, 0, "network-missing-column", "there is no column " + quoted(roles[i].first),
            table.columns.empty() ? "" : "the columns are: " + joined(table.columns));
      sound = false;
    }
    if (!sound) return false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].role != Role::attribute || columns[i].about == nullptr) continue;
      columns[i].currency = find(table, table.columns[i] + ".currency");
      columns[i].per = find(table, table.columns[i] + ".per");
    }
    return true;
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + quoted(name);
    return out;
  }

  bool role_of(std::string_view name, std::span<const Attribute> attributes,
               std::span<const Share> shares,
               const std::vector<std::pair<std::string_view, Role>>& roles, Column& column) {
    for (const auto& [word, role] : roles) {
      if (word != name) continue;
      column.role = role;
      return true;
    }
    const auto attribute = [&](std::string_view of) -> const Attribute* {
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (attributes[i].name != of) continue;
        column.attribute = AttributeId{static_cast<std::uint16_t>(i)};
        return &attributes[i];
      }
      return nullptr;
    };
    if (const Attribute* found = attribute(name)) {
      column.about = found;
      return true;
    }
    for (const Share& share : shares) {
      if (share.name != name) continue;
      column.role = Role::share;
      column.share = &share;
      return true;
    }
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return false;
    const Attribute* of = attribute(name.substr(0, dot));
    if (of == nullptr || of->type != AttributeType::money) return false;
    if (name.substr(dot) == ".currency") {
      column.role = Role::currency;
    } else if (name.substr(dot) == ".per" && of->wage) {
      column.role = Role::per;
    } else {
      return false;
    }
    return true;
  }

  std::uint16_t register_table(const Table& table) {
    auto [digest, bytes] = TableDigest::of(table);
    return builder_.file(table.name, std::move(digest), bytes);
  }

  /// An id or other word of a row; ids that are whole numbers are read as their digits.
  std::string_view word(const Table& table, const Table::Batch& batch, std::int64_t row,
                        std::uint32_t line, int column, bool needed) {
    if (column < 0) return {};
    const auto at = static_cast<std::size_t>(column);
    batch.columns[at]->read(row, value_);
    if (value_.kind == Value::Kind::text && !value_.text.empty()) return value_.text;
    if (value_.kind == Value::Kind::integer) {
      if (words_.size() <= at) words_.resize(at + 1);
      words_[at] = std::to_string(value_.integer);
      return words_[at];
    }
    const bool missing = value_.kind == Value::Kind::missing || value_.kind == Value::Kind::text;
    if (missing && !needed) return {};
    error(table, line, at, "network-missing-value",
          missing ? "is missing, and every row needs it"
                  : "takes text or whole numbers, not " + table.types[at]);
    return {};
  }

  std::uint16_t source_named(const Table& table, const Table::Batch& batch, std::int64_t row,
                             std::uint32_t line, int column) {
    const std::string_view name = word(table, batch, row, line, column, false);
    if (name.empty()) return 0;
    if (name == last_source_) return last_source_number_;
    const auto found = builder_.find_source(name);
    if (!found) {
      error(table, line, static_cast<std::size_t>(column), "network-unknown-source",
            "no source has the id " + quoted(name), "describe it in `sources`");
      return 0;
    }
    last_source_ = name;
    last_source_number_ = *found;
    return *found;
  }

  void read_nodes(const TableOf& of) {
    const Table& table = *of.table;
    const auto kind = schema_->find_kind(of.kind);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const NodeKind& known : schema_->kinds()) names.emplace_back(known.name);
      error(table, 0, 0, "network-unknown-kind", "no kind of node is called " + quoted(of.kind),
            suggest(of.kind, names));
      return;
    }
    const NodeKind& about = schema_->kind(*kind);
    std::vector<Column> columns;
    if (!read_header(table, about.name, about.attributes, about.shares,
                     {{"id", Role::id}, {"source", Role::source}}, 1, columns)) {
      return;
    }
    const std::uint16_t file = register_table(table);
    const int id = find(table, "id");
    const int source = find(table, "source");
    std::uint32_t line = 0;
    for (const Table::Batch& batch : table.batches) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        ++line;
        const std::uint16_t said_by = source_named(table, batch, row, line, source);
        const std::string_view name = word(table, batch, row, line, id, true);
        if (name.empty()) continue;
        if (!completed_.empty()) {
          if (const auto found = completed_.find(std::string(name)); found != completed_.end()) {
            found->second = *kind;
          }
        }
        const NodeDraft draft = builder_.node(*kind, name, {file, line}, said_by);
        read_row(table, batch, row, line, columns, about.attributes, draft);
      }
    }
  }

  void read_edges(const TableOf& of) {
    const Table& table = *of.table;
    const auto kind = schema_->find_edge(of.kind);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const EdgeKind& known : schema_->edges()) names.emplace_back(known.name);
      error(table, 0, 0, "network-unknown-edge", "no kind of edge is called " + quoted(of.kind),
            suggest(of.kind, names));
      return;
    }
    const EdgeKind& about = schema_->edge(*kind);
    std::vector<Column> columns;
    if (!read_header(
            table, about.name, about.attributes, about.shares,
            {{"from", Role::from}, {"to", Role::to}, {"id", Role::id}, {"source", Role::source}}, 2,
            columns)) {
      return;
    }
    const std::uint16_t file = register_table(table);
    const int from = find(table, "from");
    const int to = find(table, "to");
    const int id = find(table, "id");
    const int source = find(table, "source");
    std::uint32_t line = 0;
    for (const Table::Batch& batch : table.batches) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        ++line;
        const std::uint16_t said_by = source_named(table, batch, row, line, source);
        const std::string_view start = word(table, batch, row, line, from, true);
        const std::string_view end = word(table, batch, row, line, to, true);
        if (start.empty() || end.empty()) continue;
        const std::string_view own = word(table, batch, row, line, id, false);
        const EdgeDraft draft = builder_.edge(*kind, start, end, {file, line}, said_by, own);
        read_row(table, batch, row, line, columns, about.attributes, draft);
      }
    }
  }

  /// Which nodes are spoken of, so that reading them tells their kinds.
  void note_completions(const Table& table) {
    const int node = find(table, "node");
    if (node < 0) return;
    Value value;
    for (const Table::Batch& batch : table.batches) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        batch.columns[static_cast<std::size_t>(node)]->read(row, value);
        if (value.kind == Value::Kind::text) completed_.emplace(value.text, std::nullopt);
        if (value.kind == Value::Kind::integer) {
          completed_.emplace(std::to_string(value.integer), std::nullopt);
        }
      }
    }
  }

  void read_completions(const Table& table) {
    std::vector<Column> columns;
    if (!read_header(table, "a statement of completeness", {}, {},
                     {{"node", Role::node}, {"list", Role::list}, {"source", Role::source}}, 2,
                     columns)) {
      return;
    }
    const std::uint16_t file = register_table(table);
    const int node_column = find(table, "node");
    const int list_column = find(table, "list");
    const int source_column = find(table, "source");
    std::uint32_t line = 0;
    for (const Table::Batch& batch : table.batches) {
      for (std::int64_t row = 0; row < batch.rows; ++row) {
        ++line;
        const std::uint16_t said_by = source_named(table, batch, row, line, source_column);
        const std::string node(word(table, batch, row, line, node_column, true));
        const std::string list(word(table, batch, row, line, list_column, true));
        if (node.empty() || list.empty()) continue;
        const auto kind = completed_.find(node);
        if (kind == completed_.end() || !kind->second) {
          error(table, line, static_cast<std::size_t>(node_column), "network-unknown-node",
                "no node has the id " + quoted(node));
          continue;
        }
        const auto found = schema_->find_list(*kind->second, list);
        if (found) {
          builder_.complete(node, found->list, {file, line}, said_by);
          continue;
        }
        std::vector<std::string_view> names;
        for (const ListId known : schema_->lists(*kind->second)) {
          names.emplace_back(schema_->end(known).edges);
        }
        error(table, line, static_cast<std::size_t>(list_column), "network-unknown-list",
              schema_->kind(*kind->second).name + " has no list " + quoted(list),
              suggest(list, names));
      }
    }
  }

  template <class Draft>
  void read_row(const Table& table, const Table::Batch& batch, std::int64_t row, std::uint32_t line,
                std::vector<Column>& columns, std::span<const Attribute> attributes, Draft draft) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      Column& column = columns[i];
      if (column.refused) continue;
      if (column.role == Role::attribute) {
        batch.columns[i]->read(row, value_);
        if (value_.kind != Value::Kind::missing) {
          read_value(table, batch, row, line, i, column, draft);
        }
      } else if (column.role == Role::share) {
        batch.columns[i]->read(row, value_);
        if (value_.kind != Value::Kind::missing) {
          read_share(table, line, i, column, attributes, draft);
        }
      }
    }
  }

  void refuse_type(const Table& table, std::uint32_t line, std::size_t i, Column& column,
                   const std::string& help) {
    column.refused = true;
    error(table, line, i, "network-shape",
          "'" + column.about->name + "' takes " + what(*column.about) +
              ", and the column is of the "
              "type " +
              table.types[i],
          help);
  }

  /// As a field of a CSV table.
  template <class Draft>
  void read_text(const Table& table, std::uint32_t line, std::size_t i, Column& column,
                 std::string_view text, Draft draft) {
    const bool kept = !column.last.empty() && text == column.last;
    if (!kept) {
      CellProblem problem;
      auto cell = read_cell(*column.about, text, problem);
      column.last_good = cell.has_value();
      column.last = text;
      if (cell) {
        column.last_cell = *std::move(cell);
      } else {
        return error(table, line, i, problem.id, std::move(problem.message),
                     std::move(problem.help));
      }
    }
    if (column.last_good) {
      builder_.set(draft, column.attribute, column.last_cell);
    } else {
      CellProblem problem;
      (void)read_cell(*column.about, text, problem);
      error(table, line, i, problem.id, std::move(problem.message), std::move(problem.help));
    }
  }

  template <class Draft>
  void read_value(const Table& table, const Table::Batch& batch, std::int64_t row,
                  std::uint32_t line, std::size_t i, Column& column, Draft draft) {
    const Attribute& about = *column.about;
    const Value::Kind kind = value_.kind;
    if (kind == Value::Kind::number && std::isnan(value_.number)) return;  // unknown
    if (about.type == AttributeType::money && kind != Value::Kind::text) {
      return read_money(table, batch, row, line, i, column, draft);
    }
    switch (kind) {
      case Value::Kind::missing:
        return;
      case Value::Kind::text:
        // What is most common, without a cell in between.
        if (about.type == AttributeType::text && about.format == TextFormat::any &&
            value_.text != "null" && is_plain(value_.text)) {
          return builder_.set_text(draft, column.attribute, value_.text);
        }
        return read_text(table, line, i, column, value_.text, draft);
      case Value::Kind::boolean:
        if (about.type == AttributeType::boolean) {
          return builder_.set_boolean(draft, column.attribute, value_.integer != 0);
        }
        break;
      case Value::Kind::integer:
        if (about.type == AttributeType::integer) {
          return set_integer(table, line, i, column, value_.integer, draft);
        }
        if (about.type == AttributeType::number) {
          return set_number(table, line, i, column, static_cast<double>(value_.integer), draft);
        }
        break;
      case Value::Kind::large:
        if (about.type == AttributeType::integer || about.type == AttributeType::number) {
          return error(table, line, i, "network-number", "is larger than 9223372036854775807");
        }
        break;
      case Value::Kind::number:
        if (about.type == AttributeType::number) {
          return set_number(table, line, i, column, value_.number, draft);
        }
        if (about.type == AttributeType::integer) {
          // Tables with missing cells often hold whole numbers as floating point.
          if (value_.number == std::floor(value_.number) &&
              std::fabs(value_.number) <= double(exact_in_a_double)) {
            return set_integer(table, line, i, column, static_cast<std::int64_t>(value_.number),
                               draft);
          }
          return error(table, line, i, "network-number",
                       "'" + about.name + "' takes a whole number, not " + to_text(value_.number));
        }
        break;
      case Value::Kind::decimal:
        if (about.type == AttributeType::integer || about.type == AttributeType::number) {
          return read_text(table, line, i, column, without_zeros(value_.text), draft);
        }
        break;
      case Value::Kind::date:
        if (about.type == AttributeType::date) {
          return set_day(table, line, i, column, value_.integer, draft);
        }
        break;
      case Value::Kind::moment:
        if (about.type == AttributeType::date) {
          if (value_.integer % value_.scale != 0) {
            return error(table, line, i, "network-date",
                         "'" + about.name + "' takes a day, and this is a time of a day",
                         "cast the column to dates; which day a moment is depends on where");
          }
          return set_day(table, line, i, column, value_.integer / value_.scale, draft);
        }
        break;
      case Value::Kind::texts:
        if (about.type == AttributeType::text_list ||
            about.type == AttributeType::enumeration_list) {
          return set_texts(table, line, i, column, draft);
        }
        break;
    }
    refuse_type(table, line, i, column,
                kind == Value::Kind::integer && about.type == AttributeType::date
                    ? "cast it to dates"
                    : "cast it, or write the values as texts");
  }

  /// ASCII without control characters, and not empty: there is nothing to find wrong.
  static bool is_plain(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  }

  /// `12.00`: `12`.
  static std::string_view without_zeros(std::string_view decimal) {
    if (decimal.find('.') == std::string_view::npos) return decimal;
    while (decimal.back() == '0') decimal.remove_suffix(1);
    if (decimal.back() == '.') decimal.remove_suffix(1);
    return decimal;
  }

  template <class Draft>
  void set_integer(const Table& table, std::uint32_t line, std::size_t i, Column& column,
                   std::int64_t value, Draft draft) {
    if (value < 0) return read_text(table, line, i, column, std::to_string(value), draft);
    builder_.set_integer(draft, column.attribute, value);
  }

  template <class Draft>
  void set_number(const Table& table, std::uint32_t line, std::size_t i, Column& column,
                  double value, Draft draft) {
    if (std::isinf(value)) {
      return error(table, line, i, "network-number", "is infinite, which is no number");
    }
    if (value < 0) return read_text(table, line, i, column, to_text(value), draft);
    builder_.set_number(draft, column.attribute, value);
  }

  template <class Draft>
  void set_day(const Table& table, std::uint32_t line, std::size_t i, const Column& column,
               std::int64_t days, Draft draft) {
    if (days < first_date.days || days > last_date.days) {
      return error(table, line, i, "network-date", "is outside of the years 1 to 9999");
    }
    builder_.set_date(draft, column.attribute, Date{static_cast<std::int32_t>(days)});
  }

  template <class Draft>
  void set_texts(const Table& table, std::uint32_t line, std::size_t i, const Column& column,
                 Draft draft) {
    std::vector<std::string> items;
    for (const std::string_view item : value_.texts) {
      if (column.about->type == AttributeType::enumeration_list &&
          !column.about->find_value(item)) {
        std::vector<std::string_view> names;
        for (const EnumerationValue& known : column.about->values) names.emplace_back(known.id);
        return error(table, line, i, "network-unknown-value",
                     "'" + column.about->name + "' has no value " + quoted(item),
                     suggest(item, names));
      }
      items.emplace_back(item);
    }
    builder_.set(draft, column.attribute, Cell::of(std::move(items)));
  }

  template <class Draft>
  void read_money(const Table& table, const Table::Batch& batch, std::int64_t row,
                  std::uint32_t line, std::size_t i, Column& column, Draft draft) {
    std::string text;
    if (value_.kind == Value::Kind::integer) {
      text = std::to_string(value_.integer);
    } else if (value_.kind == Value::Kind::decimal) {
      text = std::string(without_zeros(value_.text));
    } else if (value_.kind == Value::Kind::number) {
      if (std::fabs(value_.number) > double(exact_in_a_double)) {
        return error(table, line, i, "network-money",
                     "is beyond what floating point can hold exactly", "use decimals or texts");
      }
      text = to_text(value_.number);
      if (text.find('e') != std::string::npos) {
        return error(table, line, i, "network-money", "'" + text + "' is not an amount",
                     "use decimals or texts");
      }
      text = std::string(without_zeros(text));
    } else {
      return refuse_type(table, line, i, column, "write amounts as `1500 MYR`");
    }
    if (column.currency < 0) {
      return refuse_type(table, line, i, column,
                         "give the currency in a column '" + table.columns[i] +
                             ".currency', or write amounts as texts: `1500 MYR`");
    }
    const std::string_view currency = word(table, batch, row, line, column.currency, true);
    if (currency.empty()) return;
    text.append(" ").append(currency);
    if (column.about->wage) {
      if (column.per < 0) {
        return refuse_type(table, line, i, column,
                           "say what it is paid for in a column '" + table.columns[i] +
                               ".per' (hour, day, week, month, year)");
      }
      const std::string_view per = word(table, batch, row, line, column.per, true);
      if (per.empty()) return;
      text.append("/").append(per);
    }
    read_text(table, line, i, column, text, draft);
  }

  /// `11 of 12`.
  template <class Draft>
  void read_share(const Table& table, std::uint32_t line, std::size_t i, Column& column,
                  std::span<const Attribute> attributes, Draft draft) {
    const Share& share = *column.share;
    const std::size_t of =
        value_.kind == Value::Kind::text ? value_.text.find(" of ") : std::string_view::npos;
    if (value_.kind == Value::Kind::text && value_.text.empty()) return;
    std::int64_t part = -1;
    std::int64_t whole = -1;
    if (of != std::string_view::npos) {
      part = parse_integer(value_.text.substr(0, of)).value_or(-1);
      whole = parse_integer(value_.text.substr(of + 4)).value_or(-1);
    }
    if (part < 0 || part > whole) {
      return error(table, line, i, "network-share",
                   "'" + share.name + "' takes a share such as 11 of 12",
                   "or give two columns: '" + attributes[share.part.index].name + "' and '" +
                       attributes[share.whole.index].name + "'");
    }
    builder_.set_integer(draft, share.part, part);
    builder_.set_integer(draft, share.whole, whole);
  }

  SchemaPtr schema_;
  Limits limits_;
  Diagnostics diagnostics_;
  NetworkBuilder builder_;
  Value value_;
  std::deque<std::string> words_;  ///< ids that were numbers, by column; of one row
  std::string last_source_;
  std::uint16_t last_source_number_ = 0;
  std::unordered_map<std::string, std::optional<KindId>> completed_;
};

}  // namespace

Checked<Network> read_tables(const SchemaPtr& schema, NetworkTables tables, const Limits& limits) {
  return TableReader(schema, limits).read(std::move(tables));
}

}  // namespace eraudit::python
