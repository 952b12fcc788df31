#include "command.hpp"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <fmt/format.h>
#include <sstream>

#include "eraudit/core/suggest.hpp"
#include "inputs.hpp"

namespace eraudit::cli {
namespace {

void no_options(po::options_description&) {}

constexpr std::array command_table{
    Command{
        "check", "NETWORK", "judge a network and say what is present, not known, and to be asked",
        "  eraudit check network.yaml\n"
        "  eraudit check data/ --rates rates.yaml --as-of 2026-06-30 --format html=report.html\n"
        "  eraudit check network.yaml --rules my-rules/ --only recruitment-fees --fail-on high\n",
        declare_check, run_check},
    Command{"explain", "RULE SUBJECT NETWORK",
            "why a verdict came out as it did, with the values read and where they stand",
            "  eraudit explain recruitment-fees.worker-paid np-24 network.yaml\n", declare_explain,
            run_explain},
    Command{"ask", "NETWORK", "what would settle the undecided verdicts, as a work list",
            "  eraudit ask network.yaml --lang fr\n"
            "  eraudit ask network.yaml --format csv > asks.csv\n",
            declare_ask, run_ask},
    Command{"report", "REPORT", "write a report.json as HTML, Markdown, CSV or XML",
            "  eraudit report report.json --format html=report.html\n"
            "  eraudit report report.json --format md --lang fr\n",
            declare_report, run_report},
    Command{"validate", "FILE...",
            "look for mistakes in networks, rules, tables, mappings, schemas and rates",
            "  eraudit validate network.yaml my-rules/ rates.yaml\n", no_options, run_validate},
    Command{"import", "TABLE...", "make a network from tables with a mapping file",
            "  eraudit import --map mapping.yaml recruiters.csv -o network/\n", declare_import,
            run_import},
    Command{
        "rules",
        "list | show RULE | new [TEMPLATE ID] | test [FILE|FOLDER...] | lint [FILE|FOLDER...] | "
        "cost NETWORK | "
        "fmt FILE... | "
        "schema",
        "the rules; write, test, check and lay out rules of your own; a JSON Schema for editors",
        "  eraudit rules list\n"
        "  eraudit rules show recruitment-fees.worker-paid\n"
        "  eraudit rules new max_amount my.fee-ceiling\n"
        "  eraudit rules test my-rules/ --coverage --mutate\n"
        "  eraudit rules lint my-rules/\n"
        "  eraudit rules cost network.yaml --rules my-rules/\n"
        "  eraudit rules fmt --check my-rules/*.yaml\n",
        declare_rules, run_rules},
    Command{"schema", "show [NAME] | json [network|schema|rules|report] | xml",
            "what a network may say; JSON Schemas for editors; XML Schema of reports",
            "  eraudit schema show Cohort\n"
            "  eraudit schema json network > network.schema.json\n",
            declare_schema, run_schema},
    Command{"demo", "", "check the sample network that comes with the command",
            "  eraudit demo\n  eraudit demo --write sample/\n", declare_demo, run_demo},
    Command{"help", "[COMMAND | DIAGNOSTIC]", "help for a command, or what a diagnostic means",
            "  eraudit help check\n  eraudit help yaml-duplicate-key\n", no_options, run_help},
    Command{"version", "", "the version", "", no_options, run_version},
};

}  // namespace

std::span<const Command> commands() {
  return command_table;
}

const Command* find_command(std::string_view name) {
  const auto at = std::find_if(command_table.begin(), command_table.end(),
                               [&](const Command& command) { return command.name == name; });
  return at == command_table.end() ? nullptr : &*at;
}

po::options_description options_of(const Command& command) {
  po::options_description options("Options", 80, 40);
  command.declare(options);
  options.add_options()("help,h", "this text");
  return options;
}

namespace {

std::string suggest_option(const std::string& given, const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  const std::vector<std::string_view> views(names.begin(), names.end());
  return suggest(given, views);
}

}  // namespace

Arguments parse(const Command& command, const std::vector<std::string>& words) {
  const po::options_description visible = options_of(command);
  po::options_description all;
  all.add(visible).add_options()("positional", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("positional", -1);
  Arguments arguments;
  try {
    using Style = po::command_line_style::style_t;
    // No guessing: `--rule` is not `--rules`.
    const int style = Style::unix_style & ~Style::allow_guessing;
    po::store(po::command_line_parser(words).options(all).positional(positional).style(style).run(),
              arguments.options);
    po::notify(arguments.options);
  } catch (const po::unknown_option& error) {
    throw UsageError{fmt::format("'{}' has no option '{}'", command.name, error.get_option_name()),
                     suggest_option(error.get_option_name(), visible)};
  } catch (const po::error& error) {
    throw UsageError{error.what(), fmt::format("see 'eraudit help {}'", command.name)};
  }
  arguments.positional = arguments.texts("positional");
  return arguments;
}

std::string usage_of(const Command& command) {
  std::ostringstream text;
  text << "eraudit " << command.name << (command.arguments.empty() ? "" : " ") << command.arguments
       << "\n    " << command.summary << "\n";
  if (!command.examples.empty()) text << "\nExamples\n" << command.examples;
  text << '\n' << options_of(command);
  return text.str();
}

}  // namespace eraudit::cli
