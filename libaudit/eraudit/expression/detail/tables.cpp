#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "eraudit/expression/detail/machine.hpp"
#include "eraudit/expression/table.hpp"

namespace eraudit::detail {
namespace {

class TableCall {
 public:
  TableCall(Evaluator& evaluator, const BoundTable& bound, std::uint32_t number,
            std::span<const Value> operands)
      : evaluator_(evaluator), bound_(bound), number_(number), operands_(operands) {}

  Value result() {
    for (const Value& operand : operands_) {
      if (operand.is(ValueKind::error)) return operand;
    }
    const Table& table = *bound_.table;
    Waiting waiting;
    Ends days;
    for (std::size_t input = 0; input < table.inputs().size(); ++input) {
      const Value& operand = operands_[input];
      const bool is_day = table.day_input() == input;
      if (!is_day && !table.inputs()[input].key) continue;
      if (operand.is(ValueKind::unknown)) {
        waiting.add(evaluator_, operand);
      } else if (is_day) {
        days = ends_of(operand);
      } else if (!operand.is_whole()) {
        waiting.add(evaluator_, evaluator_.waits_for(operand));
      } else {
        auto key = to_key(operand);
        if (!key) {
          return evaluator_.error(fmt::format("a {} is no key of the table '{}'",
                                              kind_name(operand), table.name()));
        }
        keys_.push_back(*std::move(key));
      }
    }
    if (waiting.facts != nullptr) {
      if (!bound_.cells.empty()) waiting.flags |= Value::may_fail;
      return evaluator_.unknown(waiting.facts, waiting.flags);
    }
    if (!table.day_input()) return record(table.find(keys_, std::nullopt), std::nullopt);
    return on_days(days);
  }

 private:
  Value on_days(const Ends& days) {
    const Table& table = *bound_.table;
    if (!days.low.is(ValueKind::date) || !days.high.is(ValueKind::date)) {
      if (days.facts != nullptr) return evaluator_.unknown(days.facts, Value::may_fail);
      return evaluator_.error(fmt::format("the table '{}' is asked for a day", table.name()));
    }
    const TableRow* const first = table.find(keys_, days.low.as_date());
    const TableRow* const last = table.find(keys_, days.high.as_date());
    // One row speaks for all days between two of its own, unless it leaves room for a more exact one.
    if (first != last || (days.facts != nullptr && !speaks_alone(first, days))) {
      return evaluator_.unknown(days.facts,
                                bound_.cells.empty() ? 0U : unsigned{Value::may_fail});
    }
    return record(first, days.low.as_date());
  }

  /// Whether `row` is found on every day: looked up wherever a row begins or has just ended.
  [[nodiscard]] bool speaks_alone(const TableRow* row, const Ends& days) const {
    const Table& table = *bound_.table;
    const auto same_on = [&](std::optional<Date> day, std::int32_t shift) {
      if (!day) return true;
      const Date at{day->days + shift};
      if (at.days <= days.low.integer || at.days > days.high.integer) return true;
      return table.find(keys_, at) == row;
    };
    return std::all_of(table.rows().begin(), table.rows().end(), [&](const TableRow& other) {
      return same_on(other.since, 0) && same_on(other.until, 1);
    });
  }

  Value record(const TableRow* row, std::optional<Date> day) {
    const Table& table = *bound_.table;
    if (row == nullptr) return evaluator_.unknown(fact(day));
    const auto& fields = table.output().fields();
    const std::span<Value> values = evaluator_.state().arena.array<Value>(fields.size());
    for (std::size_t index = 0; index < fields.size(); ++index) {
      values[index] = index < row->output.size()
                          ? value_of(row->output[index], fields[index].second, day)
                          : evaluator_.unknown(fact(day));
    }
    return evaluator_.record(&table.output(), values);
  }

  Value value_of(const TableCell& cell, const Type& type, std::optional<Date> day) {
    switch (cell.state) {
      case TableCell::State::any:
      case TableCell::State::unknown: return evaluator_.unknown(fact(day));
      case TableCell::State::expression: return computed(*cell.program);
      case TableCell::State::constant: break;
    }
    switch (type.kind()) {
      case TypeKind::boolean: return Value::of(cell.text == "true");
      case TypeKind::integer:
        if (cell.integer) return Value::of(*cell.integer);
        break;
      case TypeKind::number:
        if (cell.number) return Value::of(*cell.number);
        if (cell.integer) return Value::of(static_cast<double>(*cell.integer));
        break;
      case TypeKind::date:
        if (cell.date) return Value::of(*cell.date);
        break;
      case TypeKind::money:
        if (cell.money) return Value::of(*cell.money, day.value_or(evaluator_.context().as_of));
        break;
      default: break;
    }
    return Value::of(std::string_view(cell.text));
  }

  Value computed(const Program& program) {
    const auto found = std::lower_bound(
        bound_.cells.begin(), bound_.cells.end(), &program,
        [](const auto& entry, const Program* wanted) {
          return std::less<const Program*>()(entry.first, wanted);
        });
    return run(evaluator_, found->second, operands_);
  }

  /// That the table has no row for these keys.
  Fact fact(std::optional<Date> day) {
    std::string name = bound_.table->name() + '(';
    for (const std::string& key : keys_) {
      if (&key != keys_.data()) name += ", ";
      name += key;
    }
    if (day) name += fmt::format("{}{}", keys_.empty() ? "" : ", ", to_text(*day));
    Fact fact = evaluator_.named(name + ')');
    fact.kind = Fact::Kind::table;
    fact.code = static_cast<std::uint16_t>(number_);
    return fact;
  }

  Evaluator& evaluator_;
  const BoundTable& bound_;
  std::uint32_t number_;
  std::span<const Value> operands_;
  std::vector<std::string> keys_;
};

}  // namespace

Value call_table(Evaluator& evaluator, const BoundTable& table, std::uint32_t number,
                 std::span<const Value> operands) {
  return TableCall(evaluator, table, number, operands).result();
}

}  // namespace eraudit::detail
