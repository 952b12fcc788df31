#include "tests/conformance/outcome.hpp"

#include <algorithm>
#include <filesystem>

#include "eraudit/core/error.hpp"

namespace eraudit::test {

std::vector<std::string> json_files(const std::vector<std::string>& folders) {
  std::vector<std::string> all;
  for (const std::string& folder : folders) {
    if (!std::filesystem::is_directory(folder)) {
      throw Error(ErrorCode::no_such_file, "there is no folder '" + folder + "'");
    }
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    }
    if (files.empty()) {
      throw Error(ErrorCode::bad_argument, "there is no .json file in '" + folder + "'");
    }
    std::sort(files.begin(), files.end());
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

}  // namespace eraudit::test
