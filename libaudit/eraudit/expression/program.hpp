#pragma once
// A checked expression: a typed graph of operations, independent of any network.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/export.hpp"
#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/environment.hpp"
#include "eraudit/expression/syntax.hpp"
#include "eraudit/expression/type.hpp"
#include "eraudit/expression/value.hpp"

namespace eraudit {

enum class Op : std::uint8_t {
  constant,   ///< constants[payload]
  variable,   ///< slot payload of the environment
  as_of,      ///< the day of the evaluation, a date
  local,      ///< local payload of an enclosing comprehension
  attribute,  ///< child is a node or edge; attributes[payload]
  has_attribute,
  list,      ///< child is a node; lists[payload]: its edges, or its distinct neighbours
  edge_end,  ///< child is an edge; payload 0 from, 1 to
  identity,  ///< child is a node or edge; payload 0: `id` (text), 1: `kind` (text)
  select,    ///< field `names[payload]` of a map, a record or something dynamic
  has_select,
  optional_select,  ///< as select, but gives an optional: none if there is no such field
  index,            ///< payload 1: gives an optional
  and_,
  or_,  ///< n-ary
  not_,
  conditional,
  make_list,
  make_map,
  optional_entry,  ///< of a list or map literal (`[?a]`, `{k: ?v}`): left out if its child is none
  call,            ///< builtins()[payload] on the children
  table,           ///< environment table payload on the children, one per input; gives a record
  comprehension,   ///< comprehensions[payload]; children: range, then what `Macro` says
  fail,            ///< always the error names[payload]: unknown names in unchecked expressions
};

enum class Macro : std::uint8_t {
  all,
  exists,
  exists_one,  ///< children[1]: condition
  map,
  filter,  ///< children[1]: transform (map) or condition (filter)
  map_if,  ///< children[1]: condition, children[2]: transform
  bind,    ///< cel.bind(x, children[0], children[1])
  transform_map,
  transform_map_entry,  ///< two-variable forms; with a filter three children
  sort_by,              ///< children[1]: what each element is sorted by
  optional_or,          ///< children[0] is an optional; children[1]: one to take in its place
  optional_or_value,    ///< the same with a plain value
  optional_map,
  optional_flat_map,  ///< children[1]: transform of what the optional holds
};

struct Operation {
  Op op = Op::constant;
  std::uint32_t payload = 0;
  std::uint32_t first_child = 0;  ///< into `Program::children`
  std::uint32_t children = 0;
  Span span;  ///< in the expression text
  Type type;
};

/// An attribute under the same name in each kind that its node or edge may be.
struct AttributeReference {
  std::string name;
  bool of_edge = false;
  struct Member {
    std::uint16_t kind;  ///< KindId or EdgeKindId
    AttributeId attribute;
  };
  std::vector<Member> members;
};

struct ListReference {
  std::string name;
  bool nodes = false;  ///< distinct neighbours instead of edges
  struct Member {
    KindId kind;
    ListId list;
  };
  std::vector<Member> members;
};

/// Locals are numbered by nesting: a comprehension inside another has higher numbers, one beside
/// another the same. With two variables `first_local` is the index or key and `first_local + 1` the
/// element or value.
struct Comprehension {
  Macro macro = Macro::all;
  std::uint32_t first_local = 0;
  bool two_variables = false;
};

/// Immutable; shared by pointer; safe from many threads.
class ERAUDIT_API Program {
 public:
  std::vector<Operation> operations;  ///< children before parents; equal subexpressions are one
  std::vector<std::uint32_t> children;
  std::uint32_t root = 0;
  std::vector<Value> constants;  ///< texts, lists, maps and types point into `owned`
  std::vector<std::string> names;
  std::vector<AttributeReference> attributes;
  std::vector<ListReference> lists;
  std::vector<Comprehension> comprehensions;
  std::uint32_t locals = 0;  ///< one more than the highest number
  ExpressionText text;
  std::vector<std::shared_ptr<const void>>
      owned;  ///< what constants and types point to, the schema among it
  /// Attributes that certainly exist where the program is true, or false: `c.wage`.
  std::vector<std::string> exist_when_true;
  std::vector<std::string> exist_when_false;
  /// Of a list: attributes that certainly exist in each of its elements: `.licence` after
  /// `filter(l, has(l.licence))`.
  std::vector<std::string> exist_in_elements;
  /// Attributes that may be absent and are read without a guard (`Environment::require_guards` is
  /// off).
  std::vector<std::string> unguarded;

  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] const Operation& operation(std::uint32_t id) const { return operations[id]; }
  [[nodiscard]] std::span<const std::uint32_t> children_of(const Operation& operation) const {
    return std::span(children).subspan(operation.first_child, operation.children);
  }
  [[nodiscard]] const Type& type() const { return operations[root].type; }
  /// Slots of variables that are read, in order.
  [[nodiscard]] std::vector<Slot> variables() const;
  /// Text of an operation as it stands in the source.
  [[nodiscard]] std::string_view text_of(const Operation& operation) const {
    return std::string_view(text.text).substr(operation.span.offset, operation.span.length);
  }
};

using ProgramPtr = std::shared_ptr<const Program>;

/// Parses and checks. Unknown names, attributes, lists, enumeration values and functions are errors
/// with the nearest name; so are operands that cannot match, and an attribute that may be absent
/// without a `has()` guard. Warnings: conditions that are constant. O(length) up to name look-ups.
[[nodiscard]] ERAUDIT_API Checked<ProgramPtr> compile(const ExpressionText& text,
                                                      const Environment& environment,
                                                      const Limits& limits = {});

/// The same, and the result must be of `type` (dyn passes).
[[nodiscard]] ERAUDIT_API Checked<ProgramPtr> compile(const ExpressionText& text,
                                                      const Environment& environment,
                                                      const Type& type, const Limits& limits = {});

}  // namespace eraudit
