#pragma once
// The cases beside a rule: small networks with the verdict each must give.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/rules/verdict.hpp"

namespace eraudit {

/// What one subject of a case must get.
struct Expectation {
  std::string subject;
  Verdict verdict = Verdict::unknown;
  std::optional<std::vector<std::string>> ask;  ///< schema paths, exactly these, in any order
  std::string message;                          ///< in English; empty: any
  std::optional<Severity> severity;
  Position position;
};

struct Case {
  std::string name;
  std::optional<Date> as_of;
  Rates rates;
  std::optional<Network> network;
  std::vector<Expectation> expect;
  Position position;
};

/// `<rule>.test.yaml`.
struct CaseFile {
  std::string file;
  std::string rule;  ///< id
  std::vector<Case> cases;
};

/// A list of `- case: what happens`, each with `network` in the native form, `expect`: one or a
/// list of
/// `{subject, verdict[, ask, message, severity]}`, and maybe `as_of` and `rates`. All mistakes are
/// collected.
[[nodiscard]] ERAUDIT_API Checked<CaseFile> read_cases(const Document& document, const Rule& rule,
                                                       const SchemaPtr& schema,
                                                       const Limits& limits = {});

/// The file that the cases of a rule stand in: `worker-paid.yaml` gives `worker-paid.test.yaml`.
[[nodiscard]] ERAUDIT_API std::string cases_beside(const std::string& rule_file);

/// The cases beside the rules that `what` names, as `load_rules` reads it, by rule id; rules
/// without any are left out. `rules` were loaded from the same `what`. Throws `Error`
/// (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<std::vector<CaseFile>> load_cases(
    std::span<const std::string> what, const Rules& rules, const Limits& limits = {});

}  // namespace eraudit
