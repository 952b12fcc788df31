#pragma once
// Judges a network with rules.

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/rates.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/network/network.hpp"
#include "eraudit/rules/proof_table.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit {

struct Progress {
  std::uint64_t done = 0;  ///< (rule, subject) pairs
  std::uint64_t total = 0;
};

struct Options {
  /// The day the assessment speaks for. Required unless the network says one (`Network::as_of`):
  /// the engine never reads the clock.
  std::optional<Date> as_of;
  Rates rates{};
  /// Further files that reports name, with digests, among their inputs: a schema of one's own. A
  /// file of rates need not be said: `rates` knows it.
  std::vector<RunFile> files{};
  Limits limits{};
  /// How much each class of source counts; null: as the table that ships says, if the schema is the
  /// recruitment schema or extends it. Proof is weighed if the network names a source with a class.
  ProofTablePtr proof{};
  unsigned threads = 1;    ///< 0: as many as the machine has; the result is the same for any number
  std::stop_token stop{};  ///< what was not judged by then stays `unknown` and the run says so
  /// Called now and then, from one thread at a time.
  std::function<void(const Progress&)> progress{};
};

/// `source`, named as it is and with its digest.
[[nodiscard]] ERAUDIT_API RunFile run_file(RunFile::Role role, const Source& source);

/// One verdict per rule and node of its subject's kinds. Throws `Error` (`bad_argument`) without an
/// as-of day, or if the rules were loaded for a schema that the network's does not extend. O(rules
/// * subjects) plus the edges that rules navigate. A rule that breaks or exceeds its budget for
/// one subject (`Limits::fuel`) gives `error` for that subject; one that exceeds its budget for all
/// (`Limits::rule_fuel`) gives `error` for that subject and those behind it, by id, which are not
/// judged. All others go on.
[[nodiscard]] ERAUDIT_API Assessment evaluate(const Network& network, const Rules& rules,
                                              const Options& options = {});

}  // namespace eraudit
