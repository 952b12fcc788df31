#include "outputs.hpp"

#include <fmt/format.h>
#include <string_view>

#include "console.hpp"
#include "eraudit/core/file.hpp"

namespace eraudit::cli {
namespace {

/// `html=report.html`, or the format alone.
Output output_of(const std::string& word, Text text) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  Output output;
  output.format = find_report_format(name);
  if (output.format == nullptr && !(name == "text" && text == Text::allowed)) {
    std::vector<std::string_view> names;
    if (text == Text::allowed) names.emplace_back("text");
    for (const ReportFormat& format : report_formats()) names.push_back(format.name);
    throw UsageError{fmt::format("there is no format '{}'", name),
                     fmt::format("one of: {}", fmt::join(names, ", "))};
  }
  if (equals == std::string::npos) return output;
  output.file = word.substr(equals + 1);
  if (output.file.empty()) {
    throw UsageError{fmt::format("'{}' names no file", word),
                     fmt::format("write it as {0}=report.{0}", name)};
  }
  return output;
}

}  // namespace

std::vector<Output> outputs_of(const Arguments& arguments, Text text) {
  std::vector<Output> outputs;
  for (const std::string& word : arguments.texts("format")) {
    outputs.push_back(output_of(word, text));
  }
  if (outputs.empty() && text == Text::allowed) outputs.emplace_back();
  return outputs;
}

void put(const Arguments& arguments, const Output& output, const std::string& content) {
  if (output.file.empty()) {
    print(content);
    return;
  }
  write_file(output.file, content, arguments.has("force") ? Overwrite::yes : Overwrite::no);
}

}  // namespace eraudit::cli
