#pragma once
// What a scenario asks for behind its pattern: columns of RETURN, and the little of WHERE that says
// the same in CEL.

#include <string>
#include <vector>

#include "eraudit/core/document.hpp"

namespace eraudit::test {

struct Column {
  enum class What {
    value,     ///< a variable
    property,  ///< `name.property`
    function,  ///< `function(name)`
    count,     ///< `count(*)`, `count(name)`; with `distinct` of different values
  } what = What::value;
  std::string name;  ///< empty: `count(*)`
  std::string property;
  std::string function;
  bool distinct = false;
};

struct ScenarioQuery {
  std::vector<Column> columns;
  bool distinct = false;
  std::string where;   ///< a condition that is one name, which means the same in CEL
  std::string beyond;  ///< why the rest cannot be run, or nothing
};

/// Of a `linear` scenario.
[[nodiscard]] ScenarioQuery read_query(DocumentNode scenario);

/// A column as an expression of CEL, with properties under their prefix; nothing if there is none.
[[nodiscard]] std::string expression_of(const Column& column);

}  // namespace eraudit::test
