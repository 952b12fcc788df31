#pragma once
// From a syntax tree to a program. Private to the module.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/expression/detail/program_builder.hpp"
#include "eraudit/expression/detail/signature.hpp"
#include "eraudit/expression/detail/unify.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/expression/syntax.hpp"

namespace eraudit::detail {

/// A read of an attribute that may be absent, for which no guard was found yet.
struct UnguardedRead {
  std::string path;  ///< `c.licence`; `#0.licence` of a local, `@17.licence` of anything else
  Span span;
  std::string what;  ///< how the reader knows it
};

/// What is known about a checked expression.
struct Typed {
  std::uint32_t id = 0;  ///< operation
  Type type;
  std::vector<std::string> exist_when_true;  ///< paths of attributes that exist if this is true
  std::vector<std::string> exist_when_false;
  std::vector<std::string> exist_in_elements;  ///< `.licence`, if this is a list
  std::vector<UnguardedRead> reads;
};

/// Whether values of this kind can be smaller and larger than one another.
[[nodiscard]] bool ordered(TypeKind kind);

/// Checks one expression. Errors are collected; what follows from an error is not said again.
class Checker {
 public:
  Checker(const ExpressionText& text, SyntaxTree tree, const Environment& environment,
          const Limits& limits, Diagnostics& diagnostics);

  /// Null if there are errors.
  [[nodiscard]] ProgramPtr run(const Type* wanted);

 private:
  struct Local {
    std::string_view name;
    Type type;
    std::uint32_t number;
    std::vector<std::string> exist;     ///< attributes that exist for certain: `.licence`
    const SyntaxNode* among = nullptr;  ///< the list whose element it is, if written out there
    mutable bool used = false;
  };

  // check.cpp
  Typed check(const SyntaxNode& node);
  Typed check_literal(const SyntaxNode& node);
  Typed check_list(const SyntaxNode& node);
  Typed check_map(const SyntaxNode& node);
  Typed check_not(const SyntaxNode& node);
  Typed check_chain(const SyntaxNode& node);
  Typed check_conditional(const SyntaxNode& node);
  void require_condition(const Typed& typed, const SyntaxNode& node, std::string_view place);
  void check_result(const Typed& typed, const SyntaxNode& node, const Type& wanted);
  void report_reads(std::span<const UnguardedRead> reads);
  /// A condition that has come out before anything was read, unless it is written as `true`.
  void warn_constant(const Typed& typed, const SyntaxNode& node);

  // check_names.cpp
  Typed check_name(const SyntaxNode& node);
  Typed check_select(const SyntaxNode& node);
  Typed check_index(const SyntaxNode& node);
  [[nodiscard]] std::optional<Typed> find_dotted(const SyntaxNode& node);
  [[nodiscard]] std::optional<Typed> find_global(std::string_view name, const SyntaxNode& node);
  [[nodiscard]] const Local* find_local(std::string_view name) const;
  Typed read_variable(Slot slot, const SyntaxNode& node);
  Typed read_local(const Local& local, const SyntaxNode& node);
  Typed type_constant(const Type& type, const SyntaxNode& node);
  Typed unknown_name(const SyntaxNode& node);
  Typed select_field(Typed operand, std::string_view field, const SyntaxNode& node);
  Typed select_of_list(const Typed& operand, std::string_view field, const SyntaxNode& node);
  Typed select_of_record(const Typed& operand, std::string_view field, const SyntaxNode& node);

  // check_navigation.cpp
  Typed navigate(Typed operand, std::string_view field, const SyntaxNode& node);
  Typed navigate_special(Typed operand, std::string_view field, const SyntaxNode& node);
  struct FoundAttribute {
    AttributeReference reference;
    Type type;
    bool may_be_absent = false;
    const Attribute* first = nullptr;
  };
  [[nodiscard]] std::optional<FoundAttribute> find_attribute(const Type& type,
                                                             std::string_view name,
                                                             const SyntaxNode& node);
  struct FoundList {
    ListReference reference;
    Type type;
  };
  [[nodiscard]] std::optional<FoundList> find_list(const Type& type, std::string_view name,
                                                   const SyntaxNode& node);
  void report_no_field(const Type& type, std::string_view name, const SyntaxNode& node);
  [[nodiscard]] std::string help_no_field(const Type& type, std::string_view name,
                                          std::span<const std::string> lacking) const;
  [[nodiscard]] bool has_field(const Type& type, std::string_view name) const;
  [[nodiscard]] std::string path_of(std::uint32_t id) const;
  [[nodiscard]] bool exists_by_local(std::string_view path) const;

  // check_calls.cpp
  Typed check_call(const SyntaxNode& node);
  Typed check_member_call(const SyntaxNode& node);
  Typed check_operator(const SyntaxNode& node);
  [[nodiscard]] std::vector<Typed> check_arguments(const SyntaxNode& node, std::uint32_t first);
  /// Calls a table or function under this very name, if there is one. Its arguments are the
  /// children of `node` from `first_argument` on.
  [[nodiscard]] std::optional<Typed> call_global(std::string_view name, const SyntaxNode& node,
                                                 std::uint32_t first_argument);
  Typed call_table(std::uint32_t number, const SyntaxNode& node, std::uint32_t first_argument);
  Typed call_function(std::string_view name, const SyntaxNode& node, std::uint32_t first_argument,
                      std::optional<std::uint32_t> builtin, std::span<const Overload> overloads);
  /// The result if operands fit an overload; dyn if they fit several that differ.
  [[nodiscard]] std::optional<Type> resolve_overload(std::span<const Overload> overloads,
                                                     bool method, std::span<const Typed> operands);
  Typed unresolved(std::optional<std::uint32_t> builtin, std::span<const Overload> overloads,
                   bool method, std::span<Typed> operands, const SyntaxNode& node,
                   std::string message, std::string help);

  // check_unknown_functions.cpp
  Typed unknown_function(const SyntaxNode& node);
  Typed unknown_method(const Typed& receiver, const SyntaxNode& node);
  [[nodiscard]] static bool is_family(std::string_view name);
  [[nodiscard]] static std::string_view name_in_family(std::string_view name);
  Typed unknown_in_family(const std::string& family, const SyntaxNode& node);

  // check_helps.cpp
  [[nodiscard]] Type annotate(const SyntaxNode& node, const Type& result,
                              std::span<const Typed> operands);
  /// Of `list.sum()`, `.min()`, `.max()`.
  [[nodiscard]] Type annotate_fold(std::string_view method, const Type& result,
                                   const Typed& list) const;
  [[nodiscard]] std::string help_operator(const SyntaxNode& node, const Type& a,
                                          const Type& b) const;
  [[nodiscard]] std::string help_arguments(std::span<const Overload> overloads, bool method,
                                           std::string_view name) const;
  void check_constant_argument(std::string_view function, const Typed& argument,
                               const SyntaxNode& node);
  void check_pattern(std::string_view pattern, const SyntaxNode& node);
  void warn_units(const SyntaxNode& node, const Type& a, const Type& b);

  // check_comparisons.cpp
  Typed check_comparison(const SyntaxNode& node);
  Typed check_membership(const SyntaxNode& node);
  [[nodiscard]] bool comparable(const Type& a, const Type& b);
  void report_comparison(const SyntaxNode& node, const Type& a, const Type& b);
  [[nodiscard]] std::string help_comparison(const SyntaxNode& node, const Type& a,
                                            const Type& b) const;
  void warn_sign(const SyntaxNode& node, std::span<const Typed> operands);
  void warn_disjoint(const SyntaxNode& node, const Type& a, const Type& b);
  void warn_same(const SyntaxNode& node, std::span<const Typed> operands);
  void warn_fraction(const Type& type, const SyntaxNode& literal);

  // check_values.cpp
  /// Literals in `node` that values of `type` can never be. `of` is the operation that has such
  /// values.
  void check_values(const Type& type, const SyntaxNode& node, std::uint32_t of);
  void check_value(const Type& type, const SyntaxNode& literal, std::uint32_t of);
  void check_kind_name(const Type& type, const SyntaxNode& literal, std::uint32_t of);
  void check_format(TextFormat format, const SyntaxNode& literal);
  /// The same of what a name stands for: the element of a list that is written out, a constant.
  void check_named_values(const Type& type, const SyntaxNode& name, std::uint32_t of);
  /// Literals that functions of lists look for, or in: `sets.contains(xs, ['a'])`.
  void check_listed_values(std::string_view function, std::span<const Typed> operands,
                           const SyntaxNode& node, std::uint32_t first);
  /// `x.startsWith('a')` of an enumeration none of whose values does.
  void warn_no_value(std::string_view method, std::span<const Typed> operands,
                     const SyntaxNode& node);
  [[nodiscard]] std::string source_of(std::uint32_t id) const;

  // check_macros.cpp
  [[nodiscard]] std::optional<Typed> expand_macro(const SyntaxNode& node);
  Typed check_has(const SyntaxNode& node);
  Typed has_field_of(Typed operand, std::string_view field, const SyntaxNode& node,
                     const SyntaxNode& argument);
  struct Form;
  Typed check_comprehension(const SyntaxNode& node, const Form& form);
  Typed check_bind(const SyntaxNode& node);
  void check_sort_key(const Type& type, const SyntaxNode& node);
  void warn_hidden(const SyntaxNode& name);
  void warn_unused(const Local& local, const SyntaxNode& name, const SyntaxNode& body);
  [[nodiscard]] bool variable_name(const SyntaxNode& node);
  void leave_locals(std::vector<UnguardedRead>& reads, std::uint32_t first_local);

  // check_extensions.cpp
  [[nodiscard]] static bool is_extreme(std::string_view function);
  Typed check_extreme(std::string_view function, const SyntaxNode& node, std::uint32_t first,
                      std::uint32_t builtin);
  [[nodiscard]] Span part_of(const SyntaxNode& literal, std::string_view text, std::size_t offset,
                             std::size_t length) const;
  void check_format_call(const SyntaxNode& node, std::span<const Typed> operands);

  // check_optionals.cpp
  [[nodiscard]] Type inside_optional(const Type& type) const;
  Typed check_optional_select(const SyntaxNode& node);
  Typed optional_field(const Typed& operand, const SyntaxNode& node);
  Typed select_optionally(Typed operand, std::string_view field, const SyntaxNode& node);
  Typed check_optional_entry(const SyntaxNode& part);
  [[nodiscard]] std::optional<Typed> check_optional_call(const SyntaxNode& node);

  // Common.
  [[nodiscard]] bool checked() const noexcept { return environment_.checked; }
  void error(Span span, std::string_view id, std::string message, std::string help = {});
  void warning(Span span, std::string_view id, std::string message, std::string help = {});
  /// What stands for an expression that is wrong: an error at run time if the environment is
  /// unchecked, else now.
  Typed wrong(const SyntaxNode& node, Span span, std::string_view id, std::string message,
              std::string help = {});
  /// The same for what was reported already.
  Typed wrong_silently(const SyntaxNode& node, std::string message);
  Typed make(Op op, std::uint32_t payload, std::span<Typed> operands, Type type,
             const SyntaxNode& node);
  [[nodiscard]] Type type_of(const Typed& typed) const { return types_.shallow(typed.type); }
  [[nodiscard]] std::string written(const SyntaxNode& node) const;
  /// `money`, `text`, `a list of int`: for messages.
  [[nodiscard]] std::string words(const Type& type) const;
  [[nodiscard]] std::string kinds_in_words(const Type& type) const;
  [[nodiscard]] const Schema* schema() const noexcept { return environment_.schema().get(); }
  [[nodiscard]] const SyntaxNode& child(const SyntaxNode& node, std::uint32_t index) const {
    return tree_.child(node, index);
  }
  /// `a.b.c`; nothing if it is more than names and dots.
  [[nodiscard]] std::optional<std::string> dotted(const SyntaxNode& node) const;
  [[nodiscard]] bool leading_dot(const SyntaxNode& node) const;
  [[nodiscard]] const SyntaxNode& root_of(const SyntaxNode& node) const;
  /// `name` inside the container and its parents, the innermost first, then by itself.
  [[nodiscard]] std::vector<std::string> candidates(std::string_view name, bool absolute) const;

  const ExpressionText& text_;
  SyntaxTree tree_;
  const Environment& environment_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  bool dotted_names_ = false;  ///< names may be longer than one word
  Unifier types_;
  ProgramBuilder builder_;
  std::vector<Local> locals_;
  std::vector<std::vector<Overload>> functions_;  ///< of the environment, read when first needed
};

[[nodiscard]] inline bool is_literal(const SyntaxNode& node) noexcept {
  return node.kind <= SyntaxKind::bytes;
}

/// Whether it is called by its name: no operator.
[[nodiscard]] inline bool named_function(const Builtin& builtin) noexcept {
  return builtin.name.front() != '_' && builtin.name.front() != '-';
}
/// The type that `int`, `list`, `google.protobuf.Duration` ... name.
[[nodiscard]] std::optional<Type> named_type(std::string_view name);
/// `_+_` for `add`.
[[nodiscard]] std::string_view operator_name(SyntaxKind kind);
/// `+` for `add`.
[[nodiscard]] std::string_view operator_sign(SyntaxKind kind);

}  // namespace eraudit::detail
