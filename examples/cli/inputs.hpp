#pragma once
// What check, explain, ask and demo have in common: the options that name an assessment's inputs.

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/report/summary.hpp"

namespace eraudit::cli {

void declare_check(po::options_description& options);
void declare_demo(po::options_description& options);
void declare_explain(po::options_description& options);
void declare_ask(po::options_description& options);
void declare_report(po::options_description& options);
void declare_import(po::options_description& options);
void declare_rules(po::options_description& options);
void declare_schema(po::options_description& options);

/// Printed on standard error; the command ends with `bad_data`.
struct BadInput {
  Diagnostics diagnostics;
};

/// The value, or `BadInput`; warnings are printed.
void print_warnings(const Diagnostics& diagnostics);
template <class T>
T require(Checked<T> checked) {
  if (!checked) throw BadInput{checked.diagnostics()};
  print_warnings(checked.diagnostics());
  return std::move(checked).value();
}

/// Throws `UsageError` unless there are `count` positional arguments.
void require_positional(const Arguments& arguments, std::size_t count, std::string_view names);

[[nodiscard]] TextOptions text_options(const Arguments& arguments);
/// Reads network, rules and rates as the options say, settles the as-of day and evaluates.
[[nodiscard]] Assessment assess(const Arguments& arguments, const std::string& network_path);
[[nodiscard]] Assessment assess(const Arguments& arguments, const Network& network,
                                const Rates& rates, std::vector<RunFile> files = {});
/// `--exposure`; null without it.
[[nodiscard]] ExposurePtr exposure_of(const Arguments& arguments, const Schema& schema);
[[nodiscard]] Rates rates_of(const Arguments& arguments);
/// What is named behind the verb, then what `--rules` names; none: the built-in pack.
[[nodiscard]] std::vector<std::string> rule_files(const Arguments& arguments);
[[nodiscard]] Rules rules_of(const Arguments& arguments, const SchemaPtr& schema);
/// `files`, if not null, gets the file of `--schema`.
[[nodiscard]] SchemaPtr schema_of(const Arguments& arguments,
                                  std::vector<RunFile>* files = nullptr);

/// Set by an interrupt; evaluation stops soon after.
[[nodiscard]] bool was_interrupted() noexcept;

}  // namespace eraudit::cli
