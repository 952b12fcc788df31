#pragma once
// Evaluates texts over a small network, for tests of the evaluator.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/rates.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/explain.hpp"

namespace eraudit::test {

/// A network in YAML under `tiny_schema()` (soundness_network.hpp), with the variable `c` for the
/// node `c1`, at 2026-06-30.
class Evaluation {
 public:
  explicit Evaluation(std::string_view yaml = {}, std::vector<Rate> rates = {}, Limits limits = {});

  /// `3`, `true`, `1 to 3`, `at least 5 NPR`, `error: ...` as reports print it; of what is not
  /// known also what it waits for: `not known: c1.n, f0.amount`.
  std::string operator()(std::string_view text);
  /// The same for a value.
  [[nodiscard]] std::string outcome(const Value& value);
  /// Lives until the next call.
  Value value(std::string_view text);
  /// Fails the test if the text is refused.
  [[nodiscard]] const BoundProgram& program(std::string_view text);

  /// A `let` variable for all later texts.
  void let(std::string name, std::string_view text);
  /// The state of the row (`begin`, variables) for evaluating by hand.
  Evaluator& row();

  [[nodiscard]] const Network& network() const { return *network_; }
  [[nodiscard]] std::string fact_text(const Fact& fact) const;
  [[nodiscard]] Evaluator& evaluator() { return *evaluator_; }
  [[nodiscard]] Environment& environment() { return environment_; }

 private:
  std::unique_ptr<Network> network_;
  Environment environment_;
  std::unique_ptr<Evaluator> evaluator_;
  std::vector<std::unique_ptr<BoundProgram>> programs_;
  std::vector<std::pair<Slot, const BoundProgram*>> lets_;
};

[[nodiscard]] Date date(std::string_view text);
/// One unit of `from` is `rate` hundredths of a unit of `to`.
[[nodiscard]] Rate rate(std::string_view from, std::string_view to, std::string_view on,
                        std::int64_t hundredths);

}  // namespace eraudit::test
