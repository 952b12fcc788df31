// eraudit demo

#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/report/summary.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"
#include "sample.hpp"

namespace eraudit::cli {

int run_demo(const Arguments& arguments) {
  require_positional(arguments, 0, "");
  const TextOptions options = text_options(arguments);
  if (arguments.has("write")) {
    const std::filesystem::path folder = arguments.text("write");
    std::error_code error;
    if (std::filesystem::exists(folder) || !std::filesystem::create_directories(folder, error)) {
      throw Error(ErrorCode::cannot_write,
                  fmt::format("'{}' exists or cannot be made", folder.string()));
    }
    write_file((folder / "network.yaml").string(), sample_network, Overwrite::no);
    write_file((folder / "rates.yaml").string(), sample_rates, Overwrite::no);
    print(fmt::format("Try\n  eraudit check {0} --rates {0}/rates.yaml\n", folder.string()));
    return 0;
  }
  const auto source = [](const char* name, std::string_view text) {
    return std::make_shared<const Source>(name, std::string(text));
  };
  const DocumentPtr document = require(read_yaml(source("network.yaml", sample_network)));
  const Network network = require(read_network(*document));
  const Rates rates = require(read_rates(source("rates.yaml", sample_rates)));
  const Assessment assessment = assess(arguments, network, rates);
  TextOptions text = options;
  text.risk = rate(assessment);
  print(summary(assessment, text));
  print(
      "\nThe sample is invented. 'eraudit demo --write sample' puts its files into a folder to "
      "play with.\n");
  return 0;
}

}  // namespace eraudit::cli
