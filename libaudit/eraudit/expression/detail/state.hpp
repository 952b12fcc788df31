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

#include "eraudit/expression/detail/arena.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/lazy_value.hpp"
#include "eraudit/expression/limit_reached.hpp"

namespace eraudit {
namespace detail {

/// Levels of operations within each other, over all programs that read one another.
inline constexpr std::uint32_t most_nested = 2'000;
/// Compiled regular expressions, and amounts read from text, that an evaluator keeps.
inline constexpr std::size_t patterns_kept = 256;

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
  std::uint64_t fuel = 0;
  std::uint64_t fuel_limit = 0;
  std::uint32_t depth = 0;
  bool exhausted = false;  ///< a limit was reached: everything is that error until `begin()`
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

  /// The compiled pattern, or null with the reason.
  const re2::RE2* pattern(std::string_view text, std::string* problem = nullptr);

  [[nodiscard]] Value out_of(LimitReached::Limit limit, std::uint64_t most);
  /// Counts work that is not an operation: characters compared, items copied. False, and
  /// `limit_error` is set, if that was too much.
  [[nodiscard]] bool spend(std::uint64_t work) {
    fuel += work;
    if (fuel <= fuel_limit) [[likely]]
      return true;
    static_cast<void>(out_of_steps());
    return false;
  }
  Value out_of_steps() { return out_of(LimitReached::Limit::steps, fuel_limit); }
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

/// "no such overload: name(int, string)".
[[nodiscard]] Value no_overload(Evaluator& evaluator, std::string_view name,
                                std::span<const Value> operands);
/// `int`, `list`, `money` ...
[[nodiscard]] std::string_view kind_name(const Value& value);

}  // namespace detail
}  // namespace eraudit
