// eraudit help [COMMAND | DIAGNOSTIC], eraudit version

#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/report/texts.hpp"
#include "exit_code.hpp"

namespace eraudit::cli {

int run_version(const Arguments&) {
  print(fmt::format("eraudit {}\n", version()));
  return 0;
}

int run_help(const Arguments& arguments) {
  if (arguments.positional.empty()) {
    std::string text =
        "eraudit judges supplier and recruiter networks against rules of ethical recruitment, and "
        "says what\n"
        "is present, what is not known, and what to ask.\n\n"
        "  eraudit demo                 see it work on a sample\n"
        "  eraudit check network.yaml   check your own\n\n"
        "Commands\n";
    for (const Command& command : commands()) {
      text += fmt::format("  {:<10}{}\n", command.name, command.summary);
    }
    text +=
        "\n'eraudit help COMMAND' says more. Results go to standard output, everything else to "
        "standard "
        "error.\nExit codes: 0 checked, 1 found, 2 undecided or a rule broke, 3 nothing was "
        "checked,\n"
        "64 usage, 65 bad data or rule, 66 no input, 70 internal error, 73 cannot write, 130 "
        "interrupted.\n";
    print(text);
    return 0;
  }
  const std::string& topic = arguments.positional[0];
  if (const Command* command = find_command(topic)) {
    print(usage_of(*command));
    return 0;
  }
  TextOptions options;
  options.width = terminal_width();
  if (const std::string text = describe_diagnostic(topic, options); !text.empty()) {
    print(text);
    return 0;
  }
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  for (const std::string_view id : diagnostic_ids()) names.push_back(id);
  throw UsageError{fmt::format("there is no command or diagnostic '{}'", topic),
                   suggest(topic, names)};
}

}  // namespace eraudit::cli
