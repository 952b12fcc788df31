#pragma once
// What a YAML parser saw, without the parser. For core's own use.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/detail/document_arena.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit::detail {

/// Thrown inside the reader after a diagnostic was made: what follows cannot be understood.
struct YamlStop {};

enum class YamlEventKind : std::uint8_t { document, scalar, alias, list, list_end, map, map_end };

struct YamlEvent {
  YamlEventKind kind = YamlEventKind::document;
  Notation notation = Notation::plain;
  bool own_text = false;        ///< text in `YamlEvents::decoded`, else in the source
  bool has_properties = false;  ///< an entry in `YamlEvents::properties`
  std::uint32_t offset = 0;
  std::uint32_t end = 0;
  std::uint32_t text_offset = 0;
  std::uint32_t text_length = 0;

  [[nodiscard]] Span span() const noexcept { return {offset, end - offset}; }
};

struct YamlProperties {
  std::string anchor;  ///< of an alias: the anchor it names
  std::string tag;     ///< in full: `tag:yaml.org,2002:str`
  Span anchor_span;
  Span tag_span;
};

struct YamlEvents {
  std::vector<YamlEvent> items;
  std::string decoded;
  std::map<std::size_t, YamlProperties> properties;  ///< by the index of the event

  [[nodiscard]] std::string_view text(const Source& source, const YamlEvent& event) const noexcept {
    const std::string_view all = event.own_text ? std::string_view(decoded) : source.text();
    return {all.data() + event.text_offset, event.text_length};
  }
  /// Null if the event has none.
  [[nodiscard]] const YamlProperties* properties_of(const YamlEvent& event) const {
    if (!event.has_properties) return nullptr;
    return &properties.at(static_cast<std::size_t>(&event - items.data()));
  }
};

/// The documents, one after the other: kinds of scalars, keys, duplicates, tags, anchors, aliases
/// and their limits are judged here. What is wrong goes to `diagnostics`; throws `YamlStop` after
/// what cannot be passed over. The events nest, and a key is followed by its value.
[[nodiscard]] std::vector<DocumentPtr> build_documents(const SourcePtr& source,
                                                       const YamlEvents& events,
                                                       const Limits& limits, Aliases aliases,
                                                       Diagnostics& diagnostics);

}  // namespace eraudit::detail
