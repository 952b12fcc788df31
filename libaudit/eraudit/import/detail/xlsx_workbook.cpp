#include "eraudit/import/detail/xlsx_workbook.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "eraudit/import/detail/fields.hpp"
#include "eraudit/import/detail/xlsx_sheet.hpp"
#include "eraudit/import/detail/xlsx_xml.hpp"

namespace eraudit::detail {
namespace {

/// `target` as seen from the folder of `part`; nothing if it leads out of the archive.
std::optional<std::string> resolve(std::string_view part, std::string_view target) {
  std::string path;
  if (target.starts_with('/')) {
    target.remove_prefix(1);
  } else if (const std::size_t slash = part.rfind('/'); slash != std::string_view::npos) {
    path = part.substr(0, slash);
  }
  for (std::size_t at = 0; at <= target.size();) {
    const std::size_t end = std::min(target.find('/', at), target.size());
    const std::string_view step = target.substr(at, end - at);
    at = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      if (path.empty()) return std::nullopt;
      const std::size_t slash = path.rfind('/');
      path.resize(slash == std::string::npos ? 0 : slash);
    } else {
      if (!path.empty()) path += '/';
      path += step;
    }
  }
  return path;
}

struct Relation {
  std::string type;  ///< the last word of its address: `worksheet`
  std::string part;
};

/// What a part refers to, by id. What lies outside of the workbook is left out: nothing is ever
/// fetched.
bool read_relations(const ZipArchive& archive, const std::string& file, const std::string& part,
                    const WorkbookLimits& limits, std::map<std::string, Relation>& out,
                    Diagnostics& diagnostics) {
  const std::size_t slash = part.rfind('/');
  const std::size_t base = slash == std::string::npos ? 0 : slash + 1;
  const std::string name = part.substr(0, base) + "_rels/" + part.substr(base) + ".rels";
  if (!archive.contains(name)) return true;
  pugi::xml_document xml;
  if (!read_xml(archive, file, name, limits, xml, diagnostics)) return false;
  for (const pugi::xml_node& one : xml.document_element().children()) {
    if (local_name(one) != "Relationship" || attribute(one, "TargetMode") == "External") continue;
    const std::string_view type = attribute(one, "Type");
    const auto target = resolve(part, attribute(one, "Target"));
    if (!target) {
      diagnostics.error(file, "xlsx-entry-name",
                        fmt::format("the part {} refers to {}, which leads out of the file",
                                    in_quotes(name), in_quotes(attribute(one, "Target"))),
                        "no program that writes workbooks does this");
      return false;
    }
    out[std::string(attribute(one, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                              *target};
  }
  return true;
}

std::string find_part(const std::map<std::string, Relation>& relations, std::string_view type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type == type) return relation.part;
  }
  return {};
}

}  // namespace

void SharedTexts::add(std::string_view text) {
  bytes_ += text;
  ends_.push_back(bytes_.size());
}

std::string_view SharedTexts::operator[](std::size_t index) const noexcept {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

std::string cell_address(std::size_t column, std::uint32_t row) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row);
}

Workbook::Workbook(SourcePtr file, const WorkbookLimits& limits, const Limits& general)
    : file_(std::move(file)), limits_(limits), general_(general) {}

std::shared_ptr<const Workbook> Workbook::open(SourcePtr file, const WorkbookLimits& limits,
                                               const Limits& general, Diagnostics& diagnostics) {
  const std::shared_ptr<Workbook> out(new Workbook(std::move(file), limits, general));
  return out->read(diagnostics) ? out : nullptr;
}

bool Workbook::read(Diagnostics& diagnostics) {
  archive_ = ZipArchive::open(file_, limits_, diagnostics);
  if (!archive_) return false;
  std::map<std::string, Relation> relations;
  if (!read_relations(*archive_, name(), "", limits_, relations, diagnostics)) return false;
  std::string part = find_part(relations, "officeDocument");
  if (part.empty()) part = "xl/workbook.xml";
  const auto has = [&](std::string_view other) { return archive_->contains(other); };
  const auto refuse = [&](std::string_view what, std::string help) {
    diagnostics.error(name(), "table-not-readable", fmt::format("this is {}", what),
                      std::move(help));
    return false;
  };
  const std::string save_as = "open it in a spreadsheet program and save it as .xlsx or .csv";
  if (has("xl/workbook.bin"))
    return refuse("a binary workbook (.xlsb), which is not read", save_as);
  if (has("mimetype") && has("content.xml")) {
    return refuse("an OpenDocument file (.ods), which is not read", save_as);
  }
  if (has("word/document.xml") || has("ppt/presentation.xml")) {
    return refuse("a text or a presentation, and no table",
                  "copy the table into a spreadsheet program and save it as .xlsx or .csv");
  }
  if (has("Index/Document.iwa") || has("Index.zip")) {
    return refuse("a Numbers file, which is not read", "export it as .xlsx or .csv");
  }
  if (!has(part)) {
    return refuse("a ZIP archive, and no workbook", "unpack it and name the table that is in it");
  }
  return read_workbook(part, diagnostics);
}

bool Workbook::read_workbook(const std::string& part, Diagnostics& diagnostics) {
  pugi::xml_document xml;
  std::map<std::string, Relation> relations;
  if (!read_xml(*archive_, name(), part, limits_, xml, diagnostics) ||
      !read_relations(*archive_, name(), part, limits_, relations, diagnostics)) {
    return false;
  }
  const pugi::xml_node root = xml.document_element();
  if (local_name(root) != "workbook") {
    diagnostics.error(name(), "xlsx-xml",
                      fmt::format("the part {} is no workbook", in_quotes(part)));
    return false;
  }
  from_1904_ = is_true(attribute(child(root, "workbookPr"), "date1904"));
  for (const pugi::xml_node& one : child(root, "sheets").children()) {
    if (local_name(one) != "sheet") continue;
    Sheet sheet;
    sheet.name = attribute(one, "name");
    const std::string_view state = attribute(one, "state");
    sheet.hidden = state == "hidden" || state == "veryHidden";
    const auto relation = relations.find(std::string(attribute(one, "id")));
    if (relation != relations.end() && relation->second.type == "worksheet") {
      sheet.part = relation->second.part;
    }
    sheets_.push_back(std::move(sheet));
  }
  if (sheets_.empty()) {
    diagnostics.error(name(), "xlsx-no-sheets", "there is no sheet in this workbook");
    return false;
  }
  const std::string styles = find_part(relations, "styles");
  const std::string texts = find_part(relations, "sharedStrings");
  return (styles.empty() || read_formats(styles, diagnostics)) &&
         (texts.empty() || read_texts(texts, diagnostics));
}

bool Workbook::read_formats(const std::string& part, Diagnostics& diagnostics) {
  pugi::xml_document xml;
  if (!read_xml(*archive_, name(), part, limits_, xml, diagnostics)) return false;
  const pugi::xml_node root = xml.document_element();
  std::map<std::uint32_t, NumberFormat> own;
  for (const pugi::xml_node& one : child(root, "numFmts").children()) {
    if (const auto id = number(attribute(one, "numFmtId"))) {
      own[*id] = format_of(attribute(one, "formatCode"));
    }
  }
  for (const pugi::xml_node& one : child(root, "cellXfs").children()) {
    if (local_name(one) != "xf") continue;
    const std::uint32_t id = number(attribute(one, "numFmtId")).value_or(0);
    const auto found = own.find(id);
    formats_.push_back(found != own.end() ? found->second : builtin_format(id));
  }
  return true;
}

bool Workbook::read_texts(const std::string& part, Diagnostics& diagnostics) {
  std::string text;
  bool sound = true;
  const bool read = stream_xml(
      *archive_, name(), part, limits_, {"si"},
      [&](std::span<char> bytes) {
        pugi::xml_document xml;
        const auto parsed =
            xml.load_buffer_inplace(bytes.data(), bytes.size(), xml_flags, pugi::encoding_utf8);
        if (!parsed || texts_.size() == limits_.texts) {
          diagnostics.error(name(), parsed ? "xlsx-too-many-texts" : "xlsx-xml",
                            parsed ? fmt::format("more than {} shared texts", limits_.texts)
                                   : fmt::format("the shared text {} is no XML: {}", texts_.size(),
                                                 parsed.description()));
          sound = false;
          return false;
        }
        text.clear();
        append_text(xml.document_element(), text);
        texts_.add(text);
        return true;
      },
      diagnostics);
  return read && sound;
}

std::unique_ptr<Table> Workbook::table(std::size_t sheet) const {
  return std::make_unique<SheetTable>(shared_from_this(), sheets_[sheet]);
}

}  // namespace eraudit::detail
