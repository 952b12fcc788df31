// JSON Schema of schema files.

#include "eraudit/core/language.hpp"
#include "eraudit/schema/detail/json_schema_writer.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"
#include "eraudit/schema/show.hpp"

namespace eraudit {
namespace {

constexpr std::string_view kind_pattern = "^[A-Z][A-Za-z0-9]*$";
constexpr std::string_view word_pattern = "^[a-z][a-z0-9_]*$";
constexpr std::string_view value_pattern = "^[A-Za-z0-9][A-Za-z0-9_.-]*$";

class FileSchema {
 public:
  std::string write() {
    w_.begin();
    w_.member("$schema", detail::json_schema_draft);
    w_.member("title", "Schema of networks");
    w_.member("type", "object");
    w_.words("required", {"eraudit", "name"});
    object(detail::schema_keys::file());
    w_.begin("eraudit");
    w_.member("const", "schema/1");
    w_.end();
    w_.text_like("name", value_pattern);
    w_.text_like("extends", value_pattern);
    map("kinds", kind_pattern, "kind");
    map("edges", word_pattern, "edge");
    map("source_classes", value_pattern, "source_class");
    map("respondents", value_pattern, "text");
    end_object();
    w_.begin("definitions");
    texts();
    kind();
    edge();
    attribute();
    shares();
    source_class();
    w_.end();
    w_.end();
    return w_.finish();
  }

 private:
  /// Opens `properties`; `keys` are what the reader accepts, so that the two cannot drift apart: a
  /// key that is not described in between is allowed with any value.
  void object(std::span<const std::string_view> keys) {
    w_.begin("propertyNames");
    w_.words("enum", keys);
    w_.end();
    w_.begin("properties");
  }
  void end_object() { w_.end(); }

  void map(std::string_view name, std::string_view pattern, std::string_view definition) {
    w_.begin(name);
    w_.member("type", "object");
    w_.begin("propertyNames");
    w_.member("pattern", pattern);
    w_.end();
    w_.reference("additionalProperties", definition);
    w_.end();
  }

  void texts() {
    w_.begin("text");
    w_.begin_list("anyOf");
    filled_text();
    w_.begin();
    w_.member("type", "object");
    w_.number("minProperties", 1);
    w_.begin("propertyNames");
    w_.member("pattern", language_tag_pattern);
    w_.end();
    w_.begin("additionalProperties");
    w_.member("type", "string");
    w_.number("minLength", 1);
    w_.end();
    w_.end();
    w_.end_list();
    w_.end();
  }

  void filled_text() {
    w_.begin();
    w_.member("type", "string");
    w_.number("minLength", 1);
    w_.end();
  }

  void attributes_and_shares() {
    map("attributes", word_pattern, "attribute");
    map("shares", word_pattern, "share");
  }

  void kind() {
    w_.begin("kind");
    w_.member("type", "object");
    object(detail::schema_keys::kind());
    w_.reference("label", "text");
    w_.reference("plural", "text");
    w_.reference("about", "text");
    w_.text_like("respondent", value_pattern);
    attributes_and_shares();
    end_object();
    w_.end();
  }

  void edge() {
    w_.begin("edge");
    w_.member("type", "object");
    object(detail::schema_keys::edge());
    w_.reference("label", "text");
    w_.reference("about", "text");
    w_.text_like("respondent", value_pattern);
    w_.reference("from", "end");
    w_.reference("to", "end");
    w_.begin("key");
    w_.member("type", "array");
    w_.yes_or_no("uniqueItems", true);
    w_.text_like("items", word_pattern);
    w_.end();
    attributes_and_shares();
    end_object();
    w_.end();

    w_.begin("end");
    w_.member("type", "object");
    w_.words("required", {"kinds", "edges", "nodes"});
    object(detail::schema_keys::end());
    w_.begin("kinds");
    w_.member("type", "array");
    w_.number("minItems", 1);
    w_.yes_or_no("uniqueItems", true);
    w_.text_like("items", kind_pattern);
    w_.end();
    w_.text_like("edges", word_pattern);
    w_.text_like("nodes", word_pattern);
    w_.typed("complete", "boolean");
    w_.reference("ask", "text");
    w_.text_like("respondent", value_pattern);
    end_object();
    w_.end();
  }

  void attribute() {
    w_.begin("attribute");
    w_.member("type", "object");
    object(detail::schema_keys::attribute());
    w_.begin("type");
    w_.words("enum", detail::attribute_type_names());
    w_.end();
    values();
    w_.begin("unit");
    w_.member("type", "string");
    w_.number("minLength", 1);
    w_.end();
    w_.begin("per");
    w_.member("const", "month");
    w_.end();
    w_.begin("format");
    w_.words("enum", detail::text_format_names());
    w_.end();
    w_.typed("non_negative", "boolean");
    w_.typed("may_be_absent", "boolean");
    w_.typed("required", "boolean");
    w_.begin("sensitivity");
    w_.words("enum", detail::sensitivity_names());
    w_.end();
    w_.reference("label", "text");
    w_.reference("about", "text");
    w_.reference("ask", "text");
    w_.text_like("respondent", value_pattern);
    end_object();
    w_.end();
  }

  void values() {
    w_.begin("values");
    w_.begin_list("anyOf");
    w_.begin();
    w_.member("type", "object");
    w_.number("minProperties", 1);
    w_.begin("propertyNames");
    w_.member("pattern", value_pattern);
    w_.end();
    w_.begin("additionalProperties");
    w_.begin_list("anyOf");
    w_.reference("text");
    w_.typed("null");
    w_.end_list();
    w_.end();
    w_.end();
    w_.begin();
    w_.member("type", "array");
    w_.number("minItems", 1);
    w_.yes_or_no("uniqueItems", true);
    w_.text_like("items", value_pattern);
    w_.end();
    w_.end_list();
    w_.end();
  }

  void shares() {
    w_.begin("share");
    w_.member("type", "object");
    w_.number("minProperties", 2);
    w_.number("maxProperties", 2);
    w_.begin("propertyNames");
    w_.member("pattern", word_pattern);
    w_.end();
    w_.text_like("additionalProperties", word_pattern);
    w_.end();
  }

  void source_class() {
    w_.begin("source_class");
    w_.member("type", "object");
    object(detail::schema_keys::source_class());
    w_.reference("label", "text");
    w_.reference("about", "text");
    w_.typed("self_declared", "boolean");
    w_.begin("aliases");
    w_.member("type", "array");
    w_.begin("items");
    w_.begin_list("anyOf");
    w_.text_like(value_pattern);
    w_.begin();
    w_.member("type", "object");
    w_.words("required", {"name", "detail", "value"});
    object(detail::schema_keys::alias());
    w_.text_like("name", value_pattern);
    w_.typed("detail", "string");
    w_.typed("value", "string");
    end_object();
    w_.end();
    w_.end_list();
    w_.end();
    w_.end();
    end_object();
    w_.end();
  }

  detail::JsonSchemaWriter w_;
};

}  // namespace

std::string schema_json_schema() {
  return FileSchema().write();
}

}  // namespace eraudit
