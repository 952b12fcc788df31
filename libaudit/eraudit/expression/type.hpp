#pragma once
// Types that the checker reasons with.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

enum class TypeKind : std::uint8_t {
  dyn, null, boolean, integer, uinteger, number, text, bytes, type, timestamp, duration,
  date, money, list, map, node, edge, record, parameter, error,
};

/// A type; a cheap value. `node` and `edge` carry the kinds they may be; `text` may carry the enumeration
/// it is taken from, so that a literal that is none of its values is a mistake; `number`-like types may
/// carry a unit.
class ERAUDIT_API Type {
 public:
  Type() = default;  ///< dyn
  Type(TypeKind kind);  // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Type list(Type element);
  [[nodiscard]] static Type map(Type key, Type value);
  [[nodiscard]] static Type type_of(Type inner);          ///< `type(int)`
  [[nodiscard]] static Type node(std::vector<KindId> kinds);
  [[nodiscard]] static Type edge(std::vector<EdgeKindId> kinds);
  [[nodiscard]] static Type enumeration(const Attribute* attribute);  ///< text; the schema outlives it
  [[nodiscard]] static Type parameter(std::string name);  ///< `A` in a signature
  [[nodiscard]] static Type record(std::string name, std::vector<std::pair<std::string, Type>> fields);

  [[nodiscard]] TypeKind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is(TypeKind kind) const noexcept { return kind_ == kind; }
  [[nodiscard]] const Type& element() const;  ///< of list; key of map
  [[nodiscard]] const Type& mapped() const;   ///< of map
  [[nodiscard]] const std::vector<KindId>& node_kinds() const;
  [[nodiscard]] const std::vector<EdgeKindId>& edge_kinds() const;
  [[nodiscard]] const Attribute* enumeration() const noexcept;
  [[nodiscard]] const std::vector<std::pair<std::string, Type>>& fields() const;
  [[nodiscard]] const std::string& name() const;  ///< of record and parameter

  /// `list(map(string, dyn))`, `money`, `Cohort`, `Company|Facility`, for messages.
  [[nodiscard]] std::string text(const Schema* schema = nullptr) const;
  friend ERAUDIT_API bool operator==(const Type&, const Type&);

 private:
  struct Detail;
  TypeKind kind_ = TypeKind::dyn;
  std::shared_ptr<const Detail> detail_;
};

}  // namespace eraudit
