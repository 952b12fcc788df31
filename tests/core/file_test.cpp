#include "eraudit/core/file.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "eraudit/core/error.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "eraudit-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }
  /// Names in the folder, hidden ones included.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path_))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  fs::path path_;
};

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Action>
std::string failure(ErrorCode code, const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL_CHECK("nothing was thrown");
  return {};
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("core: a file is read whole and named by its path", "[core][file]") {
  const Folder folder;
  const std::string path = folder / "a.yaml";
  const std::string text("line\r\n\0binary\xFF", 14);
  std::ofstream(path, std::ios::binary) << text;
  const SourcePtr source = read_file(path, 100);
  CHECK(source->name() == path);
  CHECK(source->text() == text);
  std::ofstream(folder / "empty").flush();
  CHECK(read_file(folder / "empty", 0)->text().empty());
  // Memory used again shows nothing of what it held.
  CHECK(read_text(path, 100, std::string(500, 'x')) == source->text());
  CHECK(read_text(path, 100, "x") == source->text());
  CHECK(read_text(folder / "empty", 0, std::string(500, 'x')).empty());
}

TEST_CASE("core: a file is read up to a limit and not beyond", "[core][file]") {
  const Folder folder;
  const std::string path = folder / "a";
  std::ofstream(path) << "12345";
  CHECK_NOTHROW(read_file(path, 6));
  CHECK_NOTHROW(read_file(path, 5));
  CHECK(failure(ErrorCode::limit_exceeded, [&] { (void)read_file(path, 4); }) ==
        "'" + path + "' is larger than the 4 bytes that are read at most");
}

TEST_CASE("core: what states no size is read to its end", "[core][file]") {
  if (!fs::exists("/proc/self/status")) return;
  CHECK(read_file("/proc/self/status", 1 << 20)->text().size() > 100);
  CHECK(failure(ErrorCode::limit_exceeded, [&] { (void)read_file("/proc/self/status", 100); }) !=
        "");
}

TEST_CASE("core: what is no file is not read, and nothing waits", "[core][file]") {
  const Folder folder;
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file(folder / "none", 9); }) ==
        "cannot read '" + (folder / "none") + "': No such file or directory");
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file(folder / ".", 9); }) ==
        "cannot read '" + (folder / ".") + "': it is a folder");
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file("/dev/zero", 9); }) ==
        "cannot read '/dev/zero': it is not an ordinary file");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file(folder / "pipe", 9); }) ==
        "cannot read '" + (folder / "pipe") + "': it is not an ordinary file");
  const std::string nul("a\0b", 3);
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file(nul, 9); }) ==
        "cannot read 'a\\u{0}b': the name contains a NUL character");
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file("\x1B[31m", 9); }) ==
        "cannot read '\\u{1B}[31m': No such file or directory");
}

TEST_CASE("core: a file that may not be read says so", "[core][file]") {
  if (::geteuid() == 0) return;  // root may read all
  const Folder folder;
  std::ofstream(folder / "secret") << "x";
  fs::permissions(folder / "secret", fs::perms::none);
  CHECK(failure(ErrorCode::no_such_file, [&] { (void)read_file(folder / "secret", 9); }) ==
        "cannot read '" + (folder / "secret") + "': Permission denied");
}

TEST_CASE("core: a file is written whole and leaves nothing beside it", "[core][file]") {
  const Folder folder;
  const std::string text("a\0b\r\n", 5);
  write_file(folder / "out.json", text, Overwrite::no);
  CHECK(content_of(folder / "out.json") == text);
  CHECK(folder.names() == Names{"out.json"});
  write_file(folder / "empty", "", Overwrite::no);
  CHECK(content_of(folder / "empty").empty());
  const std::string large(5'000'000, 'x');
  write_file(folder / "out.json", large, Overwrite::yes);
  CHECK(content_of(folder / "out.json") == large);
  CHECK(folder.names() == Names{"empty", "out.json"});
}

TEST_CASE("core: without leave an existing file stays as it is", "[core][file]") {
  const Folder folder;
  std::ofstream(folder / "out") << "old";
  CHECK(failure(ErrorCode::file_exists, [&] {
          write_file(folder / "out", "new", Overwrite::no);
        }) == "cannot write '" + (folder / "out") + "': it exists already");
  CHECK(content_of(folder / "out") == "old");
  CHECK(folder.names() == Names{"out"});
}

TEST_CASE("core: of many writers without leave exactly one succeeds", "[core][file]") {
  const Folder folder;
  std::atomic<int> written = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer) {
    writers.emplace_back([&, writer] {
      try {
        write_file(folder / "out", std::string(100'000, static_cast<char>('a' + writer)),
                   Overwrite::no);
        ++written;
      } catch (const Error&) {
        // somebody was faster
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(written == 1);
  CHECK(folder.names() == Names{"out"});
  const std::string content = content_of(folder / "out");
  CHECK(content == std::string(100'000, content.at(0)));
}

TEST_CASE("core: links, folders and devices are not replaced", "[core][file]") {
  const Folder folder;
  std::ofstream(folder / "target") << "old";
  fs::create_symlink("target", folder / "link");
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "link", "new", Overwrite::yes);
        }) == "cannot write '" + (folder / "link") + "': it is a symbolic link");
  fs::create_symlink("nothing", folder / "dangling");
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "dangling", "new", Overwrite::no);
        }) == "cannot write '" + (folder / "dangling") + "': it is a symbolic link");
  fs::create_directory(folder / "folder");
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "folder", "new", Overwrite::yes);
        }) == "cannot write '" + (folder / "folder") + "': it is a folder");
  CHECK(failure(ErrorCode::cannot_write, [&] { write_file("/dev/full", "new", Overwrite::yes); }) ==
        "cannot write '/dev/full': it is not an ordinary file");
  CHECK(content_of(folder / "target") == "old");
  CHECK(folder.names() == Names{"dangling", "folder", "link", "target"});
}

TEST_CASE("core: a place where nothing can be written is named with its reason", "[core][file]") {
  const Folder folder;
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "no/out", "x", Overwrite::yes);
        }) == "cannot write '" + (folder / "no/out") + "': No such file or directory");
  CHECK(failure(ErrorCode::cannot_write, [&] { write_file("", "x", Overwrite::yes); }) ==
        "cannot write '': the name is empty");
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "out/", "x", Overwrite::yes);
        }) == "cannot write '" + (folder / "out/") + "': the name is that of a folder");
  std::ofstream(folder / "file") << "x";
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / "file/out", "x", Overwrite::yes);
        }) == "cannot write '" + (folder / "file/out") + "': Not a directory");
  const std::string longest(255, 'n');
  CHECK_NOTHROW(write_file(folder / longest, "x", Overwrite::no));
  CHECK(failure(ErrorCode::cannot_write, [&] {
          write_file(folder / (longest + "n"), "x", Overwrite::no);
        }) == "cannot write '" + (folder / (longest + "n")) + "': File name too long");
  CHECK(folder.names() == Names{"file", longest});
}

TEST_CASE("core: a folder that may not be written says so", "[core][file]") {
  if (::geteuid() == 0) return;  // root may write anywhere
  const Folder folder;
  fs::permissions(folder / ".", fs::perms::owner_read | fs::perms::owner_exec);
  CHECK(failure(ErrorCode::cannot_write, [&] { write_file(folder / "out", "x", Overwrite::no); }) ==
        "cannot write '" + (folder / "out") + "': Permission denied");
  fs::permissions(folder / ".", fs::perms::owner_all);
}

TEST_CASE("core: a file that does not fit leaves the old one and nothing else", "[core][file]") {
  const Folder folder;
  std::ofstream(folder / "out") << "old";
  struct rlimit before {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = before;
  std::string words;
  for (const std::size_t room : {0u, 1u, 4'096u, 99'999u}) {
    small.rlim_cur = room;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    words = failure(ErrorCode::cannot_write,
                    [&] { write_file(folder / "out", std::string(100'000, 'x'), Overwrite::yes); });
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(words == "cannot write '" + (folder / "out") +
                       "': File too large (100000 bytes were to be written)");
    CHECK(content_of(folder / "out") == "old");
    CHECK(folder.names() == Names{"out"});
  }
  std::signal(SIGXFSZ, handler);
  write_file(folder / "out", std::string(100'000, 'x'), Overwrite::yes);
  CHECK(content_of(folder / "out").size() == 100'000);
}

TEST_CASE("core: a replaced file keeps who may read it", "[core][file]") {
  const Folder folder;
  std::ofstream(folder / "out") << "old";
  REQUIRE(::chmod((folder / "out").c_str(), 0600) == 0);
  write_file(folder / "out", "new", Overwrite::yes);
  struct stat status {};
  REQUIRE(::stat((folder / "out").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  const mode_t mask = ::umask(027);
  write_file(folder / "fresh", "new", Overwrite::no);
  ::umask(mask);
  REQUIRE(::stat((folder / "fresh").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("core: a reader sees the old or the new file and nothing between", "[core][file]") {
  const Folder folder;
  write_file(folder / "out", std::string(200'000, 'a'), Overwrite::no);
  std::atomic<bool> stop = false;
  std::atomic<int> torn = 0;
  std::thread reader([&] {
    while (!stop) {
      const SourcePtr source = read_file(folder / "out", 1 << 20);
      const std::string_view text = source->text();
      if (text.size() != 200'000 || text.find_first_not_of(text[0]) != text.npos) ++torn;
    }
  });
  for (int round = 0; round < 60; ++round) {
    write_file(folder / "out", std::string(200'000, static_cast<char>('a' + round % 26)),
               Overwrite::yes);
  }
  stop = true;
  reader.join();
  CHECK(torn == 0);
}

TEST_CASE("core: digests are those of FIPS 180-4", "[core][file]") {
  CHECK(sha256("") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
