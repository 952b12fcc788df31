#pragma once
// An XLSX workbook: its sheets, shared texts and formats.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/limits.hpp"
#include "eraudit/import/detail/number_format.hpp"
#include "eraudit/import/detail/table.hpp"
#include "eraudit/import/detail/zip_archive.hpp"

namespace eraudit::detail {

/// Texts that cells refer to by number.
class SharedTexts {
 public:
  void add(std::string_view text);
  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept;

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

class Workbook : public std::enable_shared_from_this<Workbook> {
 public:
  struct Sheet {
    std::string name;
    std::string part;  ///< of the archive; empty if it is no table (a chart)
    bool hidden = false;
  };

  /// Null if it is refused, with the reason.
  static std::shared_ptr<const Workbook> open(SourcePtr file, const WorkbookLimits& limits,
                                              const Limits& general, Diagnostics& diagnostics);

  [[nodiscard]] const std::vector<Sheet>& sheets() const noexcept { return sheets_; }
  /// A sheet that is a table. Keeps the workbook.
  [[nodiscard]] std::unique_ptr<Table> table(std::size_t sheet) const;

  // For its tables.
  [[nodiscard]] const std::string& name() const noexcept { return file_->name(); }
  [[nodiscard]] const ZipArchive& archive() const noexcept { return *archive_; }
  [[nodiscard]] const WorkbookLimits& limits() const noexcept { return limits_; }
  [[nodiscard]] const Limits& general_limits() const noexcept { return general_; }
  [[nodiscard]] const SharedTexts& texts() const noexcept { return texts_; }
  [[nodiscard]] NumberFormat format(std::uint32_t style) const noexcept {
    return style < formats_.size() ? formats_[style] : NumberFormat{};
  }
  [[nodiscard]] bool from_1904() const noexcept { return from_1904_; }

 private:
  Workbook(SourcePtr file, const WorkbookLimits& limits, const Limits& general);
  bool read(Diagnostics& diagnostics);
  bool read_workbook(const std::string& part, Diagnostics& diagnostics);
  bool read_formats(const std::string& part, Diagnostics& diagnostics);
  bool read_texts(const std::string& part, Diagnostics& diagnostics);

  SourcePtr file_;
  WorkbookLimits limits_;
  Limits general_;
  std::unique_ptr<ZipArchive> archive_;
  std::vector<Sheet> sheets_;
  SharedTexts texts_;
  std::vector<NumberFormat> formats_;  ///< by style of a cell
  bool from_1904_ = false;
};

/// `F17`; `column` from 0.
[[nodiscard]] std::string cell_address(std::size_t column, std::uint32_t row);

}  // namespace eraudit::detail
