#pragma once
// Reads a mapping file, part by part.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/detail/expressions.hpp"
#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/mapping_state.hpp"

namespace eraudit::detail {

class MappingParser {
 public:
  MappingParser(const Document& document, SchemaPtr schema, const Limits& limits,
                Diagnostics& diagnostics);

  /// Null if there were errors.
  std::shared_ptr<const Mapping::State> parse();

 private:
  void head(const Fields& fields);
  bool schema_extension(DocumentNode node);
  void sources(DocumentNode node);
  std::optional<std::uint16_t> source(DocumentNode node);
  void tokens(DocumentNode node, std::string_view what, Tokens& out);

  // One table, or several by name (parse_tables.cpp).
  void all_tables(Fields& fields);
  void one_table(DocumentNode node, const DocumentNode& entries);
  void table_options(const Fields& fields);
  void sheets(DocumentNode node);
  void columns(DocumentNode node);
  void column(DocumentNode name, DocumentNode body);
  void column_details(DocumentNode body, ColumnMapping& column);
  void column_form(const Fields& fields, ColumnMapping& column);
  void date_form(DocumentNode node, ColumnMapping& column);
  void amount_form(DocumentNode node, bool money, ColumnMapping& column);
  void split(DocumentNode node, ColumnMapping& column);
  bool column_name(DocumentNode name);
  void check_headers();
  void check_person(const ColumnMapping& column, bool said);
  // Rows of other tables, and rows taken together (parse_groups.cpp).
  void joins(DocumentNode node);
  void join(DocumentNode other, DocumentNode body);
  void take(DocumentNode node, TableMapping& other, JoinMapping& out);
  void grouping(DocumentNode node);
  void fold_by(DocumentNode name, DocumentNode body, Grouping& out);
  void fold(DocumentNode name, DocumentNode body, Grouping& out);
  bool fold_column(DocumentNode name, const std::string& column, Fold fold,
                   std::optional<Expression> value, Grouping& out);
  void start_groups(Grouping grouping);

  void nodes(DocumentNode node);
  void node(DocumentNode handle, DocumentNode body);
  void edges(DocumentNode node);
  void edge(DocumentNode body);
  void completions(DocumentNode node);
  void completion(DocumentNode body);
  std::optional<std::uint16_t> handle(DocumentNode node);
  EntrySource entry_source(const Fields& fields);
  /// Of `source:` at an entry or a table: a source, a column that names one, or `null`.
  EntrySource source_or_column(DocumentNode node);
  std::optional<std::uint16_t> plain_column(DocumentNode node);

  void attributes(DocumentNode node, const std::vector<Attribute>& known, const std::string& owner,
                  std::string_view what, bool of_edge, std::vector<AttributeMapping>& out);
  std::optional<AttributeMapping> attribute(DocumentNode body, const Attribute& attribute,
                                            AttributeId id, const std::string& path, bool of_edge,
                                            const std::vector<Attribute>& known);
  bool attribute_source(const Fields& fields, const Attribute& attribute, AttributeMapping& out);
  bool value_map(DocumentNode node, const Attribute& attribute, AttributeMapping& out);
  bool otherwise(DocumentNode node, bool& unknown);
  bool many(DocumentNode node, const Attribute& attribute, bool of_edge, AttributeMapping& out);
  void check_except(const std::vector<AttributeMapping>& attributes,
                    const std::vector<Attribute>& known);
  void check_unread();

  MappingReader reader_;
  std::shared_ptr<Mapping::State> state_;
  TableMapping* table_ = nullptr;  ///< that entries speak of: of grouped rows, the groups
  std::optional<ExpressionCompiler> compiler_;
  bool names_source_ = false;  ///< `source:` at the top
};

}  // namespace eraudit::detail
