// Writes what an outside validator needs: schema_dump network | schema | json FILE.

#include <cstdio>
#include <string>

#include "eraudit/core/document.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/schema/schema.hpp"
#include "eraudit/schema/show.hpp"

namespace {

void write(eraudit::JsonWriter& json, eraudit::DocumentNode node) {
  using eraudit::DocumentKind;
  switch (node.kind()) {
    case DocumentKind::null:
      json.null();
      return;
    case DocumentKind::boolean:
      json.boolean(*node.boolean());
      return;
    case DocumentKind::integer:
      json.integer(*node.integer());
      return;
    case DocumentKind::number:
      json.number(*node.number());
      return;
    case DocumentKind::text:
      json.text(node.text());
      return;
    case DocumentKind::list:
      json.begin_array();
      for (std::size_t index = 0; index < node.size(); ++index) write(json, node.at(index));
      json.end_array();
      return;
    case DocumentKind::map:
      json.begin_object();
      for (std::size_t index = 0; index < node.size(); ++index) {
        json.key(node.key(index).text());
        write(json, node.at(index));
      }
      json.end_object();
      return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  std::string out;
  if (what == "network") {
    out = eraudit::network_json_schema(*eraudit::recruitment_schema());
  } else if (what == "schema") {
    out = eraudit::schema_json_schema();
  } else if (what == "json" && argc > 2) {
    const auto document = eraudit::read_document(argv[2], {}, eraudit::Aliases::expand);
    if (!document) {
      std::fputs(eraudit::to_text(document.diagnostics()).c_str(), stderr);
      return 65;
    }
    eraudit::JsonWriter json(out);
    write(json, (*document)->root());
  } else {
    return 64;
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return 0;
}
