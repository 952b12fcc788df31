#include "eraudit/import/detail/xlsx_xml.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "eraudit/core/utf8.hpp"
#include "eraudit/import/detail/fields.hpp"

namespace eraudit::detail {
namespace {

/// `_x000D_` stands for a character that XML cannot hold.
void append_unescaped(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = text.find("_x", at);
    if (found == std::string_view::npos || text.size() - found < 7) {
      out += text.substr(at);
      return;
    }
    std::uint32_t code = 0;
    const char* const begin = text.data() + found + 2;
    const auto read = std::from_chars(begin, begin + 4, code, 16);
    if (read.ptr != begin + 4 || text[found + 6] != '_' || (code >= 0xD800 && code <= 0xDFFF) ||
        code == 0) {
      out += text.substr(at, found + 2 - at);
      at = found + 2;
      continue;
    }
    out += text.substr(at, found - at);
    append_utf8(out, code);
    at = found + 7;
  }
}

void report(const std::string& file, const std::string& part, const XmlScanner& scanner,
            Diagnostics& diagnostics) {
  diagnostics.error(file, scanner.error_id(),
                    fmt::format("the part {} of this workbook is refused at byte {}: {}",
                                in_quotes(part), scanner.error_at(), scanner.error()),
                    "open it in a spreadsheet program and save it anew");
}

}  // namespace

std::optional<std::uint32_t> number(std::string_view text) noexcept {
  std::uint32_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

void append_text(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node& part : node.children()) {
    const std::string_view name = local_name(part);
    if (name == "t") {
      for (const pugi::xml_node& piece : part.children()) append_unescaped(piece.value(), out);
    } else if (name == "r") {
      append_text(part, out);
    }
  }
}

bool read_xml(const ZipArchive& archive, const std::string& file, const std::string& part,
              const WorkbookLimits& limits, pugi::xml_document& out, Diagnostics& diagnostics) {
  std::string text;
  if (!archive.read(part, text, limits.part_bytes, diagnostics)) return false;
  XmlScanner scanner(limits, {}, [](std::span<char>) { return true; });
  if (!scanner.feed(text) || !scanner.finish()) {
    report(file, part, scanner, diagnostics);
    return false;
  }
  const auto parsed = out.load_buffer(text.data(), text.size(), xml_flags, pugi::encoding_utf8);
  if (parsed) return true;
  diagnostics.error(file, "xlsx-xml",
                    fmt::format("the part {} of this workbook is refused at byte {}: {}",
                                in_quotes(part), parsed.offset, parsed.description()));
  return false;
}

bool stream_xml(const ZipArchive& archive, const std::string& file, const std::string& part,
                const WorkbookLimits& limits, std::vector<std::string_view> wanted,
                const XmlScanner::OnElement& on_element, Diagnostics& diagnostics) {
  bool stopped = false;
  XmlScanner scanner(limits, std::move(wanted), [&](std::span<char> xml) {
    if (on_element(xml)) return true;
    stopped = true;
    return false;
  });
  const bool unpacked = archive.read(
      part, [&](std::string_view bytes) { return scanner.feed(bytes); }, diagnostics);
  if (!unpacked) return false;
  if (stopped) return true;
  if (scanner.error().empty() && scanner.finish()) return true;
  report(file, part, scanner, diagnostics);
  return false;
}

}  // namespace eraudit::detail
