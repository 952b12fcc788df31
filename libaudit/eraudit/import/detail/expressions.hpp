#pragma once
// Compiling the expressions of a mapping.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/limits.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/mapping_state.hpp"

namespace eraudit::detail {

/// An expression and where each of its bytes stands in the file.
[[nodiscard]] ExpressionText expression_text(DocumentNode scalar);

/// Compiles against the columns of one table and sees to it that persons stay out of what it gives.
/// Marks the columns that are read.
class ExpressionCompiler {
 public:
  ExpressionCompiler(MappingReader& reader, TableMapping& table, const SchemaPtr& schema,
                     const Limits& limits);

  /// True, false or not known.
  std::optional<Expression> condition(DocumentNode node, std::string_view what);
  /// A text; the only place for `key_only` columns.
  std::optional<Expression> id(DocumentNode node, std::string_view what);
  /// Anything that can be a text. `persons`: it may read `key_only` columns, since it only tells
  /// rows apart.
  std::optional<Expression> group_value(DocumentNode node, std::string_view what, bool persons);
  /// Something that `attribute` can hold, or a text that is read as a file would be.
  std::optional<Expression> value(DocumentNode node, const Attribute& attribute,
                                  const std::string& path);

  [[nodiscard]] const RowNames& names() const noexcept { return names_; }
  /// Whether anything so far reads `row_key` or `repeat`.
  [[nodiscard]] bool reads_row_key() const noexcept { return reads_row_key_; }

 private:
  enum class Use : std::uint8_t { condition, id, key, value };
  std::optional<Expression> compile(DocumentNode node, std::string_view what, Use use);
  bool check_scalar(DocumentNode node, std::string_view what);
  bool read_columns(Expression& expression, Use use);
  bool note_column(Expression& expression, std::uint16_t column, const Operation& operation,
                   bool content, Use use);
  void error(const Expression& expression, const Operation& operation, std::string_view id,
             std::string message, std::string help = {});
  bool check_type(const Expression& expression, const Attribute& attribute,
                  const std::string& path);
  /// Constants that the expression may come to.
  bool check_constants(const Expression& expression, std::uint32_t operation,
                       const Attribute& attribute, const std::string& path);

  MappingReader& reader_;
  TableMapping& table_;
  const SchemaPtr& schema_;
  const Limits& limits_;
  Environment environment_;
  RowNames names_;
  bool reads_row_key_ = false;
};

}  // namespace eraudit::detail
