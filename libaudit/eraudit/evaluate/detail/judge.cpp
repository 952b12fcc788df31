#include "eraudit/evaluate/detail/judge.hpp"

#include <algorithm>

#include "eraudit/core/error.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/core/utf8.hpp"
#include "eraudit/expression/host.hpp"
#include "eraudit/expression/table.hpp"

namespace eraudit::evaluate_detail {
namespace {

/// `language`, else what is broader, else English, else the first.
const BoundTemplate* choose(const std::vector<BoundTemplate>& messages, std::string_view language) {
  const auto in = [&](std::string_view wanted) -> const BoundTemplate* {
    const auto found =
        std::find_if(messages.begin(), messages.end(),
                     [&](const BoundTemplate& message) { return message.language == wanted; });
    return found == messages.end() ? nullptr : &*found;
  };
  const std::string tag = language_tag(language).value_or(std::string(language));
  for (std::string_view wanted = tag; !wanted.empty(); wanted = broader_language(wanted)) {
    if (const BoundTemplate* const message = in(wanted)) return message;
  }
  if (const BoundTemplate* const english = in("en")) return english;
  return messages.empty() ? nullptr : &messages.front();
}

/// Whether a row with this key may be the one for `value`.
bool may_match(const TableCell& cell, const Type& type, const Value& value) {
  if (cell.state == TableCell::State::any) return true;
  const auto number = [](const Value& v) -> std::optional<double> {
    if (v.is(ValueKind::integer)) return static_cast<double>(v.integer);
    if (v.is(ValueKind::number)) return v.number;
    return std::nullopt;
  };
  if (value.is(ValueKind::range)) {
    const auto low = number(value.range->low);
    const auto high = number(value.range->high);
    TableBand band;
    if (cell.band) {
      band = *cell.band;
    } else if (cell.number || cell.integer) {
      band.low = band.high = cell.number ? *cell.number : static_cast<double>(*cell.integer);
    }
    if (low && band.high && (band.high_open ? *low >= *band.high : *low > *band.high)) return false;
    return !(high && band.low && (band.low_open ? *high <= *band.low : *high < *band.low));
  }
  if (!value.is_whole()) return true;
  if (cell.state == TableCell::State::band) {
    const auto exact = number(value);
    return exact && cell.band->contains(*exact);
  }
  const auto key = to_key(value);
  return key && key == to_key(cell, type);
}

}  // namespace

BoundRule bind_rule(const Rule& rule, const Schema& schema, const Network& network) {
  for (const KindId kind : rule.kinds) {
    const auto kinds = network.schema().kinds();
    if (kind.index >= kinds.size() || kinds[kind.index].name != schema.kind(kind).name) {
      throw Error(ErrorCode::bad_argument,
                  "rule '" + rule.id + "' judges " + schema.kind(kind).name +
                      ", which the schema of the network does not have: load the rules "
                      "with the schema of the network");
    }
  }
  BoundRule bound;
  bound.rule = &rule;
  const auto ready = [&](const ProgramPtr& program) -> std::optional<BoundProgram> {
    if (!program) return std::nullopt;
    return eraudit::bind(program, &network, rule.tables);
  };
  bound.at = ready(rule.at);
  bound.when = ready(rule.when);
  bound.condition = ready(rule.condition);
  bound.severity = ready(rule.severity_program);
  if (rule.match) bound.match = eraudit::bind(rule.match, network, rule.tables);
  bound.patterns = rule.match != nullptr;
  bound.lets.reserve(rule.lets.size());
  for (const Let& let : rule.lets) {
    BoundLet ready_let;
    ready_let.program = ready(let.program);
    if (let.pattern) {
      ready_let.pattern = eraudit::bind(let.pattern, network, rule.tables);
      bound.patterns = true;
    }
    bound.lets.push_back(std::move(ready_let));
  }
  for (const auto& [language, text] : rule.message) {
    BoundTemplate message;
    message.language = language;
    for (const Template::Part& part : text.parts)
      message.parts.push_back({part.text, ready(part.program)});
    bound.messages.push_back(std::move(message));
  }
  return bound;
}

Judge::Judge(const Network& network, const EvaluationContext& context)
    : evaluator_(&network, context), as_of_(context.as_of) {}

Judge::Patterns& Judge::patterns(const BoundRule& rule) {
  for (auto& [known, kept] : patterns_) {
    if (known == &rule) return *kept;
  }
  auto made = std::make_unique<Patterns>();
  if (rule.match) {
    made->match.emplace(*rule.match, evaluator_);
    if (SharedRows::possible(rule) && made->match->shares_steps(rule.rule->match_needs)) {
      made->shared =
          std::make_unique<SharedRows>(rule, *evaluator_.network(), evaluator_.context());
    }
  }
  for (std::size_t index = 0; index < rule.lets.size(); ++index) {
    made->lets.emplace_back();
    if (!rule.lets[index].pattern) continue;
    const auto what =
        rule.rule->lets[index].counts ? LazyMatch::What::count : LazyMatch::What::exists;
    made->lets.back() = std::make_unique<LazyMatch>(*rule.lets[index].pattern, evaluator_, what);
  }
  return *patterns_.emplace_back(&rule, std::move(made)).second;
}

Matcher& Judge::matcher(const BoundRule& rule) {
  return *patterns(rule).match;
}

void Judge::set_lets(const BoundRule& rule) {
  Patterns* const own = rule.patterns ? &patterns(rule) : nullptr;
  for (std::size_t index = 0; index < rule.lets.size(); ++index) {
    const Slot slot = rule.rule->lets[index].slot;
    if (rule.lets[index].program) {
      evaluator_.set_lazy(slot, &*rule.lets[index].program);
    } else {
      set_lazy(evaluator_, slot, *own->lets[index]);
    }
  }
}

bool Judge::prepare(const BoundRule& rule, NodeId subject, Value& day) {
  evaluator_.begin();
  evaluator_.at(as_of_);
  evaluator_.set(rule.rule->subject_slot, Value::of(subject));
  set_lets(rule);
  if (!rule.at) return true;
  day = evaluator_.evaluate(*rule.at);
  if (!day.is(ValueKind::date)) return false;
  evaluator_.at(day.as_date());
  return true;
}

std::string_view Judge::limit() const {
  return limit_reached(evaluator_);
}

/// `otherwise`: the error if `value` is none.
Judgement Judge::broken(const Value& value, std::string_view otherwise) {
  Judgement judgement;
  judgement.verdict = Verdict::error;
  judgement.error = value.is(ValueKind::error) ? value.error->message : otherwise;
  judgement.limit = limit_of(value);
  return judgement;
}

Judgement Judge::decide(const Rule& rule, const Value* when, const Value& condition) {
  constexpr std::string_view no_truth = "the condition is neither true nor false";
  Judgement judgement;
  const bool open = when != nullptr && when->is(ValueKind::unknown);
  if (when != nullptr && !open) {
    if (when->is_false()) {
      judgement.verdict = Verdict::not_applicable;
      return judgement;
    }
    if (!when->is_true()) return broken(*when, no_truth);
  }
  // Whether it applies or not: a limit is never passed over in silence.
  if (!limit_of(condition).empty()) return broken(condition, no_truth);
  const bool decided = condition.is(ValueKind::boolean);
  const bool bad = decided && condition.boolean == rule.fails_if_true;
  if (open) {
    // Whether it applies is not known. If there is nothing to find either way, it does not matter.
    if (decided && !bad) {
      judgement.verdict = Verdict::not_applicable;
      return judgement;
    }
    judgement.first = when->facts;
    if (condition.is(ValueKind::unknown)) judgement.second = condition.facts;
    return judgement;
  }
  if (decided) {
    judgement.verdict = bad ? Verdict::fail : Verdict::pass;
  } else if (condition.is(ValueKind::unknown)) {
    judgement.second = condition.facts;
  } else {
    return broken(condition, no_truth);
  }
  return judgement;
}

Judgement Judge::judge(const BoundRule& rule, NodeId subject, bool all_rows) {
  Judgement judgement;
  rows_.clear();
  tell_.clear();
  Value day;
  if (!prepare(rule, subject, day)) {
    judgement.first = evaluator_.waits_for(day);
    return judgement.first != nullptr ? judgement : broken(day, "'at' is not a day");
  }
  if (!rule.when) {
    if (rule.match) return judge_rows(rule, subject, all_rows);
    return decide(*rule.rule, nullptr, evaluator_.evaluate(*rule.condition));
  }
  const Value when = evaluator_.evaluate(*rule.when);
  if (!when.is_true() && !when.is(ValueKind::unknown))
    return decide(*rule.rule, &when, Value::null());
  if (rule.match) return decide_rows(&when, judge_rows(rule, subject, all_rows));
  return decide(*rule.rule, &when, evaluator_.evaluate(*rule.condition));
}

SeverityRange Judge::severity(const BoundRule& rule) {
  const Rule& of = *rule.rule;
  if (!rule.severity) return {of.severity, of.severity};
  if (tell_.size() < 2) return row_severity(rule);
  // One finding stands for all rows that fail: it is as grave as the gravest.
  SeverityRange gravest{Severity::none, Severity::none};
  for (const std::uint32_t row : tell_) {
    set_row(rule, row);
    const SeverityRange one = row_severity(rule);
    gravest = {std::max(gravest.low, one.low), std::max(gravest.high, one.high)};
  }
  static_cast<void>(set_witness(rule));
  return gravest;
}

SeverityRange Judge::row_severity(const BoundRule& rule) {
  const Rule& of = *rule.rule;
  const Value value = evaluator_.evaluate(*rule.severity);
  if (value.is(ValueKind::text)) {
    if (const auto severity = parse_severity(value.as_text())) return {*severity, *severity};
  }
  const SeverityRange all{Severity::none, Severity::critical};
  if (!of.severity_table) return all;
  const SeverityTable& form = *of.severity_table;
  const Table& table = *of.tables[form.table];
  std::vector<Value> by;
  for (const Slot slot : form.by) {
    const auto let = std::find_if(of.lets.begin(), of.lets.end(),
                                  [&](const Let& entry) { return entry.slot == slot; });
    const BoundLet& found = rule.lets[static_cast<std::size_t>(let - of.lets.begin())];
    by.push_back(
        found.program
            ? evaluator_.evaluate(*found.program)
            : patterns(rule).lets[static_cast<std::size_t>(let - of.lets.begin())]->compute(
                  evaluator_));
  }
  if (!spend(evaluator_, table.rows().size() / 4).is(ValueKind::null)) return all;
  std::optional<SeverityRange> matching;
  std::optional<SeverityRange> whole;
  const auto widen = [](std::optional<SeverityRange>& range, const SeverityRange& with) {
    if (!range) range = with;
    range->low = std::min(range->low, with.low);
    range->high = std::max(range->high, with.high);
  };
  for (const TableRow& row : table.rows()) {
    const TableCell& cell = row.output[form.field];
    const auto word =
        cell.state == TableCell::State::constant ? parse_severity(cell.text) : std::nullopt;
    const SeverityRange outcome = word ? SeverityRange{*word, *word} : all;
    widen(whole, outcome);
    bool matches = true;
    std::size_t key = 0;
    for (std::size_t input = 0; input < table.inputs().size() && input < by.size(); ++input) {
      if (table.day_input() == input) {
        const bool known = by[input].is(ValueKind::date);
        matches = matches && !(known && row.since && by[input].as_date() < *row.since) &&
                  !(known && row.until && *row.until < by[input].as_date());
      } else if (table.inputs()[input].key) {
        matches = matches && may_match(row.keys[key++], table.inputs()[input].type, by[input]);
      }
    }
    if (matches) widen(matching, outcome);
  }
  return matching ? *matching : whole.value_or(all);
}

std::string Judge::message(const BoundRule& rule, std::string_view language) {
  std::string out;
  const BoundTemplate* const chosen = choose(rule.messages, language);
  if (chosen == nullptr) return out;
  const std::size_t most = evaluator_.context().limits.message_bytes;
  for (const BoundTemplate::Part& part : chosen->parts) {
    if (out.size() > most) {
      out = std::string(detail::first_bytes(out, most)) + "…";
      break;
    }
    if (part.program) {
      out += evaluator_.describe(evaluator_.evaluate(*part.program), chosen->language,
                                 part.program->program().type());
    } else {
      out += part.text;
    }
  }
  return out;
}

}  // namespace eraudit::evaluate_detail
