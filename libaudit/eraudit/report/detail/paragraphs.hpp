#pragma once
// Text in lines of at most so many columns.

#include <cstddef>
#include <string>
#include <string_view>

namespace eraudit::detail {

/// Collects lines; long ones are broken at blanks, continued under their first word. Widths are
/// display columns. No line ends in blanks. A word that is longer than its line may be with its
/// indentation begins further left; one longer than a whole line stands alone and sticks out, for
/// nothing is ever cut.
class Paragraphs {
 public:
  explicit Paragraphs(std::size_t width);
  /// As it is, be it longer than a line.
  void line(std::string_view text);
  /// `lead` before the first line; the others are indented by its width. Nothing if both are blank.
  void hanging(std::string_view lead, std::string_view text);
  void blank();
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

}  // namespace eraudit::detail
