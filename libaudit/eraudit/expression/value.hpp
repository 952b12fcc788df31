#pragma once
// What an expression can be: a value, an error, something unknown, a range, a partial list.

#include <cstdint>
#include <span>
#include <string_view>

#include "eraudit/core/date.hpp"
#include "eraudit/core/money.hpp"
#include "eraudit/expression/fact.hpp"
#include "eraudit/network/network.hpp"

namespace eraudit {

enum class ValueKind : std::uint8_t {
  null,
  boolean,
  integer,
  uinteger,
  number,
  text,
  bytes,
  list,
  map,
  type,
  timestamp,
  duration,
  date,
  money,
  node,
  edge,
  record,
  money_terms,  ///< a sum over several currencies (or ranges of them) that keeps its terms
  range,        ///< somewhere between two values of one kind: integer, number, money, date
  unknown,      ///< U(S): a set of facts it waits for
  error,        ///< E
};

struct Value;
struct ListData;
struct MapData;
struct RangeData;
struct MoneyTermsData;
struct ErrorData;
struct RecordData;
class Type;

/// Sixteen bytes, trivially copyable. What does not fit lives in the arena of the evaluator that
/// made it (or, for text, in the network, the program or that arena) and dies with its `begin()`.
struct Value {
  /// Bits of `flags`.
  enum Flag : std::uint8_t {
    /// Not one whole value: an error, an unknown, a range, or a list, map, record or sum that holds
    /// such a
    /// thing or may have further parts. Operators that take plain values only look no further.
    waits = 1,
    /// Of an unknown: once the facts are there, the result may be an error. A list never holds one
    /// of these
    /// (it would hide the error of the whole), and no range stands for one.
    may_fail = 2,
    /// Of an unknown number or money: it cannot be negative. Comes from `Attribute::non_negative`
    /// when a cell
    /// that nobody filled is read, and survives what keeps the sign: `+`, `*`, `/`, `?:`, `sum`.
    /// This is how a
    /// sum over unknown amounts gets its lower end; a fact alone could not tell `amount` from
    /// `amount - 500`.
    non_negative = 4,
    /// Of money: its day is not known. `size` says whose `on` would tell (see `open_day_row`).
    open_day = 8,
    /// Of a term of a sum: it hangs on its facts whether it is there at all.
    optional = 16,
  };

  ValueKind kind = ValueKind::null;
  std::uint8_t flags = 0;
  std::uint16_t code = 0;  ///< currency of money; none of a zero that was summed from nothing
  std::uint32_t size =
      0;  ///< bytes of text and bytes; day of money (as int32); nanoseconds of timestamp
  union {
    bool boolean;
    std::int64_t integer = 0;  ///< integer; seconds of timestamp; nanoseconds of duration; days of
                               ///< date; minor units of money; id of node and edge
    std::uint64_t uinteger;
    double number;
    const char* characters;
    const ListData* list;
    const MapData* map;
    const RangeData* range;
    const MoneyTermsData* terms;
    const RecordData* record;
    const FactSet* facts;
    const ErrorData* error;
    const Type* type;
  };

  [[nodiscard]] static Value null() { return {}; }
  [[nodiscard]] static Value of(bool value) {
    Value v = make(ValueKind::boolean);
    v.integer = 0;
    v.boolean = value;
    return v;
  }
  [[nodiscard]] static Value of(std::int64_t value) {
    Value v = make(ValueKind::integer);
    v.integer = value;
    return v;
  }
  [[nodiscard]] static Value of(std::uint64_t value) {
    Value v = make(ValueKind::uinteger);
    v.uinteger = value;
    return v;
  }
  [[nodiscard]] static Value of(double value) {
    Value v = make(ValueKind::number);
    v.number = value;
    return v;
  }
  /// Borrows the characters.
  [[nodiscard]] static Value of(std::string_view text) {
    Value v = make(ValueKind::text);
    v.size = static_cast<std::uint32_t>(text.size());
    v.characters = text.data();
    return v;
  }
  [[nodiscard]] static Value of(const char*) = delete;  // would become a boolean
  [[nodiscard]] static Value of(Date date) {
    Value v = make(ValueKind::date);
    v.integer = date.days;
    return v;
  }
  /// `day`: the day its exchange rate is looked up for.
  [[nodiscard]] static Value of(Money money, Date day) {
    Value v = make(ValueKind::money);
    v.code = money.currency.index();
    v.size = static_cast<std::uint32_t>(day.days);
    v.integer = money.minor;
    return v;
  }
  [[nodiscard]] static Value of(NodeId node) {
    Value v = make(ValueKind::node);
    v.integer = node.index;
    return v;
  }
  [[nodiscard]] static Value of(EdgeId edge) {
    Value v = make(ValueKind::edge);
    v.integer = edge.index;
    return v;
  }
  [[nodiscard]] static Value make(ValueKind kind) {
    Value v;
    v.kind = kind;
    v.flags = kind >= ValueKind::range ? waits : 0;
    return v;
  }

  [[nodiscard]] bool is(ValueKind k) const noexcept { return kind == k; }
  [[nodiscard]] bool has(Flag flag) const noexcept { return (flags & flag) != 0; }
  /// A plain value: no error, nothing in it to wait for.
  [[nodiscard]] bool is_whole() const noexcept { return (flags & waits) == 0; }
  [[nodiscard]] bool is_true() const noexcept { return kind == ValueKind::boolean && boolean; }
  [[nodiscard]] bool is_false() const noexcept { return kind == ValueKind::boolean && !boolean; }
  [[nodiscard]] std::string_view as_text() const noexcept { return {characters, size}; }
  [[nodiscard]] Date as_date() const noexcept { return {static_cast<std::int32_t>(integer)}; }
  [[nodiscard]] Money as_money() const noexcept { return {integer, Currency::from_index(code)}; }
  [[nodiscard]] Date money_day() const noexcept { return {static_cast<std::int32_t>(size)}; }
  [[nodiscard]] NodeId as_node() const noexcept { return {static_cast<std::uint32_t>(integer)}; }
  [[nodiscard]] EdgeId as_edge() const noexcept { return {static_cast<std::uint32_t>(integer)}; }
};

static_assert(sizeof(Value) == 16);
static_assert(ValueKind::range < ValueKind::unknown && ValueKind::unknown < ValueKind::error);

/// `Value::size` of money with an open day: the edge, the node with `open_day_node` set, or
/// `open_day_several` (one of several rows of unlike days, as the smallest of a list).
inline constexpr std::uint32_t open_day_node = 0x8000'0000;
inline constexpr std::uint32_t open_day_several = 0xFFFF'FFFF;

/// A list; a plain one has neither `possible` nor `more`. Items may themselves be ranges or unknown
/// (mapping over rows with unknown cells gives such), never errors.
struct ListData {
  std::span<const Value> items;
  /// Empty, or one entry per item: null if the item certainly belongs, else the facts it hangs on.
  std::span<const FactSet* const> possible;
  /// There may be further items, which these facts would tell; null if this is all.
  const FactSet* more = nullptr;
  /// What further items would be, if there are any: numbers or money that are not negative.
  bool more_non_negative = false;
  /// Set if the list was declared unknown in part: functions of the whole list wait for this.
  const FactSet* whole = nullptr;

  [[nodiscard]] bool partial() const noexcept { return !possible.empty() || more != nullptr; }
  [[nodiscard]] const FactSet* possible_at(std::size_t i) const noexcept {
    return possible.empty() ? nullptr : possible[i];
  }
};

struct MapData {
  std::span<const Value> keys;  ///< in the order written
  std::span<const Value> values;
  /// Set if the map was declared unknown in part: functions of the whole map wait for this.
  const FactSet* whole = nullptr;
  /// Set if all below it was declared unknown (`a.b.*`): any key gives an unknown of its own.
  bool any_key_unknown = false;
};

/// `low` and `high` are of one kind (money: one currency and day; also durations, from
/// `days(range)`) and `low` is not above `high`. An end that is not bounded has the kind null (a
/// sum over an open list has no upper end). A range promises a value: no completion of its facts
/// gives an error.
struct RangeData {
  Value low;
  Value high;
  const FactSet* facts;  ///< what would make it one value
};

/// Terms in order of (currency, day), one each; money or a range of money. A term without currency,
/// from 0 upwards and without end, stands for amounts that nobody stated and for rows that may be
/// missing. Terms that are zero stay: which currencies there are decides what is converted into
/// what.
struct MoneyTermsData {
  std::span<const Value> terms;
};

/// Output of a table, an object of the host, or an optional. Field names belong to the type.
struct RecordData {
  const Type* type;
  std::span<const Value> fields;
};

struct ErrorData {
  std::string_view message;
  std::uint32_t node = 0;    ///< operation of the program, for its place
  std::string_view limit{};  ///< of a limit that was reached: which, without the place
};

}  // namespace eraudit
