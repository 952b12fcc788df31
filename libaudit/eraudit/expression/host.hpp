#pragma once
// What a module needs that hosts expressions in a notation of its own and walks the network under
// the same days, masks and limits. Shared between modules, not installed.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "eraudit/core/truth.hpp"
#include "eraudit/expression/admission.hpp"
#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/explain.hpp"

namespace eraudit {

/// Where CEL that begins at byte `begin` ends: at the first closing bracket that it did not open,
/// else at the end of the text; with `at_comma` also at a comma outside of brackets. Nothing if its
/// tokens cannot be read: `parse_expression` says why.
[[nodiscard]] ERAUDIT_API std::optional<std::uint32_t> expression_end(std::string_view text,
                                                                      std::uint32_t begin,
                                                                      bool at_comma = false);

/// Which rows of an edge table count on the days of an evaluator: `on` is not after `as_of`, and
/// `at` is within `since` and `until`. That a row is there must itself count (`Admission`).
class ERAUDIT_API EdgeDays {
 public:
  EdgeDays(const Network& network, const EdgeTable& table);
  /// If a row only may count, `facts` would tell; else they are null.
  [[nodiscard]] Truth counts(Evaluator& evaluator, std::uint32_t row, const FactSet*& facts) const;

 private:
  detail::Times times_;
  std::uint32_t first_ = 0;
  std::uint32_t place_ = 0;
};

/// Whether "that is all" is said, counts and is not masked.
[[nodiscard]] ERAUDIT_API bool list_complete(Evaluator& evaluator, NodeId node, ListId list);
/// What an explanation says of a list that is relied on: how many edges count, and that these are
/// all, or not.
[[nodiscard]] ERAUDIT_API Reading read_edge_list(Evaluator& evaluator, NodeId node, ListId list);
/// What `Evaluator::mask` was told.
[[nodiscard]] ERAUDIT_API std::span<const Fact> masked(const Evaluator& evaluator);
/// Counts work that no program does. Null, or the error that a limit was reached; `text`, if it is
/// not null, is what was being done.
[[nodiscard]] ERAUDIT_API Value spend(Evaluator& evaluator, std::uint64_t steps,
                                      const ExpressionText* text = nullptr);
/// The error that a limit of the host's own was reached: `10000 rows of a pattern (rows)`. The
/// evaluator goes on.
[[nodiscard]] ERAUDIT_API Value limit_reached(Evaluator& evaluator, std::string_view which,
                                              const ExpressionText& text, Span span);
/// Which limit was reached since `begin()`, so that nothing went on; empty if none was.
[[nodiscard]] ERAUDIT_API std::string_view limit_reached(const Evaluator& evaluator) noexcept;
/// Which limit an error tells of, without the place; empty if it is another error.
[[nodiscard]] inline std::string_view limit_of(const Value& value) noexcept {
  return value.is(ValueKind::error) ? value.error->limit : std::string_view();
}

}  // namespace eraudit
