// `contains startsWith endsWith matches`.

#include <fmt/format.h>

#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

using detail::no_overload;
using Operands = std::span<const Value>;

bool texts(Operands operands) {
  return operands[0].is(ValueKind::text) && operands[1].is(ValueKind::text);
}

Value contains(Evaluator& evaluator, Operands operands) {
  if (!texts(operands)) return no_overload(evaluator, "contains", operands);
  const std::string_view text = operands[0].as_text();
  const std::string_view part = operands[1].as_text();
  if (!evaluator.state().spend(text.size() * (part.size() + 64) / 1024)) {
    return evaluator.state().limit_error;
  }
  return Value::of(text.find(part) != std::string_view::npos);
}

Value starts_with(Evaluator& evaluator, Operands operands) {
  if (!texts(operands)) return no_overload(evaluator, "startsWith", operands);
  if (!evaluator.state().spend(operands[1].size / 64)) return evaluator.state().limit_error;
  return Value::of(operands[0].as_text().starts_with(operands[1].as_text()));
}

Value ends_with(Evaluator& evaluator, Operands operands) {
  if (!texts(operands)) return no_overload(evaluator, "endsWith", operands);
  if (!evaluator.state().spend(operands[1].size / 64)) return evaluator.state().limit_error;
  return Value::of(operands[0].as_text().ends_with(operands[1].as_text()));
}

Value matched(Evaluator& evaluator, Operands operands, bool written) {
  if (!texts(operands)) return no_overload(evaluator, "matches", operands);
  const std::string_view text = operands[0].as_text();
  Evaluator::State& state = evaluator.state();
  if (!state.spend(text.size() / 8)) return state.limit_error;
  std::string problem;
  const re2::RE2* pattern = state.pattern(operands[1].as_text(), &problem, written);
  if (state.exhausted) return state.limit_error;
  if (pattern == nullptr) {
    return evaluator.error(fmt::format("'{}' is not a regular expression (RE2): {}",
                                       operands[1].as_text().substr(0, 100), problem));
  }
  // At worst each character meets each instruction of the pattern.
  const auto instructions = static_cast<std::uint64_t>(pattern->ProgramSize());
  if (!state.spend(text.size() * instructions / 32)) return state.limit_error;
  return Value::of(re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern));
}

Value matches(Evaluator& evaluator, Operands operands) {
  return matched(evaluator, operands, false);
}

constexpr Builtin text_table[] = {
    {"contains", "string.contains(string) -> bool", contains, Takes::values,
     "whether a text stands in another", Fails::never},
    {"startsWith", "string.startsWith(string) -> bool", starts_with, Takes::values,
     "whether a text begins with another", Fails::never},
    {"endsWith", "string.endsWith(string) -> bool", ends_with, Takes::values,
     "whether a text ends with another", Fails::never},
    {"matches", "string.matches(string) -> bool; (string, string) -> bool", matches, Takes::values,
     "whether a regular expression (RE2) is found anywhere in a text", Fails::on_pattern},
};

}  // namespace

Value matches_written(Evaluator& evaluator, Operands operands) {
  return matched(evaluator, operands, true);
}

std::span<const Builtin> text_builtins() {
  return text_table;
}

}  // namespace eraudit
