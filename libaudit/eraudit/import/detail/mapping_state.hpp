#pragma once
// A mapping, read and compiled.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/import/detail/amount_forms.hpp"
#include "eraudit/import/detail/date_forms.hpp"
#include "eraudit/import/detail/encoding.hpp"
#include "eraudit/import/mapping.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit::detail {

enum class Person : std::uint8_t { none, key_only, drop };

/// What to do with a row that has fewer or more fields than the header.
enum class Ragged : std::uint8_t { error, pad, skip };

/// Texts as they are compared: trimmed, case folded; sorted.
class Tokens {
 public:
  void add(std::string_view text);
  [[nodiscard]] bool contains(std::string_view folded) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return texts_.empty(); }

 private:
  std::vector<std::string> texts_;
};

struct ColumnMapping {
  std::string name;
  std::vector<std::string> headers;
  bool required = true;
  Person person = Person::none;
  bool opaque = false;  ///< a `key_only` column that holds no names: its texts are ids already
  std::optional<Tokens> fillers;  ///< instead of the mapping's
  std::optional<Tokens> absent;
  std::optional<DateForm> date;      ///< how days are written; they become `2024-03-01`
  std::optional<AmountForm> amount;  ///< how numbers or money are written
  std::vector<std::string> split;    ///< signs between several texts in one cell
  bool otherwise_unknown = false;    ///< what is not of its form is not known, instead of an error
  bool joined = false;               ///< of a row of another table
  Span place;
  bool read = false;
};

/// A value, a condition or an id for each row.
struct Expression {
  enum class Form : std::uint8_t {
    constant,  ///< reads nothing of the row
    column,    ///< `row.x` alone
    general,
  };
  ProgramPtr program;
  BoundProgram bound;
  Form form = Form::general;
  std::vector<std::uint16_t> columns;  ///< read, in the order of the text, each once
  bool reads_row_key = false;          ///< or `repeat`
  bool reads_as_of = false;
  bool normalises = false;  ///< calls a function for names: unlike texts may become one
  std::string text;         ///< as written, for the report
  Span place;               ///< in the mapping
};

/// What happens when rows say unlike things about one attribute of one node.
enum class Many : std::uint8_t {
  claims,         ///< each is a statement; the cell is disputed
  most_frequent,  ///< the one that most rows say; of equals, the first by text
  all,            ///< of lists: what any row says
};

/// `map: {column: country, values: {MEXICO: MX}, otherwise: unknown}`.
struct ValueMap {
  std::uint16_t column = 0;
  std::vector<std::pair<std::string, Cell>> values;  ///< by folded text
};

struct AttributeMapping {
  AttributeId attribute;
  std::optional<Expression> value;  ///< or
  std::optional<ValueMap> map;      ///< or
  std::optional<Cell> constant;
  bool otherwise_unknown = false;  ///< what cannot be read is not known, instead of an error
  Many many = Many::claims;
  std::optional<AttributeId>
      except;        ///< of `all`: leaves out what `most_frequent` chose for this one
  std::string path;  ///< `Recruiter.name`
  Span place;
};

/// Who says what an entry makes: one source, or in each row the one that a column names.
struct EntrySource {
  std::optional<std::uint16_t> fixed;  ///< index into `State::sources`; of rows that name none, too
  std::optional<std::uint16_t> column;
};

struct NodeMapping {
  std::string handle;
  KindId kind;
  Expression id;
  std::optional<Expression> when;
  std::vector<AttributeMapping> attributes;
  EntrySource source;
  Span place;
  bool sound = true;  ///< false only while a mapping with errors is read: its kind means nothing
};

struct EdgeMapping {
  EdgeKindId kind;
  std::uint16_t from = 0;  ///< index into `TableMapping::nodes`
  std::uint16_t to = 0;
  std::optional<Expression> id;
  std::optional<Expression> when;
  std::vector<AttributeMapping> attributes;
  EntrySource source;
  std::string label;  ///< `through(recruitment, agency)`
  Span place;
};

struct CompletionMapping {
  std::uint16_t node = 0;
  ListId list;
  std::optional<Expression> when;
  EntrySource source;
  std::string label;  ///< `recruitment.agencies`
  Span place;
};

/// Columns that come from the row of another table which has the same key.
struct JoinMapping {
  std::string name;
  std::uint16_t table = 0;  ///< index into `State::tables`; stands above this one
  Expression on;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> take;  ///< column here, column there
  bool required = false;  ///< a key that is known and has no row there is an error
  Span place;
};

/// What several rows become together.
enum class Fold : std::uint8_t {
  by,        ///< rows with one text are together
  count,     ///< of rows
  distinct,  ///< of unlike texts
  known,     ///< of rows in which it is known
  said,      ///< of rows in which it is true; the first half of a share
  asked,     ///< of rows in which it is true or false
  min,
  median,
  max,
  sum,
  window,  ///< from the first day to the last
};

struct FoldMapping {
  std::string name;  ///< the column that it becomes
  Fold fold = Fold::count;
  std::optional<Expression> value;
  Person person = Person::none;  ///< `key_only` if it holds pseudonyms
  Span place;
};

struct TableMapping;

/// Rows per worker become rows per group; what these make is said of the groups.
struct Grouping {
  std::vector<FoldMapping> folds;
  std::shared_ptr<TableMapping> groups;  ///< its columns are the folds
  Span place;
};

/// Slots of the names that expressions may use.
struct RowNames {
  Slot row = 0;
  Slot filled = 0;
  Slot row_key = 0;
  Slot repeat = 0;
  Slot company_forms = 0;
  Type row_type;
  Type filled_type;
};

/// One table and what its rows make.
struct TableMapping {
  std::string name;                 ///< empty if the mapping has one table
  bool required = true;             ///< of several tables: whether it must be named
  std::string file;                 ///< beside the mapping, read if no other is named; or empty
  std::vector<std::string> sheets;  ///< names or patterns; empty: the one that has the columns
  std::optional<Encoding> encoding;
  std::optional<char> delimiter;
  Ragged ragged = Ragged::error;
  bool skip_hidden = false;  ///< hidden rows are left out
  bool skip_totals = true;
  std::vector<ColumnMapping> columns;  ///< joined ones last
  std::optional<Expression> skip_if;
  std::optional<Expression> key;  ///< other tables find its rows by this
  std::vector<JoinMapping> joins;
  std::optional<Grouping> grouping;
  std::optional<EntrySource> source;  ///< of entries that name none
  std::vector<NodeMapping> nodes;
  std::vector<EdgeMapping> edges;
  std::vector<CompletionMapping> completions;
  RowNames names;
  bool counts_rows = false;  ///< something reads `row_key` or `repeat`
  Span place;
};

}  // namespace eraudit::detail

namespace eraudit {

struct Mapping::State {
  SourcePtr source;
  std::string sha256;
  SchemaPtr schema;
  std::string schema_extension;  ///< text of the file that `schema:` names
  Limits limits;
  std::optional<Date> as_of;
  std::vector<SourceRecord> sources;
  std::optional<std::uint16_t> default_source;
  detail::Tokens fillers;
  detail::Tokens absent;
  std::string salt;
  std::vector<detail::TableMapping> tables;  ///< at least one
};

}  // namespace eraudit
