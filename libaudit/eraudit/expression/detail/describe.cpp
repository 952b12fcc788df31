// Values in the words of reports.

#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/plain_value.hpp"
#include "eraudit/expression/type.hpp"

namespace eraudit {

std::string Evaluator::describe(Value value, std::string_view language) const {
  return to_text(plain_value(*this, value), language);
}

std::string Evaluator::describe(Value value, std::string_view language, const Type& type) const {
  const PlainValue plain = plain_value(*this, value, &type);
  if (network() == nullptr) return to_text(plain, language);
  const SchemaLabels labels(network()->schema());
  return to_text(plain, language, &labels);
}

}  // namespace eraudit
