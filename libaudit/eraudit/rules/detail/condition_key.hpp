#pragma once
// Conditions in one spelling, so that equal ones can be found.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "eraudit/rules/rule.hpp"

namespace eraudit::rules_detail {

/// A part of a rule: an operation of one of its programs, whose locals count from `shift`.
struct Part {
  const Program* program = nullptr;
  std::uint32_t operation = 0;
  std::uint32_t shift = 0;

  [[nodiscard]] const Operation& get() const { return program->operation(operation); }
  [[nodiscard]] Part child(std::uint32_t index) const {
    return {program, program->children_of(get())[index], shift};
  }
};

/// The definition, if the part is a name of `let` with an expression; else the part itself.
[[nodiscard]] Part definition_of(const Rule& rule, Part part);

/// Keys of the parts of one rule, each made once.
///
/// Two parts with one key come to the same: names of `let` are written out, the subject has one
/// name in all rules, operands of `&&`, `||`, `==`, `!=` are sorted, `a > b` is `b < a`. Locals are
/// `$n;`. A long key is cut to its digest; what is nested too deeply is equal to nothing.
class ConditionKeys {
 public:
  explicit ConditionKeys(const Rule& rule) : rule_(rule) {}

  [[nodiscard]] const std::string& of(Part part);
  /// Of the operands of the outermost `&&` or `||`, sorted; the key itself if there is none.
  [[nodiscard]] std::vector<std::string> of_operands(Part part);

 private:
  [[nodiscard]] std::string make(const Part& part);
  const Rule& rule_;
  std::map<std::tuple<const Program*, std::uint32_t, std::uint32_t>, std::string> made_;
  std::size_t depth_ = 0;
  std::size_t too_deep_ = 0;
};

}  // namespace eraudit::rules_detail
