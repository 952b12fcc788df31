#include "eraudit/report/report_file.hpp"

#include <fmt/format.h>

#include "eraudit/core/file.hpp"
#include "eraudit/report/detail/shape.hpp"

namespace eraudit {
namespace {

constexpr std::string_view form = "eraudit:report/1";

/// A report of a million findings is larger than any network that people write.
Limits report_limits() {
  Limits limits;
  limits.document_nodes = 200'000'000;
  limits.document_depth = 1'000;  // condition trees nest as deep as expressions do
  return limits;
}

const Document& report_shape() {
  static const DocumentPtr shape =
      read_json(
          std::make_shared<const Source>("report.schema.json", std::string(report_json_schema())))
          .value();
  return *shape;
}

/// Where the digest's text begins; nothing if the head is not as it is written.
std::optional<std::size_t> begin_of_body(std::string_view text, std::string_view digest) {
  const std::string head =
      fmt::format("{{\n  \"schema\": \"{}\",\n  \"report_id\": \"{}\",", form, digest);
  if (!text.starts_with(head)) return std::nullopt;
  return head.size();
}

void check_digest(const Document& document, Diagnostics& diagnostics) {
  const DocumentNode id = *document.root().find("report_id");
  const std::string_view text = document.source().text();
  const auto begin = begin_of_body(text, id.text());
  if (begin && sha256("{" + std::string(text.substr(*begin))) == id.text()) return;
  diagnostics.error(document.source(), id.span(), "report-digest",
                    "the report is not as it was written: 'report_id' is not the digest of it",
                    "take the file that 'eraudit check' wrote; an editor or a transfer that "
                    "changes line ends changes it too");
}

}  // namespace

Checked<ReportFile> read_report(SourcePtr source) {
  Checked<DocumentPtr> read = read_json(std::move(source), report_limits());
  if (!read) return read.diagnostics();
  const Document& document = **read;
  Diagnostics diagnostics = read.diagnostics();
  const DocumentNode root = document.root();
  const auto schema = root.is_map() ? root.find("schema") : std::nullopt;
  if (!schema || schema->text() != form) {
    diagnostics.error(document.source(), schema ? schema->span() : Span{0, 1}, "report-form",
                      fmt::format("this is no report of the form '{}'", form),
                      "'eraudit check NETWORK --format json=report.json' writes one");
    return diagnostics;
  }
  detail::check_shape(document, report_shape(), diagnostics);
  if (!diagnostics.has_errors()) check_digest(document, diagnostics);
  if (diagnostics.has_errors()) return diagnostics;
  return {ReportFile(*read), diagnostics};
}

ReportFile make_report(const Assessment& assessment, const ReportOptions& options) {
  auto source =
      std::make_shared<const Source>("report.json", write_report_json(assessment, options));
  return ReportFile(std::move(read_json(std::move(source), report_limits())).value());
}

}  // namespace eraudit
