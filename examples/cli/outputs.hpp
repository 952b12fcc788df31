#pragma once
// What a command writes where: `--format html=report.html`.

#include <string>
#include <vector>

#include "command.hpp"
#include "eraudit/report/formats.hpp"

namespace eraudit::cli {

struct Output {
  const ReportFormat* format = nullptr;  ///< null: text, as terminals show it
  std::string file;                      ///< empty: standard output
};

/// Whether `text` is a format: it is made of an assessment, not of a report.
enum class Text : bool { refused, allowed };

/// What `--format` says; text, if it may be and nothing is said.
[[nodiscard]] std::vector<Output> outputs_of(const Arguments& arguments, Text text);

void put(const Arguments& arguments, const Output& output, const std::string& content);

}  // namespace eraudit::cli
