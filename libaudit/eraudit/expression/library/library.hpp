#pragma once
// The operators and functions of the language, one file a subject. Private to the module.
//
// Each file holds one table; `builtin.cpp` sorts them into one list by name. Adding a function is
// one line in a table: name, signatures, implementation. One name stands in one table only.

#include <span>

#include "eraudit/expression/builtin.hpp"

namespace eraudit {

[[nodiscard]] std::span<const Builtin> arithmetic_builtins();  ///< `_+_ _-_ _*_ _/_ _%_ -_`
[[nodiscard]] std::span<const Builtin>
comparison_builtins();  ///< `_==_ _!=_ _<_ _<=_ _>_ _>=_ _in_`
[[nodiscard]] std::span<const Builtin>
conversion_builtins();  ///< `bool bytes double dyn int string type uint`
[[nodiscard]] std::span<const Builtin> dates_builtins();  ///< `date days add_months months_between`
[[nodiscard]] std::span<const Builtin> encoders_builtins();     ///< `base64.encode base64.decode`
[[nodiscard]] std::span<const Builtin> format_builtins();       ///< `format`
[[nodiscard]] std::span<const Builtin> lists_builtins();        ///< `size sum min max distinct`
[[nodiscard]] std::span<const Builtin> mathematics_builtins();  ///< `math.greatest ...`
[[nodiscard]] std::span<const Builtin> money_builtins();        ///< `money`
[[nodiscard]] std::span<const Builtin> names_builtins();  ///< `plain_name normal_name slug country`
[[nodiscard]] std::span<const Builtin> numbers_builtins();    ///< `abs`
[[nodiscard]] std::span<const Builtin> optionals_builtins();  ///< `optional.of hasValue ...`
[[nodiscard]] std::span<const Builtin> sequences_builtins();  ///< `sort reverse slice indexOf ...`
[[nodiscard]] std::span<const Builtin> sets_builtins();       ///< `sets.contains ...`
[[nodiscard]] std::span<const Builtin> text_builtins();  ///< `contains startsWith endsWith matches`
/// `matches` with a pattern that is written in the expression.
[[nodiscard]] Value matches_written(Evaluator& evaluator, std::span<const Value> operands);
[[nodiscard]] std::span<const Builtin> text_parts_builtins();  ///< `charAt substring split ...`
[[nodiscard]] std::span<const Builtin> times_builtins();  ///< `timestamp duration getFullYear ...`

}  // namespace eraudit
