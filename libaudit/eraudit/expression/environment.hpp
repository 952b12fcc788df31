#pragma once
// What names mean where an expression stands.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/table.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// Number of a variable in its environment; the evaluator finds its value there.
using Slot = std::uint32_t;

/// Variables, tables and switches for the checker. A plain value.
class ERAUDIT_API Environment {
 public:
  Environment() = default;
  explicit Environment(SchemaPtr schema) : schema_(std::move(schema)) {}

  /// Names may be dotted (`a.b`): the longest that fits wins. `as_of` is always there if the schema is.
  /// Throws `Error` (`bad_argument`) if the name is taken.
  Slot add_variable(std::string name, Type type);
  /// Makes a table callable under its name.
  void add_table(TablePtr table);

  /// CEL's container: names are tried inside it first.
  std::string container;
  /// `1 < 1.5` checks (as Kubernetes allows); both sides numbers.
  bool mixed_comparison = true;
  bool macros = true;
  /// Off: everything is dyn, names are still resolved where they can be (conformance data asks for it).
  bool checked = true;
  /// Attributes that may be absent need a `has()` guard.
  bool require_guards = true;

  struct Variable {
    std::string name;
    Type type;
  };
  [[nodiscard]] const std::vector<Variable>& variables() const noexcept { return variables_; }
  [[nodiscard]] const std::vector<TablePtr>& tables() const noexcept { return tables_; }
  [[nodiscard]] const SchemaPtr& schema() const noexcept { return schema_; }
  [[nodiscard]] std::optional<Slot> find_variable(std::string_view name) const noexcept;

 private:
  SchemaPtr schema_;
  std::vector<Variable> variables_;
  std::vector<TablePtr> tables_;
};

}  // namespace eraudit
