#pragma once
// The commands: one table drives parsing, help and docs.

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eraudit::cli {

namespace po = boost::program_options;

/// What a command was given.
struct Arguments {
  std::vector<std::string> positional;
  po::variables_map options;

  [[nodiscard]] bool has(const char* name) const { return options.count(name) != 0; }
  [[nodiscard]] std::string text(const char* name, std::string otherwise = {}) const {
    return has(name) ? options[name].as<std::string>() : std::move(otherwise);
  }
  [[nodiscard]] std::vector<std::string> texts(const char* name) const {
    return has(name) ? options[name].as<std::vector<std::string>>() : std::vector<std::string>();
  }
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< `NETWORK`, `RULE SUBJECT NETWORK`
  std::string_view summary;    ///< one line
  std::string_view examples;   ///< lines for the help, what people do most first
  void (*declare)(po::options_description& options);
  int (*run)(const Arguments& arguments);
};

[[nodiscard]] std::span<const Command> commands();
/// Null if there is none.
[[nodiscard]] const Command* find_command(std::string_view name);

/// Thrown for what the user typed; the text names it and says what to write.
struct UsageError {
  std::string message;
  std::string help;
};

/// The command's options, with the ones that all commands have.
[[nodiscard]] po::options_description options_of(const Command& command);
/// Throws `UsageError`: unknown options come with the nearest one.
[[nodiscard]] Arguments parse(const Command& command, const std::vector<std::string>& words);
[[nodiscard]] std::string usage_of(const Command& command);

// Parts of `rules`.
int run_rules_cost(const Arguments&);
int run_rules_fmt(const Arguments&);
int run_rules_lint(const Arguments&);
int run_rules_new(const Arguments&);
int run_rules_test(const Arguments&);

// The commands themselves, one file each.
int run_ask(const Arguments&);
int run_check(const Arguments&);
int run_demo(const Arguments&);
int run_explain(const Arguments&);
int run_help(const Arguments&);
int run_import(const Arguments&);
int run_report(const Arguments&);
int run_rules(const Arguments&);
int run_schema(const Arguments&);
int run_validate(const Arguments&);
int run_version(const Arguments&);

}  // namespace eraudit::cli
