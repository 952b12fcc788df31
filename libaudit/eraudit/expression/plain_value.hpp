#pragma once
// Values that stand on their own: what a fact said, what a condition came to. What reports carry.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/network/cell.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

class Evaluator;
class Type;
struct Value;

/// Needs no evaluator, no network and no schema to be read, written or told; holds no word of any
/// language. Which members speak depends on the kind; the others are empty.
struct PlainValue {
  enum class Kind : std::uint8_t {
    unknown,  ///< nobody said
    absent,   ///< known not to exist
    none,     ///< an optional value that is not there
    null,     ///< `null` of an expression
    boolean,  ///< `value`: true, false
    number,   ///< `value`: a decimal, all its digits
    text,
    code,       ///< of an enumeration: `value`, and in `of` the path of the attribute that lists it
    bytes,      ///< `value`: 0x and hexadecimal digits
    date,       ///< `value`: 2026-06-30
    timestamp,  ///< `value`: 2026-06-30T00:00:00Z
    duration,   ///< `value`: seconds, 259200s
    money,      ///< `value`: 1500 MYR
    node,       ///< `value`: its id; `name`: what it is called, if it says so
    edge,       ///< `value`: its name in facts
    type,       ///< `value`: a type of the rule language
    range,      ///< from `low` to `high`, one of which may be open; `of`: the kind of both
    sum,        ///< of money in several currencies: `items`, one a currency
    list,       ///< `items`; `more`: there may be others
    map,        ///< `items`, each with its `key`
    count,      ///< how many `of` (`nodes`, `edges`) a list has: `value`, `possible_more`, `more`
    rate,       ///< one `of` (a currency) is `value` (`28.16 NPR`), quoted on the day `on`
    disputed,   ///< sources disagree: `items`, each with its `source`
    error,      ///< `value`: why, in English
  };
  /// Of a sum that is not exact.
  enum class Bound : std::uint8_t { exact, at_least, at_most };

  Kind kind = Kind::unknown;
  std::string of;
  std::string value;
  std::string name;
  std::string low;
  std::string typical;  ///< of a range: the likely value, if somebody said one
  std::string high;
  Bound bound = Bound::exact;
  std::string on;
  std::uint64_t possible_more = 0;  ///< certainly there or not, on top of `value`
  bool more = false;
  std::vector<PlainValue> items;
  // Of an item.
  std::string key;
  std::string source;     ///< id; empty if none is named
  bool possible = false;  ///< it is not certain that it belongs

  friend bool operator==(const PlainValue&, const PlainValue&) = default;
};

/// `unknown`, `money`, `disputed` ...: the code in report.json.
[[nodiscard]] ERAUDIT_API std::string_view to_text(PlainValue::Kind kind) noexcept;

/// What people call the values of enumerations.
class ERAUDIT_API CodeLabels {
 public:
  virtual ~CodeLabels() = default;
  /// Of `code` of the attribute at `path`; empty if there is none.
  [[nodiscard]] virtual std::string_view label(std::string_view path, std::string_view code,
                                               std::string_view language) const = 0;
};

/// Those of a schema, which must outlive it.
class ERAUDIT_API SchemaLabels final : public CodeLabels {
 public:
  explicit SchemaLabels(const Schema& schema) : schema_(schema) {}
  [[nodiscard]] std::string_view label(std::string_view path, std::string_view code,
                                       std::string_view language) const override;

 private:
  const Schema& schema_;
};

/// For people, in en, fr or es (else en): `145000 NPR`, `at least 145000 NPR`, `1 edge, may be
/// more`, `not known`. The only place where values become words. Codes without labels stay codes.
[[nodiscard]] ERAUDIT_API std::string to_text(const PlainValue& value, std::string_view language,
                                              const CodeLabels* labels = nullptr);

/// As in report.json (`value` in docs/reference/report.md): members that say nothing are left out.
ERAUDIT_API void write_json(JsonWriter& json, const PlainValue& value);
/// Of what `write_json` wrote. Members that are not there, or not as they should be, read as empty.
[[nodiscard]] ERAUDIT_API PlainValue read_plain_value(DocumentNode node);

/// Of a value of `evaluator`; texts that `type` says are of an enumeration become codes.
[[nodiscard]] ERAUDIT_API PlainValue plain_value(const Evaluator& evaluator, const Value& value,
                                                 const Type* type = nullptr);
/// Of what a network says, or one source, about the attribute at `path`.
[[nodiscard]] ERAUDIT_API PlainValue plain_value(const Cell& cell, const Attribute& attribute,
                                                 std::string_view path);

}  // namespace eraudit
