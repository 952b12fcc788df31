#pragma once
// What an evaluator keeps from row to row and within one.

#include <cstdint>
#include <functional>
#include <memory>
#include <re2/re2.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eraudit/expression/admission.hpp"
#include "eraudit/expression/detail/arena.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/lazy_value.hpp"
#include "eraudit/expression/limit_reached.hpp"

namespace eraudit {
namespace detail {

/// Levels of operations within each other, over all programs that read one another.
inline constexpr std::uint32_t most_nested = 2'000;
/// Compiled regular expressions that an evaluator keeps: each may take
/// `Limits::regex_memory_bytes`.
inline constexpr std::size_t patterns_kept = 32;
/// Amounts read from text that it keeps.
inline constexpr std::size_t amounts_kept = 256;

struct Variable {
  enum class State : std::uint8_t { unset, set, lazy, running };
  std::uint32_t row = 0;  ///< of which `begin()`; another one: unset
  State state = State::unset;
  bool has_unknown_parts = false;  ///< `State::declared` has entries for it, not applied yet
  Value value;
  const BoundProgram* program = nullptr;
  LazyValue* host = nullptr;  ///< in place of a program
};

/// `set_unknown` below a variable.
struct DeclaredUnknown {
  Slot slot = 0;
  std::string_view name;  ///< in the arena
  std::string_view path;
};

}  // namespace detail

struct Evaluator::State {
  const Network* network = nullptr;
  EvaluationContext context;

  detail::Arena arena;
  std::uint64_t fuel = 0;  ///< steps done; all of them once they were used up
  std::uint64_t fuel_limit = 0;
  std::uint64_t fuel_end = 0;  ///< `fuel_limit`; 0 once any limit was reached: nothing goes on
  std::uint32_t depth = 0;
  bool exhausted = false;  ///< a limit was reached: everything is that error until `begin()`
  bool placed = false;     ///< and the error says where
  Value limit_error;

  std::uint32_t row = 1;
  std::vector<detail::Variable> variables;
  std::vector<detail::DeclaredUnknown> declared;
  std::vector<std::string_view>
      names;  ///< of facts `named` and `table`, by `Fact::row`; in the arena

  /// Where lists grow before their length is known; used like a stack.
  std::vector<Value> values;
  std::vector<const FactSet*> possible;
  std::vector<Fact> facts;

  const Admission* admission = nullptr;  ///< as in `context`
  std::vector<Assumption> assumed;
  std::vector<Fact> masked;  ///< read as if nobody had said them
  [[nodiscard]] bool is_masked(const Fact& fact) const noexcept {
    for (const Fact& other : masked) {
      if (other == fact) return true;
    }
    return false;
  }

  // Of the call in progress.
  const Type* result_type = nullptr;
  std::uint32_t operation = 0;

  /// What waits for a first answer waits for what may be needed after it, too: either side of a
  /// `?:` or `orValue`, the body over a list that is not known. For those who ask what may be
  /// needed.
  bool all_needs = false;

  bool tracing = false;
  std::vector<Step> steps;
  /// Rates that were looked up while tracing, and the step that did.
  struct Conversion {
    Currency from;
    Currency to;
    Date day;
    std::uint32_t step = UINT32_MAX;
  };
  std::vector<Conversion> conversions;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>, TextHash, std::equal_to<>> patterns;

  /// What `money('...')` said before.
  std::unordered_map<std::string, Money, TextHash, std::equal_to<>> amounts;

  /// The compiled pattern, or null with the reason. One that is `written` in the expression is
  /// compiled once, and not paid for.
  const re2::RE2* pattern(std::string_view text, std::string* problem = nullptr,
                          bool written = false);

  /// The error that a limit was reached.
  [[nodiscard]] Value out_of(LimitReached::Limit limit, std::uint64_t most);
  /// Programs of lazy variables run once more when these are read next.
  void ask_again() {
    for (detail::Variable& variable : variables) {
      if (variable.row == row && variable.program != nullptr) {
        variable.state = detail::Variable::State::lazy;
      }
    }
    for (const detail::DeclaredUnknown& unknown : declared) {
      detail::Variable& variable = variables[unknown.slot];
      if (variable.state == detail::Variable::State::lazy) variable.has_unknown_parts = true;
    }
  }

  /// Counts work that is not an operation: characters compared, items copied. False, and
  /// `limit_error` is set, if that was too much.
  [[nodiscard]] bool spend(std::uint64_t work) {
    if (fuel + work <= fuel_end) [[likely]] {
      fuel += work;
      return true;
    }
    static_cast<void>(stopped());
    return false;
  }
  /// After `fuel_end` was met: the error that says which limit it is.
  Value stopped();
  /// Adds to that error where it was, if it does not say so yet.
  void place_limit(std::string_view place);
  /// False, and the error is set, if `bytes` more would be too many.
  [[nodiscard]] bool reserve(std::size_t bytes) {
    if (arena.used() + bytes <= context.limits.value_bytes) return true;
    out_of_bytes();
    return false;
  }
  void out_of_bytes();
};

namespace detail {

/// Undoes what was pushed on the stacks of a state.
class Scratch {
 public:
  explicit Scratch(Evaluator::State& state)
      : state_(state), values_(state.values.size()), possible_(state.possible.size()) {}
  ~Scratch() {
    state_.values.resize(values_);
    state_.possible.resize(possible_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::span<const Value> values() const noexcept {
    return std::span<const Value>(state_.values).subspan(values_);
  }
  [[nodiscard]] std::span<const FactSet* const> possible() const noexcept {
    return std::span<const FactSet* const>(state_.possible).subspan(possible_);
  }

 private:
  Evaluator::State& state_;
  std::size_t values_;
  std::size_t possible_;
};

/// A step down into a list, map or record: it is paid for, and there is an end to how deep they lie
/// in each other. False once a limit is reached.
class Descent {
 public:
  Descent(Evaluator::State& state, std::size_t parts) : state_(state) {
    if (++state_.depth > most_nested) {
      static_cast<void>(state_.out_of(LimitReached::Limit::levels, most_nested));
    }
    may_go_on_ = !state_.exhausted && state_.spend(1 + parts / 8);
  }
  ~Descent() { --state_.depth; }
  Descent(const Descent&) = delete;
  Descent& operator=(const Descent&) = delete;
  explicit operator bool() const noexcept { return may_go_on_; }

 private:
  Evaluator::State& state_;
  bool may_go_on_ = false;
};

/// Items of a list, entries of a map, fields of a record; else 0.
[[nodiscard]] std::size_t parts_of(const Value& value);
/// The error `limit reached: ...`.
[[nodiscard]] Value limit_reached(Evaluator::State& state, std::string_view which,
                                  std::string_view place);
/// `worker-paid.yaml:14:10`; empty for a text that stands in no file.
[[nodiscard]] std::string place_in_file(const ExpressionText& text, Span span);
/// "no such overload: name(int, string)".
[[nodiscard]] Value no_overload(Evaluator& evaluator, std::string_view name,
                                std::span<const Value> operands);
/// `int`, `list`, `money` ...
[[nodiscard]] std::string_view kind_name(const Value& value);

}  // namespace detail
}  // namespace eraudit
