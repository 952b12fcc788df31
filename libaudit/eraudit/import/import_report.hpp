#pragma once
// What an import did with every row, cell and spelling it was given.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// A plain value. Holds no text of a column that names persons, whatever such a column is used for.
/// Lists are in the order of the mapping, or by name; examples are the first rows read.
struct ImportReport {
  struct Place {
    std::string file;
    std::uint32_t line = 0;
  };
  /// Rows to which one thing happened, with at most five examples.
  struct Rows {
    std::string why;
    std::uint64_t count = 0;
    std::vector<Place> examples;
  };
  struct Input {
    std::string path;
    std::string sha256;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0;
    std::string table;                       ///< of the mapping; empty if it has one
    std::string format;                      ///< `csv`, `xlsx`
    std::string encoding;                    ///< of CSV: `utf-8`, `windows-1252`
    std::string delimiter;                   ///< of CSV: `comma`, `tab`
    std::string sheet;                       ///< of a workbook
    std::uint32_t header_line = 0;           ///< of the last row of headers
    std::uint32_t header_rows = 0;           ///< that stand above each other
    std::uint64_t merged_areas = 0;          ///< of the sheet
    std::vector<std::string> hidden_sheets;  ///< of the workbook; not read
    std::vector<Rows> cells;  ///< what was seen in cells that are read: errors, formulas without a
                              ///< value, merged areas, hidden rows
    std::vector<std::string>
        unused_headers;  ///< columns of the table that the mapping does not name
    std::vector<std::string>
        missing_columns;  ///< columns of the mapping that the table does not have
  };
  /// A text and in how many cells it stood.
  using Counted = std::pair<std::string, std::uint64_t>;
  struct Column {
    std::string name;
    std::string person;  ///< `drop`, `key_only`, or empty
    std::uint64_t filled = 0;
    std::uint64_t empty = 0;
    std::vector<Counted> fillers;  ///< read as not known
    std::vector<Counted> absent;   ///< read as "there is none"
    std::vector<Counted>
        suspicious;  ///< read as text, though they look like fillers: list them if they are
  };
  /// A value that could not be read and was taken as not known, because the mapping says so.
  struct Unreadable {
    std::string attribute;  ///< `Recruitment.country`
    std::string value;      ///< text of the cell; several are joined by ` | `
    std::uint64_t count = 0;
    std::vector<Place> examples;
  };
  /// What one entry of `nodes`, `edges` or `complete` made.
  struct Made {
    std::string entry;       ///< `agency`, `through(recruitment, agency)`, `recruitment.agencies`
    std::uint64_t rows = 0;  ///< that made one
    std::vector<Rows> not_made;
  };
  /// Rows of one table that were taken together.
  struct Groups {
    struct Value {
      std::string name;
      std::uint64_t known = 0;  ///< rows, of values that are not in every row
      std::uint64_t unknown = 0;
    };
    std::string table;
    std::uint64_t rows = 0;
    std::uint64_t groups = 0;
    std::uint64_t smallest = 0;  ///< rows of the smallest group
    std::vector<Value> values;
  };
  /// Texts that became one id.
  struct Spellings {
    std::string kind;
    std::string id;
    std::vector<Counted> texts;  ///< most frequent first, then by text
  };

  std::string mapping;
  std::string mapping_sha256;
  std::vector<Input> inputs;
  std::uint64_t rows_in = 0;
  std::uint64_t rows_used = 0;
  std::vector<Rows> skipped;
  /// Rows that say the same as an earlier one, fillers and dropped columns aside; counted if the
  /// mapping reads `row_key` or `repeat`.
  Rows repeated;
  /// Rows shorter than the header, whose rest is not known, or with cells beside the table.
  std::vector<Rows> padded;
  std::vector<Column> columns;
  std::vector<Unreadable> unreadable;
  std::vector<Made> nodes_made;
  std::vector<Made> edges_made;
  std::vector<Made> completions_made;
  std::vector<Made> joins;  ///< rows that others can look into, and rows that found theirs
  std::vector<Groups> groups;
  std::vector<Spellings> spellings;  ///< ids with more than one text, by kind and id
  std::uint64_t spelling_count = 0;  ///< texts of all ids that are made by a rule for names
  std::uint64_t spelled_ids = 0;     ///< and how many ids they became
  std::vector<Counted> node_counts;  ///< of the network, by kind
  std::vector<Counted> edge_counts;
  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
};

/// For a terminal; ends in a line feed. At most ten spellings, values and reasons of each sort, and
/// of more than 40 columns those with fillers or without texts; the others counted.
[[nodiscard]] ERAUDIT_API std::string to_text(const ImportReport& report);
/// `eraudit: import-report/1`, complete; the same report gives the same bytes.
[[nodiscard]] ERAUDIT_API std::string write_json(const ImportReport& report);

}  // namespace eraudit
