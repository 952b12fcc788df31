// Values as report.json has them.

#include <algorithm>
#include <array>
#include <utility>

#include "eraudit/expression/plain_value.hpp"

namespace eraudit {
namespace {

using Kind = PlainValue::Kind;
using Bound = PlainValue::Bound;

constexpr std::array<std::string_view, 24> kind_names{
    "unknown", "absent", "none",      "null",     "boolean", "number", "text",     "code",
    "bytes",   "date",   "timestamp", "duration", "money",   "node",   "edge",     "type",
    "range",   "sum",    "list",      "map",      "count",   "rate",   "disputed", "error"};
static_assert(kind_names.size() == static_cast<std::size_t>(Kind::error) + 1);

/// Members that are texts, in the order of the file; `value` is apart, since it may be a boolean.
constexpr std::array<std::pair<std::string_view, std::string PlainValue::*>, 5> texts_behind{{
    {"name", &PlainValue::name},
    {"low", &PlainValue::low},
    {"typical", &PlainValue::typical},
    {"high", &PlainValue::high},
    {"on", &PlainValue::on},
}};

/// Kinds whose value says nothing beside them.
bool has_value(Kind kind) {
  return (kind >= Kind::boolean && kind <= Kind::type) || kind == Kind::count ||
         kind == Kind::rate || kind == Kind::error;
}

bool has_items(Kind kind) {
  return kind == Kind::sum || kind == Kind::list || kind == Kind::map || kind == Kind::disputed;
}

}  // namespace

std::string_view to_text(PlainValue::Kind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value
void write_json(JsonWriter& json, const PlainValue& value) {
  json.begin_object();
  if (!value.key.empty()) json.member("key", value.key);
  json.member("type", to_text(value.kind));
  if (!value.of.empty()) json.member("of", value.of);
  if (value.kind == Kind::boolean) {
    json.key("value").boolean(value.value == "true");
  } else if (has_value(value.kind)) {
    json.member("value", value.value);
  }
  for (const auto& [key, text] : texts_behind) {
    if (!(value.*text).empty()) json.member(key, value.*text);
  }
  if (value.bound != Bound::exact) {
    json.member("bound", value.bound == Bound::at_least ? "at_least" : "at_most");
  }
  if (value.possible_more != 0) json.key("possible_more").unsigned_integer(value.possible_more);
  if (value.more) json.key("more").boolean(true);
  if (has_items(value.kind)) {
    json.key("items").begin_array();
    for (const PlainValue& item : value.items) write_json(json, item);
    json.end_array();
  }
  if (!value.source.empty()) json.member("source", value.source);
  if (value.possible) json.key("possible").boolean(true);
  json.end_object();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the document, which has a limit
PlainValue read_plain_value(DocumentNode node) {
  PlainValue out;
  if (!node.is_map()) return out;
  const auto text = [&](std::string_view key) {
    const auto found = node.find(key);
    return found ? std::string(found->text()) : std::string();
  };
  const auto is = [&](std::string_view key) {
    const auto found = node.find(key);
    return found && found->boolean().value_or(false);
  };
  const auto* const kind = std::find(kind_names.begin(), kind_names.end(), text("type"));
  if (kind == kind_names.end()) return out;
  out.kind = static_cast<Kind>(kind - kind_names.begin());
  out.key = text("key");
  out.of = text("of");
  out.value = out.kind == Kind::boolean ? (is("value") ? "true" : "false") : text("value");
  for (const auto& [key, member] : texts_behind) out.*member = text(key);
  const std::string bound = text("bound");
  out.bound = bound == "at_least"  ? Bound::at_least
              : bound == "at_most" ? Bound::at_most
                                   : Bound::exact;
  if (const auto n = node.find("possible_more")) {
    out.possible_more =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, n->integer().value_or(0)));
  }
  out.more = is("more");
  if (const auto items = node.find("items")) {
    for (std::size_t i = 0; i < items->size(); ++i)
      out.items.push_back(read_plain_value(items->at(i)));
  }
  out.source = text("source");
  out.possible = is("possible");
  return out;
}

}  // namespace eraudit
