#include "tests/fuzz/document.hpp"

#include "eraudit/core/detail/document_blob.hpp"
#include "eraudit/core/json_writer.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void append_json(std::string& out, DocumentNode node);

void append_text(std::string& out, std::string_view text) {
  JsonWriter(out, JsonWriter::Layout::compact).text(text);
}

void append_parts(std::string& out, DocumentNode node) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (i != 0) out += ",";
    if (node.is_map()) {
      append_text(out, node.key(i).text());
      out += ":";
    }
    append_json(out, node.at(i));
  }
}

void append_json(std::string& out, DocumentNode node) {
  switch (node.kind()) {
    case DocumentKind::null:
      out += "null";
      break;
    case DocumentKind::boolean:
      out += *node.boolean() ? "true" : "false";
      break;
    case DocumentKind::integer:
    case DocumentKind::number:
      out += node.text();
      break;
    case DocumentKind::text:
      append_text(out, node.text());
      break;
    case DocumentKind::list:
      out += "[";
      append_parts(out, node);
      out += "]";
      break;
    case DocumentKind::map:
      out += "{";
      append_parts(out, node);
      out += "}";
      break;
  }
}

bool inside(Span part, Span whole) {
  return part.offset >= whole.offset &&
         std::size_t{part.offset} + part.length <= std::size_t{whole.offset} + whole.length;
}

void require_spans(DocumentNode node) {
  const auto place = [&] { return "at byte " + std::to_string(node.span().offset); };
  const auto require_part = [&](DocumentNode part) {
    if (!inside(part.span(), node.span())) broken("parts are inside of their whole", place());
    require_spans(part);
  };
  if (node.is_map()) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      require_part(node.key(i));
      const auto found = node.find(node.key(i).text());
      if (!found || found->index() != node.at(i).index()) broken("a key finds its value", place());
    }
  }
  for (std::size_t i = 0; i < node.size(); ++i) require_part(node.at(i));
  if (!node.is_scalar()) return;
  const std::size_t length = node.text().size();
  std::uint32_t before = node.span().offset;
  for (const std::size_t at : {std::size_t{0}, length / 2, length}) {
    const std::uint32_t written = node.locate(at);
    if (written < before) broken("places follow each other", place());
    if (!inside({written, 0}, node.span())) broken("a text stands where it was written", place());
    before = written;
  }
}

}  // namespace

std::string json_of(DocumentNode node) {
  std::string out;
  append_json(out, node);
  return out;
}

void require_sound(const Document& document) {
  const DocumentNode root = document.root();
  if (!inside(root.span(), {0, static_cast<std::uint32_t>(document.source().text().size())})) {
    broken("a document is inside of its text");
  }
  require_spans(root);

  const std::string json = json_of(root);
  const auto again = read_json(source_of(json));
  if (!again) broken("what was read can be written", json + "\n" + to_text(again.diagnostics()));
  if (json_of((*again)->root()) != json) broken("what is written reads as the same", json);

  const std::string blob = detail::serialize(document);
  const DocumentPtr embedded = detail::deserialize(blob);
  if (detail::serialize(*embedded) != blob) broken("a document survives being embedded", json);
}

}  // namespace eraudit::fuzz
