#pragma once
// Which types can stand for each other, as CEL's checker has it. Private to the module.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/expression/type.hpp"

namespace eraudit::detail {

/// Finds out type variables by comparing types. `dyn` goes with everything; of two types that go
/// together the more general one is kept.
class Unifier {
 public:
  [[nodiscard]] Type fresh();
  /// Whether a value of one can stand where the other is wanted; binds variables of both. Bindings
  /// of a failed attempt stay: take them back with `undo`.
  bool assignable(const Type& wanted, const Type& given);
  /// Of two types that are assignable.
  [[nodiscard]] Type most_general(const Type& a, const Type& b) const;

  [[nodiscard]] std::size_t mark() const noexcept { return trail_.size(); }
  void undo(std::size_t mark);

  /// With everything in it that is known by now. One step deep if `whole` is not wanted: enough to
  /// look at the kind.
  [[nodiscard]] Type resolve(const Type& type) const;
  [[nodiscard]] Type shallow(const Type& type) const;
  /// And what nobody could know is dyn.
  [[nodiscard]] Type finish(const Type& type) const;

  /// `type` with its parameters replaced by variables: the same for one name until
  /// `begin_instance`.
  void begin_instance() { instance_.clear(); }
  [[nodiscard]] Type instantiate(const Type& type);

 private:
  struct Bound {
    bool valid;
    bool was_bound;
  };
  Bound bind(const Type& type, std::uint32_t variable);
  void set(std::uint32_t variable, Type type);
  [[nodiscard]] bool occurs(std::uint32_t variable, const Type& in) const;
  template <class Leaf>
  [[nodiscard]] Type rewrite(const Type& type, const Leaf& leaf) const;

  /// The variable at the end of a chain of variables bound to variables.
  [[nodiscard]] std::uint32_t root(std::uint32_t variable) const;
  /// What a root is bound to; null if to nothing.
  [[nodiscard]] const Type* bound(std::uint32_t root_variable) const;

  std::vector<Type> bindings_;  ///< bound to itself: to nothing
  std::vector<std::pair<std::uint32_t, Type>> trail_;
  std::vector<std::pair<std::string, Type>> instance_;
};

}  // namespace eraudit::detail
