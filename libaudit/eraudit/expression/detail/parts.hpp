#pragma once
// Parts of a program by themselves, for what is said of conditions that are not known.

#include <cstdint>

#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::detail {

/// Evaluates operations that stand in no body of a comprehension, in the row that is set. Each has
/// as much fuel as a row, all together so many times that; what the row has used stays as it was.
class Parts {
 public:
  explicit Parts(Evaluator& evaluator);
  ~Parts();
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  [[nodiscard]] Value value(const BoundProgram& program, std::uint32_t operation);
  /// What it waits for, and what may be needed after that (`Evaluator::State::all_needs`).
  [[nodiscard]] const FactSet* may_need(const BoundProgram& program, std::uint32_t operation);
  /// What a variable stands for; null if this is none, or no program says.
  [[nodiscard]] const BoundProgram* definition(const Operation& operation) const;
  /// A limit was reached.
  [[nodiscard]] bool cut_short() const noexcept { return cut_short_; }

 private:
  Evaluator& evaluator_;
  Evaluator::State& state_;
  std::uint64_t fuel_;
  std::uint64_t spent_ = 0;
  bool exhausted_;
  bool cut_short_ = false;
};

}  // namespace eraudit::detail
