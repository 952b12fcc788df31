#include "eraudit/import/detail/row_evaluator.hpp"

#include <algorithm>

#include "eraudit/core/file.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/names.hpp"

namespace eraudit::detail {
namespace {

EvaluationContext context(Date as_of, const Limits& limits) {
  EvaluationContext out;
  out.as_of = as_of;
  out.at = as_of;
  out.limits = limits;
  return out;
}

}  // namespace

RowEvaluator::RowEvaluator(const TableMapping& table, const Limits& limits, Date as_of,
                           Evaluation evaluation)
    : table_(table), evaluation_(evaluation), evaluator_(nullptr, context(as_of, limits)) {
  const auto& columns = table.columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].person != Person::drop && !columns[i].joined)
      by_name_.push_back(static_cast<std::uint16_t>(i));
  }
  std::sort(by_name_.begin(), by_name_.end(),
            [&](std::uint16_t a, std::uint16_t b) { return columns[a].name < columns[b].name; });
  for (const std::string_view form : company_forms()) forms_.push_back(Value::of(form));
}

void RowEvaluator::row(std::span<const RowCell> cells) {
  cells_ = cells;
  has_row_key_ = false;
}

std::string_view RowEvaluator::row_key() {
  if (has_row_key_) return row_key_;
  key_text_.clear();
  for (const std::uint16_t column : by_name_) {
    const CellText& cell = *cells_[column].cell;
    if (cell.state != CellText::State::text) continue;
    key_text_ += table_.columns[column].name;
    key_text_ += '\0';
    key_text_ += cell.text;
    key_text_ += '\0';
  }
  row_key_ = sha256(key_text_).substr(std::string_view("sha256:").size(), 16);
  has_row_key_ = true;
  return row_key_;
}

std::int64_t RowEvaluator::count_row() {
  return repeat_ = ++rows_[std::string(row_key())];
}

Value RowEvaluator::evaluate(const Expression& expression) {
  evaluator_.begin();
  const RowNames& names = table_.names;
  fields_.assign(cells_.size(), Value::null());
  for (const std::uint16_t column : expression.columns) {
    const CellText& cell = *cells_[column].cell;
    switch (cell.state) {
      case CellText::State::text:
        fields_[column] = Value::of(std::string_view(cell.text));
        break;
      case CellText::State::absent:
        break;
      case CellText::State::empty:
      case CellText::State::filler:
        fields_[column] =
            evaluator_.unknown(evaluator_.named("row." + table_.columns[column].name));
        break;
    }
  }
  evaluator_.set(names.row, evaluator_.record(&names.row_type, fields_));
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    fields_[i] = Value::of(cells_[i].cell->state == CellText::State::text);
  }
  evaluator_.set(names.filled, evaluator_.record(&names.filled_type, fields_));
  if (expression.reads_row_key) {
    evaluator_.set(names.row_key, Value::of(row_key()));
    evaluator_.set(names.repeat, Value::of(repeat_));
  }
  evaluator_.set(names.company_forms, evaluator_.list(forms_));
  return evaluator_.evaluate(expression.bound);
}

template <class Outcome, class Convert, class Direct>
const Outcome& RowEvaluator::get(Use<Outcome>& use, const Convert& convert, const Direct& direct) {
  const Expression& expression = *use.expression;
  if (evaluation_ == Evaluation::plain) {
    return use.scratch = convert(evaluate(expression));
  }
  if (expression.form == Expression::Form::constant) {
    if (!use.constant) use.constant = convert(evaluate(expression));
    return *use.constant;
  }
  const bool one = expression.columns.size() == 1 && !expression.reads_row_key;
  const auto compute = [&]() -> Outcome {
    if (expression.form == Expression::Form::column)
      return direct(*cells_[expression.columns[0]].cell);
    return convert(evaluate(expression));
  };
  const std::uint32_t code = one ? cells_[expression.columns[0]].code : no_code;
  if (code == ColumnTexts::nothing_code) {
    if (!use.for_nothing) use.for_nothing = compute();
    return *use.for_nothing;
  }
  if (code == no_code) return use.scratch = compute();
  if (code >= use.by_code.size()) use.by_code.resize(code + 1 + code / 2);
  if (use.by_code[code] == 0) {
    use.outcomes.push_back(compute());
    use.by_code[code] = static_cast<std::uint32_t>(use.outcomes.size());
  }
  return use.outcomes[use.by_code[code] - 1];
}

const TruthOutcome& RowEvaluator::truth(Use<TruthOutcome>& use) {
  const auto convert = [](const Value& value) {
    TruthOutcome out;
    if (value.is(ValueKind::error)) {
      out.error = value.error->message;
    } else if (value.is(ValueKind::boolean)) {
      out.truth = value.boolean ? Truth::yes : Truth::no;
    } else if (!value.is(ValueKind::unknown)) {
      out.error = "the condition is neither true nor false";
    }
    return out;
  };
  // A condition is never a column alone: those are texts.
  return get(use, convert, [](const CellText&) { return TruthOutcome{}; });
}

const IdOutcome& RowEvaluator::id(Use<IdOutcome>& use) {
  const auto convert = [](const Value& value) {
    IdOutcome out;
    if (value.is(ValueKind::error)) {
      out.error = value.error->message;
    } else if (value.is(ValueKind::text)) {
      out.known = true;
      out.id = value.as_text();
    } else if (!value.is(ValueKind::unknown) && !value.is(ValueKind::null)) {
      out.error = "the id is no text";
    }
    return out;
  };
  const auto direct = [](const CellText& cell) {
    IdOutcome out;
    out.known = cell.state == CellText::State::text;
    if (out.known) out.id = cell.text;
    return out;
  };
  return get(use, convert, direct);
}

const TextOutcome& RowEvaluator::text(Use<TextOutcome>& use) {
  const auto convert = [](const Value& value) {
    TextOutcome out;
    out.state = TextOutcome::State::text;
    switch (value.kind) {
      case ValueKind::error:
        out.error = value.error->message;
        break;
      case ValueKind::null:
        out.state = TextOutcome::State::absent;
        break;
      case ValueKind::text:
        out.text = value.as_text();
        break;
      case ValueKind::boolean:
        out.text = value.boolean ? "true" : "false";
        break;
      case ValueKind::integer:
        out.text = std::to_string(value.integer);
        break;
      case ValueKind::uinteger:
        out.text = std::to_string(value.uinteger);
        break;
      case ValueKind::number:
        out.text = to_text(value.number);
        break;
      case ValueKind::date:
        out.text = to_text(value.as_date());
        break;
      case ValueKind::money:
        out.text = to_text(value.as_money());
        break;
      case ValueKind::unknown:
        out.state = TextOutcome::State::unknown;
        break;
      default:
        out.error = "this is no single value";
        break;
    }
    return out;
  };
  const auto direct = [](const CellText& cell) {
    TextOutcome out;
    if (cell.state == CellText::State::text) {
      out.state = TextOutcome::State::text;
      out.text = cell.text;
    } else if (cell.state == CellText::State::absent) {
      out.state = TextOutcome::State::absent;
    }
    return out;
  };
  return get(use, convert, direct);
}

const CellOutcome& RowEvaluator::cell(Use<CellOutcome>& use, const Attribute& attribute) {
  const auto convert = [&](const Value& value) { return to_cell(attribute, value); };
  const auto direct = [&](const CellText& cell) -> CellOutcome {
    switch (cell.state) {
      case CellText::State::text:
        return to_cell(attribute, std::string_view(cell.text));
      case CellText::State::absent:
        return to_cell(attribute, Value::null());
      default:
        return {};
    }
  };
  return get(use, convert, direct);
}

}  // namespace eraudit::detail
