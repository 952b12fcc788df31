#pragma once
// Source text and places in it.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// A place for people: lines and columns start at 1, columns count Unicode code points, `byte`
/// counts from 0. Line 0 means the file as a whole.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t byte = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// A stretch of a `Source`, in bytes.
struct Span {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// One text and the name it is reported under. Immutable; safe to share between threads.
/// The text is at most 4 GiB (limits are lower).
class ERAUDIT_API Source {
 public:
  Source(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// Where byte `offset` is. An offset beyond the end gives the end. O(log lines), however long the
  /// line is; O(text) once.
  [[nodiscard]] Position position(std::size_t offset) const;

  /// Line `line` (from 1) without its line break; empty if there is none.
  [[nodiscard]] std::string_view line(std::uint32_t line) const;

  /// Gives up the text, so that its memory can be used again.
  [[nodiscard]] std::string take_text() && noexcept { return std::move(text_); }

 private:
  /// Found when first asked for: a large table without mistakes never is.
  [[nodiscard]] const std::vector<std::uint32_t>& line_starts() const;
  /// Code points from `begin` to `end`.
  [[nodiscard]] std::size_t columns(std::size_t begin, std::size_t end) const;

  std::string name_;
  std::string text_;
  mutable std::once_flag lines_found_;
  mutable std::vector<std::uint32_t> line_starts_;
  /// Of the code points before each stretch: a file may be one line of a gigabyte.
  mutable std::once_flag stretches_counted_;
  mutable std::vector<std::uint32_t> stretches_;
};

using SourcePtr = std::shared_ptr<const Source>;

}  // namespace eraudit
