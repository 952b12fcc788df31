// The corpus as an ordinary test, with any compiler: fuzz_replay TARGET FILE_OR_FOLDER...

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/target.hpp"

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  const auto* const target = argc < 3 ? nullptr : eraudit::fuzz::Target::find(argv[1]);
  if (target == nullptr) {
    std::cerr << "usage: fuzz_replay TARGET FILE_OR_FOLDER...\n";
    return 64;
  }
  std::size_t done = 0;
  for (int i = 2; i < argc; ++i) {
    for (const fs::path& file : files_of(argv[i])) {
      std::cout << file.string() << std::endl;  // before it is tried: it may be the last
      try {
        target->run(read(file));
      } catch (const std::exception& error) {
        std::cerr << "an exception left the target: " << error.what() << "\n";
        return 1;
      }
      ++done;
    }
  }
  std::cout << done << " inputs, no complaint\n";
  return done == 0 ? 1 : 0;
}
