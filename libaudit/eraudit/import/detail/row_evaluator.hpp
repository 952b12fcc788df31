#pragma once
// Expressions over the current row, each computed once per distinct text where that is the same.

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "eraudit/core/truth.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/import/detail/columns.hpp"
#include "eraudit/import/detail/mapping_state.hpp"
#include "eraudit/import/detail/values.hpp"

namespace eraudit::detail {

/// How expressions are evaluated. Both mean the same; `plain` is what `fast` is tested against.
enum class Evaluation : std::uint8_t {
  fast,
  plain,  ///< every expression by the evaluator, anew for each row
};

struct TruthOutcome {
  Truth truth = Truth::unknown;
  std::string error;
};

struct IdOutcome {
  bool known = false;
  std::string id;
  std::string error;
};

/// Anything, as a text that tells rows apart or is read again.
struct TextOutcome {
  enum class State : std::uint8_t { unknown, absent, text };
  State state = State::unknown;
  std::string text;
  std::string error;
};

/// An expression in use, with what it gave for texts seen before.
template <class Outcome>
struct Use {
  const Expression* expression = nullptr;
  std::deque<Outcome> outcomes;
  std::vector<std::uint32_t> by_code;  ///< index into `outcomes` + 1; 0: not computed
  std::optional<Outcome> for_nothing;  ///< of a column that the table does not have
  std::optional<Outcome> constant;
  Outcome scratch;
};

/// One row at a time; outcomes are valid until the next call that evaluates the same use.
class RowEvaluator {
 public:
  RowEvaluator(const TableMapping& table, const Limits& limits, Date as_of, Evaluation evaluation);

  /// `cells` by column; must outlive the use of the row.
  void row(std::span<const RowCell> cells);

  const TruthOutcome& truth(Use<TruthOutcome>& use);
  const IdOutcome& id(Use<IdOutcome>& use);
  const TextOutcome& text(Use<TextOutcome>& use);
  const CellOutcome& cell(Use<CellOutcome>& use, const Attribute& attribute);

  /// 16 hexadecimal digits over the names and texts of all columns that are filled, but dropped
  /// ones.
  [[nodiscard]] std::string_view row_key();
  /// Notes that the current row is used: 1 for the first row that says this, 2 for the second ...
  /// Once a row.
  std::int64_t count_row();
  [[nodiscard]] std::span<const RowCell> cells() const noexcept { return cells_; }

 private:
  template <class Outcome, class Convert, class Direct>
  const Outcome& get(Use<Outcome>& use, const Convert& convert, const Direct& direct);
  Value evaluate(const Expression& expression);

  const TableMapping& table_;
  Evaluation evaluation_;
  Evaluator evaluator_;
  std::span<const RowCell> cells_;
  std::vector<std::uint16_t> by_name_;  ///< columns that count in the row's key
  std::vector<Value> fields_;
  std::vector<Value> forms_;
  std::string row_key_;
  std::string key_text_;
  bool has_row_key_ = false;
  std::int64_t repeat_ = 1;
  std::unordered_map<std::string, std::int64_t> rows_;  ///< by key: how many
};

}  // namespace eraudit::detail
