#include <algorithm>
#include <array>

#include "eraudit/core/suggest.hpp"
#include "eraudit/schema/detail/schema_reader.hpp"

namespace eraudit::detail {
namespace {

constexpr std::array<std::string_view, 1> added_to_attributes = {"values"};

bool is_enumeration(AttributeType type) {
  return type == AttributeType::enumeration || type == AttributeType::enumeration_list;
}

/// What people call a type elsewhere.
std::string type_help(std::string_view written) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> elsewhere = {
      {{"boolean", "bool"},
       {"integer", "int"},
       {"number", "double"},
       {"float", "double"},
       {"decimal", "double"},
       {"text", "string"},
       {"str", "string"},
       {"enumeration", "enum"},
       {"currency", "money"},
       {"day", "date"},
       {"list", "list(string)"},
       {"country", "string"}}};
  const auto types = attribute_type_names();
  std::vector<std::string_view> names(types.begin(), types.end());
  for (const auto& [name, type] : elsewhere) names.push_back(name);
  const auto near = nearest_name(written, names);
  for (const auto& [name, type] : elsewhere) {
    if (near == name) return "write " + quoted(type);
  }
  return suggest(written, types);
}

}  // namespace

void SchemaReader::read_attributes(Node body, const std::string& owner,
                                   std::vector<Attribute>& attributes, std::vector<Place>& places) {
  if (!is_map(body, "'attributes'")) return;
  const std::size_t inherited = attributes.size();
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node key = body.key(index);
    const std::string path = owner + '.' + std::string(key.text());
    const auto existing =
        std::find_if(attributes.begin(), attributes.end(),
                     [&](const Attribute& attribute) { return attribute.name == key.text(); });
    if (existing != attributes.end()) {
      if (static_cast<std::size_t>(existing - attributes.begin()) < inherited) {
        extend_attribute(key, body.at(index), path, *existing);
      }
      continue;
    }
    if (!name_ok(key, NameStyle::word, "an attribute") ||
        !room(key, attributes.size(), "attributes of " + owner)) {
      continue;
    }
    Attribute& attribute = attributes.emplace_back();
    places.emplace_back(key);
    attribute.name = std::string(key.text());
    attribute.declared = declared(key);
    read_attribute(key, body.at(index), path, attribute);
  }
}

void SchemaReader::read_attribute(Node key, Node body, const std::string& path,
                                  Attribute& attribute) {
  const std::string what = "attribute " + quoted(path);
  if (!body.is_map()) {
    const auto types = attribute_type_names();
    const bool is_type = std::find(types.begin(), types.end(), body.text()) != types.end();
    error(body, "schema-wrong-shape", what + " must be a map",
          is_type ? "write '{type: " + std::string(body.text()) + "}'" : "");
    return;
  }
  known_keys(body, schema_keys::attribute(), "an attribute");
  read_text(body, "label", attribute.label);
  read_text(body, "about", attribute.about);
  read_text(body, "ask", attribute.ask);
  read_respondent(body, attribute.respondent);
  if (attribute.label.empty()) missing_label(key, attribute.label, what);
  if (attribute.ask.empty()) {
    warn(key, "schema-missing-ask", what + " has no question",
         "add 'ask': what to put when the value is not known");
  }
  attribute.may_be_absent = flag(body, "may_be_absent", false);
  if (const auto node = body.find("sensitivity")) {
    const auto level =
        one_of(*node, sensitivity_names(), "schema-unknown-sensitivity", "'sensitivity'");
    if (level) attribute.sensitivity = static_cast<Sensitivity>(*level);
  }
  if (!read_type(key, body, attribute)) return;  // what follows depends on the type
  const AttributeType type = attribute.type;
  const std::string spelt(to_text(type));
  const auto only_for = [&](std::string_view name, bool allowed, const char* types) {
    if (allowed) return;
    if (const auto node = body.find(name)) {
      for (std::size_t index = 0; index < body.size(); ++index) {
        if (body.key(index).text() != name) continue;
        error(body.key(index), "schema-misplaced-key",
              quoted(name) + " is for " + types + ", but " + quoted(path) + " is " + spelt);
      }
    }
  };
  const bool counted = type == AttributeType::integer || type == AttributeType::number;
  const bool textual = type == AttributeType::text || type == AttributeType::text_list;
  only_for("values", is_enumeration(type), "enum and list(enum)");
  only_for("unit", counted, "int and double");
  only_for("per", type == AttributeType::money, "money");
  only_for("format", textual, "string and list(string)");
  only_for("non_negative", counted || type == AttributeType::money, "int, double and money");
  if (is_enumeration(type)) {
    if (const auto values = body.find("values")) {
      read_values(*values, path, attribute, false);
    } else {
      error(key, "schema-missing-key", what + " is " + spelt + " and needs 'values'");
    }
  }
  if (counted) {
    if (const auto unit = body.find("unit")) {
      if (auto text = word(*unit, "'unit'")) attribute.unit = std::move(*text);
    }
  }
  if (counted || type == AttributeType::money) {
    attribute.non_negative = flag(body, "non_negative", false);
  }
  if (type == AttributeType::money) read_per(body, path, attribute);
  if (textual) {
    if (const auto node = body.find("format")) {
      const auto format = one_of(*node, text_format_names(), "schema-unknown-format", "'format'");
      if (format) attribute.format = static_cast<TextFormat>(*format + 1);
    }
  }
  read_required(key, body, path, attribute);
}

bool SchemaReader::read_type(Node key, Node body, Attribute& attribute) {
  const auto node = body.find("type");
  if (!node) {
    error(key, "schema-missing-key", "attribute " + quoted(attribute.name) + " needs a 'type'");
    return false;
  }
  const auto written = word(*node, "'type'");
  if (!written) return false;
  const auto types = attribute_type_names();
  const auto found = std::find(types.begin(), types.end(), *written);
  if (found == types.end()) {
    error(*node, "schema-unknown-type", "there is no type " + quoted(*written),
          type_help(*written));
    return false;
  }
  attribute.type = static_cast<AttributeType>(found - types.begin());
  return true;
}

void SchemaReader::read_per(Node body, const std::string& path, Attribute& attribute) {
  const auto node = body.find("per");
  if (!node) return;
  const auto period = word(*node, "'per'");
  if (!period) return;
  if (*period != "month") {
    error(*node, "schema-unknown-period", quoted(path) + " cannot be per " + quoted(*period),
          "write 'per: month'; files may give wages per hour, day, week, month or year");
    return;
  }
  attribute.wage = true;
}

void SchemaReader::read_required(Node key, Node body, const std::string& path,
                                 Attribute& attribute) {
  attribute.required = flag(body, "required", false);
  if (!attribute.required) return;
  const bool bounds = attribute.name == "since" || attribute.name == "until";
  if (bounds && attribute.type == AttributeType::date) return;
  error(key, "schema-misplaced-key",
        "'required' is for the dates 'since' and 'until', but this is " + quoted(path),
        "every missing value is unknown already");
}

void SchemaReader::read_values(Node body, const std::string& path, Attribute& attribute,
                               bool exists) {
  const std::size_t inherited = exists ? attribute.values.size() : 0;
  if (!body.is_map() && !body.is_list()) {
    error(body, "schema-wrong-shape", "'values' must be a map from id to label, or a list of ids");
    return;
  }
  if (body.size() == 0) error(body, "schema-wrong-shape", "'values' is empty");
  for (std::size_t index = 0; index < body.size(); ++index) {
    if (body.is_map()) {
      read_value(body.key(index), body.at(index), path, attribute, inherited);
    } else if (word(body.at(index), "the id of a value")) {
      read_value(body.at(index), std::nullopt, path, attribute, inherited);
    }
  }
}

void SchemaReader::read_value(Node id, std::optional<Node> label, const std::string& path,
                              Attribute& attribute, std::size_t inherited) {
  if (const auto existing = attribute.find_value(id.text())) {
    if (*existing < inherited) {
      error(id, "schema-extension-changes",
            "value " + quoted(id.text()) + " of " + quoted(path) + " stands in schema " +
                quoted(base_->name()) + " (" + attribute.declared + ")",
            "an extension lists the values it adds, and only those");
    } else {
      error(id, "schema-duplicate-name",
            "value " + quoted(id.text()) + " of " + quoted(path) + " is there already");
    }
    return;
  }
  if (!name_ok(id, NameStyle::value, "a value") ||
      !room(id, attribute.values.size(), "values of " + path)) {
    return;
  }
  EnumerationValue& value = attribute.values.emplace_back();
  value.id = std::string(id.text());
  const std::string what = "value " + quoted(value.id) + " of " + quoted(path);
  if (label && !label->is_null()) {
    read_texts(*label, what, value.label);
  } else {
    missing_label(id, value.label, what);
  }
}

void SchemaReader::extend_attribute(Node key, Node body, const std::string& path,
                                    Attribute& attribute) {
  const std::string stands = "attribute " + quoted(path) + " stands in schema " +
                             quoted(base_->name()) + " (" + attribute.declared + ") as " +
                             std::string(to_text(attribute.type));
  if (!is_enumeration(attribute.type)) {
    error(key, "schema-extension-changes", stands, "an extension adds attributes of other names");
    return;
  }
  if (!is_map(body, "attribute " + quoted(path))) return;
  for (std::size_t index = 0; index < body.size(); ++index) {
    const std::string_view name = body.key(index).text();
    const auto keys = schema_keys::attribute();
    if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
      error(body.key(index), "schema-unknown-key", "an attribute has no key " + quoted(name),
            suggest(name, added_to_attributes));
    } else if (name != "values") {
      error(body.key(index), "schema-extension-changes",
            stands + ", and an extension cannot set its " + quoted(name),
            "an extension can add 'values' to it");
    }
  }
  if (const auto values = body.find("values")) read_values(*values, path, attribute, true);
}

std::optional<AttributeId> SchemaReader::share_part(Node name, const std::string& owner,
                                                    const std::vector<Attribute>& attributes) {
  const auto written = word(name, "the name of an attribute");
  if (!written) return std::nullopt;
  std::vector<std::string_view> names;
  for (std::size_t index = 0; index < attributes.size(); ++index) {
    if (attributes[index].name == *written) {
      if (attributes[index].type == AttributeType::integer) {
        return AttributeId{static_cast<std::uint16_t>(index)};
      }
      error(name, "schema-bad-share",
            "a share is made of attributes of type int, but " + quoted(owner + '.' + *written) +
                " is " + std::string(to_text(attributes[index].type)));
      return std::nullopt;
    }
    if (attributes[index].type == AttributeType::integer) names.push_back(attributes[index].name);
  }
  error(name, "schema-unknown-attribute", quoted(owner) + " has no attribute " + quoted(*written),
        suggest(*written, names));
  return std::nullopt;
}

void SchemaReader::read_shares(Node body, const std::string& owner,
                               const std::vector<Attribute>& attributes, std::vector<Share>& shares,
                               std::vector<Place>& places) {
  if (!is_map(body, "'shares'")) return;
  for (std::size_t index = 0; index < body.size(); ++index) {
    const Node key = body.key(index);
    const Node parts = body.at(index);
    const std::string what = "share " + quoted(owner + '.' + std::string(key.text()));
    if (!name_ok(key, NameStyle::word, "a share") ||
        !room(key, shares.size(), "shares of " + owner)) {
      continue;
    }
    if (!parts.is_map() || parts.size() != 2) {
      error(parts, "schema-bad-share", what + " must be a map of two parts",
            "write '{said: payers_said, asked: payers_asked}': the part, then the whole");
      continue;
    }
    const auto part = share_part(parts.at(0), owner, attributes);
    const auto whole = share_part(parts.at(1), owner, attributes);
    if (!part || !whole) continue;
    if (*part == *whole) {
      error(parts.at(1), "schema-bad-share",
            what + " has " + quoted(attributes[part->index].name) + " as its part and its whole");
      continue;
    }
    if (!name_ok(parts.key(0), NameStyle::word, "a part") ||
        !name_ok(parts.key(1), NameStyle::word, "a part")) {
      continue;
    }
    shares.push_back({std::string(key.text()), std::string(parts.key(0).text()),
                      std::string(parts.key(1).text()), *part, *whole});
    places.emplace_back(key);
  }
}

}  // namespace eraudit::detail
