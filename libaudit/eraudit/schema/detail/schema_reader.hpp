#pragma once
// How a schema file becomes a schema: one reader for one document, in several source files.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

/// `'name'`, as messages show it.
[[nodiscard]] std::string quoted(std::string_view name);

/// Spellings of attribute types, in the order of `AttributeType`.
[[nodiscard]] std::span<const std::string_view> attribute_type_names();
[[nodiscard]] std::span<const std::string_view> text_format_names();  ///< without `any`
[[nodiscard]] std::span<const std::string_view> sensitivity_names();

/// Keys of schema files, as the reader accepts them and the JSON Schema offers them.
namespace schema_keys {
[[nodiscard]] std::span<const std::string_view> file();
[[nodiscard]] std::span<const std::string_view> kind();
[[nodiscard]] std::span<const std::string_view> edge();
[[nodiscard]] std::span<const std::string_view> end();
[[nodiscard]] std::span<const std::string_view> attribute();
[[nodiscard]] std::span<const std::string_view> source_class();
[[nodiscard]] std::span<const std::string_view> alias();
}  // namespace schema_keys

/// More of anything than this is refused: ids have 16 bits.
inline constexpr std::size_t schema_items = 4096;

class SchemaReader {
 public:
  SchemaReader(const Document& document, SchemaPtr base);

  [[nodiscard]] Checked<SchemaPtr> read();

 private:
  using Node = DocumentNode;
  using Place = std::optional<Node>;  ///< nothing: it stands in the base

  /// Where the names of a kind or an edge kind were written.
  struct Written {
    std::vector<Place> attributes;
    std::vector<Place> shares;
    Place lists[2][2];  ///< by side; edges, then nodes
  };

  enum class NameStyle : std::uint8_t { kind, word, value };

  // read.cpp: the file, kinds, edges
  void read_header(Node root);
  void collect_kinds(Node kinds);
  void read_kinds(Node kinds);
  void read_kind(Node key, Node body, NodeKind& kind, Written& written, bool exists);
  void read_edges(Node edges);
  void read_edge(Node key, Node body, EdgeKind& edge, Written& written);
  void extend_edge(Node body, EdgeKind& edge, Written& written);
  void read_end(Node body, const EdgeKind& edge, EdgeEnd& end, Place (&places)[2]);
  void read_end_kinds(Node body, EdgeEnd& end);
  void read_key(Node body, EdgeKind& edge);
  void refuse_changes(Node body, std::span<const std::string_view> allowed,
                      const std::string& owner, const std::string& declared);

  // read_respondent.cpp
  void read_respondents(Node body);
  void read_respondent(Node map, std::string& respondent);

  // read_attribute.cpp: attributes, their values, shares
  void read_attributes(Node body, const std::string& owner, std::vector<Attribute>& attributes,
                       std::vector<Place>& places);
  void read_attribute(Node key, Node body, const std::string& path, Attribute& attribute);
  void extend_attribute(Node key, Node body, const std::string& path, Attribute& attribute);
  [[nodiscard]] bool read_type(Node key, Node body, Attribute& attribute);
  void read_values(Node body, const std::string& path, Attribute& attribute, bool exists);
  void read_value(Node id, std::optional<Node> label, const std::string& path, Attribute& attribute,
                  std::size_t inherited);
  void read_per(Node body, const std::string& path, Attribute& attribute);
  void read_required(Node key, Node body, const std::string& path, Attribute& attribute);
  void read_shares(Node body, const std::string& owner, const std::vector<Attribute>& attributes,
                   std::vector<Share>& shares, std::vector<Place>& places);
  [[nodiscard]] std::optional<AttributeId> share_part(Node name, const std::string& owner,
                                                      const std::vector<Attribute>& attributes);

  // read_source_class.cpp
  void read_source_classes(Node body);
  void read_source_class(Node key, Node body, SourceClass& source_class);
  void read_alias(Node body, SourceClass& source_class);

  // check_names.cpp
  void check_names();
  struct UsedName {
    std::string_view name;
    std::string what;  ///< "an attribute", "the edges of 'charged'"
    Place at;
    std::string where;  ///< file and line, for the message about another name
  };
  void use_names(const std::vector<Attribute>& attributes, const std::vector<Share>& shares,
                 const std::string& declared_at, const Written& written,
                 std::vector<UsedName>& names) const;
  void use_lists(KindId kind, std::vector<UsedName>& names) const;
  void report_clashes(const std::string& owner, std::vector<UsedName>& names);

  // reader_basics.cpp: shapes, words, texts, messages
  void error(Node at, std::string_view id, std::string message, std::string help = {});
  void warn(Node at, std::string_view id, std::string message, std::string help = {});
  [[nodiscard]] bool is_map(Node node, const std::string& what);
  [[nodiscard]] bool is_list(Node node, const std::string& what);
  void known_keys(Node map, std::span<const std::string_view> allowed, const std::string& what);
  [[nodiscard]] bool name_ok(Node name, NameStyle style, const std::string& what);
  [[nodiscard]] std::optional<std::string> word(Node node, const std::string& what);
  [[nodiscard]] bool flag(Node map, std::string_view key, bool otherwise);
  [[nodiscard]] std::optional<std::size_t> one_of(Node node,
                                                  std::span<const std::string_view> words,
                                                  std::string_view id, const std::string& what);
  void read_text(Node map, std::string_view key, LocalText& text);
  void read_texts(Node node, const std::string& what, LocalText& text);
  void missing_label(Node at, const LocalText& label, const std::string& what);
  [[nodiscard]] bool room(Node at, std::size_t count, const std::string& what);
  [[nodiscard]] std::string declared(Node at) const;

  const Document& document_;
  SchemaPtr base_;
  Diagnostics diagnostics_;
  Diagnostics warnings_;  ///< apart, so that they do not take the room of errors
  std::string name_;
  std::vector<NodeKind> kinds_;
  std::vector<EdgeKind> edges_;
  std::vector<SourceClass> source_classes_;
  std::vector<Respondent> respondents_;
  std::vector<Written> kinds_written_;
  std::vector<Written> edges_written_;
  std::vector<std::size_t> clashes_;  ///< offsets of names that were already reported
};

}  // namespace eraudit::detail
