#pragma once
// Small helpers over pugixml, for the parts of a workbook.

#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>

#include "eraudit/import/detail/xml_scanner.hpp"
#include "eraudit/import/detail/zip_archive.hpp"

namespace eraudit::detail {

inline constexpr unsigned xml_flags = pugi::parse_escapes | pugi::parse_cdata |
                                      pugi::parse_ws_pcdata | pugi::parse_eol |
                                      pugi::parse_wconv_attribute;

inline std::string_view local_name(const pugi::xml_node& node) noexcept {
  return local_name(std::string_view(node.name()));
}

inline pugi::xml_node child(const pugi::xml_node& node, std::string_view name) noexcept {
  for (const pugi::xml_node& one : node.children()) {
    if (local_name(one) == name) return one;
  }
  return {};
}

/// By local name: `id` finds `r:id`.
inline std::string_view attribute(const pugi::xml_node& node, std::string_view name) noexcept {
  for (const pugi::xml_attribute& one : node.attributes()) {
    if (local_name(std::string_view(one.name())) == name) return one.value();
  }
  return {};
}

inline bool is_true(std::string_view text) noexcept {
  return text == "1" || text == "true" || text == "on";
}

/// A whole number without sign.
[[nodiscard]] std::optional<std::uint32_t> number(std::string_view text) noexcept;

/// Appends the text of an element that holds `t`, be it rich; phonetic readings are left out.
void append_text(const pugi::xml_node& node, std::string& out);

/// A part as a whole, checked for well-formedness. False with a reason.
bool read_xml(const ZipArchive& archive, const std::string& file, const std::string& part,
              const WorkbookLimits& limits, pugi::xml_document& out, Diagnostics& diagnostics);

/// Hands over the elements of a part one by one. False with a reason, but for a stop by
/// `on_element`.
bool stream_xml(const ZipArchive& archive, const std::string& file, const std::string& part,
                const WorkbookLimits& limits, std::vector<std::string_view> wanted,
                const XmlScanner::OnElement& on_element, Diagnostics& diagnostics);

}  // namespace eraudit::detail
