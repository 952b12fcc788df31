// Names of firms and countries: `normal_name`, `plain_name`, `slug`, `country`.

#include "eraudit/expression/names.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/expression/detail/state.hpp"
#include "eraudit/expression/library/library.hpp"

namespace eraudit {
namespace {

/// Of a text that is taken apart into its letters.
bool spend(Evaluator& evaluator, std::string_view text) {
  return evaluator.state().spend(text.size() / 4);
}

Value apply_plain_name(Evaluator& evaluator, std::span<const Value> operands) {
  if (!operands[0].is(ValueKind::text)) return evaluator.error("no such overload");
  if (!spend(evaluator, operands[0].as_text())) return evaluator.state().limit_error;
  return evaluator.text(plain_name(operands[0].as_text()));
}

Value apply_normal_name(Evaluator& evaluator, std::span<const Value> operands) {
  if (!operands[0].is(ValueKind::text)) return evaluator.error("no such overload");
  const std::string_view name = operands[0].as_text();
  if (!spend(evaluator, name)) return evaluator.state().limit_error;
  if (operands.size() == 1) return evaluator.text(normal_name(name));
  if (!operands[1].is(ValueKind::list)) return evaluator.error("no such overload");
  std::vector<std::string_view> forms;
  for (const Value& form : operands[1].list->items) {
    if (!form.is(ValueKind::text)) return evaluator.error("no such overload");
    // Each may be looked for at each end that is left, and there are no more of those than letters.
    const std::uint64_t steps = 1 + form.size / 4 + name.size() / 16;
    if (!evaluator.state().spend(steps)) return evaluator.state().limit_error;
    forms.push_back(form.as_text());
  }
  return evaluator.text(normal_name(name, forms));
}

Value apply_slug(Evaluator& evaluator, std::span<const Value> operands) {
  if (!operands[0].is(ValueKind::text)) return evaluator.error("no such overload");
  const std::string_view text = operands[0].as_text();
  if (!spend(evaluator, text)) return evaluator.state().limit_error;
  const std::string written = slug(text);
  if (written.empty() && !text.empty()) {
    return evaluator.error("nothing of '" + printable(text) +
                           "' can be written in a-z and 0-9; use normal_name");
  }
  return evaluator.text(written);
}

Value apply_country(Evaluator& evaluator, std::span<const Value> operands) {
  if (!operands[0].is(ValueKind::text)) return evaluator.error("no such overload");
  if (!spend(evaluator, operands[0].as_text())) return evaluator.state().limit_error;
  if (const auto code = country_code(operands[0].as_text())) return Value::of(*code);
  return evaluator.error("'" + printable(operands[0].as_text()) +
                         "' is no country code or English country name that is known here");
}

constexpr Builtin names_table[] = {
    {"plain_name", "(string) -> string", apply_plain_name, Takes::values,
     "lower case, accents dropped, `&` as and, other signs as one blank", Fails::never},
    {"normal_name", "(string) -> string; (string, list(string)) -> string", apply_normal_name,
     Takes::values, "plain_name without the legal forms (`Inc`, `S.A. de C.V.`) at its end",
     Fails::never},
    {"slug", "(string) -> string", apply_slug, Takes::values,
     "lower case a-z and 0-9, everything else as one `-`"},
    {"country", "(string) -> string", apply_country, Takes::values,
     "ISO 3166-1 code of two letters, from a code or an English name"},
};

}  // namespace

std::span<const Builtin> names_builtins() {
  return names_table;
}

}  // namespace eraudit
