#include "tests/import/workbook.hpp"

#include <array>
#include <stdexcept>
#include <zlib.h>

namespace eraudit::test {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFu);
}

std::string deflated(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflate");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

constexpr std::string_view declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view spreadsheet =
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(std::string_view id, std::string_view type, std::string_view target) {
  std::string out = "<Relationship Id=\"";
  out.append(id).append("\" Type=\"").append(office).append("/").append(type);
  out.append("\" Target=\"").append(target).append("\"/>");
  return out;
}

std::string relations(const std::string& inside) {
  return std::string(declaration) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         inside + "</Relationships>";
}

std::string root(std::string_view name, const std::string& inside) {
  std::string out(declaration);
  out.append("<").append(name).append(" xmlns=\"").append(spreadsheet).append("\" xmlns:r=\"");
  out.append(office).append("\">").append(inside).append("</").append(name).append(">");
  return out;
}

}  // namespace

std::string zip(const std::vector<ZipPart>& parts, std::optional<std::uint16_t> stated_entries) {
  std::string out;
  std::string directory;
  for (const ZipPart& part : parts) {
    const std::string packed = part.packed ? deflated(part.bytes) : part.bytes;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(part.bytes.data()),
                           static_cast<uInt>(part.bytes.size()));
    const std::uint32_t size =
        part.stated_size.value_or(static_cast<std::uint32_t>(part.bytes.size()));
    const std::size_t offset = out.size();
    std::string head;
    put(head, 20, 2);
    put(head, part.encrypted ? 1 : 0, 2);
    put(head, part.packed ? 8 : 0, 2);
    put(head, 0, 2);
    put(head, 0x21, 2);
    put(head, crc, 4);
    put(head, packed.size(), 4);
    put(head, size, 4);
    put(head, part.name.size(), 2);
    put(head, 0, 2);
    out += "PK\x03\x04" + head + part.name + packed;
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    directory += head;
    put(directory, 0, 2 + 2 + 2);
    put(directory, 0, 4);
    put(directory, offset, 4);
    directory += part.name;
  }
  const std::size_t at = out.size();
  out += directory;
  out += "PK\x05\x06";
  put(out, 0, 4);
  const auto entries = stated_entries.value_or(static_cast<std::uint16_t>(parts.size()));
  put(out, entries, 2);
  put(out, entries, 2);
  put(out, directory.size(), 4);
  put(out, at, 4);
  put(out, 0, 2);
  return out;
}

std::vector<ZipPart> Book::parts() const {
  std::string listed;
  std::string links;
  std::vector<ZipPart> out;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    listed += "<sheet name=\"" + escaped(sheets[i].name) + "\" sheetId=\"" + number + "\"";
    if (!sheets[i].state.empty()) listed += " state=\"" + sheets[i].state + "\"";
    listed += " r:id=\"rId" + number + "\"/>";
    links += relation("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    out.push_back(
        {"xl/worksheets/sheet" + number + ".xml",
         root("worksheet", "<sheetData>" + sheets[i].rows + "</sheetData>" + sheets[i].after)});
  }
  if (!texts.empty()) {
    links += relation("rId90", "sharedStrings", "sharedStrings.xml");
    out.push_back({"xl/sharedStrings.xml", root("sst", texts)});
  }
  if (!formats.empty()) {
    links += relation("rId91", "styles", "styles.xml");
    out.push_back({"xl/styles.xml", root("styleSheet", formats)});
  }
  out.push_back({"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))});
  out.push_back({"xl/_rels/workbook.xml.rels", relations(links)});
  out.push_back({"xl/workbook.xml",
                 root("workbook", std::string(from_1904 ? "<workbookPr date1904=\"1\"/>" : "") +
                                      "<sheets>" + listed + "</sheets>")});
  for (const ZipPart& part : more) {
    std::erase_if(out, [&](const ZipPart& other) { return other.name == part.name; });
    out.push_back(part);
  }
  return out;
}

std::string sheet_row(std::uint32_t line, const std::vector<std::string>& cells,
                      std::string_view attributes) {
  std::string out = "<row r=\"" + std::to_string(line) + "\"";
  if (!attributes.empty()) out.append(" ").append(attributes);
  out += ">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string& text = cells[i];
    if (text.empty()) continue;
    const std::string address = std::string(1, static_cast<char>('A' + i)) + std::to_string(line);
    if (text.front() == '=') {
      out += "<c r=\"" + address + "\"><v>" + text.substr(1) + "</v></c>";
    } else {
      out += "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + escaped(text) + "</t></is></c>";
    }
  }
  return out + "</row>";
}

std::string sheet_rows(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += sheet_row(static_cast<std::uint32_t>(i + 1), rows[i]);
  }
  return out;
}

Book book(std::string_view text) {
  Book out;
  std::string ignored;
  std::string* place = &ignored;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with('@')) {
      place->append(line).append("\n");
      continue;
    }
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, blank);
    const std::string rest(line.substr(std::min(blank + 1, line.size())));
    if (word == "@sheet") {
      BookSheet& sheet = out.sheets.emplace_back();
      const std::size_t state = rest.find(" [");
      sheet.name = rest.substr(0, state);
      if (state != std::string::npos) {
        sheet.state = rest.substr(state + 2, rest.size() - state - 3);
      }
      place = &sheet.rows;
    } else if (word == "@after") {
      place = &out.sheets.back().after;
    } else if (word == "@texts") {
      place = &out.texts;
    } else if (word == "@formats") {
      place = &out.formats;
    } else if (word == "@part") {
      place = &out.more.emplace_back(ZipPart{rest, {}}).bytes;
    } else if (word == "@1904") {
      out.from_1904 = true;
    } else {
      throw std::runtime_error("no such word: " + std::string(word));
    }
  }
  return out;
}

}  // namespace eraudit::test
