#pragma once
// The networks of shared/bench/gen.cpp on disk: as it writes them, and as tables for this library.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "tests/benchmarks/generated.hpp"

namespace eraudit::test {

/// Made when first asked for, removed at the end. Throws `std::runtime_error` if the generator
/// fails.
class GeneratedFolders {
 public:
  /// `generator` is its program. `name` is part of the folder's name.
  GeneratedFolders(std::string generator, const std::string& name);
  ~GeneratedFolders();
  GeneratedFolders(const GeneratedFolders&) = delete;
  GeneratedFolders& operator=(const GeneratedFolders&) = delete;

  struct Folder {
    std::filesystem::path raw;     ///< nodes.csv, cohorts.csv, edges.csv
    std::filesystem::path tables;  ///< what `read_network` reads
    Tables counts;
  };
  [[nodiscard]] const Folder& with(std::int64_t nodes);
  /// For what else is written and goes at the end.
  [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }

 private:
  std::string generator_;
  std::filesystem::path root_;
  std::map<std::int64_t, Folder> folders_;
};

}  // namespace eraudit::test
