#pragma once
// What conditions that are not known are made of: `&&`, `||`, `!` and `?:` over conditions that are
// taken as they come. Shared between modules, not installed.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit {

namespace detail {
class Parts;
}

/// Programs of one row, taken apart as far as they are not known: `let` variables are followed,
/// what is known stands as it is. The rest is open conditions; with any answers to these it says
/// what the evaluator would: a `?:` whose condition is not known is not, even if both branches
/// agree. Not for many threads.
class ERAUDIT_API Skeleton {
 public:
  enum class Outcome : std::uint8_t { no, unknown, yes, error };
  using Id = std::uint32_t;

  /// A condition that is not known and is not made of others: a comparison, an attribute, a
  /// comprehension as a whole. Wherever the same text stands in the row, it is one.
  struct Open {
    std::string_view text;  ///< as written; lives as long as the program
    /// All that it may come to wait for, whichever way the conditions of a `?:` within it go. Lives
    /// until the evaluator's next row.
    const FactSet* facts = nullptr;
  };

  Skeleton() = default;
  /// Evaluates parts of `program` once more, with fuel of their own, in the row that is set.
  [[nodiscard]] Id add(Evaluator& evaluator, const BoundProgram& program);
  /// An open condition that no program writes.
  [[nodiscard]] Id add(const FactSet* facts);

  [[nodiscard]] std::span<const Open> open() const noexcept { return open_; }
  /// A limit was reached: it has less in it than there is, and its outcomes say nothing.
  [[nodiscard]] bool cut_short() const noexcept { return cut_short_; }

  /// One answer for each of `open()`.
  void answer(std::span<const Outcome> answers);
  /// Under the last answers.
  [[nodiscard]] Outcome outcome(Id id) const { return outcomes_[id]; }

 private:
  struct Node {
    enum class Is : std::uint8_t { known, open, and_, or_, not_, conditional };
    Is is = Is::known;
    Outcome outcome = Outcome::unknown;  ///< of a known one
    std::uint32_t open = 0;              ///< of an open one: its number
    std::vector<Id> parts;               ///< of the others; they stand before it
  };
  [[nodiscard]] Id take_apart(detail::Parts& parts, const BoundProgram& program,
                              std::uint32_t operation);
  [[nodiscard]] Id known(Outcome outcome);
  [[nodiscard]] Outcome work_out(const Node& node, std::span<const Outcome> answers) const;

  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::vector<Outcome> outcomes_;
  std::map<std::string_view, Id> by_text_;
  std::map<std::pair<const BoundProgram*, std::uint32_t>, Id> done_;
  bool cut_short_ = false;
};

}  // namespace eraudit
