#pragma once
// What was read for a condition, with its origin, for `explain`.

#include <string_view>

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/explain.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit::detail {

/// Where a span of an expression stands in its file.
[[nodiscard]] Position position_in_file(const ExpressionText& text, Span span);

/// Adds readings to a condition, each fact once, as many as are kept.
class Readings {
 public:
  Readings(Evaluator& evaluator, Condition& condition)
      : evaluator_(evaluator), condition_(condition) {}

  void add_cell(const BoundAttribute& attribute, const Value& object);
  void add_list(const BoundList& list, const Value& node, const Value& found);
  void add_table(std::string_view name, std::uint32_t number, std::string_view text,
                 const Value& found);
  /// Rates that a step of the trace looked up.
  void add_conversions(std::uint32_t step);

 private:
  [[nodiscard]] bool is_new(const Fact& fact);
  void add(Reading reading);
  void say_source(Reading& reading, std::uint16_t source, std::uint16_t file, std::uint32_t line);
  template <class Id>
  void say_origin(Reading& reading, Id id, AttributeId attribute);
  template <class Id>
  [[nodiscard]] PlainValue cell_value(Id id, const AttributeRows& rows,
                                      std::string_view path) const;

  Evaluator& evaluator_;
  Condition& condition_;
};

}  // namespace eraudit::detail
