#pragma once
// Patterns over networks, in few words.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/pattern/matcher.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

namespace eraudit::test {

/// `line:column: message | help` of what is wrong, one a line; warnings begin with `warning`.
[[nodiscard]] std::string mistakes(std::string_view pattern, std::string_view subject = "c");
/// The same in the scope of a rule about `(c:Cohort)`.
[[nodiscard]] std::string local_mistakes(std::string_view pattern);

/// A pattern at work on a network.
class Match {
 public:
  /// Throws with the diagnostics if it is refused.
  Match(const Network& network, std::string_view pattern, std::string_view subject = "c",
        Date day = {}, PatternLimits pattern_limits = {}, Limits limits = {});

  /// `true`, `false`, `error: ...`, `unknown: np-24.recruiters, ...`.
  [[nodiscard]] std::string exists(std::string_view node);
  [[nodiscard]] std::string count(std::string_view node);
  /// One row a line: `np-24 <- sunrise`, in the order of reading, with what it hangs on; then the
  /// frontier and the limit.
  [[nodiscard]] std::string rows(std::string_view node, std::vector<std::string> needed = {});
  [[nodiscard]] std::string smallest(std::string_view node);
  /// An expression over the first row's variables.
  [[nodiscard]] std::string in_first_row(std::string_view node, std::string_view expression);

  [[nodiscard]] Evaluator& evaluator() noexcept { return evaluator_; }
  [[nodiscard]] Matcher& matcher() noexcept { return matcher_; }
  [[nodiscard]] const Pattern& pattern() const noexcept { return *pattern_; }
  [[nodiscard]] std::string text(Value value) const;
  [[nodiscard]] std::string text(const FactSet* facts) const;

 private:
  [[nodiscard]] std::string text(const MatchRows& rows) const;

  const Network& network_;
  Environment environment_;
  PatternPtr pattern_;
  BoundPattern bound_;
  Evaluator evaluator_;
  Matcher matcher_;
};

/// `np-24.recruiters`, `engages(delta, sunrise).until`.
[[nodiscard]] std::string fact_text(const Network& network, const Fact& fact);

}  // namespace eraudit::test
