#pragma once
// Counts outcomes against a list of failures that are known and explained.

#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/conformance/outcome.hpp"

namespace eraudit::test {

/// Ids and reasons: one `id reason...` a line; `#` begins a comment.
class ExpectedFailures {
 public:
  ExpectedFailures() = default;
  /// Throws `Error` (`bad_argument`) if an id stands there twice or has no reason.
  explicit ExpectedFailures(std::string_view text);
  [[nodiscard]] const std::map<std::string, std::string>& reasons() const noexcept {
    return reasons_;
  }

 private:
  std::map<std::string, std::string> reasons_;
};

class Tally {
 public:
  /// `filtered`: ids of the list that are not met are no mistake. Failures are printed as they
  /// come.
  Tally(std::ostream& out, ExpectedFailures expected, bool filtered)
      : out_(out), expected_(std::move(expected)), filtered_(filtered) {}

  void add(const Outcome& outcome);
  /// Prints what was counted; the last line is `N passed, M failed, K skipped`. Returns the exit
  /// code: 0, 1 if anything failed, 3 if nothing was run.
  [[nodiscard]] int finish();

 private:
  struct Group {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t expected = 0;
  };
  void fail(const std::string& id, const std::string& why);

  std::ostream& out_;
  ExpectedFailures expected_;
  bool filtered_;
  std::set<std::string> met_;
  std::map<std::string, Group> groups_;
  std::map<std::string, std::size_t> skipped_;  ///< by reason
  Group all_;
  std::size_t wrongly_listed_ = 0;
};

}  // namespace eraudit::test
