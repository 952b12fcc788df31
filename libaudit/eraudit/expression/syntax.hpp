#pragma once
// CEL text as a syntax tree.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

/// An expression and where it stands: positions inside `text` become positions of the file it is
/// in.
struct ExpressionText {
  std::string text;
  SourcePtr source;  ///< the file; null: the text is its own source, named `name`
  std::vector<std::uint32_t>
      offsets;  ///< byte of `source` for each byte of `text` and its end; empty: same
  std::string name = "expression";

  [[nodiscard]] static ExpressionText of(std::string text) {
    ExpressionText e;
    e.text = std::move(text);
    return e;
  }
};

enum class SyntaxKind : std::uint8_t {
  null,
  boolean,
  integer,
  uinteger,
  number,
  text,
  bytes,        ///< literals
  name,         ///< `text`; with `leading_dot` `.name`
  select,       ///< children[0] . text
  call,         ///< text(children...)
  member_call,  ///< children[0].text(children[1...])
  index,        ///< children[0][children[1]]
  list,
  map,      ///< map: key, value, key, value
  message,  ///< `pkg.Name{field: value}`: name, value, name, value; parsed, then refused by the
            ///< checker
  negate,
  not_,
  multiply,
  divide,
  remainder,
  add,
  subtract,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  in,
  conditional,
  and_,
  or_,  ///< n-ary
};

struct SyntaxNode {
  SyntaxKind kind = SyntaxKind::null;
  bool leading_dot = false;
  bool optional = false;        ///< `a.?b`, `a[?b]`
  bool optional_entry = false;  ///< `[?a]`, `{?k: v}`: of the element, of the key
  Span span;                    ///< in the expression text: the whole of it
  Span at;                      ///< the part to point at: operator, function or field name
  std::string_view text;        ///< names, fields; literals: resolved content (in the tree's arena)
  std::int64_t integer = 0;
  std::uint64_t uinteger = 0;
  double number = 0;
  std::uint32_t first_child = 0;
  std::uint32_t children = 0;

  [[nodiscard]] bool is(SyntaxKind k) const noexcept { return kind == k; }
};

/// Immutable arena of nodes; node 0 is not the root in general. Children come before parents.
struct SyntaxTree {
  SyntaxTree() = default;
  SyntaxTree(SyntaxTree&&) noexcept = default;  // nodes point into what it owns: not to be copied
  SyntaxTree& operator=(SyntaxTree&&) noexcept = default;

  std::vector<SyntaxNode> nodes;
  std::vector<std::uint32_t> child_ids;
  std::uint32_t root = 0;
  std::unique_ptr<const std::string> source;  ///< a copy of what was parsed; names point into it
  std::vector<std::string> strings;  ///< owns other texts (stable: never grown after parsing)

  [[nodiscard]] const SyntaxNode& child(const SyntaxNode& node, std::uint32_t index) const {
    return nodes[child_ids[node.first_child + index]];
  }
};

/// The complete CEL grammar (langdef of cel-spec), backtick field names and the optional syntax.
/// Chains of `&&` and `||` become one n-ary node. Depth and length are limited. Stops at the first
/// error of an expression: what follows would be guesswork. O(length).
[[nodiscard]] ERAUDIT_API Checked<SyntaxTree> parse_expression(const ExpressionText& text,
                                                               const Limits& limits = {});

/// Where a byte span of the expression text is in its file, for diagnostics.
[[nodiscard]] ERAUDIT_API Span locate(const ExpressionText& text, Span span);

}  // namespace eraudit
