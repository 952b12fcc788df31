// eraudit report REPORT

#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/report/report_file.hpp"
#include "eraudit/report/summary.hpp"
#include "inputs.hpp"
#include "language.hpp"
#include "outputs.hpp"

namespace eraudit::cli {

int run_report(const Arguments& arguments) {
  require_positional(arguments, 1, "REPORT");
  const std::vector<Output> outputs = outputs_of(arguments, Text::refused);
  if (outputs.empty()) {
    throw UsageError{"which format?", "write it as --format html=report.html"};
  }
  const std::string language = text_options(arguments).language;
  const ReportFile report =
      require(read_report(read_file(arguments.positional[0], Limits{}.data_file_bytes)));
  settle_language(language, report);
  for (const Output& output : outputs) {
    put(arguments, output, output.format->write(report, language));
  }
  return 0;
}

}  // namespace eraudit::cli
