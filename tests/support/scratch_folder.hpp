#pragma once
// A folder that a test fills and that is gone afterwards.

#include <string>
#include <string_view>

namespace eraudit::test {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The path of `name` in it.
  [[nodiscard]] std::string file(std::string_view name) const;
  /// Writes a file, and the folders it stands in; returns its path.
  std::string write(std::string_view name, std::string_view text) const;
  /// `text` without the path of this folder: for comparing messages.
  [[nodiscard]] std::string relative(std::string text) const;

 private:
  std::string path_;
};

}  // namespace eraudit::test
