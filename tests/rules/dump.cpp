// Writes the JSON Schema of rule files for an outside validator.

#include <cstdio>

#include "eraudit/rules/rules.hpp"

int main() {
  std::fputs(eraudit::rule_json_schema(*eraudit::recruitment_schema()).c_str(), stdout);
  return 0;
}
