// The shape of the JSON Schemas; json_schema_test.py tries them with an independent validator.

#include "eraudit/schema/show.hpp"
#include "tests/schema/support.hpp"

using namespace eraudit;

namespace {

DocumentPtr json(const std::string& text) {
  auto document = read_json(std::make_shared<const Source>("j.json", text));
  INFO(to_text(document.diagnostics()));
  REQUIRE(document);
  return *document;
}

DocumentNode at(DocumentNode node, std::initializer_list<const char*> path) {
  for (const char* step : path) {
    const auto next = node.find(step);
    INFO(step);
    REQUIRE(next);
    node = *next;
  }
  return node;
}

/// Every `$ref` names a definition.
void check_references(const Document& document, DocumentNode node) {
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (node.is_map() && node.key(index).text() == "$ref") {
      const std::string target(node.at(index).text());
      INFO(target);
      REQUIRE(target.substr(0, 14) == "#/definitions/");
      CHECK(at(document.root(), {"definitions"}).find(target.substr(14)));
    } else {
      check_references(document, node.at(index));
    }
  }
}

}  // namespace

TEST_CASE("schema: the JSON Schema of networks has all names", "[schema][json]") {
  const Schema& schema = *recruitment_schema();
  const auto document = json(network_json_schema(schema));
  const DocumentNode root = document->root();
  CHECK(at(root, {"$schema"}).text() == "http://json-schema.org/draft-07/schema#");
  for (const NodeKind& kind : schema.kinds()) {
    INFO(kind.name);
    at(root, {"properties", "nodes", "properties", kind.name.c_str()});
    const DocumentNode node =
        at(root, {"definitions", ("node." + kind.name).c_str(), "properties"});
    CHECK(node.size() == kind.attributes.size() + kind.shares.size() + 1);
  }
  for (const EdgeKind& kind : schema.edges()) {
    INFO(kind.name);
    at(root, {"properties", "edges", "properties", kind.name.c_str()});
    const DocumentNode edge =
        at(root, {"definitions", ("edge." + kind.name).c_str(), "properties"});
    CHECK(edge.size() == kind.attributes.size() + kind.shares.size() + 4);
  }
  const DocumentNode hover =
      at(root, {"definitions", "node.Cohort", "properties", "base_wage", "description"});
  CHECK(hover.text() ==
        "Gross base wage really paid, before overtime and allowances.\n\nWhat gross base wage per "
        "month "
        "are these workers paid, before overtime and allowances?");
  check_references(*document, root);
}

TEST_CASE("schema: the JSON Schema of schema files has all keys", "[schema][json]") {
  const auto document = json(schema_json_schema());
  for (const char* part : {"kind", "edge", "end", "attribute", "source_class"}) {
    INFO(part);
    const DocumentNode definition = at(document->root(), {"definitions", part});
    const DocumentNode names = at(definition, {"propertyNames", "enum"});
    // Each key that the reader accepts is described.
    CHECK(names.size() == at(definition, {"properties"}).size());
  }
  check_references(*document, document->root());
}

TEST_CASE("schema: the JSON Schemas are the same bytes each time", "[schema][json]") {
  CHECK(network_json_schema(*recruitment_schema()) == network_json_schema(*recruitment_schema()));
  CHECK(schema_json_schema() == schema_json_schema());
}
