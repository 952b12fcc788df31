#pragma once
// One rule, one subject: the verdict and what it rests on.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/evaluate/detail/shared_rows.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/pattern/matcher.hpp"
#include "eraudit/rules/rule.hpp"

namespace eraudit::evaluate_detail {

/// A template with its programs ready to run.
struct BoundTemplate {
  struct Part {
    std::string_view text;  ///< of the rule
    std::optional<BoundProgram> program;
  };
  std::string_view language;
  std::vector<Part> parts;
};

/// One of the two, as in `Let`.
struct BoundLet {
  std::optional<BoundProgram> program;
  std::optional<BoundPattern> pattern;
};

/// A rule made ready for one network. The rule and the network outlive it.
struct BoundRule {
  const Rule* rule = nullptr;
  std::optional<BoundProgram> at;
  std::optional<BoundProgram> when;
  std::optional<BoundProgram> condition;
  std::optional<BoundProgram> severity;
  std::optional<BoundPattern> match;
  std::vector<BoundLet> lets;           ///< as `Rule::lets`
  std::vector<BoundTemplate> messages;  ///< as `Rule::message`
  bool patterns = false;                ///< there is a match, or a pattern in `lets`
};

/// Throws `Error` (`bad_argument`) if the network's schema is not the rule's or an extension of it.
[[nodiscard]] BoundRule bind_rule(const Rule& rule, const Schema& schema, const Network& network);

struct Judgement {
  Verdict verdict = Verdict::unknown;
  /// Of an unknown: what `at` or `when` waits for, then what the condition does. Live in the judge
  /// until its next row.
  const FactSet* first = nullptr;
  const FactSet* second = nullptr;
  std::string_view error;  ///< of an error; lives as long
  std::string_view limit;  ///< which was reached, if that is the error
};

/// A row of the match and what the rule says of it.
struct JudgedRow {
  enum class Is : std::uint8_t { bad, good, open, broken };
  std::uint32_t row = 0;  ///< of `MatchRows`
  bool certain = false;
  Is is = Is::good;
  const FactSet* possible = nullptr;  ///< what it hangs on whether it is there
};

/// How the rows of a match stand together, seen from the first that its verdict rests on.
struct RowsOutlook {
  Verdict verdict = Verdict::unknown;  ///< what the rows alone come to
  bool row = false;                    ///< of an unknown: one is open, or bad if it is there
  const FactSet* possible = nullptr;   ///< what it hangs on whether that one is there
  bool alone = true;                   ///< no other row is open, or bad if it is there
  bool others = false;                 ///< another row is there for certain
  const FactSet* frontier = nullptr;   ///< there may be further rows
};

/// Judges one subject after another. Not for many threads: one each.
class Judge {
 public:
  Judge(const Network& network, const EvaluationContext& context);

  /// `all_rows`: of a match, also those that cannot change the verdict any more.
  [[nodiscard]] Judgement judge(const BoundRule& rule, NodeId subject, bool all_rows = false);

  /// Gives back what the patterns of rules keep from subject to subject.
  void forget() { patterns_.clear(); }

  // About the subject that was judged last.
  /// The limit that was reached in the course of it, whatever the verdict; empty if none was.
  [[nodiscard]] std::string_view limit() const;
  [[nodiscard]] SeverityRange severity(const BoundRule& rule);
  [[nodiscard]] std::string message(const BoundRule& rule, std::string_view language);
  /// The rows that its verdict rests on, if all were judged.
  [[nodiscard]] MatchedRows matched(const BoundRule& rule);
  /// Sets one of them, smallest first, and its `let` entries. False if there is none.
  bool set_witness(const BoundRule& rule, std::size_t number = 0);
  /// Its conditions in the pattern; leaves the row set.
  [[nodiscard]] std::vector<Condition> conditions(const BoundRule& rule);
  /// Of a rule with a match, if all rows were judged. Facts live until the next row.
  [[nodiscard]] RowsOutlook rows_outlook() const;
  /// Of a rule with a match.
  [[nodiscard]] Matcher& matcher(const BoundRule& rule);

  /// Sets the row up as `judge` does, without judging: for `explain`. False if the day of the rule
  /// is not known or cannot be computed; `day` then says why.
  bool prepare(const BoundRule& rule, NodeId subject, Value& day);
  [[nodiscard]] Evaluator& evaluator() noexcept { return evaluator_; }

  /// What `judge` does with the values of `when` (null: none) and of the condition.
  [[nodiscard]] Judgement decide(const Rule& rule, const Value* when, const Value& condition);
  /// The same of a match, whose rows came to `rows`.
  [[nodiscard]] Judgement decide_rows(const Value* when, const Judgement& rows);

 private:
  /// What a rule's patterns keep between subjects.
  struct Patterns {
    std::optional<Matcher> match;
    std::unique_ptr<SharedRows> shared;  ///< null if its rows have to be judged one by one
    std::vector<std::unique_ptr<LazyMatch>> lets;  ///< as `Rule::lets`; null for programs
  };
  [[nodiscard]] Patterns& patterns(const BoundRule& rule);
  void set_lets(const BoundRule& rule);
  void set_row(const BoundRule& rule, std::uint32_t row);
  [[nodiscard]] const FactSet* merge_waits();
  [[nodiscard]] Judgement judge_rows(const BoundRule& rule, NodeId subject, bool all_rows);
  [[nodiscard]] Judgement judge_together(const RowsTogether& rows);
  [[nodiscard]] static Judgement broken(const Value& value, std::string_view otherwise);
  [[nodiscard]] SeverityRange row_severity(const BoundRule& rule);

  Evaluator evaluator_;
  Date as_of_;
  std::vector<std::pair<const BoundRule*, std::unique_ptr<Patterns>>> patterns_;
  std::vector<const FactSet*> waits_;  ///< while rows are judged: what they hang on
  std::vector<Fact> facts_;
  std::vector<JudgedRow> rows_;              ///< of the subject that was judged last
  std::vector<std::uint32_t> tell_;          ///< of these, those that its verdict rests on
  Verdict rows_verdict_ = Verdict::unknown;  ///< what they came to, whatever `when` is
  const FactSet* frontier_ = nullptr;        ///< of its rows
};

}  // namespace eraudit::evaluate_detail
