#include <algorithm>
#include <initializer_list>
#include <vector>

#include "eraudit/core/json_writer.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"
#include "eraudit/schema/show.hpp"

// JSON Schemas help while typing: names, values, shapes, questions as hover text. What a file means is
// judged by the readers, so patterns here are generous where the readers say better what is wrong.

namespace eraudit {
namespace {

constexpr std::string_view draft = "http://json-schema.org/draft-07/schema#";
constexpr std::string_view date_pattern =
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$";
constexpr std::string_view money_pattern =
    "^-?[0-9][0-9_]*(\\.[0-9]+)?( [A-Z]{3})?(\\.\\.-?[0-9][0-9_]*(\\.[0-9]+)?)? [A-Z]{3}"
    "(/(hour|day|week|month|year))?$";
constexpr std::string_view number_pattern = "^-?[0-9]";
constexpr std::string_view kind_pattern = "^[A-Z][A-Za-z0-9]*$";
constexpr std::string_view word_pattern = "^[a-z][a-z0-9_]*$";
constexpr std::string_view value_pattern = "^[A-Za-z0-9][A-Za-z0-9_.-]*$";
constexpr std::string_view language_pattern = "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// JsonWriter with the phrases of JSON Schema.
class SchemaWriter {
 public:
  SchemaWriter() : json_(out_) {}

  std::string finish() {
    out_ += '\n';
    return std::move(out_);
  }

  void begin() { json_.begin_object(); }
  void begin(std::string_view key) { json_.key(key).begin_object(); }
  void end() { json_.end_object(); }
  void begin_list(std::string_view key) { json_.key(key).begin_array(); }
  void end_list() { json_.end_array(); }
  void member(std::string_view key, std::string_view value) { json_.member(key, value); }
  void number(std::string_view key, std::int64_t value) { json_.member(key, value); }
  void yes_or_no(std::string_view key, bool value) { json_.key(key).boolean(value); }
  void item(std::string_view value) { json_.text(value); }

  void words(std::string_view key, std::initializer_list<std::string_view> values) {
    begin_list(key);
    for (const std::string_view value : values) item(value);
    end_list();
  }
  void words(std::string_view key, std::span<const std::string_view> values) {
    begin_list(key);
    for (const std::string_view value : values) item(value);
    end_list();
  }
  /// `{"type": ..}` as a list item or, with a key, a member.
  void typed(std::string_view type) {
    begin();
    member("type", type);
    end();
  }
  void text_like(std::string_view pattern) {
    begin();
    member("type", "string");
    member("pattern", pattern);
    end();
  }
  void reference(std::string_view name) {
    begin();
    member("$ref", "#/definitions/" + std::string(name));
    end();
  }
  void reference(std::string_view key, std::string_view name) {
    json_.key(key);
    reference(name);
  }
  void typed(std::string_view key, std::string_view type) {
    json_.key(key);
    typed(type);
  }
  void text_like(std::string_view key, std::string_view pattern) {
    json_.key(key);
    text_like(pattern);
  }

 private:
  std::string out_;
  JsonWriter json_;
};

// --- network files ---

class NetworkSchema {
 public:
  explicit NetworkSchema(const Schema& schema) : schema_(schema) {}

  std::string write() {
    w_.begin();
    w_.member("$schema", draft);
    w_.member("title", "Network under the schema " + schema_.name());
    w_.member("type", "object");
    w_.words("required", {"eraudit"});
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    w_.begin("eraudit");
    w_.member("const", "network/1");
    w_.end();
    w_.typed("name", "string");
    w_.reference("as_of", "day");
    sources();
    nodes();
    edges();
    complete();
    w_.end();
    definitions();
    w_.end();
    return w_.finish();
  }

 private:
  void sources() {
    w_.begin("sources");
    w_.member("type", "object");
    w_.begin("additionalProperties");
    w_.member("type", "object");
    w_.begin("properties");
    w_.begin("class");
    w_.member("type", "string");
    if (!schema_.source_classes().empty()) {
      w_.begin_list("enum");
      for (const SourceClass& known : schema_.source_classes()) w_.item(known.id);
      std::vector<std::string_view> seen;
      for (const SourceClass& known : schema_.source_classes()) {
        for (const SourceAlias& alias : known.aliases) {
          if (std::find(seen.begin(), seen.end(), alias.name) != seen.end()) continue;
          seen.push_back(alias.name);
          w_.item(alias.name);
        }
      }
      w_.end_list();
    }
    w_.end();
    w_.reference("date", "day");
    w_.typed("ref", "string");
    w_.end();
    w_.begin("additionalProperties");
    w_.words("type", {"string", "integer", "number", "boolean"});
    w_.end();
    w_.end();
    w_.end();
  }

  void nodes() {
    w_.begin("nodes");
    w_.member("type", "object");
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    for (const NodeKind& kind : schema_.kinds()) {
      w_.begin(kind.name);
      w_.member("type", "object");
      description(kind.label, kind.about);
      w_.reference("additionalProperties", "node." + kind.name);
      w_.end();
    }
    w_.end();
    w_.end();
  }

  void edges() {
    w_.begin("edges");
    w_.member("type", "object");
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    for (const EdgeKind& kind : schema_.edges()) {
      w_.begin(kind.name);
      w_.member("type", "array");
      description(kind.label, kind.about);
      w_.reference("items", "edge." + kind.name);
      w_.end();
    }
    w_.end();
    w_.end();
  }

  void complete() {
    w_.begin("complete");
    w_.member("type", "array");
    w_.begin("items");
    w_.member("type", "object");
    w_.words("required", {"node", "list"});
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    w_.reference("node", "id");
    w_.begin("list");
    w_.begin_list("enum");
    std::vector<std::string_view> seen;
    for (const EdgeKind& kind : schema_.edges()) {
      for (const Side side : {Side::from, Side::to}) {
        const std::string_view name = kind.end(side).edges;
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        seen.push_back(name);
        w_.item(name);
      }
    }
    w_.end_list();
    w_.end();
    w_.reference("source", "id");
    w_.end();
    w_.end();
    w_.end();
  }

  void definitions() {
    w_.begin("definitions");
    w_.begin("id");
    w_.words("type", {"string", "integer", "number"});
    w_.end();
    w_.text_like("day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    w_.typed("bool", "boolean");
    number("int", "integer");
    number("double", "number");
    w_.begin("date");
    w_.begin_list("anyOf");
    w_.text_like(date_pattern);
    w_.typed("integer");  // a year
    range([this] { w_.text_like(date_pattern); });
    w_.end_list();
    w_.end();
    w_.begin("money");
    w_.begin_list("anyOf");
    w_.text_like(money_pattern);
    range([this] { w_.text_like(money_pattern); });
    w_.end_list();
    w_.end();
    w_.begin("text");
    w_.words("type", {"string", "number", "boolean"});
    w_.end();
    w_.text_like("country", "^[A-Z]{2}$");
    w_.text_like("place", "^[A-Z]{2}(-[A-Z0-9]{1,3})?$");
    w_.text_like("language", "^[a-z]{2,3}$");
    for (const NodeKind& kind : schema_.kinds()) {
      w_.begin("node." + kind.name);
      w_.member("type", "object");
      w_.yes_or_no("additionalProperties", false);
      w_.begin("properties");
      w_.reference("source", "id");
      for (const Attribute& attribute : kind.attributes) property(attribute);
      for (const Share& share : kind.shares) property(share);
      w_.end();
      w_.end();
    }
    for (const EdgeKind& kind : schema_.edges()) {
      w_.begin("edge." + kind.name);
      w_.member("type", "object");
      w_.words("required", {"from", "to"});
      w_.yes_or_no("additionalProperties", false);
      w_.begin("properties");
      w_.reference("from", "id");
      w_.reference("to", "id");
      w_.reference("id", "id");
      w_.reference("source", "id");
      for (const Attribute& attribute : kind.attributes) property(attribute);
      for (const Share& share : kind.shares) property(share);
      w_.end();
      w_.end();
    }
    w_.end();
  }

  void number(std::string_view name, std::string_view type) {
    w_.begin(name);
    w_.begin_list("anyOf");
    w_.typed(type);
    w_.text_like(number_pattern);
    range([this, type] { w_.typed(type); });
    w_.end_list();
    w_.end();
  }

  template <class Write>
  void range(const Write& value) {
    w_.begin();
    w_.member("type", "object");
    w_.words("required", {"low", "high"});
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    for (const std::string_view part : {"low", "typical", "high"}) {
      w_.begin(part);
      w_.begin_list("allOf");
      value();
      w_.end_list();
      w_.end();
    }
    w_.end();
    w_.end();
  }

  void description(const LocalText& title, const LocalText& about, const LocalText& ask = {}) {
    if (!title.empty()) w_.member("title", title.in("en"));
    std::string text(about.in("en"));
    if (!ask.empty()) {
      if (!text.empty()) text += "\n\n";
      text += ask.in("en");
    }
    if (!text.empty()) w_.member("description", text);
  }

  void scalar(const Attribute& attribute) {
    switch (attribute.type) {
      case AttributeType::enumeration:
      case AttributeType::enumeration_list:
        w_.begin();
        w_.begin_list("enum");
        for (const EnumerationValue& value : attribute.values) w_.item(value.id);
        w_.end_list();
        w_.end();
        return;
      case AttributeType::text:
      case AttributeType::text_list:
        w_.reference(attribute.format == TextFormat::any
                         ? std::string_view("text")
                         : detail::text_format_names()[static_cast<std::size_t>(attribute.format) - 1]);
        return;
      default: w_.reference(to_text(attribute.type));
    }
  }

  void value(const Attribute& attribute) {
    const bool list = attribute.type == AttributeType::text_list ||
                      attribute.type == AttributeType::enumeration_list;
    if (!list) {
      scalar(attribute);
      return;
    }
    w_.begin();
    w_.member("type", "array");
    w_.begin("items");
    w_.begin_list("allOf");
    scalar(attribute);
    w_.end_list();
    w_.end();
    w_.end();
  }

  /// A value, null where it may be absent, or a list of claims.
  void property(const Attribute& attribute) {
    w_.begin(attribute.name);
    description(attribute.label, attribute.about, attribute.ask);
    w_.begin_list("anyOf");
    value(attribute);
    if (attribute.may_be_absent) w_.typed("null");
    w_.begin();
    w_.member("type", "array");
    w_.number("minItems", 1);
    w_.begin("items");
    w_.member("type", "object");
    w_.words("required", {"value"});
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    w_.begin("value");
    w_.begin_list("anyOf");
    value(attribute);
    if (attribute.may_be_absent) w_.typed("null");
    w_.end_list();
    w_.end();
    w_.reference("source", "id");
    w_.end();
    w_.end();
    w_.end();
    w_.end_list();
    w_.end();
  }

  void property(const Share& share) {
    w_.begin(share.name);
    w_.begin_list("anyOf");
    w_.text_like("^[0-9]+ of [0-9]+$");
    w_.begin();
    w_.member("type", "object");
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    w_.reference(share.part_key, "int");
    w_.reference(share.whole_key, "int");
    w_.end();
    w_.end();
    w_.end_list();
    w_.end();
  }

  const Schema& schema_;
  SchemaWriter w_;
};

// --- schema files ---

class FileSchema {
 public:
  std::string write() {
    w_.begin();
    w_.member("$schema", draft);
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
  /// Opens `properties`; `keys` are what the reader accepts, so that the two cannot drift apart: a key
  /// that is not described in between is allowed with any value.
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
    w_.member("pattern", language_pattern);
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

  SchemaWriter w_;
};

}  // namespace

std::string network_json_schema(const Schema& schema) { return NetworkSchema(schema).write(); }

std::string schema_json_schema() { return FileSchema().write(); }

}  // namespace eraudit
