#pragma once
// What a file that somebody calls a table is.

#include <string_view>

namespace eraudit::detail {

/// By its first bytes and not by its name.
struct FileForm {
  bool workbook = false;
  std::string_view refused;  ///< what it is instead; empty if it is read
  std::string_view help;
};
[[nodiscard]] FileForm form_of(std::string_view bytes);

}  // namespace eraudit::detail
