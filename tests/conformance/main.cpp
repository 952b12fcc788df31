// eraudit-conformance: runs suites of tests that others wrote, in the encodings of their READMEs.

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "tests/conformance/cel_suite.hpp"
#include "tests/conformance/match_suite.hpp"
#include "tests/conformance/tally.hpp"

namespace {

using namespace eraudit;
using namespace eraudit::test;

constexpr int usage = 64;
constexpr int bad_data = 65;
constexpr int no_input = 66;

constexpr std::string_view help =
    "usage: eraudit-conformance cel|match|unknown DIR... [--expected-failures FILE] [--filter "
    "TEXT]\n"
    "\n"
    "  cel      simple tests of cel-spec\n"
    "  match    scenarios of path patterns\n"
    "  unknown  tests of evaluation with unknown inputs\n"
    "\n"
    "  --expected-failures FILE  ids of tests that fail, one a line, each with its reason behind "
    "it;\n"
    "                            `#` begins a comment. One that passes or is missing is a "
    "failure.\n"
    "  --filter TEXT             only tests whose id contains it\n"
    "\n"
    "Exit code: 0 as expected, 1 something failed, 3 nothing was run, 64 usage, 65 a file that "
    "cannot\n"
    "be read as tests, 66 no such folder or file.\n";

struct UsageError {
  std::string what;
};

struct Arguments {
  std::string suite;
  std::vector<std::string> folders;
  std::string expected_failures;
  std::string filter;
};

Arguments read_arguments(const std::vector<std::string>& words) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("-")) {
      if (out.suite.empty()) {
        out.suite = word;
      } else {
        out.folders.push_back(word);
      }
      continue;
    }
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string name = word.substr(0, equals);
    std::string* const value = name == "--expected-failures" ? &out.expected_failures
                               : name == "--filter"          ? &out.filter
                                                             : nullptr;
    if (value == nullptr) throw UsageError{"there is no option '" + name + "'"};
    if (!value->empty()) throw UsageError{"'" + name + "' is given twice"};
    if (equals != word.size()) {
      *value = word.substr(equals + 1);
    } else if (i + 1 < words.size()) {
      *value = words[++i];
    }
    if (value->empty()) throw UsageError{"'" + name + "' needs a value"};
  }
  if (out.suite != "cel" && out.suite != "match" && out.suite != "unknown") {
    throw UsageError{out.suite.empty() ? "which suite?" : "there is no suite '" + out.suite + "'"};
  }
  if (out.folders.empty()) throw UsageError{"which folder?"};
  return out;
}

int run(const Arguments& arguments) {
  ExpectedFailures expected;
  if (!arguments.expected_failures.empty()) {
    const SourcePtr file = read_file(arguments.expected_failures, std::size_t{1} << 20);
    expected = ExpectedFailures(file->text());
  }
  Tally tally(std::cout, std::move(expected), !arguments.filter.empty());
  const Wanted wanted = [&](const std::string& id) {
    return id.find(arguments.filter) != std::string::npos;
  };
  const auto done = [&](const Outcome& outcome) { tally.add(outcome); };
  if (arguments.suite == "match") {
    run_match_suite(arguments.folders, wanted, done);
  } else {
    run_cel_suite(arguments.folders, wanted, done);
  }
  return tally.finish();
}

}  // namespace

int main(int count, char** words) {
  try {
    const std::vector<std::string> given(words + 1, words + count);
    if (!given.empty() && (given[0] == "--help" || given[0] == "-h")) {
      std::cout << help;
      return 0;
    }
    return run(read_arguments(given));
  } catch (const UsageError& problem) {
    std::cerr << "eraudit-conformance: " << problem.what << "\n\n" << help;
    return usage;
  } catch (const Error& problem) {
    std::cerr << "eraudit-conformance: " << problem.what() << '\n';
    return problem.code() == ErrorCode::no_such_file ? no_input : bad_data;
  } catch (const std::exception& problem) {
    std::cerr << "eraudit-conformance: " << problem.what() << '\n';
    return bad_data;
  }
}
