#include "tests/support/shared_data.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>

namespace eraudit::test {

std::string shared_data() {
  if (const char* named = std::getenv("ERAUDIT_SHARED")) return named;
  const std::filesystem::path beside = std::filesystem::path(ERAUDIT_SOURCE_DIR) / ".." / "shared";
  return std::filesystem::is_directory(beside) ? beside.string() : std::string();
}

std::string shared_data_or_skip(const std::string& what) {
  std::string folder = shared_data();
  if (!folder.empty()) return folder;
  if (std::getenv("ERAUDIT_SHARED_REQUIRED") != nullptr) {
    throw std::runtime_error("no outside data for: " + what + " (set ERAUDIT_SHARED)");
  }
  std::cerr << "SKIPPED " << what << ": no folder of outside data (ERAUDIT_SHARED, ../shared)\n";
  return folder;
}

std::string project_file(const std::string& path) {
  return (std::filesystem::path(ERAUDIT_SOURCE_DIR) / path).string();
}

}  // namespace eraudit::test
