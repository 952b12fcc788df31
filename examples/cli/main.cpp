// The auditors' command. It alone prints, reads the clock and the environment; all it does beyond
// that is in the library.

#include <fmt/format.h>
#include <string>
#include <vector>

#include "command.hpp"
#include "console.hpp"
#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "exit_code.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_argument:
      return usage;
    case ErrorCode::no_such_file:
      return no_input;
    case ErrorCode::file_exists:
    case ErrorCode::cannot_write:
      return cannot_write;
    case ErrorCode::bad_content:
    case ErrorCode::limit_exceeded:
      return bad_data;
    case ErrorCode::internal:
      return internal;
  }
  return internal;
}

std::string unknown_command(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return suggest(name, names);
}

int run(const std::vector<std::string>& words) {
  if (words.empty()) {
    run_help({});
    return usage;
  }
  std::string name = words.front();
  if (name == "--help" || name == "-h") name = "help";
  if (name == "--version") name = "version";
  const Command* command = find_command(name);
  if (command == nullptr) {
    throw UsageError{fmt::format("there is no command '{}'", name), unknown_command(name)};
  }
  const Arguments arguments = parse(*command, {words.begin() + 1, words.end()});
  if (arguments.has("help")) {
    print(usage_of(*command));
    return 0;
  }
  return command->run(arguments);
}

}  // namespace
}  // namespace eraudit::cli

int main(int argc, char* argv[]) {
  using namespace eraudit;
  using namespace eraudit::cli;
  try {
    return run({argv + 1, argv + argc});
  } catch (const UsageError& error) {
    note(fmt::format("eraudit: {}\n", error.message));
    if (!error.help.empty()) note(fmt::format("  help: {}\n", error.help));
    note("  'eraudit help' lists the commands\n");
    return usage;
  } catch (const BadInput& bad) {
    note(to_text(bad.diagnostics));
    return bad_data;
  } catch (const Error& error) {
    note(fmt::format("eraudit: {}\n", error.what()));
    if (error.code() == ErrorCode::file_exists) note("  help: --force replaces files that exist\n");
    return exit_code(error.code());
  } catch (const std::bad_alloc&) {
    note("eraudit: not enough memory\n");
    return internal;
  } catch (const std::exception& error) {
    note(fmt::format("eraudit: internal error: {}\n", error.what()));
    return internal;
  }
}
