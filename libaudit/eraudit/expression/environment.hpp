#pragma once
// What names mean where an expression stands.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/table.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

class Program;

/// Number of a variable in its environment; the evaluator finds its value there.
using Slot = std::uint32_t;

/// Variables, tables and switches for the checker. A plain value.
class ERAUDIT_API Environment {
 public:
  Environment() = default;
  /// With a schema there is also the name `as_of`, a date.
  explicit Environment(SchemaPtr schema) : schema_(std::move(schema)) {}

  /// Names may be dotted (`a.b`): the longest that fits wins. Throws `Error` (`bad_argument`) if
  /// the name is taken or is no name.
  Slot add_variable(std::string name, Type type);
  /// A variable that stands for an expression, as a `let` entry. Its type is that of the program,
  /// and the checker looks through it for guards: `known: has(c.wage)` guards in `known && c.wage >
  /// 0`; what the program itself reads unguarded (`Program::unguarded`) must be guarded where the
  /// variable is used.
  Slot add_variable(std::string name, const std::shared_ptr<const Program>& definition);
  /// A variable that no expression can name: what a host keeps beside those of its rows.
  Slot reserve(Type type);
  /// Gives a variable that was reserved its name, in a copy whose expressions see it. Throws as
  /// `add_variable` does.
  void name(Slot slot, std::string name);
  /// Takes for granted what must hold where `condition` is true: after `when: has(c.wage)`,
  /// `c.wage` needs no guard.
  void assume(const Program& condition);
  /// Makes a table callable under its name. Its number for `bind` is the count of tables before it.
  /// Throws `Error` (`bad_argument`) if a table or a built-in function has this name.
  void add_table(TablePtr table);
  /// A function that the checker knows and nobody has implemented: calling it is an error at run
  /// time. Signatures as in `Builtin::signatures`; names that are no types are types of the host.
  /// Throws `Error`
  /// (`bad_argument`) if they cannot be read.
  void add_function(std::string name, std::string signatures);

  /// CEL's container: names are tried inside it first.
  std::string container;
  /// `1 < 1.5` checks (as Kubernetes allows); both sides numbers.
  bool mixed_comparison = true;
  bool macros = true;
  /// Off: operands are not matched, and what is not there is an error at run time instead of now
  /// (conformance data asks for it).
  bool checked = true;
  /// Attributes that may be absent need a `has()` guard. Off: they are listed in
  /// `Program::unguarded`.
  bool require_guards = true;

  struct Variable {
    std::string name;
    Type type;
    std::shared_ptr<const Program> definition;  ///< or null
  };
  struct Function {
    std::string name;
    std::string signatures;
  };
  [[nodiscard]] const std::vector<Variable>& variables() const noexcept { return variables_; }
  [[nodiscard]] const std::vector<TablePtr>& tables() const noexcept { return tables_; }
  [[nodiscard]] const std::vector<Function>& functions() const noexcept { return functions_; }
  /// `c.wage`: guarded everywhere.
  [[nodiscard]] const std::vector<std::string>& assumed() const noexcept { return assumed_; }
  [[nodiscard]] const SchemaPtr& schema() const noexcept { return schema_; }
  [[nodiscard]] std::optional<Slot> find_variable(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<std::uint32_t> find_table(std::string_view name) const noexcept;

 private:
  SchemaPtr schema_;
  std::vector<Variable> variables_;
  std::vector<TablePtr> tables_;
  std::vector<Function> functions_;
  std::vector<std::string> assumed_;
};

}  // namespace eraudit
