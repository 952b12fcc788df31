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

  void set(std::string language, std::string text);
  /// `language`, else its primary part (`pt-BR`: `pt`), else English, else the first; empty if
  /// none.
  [[nodiscard]] std::string_view in(std::string_view language) const noexcept;
  [[nodiscard]] bool has(std::string_view language) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return texts_.empty(); }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const noexcept {
    return texts_;
  }
  friend bool operator==(const LocalText&, const LocalText&) = default;

 private:
  std::vector<std::pair<std::string, std::string>> texts_;
};

}  // namespace eraudit
