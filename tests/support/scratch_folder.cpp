#include "tests/support/scratch_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace eraudit::test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  std::string form = (fs::temp_directory_path() / "eraudit-test-XXXXXX").string();
  if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no folder for the test: " + form);
  path_ = form;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string ScratchFolder::file(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string ScratchFolder::write(std::string_view name, std::string_view text) const {
  const std::string target = file(name);
  fs::create_directories(fs::path(target).parent_path());
  std::ofstream out(target, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.flush();
  if (!out) throw std::runtime_error("cannot write " + target);
  return target;
}

std::string ScratchFolder::relative(std::string text) const {
  const std::string prefix = path_ + "/";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    text.erase(at, prefix.size());
  }
  return text;
}

}  // namespace eraudit::test
