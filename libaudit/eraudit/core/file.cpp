#include "eraudit/core/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit {
namespace {

/// What the system says about `number`, in English whatever the locale.
std::string system_words(int number) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 32)
  if (const char* words = ::strerrordesc_np(number)) return words;
#endif
  return "system error " + std::to_string(number);
}

class File {
 public:
  explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { close(); }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// Zero, or the error number.
  int close() noexcept {
    if (descriptor_ < 0) return 0;
    return ::close(std::exchange(descriptor_, -1)) == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int descriptor_;
};

int open_file(const std::string& path, int flags, mode_t mode = 0) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

[[noreturn]] void cannot_read(const std::string& path, const std::string& why) {
  throw Error(ErrorCode::no_such_file, "cannot read '" + printable(path) + "': " + why);
}

[[noreturn]] void cannot_write(const std::string& path, const std::string& why) {
  throw Error(ErrorCode::cannot_write, "cannot write '" + printable(path) + "': " + why);
}

[[noreturn]] void already_there(const std::string& path) {
  throw Error(ErrorCode::file_exists, "cannot write '" + printable(path) + "': it exists already");
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder";
  if (S_ISLNK(mode)) return "it is a symbolic link";
  return "it is not an ordinary file";
}

/// A file beside the target that is gone when this object is, unless it was renamed.
class Temporary {
 public:
  Temporary(const std::string& target, mode_t mode) {
    // The name does not grow with the target's, which may be as long as the system allows.
    const std::string prefix =
        folder_of(target) + "/.eraudit-" + std::to_string(static_cast<long long>(::getpid())) + "-";
    for (unsigned attempt = 0; attempt < 10'000; ++attempt) {
      path_ = prefix + std::to_string(attempt) + ".tmp";
      descriptor_ = open_file(path_, O_WRONLY | O_CREAT | O_EXCL, mode);
      if (descriptor_ >= 0 || errno != EEXIST) break;
    }
    if (descriptor_ < 0) cannot_write(target, system_words(errno));
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!renamed_) ::unlink(path_.c_str());
  }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  void renamed() noexcept { renamed_ = true; }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

/// Gives `from` the name `to` if nothing has it: zero, or the error number.
int rename_to_new(const std::string& from, const std::string& to) {
#if defined(RENAME_NOREPLACE)
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
#endif
  // A file system that cannot do it in one step: a second name, which must be new, then one less.
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  ::unlink(from.c_str());
  return 0;
}

int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written =
        ::write(descriptor, content.data(), std::min<std::size_t>(content.size(), 1u << 30));
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    if (written == 0) return ENOSPC;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Makes the rename durable. A file system that cannot say so (EINVAL) has done what it can, and
/// after the rename there is nothing to take back: the file is there and whole.
void flush_folder(const std::string& folder) {
  const File handle(open_file(folder, O_RDONLY | O_DIRECTORY));
  if (handle.descriptor() >= 0) (void)::fsync(handle.descriptor());
}

}  // namespace

SourcePtr read_file(const std::string& path, std::size_t max_bytes) {
  return std::make_shared<const Source>(path, read_text(path, max_bytes));
}

std::string read_text(const std::string& path, std::size_t max_bytes, std::string buffer) {
  if (path.find('\0') != std::string::npos) cannot_read(path, "the name contains a NUL character");
  // Without O_NONBLOCK the opening of a pipe that nobody writes to would wait for ever.
  const File file(open_file(path, O_RDONLY | O_NONBLOCK));
  if (file.descriptor() < 0) cannot_read(path, system_words(errno));
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) cannot_read(path, system_words(errno));
  if (!S_ISREG(status.st_mode)) cannot_read(path, std::string(kind_of(status.st_mode)));

  const auto too_large = [&] {
    throw Error(ErrorCode::limit_exceeded, "'" + printable(path) + "' is larger than the " +
                                               std::to_string(max_bytes) +
                                               " bytes that are read at most");
  };
  const auto stated = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  if (stated > max_bytes) too_large();
  std::string text = std::move(buffer);
  if (text.capacity() <= stated) text = std::string();  // growing would copy what is lost anyway
  std::size_t size = 0;
  // The stated size is a hint: the file may grow, and some files of the system state zero.
  for (text.resize(stated + 1);;) {
    if (size == text.size()) text.resize(size + std::max<std::size_t>(size / 2, 1u << 16));
    const ssize_t got = ::read(file.descriptor(), text.data() + size, text.size() - size);
    if (got < 0) {
      if (errno == EINTR) continue;
      cannot_read(path, system_words(errno));
    }
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > max_bytes) too_large();
  }
  text.resize(size);
  return text;
}

void write_file(const std::string& path, std::string_view content, Overwrite overwrite) {
  if (path.empty()) cannot_write(path, "the name is empty");
  if (path.find('\0') != std::string::npos) cannot_write(path, "the name contains a NUL character");
  if (path.back() == '/') cannot_write(path, "the name is that of a folder");
  struct stat existing {};
  const bool exists = ::lstat(path.c_str(), &existing) == 0;
  if (!exists && errno != ENOENT) cannot_write(path, system_words(errno));
  // A rename would replace the link or the device itself, which nobody means.
  if (exists && !S_ISREG(existing.st_mode))
    cannot_write(path, std::string(kind_of(existing.st_mode)));
  if (exists && overwrite == Overwrite::no) already_there(path);

  Temporary temporary(path, exists ? (existing.st_mode & 07777) : 0666);
  File file(temporary.descriptor());
  const auto fail = [&](int number) {
    cannot_write(path, system_words(number) + " (" + std::to_string(content.size()) +
                           " bytes were to be written)");
  };
  // What somebody has closed to others stays closed, whatever the umask says.
  if (exists && ::fchmod(file.descriptor(), existing.st_mode & 07777) != 0) fail(errno);
  if (const int number = write_all(file.descriptor(), content)) fail(number);
  if (::fsync(file.descriptor()) != 0 && errno != EINVAL) fail(errno);
  if (const int number = file.close()) fail(number);

  if (overwrite == Overwrite::yes) {
    if (::rename(temporary.path().c_str(), path.c_str()) != 0)
      cannot_write(path, system_words(errno));
  } else if (const int number = rename_to_new(temporary.path(), path)) {
    if (number == EEXIST) already_there(path);
    cannot_write(path, system_words(number));
  }
  temporary.renamed();
  flush_folder(folder_of(path));
}

std::string sha256(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(content.data(), content.size(), digest.data(), &size, EVP_sha256(), nullptr) !=
      1) {
    throw Error(ErrorCode::internal, "SHA-256 is not available");
  }
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  std::string out = "sha256:";
  for (unsigned int index = 0; index < size; ++index) {
    out += hexadecimal[digest[index] >> 4u];
    out += hexadecimal[digest[index] & 15u];
  }
  return out;
}

}  // namespace eraudit
