#pragma once
// What is wrong in a file: collected, never thrown, printed with the line and a caret.

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

enum class DiagnosticLevel : std::uint8_t { error, warning, note };

/// `error`, `warning`, `note`.
[[nodiscard]] ERAUDIT_API std::string_view to_text(DiagnosticLevel level);

/// One message about one place. Self-contained: it outlives the `Source` it speaks of.
struct Diagnostic {
  DiagnosticLevel level = DiagnosticLevel::error;
  std::string id;                ///< stable, kebab-case: `yaml-duplicate-key`; documented in
                                 ///< docs/reference/diagnostics.md
  std::string message;           ///< says what is wrong and names the thing at fault
  std::string help;              ///< what to write instead; may be empty
  std::string file;              ///< as the caller named it
  Position position;             ///< line 0: the file as a whole
  std::uint32_t width = 1;       ///< code points to underline, within the line
  std::string line;              ///< the source line, for the caret; may be empty
  std::uint32_t line_start = 1;  ///< column of the first character of `line`: above 1 if it was cut

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// `file:line:column: error: message [id]`, then the line with a caret, then the help; ends in a
/// line feed. Control and bidirectional characters of names and lines are escaped.
[[nodiscard]] ERAUDIT_API std::string to_text(const Diagnostic& diagnostic);

/// All that was found wrong in one piece of work, in the order it was found.
///
/// Keeps at most `keep_per_file` messages of one file and `keep` in all; the rest is counted and
/// said
/// ("... and 312 more"). Not safe for concurrent use.
class ERAUDIT_API Diagnostics {
 public:
  explicit Diagnostics(std::size_t keep_per_file = 20, std::size_t keep = 1000)
      : keep_per_file_(keep_per_file), keep_(keep) {}

  void add(Diagnostic diagnostic);
  /// About `span` of `source`.
  void error(const Source& source, Span span, std::string_view id, std::string message,
             std::string help = {});
  void warning(const Source& source, Span span, std::string_view id, std::string message,
               std::string help = {});
  /// About a file as a whole.
  void error(std::string_view file, std::string_view id, std::string message,
             std::string help = {});
  void append(const Diagnostics& other);
  /// Puts the messages of each file in the order of their places; files stay in the order found.
  void sort_by_place();

  [[nodiscard]] bool has_errors() const noexcept { return errors_ != 0; }
  [[nodiscard]] bool empty() const noexcept { return items_.empty() && dropped_ == 0; }
  [[nodiscard]] std::size_t errors() const noexcept {
    return errors_;
  }  ///< counts dropped ones too
  [[nodiscard]] std::size_t dropped() const noexcept { return dropped_; }
  [[nodiscard]] const std::vector<Diagnostic>& items() const noexcept { return items_; }

 private:
  /// Whether one more is kept; it is counted in any case.
  [[nodiscard]] bool count(DiagnosticLevel level, const std::string& file);
  std::size_t keep_per_file_;
  std::size_t keep_;
  std::size_t errors_ = 0;
  std::size_t dropped_ = 0;
  std::vector<Diagnostic> items_;
  std::vector<std::pair<std::string, std::size_t>> per_file_;
};

[[nodiscard]] ERAUDIT_API std::string to_text(const Diagnostics& diagnostics);
ERAUDIT_API std::ostream& operator<<(std::ostream& out, const Diagnostics& diagnostics);

/// A `T`, or the reasons why there is none; with a `T` there may still be warnings.
template <class T>
class Checked {
 public:
  Checked(T value, Diagnostics diagnostics = Diagnostics{})  // NOLINT(google-explicit-constructor)
      : value_(std::move(value)), diagnostics_(std::move(diagnostics)) {}
  Checked(Diagnostics diagnostics)  // NOLINT(google-explicit-constructor)
      : diagnostics_(std::move(diagnostics)) {}

  [[nodiscard]] explicit operator bool() const noexcept { return value_.has_value(); }
  [[nodiscard]] const Diagnostics& diagnostics() const noexcept { return diagnostics_; }

  /// Throws `Error` (`bad_content`) with the text of the diagnostics if there is no value.
  [[nodiscard]] T& value() & { return require(), *value_; }
  [[nodiscard]] const T& value() const& { return require(), *value_; }
  [[nodiscard]] T&& value() && { return require(), std::move(*value_); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

 private:
  void require() const {
    if (!value_) throw Error(ErrorCode::bad_content, to_text(diagnostics_));
  }
  std::optional<T> value_;
  Diagnostics diagnostics_;
};

}  // namespace eraudit
