#pragma once
// What became of one test of a suite.

#include <functional>
#include <string>
#include <vector>

namespace eraudit::test {

struct Outcome {
  enum class Kind { passed, failed, skipped } kind = Kind::passed;
  std::string id;
  std::string group;     ///< what the summary counts it under
  std::string asked;     ///< the expression or query
  std::string expected;  ///< of a failure, as `got`
  std::string got;
  std::string reason;  ///< why it was skipped
};

/// Which tests of a suite are looked at, by id.
using Wanted = std::function<bool(const std::string& id)>;

/// Files ending in `.json` of these folders, by name. Throws `Error` (`no_such_file`,
/// `bad_argument`) if one is no folder or has none.
[[nodiscard]] std::vector<std::string> json_files(const std::vector<std::string>& folders);

}  // namespace eraudit::test
