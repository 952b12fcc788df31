#pragma once
// A report that was written: what every format but `json` is made of.

#include <memory>
#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/report/report.hpp"

namespace eraudit {

/// A `report.json` that has the shape its schema demands. Immutable, a cheap handle; safe from many
/// threads.
class ERAUDIT_API ReportFile {
 public:
  /// The canonical text, as `write_report_json` wrote it.
  [[nodiscard]] std::string_view text() const noexcept { return document_->source().text(); }
  [[nodiscard]] DocumentNode root() const noexcept { return document_->root(); }

  explicit ReportFile(DocumentPtr document) : document_(std::move(document)) {}

 private:
  DocumentPtr document_;
};

/// Reads what `write_report_json` wrote. All mistakes are collected: what is no JSON, what does not
/// have the shape (with its place), and a `report_id` that is not the digest of what follows it:
/// such a report was changed after it was written. O(bytes); about ten times its size in memory.
[[nodiscard]] ERAUDIT_API Checked<ReportFile> read_report(SourcePtr source);

/// The report of `assessment`, ready for the other formats.
[[nodiscard]] ERAUDIT_API ReportFile make_report(const Assessment& assessment,
                                                 const ReportOptions& options = {});

}  // namespace eraudit
