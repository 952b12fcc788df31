#pragma once
// What a value can still be, after some conditions on it are taken for granted.

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/expression/type.hpp"
#include "eraudit/rules/detail/condition_key.hpp"

namespace eraudit::rules_detail {

/// Numbers between two ends. A plain value.
struct Numbers {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  [[nodiscard]] bool empty() const noexcept {
    return low > high || (low == high && (low_open || high_open));
  }
  [[nodiscard]] bool within(const Numbers& other) const noexcept;
  [[nodiscard]] Numbers meet(const Numbers& other) const noexcept;
};

/// One comparison with constants: what the compared value is if it is true, and if it is false.
struct Atom {
  Part about;            ///< what is compared; of a plain condition: itself
  std::string currency;  ///< of amounts: those of another one say nothing about each other
  std::optional<Numbers> numbers;  ///< if true
  std::optional<Numbers> others;   ///< if false
  /// If true it is one of these; if `negated`, if false.
  std::optional<std::vector<std::string>> texts;
  bool negated = false;
};

/// Nothing if the part is `&&`, `||`, `!`, `?:` or a constant.
[[nodiscard]] std::optional<Atom> atom_of(const Rule& rule, Part part);

class Domain {
 public:
  /// All values of the type: `values` of an enumeration, from 0 if it is never negative.
  Domain() = default;
  explicit Domain(const Type& type, const Schema& schema);

  /// True: whatever is left makes the atom true; false: false; nothing: either.
  [[nodiscard]] std::optional<bool> decides(const Atom& atom) const;
  void assume(const Atom& atom, bool holds);

 private:
  std::optional<bool> truth_;
  std::optional<std::vector<std::string>> among_;
  std::vector<std::string> not_among_;
  Numbers numbers_;
  std::optional<std::string> currency_;
};

}  // namespace eraudit::rules_detail
