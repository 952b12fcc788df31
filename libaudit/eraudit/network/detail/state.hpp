#pragma once
// What a network is made of.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "eraudit/network/column.hpp"
#include "eraudit/network/detail/name_table.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

struct StringPool::State {
  detail::NameTable table;
};

namespace detail {

/// Where nodes were written. Rows of a table come line after line, so a run needs only its first;
/// where they do not, `lines` has every one.
struct Origins {
  struct Run {
    std::uint32_t row = 0;
    std::uint32_t line = 0;
    std::uint16_t file = 0;
  };
  std::vector<Run> runs;             ///< by row; with `lines` only where the file changes
  std::vector<std::uint32_t> lines;  ///< by row, or empty

  /// File and line of a row (a node's place in its kind).
  [[nodiscard]] std::pair<std::uint16_t, std::uint32_t> at(std::uint32_t row) const noexcept;
  /// The same origins in as few bytes as these two forms allow; `files` may be empty (all `file`).
  void encode(std::vector<std::uint32_t> all_lines, const std::vector<std::uint16_t>& files,
              std::uint16_t file);
};

/// A row of a column as a value of its own.
[[nodiscard]] Cell column_cell(const Attribute& attribute, const Column& column, std::size_t row,
                               const StringPool& strings);

/// Stretches of `table_indices`.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

}  // namespace detail

struct Network::State {
  SchemaPtr schema;
  std::optional<Date> as_of;
  std::vector<InputFile> inputs;
  std::vector<SourceRecord> sources{SourceRecord{}};

  detail::NameTable ids;                      ///< code = index of the node
  std::vector<std::uint32_t> kind_first{0};   ///< kinds + 1
  std::vector<std::vector<Column>> columns;   ///< by kind, attribute
  std::vector<std::uint16_t> node_sources;    ///< by node; empty if none is named
  std::vector<detail::Origins> node_origins;  ///< by kind

  std::vector<EdgeTable> tables;
  std::uint32_t edge_count = 0;
  std::vector<detail::Stretch> lists;  ///< by kind * edge kinds * 2 + edge kind * 2 + side
  std::vector<std::uint16_t> table_indices;

  std::vector<Bitmap> complete;  ///< by edge kind * 2 + side; bit: node
  std::vector<Completion> completions;
  std::vector<Claim> claims;
  StringPool strings;
};

}  // namespace eraudit
