#pragma once
// One text in several languages.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/export.hpp"

namespace eraudit {

/// Texts by BCP 47 tag, in the order written. A plain text in a file is English.
class ERAUDIT_API LocalText {
 public:
  LocalText() = default;
  explicit LocalText(std::string english);

  /// Keeps the tag as BCP 47 has it written: `pt-BR` for `PT-br`.
  void set(std::string_view language, std::string text);
  /// `language`, else what is broader (`pt-BR`: `pt`), else English, else the first; empty if none.
  [[nodiscard]] std::string_view in(std::string_view language) const noexcept;
  /// The tag of the text that `in` gives; empty if there is none.
  [[nodiscard]] std::string_view language_of(std::string_view language) const noexcept;
  /// In this very language.
  [[nodiscard]] bool has(std::string_view language) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return texts_.empty(); }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const noexcept {
    return texts_;
  }
  friend bool operator==(const LocalText&, const LocalText&) = default;

 private:
  using Text = std::pair<std::string, std::string>;
  [[nodiscard]] const Text* find(std::string_view language) const noexcept;
  [[nodiscard]] const Text* nearest(std::string_view language) const noexcept;

  std::vector<Text> texts_;
};

}  // namespace eraudit
