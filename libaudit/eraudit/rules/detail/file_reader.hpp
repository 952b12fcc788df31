#pragma once
// What all readers of rule files share: shapes, words, texts, dates, and where expressions stand.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/expression/syntax.hpp"
#include "eraudit/schema/local_text.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::rules_detail {

using Node = DocumentNode;

[[nodiscard]] std::string quoted(std::string_view name);  ///< `'name'`
/// `a`, `a and b`, `a, b and c`.
[[nodiscard]] std::string enumerate(std::span<const std::string> items);

/// `kebab-case.parts`, of any length.
[[nodiscard]] bool is_rule_id(std::string_view text);

/// Words that no name of a rule or table may be: CEL's own, its types, `as_of`.
[[nodiscard]] bool is_taken_word(std::string_view name);
/// `[A-Za-z_][A-Za-z0-9_]*`
[[nodiscard]] bool is_identifier(std::string_view name);

/// An expression that is read in the place of the one that stands in a scalar.
struct ReplacedText {
  Span scalar;
  ExpressionText text;
};

/// Reads one document. `prefix` begins the ids of its diagnostics: `rule`, `table`, `pack`, `case`.
/// Warnings are kept apart, so that they do not take the room of errors.
class FileReader {
 public:
  FileReader(const Document& document, std::string_view prefix, const Limits& limits);

  /// From now on; null: as written. Outlives the reader.
  void replace(const ReplacedText* text) noexcept { replaced_ = text; }

  void error(Node at, std::string_view id, std::string message, std::string help = {});
  void warn(Node at, std::string_view id, std::string message, std::string help = {});
  /// About `length` bytes from byte `offset` of the text of a scalar.
  void error_inside(Node scalar, std::size_t offset, std::size_t length, std::string_view id,
                    std::string message, std::string help = {});
  void append(const Diagnostics& found);

  [[nodiscard]] bool has_errors() const noexcept { return errors_.has_errors(); }
  /// Errors, then warnings.
  [[nodiscard]] Diagnostics take();

  // Each says `what` should be there if it is not: "'title'", "an entry of 'basis'".
  [[nodiscard]] bool is_map(Node node, std::string_view what);
  [[nodiscard]] bool is_list(Node node, std::string_view what);
  void known_keys(Node map, std::span<const std::string_view> keys, std::string_view what);
  /// A scalar that is not null; its text whatever its kind.
  [[nodiscard]] std::optional<std::string_view> word(Node node, std::string_view what);
  [[nodiscard]] std::optional<std::size_t> one_of(Node node,
                                                  std::span<const std::string_view> words,
                                                  std::string_view id, std::string_view what);
  /// A text (English) or a map of languages.
  [[nodiscard]] LocalText local_text(Node node, std::string_view what);
  /// The tag that a key is, as BCP 47 has it written; says so if it is none, or one that no
  /// language has.
  [[nodiscard]] std::optional<std::string> language(Node key, std::string_view what);
  void language_again(Node key, std::string_view tag);
  [[nodiscard]] std::optional<Date> date(Node node, std::string_view what);
  /// `kebab-case.parts`.
  [[nodiscard]] bool is_id(Node node, std::string_view what);
  [[nodiscard]] std::vector<std::string> words(Node node, std::string_view what);

  /// The scalar as an expression; says so, naming the trap of YAML, if it is none.
  [[nodiscard]] std::optional<ExpressionText> expression(Node node, std::string_view what,
                                                         std::string_view noun = "an expression");
  /// A part of a scalar's text as an expression.
  [[nodiscard]] ExpressionText expression(Node scalar, std::size_t offset,
                                          std::size_t length) const;

  [[nodiscard]] const Document& document() const noexcept { return document_; }
  [[nodiscard]] const Source& source() const noexcept { return document_.source(); }
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
  [[nodiscard]] Position position(Node node) const;
  [[nodiscard]] std::string place(Node node) const;  ///< `file:line`

 private:
  [[nodiscard]] std::string id(std::string_view name) const;
  /// Of a scalar, kept until another is asked for: a text may hold any number of parts.
  [[nodiscard]] const std::vector<std::uint32_t>& places(Node scalar) const;
  const Document& document_;
  std::string prefix_;
  const Limits& limits_;
  Diagnostics errors_;
  Diagnostics warnings_;
  const ReplacedText* replaced_ = nullptr;
  mutable std::optional<std::uint32_t> places_of_;
  mutable std::vector<std::uint32_t> places_;
};

/// A schema path as asks name facts: `Cohort.base_wage`, `charged.amount`, `Cohort.fees`.
struct PathProblem {
  std::string message;
  std::string help;
};
[[nodiscard]] std::optional<PathProblem> check_path(const Schema& schema, std::string_view path);
/// The schema's question for a fact; null if it has none.
[[nodiscard]] const LocalText* schema_question(const Schema& schema, std::string_view path);

}  // namespace eraudit::rules_detail
