#include "tests/benchmarks/generated_folders.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace eraudit::test {

namespace fs = std::filesystem;

GeneratedFolders::GeneratedFolders(std::string generator, const std::string& name)
    : generator_(std::move(generator)),
      root_(fs::temp_directory_path() / ("eraudit-" + name + "-" + std::to_string(::getpid()))) {}

GeneratedFolders::~GeneratedFolders() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

const GeneratedFolders::Folder& GeneratedFolders::with(std::int64_t nodes) {
  const auto [found, added] = folders_.try_emplace(nodes);
  Folder& folder = found->second;
  if (!added) return folder;
  folder.raw = root_ / ("raw-" + std::to_string(nodes));
  folder.tables = root_ / ("tables-" + std::to_string(nodes));
  fs::create_directories(folder.raw);
  const std::string command =
      "'" + generator_ + "' " + std::to_string(nodes) + " '" + folder.raw.string() + "'";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  folder.counts = split_generated(folder.raw.string(), folder.tables.string());
  return folder;
}

}  // namespace eraudit::test
