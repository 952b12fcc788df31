#pragma once
// One rule, one subject: the verdict and what it rests on.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/expression/evaluator.hpp"
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

/// A rule made ready for one network. The rule and the network outlive it.
struct BoundRule {
  const Rule* rule = nullptr;
  std::optional<BoundProgram> at;
  std::optional<BoundProgram> when;
  std::optional<BoundProgram> condition;
  std::optional<BoundProgram> severity;
  std::vector<BoundProgram> lets;       ///< as `Rule::lets`
  std::vector<BoundTemplate> messages;  ///< as `Rule::message`
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
};

/// Judges one subject after another. Not for many threads: one each.
class Judge {
 public:
  Judge(const Network& network, const EvaluationContext& context);

  [[nodiscard]] Judgement judge(const BoundRule& rule, NodeId subject);

  // About the subject that was judged last.
  [[nodiscard]] SeverityRange severity(const BoundRule& rule);
  [[nodiscard]] std::string message(const BoundRule& rule, std::string_view language);

  /// Sets the row up as `judge` does, without judging: for `explain`. False if the day of the rule
  /// is not known or cannot be computed; `day` then says why.
  bool prepare(const BoundRule& rule, NodeId subject, Value& day);
  [[nodiscard]] Evaluator& evaluator() noexcept { return evaluator_; }

  /// What `judge` does with the values of `when` (null: none) and of the condition.
  [[nodiscard]] Judgement decide(const Rule& rule, const Value* when, const Value& condition);

 private:
  Evaluator evaluator_;
  Date as_of_;
};

}  // namespace eraudit::evaluate_detail
