#include "eraudit/import/detail/zip_archive.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <zip.h>

#include "eraudit/import/detail/fields.hpp"

namespace eraudit::detail {
namespace {

/// Parts below this may be packed as well as they like: a sheet of blanks is no attack.
constexpr std::uint64_t ratio_from = 1u << 20;
constexpr std::size_t piece = 1u << 16;

std::uint64_t little_endian(std::string_view text, std::size_t at, std::size_t bytes) noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = bytes; i > 0; --i) {
    out = out << 8u | static_cast<unsigned char>(text[at + i - 1]);
  }
  return out;
}

bool leads_elsewhere(std::string_view name) noexcept {
  if (name.empty() || name.front() == '/') return true;
  if (name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos) {
    return true;
  }
  if (name.size() > 1 && name[1] == ':') return true;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") return true;
    at = end + 1;
  }
  return false;
}

struct ZipError {
  zip_error_t error{};
  ZipError() { zip_error_init(&error); }
  ~ZipError() { zip_error_fini(&error); }
  ZipError(const ZipError&) = delete;
  ZipError& operator=(const ZipError&) = delete;
};

struct CloseFile {
  void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

}  // namespace

struct ZipArchive::Handle {
  zip_t* zip = nullptr;
  ~Handle() {
    if (zip != nullptr) zip_discard(zip);
  }
};

ZipArchive::ZipArchive(SourcePtr file, const WorkbookLimits& limits)
    : file_(std::move(file)), limits_(limits), handle_(std::make_unique<Handle>()) {}

ZipArchive::~ZipArchive() = default;

void ZipArchive::refuse(Diagnostics& diagnostics, std::string_view id, std::string message,
                        std::string help) const {
  diagnostics.error(file_->name(), id, std::move(message), std::move(help));
}

std::unique_ptr<ZipArchive> ZipArchive::open(SourcePtr file, const WorkbookLimits& limits,
                                             Diagnostics& diagnostics) {
  std::unique_ptr<ZipArchive> out(new ZipArchive(std::move(file), limits));
  if (!out->check_end_record(diagnostics)) return nullptr;
  const std::string_view text = out->file_->text();
  ZipError error;
  zip_source_t* source = zip_source_buffer_create(text.data(), text.size(), 0, &error.error);
  if (source != nullptr) {
    out->handle_->zip = zip_open_from_source(source, ZIP_RDONLY, &error.error);
    if (out->handle_->zip == nullptr) zip_source_free(source);
  }
  if (out->handle_->zip == nullptr) {
    out->refuse(diagnostics, "xlsx-damaged",
                fmt::format("the file cannot be unpacked: {}", zip_error_strerror(&error.error)),
                "it may have been cut off on its way; ask for it again");
    return nullptr;
  }
  if (!out->check_entries(diagnostics)) return nullptr;
  return out;
}

/// Before anything is allocated for them: how many entries the directory says there are.
bool ZipArchive::check_end_record(Diagnostics& diagnostics) const {
  const std::string_view text = file_->text();
  constexpr std::size_t record = 22;
  constexpr std::string_view mark = "PK\x05\x06";
  std::optional<std::size_t> end;
  if (text.size() >= record) {
    const std::size_t first = text.size() - std::min<std::size_t>(text.size(), record + 65'535);
    const std::size_t at = text.rfind(mark, text.size() - record);
    if (at != std::string_view::npos && at >= first) end = at;
  }
  if (!end) {
    refuse(diagnostics, "xlsx-damaged", "the file begins like a workbook, and its end is missing",
           "it was cut off on its way; ask for it again");
    return false;
  }
  std::uint64_t entries = little_endian(text, *end + 10, 2);
  if (entries == 0xFFFF && *end >= 20 && text.substr(*end - 20, 4) == "PK\x06\x07") {
    const std::uint64_t at = little_endian(text, *end - 20 + 8, 8);
    if (at <= text.size() && text.size() - at >= 40)
      entries = little_endian(text, static_cast<std::size_t>(at) + 32, 8);
  }
  if (entries > limits_.entries) {
    refuse(diagnostics, "xlsx-too-many-entries",
           fmt::format("the file holds {} parts; at most {} are read", entries, limits_.entries),
           "a workbook has a few dozen");
    return false;
  }
  return true;
}

bool ZipArchive::check_entries(Diagnostics& diagnostics) {
  const auto count =
      static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(handle_->zip, 0), 0));
  if (count > limits_.entries) {
    refuse(diagnostics, "xlsx-too-many-entries",
           fmt::format("the file holds {} parts; at most {} are read", count, limits_.entries),
           "a workbook has a few dozen");
    return false;
  }
  std::uint64_t unpacked = 0;
  for (zip_uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(handle_->zip, i, ZIP_FL_ENC_RAW, &stat) != 0 ||
        (stat.valid & ZIP_STAT_NAME) == 0) {
      refuse(diagnostics, "xlsx-damaged", "the list of the file's parts is damaged");
      return false;
    }
    const std::string_view name = stat.name;
    if (leads_elsewhere(name)) {
      refuse(diagnostics, "xlsx-entry-name",
             fmt::format("a part is called {}, which leads out of the file", in_quotes(name)),
             "no program that writes workbooks does this; do not open the file elsewhere either");
      return false;
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      refuse(diagnostics, "xlsx-encrypted", "the file is protected by a password",
             "save a copy without one");
      return false;
    }
    const std::uint64_t size = (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
    const std::uint64_t packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    if (size > limits_.unpacked_bytes || (unpacked += size) > limits_.unpacked_bytes) {
      refuse(diagnostics, "xlsx-too-large",
             fmt::format("unpacked, the file has more than {} bytes, which is not read",
                         limits_.unpacked_bytes));
      return false;
    }
    if (size > ratio_from && size / limits_.ratio > packed) {
      refuse(diagnostics, "xlsx-bomb",
             fmt::format("the part {} grows from {} to {} bytes when it is unpacked; at most {} "
                         "times as much is read",
                         in_quotes(name), packed, size, limits_.ratio),
             "such a file is made to exhaust the machine that opens it");
      return false;
    }
    names_.emplace_back(name);
  }
  if (unpacked > ratio_from && unpacked / limits_.ratio > file_->text().size()) {
    refuse(diagnostics, "xlsx-bomb",
           fmt::format("the file grows from {} to {} bytes when it is unpacked; at most {} times "
                       "as much is read",
                       file_->text().size(), unpacked, limits_.ratio),
           "such a file is made to exhaust the machine that opens it");
    return false;
  }
  std::sort(names_.begin(), names_.end());
  if (const auto twice = std::adjacent_find(names_.begin(), names_.end()); twice != names_.end()) {
    refuse(diagnostics, "xlsx-entry-twice",
           fmt::format("the part {} stands in the file twice, and programs differ in which they "
                       "show",
                       in_quotes(*twice)),
           "open it, look at it, and save it anew");
    return false;
  }
  return true;
}

bool ZipArchive::contains(std::string_view name) const {
  return std::binary_search(names_.begin(), names_.end(), name,
                            [](std::string_view a, std::string_view b) { return a < b; });
}

bool ZipArchive::read(std::string_view name, const std::function<bool(std::string_view)>& sink,
                      Diagnostics& diagnostics) const {
  const std::string part(name);
  const zip_int64_t index = zip_name_locate(handle_->zip, part.c_str(), ZIP_FL_ENC_RAW);
  if (index < 0) {
    refuse(diagnostics, "xlsx-part-missing",
           fmt::format("the workbook names a part {}, which is not in it", in_quotes(name)),
           "it may have been damaged; open it, and save it anew");
    return false;
  }
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_stat_index(handle_->zip, static_cast<zip_uint64_t>(index), 0, &stat);
  const std::unique_ptr<zip_file_t, CloseFile> file(
      zip_fopen_index(handle_->zip, static_cast<zip_uint64_t>(index), 0));
  const auto damaged = [&](std::string_view why) {
    refuse(diagnostics, "xlsx-damaged",
           fmt::format("the part {} cannot be unpacked: {}", in_quotes(name), why),
           "it may have been damaged on its way; ask for it again");
    return false;
  };
  if (!file) return damaged(zip_strerror(handle_->zip));
  std::array<char, piece> buffer;
  std::uint64_t total = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) return damaged(zip_error_strerror(zip_file_get_error(file.get())));
    if (got == 0) break;
    total += static_cast<std::uint64_t>(got);
    // The directory may lie.
    if (total > limits_.unpacked_bytes || total > stat.size ||
        (total > ratio_from && total / limits_.ratio > stat.comp_size)) {
      refuse(diagnostics, "xlsx-bomb",
             fmt::format("the part {} grows to more than it says when it is unpacked",
                         in_quotes(name)),
             "such a file is made to exhaust the machine that opens it");
      return false;
    }
    if (!sink(std::string_view(buffer.data(), static_cast<std::size_t>(got)))) return true;
  }
  if (total != stat.size) return damaged("it is shorter than it says");
  return true;
}

bool ZipArchive::read(std::string_view name, std::string& out, std::size_t max_bytes,
                      Diagnostics& diagnostics) const {
  out.clear();
  bool fits = true;
  const bool whole = read(
      name,
      [&](std::string_view bytes) {
        fits = out.size() + bytes.size() <= max_bytes;
        if (fits) out += bytes;
        return fits;
      },
      diagnostics);
  if (whole && !fits) {
    refuse(diagnostics, "xlsx-part-too-large",
           fmt::format("the part {} has more than {} bytes", in_quotes(name), max_bytes));
  }
  return whole && fits;
}

}  // namespace eraudit::detail
