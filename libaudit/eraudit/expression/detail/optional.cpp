#include "eraudit/expression/detail/optional.hpp"

namespace eraudit::detail {

const Type& optional_constant() {
  static const Type type = Type::opaque(std::string(optional_name), {});
  return type;
}

Type optional_of(Type inner) {
  return Type::opaque(std::string(optional_name), {std::move(inner)});
}

bool is_optional(const Type& type) {
  return type.is(TypeKind::opaque) && type.name() == optional_name;
}

bool is_optional(const Value& value) {
  return value.is(ValueKind::record) && value.record->type == &optional_constant();
}

Value some(Evaluator& evaluator, const Value& value) {
  if (value.is(ValueKind::error) || value.is(ValueKind::unknown)) return value;
  return evaluator.record(&optional_constant(), {&value, 1});
}

Value none(Evaluator& evaluator) {
  return evaluator.record(&optional_constant(), {});
}

const Value* value_of(const Value& optional) {
  if (!is_optional(optional) || optional.record->fields.empty()) return nullptr;
  return optional.record->fields.data();
}

}  // namespace eraudit::detail
