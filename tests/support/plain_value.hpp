#pragma once
// Values as tests expect them: in English, truth values as rules have them.

#include <string>

#include "eraudit/expression/plain_value.hpp"

namespace eraudit::test {

inline PlainValue with_truth_as_text(PlainValue value) {
  if (value.kind == PlainValue::Kind::boolean) value.kind = PlainValue::Kind::text;
  for (PlainValue& item : value.items) item = with_truth_as_text(std::move(item));
  return value;
}

inline std::string written(const PlainValue& value) {
  return to_text(with_truth_as_text(value), "en");
}

}  // namespace eraudit::test
