#pragma once
// Which files make up packs and folders of rules, in the library or on disk.

#include <span>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit::rules_detail {

struct RuleFile {
  std::string name;      ///< as diagnostics name it
  std::string relative;  ///< below its folder: `tables/caps.yaml`
  bool built_in = false;
  SourcePtr source{};  ///< its text, if the caller has it in hand
};

/// Files that belong together: a pack, or rules without one.
struct RuleFolder {
  std::string name;            ///< as the caller named it, or the folder of a pack in it
  std::vector<RuleFile> pack;  ///< `pack.yaml`; none or one
  std::vector<RuleFile> rules;
  std::vector<RuleFile> tables;
  std::vector<RuleFile> cases;
};

/// In the order of `what` (none: `core`), files of a folder by name; what is named twice is there
/// once. Throws `Error` (`no_such_file`).
[[nodiscard]] std::vector<RuleFolder> find_rule_files(std::span<const std::string> what);

/// Null if it cannot be read; what is wrong is appended. Throws `Error` (`no_such_file`).
[[nodiscard]] DocumentPtr read_rule_file(const RuleFile& file, const Limits& limits,
                                         Diagnostics& diagnostics);

/// `worker-paid.yaml`: `worker-paid.test.yaml`.
[[nodiscard]] std::string cases_name(const std::string& rule_file);

}  // namespace eraudit::rules_detail
