// JSON Schema of network files.

#include <algorithm>
#include <array>
#include <vector>

#include "eraudit/schema/detail/json_schema_writer.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"
#include "eraudit/schema/show.hpp"

namespace eraudit {
namespace {

constexpr std::string_view date_pattern =
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$";
constexpr std::string_view money_pattern =
    "^-?[0-9][0-9_]*(\\.[0-9]+)?( [A-Z]{3})?(\\.\\.-?[0-9][0-9_]*(\\.[0-9]+)?)? [A-Z]{3}"
    "(/(hour|day|week|month|year))?$";
constexpr std::string_view number_pattern = "^-?[0-9]";

constexpr std::array<std::string_view, 15> source_details = {
    "ref", "title", "url",    "page",   "sha256",   "place",    "chosen_by", "interviewer",
    "of",  "note",  "sample", "method", "language", "separate", "held_by"};

class NetworkSchema {
 public:
  explicit NetworkSchema(const Schema& schema) : schema_(schema) {}

  std::string write() {
    w_.begin();
    w_.member("$schema", detail::json_schema_draft);
    w_.member("title", "Network under the schema " + schema_.name());
    w_.member("type", "object");
    w_.words("required", {"eraudit"});
    w_.yes_or_no("additionalProperties", false);
    w_.begin("properties");
    w_.begin("eraudit");
    w_.member("const", "network/1");
    w_.end();
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
    for (const std::string_view detail : source_details) w_.reference(detail, "text");
    w_.end();
    // Only the reader knows all details of a source.
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
        const EdgeEnd& end = kind.end(side);
        for (const std::string_view name :
             {std::string_view(end.edges), std::string_view(end.nodes)}) {
          if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
          seen.push_back(name);
          w_.item(name);
        }
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
    w_.begin("sources");
    w_.begin_list("anyOf");
    w_.reference("id");
    w_.begin();
    w_.member("type", "array");
    w_.reference("items", "id");
    w_.end();
    w_.end_list();
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
      w_.reference("source", "sources");
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
      w_.reference("source", "sources");
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
        w_.reference(
            attribute.format == TextFormat::any
                ? std::string_view("text")
                : detail::text_format_names()[static_cast<std::size_t>(attribute.format) - 1]);
        return;
      default:
        w_.reference(to_text(attribute.type));
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
    const auto written = [&] {
      value(attribute);
      if (attribute.may_be_absent) w_.typed("null");
    };
    written();
    claims(written);
    w_.end_list();
    w_.end();
  }

  /// A list of `{value: .., source: ..}`; `written` writes the forms of a value. A claim of nobody
  /// has the source null.
  template <class Write>
  void claims(const Write& written) {
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
    written();
    w_.end_list();
    w_.end();
    w_.begin("source");
    w_.words("type", {"string", "integer", "number", "null"});
    w_.end();
    w_.end();
    w_.end();
    w_.end();
  }

  void property(const Share& share) {
    w_.begin(share.name);
    w_.begin_list("anyOf");
    const auto written = [&] {
      w_.text_like("^([0-9]+|\\?) of ([0-9]+|\\?)$");
      w_.begin();
      w_.member("type", "object");
      w_.yes_or_no("additionalProperties", false);
      w_.begin("properties");
      w_.reference(share.part_key, "int");
      w_.reference(share.whole_key, "int");
      w_.end();
      w_.end();
    };
    written();
    claims(written);
    w_.end_list();
    w_.end();
  }

  const Schema& schema_;
  detail::JsonSchemaWriter w_;
};

}  // namespace

std::string network_json_schema(const Schema& schema) {
  return NetworkSchema(schema).write();
}

}  // namespace eraudit
