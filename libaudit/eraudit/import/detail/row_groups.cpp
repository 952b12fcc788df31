#include "eraudit/import/detail/row_groups.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "eraudit/core/text.hpp"
#include "eraudit/import/detail/fields.hpp"

namespace eraudit::detail {
namespace {

double as_number(const Quantity& quantity, bool high) noexcept {
  if (quantity.kind == Quantity::Kind::number)
    return high ? quantity.high_number : quantity.low_number;
  return static_cast<double>(high ? quantity.high : quantity.low);
}

bool exact(const Quantity& quantity) noexcept {
  return quantity.kind == Quantity::Kind::number ? quantity.low_number == quantity.high_number
                                                 : quantity.low == quantity.high;
}

bool alike(const Quantity& a, const Quantity& b) noexcept {
  const auto numeric = [](Quantity::Kind kind) {
    return kind == Quantity::Kind::integer || kind == Quantity::Kind::number;
  };
  if (numeric(a.kind) && numeric(b.kind)) return true;
  return a.kind == b.kind && a.currency == b.currency && a.period == b.period;
}

std::string in_words(const Quantity& quantity) {
  switch (quantity.kind) {
    case Quantity::Kind::date:
      return "days";
    case Quantity::Kind::money:
      return quantity.period == WagePeriod::none
                 ? std::string(quantity.currency.code())
                 : fmt::format("{}/{}", quantity.currency.code(), to_text(quantity.period));
    default:
      return "plain numbers";
  }
}

std::string number_text(double value) {
  std::string text = to_text(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

/// `value` in the unit of `like`.
std::string quantity_text(const Quantity& like, std::int64_t value) {
  if (like.kind == Quantity::Kind::date) return to_text(Date{static_cast<std::int32_t>(value)});
  if (like.kind == Quantity::Kind::money) {
    const Money money{value, like.currency};
    return to_text(MoneyText{money, money, like.period});
  }
  return std::to_string(value);
}

bool any_number(const std::vector<Quantity>& values) noexcept {
  return std::any_of(values.begin(), values.end(),
                     [](const Quantity& one) { return one.kind == Quantity::Kind::number; });
}

/// The lowest low, or the highest high.
std::string extreme(const std::vector<Quantity>& values, bool high) {
  const auto best =
      std::min_element(values.begin(), values.end(), [&](const Quantity& a, const Quantity& b) {
        return high ? as_number(a, true) > as_number(b, true)
                    : as_number(a, false) < as_number(b, false);
      });
  if (best->kind == Quantity::Kind::number)
    return number_text(high ? best->high_number : best->low_number);
  return quantity_text(*best, high ? best->high : best->low);
}

/// Nothing if it cannot be told: an estimate among them, or a sum beyond what fits.
std::optional<std::string> middle(std::vector<Quantity> values) {
  if (!std::all_of(values.begin(), values.end(), exact)) return std::nullopt;
  std::sort(values.begin(), values.end(), [](const Quantity& a, const Quantity& b) {
    return as_number(a, false) < as_number(b, false);
  });
  const Quantity& upper = values[values.size() / 2];
  if (values.size() % 2 == 1) {
    return upper.kind == Quantity::Kind::number ? number_text(upper.low_number)
                                                : quantity_text(upper, upper.low);
  }
  const Quantity& lower = values[values.size() / 2 - 1];
  if (lower.kind == Quantity::Kind::date) return std::nullopt;
  if (lower.kind == Quantity::Kind::money) {
    const std::int64_t sum = lower.low + upper.low;
    std::int64_t half = sum / 2;
    if (sum % 2 != 0 && half % 2 != 0) half += sum > 0 ? 1 : -1;
    return quantity_text(lower, half);
  }
  return number_text((as_number(lower, false) + as_number(upper, false)) / 2);
}

std::optional<std::string> total(const std::vector<Quantity>& values) {
  if (values.front().kind == Quantity::Kind::date) return std::nullopt;
  if (!std::all_of(values.begin(), values.end(), exact)) return std::nullopt;
  if (any_number(values)) {
    double sum = 0;
    for (const Quantity& one : values) sum += as_number(one, false);
    return number_text(sum);
  }
  std::int64_t sum = 0;
  for (const Quantity& one : values) {
    if (__builtin_add_overflow(sum, one.low, &sum)) return std::nullopt;
  }
  if (values.front().kind == Quantity::Kind::money && std::abs(sum) > money_limit)
    return std::nullopt;
  return quantity_text(values.front(), sum);
}

std::string window(const std::vector<Quantity>& values) {
  DateWindow out{Date{static_cast<std::int32_t>(values.front().low)},
                 Date{static_cast<std::int32_t>(values.front().high)}};
  for (const Quantity& one : values) {
    out.first = std::min(out.first, Date{static_cast<std::int32_t>(one.low)});
    out.last = std::max(out.last, Date{static_cast<std::int32_t>(one.high)});
  }
  return to_text(out);
}

}  // namespace

std::optional<Quantity> read_quantity(std::string_view text) {
  Quantity out;
  if (const auto integer = parse_integer(text)) {
    out.low = out.high = *integer;
    return out;
  }
  if (const auto number = parse_number(text); number && std::isfinite(*number)) {
    out.kind = Quantity::Kind::number;
    out.low_number = out.high_number = *number;
    return out;
  }
  if (const auto days = parse_date_window(text)) {
    out.kind = Quantity::Kind::date;
    out.low = days->first.days;
    out.high = days->last.days;
    return out;
  }
  if (const auto money = parse_money(text)) {
    out.kind = Quantity::Kind::money;
    out.low = money->low.minor;
    out.high = money->high.minor;
    out.currency = money->low.currency;
    out.period = money->period;
    return out;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto low = parse_number(text.substr(0, dots));
  const auto high = parse_number(text.substr(dots + 2));
  if (!low || !high || *high < *low) return std::nullopt;
  out.kind = Quantity::Kind::number;
  out.low_number = *low;
  out.high_number = *high;
  return out;
}

RowGroups::RowGroups(ImportRun& run, RowMaker& rows, const Grouping& grouping)
    : run_(run), rows_(rows), grouping_(grouping), made_(run, *grouping.groups, true) {
  for (const FoldMapping& fold : grouping.folds) {
    Use<TextOutcome>& text = texts_.emplace_back();
    Use<TruthOutcome>& truth = truths_.emplace_back();
    if (!fold.value) continue;
    if (fold.fold == Fold::said || fold.fold == Fold::asked) {
      truth.expression = &*fold.value;
    } else {
      text.expression = &*fold.value;
    }
  }
  report_.table = grouping.groups->name;
}

void RowGroups::error(const FoldMapping& fold, std::string message, std::string help) {
  if (rows_.reads_person(*fold.value)) message = "cannot be computed";
  rows_.cell_error(fold.value->columns, "import-group", fmt::format("{}: {}", fold.name, message),
                   std::move(help));
}

void RowGroups::add() {
  std::string key;
  std::vector<TextOutcome> by;
  if (!find_key(key, by)) return;
  ++report_.rows;
  Group& group = groups_[key];
  if (group.rows == 0) {
    group.origin = rows_.origin();
    group.origin.table = nullptr;
    group.line = rows_.line();
    group.by = std::move(by);
    group.members.resize(grouping_.folds.size());
  }
  ++group.rows;
  for (std::size_t i = 0; i < grouping_.folds.size(); ++i) add_member(i, group.members[i]);
}

bool RowGroups::find_key(std::string& key, std::vector<TextOutcome>& by) {
  for (std::size_t i = 0; i < grouping_.folds.size(); ++i) {
    const FoldMapping& fold = grouping_.folds[i];
    if (fold.fold != Fold::by) continue;
    const TextOutcome& outcome = rows_.evaluator().text(texts_[i]);
    if (!outcome.error.empty()) {
      error(fold, outcome.error);
      return false;
    }
    // What is not known is a group of its own: no worker vanishes.
    key += static_cast<char>('0' + static_cast<int>(outcome.state));
    key += outcome.text;
    key += '\0';
    by.push_back(outcome);
  }
  return true;
}

void RowGroups::add_member(std::size_t index, Member& member) {
  const FoldMapping& fold = grouping_.folds[index];
  switch (fold.fold) {
    case Fold::by:
    case Fold::count:
      return;
    case Fold::said:
    case Fold::asked: {
      const TruthOutcome& outcome = rows_.evaluator().truth(truths_[index]);
      if (!outcome.error.empty()) {
        if (fold.fold == Fold::said) error(fold, outcome.error);
        return;
      }
      if (outcome.truth == Truth::unknown) {
        ++member.unknown;
      } else {
        ++member.known;
        member.yes += outcome.truth == Truth::yes;
      }
      return;
    }
    default:
      add_text(index, member);
  }
}

void RowGroups::add_text(std::size_t index, Member& member) {
  const FoldMapping& fold = grouping_.folds[index];
  const TextOutcome& outcome = rows_.evaluator().text(texts_[index]);
  if (!outcome.error.empty()) return error(fold, outcome.error);
  if (outcome.state != TextOutcome::State::text) {
    ++member.unknown;
    return;
  }
  ++member.known;
  if (fold.fold == Fold::distinct) {
    member.texts.insert(outcome.text);
  } else if (fold.fold != Fold::known) {
    add_quantity(fold, outcome.text, member);
  }
}

void RowGroups::add_quantity(const FoldMapping& fold, const std::string& text, Member& member) {
  const auto quantity = read_quantity(text);
  if (!quantity) {
    return error(fold, fmt::format("{} is no number, day or amount of money", in_quotes(text)));
  }
  const bool days = quantity->kind == Quantity::Kind::date;
  if (fold.fold == Fold::window && !days) {
    return error(fold, fmt::format("{} is no day", in_quotes(text)),
                 "a window goes over days: say how they are written with `date:`");
  }
  if (days && (fold.fold == Fold::sum || fold.fold == Fold::median)) {
    return error(fold, "days cannot be added up", "write {window: ...}");
  }
  if (!member.values.empty() && !alike(member.values.front(), *quantity)) {
    return error(fold,
                 fmt::format("{} and {} stand in one group", in_words(member.values.front()),
                             in_words(*quantity)),
                 "tell the groups apart by it, too");
  }
  member.values.push_back(*quantity);
}

RowGroups::Text RowGroups::folded(const FoldMapping& fold, const Member& member,
                                  const Group& group) const {
  const auto some = [&](std::optional<std::string> text) {
    return Text{TableCell::Kind::text, text ? std::move(*text) : std::string()};
  };
  switch (fold.fold) {
    case Fold::count:
      return {TableCell::Kind::text, std::to_string(group.rows)};
    case Fold::distinct:
      return {TableCell::Kind::text, std::to_string(member.texts.size())};
    case Fold::known:
    case Fold::asked:
      return {TableCell::Kind::text, std::to_string(member.known)};
    case Fold::said:
      return {TableCell::Kind::text, std::to_string(member.yes)};
    case Fold::by:
      break;
    default:
      if (member.values.empty()) return {};
  }
  switch (fold.fold) {
    case Fold::min:
      return {TableCell::Kind::text, extreme(member.values, false)};
    case Fold::max:
      return {TableCell::Kind::text, extreme(member.values, true)};
    case Fold::median:
      return some(middle(member.values));
    case Fold::sum:
      // Of a part of the rows it is no sum.
      return member.unknown != 0 ? Text{} : some(total(member.values));
    case Fold::window:
      return {TableCell::Kind::text, window(member.values)};
    default:
      return {};
  }
}

void RowGroups::finish() {
  std::vector<std::uint32_t> fields(grouping_.folds.size());
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = static_cast<std::uint32_t>(i);
  for (const FoldMapping& fold : grouping_.folds) {
    report_.values.push_back({fold.name, 0, 0});
  }
  for (const auto& [key, group] : groups_) {
    std::vector<Text> texts;
    std::size_t by = 0;
    for (std::size_t i = 0; i < grouping_.folds.size(); ++i) {
      const Member& member = group.members[i];
      if (grouping_.folds[i].fold == Fold::by) {
        const TextOutcome& part = group.by[by++];
        texts.push_back({part.state == TextOutcome::State::absent ? TableCell::Kind::absent
                                                                  : TableCell::Kind::text,
                         part.text});
      } else {
        texts.push_back(folded(grouping_.folds[i], member, group));
      }
      report_.values[i].known += member.known;
      report_.values[i].unknown += member.unknown;
    }
    std::vector<TableCell> cells(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      cells[i].text = texts[i].text;
      cells[i].kind = texts[i].kind;
    }
    made_.start(group.origin, fields);
    made_.row({group.line, false, cells});
    if (report_.groups++ == 0 || group.rows < report_.smallest) report_.smallest = group.rows;
  }
  run_.report.groups.push_back(std::move(report_));
  made_.finish();
}

}  // namespace eraudit::detail
