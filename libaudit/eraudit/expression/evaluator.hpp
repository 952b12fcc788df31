#pragma once
// The scalar evaluator: obvious and complete. It yields the value, the error, or what it waits for.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit {

/// A program made ready for one network: dictionary codes, columns and tables resolved. Keeps the
/// program alive; the network must outlive it. Immutable; safe from many threads.
class ERAUDIT_API BoundProgram {
 public:
  [[nodiscard]] const Program& program() const noexcept { return *program_; }
  [[nodiscard]] const Network* network() const noexcept { return network_; }
  struct Binding;  ///< private (expression/detail/binding.hpp)
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_; }

 private:
  friend ERAUDIT_API BoundProgram bind(ProgramPtr, const Network*, std::span<const TablePtr>);
  ProgramPtr program_;
  const Network* network_ = nullptr;
  std::shared_ptr<const Binding> binding_;
};

/// `network` may be null for programs without nodes. `tables` as numbered in the environment.
/// Throws `Error` (`bad_argument`) if the network's schema is not the environment's or an extension
/// of it.
[[nodiscard]] ERAUDIT_API BoundProgram bind(ProgramPtr program, const Network* network,
                                            std::span<const TablePtr> tables = {});

/// For programs without a network (else `std::bind` would be the better match).
[[nodiscard]] inline BoundProgram bind(ProgramPtr program, std::nullptr_t) {
  return eraudit::bind(std::move(program), static_cast<const Network*>(nullptr));
}

struct Admission;  ///< private (expression/admission.hpp)

struct EvaluationContext {
  Date as_of;  ///< `as_of`; events after it are not seen
  Date at;     ///< the day on which states (since/until) are read
  Rates rates;
  Limits limits;
  /// What counts of that which the network says; null: all. Outlives the evaluator.
  const Admission* admission = nullptr;
};

/// Evaluates programs over one row at a time. Not for many threads: one each.
///
/// Every value it returns lives until the next `begin()`. Fuel is counted per `begin()`; when it is
/// used up the result is an error that names the limit, and so is all that follows until the next.
class ERAUDIT_API Evaluator {
 public:
  Evaluator(const Network* network, EvaluationContext context);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;

  [[nodiscard]] const Network* network() const noexcept;
  [[nodiscard]] const EvaluationContext& context() const noexcept;
  void at(Date day);  ///< for rules with an `at:` of their own
  /// From the next `begin()` on, in place of `Limits::fuel`.
  void fuel(std::uint64_t steps);

  /// A new row: forgets variables, lazy results and values; keeps the memory for the next.
  void begin();
  void set(Slot slot, Value value);
  /// Evaluated when first read, at most once per row, errors included. A cycle is an error.
  void set_lazy(Slot slot, const BoundProgram* program);
  /// Declares a variable unknown, or what is below it at `path` (`.fee`, `[1].fee`, `.b.*` for all
  /// below `.b`); overrides a bound value. Facts are named `name` and `path`. May be said several
  /// times; of a lazy variable only as a whole.
  void set_unknown(Slot slot, std::string_view name, std::string_view path = {});

  /// From now on these facts of the network, and these rates, read as if nobody had said them;
  /// takes the place of what was masked before and outlasts `begin()`. For a few: each read looks
  /// through them.
  void mask(std::span<const Fact> facts);

  [[nodiscard]] Value evaluate(const BoundProgram& program);
  /// Steps since `begin()`; all there are once they were used up.
  [[nodiscard]] std::uint64_t fuel_used() const noexcept;

  // Making values; all live in this evaluator.
  [[nodiscard]] Value text(std::string_view copied);
  [[nodiscard]] Value list(std::span<const Value> items);
  [[nodiscard]] Value list(std::span<const Value> items, std::span<const FactSet* const> possible,
                           const FactSet* more);
  [[nodiscard]] Value map(std::span<const Value> keys, std::span<const Value> values);
  [[nodiscard]] Value record(const Type* type, std::span<const Value> fields);
  /// One value if both ends are equal, unless it is an amount whose day may be one of several: as
  /// one value it would wait for nothing. Unknown if both are null.
  [[nodiscard]] Value range(Value low, Value high, const FactSet* facts);
  [[nodiscard]] Value error(std::string_view message);  ///< copies
  [[nodiscard]] Value unknown(const Fact& fact);
  /// `flags`: of `Value::Flag`. Facts that are null (a conversion that overflows) make an error.
  [[nodiscard]] Value unknown(const FactSet* facts, unsigned flags = 0);
  /// A fact of kind `named`; the same for the same name until `begin()`.
  [[nodiscard]] Fact named(std::string_view name);
  [[nodiscard]] const FactSet* facts(std::span<const Fact> facts, std::uint32_t more = 0);
  [[nodiscard]] const FactSet* merge(const FactSet* a, const FactSet* b);  ///< either may be null
  /// Everything that `value` waits for: of an unknown, a range, a partial list, money terms; null
  /// if nothing.
  [[nodiscard]] const FactSet* waits_for(Value value);
  /// Text of a `named` fact's path, of a `table` fact's keys.
  [[nodiscard]] std::string_view name(const Fact& fact) const;

  /// As reports print it: `145000 NPR`, `100000 to 150000 NPR`, `at least 145000 NPR`, `a, b`,
  /// `2024-03-01`, `true`; unknown gives `not known`. Names of nodes: their `name` attribute, else
  /// their id. Words in en, fr or es.
  [[nodiscard]] std::string describe(Value value, std::string_view language = "en") const;
  /// The same of a value of `type`, for those who do not read codes: values of an enumeration have
  /// their labels.
  [[nodiscard]] std::string describe(Value value, std::string_view language,
                                     const Type& type) const;

  // While tracing, every result is kept for `explain`.
  // A step stands before those it was made of.
  struct Step {
    const BoundProgram* program;
    std::uint32_t operation;
    std::uint32_t parent;  ///< index of the step that needed this one; its own index if none did
    std::uint32_t depth;   ///< of nesting in comprehensions and lazy variables
    Value value;
    Value element;                      ///< the innermost comprehension's element, or null
    const FactSet* possible = nullptr;  ///< what it hangs on whether that element is there
  };
  void trace(bool on);
  [[nodiscard]] std::span<const Step> steps() const noexcept;

  struct State;
  [[nodiscard]] State& state() noexcept { return *state_; }
  [[nodiscard]] const State& state() const noexcept { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace eraudit
