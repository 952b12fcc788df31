#include "eraudit/expression/explain.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/evaluate/detail/facts.hpp"
#include "eraudit/evaluate/detail/outlook.hpp"
#include "eraudit/evaluate/detail/source_details.hpp"
#include "eraudit/evaluate/detail/state.hpp"
#include "eraudit/evaluate/detection.hpp"
#include "eraudit/expression/host.hpp"

namespace eraudit {
namespace {

/// Cells whose absence is tried out for one explanation.
constexpr std::size_t most_tried = 256;

void add(const Reading& reading, std::vector<Reading>& readings) {
  const bool known = std::any_of(readings.begin(), readings.end(), [&](const Reading& other) {
    return other.name == reading.name && other.value == reading.value;
  });
  if (!known) readings.push_back(reading);
}

void collect(const Condition& condition, std::vector<Reading>& readings) {
  for (const Reading& reading : condition.readings) add(reading, readings);
  for (const Condition& part : condition.parts) collect(part, readings);
  for (const Condition& variable : condition.variables) collect(variable, readings);
}

class Explainer {
 public:
  Explainer(const Assessment::State& state, std::size_t rule, NodeId subject,
            std::string_view language)
      : state_(state),
        bound_(state.bound[rule]),
        rule_(state.rules.all()[rule]),
        subject_(subject),
        language_(language),
        weigher_(state.weighers) {
    out_.rule = static_cast<std::uint32_t>(rule);
    out_.subject = subject;
  }

  /// `known`: the verdict of the run, which stays `unknown` for what it did not reach.
  Explanation explain(Verdict known) {
    const evaluate_detail::Judgement weighed = weigher_->judge(bound_, subject_);
    judge_ = &weigher_->told();
    if (known == Verdict::unknown && state_.weighing != nullptr) {
      add_waits(weighed.first, weighed.second);
    }
    add_weighing();
    if (bound_.match) judge_->matcher(bound_).note_lists(true);
    const evaluate_detail::Judgement judgement = judge_->judge(bound_, subject_, true);
    if (bound_.match) {
      out_.match = judge_->matched(bound_);
      relied_on_ = judge_->matcher(bound_).noted_lists();
      judge_->matcher(bound_).note_lists(false);
    }
    out_.verdict = known;
    out_.error = std::string(judgement.error);
    if (known == Verdict::unknown) {
      add_waits(judgement.first, judgement.second);
      if (judgement.verdict == Verdict::unknown) add_outlook(judgement);
    } else if (known == Verdict::suspect) {
      add_waits(judge_->evaluator().facts(weigher_->said_too_weakly()), nullptr);
    }
    if (out_.verdict < Verdict::unknown) {
      out_.severity = judge_->severity(bound_);
      out_.message = judge_->message(bound_, language_);
    }
    add_conditions();
    if (out_.when) collect(*out_.when, out_.witness);
    for (const Condition& condition : out_.where) collect(condition, out_.witness);
    if (out_.condition) collect(*out_.condition, out_.witness);
    for (const Reading& reading : other_rows_) add(reading, out_.witness);
    add_lists();
    if (out_.verdict != Verdict::conflict) add_against();  // its sides say it
    if (out_.verdict == Verdict::pass) add_detection();
    if (out_.verdict == Verdict::fail || out_.verdict == Verdict::pass ||
        out_.verdict == Verdict::not_applicable) {
      add_what_would_change();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::span<const Claim> claims_on(const Fact& fact) const {
    const Network& network = state_.network;
    if (fact.kind == Fact::Kind::node_attribute) {
      return network.claims(NodeId{fact.row}, fact.attribute());
    }
    if (fact.kind == Fact::Kind::edge_attribute) {
      return network.claims(EdgeId{fact.row}, fact.attribute());
    }
    return {};
  }

  /// A cell with all who say so. `cell`: one of its claims; null: what is stored.
  [[nodiscard]] Reading said(const Fact& fact, const Cell* cell) const {
    const Network& network = state_.network;
    const Schema& schema = network.schema();
    Reading reading = evaluate_detail::reading_of(network, rule_, fact, {});
    if (fact.kind == Fact::Kind::node_attribute) {
      const NodeId node{fact.row};
      const Cell value = cell != nullptr ? *cell : network.cell(node, fact.attribute());
      const NodeKind& kind = schema.kind(network.kind(node));
      reading.value = plain_value(value, kind.attributes[fact.attribute().index], reading.path);
    } else if (fact.kind == Fact::Kind::edge_attribute && fact.attribute() != row_itself) {
      const EdgeId edge{fact.row};
      const Cell value = cell != nullptr ? *cell : network.cell(edge, fact.attribute());
      const EdgeKind& kind = schema.edge(network.table(edge).kind);
      reading.value = plain_value(value, kind.attributes[fact.attribute().index], reading.path);
    }
    bool first = true;
    for (const Claim& claim : claims_on(fact)) {
      if (cell != nullptr && claim.cell != *cell) continue;
      if (std::exchange(first, false)) {
        reading.source.clear();
        if (claim.file != 0) {
          reading.file = network.inputs()[claim.file - 1U].path;
          reading.line = claim.line;
        }
      }
      const std::string& id = network.sources()[claim.source].id;
      if (!id.empty()) reading.source += (reading.source.empty() ? "" : ", ") + id;
    }
    return reading;
  }

  /// The claim that was taken for true; null: none, or there is only one thing said.
  [[nodiscard]] const Cell* taken(const Fact& fact) const {
    for (const Assumption& assumption : assumed(judge_->evaluator())) {
      if (assumption.fact == fact) return assumption.cell;
    }
    const Admission* const admission = judge_->evaluator().context().admission;
    return admission == nullptr ? nullptr : admission->claim(state_.network, fact);
  }

  /// What is said against what the verdict rests on stands beside it, whoever says it.
  void add_against() {
    for (const Reading& reading : out_.witness) {
      const Cell* const counted = taken(reading.fact);
      if (counted == nullptr) continue;
      std::vector<const Cell*> told = {counted};
      for (const Claim& claim : claims_on(reading.fact)) {
        const bool known = std::any_of(told.begin(), told.end(), [&](const Cell* const other) {
          return *other == claim.cell;
        });
        if (known) continue;
        told.push_back(&claim.cell);
        out_.against.push_back(said(reading.fact, &claim.cell));
      }
    }
  }

  /// Not to have found something says no more than those who were asked could have said.
  void add_detection() {
    if (state_.weighing == nullptr || !state_.weighing->by_proof()) return;
    std::vector<std::uint16_t> sources;
    for (const Reading& reading : out_.witness) {
      for (const std::uint16_t source : evaluate_detail::sources_of(state_.network, reading.fact)) {
        sources.push_back(source);
      }
    }
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    for (const std::uint16_t number : sources) {
      const SourceRecord& source = state_.network.sources()[number];
      Detection detection{source.id, evaluate_detail::count_of(source, "sample"),
                          evaluate_detail::count_of(source, "of"), 0};
      const auto noticed = smallest_noticed(detection.asked, detection.of);
      if (!noticed) continue;
      const bool by_auditor = evaluate_detail::detail_of(source, "chosen_by") == "auditor";
      detection.affected = by_auditor ? *noticed : 0;
      out_.detection.push_back(std::move(detection));
    }
  }

  void add_weighing() {
    for (const evaluate_detail::WeighedSide& side : weigher_->sides()) {
      ConflictSide& told = out_.sides.emplace_back();
      told.verdict = side.verdict;
      for (const Assumption& value : side.values) told.says.push_back(said(value.fact, value.cell));
    }
    for (const Fact& fact : weigher_->said_too_weakly()) {
      out_.too_weak.push_back(said(fact, nullptr));
    }
  }

  void add_waits(const FactSet* first, const FactSet* second) {
    for (const FactSet* const set : {first, second}) {
      if (set == nullptr) continue;
      std::vector<Fact> asked;
      for (const Fact& fact : set->facts) {
        if (!evaluate_detail::goes_with_edge(state_.network, fact, first, second)) {
          asked.push_back(fact);
        }
      }
      for (Missing& fact : questions(asked)) {
        const bool known = std::any_of(
            out_.waits_for.begin(), out_.waits_for.end(),
            [&](const Missing& other) { return other.reading.name == fact.reading.name; });
        if (!known) out_.waits_for.push_back(std::move(fact));
      }
    }
  }

  [[nodiscard]] std::vector<Missing> questions(std::span<const Fact> facts) {
    std::vector<Missing> out;
    for (const Fact& fact : facts) {
      Reading reading =
          evaluate_detail::reading_of(state_.network, rule_, fact, judge_->evaluator().name(fact));
      const LocalText* const asked = question(rule_, state_.network.schema(), reading.path);
      out.push_back({std::move(reading), asked == nullptr ? LocalText() : *asked});
    }
    return out;
  }

  void add_outlook(const evaluate_detail::Judgement& judgement) {
    const evaluate_detail::Outlook outlook =
        evaluate_detail::look_ahead(*judge_, bound_, judgement);
    out_.open_conditions = outlook.open_conditions;
    for (const auto& set : outlook.enough) {
      Enough& enough = out_.enough.emplace_back();
      enough.facts = questions(set.facts);
      enough.more = set.more;
      enough.conditions.assign(set.conditions.begin(), set.conditions.end());
      enough.verdicts = set.verdicts;
    }
    for (const BranchNeeds& needs : outlook.later) {
      Later& later = out_.later.emplace_back();
      later.condition = std::string(needs.condition);
      later.outcome = needs.outcome;
      later.facts = questions(needs.facts->facts);
      later.more = needs.facts->more;
    }
  }

  void add_conditions() {
    Value day;
    if (!judge_->prepare(bound_, subject_, day)) return;
    if (bound_.when) {
      out_.when = eraudit::explain(judge_->evaluator(), *bound_.when);
      if (out_.when->kind == ValueKind::boolean && out_.when->outcome.value == "false") return;
      // So that the condition shows what it reads itself, not what `when` had read before.
      static_cast<void>(judge_->prepare(bound_, subject_, day));
    }
    if (bound_.match) {
      if (!judge_->set_witness(bound_)) return;
      out_.where = judge_->conditions(bound_);
    }
    out_.condition = eraudit::explain(judge_->evaluator(), *bound_.condition);
    if (bound_.match && out_.verdict == Verdict::pass) collect_other_rows();
  }

  /// That a rule passes rests on each of its rows, not on the one that is shown.
  void collect_other_rows() {
    const std::size_t most = judge_->evaluator().context().limits.witnesses;
    for (std::size_t row = 1; row < most && judge_->set_witness(bound_, row); ++row) {
      collect(eraudit::explain(judge_->evaluator(), *bound_.condition), other_rows_);
    }
  }

  /// That no row was found rests on the lists that are said to be complete.
  void add_lists() {
    if (out_.verdict != Verdict::pass && out_.verdict != Verdict::not_applicable) return;
    for (const Fact& fact : relied_on_) {
      const bool known = std::any_of(out_.witness.begin(), out_.witness.end(),
                                     [&](const Reading& other) { return other.fact == fact; });
      if (known) continue;
      out_.witness.push_back(read_edge_list(judge_->evaluator(), NodeId{fact.row}, fact.list()));
    }
  }

  void add_what_would_change() {
    // Judges are used again: whatever happens, nothing stays masked.
    struct Unmask {
      evaluate_detail::Weigher& weigher;
      ~Unmask() { weigher.mask({}); }
    } const unmask{*weigher_};
    std::size_t tried = 0;
    for (const Reading& reading : out_.witness) {
      const Fact::Kind kind = reading.fact.kind;
      if (kind == Fact::Kind::table || kind == Fact::Kind::named) continue;
      if (++tried > most_tried) break;
      weigher_->mask(std::span(&reading.fact, 1));
      const Verdict verdict = weigher_->judge(bound_, subject_).verdict;
      if (verdict != out_.verdict) out_.would_change.push_back(reading);
    }
  }

  const Assessment::State& state_;
  const evaluate_detail::BoundRule& bound_;
  const Rule& rule_;
  NodeId subject_;
  std::string_view language_;
  evaluate_detail::WeigherPool::Lease weigher_;
  evaluate_detail::Judge* judge_ = nullptr;  ///< whose view the verdict is
  std::vector<Reading> other_rows_;          ///< of a pass: what the rows read that are not shown
  std::vector<Fact> relied_on_;              ///< lists that the pattern was read along
  Explanation out_;
};

}  // namespace

Explanation Assessment::explain(std::size_t rule, NodeId subject, std::string_view language) const {
  const Verdict known = verdict(rule, subject);
  const evaluate_detail::RuleResult& result = state_->results[rule];
  std::string no_fuel = state_->no_fuel_for(rule, subject);
  if (!result.population.find(subject) || result.verdicts.empty() || !no_fuel.empty()) {
    Explanation out;
    out.rule = static_cast<std::uint32_t>(rule);
    out.subject = subject;
    out.verdict = known;
    out.message = no_fuel;
    out.error = std::move(no_fuel);
    return out;
  }
  return Explainer(*state_, rule, subject, language).explain(known);
}

}  // namespace eraudit
