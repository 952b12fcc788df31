#pragma once
// The parts of a ZIP archive, read with mistrust.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/import/workbook_limits.hpp"

namespace eraudit::detail {

/// Nothing is ever written to disk, and an archive in an archive is not opened. What the directory
/// says is checked before anything is unpacked; what it hides is found while unpacking.
class ZipArchive {
 public:
  /// Null if it is refused, with the reason: damaged, encrypted, too many entries, too much when
  /// unpacked, names that lead elsewhere or stand twice.
  static std::unique_ptr<ZipArchive> open(SourcePtr file, const WorkbookLimits& limits,
                                          Diagnostics& diagnostics);
  ~ZipArchive();

  [[nodiscard]] bool contains(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

  /// A part as a stream of bytes; false from `sink` stops. False, with a reason, if it is damaged,
  /// grows beyond the limits or does not exist.
  bool read(std::string_view name, const std::function<bool(std::string_view)>& sink,
            Diagnostics& diagnostics) const;
  /// A whole part of at most `max_bytes`.
  bool read(std::string_view name, std::string& out, std::size_t max_bytes,
            Diagnostics& diagnostics) const;

 private:
  struct Handle;
  explicit ZipArchive(SourcePtr file, const WorkbookLimits& limits);
  bool check_end_record(Diagnostics& diagnostics) const;
  bool check_entries(Diagnostics& diagnostics);
  void refuse(Diagnostics& diagnostics, std::string_view id, std::string message,
              std::string help = {}) const;

  SourcePtr file_;
  WorkbookLimits limits_;
  std::unique_ptr<Handle> handle_;
  std::vector<std::string> names_;  ///< sorted
};

}  // namespace eraudit::detail
