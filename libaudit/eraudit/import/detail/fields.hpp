#pragma once
// Reading the maps of a mapping file strictly: what nobody asked for is an error.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"

namespace eraudit::detail {

/// Collects what is wrong in one document.
class MappingReader {
 public:
  explicit MappingReader(const Document& document, Diagnostics& diagnostics)
      : document_(document), diagnostics_(diagnostics) {}

  void error(DocumentNode node, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(document_.source(), node.span(), id, std::move(message), std::move(help));
  }
  void error(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.error(document_.source(), span, id, std::move(message), std::move(help));
  }
  void warning(Span span, std::string_view id, std::string message, std::string help = {}) {
    diagnostics_.warning(document_.source(), span, id, std::move(message), std::move(help));
  }

  /// A text that is not empty; else says that `what` must be one.
  std::optional<std::string> text(DocumentNode node, std::string_view what);
  std::optional<bool> boolean(DocumentNode node, std::string_view what);
  /// One text, or a list of them.
  std::vector<DocumentNode> texts(DocumentNode node, std::string_view what);
  bool expect_map(DocumentNode node, std::string_view what);
  bool expect_list(DocumentNode node, std::string_view what);

  [[nodiscard]] Diagnostics& diagnostics() noexcept { return diagnostics_; }
  [[nodiscard]] const Document& document() const noexcept { return document_; }

 private:
  const Document& document_;
  Diagnostics& diagnostics_;
};

/// One map with a fixed set of keys. `what` names it in messages: "a column".
class Fields {
 public:
  /// Reports at once every key that is not among `keys`. `node` must be a map.
  Fields(MappingReader& reader, DocumentNode node, std::string_view what,
         std::vector<std::string_view> keys);

  [[nodiscard]] std::optional<DocumentNode> find(std::string_view key) const {
    return node_.find(key);
  }
  /// Says that it is missing, if it is.
  std::optional<DocumentNode> require(std::string_view key, std::string help = {});
  [[nodiscard]] DocumentNode node() const noexcept { return node_; }

 private:
  MappingReader& reader_;
  DocumentNode node_;
  std::string what_;
};

/// `text` in single quotes, made printable.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// "a text", "a list", as messages say what was found.
[[nodiscard]] std::string_view kind_in_words(DocumentNode node) noexcept;

}  // namespace eraudit::detail
