#include <algorithm>
#include <cmath>
#include <fmt/format.h>
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
    for (std::size_t input = 0; input < table.inputs().size(); ++input) {
      const Value problem = take(input);
      if (problem.is(ValueKind::error)) return problem;
    }
    if (evaluator_.state().exhausted) return evaluator_.state().limit_error;
    if (waiting_.facts != nullptr) return not_decided();
    return find();
  }

 private:
  /// More combinations of what ranges may turn out to be are not tried.
  static constexpr std::size_t most_combinations = 256;

  Value take(std::size_t input) {
    const Table& table = *bound_.table;
    const Value& operand = operands_[input];
    const std::size_t bytes = operand.is(ValueKind::text) ? operand.size : 0;
    if (!evaluator_.state().spend(bytes / 16)) return evaluator_.state().limit_error;
    const bool is_day = table.day_input() == input;
    if (!is_day && !table.inputs()[input].key) return Value::null();
    if (!is_day) options_.emplace_back();
    if (operand.is(ValueKind::unknown)) {
      waiting_.add(evaluator_, operand);
    } else if (operand.is(ValueKind::range)) {
      ranges_ = evaluator_.merge(ranges_, operand.range->facts);
      if (!evaluator_.state().spend(table.rows().size() / 2)) return evaluator_.state().limit_error;
      if (is_day) {
        take_days(operand);
      } else {
        take_numbers(operand);
      }
    } else if (!operand.is_whole()) {
      waiting_.add(evaluator_, evaluator_.waits_for(operand));
    } else if (is_day) {
      if (!operand.is(ValueKind::date)) {
        return evaluator_.error(fmt::format("the table '{}' is asked for a day", table.name()));
      }
      days_.emplace_back(operand.as_date());
    } else {
      auto key = to_key(operand);
      if (!key) {
        return evaluator_.error(
            fmt::format("a {} is no key of the table '{}'", kind_name(operand), table.name()));
      }
      options_.back().push_back(*std::move(key));
    }
    return Value::null();
  }

  /// The ends, and every day between them on which another row may begin to speak.
  void take_days(const Value& operand) {
    const Ends ends = ends_of(operand);
    if (!ends.low.is(ValueKind::date) || !ends.high.is(ValueKind::date)) {
      waiting_.add(evaluator_, operand.range->facts);
      return;
    }
    const auto add = [&](std::optional<Date> day, std::int32_t shift) {
      if (!day) return;
      const Date at{day->days + shift};
      if (at.days > ends.low.integer && at.days < ends.high.integer) days_.emplace_back(at);
    };
    days_.emplace_back(ends.low.as_date());
    days_.emplace_back(ends.high.as_date());
    for (const TableRow& row : bound_.table->rows()) {
      add(row.since, 0);
      add(row.until, 1);
    }
    std::sort(days_.begin(), days_.end());
    days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  }

  /// The ends, every number between them that a row names, and what lies right beside those.
  void take_numbers(const Value& operand) {
    const Ends ends = ends_of(operand);
    const Value& any = ends.low.is(ValueKind::null) ? ends.high : ends.low;
    const bool whole = any.is(ValueKind::integer);
    if (!whole && !any.is(ValueKind::number)) {
      waiting_.add(evaluator_, operand.range->facts);
      return;
    }
    constexpr double far = 1e18;
    const auto number = [&](const Value& end, double otherwise) {
      if (end.is(ValueKind::null)) return otherwise;
      return whole ? static_cast<double>(end.integer) : end.number;
    };
    const double low = number(ends.low, -far);
    const double high = number(ends.high, far);
    std::vector<double> numbers = {low, high};
    const auto add = [&](std::optional<double> at) {
      if (!at) return;
      const double before = whole ? std::ceil(*at) - 1 : std::nextafter(*at, -INFINITY);
      const double after = whole ? std::floor(*at) + 1 : std::nextafter(*at, INFINITY);
      for (const double candidate : {before, *at, after}) {
        const bool fits = !whole || candidate == std::floor(candidate);
        if (fits && candidate > low && candidate < high) numbers.push_back(candidate);
      }
    };
    const std::size_t column = options_.size() - 1;
    for (const TableRow& row : bound_.table->rows()) {
      const TableCell& cell = row.keys[column];
      if (cell.band) {
        add(cell.band->low);
        add(cell.band->high);
      }
      if (cell.integer) add(static_cast<double>(*cell.integer));
      add(cell.number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (const double candidate : numbers) {
      options_.back().push_back(*to_key(Value::of(candidate)));
    }
  }

  /// The row that is found whatever the ranges turn out to be.
  Value find() {
    const Table& table = *bound_.table;
    if (days_.empty()) days_.emplace_back(std::nullopt);
    std::size_t combinations = days_.size();
    for (const auto& options : options_) combinations *= options.size();
    if (combinations > most_combinations) return not_decided();
    const TableRow* found = nullptr;
    for (std::size_t number = 0; number < combinations; ++number) {
      std::size_t rest = number;
      const std::optional<Date> day = days_[rest % days_.size()];
      rest /= days_.size();
      keys_.clear();
      for (const auto& options : options_) {
        keys_.push_back(options[rest % options.size()]);
        rest /= options.size();
      }
      if (!evaluator_.state().spend(table.find_steps())) return evaluator_.state().limit_error;
      const TableRow* const row = table.find(keys_, day);
      if (number > 0 && row != found) return not_decided();
      found = row;
    }
    return record(found, days_.front());
  }

  Value not_decided() {
    waiting_.add(evaluator_, ranges_);
    if (!bound_.cells.empty()) waiting_.flags |= Value::may_fail;
    return evaluator_.unknown(waiting_.facts, waiting_.flags);
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
      case TableCell::State::band:
      case TableCell::State::unknown:
        return evaluator_.unknown(fact(day));
      case TableCell::State::expression:
        return computed(*cell.program);
      case TableCell::State::constant:
        break;
    }
    switch (type.kind()) {
      case TypeKind::boolean:
        return Value::of(cell.text == "true");
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
      default:
        break;
    }
    return Value::of(std::string_view(cell.text));
  }

  Value computed(const Program& program) {
    const auto found = std::lower_bound(bound_.cells.begin(), bound_.cells.end(), &program,
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
  Waiting waiting_;
  const FactSet* ranges_ = nullptr;
  std::vector<std::vector<std::string>> options_;  ///< what each key may be
  std::vector<std::optional<Date>> days_;
  std::vector<std::string> keys_;
};

}  // namespace

Value call_table(Evaluator& evaluator, const BoundTable& table, std::uint32_t number,
                 std::span<const Value> operands) {
  return TableCall(evaluator, table, number, operands).result();
}

}  // namespace eraudit::detail
