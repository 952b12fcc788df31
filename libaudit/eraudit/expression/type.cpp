#include "eraudit/expression/type.hpp"

#include <algorithm>

namespace eraudit {

struct Type::Detail {
  std::vector<Type> parameters;        ///< of list, map, type, opaque
  std::vector<KindId> node_kinds;      ///< of node, and of text that names node kinds
  std::vector<EdgeKindId> edge_kinds;  ///< of edge, and of text that names edge kinds
  std::vector<std::pair<std::string, Type>> fields;
  std::string name;
  std::uint32_t variable = 0;
  // Not part of equality.
  std::vector<const Attribute*> enumerations;
  TextFormat format = TextFormat::any;
  std::string_view unit;  ///< in the schema
  bool wage = false;
  bool non_negative = false;
};

namespace {

const Type dyn_type;

template <class T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <class T>
std::vector<T> merged(const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<T> all = a;
  all.insert(all.end(), b.begin(), b.end());
  sort_unique(all);
  return all;
}

TypeKind kind_of(AttributeType type) {
  switch (type) {
    case AttributeType::boolean:
      return TypeKind::boolean;
    case AttributeType::integer:
      return TypeKind::integer;
    case AttributeType::number:
      return TypeKind::number;
    case AttributeType::date:
      return TypeKind::date;
    case AttributeType::money:
      return TypeKind::money;
    case AttributeType::text:
    case AttributeType::enumeration:
      return TypeKind::text;
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      return TypeKind::list;
  }
  return TypeKind::dyn;
}

}  // namespace

Type Type::list(Type element) {
  auto detail = std::make_shared<Detail>();
  detail->parameters.push_back(std::move(element));
  return {TypeKind::list, std::move(detail)};
}

Type Type::map(Type key, Type value) {
  auto detail = std::make_shared<Detail>();
  detail->parameters.push_back(std::move(key));
  detail->parameters.push_back(std::move(value));
  return {TypeKind::map, std::move(detail)};
}

Type Type::type_of(Type inner) {
  auto detail = std::make_shared<Detail>();
  detail->parameters.push_back(std::move(inner));
  return {TypeKind::type, std::move(detail)};
}

Type Type::node(std::vector<KindId> kinds) {
  auto detail = std::make_shared<Detail>();
  sort_unique(kinds);
  detail->node_kinds = std::move(kinds);
  return {TypeKind::node, std::move(detail)};
}

Type Type::edge(std::vector<EdgeKindId> kinds) {
  auto detail = std::make_shared<Detail>();
  sort_unique(kinds);
  detail->edge_kinds = std::move(kinds);
  return {TypeKind::edge, std::move(detail)};
}

Type Type::of(const Attribute& attribute) {
  const TypeKind kind = kind_of(attribute.type);
  switch (attribute.type) {
    case AttributeType::boolean:
    case AttributeType::date:
      return kind;
    case AttributeType::enumeration:
      return enumeration(&attribute);
    case AttributeType::enumeration_list:
      return list(enumeration(&attribute));
    case AttributeType::text:
    case AttributeType::text_list: {
      Type text = TypeKind::text;
      if (attribute.format != TextFormat::any) {
        auto detail = std::make_shared<Detail>();
        detail->format = attribute.format;
        text.detail_ = std::move(detail);
      }
      return kind == TypeKind::list ? list(std::move(text)) : text;
    }
    case AttributeType::integer:
    case AttributeType::number:
    case AttributeType::money:
      break;
  }
  if (attribute.unit.empty() && !attribute.non_negative && !attribute.wage) return kind;
  auto detail = std::make_shared<Detail>();
  detail->unit = attribute.unit;
  detail->non_negative = attribute.non_negative;
  detail->wage = attribute.wage;
  return {kind, std::move(detail)};
}

Type Type::enumeration(const Attribute* attribute) {
  auto detail = std::make_shared<Detail>();
  detail->enumerations.push_back(attribute);
  return {TypeKind::text, std::move(detail)};
}

Type Type::kind_name(const Type& of) {
  auto detail = std::make_shared<Detail>();
  detail->node_kinds = of.node_kinds();
  detail->edge_kinds = of.edge_kinds();
  return {TypeKind::text, std::move(detail)};
}

Type Type::parameter(std::string name) {
  auto detail = std::make_shared<Detail>();
  detail->name = std::move(name);
  return {TypeKind::parameter, std::move(detail)};
}

Type Type::variable(std::uint32_t index) {
  auto detail = std::make_shared<Detail>();
  detail->variable = index;
  return {TypeKind::variable, std::move(detail)};
}

Type Type::record(std::string name, std::vector<std::pair<std::string, Type>> fields) {
  auto detail = std::make_shared<Detail>();
  detail->name = std::move(name);
  detail->fields = std::move(fields);
  return {TypeKind::record, std::move(detail)};
}

Type Type::opaque(std::string name, std::vector<Type> parameters) {
  auto detail = std::make_shared<Detail>();
  detail->name = std::move(name);
  detail->parameters = std::move(parameters);
  return {TypeKind::opaque, std::move(detail)};
}

const Type& Type::element() const noexcept {
  return detail_ == nullptr || detail_->parameters.empty() ? dyn_type : detail_->parameters[0];
}

const Type& Type::mapped() const noexcept {
  return detail_ == nullptr || detail_->parameters.size() < 2 ? dyn_type : detail_->parameters[1];
}

std::span<const Type> Type::parameters() const noexcept {
  if (detail_ == nullptr) return {};
  return detail_->parameters;
}

const std::vector<KindId>& Type::node_kinds() const noexcept {
  static const std::vector<KindId> none;
  return detail_ == nullptr ? none : detail_->node_kinds;
}

const std::vector<EdgeKindId>& Type::edge_kinds() const noexcept {
  static const std::vector<EdgeKindId> none;
  return detail_ == nullptr ? none : detail_->edge_kinds;
}

const std::vector<std::pair<std::string, Type>>& Type::fields() const noexcept {
  static const std::vector<std::pair<std::string, Type>> none;
  return detail_ == nullptr ? none : detail_->fields;
}

const std::string& Type::name() const noexcept {
  static const std::string none;
  return detail_ == nullptr ? none : detail_->name;
}

std::uint32_t Type::variable_index() const noexcept {
  return detail_ == nullptr ? 0 : detail_->variable;
}

std::span<const Attribute* const> Type::enumerations() const noexcept {
  if (detail_ == nullptr) return {};
  return detail_->enumerations;
}

const Attribute* Type::enumeration() const noexcept {
  return detail_ == nullptr || detail_->enumerations.empty() ? nullptr : detail_->enumerations[0];
}

TextFormat Type::format() const noexcept {
  return detail_ == nullptr ? TextFormat::any : detail_->format;
}

std::string_view Type::unit() const noexcept {
  return detail_ == nullptr ? std::string_view() : detail_->unit;
}

bool Type::wage() const noexcept {
  return detail_ != nullptr && detail_->wage;
}

bool Type::non_negative() const noexcept {
  return detail_ != nullptr && detail_->non_negative;
}

std::vector<std::string_view> Type::values(const Schema* schema) const {
  std::vector<std::string_view> all;
  if (detail_ == nullptr || kind_ != TypeKind::text) return all;
  const auto add = [&](std::string_view value) {
    if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
  };
  for (const Attribute* const attribute : detail_->enumerations) {
    for (const EnumerationValue& value : attribute->values) add(value.id);
  }
  if (schema != nullptr) {
    for (const KindId kind : detail_->node_kinds) add(schema->kind(kind).name);
    for (const EdgeKindId kind : detail_->edge_kinds) add(schema->edge(kind).name);
  }
  return all;
}

Type Type::bare() const {
  switch (kind_) {
    case TypeKind::integer:
    case TypeKind::uinteger:
    case TypeKind::number:
    case TypeKind::money:
    case TypeKind::text:
      return kind_;
    case TypeKind::list:
      return detail_ == nullptr ? *this : list(element().bare());
    case TypeKind::map:
      return detail_ == nullptr ? *this : map(element().bare(), mapped().bare());
    default:
      return *this;
  }
}

Type Type::with_unit(std::string_view unit, bool non_negative) const {
  if (unit.empty() && !non_negative) return kind_;
  auto detail = std::make_shared<Detail>();
  detail->unit = unit;
  detail->non_negative = non_negative;
  return {kind_, std::move(detail)};
}

Type Type::join(const Type& a, const Type& b) {
  if (a.kind_ == TypeKind::error) return b;
  if (b.kind_ == TypeKind::error) return a;
  if (a.kind_ != b.kind_) return {};
  if (a.detail_ == b.detail_) return a;
  switch (a.kind_) {
    case TypeKind::list:
      return list(join(a.element(), b.element()));
    case TypeKind::map:
      return map(join(a.element(), b.element()), join(a.mapped(), b.mapped()));
    case TypeKind::node:
      return node(merged(a.node_kinds(), b.node_kinds()));
    case TypeKind::edge:
      return edge(merged(a.edge_kinds(), b.edge_kinds()));
    case TypeKind::text: {
      // An enumeration beside free text is free text.
      const bool both_enumerations = a.enumeration() != nullptr && b.enumeration() != nullptr;
      const bool both_nodes = !a.node_kinds().empty() && !b.node_kinds().empty();
      const bool both_edges = !a.edge_kinds().empty() && !b.edge_kinds().empty();
      if (a.detail_ == nullptr || b.detail_ == nullptr) return TypeKind::text;
      auto detail = std::make_shared<Detail>();
      if (both_enumerations) {
        detail->enumerations = a.detail_->enumerations;
        for (const Attribute* const attribute : b.detail_->enumerations) {
          auto& all = detail->enumerations;
          if (std::find(all.begin(), all.end(), attribute) == all.end()) all.push_back(attribute);
        }
      }
      if (both_nodes) detail->node_kinds = merged(a.node_kinds(), b.node_kinds());
      if (both_edges) detail->edge_kinds = merged(a.edge_kinds(), b.edge_kinds());
      if (a.format() == b.format()) detail->format = a.format();
      return {TypeKind::text, std::move(detail)};
    }
    case TypeKind::integer:
    case TypeKind::uinteger:
    case TypeKind::number:
    case TypeKind::money: {
      if (a.detail_ == nullptr || b.detail_ == nullptr) return a.kind_;
      auto detail = std::make_shared<Detail>();
      if (a.unit() == b.unit()) detail->unit = a.unit();
      detail->wage = a.wage() && b.wage();
      detail->non_negative = a.non_negative() && b.non_negative();
      return {a.kind_, std::move(detail)};
    }
    default:
      return a == b ? a : Type();
  }
}

bool operator==(const Type& a, const Type& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.detail_ == b.detail_) return true;
  switch (a.kind_) {
    case TypeKind::list:
      return a.element() == b.element();
    case TypeKind::map:
      return a.element() == b.element() && a.mapped() == b.mapped();
    case TypeKind::type:
      return a.element() == b.element();
    case TypeKind::node:
      return a.node_kinds() == b.node_kinds();
    case TypeKind::edge:
      return a.edge_kinds() == b.edge_kinds();
    case TypeKind::record:
      return a.name() == b.name() && a.fields() == b.fields();
    case TypeKind::opaque:
      return a.name() == b.name() && std::equal(a.parameters().begin(), a.parameters().end(),
                                                b.parameters().begin(), b.parameters().end());
    case TypeKind::parameter:
      return a.name() == b.name();
    case TypeKind::variable:
      return a.variable_index() == b.variable_index();
    default:
      return true;
  }
}

std::string Type::text(const Schema* schema) const {
  const auto joined = [](std::span<const Type> types, const Schema* of) {
    std::string out;
    for (const Type& type : types) {
      if (!out.empty()) out += ", ";
      out += type.text(of);
    }
    return out;
  };
  switch (kind_) {
    case TypeKind::dyn:
      return "dyn";
    case TypeKind::null:
      return "null_type";
    case TypeKind::boolean:
      return "bool";
    case TypeKind::integer:
      return "int";
    case TypeKind::uinteger:
      return "uint";
    case TypeKind::number:
      return "double";
    case TypeKind::text:
      return "string";
    case TypeKind::bytes:
      return "bytes";
    case TypeKind::type:
      return parameters().empty() ? "type" : "type(" + element().text(schema) + ")";
    case TypeKind::timestamp:
      return "timestamp";
    case TypeKind::duration:
      return "duration";
    case TypeKind::date:
      return "date";
    case TypeKind::money:
      return "money";
    case TypeKind::list:
      return "list(" + element().text(schema) + ")";
    case TypeKind::map:
      return "map(" + element().text(schema) + ", " + mapped().text(schema) + ")";
    case TypeKind::node: {
      if (schema == nullptr || node_kinds().empty()) return "node";
      std::string out;
      for (const KindId kind : node_kinds()) {
        if (!out.empty()) out += '|';
        out += schema->kind(kind).name;
      }
      return out;
    }
    case TypeKind::edge: {
      if (schema == nullptr || edge_kinds().empty()) return "edge";
      std::string out;
      for (const EdgeKindId kind : edge_kinds()) {
        if (!out.empty()) out += '|';
        out += schema->edge(kind).name;
      }
      return "edge(" + out + ")";
    }
    case TypeKind::record:
      return name();
    case TypeKind::opaque:
      return parameters().empty() ? name() : name() + "(" + joined(parameters(), schema) + ")";
    case TypeKind::parameter:
      return name();
    case TypeKind::variable:
      return "dyn";
    case TypeKind::error:
      return "error";
  }
  return "dyn";
}

}  // namespace eraudit
