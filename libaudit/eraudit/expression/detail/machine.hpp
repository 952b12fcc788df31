#pragma once
// Runs the operations of a bound program, one after another, as they stand in each other.

#include <optional>
#include <utility>

#include "eraudit/expression/detail/binding.hpp"
#include "eraudit/expression/detail/ranges.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/evaluator.hpp"

namespace eraudit::detail {

/// The value of a program; with `inputs`, its variables are these instead of the evaluator's.
[[nodiscard]] Value run(Evaluator& evaluator, const BoundProgram& program);
[[nodiscard]] Value run(Evaluator& evaluator, const BoundProgram& program,
                        std::span<const Value> inputs);

/// The value of one of its operations by itself, which reads no variable of a comprehension.
[[nodiscard]] Value run_part(Evaluator& evaluator, const BoundProgram& program,
                             std::uint32_t operation);

/// One program that is running.
struct Frame {
  const BoundProgram* bound = nullptr;
  const Program* program = nullptr;
  const BoundProgram::Binding* binding = nullptr;
  Value* locals = nullptr;
  std::span<const Value> inputs;
  bool has_inputs = false;
  bool in_body = false;  ///< of a comprehension
  // For the trace.
  std::uint32_t parent = UINT32_MAX;
  std::uint32_t depth = 0;
  Value element;
  const FactSet* possible = nullptr;
};

/// Joins what operands wait for.
struct Waiting {
  const FactSet* facts = nullptr;
  const FactSet* last = nullptr;  ///< is not counted twice if it comes again at once
  unsigned flags = 0;

  void add(Evaluator& evaluator, const FactSet* more, unsigned more_flags = 0) {
    if (more != last) facts = evaluator.merge(facts, more);
    if (more != nullptr) last = more;
    flags |= more_flags & Value::may_fail;
  }
  void add(Evaluator& evaluator, const Value& unknown) {
    add(evaluator, unknown.facts, unknown.flags);
  }
};

template <bool traced>
class Machine {
 public:
  explicit Machine(Evaluator& evaluator) : evaluator_(evaluator), state_(evaluator.state()) {}

  Value eval(Frame& frame, std::uint32_t id) {
    if (state_.fuel >= state_.fuel_end) [[unlikely]] {
      state_.operation = id;
      return state_.stopped();
    }
    ++state_.fuel;
    if constexpr (traced) {
      const auto index = static_cast<std::uint32_t>(state_.steps.size());
      state_.steps.push_back({frame.bound, id, frame.parent == UINT32_MAX ? index : frame.parent,
                              frame.depth, Value::null(), frame.element, frame.possible});
      const std::uint32_t parent = std::exchange(frame.parent, index);
      const Value value = dispatch(frame, id);
      frame.parent = parent;
      state_.steps[index].value = value;
      for (auto& conversion : state_.conversions) {
        if (conversion.step == UINT32_MAX) conversion.step = index;
      }
      return value;
    } else {
      return dispatch(frame, id);
    }
  }

  Value comprehension(Frame& frame, const Instruction& instruction);

 private:
  Value dispatch(Frame& frame, std::uint32_t id);
  Value nested(Frame& frame, const Instruction& instruction, std::uint32_t id);
  std::optional<bool> compare_cell(const Frame& frame, const CellComparison& cell);
  Value variable(Frame& frame, const Instruction& instruction, std::uint32_t id);
  Value junction(Frame& frame, const Instruction& instruction, bool deciding);
  Value conditional(Frame& frame, const Instruction& instruction);
  Value not_operator(const Value& operand);
  Value call(Frame& frame, const Instruction& instruction);
  Value strict(const Instruction& instruction, std::span<const Value> operands);
  bool may_fail(const Instruction& instruction, std::span<const Value> operands);
  Value make_list(Frame& frame, const Instruction& instruction);
  Value make_map(Frame& frame, const Instruction& instruction);
  Value index(Frame& frame, const Instruction& instruction);
  Value select(Frame& frame, const Instruction& instruction, bool presence);
  Value table(Frame& frame, const Instruction& instruction);
  Value list_of_optionals(Frame& frame, const Instruction& instruction);

  // Comprehensions.
  struct Source;
  void enter(Frame& frame, const Source& source, std::size_t position);
  void enter_unseen(Frame& frame, const Source& source);
  Value quantifier(Frame& frame, const Instruction& instruction, const Source& source,
                   bool deciding);
  Value exists_one(Frame& frame, const Instruction& instruction, const Source& source);
  Value build_list(Frame& frame, const Instruction& instruction, const Source& source, Macro macro);
  Value build_map(Frame& frame, const Instruction& instruction, const Source& source, bool entries);
  Value sort_by(Frame& frame, const Instruction& instruction, const Source& source);
  Value optional_operation(Frame& frame, const Instruction& instruction, const Comprehension& what,
                           const Value& operand);
  Value over_unknown(Frame& frame, const Instruction& instruction, const Comprehension& what,
                     const Value& range);

  /// The same without a trace: for what is only tried.
  Value attempt(Frame& frame, std::uint32_t id) {
    return Machine<false>(evaluator_).eval(frame, id);
  }

  Evaluator& evaluator_;
  Evaluator::State& state_;
};

/// The row of a table for these operands, as a record.
[[nodiscard]] Value call_table(Evaluator& evaluator, const BoundTable& table, std::uint32_t number,
                               std::span<const Value> operands);

/// The value under `key` of a map, or null. Numbers are equal across kinds.
[[nodiscard]] const Value* find_key(Evaluator& evaluator, const MapData& map, const Value& key);
/// Whether a value may be a key of a map.
[[nodiscard]] bool is_key(const Value& value);
/// What any key of a map gives that is unknown below.
[[nodiscard]] Value unknown_below(Evaluator& evaluator, const MapData& map, const Value& key);
/// `value` with what lies at `path` below it unknown; `trail` is its name.
[[nodiscard]] Value with_unknown(Evaluator& evaluator, const Value& value, std::string_view trail,
                                 std::string_view path);

}  // namespace eraudit::detail
