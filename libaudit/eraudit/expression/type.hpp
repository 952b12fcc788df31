#pragma once
// Types that the checker reasons with.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

enum class TypeKind : std::uint8_t {
  dyn,
  null,
  boolean,
  integer,
  uinteger,
  number,
  text,
  bytes,
  type,
  timestamp,
  duration,
  date,
  money,
  list,
  map,
  node,
  edge,
  record,
  opaque,
  parameter,
  variable,
  error,
};

/// A type; a cheap value, one pointer beside its kind. Beyond what two types must have in common to
/// be equal, it may say where its values come from: `text` may be the values of an enumeration or
/// the names of kinds, so that a literal that is none of them is a mistake; what is read from an
/// attribute has its unit and whether it can be negative. Keeps pointers into the schema, which
/// must outlive it.
class ERAUDIT_API Type {
 public:
  Type() = default;                     ///< dyn
  Type(TypeKind kind) : kind_(kind) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Type list(Type element);
  [[nodiscard]] static Type map(Type key, Type value);
  [[nodiscard]] static Type type_of(Type inner);  ///< `type(int)`
  [[nodiscard]] static Type node(std::vector<KindId> kinds);
  [[nodiscard]] static Type edge(std::vector<EdgeKindId> kinds);
  [[nodiscard]] static Type of(const Attribute& attribute);           ///< with all it says
  [[nodiscard]] static Type enumeration(const Attribute* attribute);  ///< text
  /// Text: what `.kind` of a value of `of`, a node or edge, may be.
  [[nodiscard]] static Type kind_name(const Type& of);
  [[nodiscard]] static Type parameter(std::string name);  ///< `A` in a signature
  /// What the checker has yet to find out; none is left in a program.
  [[nodiscard]] static Type variable(std::uint32_t index);
  [[nodiscard]] static Type record(std::string name,
                                   std::vector<std::pair<std::string, Type>> fields);
  /// A type of the host that expressions can only hand on: `tuple(int, string)`.
  [[nodiscard]] static Type opaque(std::string name, std::vector<Type> parameters);

  [[nodiscard]] TypeKind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is(TypeKind kind) const noexcept { return kind_ == kind; }
  [[nodiscard]] bool is_dyn() const noexcept {
    return kind_ == TypeKind::dyn || kind_ == TypeKind::error;
  }
  [[nodiscard]] bool is_numeric() const noexcept {
    return kind_ == TypeKind::integer || kind_ == TypeKind::uinteger || kind_ == TypeKind::number;
  }
  /// Of list; key of map; inner of type. `dyn` if it has none.
  [[nodiscard]] const Type& element() const noexcept;
  [[nodiscard]] const Type& mapped() const noexcept;                ///< of map
  [[nodiscard]] std::span<const Type> parameters() const noexcept;  ///< of list, map, type, opaque
  [[nodiscard]] const std::vector<KindId>& node_kinds() const noexcept;
  [[nodiscard]] const std::vector<EdgeKindId>& edge_kinds() const noexcept;
  [[nodiscard]] const std::vector<std::pair<std::string, Type>>& fields() const noexcept;
  [[nodiscard]] const std::string& name() const noexcept;  ///< of record, opaque and parameter
  [[nodiscard]] std::uint32_t variable_index() const noexcept;

  // What is known about the values; not part of equality.
  /// The enumerations that the text is taken from: one for each kind that has the attribute.
  [[nodiscard]] std::span<const Attribute* const> enumerations() const noexcept;
  [[nodiscard]] const Attribute* enumeration() const noexcept;  ///< the first, or null
  [[nodiscard]] TextFormat format() const noexcept;             ///< of text: country codes ...
  [[nodiscard]] std::string_view unit() const noexcept;  ///< `people`; empty if none or mixed
  [[nodiscard]] bool wage() const noexcept;              ///< money per month
  /// Numbers and money only: a sum of unknown ones has 0 as its lower end.
  [[nodiscard]] bool non_negative() const noexcept;
  /// The texts a value may be (enumeration, kinds), without repetition; empty: any.
  [[nodiscard]] std::vector<std::string_view> values(const Schema* schema) const;
  /// The same type with nothing said about its values.
  [[nodiscard]] Type bare() const;

  /// The type that both stand under, if the checker takes them for one: what both say about their
  /// values stays, `dyn` wins over any other, nodes get the kinds of both. Only for types of one
  /// shape.
  [[nodiscard]] static Type join(const Type& a, const Type& b);
  [[nodiscard]] Type with_unit(std::string_view unit, bool non_negative) const;

  /// As signatures write it: `list(map(string, dyn))`, `money`, `Company|Facility`,
  /// `edge(charged)`.
  [[nodiscard]] std::string text(const Schema* schema = nullptr) const;
  /// Two types are equal if they have the same shape, kinds and names.
  friend ERAUDIT_API bool operator==(const Type&, const Type&);

 private:
  struct Detail;
  Type(TypeKind kind, std::shared_ptr<const Detail> detail)
      : kind_(kind), detail_(std::move(detail)) {}
  TypeKind kind_ = TypeKind::dyn;
  std::shared_ptr<const Detail> detail_;
};

}  // namespace eraudit
