#pragma once
// Text in lines of at most so many columns.

#include <cstddef>
#include <string>
#include <string_view>

namespace eraudit::detail {

/// Collects lines; long ones are broken at blanks, continued under their first word. Widths are
/// display columns. A word longer than a line stands alone and sticks out: it is never cut.
class Paragraphs {
 public:
  explicit Paragraphs(std::size_t width);
  void line(std::string_view text);
  /// `lead` before the first line; the others are indented by its width.
  void hanging(std::string_view lead, std::string_view text);
  void blank();
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

}  // namespace eraudit::detail
