#pragma once
// One question put to one subject.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/date.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/source.hpp"
#include "eraudit/expression/program.hpp"
#include "eraudit/expression/table.hpp"
#include "eraudit/network/proof_level.hpp"
#include "eraudit/pattern/pattern.hpp"
#include "eraudit/rules/verdict.hpp"
#include "eraudit/schema/local_text.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

enum class RuleStatus : std::uint8_t {
  draft,  ///< lacks something, or rests on a figure nobody has checked; says so wherever it reports
  stable,
  deprecated,
};
[[nodiscard]] ERAUDIT_API std::string_view to_text(RuleStatus status);

/// `let` name: evaluated when used, at most once per subject, or per row of a match. Either a
/// program or a pattern.
struct Let {
  std::string name;
  ProgramPtr program;
  Slot slot = 0;
  PatternPtr pattern{};  ///< `{exists: PATTERN}`, `{count: PATTERN}`
  bool counts = false;   ///< `count`
};

/// A text with `{expression}` parts; `{{` and `}}` are braces.
struct Template {
  struct Part {
    std::string text;  ///< literal, if there is no program
    ProgramPtr program;
  };
  std::vector<Part> parts;
};

/// Templates by language, in the order written.
using LocalTemplate = std::vector<std::pair<std::string, Template>>;

/// In this very language; null if there is none.
[[nodiscard]] ERAUDIT_API const Template* message_in(const LocalTemplate& message,
                                                     std::string_view language) noexcept;

/// How a rule rests on a text of the provisions: `equal`, `subset` (asks less), `superset`,
/// `intersect`.
struct Basis {
  std::string provision;
  std::string relation;
};

struct Remedy {
  LocalText text;
  std::optional<std::int32_t> days;
};

/// How much what a verdict rests on must count.
struct Proof {
  ProofLevel fail = ProofLevel::any;
  ProofLevel pass = ProofLevel::any;
};

/// `severity: {table: .., by: [..]}`: which table, and the `let` entries that are its keys. What it
/// can come to while some of them are unknown is read off its rows.
struct SeverityTable {
  std::uint32_t table = 0;  ///< index into `Rule::tables`
  std::uint32_t field = 0;  ///< of its output: the severity
  std::vector<Slot> by;     ///< one per input
};

/// Immutable once loaded. Programs are checked against the schema of the `Rules` it belongs to.
struct Rule {
  std::string id;
  std::int32_t version = 1;  ///< counts its changes of meaning
  RuleStatus status = RuleStatus::draft;
  std::vector<std::string> lacks;  ///< what keeps a draft from being stable, for people
  std::string pack;
  std::string indicator;
  LocalText title;
  LocalText why;              ///< why it matters, what counts, what it does not say
  std::string subject;        ///< variable: `c`
  std::vector<KindId> kinds;  ///< of the subject
  Slot subject_slot = 0;
  PatternPtr match;  ///< its rows are judged, one by one; null: the subject itself is
  /// Variables of `match` that a verdict or severity can hang on, as `Matcher::rows` takes them:
  /// rows that agree in these are one.
  std::vector<std::uint32_t> match_needs;
  ProgramPtr when;  ///< applies to; null: to all
  std::vector<Let> lets;
  ProgramPtr condition;
  bool fails_if_true = true;                    ///< `fail_if`; false: `pass_if`
  ProgramPtr at;                                ///< the day on which states are read; null: as-of
  Severity severity = Severity::medium;         ///< if there is no program
  ProgramPtr severity_program;                  ///< text: one of the severities
  std::optional<SeverityTable> severity_table;  ///< with a program only
  LocalTemplate message;
  std::vector<std::pair<std::string, LocalText>>
      asks;  ///< by schema path; else the schema's question
  std::optional<Remedy> remedy;
  std::vector<Basis> basis;
  Proof proof;
  std::optional<Date> since;  ///< the rule speaks for runs as of these days
  std::optional<Date> until;
  std::vector<std::string> references;
  std::vector<TablePtr> tables;    ///< as numbered in its programs
  std::vector<std::string> reads;  ///< schema paths that its verdict may wait for, in order
  std::string file;
  Position position;   ///< of the condition
  std::string sha256;  ///< of the file

  [[nodiscard]] const LocalText* ask(std::string_view path) const noexcept;
};

/// The gravest that a finding of the rule can be. O(rows of its severity table).
[[nodiscard]] ERAUDIT_API Severity gravest(const Rule& rule);

}  // namespace eraudit
