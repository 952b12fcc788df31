#pragma once
// Options of a run that speaks for one day.

#include <string_view>

#include "eraudit/core/date.hpp"
#include "eraudit/evaluate/evaluate.hpp"

namespace eraudit::test {

[[nodiscard]] inline Options on(std::string_view day = "2026-06-30") {
  Options options;
  options.as_of = parse_date(day);
  return options;
}

}  // namespace eraudit::test
