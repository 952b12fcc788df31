#include "inputs.hpp"

#include <boost/program_options.hpp>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fmt/format.h>

#include "console.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/evaluate/cost.hpp"
#include "eraudit/network/read.hpp"
#include "language.hpp"

namespace eraudit::cli {
namespace {

using Texts = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

std::stop_source& interruption() {
  static std::stop_source source;
  return source;
}

volatile std::sig_atomic_t interrupted_flag = 0;

extern "C" void on_interrupt(int) {
  interrupted_flag = 1;
}

Date today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {static_cast<std::int32_t>(now.time_since_epoch().count())};
}

Date parse_day(const std::string& text) {
  if (const auto date = parse_date(text)) return *date;
  throw UsageError{fmt::format("'{}' is not a day", text), "write it as 2026-06-30"};
}

void declare_reading(po::options_description& options) {
  options.add_options()  //
      ("rules", po::value<Texts>()->composing(),
       "built-in pack, pack folder or rule file (default: core)")                                 //
      ("only", po::value<Texts>()->composing(), "only rules with this id or beginning of an id")  //
      ("schema", po::value<std::string>(), "schema file that extends the built-in one")           //
      ("rates", po::value<std::string>(), "exchange rates (YAML, CSV, or the ECB's CSV)")         //
      ("proof", po::value<std::string>(),
       "how much each class of source counts, instead of the table that ships")  //
      ("as-of", po::value<std::string>(),
       "the day the assessment speaks for (default: the network's, else today)");
}

void declare_showing(po::options_description& options) {
  options.add_options()                                  //
      ("lang", po::value<std::string>(), language_help)  //
      ("color", po::value<std::string>(), "auto, always or never");
}

void declare_assessment(po::options_description& options) {
  declare_reading(options);
  declare_showing(options);
}

}  // namespace

void print_warnings(const Diagnostics& diagnostics) {
  if (!diagnostics.empty()) note(to_text(diagnostics));
}

void declare_check(po::options_description& options) {
  declare_assessment(options);
  options.add_options()  //
      ("format", po::value<Texts>()->composing(),
       "text, html, md, csv, xml, json, or FORMAT=FILE; may be repeated (default: text)")  //
      ("force", "replace files that exist")                                                //
      ("fail-on", po::value<std::string>(),
       "exit 1 from this severity on: low, medium, high, critical (default: low)")       //
      ("strict", "count signs to be confirmed (suspect) as findings for the exit code")  //
      ("allow-undecided", po::value<std::string>(),
       "exit 2 if more than this per cent is undecided (default: 100)")  //
      ("exposure", po::value<std::string>(),
       "how ratings are made, instead of the file that ships")                                    //
      ("threads", po::value<unsigned>(), "0: one per core (default: 1; the result is the same)")  //
      ("timing", "print where time went")                                                         //
      ("quiet,q", "no summary; findings speak through the exit code and files");
}

void declare_explain(po::options_description& options) {
  declare_assessment(options);
  options.add_options()("format", po::value<std::string>(), "text (the default) or json");
}

void declare_ask(po::options_description& options) {
  declare_assessment(options);
  options.add_options()("format", po::value<std::string>(), "text (the default) or csv");
}

void declare_report(po::options_description& options) {
  options.add_options()  //
      ("format", po::value<Texts>()->composing(),
       "html, md, csv, xml, json, or FORMAT=FILE; may be repeated")  //
      ("lang", po::value<std::string>(), language_help)              //
      ("force", "replace files that exist");
}

void declare_demo(po::options_description& options) {
  declare_showing(options);
  options.add_options()("write", po::value<std::string>(),
                        "write the sample network into this new folder");
}

void declare_import(po::options_description& options) {
  options.add_options()                                                                     //
      ("map", po::value<std::string>(), "mapping file")                                     //
      ("output,o", po::value<std::string>(), "folder to write the network into")            //
      ("report", po::value<std::string>(), "write the import report as JSON to this file")  //
      ("schema", po::value<std::string>(), "schema file that extends the built-in one")     //
      ("as-of", po::value<std::string>(),
       "the day the tables speak of, instead of the mapping's")  //
      ("pseudonym-key-file", po::value<std::string>(),
       "file with the key for pseudonyms of persons, instead of the mapping's salt")  //
      ("guess", "print a first mapping for TABLE, to be edited")                      //
      ("force", "replace files that exist");
}

void declare_rules(po::options_description& options) {
  options.add_options()  //
      ("rules", po::value<Texts>()->composing(),
       "built-in pack, pack folder or rule file (default: core)")                        //
      ("schema", po::value<std::string>(), "schema file that extends the built-in one")  //
      ("lang", po::value<std::string>(), language_help)                                  //
      ("coverage", "test: which conditions no case has seen true, false or not known")   //
      ("mutate", "test: small mistakes made on purpose that no case would notice")       //
      ("output,o", po::value<std::string>(),
       "new: the file of the rule (default: ID.yaml); its cases stand beside it. Beside a "
       "rule.schema.json both name it for editors")        //
      ("check", "fmt: only say which files would change")  //
      ("force", "new: replace files that exist");
}

void declare_schema(po::options_description& options) {
  options.add_options()                                                                  //
      ("schema", po::value<std::string>(), "schema file that extends the built-in one")  //
      ("lang", po::value<std::string>(), language_help);
}

void require_positional(const Arguments& arguments, std::size_t count, std::string_view names) {
  if (arguments.positional.size() < count) {
    throw UsageError{fmt::format("{} is missing", names), ""};
  }
  if (arguments.positional.size() > count) {
    throw UsageError{fmt::format("'{}' is one argument too many", arguments.positional[count]), ""};
  }
}

TextOptions text_options(const Arguments& arguments) {
  TextOptions options;
  options.language = language_of(arguments);
  options.width = terminal_width();
  const std::string colour = arguments.text("color", "auto");
  if (colour != "auto" && colour != "always" && colour != "never") {
    throw UsageError{fmt::format("'{}' is no choice of --color", colour),
                     "one of: auto, always, never"};
  }
  options.colour = use_colour(colour);
  return options;
}

SchemaPtr schema_of(const Arguments& arguments, std::vector<RunFile>* files) {
  if (!arguments.has("schema")) return recruitment_schema();
  const DocumentPtr document = require(read_document(arguments.text("schema")));
  if (files != nullptr) files->push_back(run_file(RunFile::Role::schema, document->source()));
  return require(read_schema(*document, recruitment_schema()));
}

std::vector<std::string> rule_files(const Arguments& arguments) {
  std::vector<std::string> files(arguments.positional.begin() + 1, arguments.positional.end());
  for (std::string& more : arguments.texts("rules")) files.push_back(std::move(more));
  return files;
}

Rules rules_of(const Arguments& arguments, const SchemaPtr& schema) {
  Rules rules = require(load_rules(arguments.texts("rules"), LoadOptions{schema, {}}));
  const Texts only = arguments.texts("only");
  if (only.empty()) return rules;
  try {
    return rules.select(only);
  } catch (const Error& error) {
    throw UsageError{error.what(), ""};
  }
}

bool was_interrupted() noexcept {
  return interrupted_flag != 0;
}

Assessment assess(const Arguments& arguments, const std::string& network_path) {
  const auto start = Clock::now();
  std::vector<RunFile> files;
  const Network network =
      require(read_network(network_path, ReadOptions{schema_of(arguments, &files), {}}));
  if (arguments.has("timing")) {
    note(fmt::format("read      {:8.1f} ms\n",
                     std::chrono::duration<double, std::milli>(Clock::now() - start).count()));
  }
  return assess(arguments, network, rates_of(arguments), std::move(files));
}

Rates rates_of(const Arguments& arguments) {
  if (!arguments.has("rates")) return {};
  return require(read_rates(read_file(arguments.text("rates"), Limits{}.data_file_bytes)));
}

ExposurePtr exposure_of(const Arguments& arguments, const Schema& schema) {
  if (!arguments.has("exposure")) return nullptr;
  return require(read_exposure(arguments.text("exposure"), schema));
}

Assessment assess(const Arguments& arguments, const Network& network, const Rates& rates,
                  std::vector<RunFile> files) {
  const bool timing = arguments.has("timing");
  auto last = Clock::now();
  const auto lap = [&](std::string_view what) {
    const auto now = Clock::now();
    if (timing) {
      note(fmt::format("{:<9} {:8.1f} ms\n", what,
                       std::chrono::duration<double, std::milli>(now - last).count()));
    }
    last = now;
  };
  const Rules rules = rules_of(arguments, network.schema_ptr());
  lap("rules");
  settle_language(language_of(arguments), rules);
  // What patterns take is left to `rules cost`: counting their ways is work of its own.
  print_warnings(cost_warnings(rules, expected_costs(network, rules, {{}, false})));
  lap("cost");

  Options options;
  if (arguments.has("as-of")) {
    options.as_of = parse_day(arguments.text("as-of"));
  } else if (!network.as_of()) {
    options.as_of = today();
    note(fmt::format("as of {} (today; the network names no day, --as-of sets one)\n",
                     to_text(*options.as_of)));
  }
  options.rates = rates;
  if (arguments.has("proof")) {
    options.proof = require(read_proof_table(arguments.text("proof"), network.schema()));
  }
  options.files = std::move(files);
  if (arguments.has("threads")) options.threads = arguments.options["threads"].as<unsigned>();
  options.stop = interruption().get_token();
  std::signal(SIGINT, on_interrupt);
  bool told = false;
  const auto start = Clock::now();
  options.progress = [&](const Progress& progress) {
    if (interrupted_flag != 0) interruption().request_stop();
    if (progress.total == 0 || Clock::now() - start < std::chrono::seconds(1)) return;
    note(fmt::format("\r{} of {} verdicts", progress.done, progress.total));
    told = true;
  };
  Assessment assessment = evaluate(network, rules, options);
  if (told) note("\n");
  lap("evaluate");
  return assessment;
}

}  // namespace eraudit::cli
