#include "eraudit/evaluate/detail/weigher.hpp"

#include <algorithm>

#include "eraudit/evaluate/detail/facts.hpp"

namespace eraudit::evaluate_detail {
namespace {

Demand to_fail(const Rule& rule) {
  return {rule.proof.fail, false};
}
Demand to_pass(const Rule& rule) {
  return {rule.proof.pass, rule.proof.pass != ProofLevel::any};
}
constexpr Demand everything{};

/// Calls `see` with each fact that an unknown waits for, until it says false.
template <class See>
void each_fact(const Judgement& judgement, const See& see) {
  for (const FactSet* const facts : {judgement.first, judgement.second}) {
    if (facts == nullptr) continue;
    for (const Fact& fact : facts->facts) {
      if (!see(fact)) return;
    }
  }
}

bool demands_proof(const Rules& rules) {
  return std::any_of(rules.all().begin(), rules.all().end(), [](const Rule& rule) {
    return std::max(rule.proof.fail, rule.proof.pass) != ProofLevel::any;
  });
}

bool names_sources(const Network& network) {
  const auto sources = network.sources();
  return std::any_of(sources.begin(), sources.end(),
                     [](const SourceRecord& source) { return !source.source_class.empty(); });
}

}  // namespace

std::unique_ptr<const Weighing> Weighing::of(const Network& network, ProofTablePtr table,
                                             const Rules& rules, Date as_of) {
  const bool by_proof = table != nullptr && demands_proof(rules) && names_sources(network);
  if (!by_proof && network.claims().empty()) return nullptr;
  if (!by_proof) table = std::make_shared<const ProofTable>();
  std::unique_ptr<Weighing> made(new Weighing(network, std::move(table), as_of, by_proof));
  for (const Rule& rule : rules.all()) {
    for (const Demand demand : {to_fail(rule), to_pass(rule)}) {
      if (!by_proof || demand.level == ProofLevel::any || made->admissions_.contains(demand)) {
        continue;
      }
      made->admissions_.emplace(demand, admission_of(made->sources_, demand));
      made->tellings_.emplace(demand, telling_of(made->sources_, demand));
    }
  }
  return made;
}

ProofWeighed weighed(const Network& network, const Rules& rules, const Weighing* weighing) {
  if (!demands_proof(rules)) return ProofWeighed::not_asked;
  if (weighing != nullptr && weighing->by_proof()) {
    return weighing->sources().table().draft ? ProofWeighed::by_draft : ProofWeighed::by_table;
  }
  return names_sources(network) ? ProofWeighed::no_table : ProofWeighed::no_sources;
}

const Admission* Weighing::admission(Demand demand) const noexcept {
  const auto found = admissions_.find(demand);
  return found == admissions_.end() ? nullptr : &found->second;
}

const Admission* Weighing::telling(Demand demand) const noexcept {
  const auto found = tellings_.find(demand);
  return found == tellings_.end() ? nullptr : &found->second;
}

Weigher::Weigher(const Network& network, const EvaluationContext& context, const Weighing* weighing)
    : network_(network),
      context_(context),
      weighing_(weighing),
      told_(&judge_for(nullptr)),
      fuel_(context.limits.fuel) {}

Judge& Weigher::judge_for(const Admission* admission) {
  for (const auto& [of, judge] : judges_) {
    if (of == admission) return *judge;
  }
  EvaluationContext context = context_;
  context.admission = admission;
  auto& made = judges_.emplace_back(admission, std::make_unique<Judge>(network_, context));
  made.second->evaluator().mask(masked_);
  return *made.second;
}

void Weigher::mask(std::span<const Fact> facts) {
  masked_.assign(facts.begin(), facts.end());
  for (const auto& [of, judge] : judges_) judge->evaluator().mask(facts);
}

Judgement Weigher::ask(Judge& judge, const BoundRule& rule, NodeId subject, bool all_rows) {
  assume(judge.evaluator(), assumed_);
  judge.evaluator().fuel(fuel_ - std::min(fuel_, used_));
  const Judgement judgement = judge.judge(rule, subject, all_rows);
  used_ += judge.evaluator().fuel_used();
  return judgement;
}

void Weigher::note(const Judgement& judgement, Heard& heard) {
  const auto keep_side = [&](bool& known) {
    if (!known) heard.sides.push_back({judgement.verdict, assumed_});
    known = true;
  };
  switch (judgement.verdict) {
    case Verdict::fail:
      return keep_side(heard.bad);
    case Verdict::pass:
    case Verdict::not_applicable:
      return keep_side(heard.good);
    default:
      heard.open = true;
  }
}

void Weigher::try_values(Judge& judge, Demand demand, const BoundRule& rule, NodeId subject,
                         const Judgement& open, Heard& heard) {
  std::optional<Fact> disputed;
  std::vector<const Cell*> values;
  each_fact(open, [&](const Fact& fact) {
    values = values_that_count(weighing_->sources(), fact, demand);
    if (values.size() > 1) disputed = fact;
    return !disputed;
  });
  if (!disputed) {
    if (!assumed_.empty()) note(open, heard);
    return;
  }
  for (const Cell* const value : values) {
    if (heard.bad && heard.good) return;
    if (++combinations_ > most_combinations) {
      // More than can be tried: as long as nobody looked, either side may be right.
      cut_short_ = true;
      heard.bad = true;
      heard.good = true;
      return;
    }
    assumed_.push_back({*disputed, value});
    const Judgement judgement = ask(judge, rule, subject, false);
    if (judgement.verdict == Verdict::unknown) {
      try_values(judge, demand, rule, subject, judgement, heard);
    } else {
      note(judgement, heard);
    }
    assumed_.pop_back();
  }
}

Weigher::Heard Weigher::hear(Demand demand, const BoundRule& rule, NodeId subject, bool all_rows) {
  Heard heard;
  heard.demand = demand;
  heard.judge = &judge_for(weighing_->admission(demand));
  assumed_.clear();
  combinations_ = 0;
  heard.plain = ask(*heard.judge, rule, subject, all_rows);
  if (heard.plain->verdict == Verdict::unknown && !network_.claims().empty()) {
    try_values(*heard.judge, demand, rule, subject, *heard.plain, heard);
  }
  if (combinations_ == 0) {
    note(*heard.plain, heard);
  } else {
    heard.plain.reset();  // the judge has judged again
  }
  return heard;
}

Judgement Weigher::tell(Heard& heard, Verdict verdict, const BoundRule& rule, NodeId subject,
                        bool all_rows) {
  told_ = heard.judge;
  if (!heard.plain) {
    // The worse side, if there is one: its row is set, and a message speaks of it.
    std::stable_sort(
        heard.sides.begin(), heard.sides.end(),
        [](const WeighedSide& a, const WeighedSide& b) { return a.verdict < b.verdict; });
    assumed_.clear();
    if (verdict != Verdict::unknown && !heard.sides.empty()) assumed_ = heard.sides.front().values;
    heard.plain = ask(*told_, rule, subject, all_rows);
    if (verdict == Verdict::conflict) sides_ = heard.sides;
  }
  Judgement judgement = *heard.plain;
  if (verdict == Verdict::fail || verdict == Verdict::conflict) {
    // More is said than the verdict rests on: whoever reads of it should hear that, too.
    Judge& teller = judge_for(weighing_->telling(heard.demand));
    if (&teller != told_) {
      const Judgement told = ask(teller, rule, subject, all_rows);
      if (told.verdict == Verdict::fail) {
        judgement = told;
        told_ = &teller;
      }
    }
  }
  judgement.verdict = verdict;
  used_elsewhere_ = used_ - told_->evaluator().fuel_used();
  return judgement;
}

Judgement Weigher::judge(const BoundRule& rule, NodeId subject, bool all_rows) {
  cut_short_ = false;
  sides_.clear();
  weak_.clear();
  used_ = used_elsewhere_ = 0;
  if (weighing_ == nullptr) {
    told_->evaluator().fuel(fuel_);
    return told_->judge(rule, subject, all_rows);
  }
  const Demand fail = to_fail(*rule.rule);
  const Demand pass = to_pass(*rule.rule);
  const auto tell = [&](Heard& heard, Verdict verdict) {
    return this->tell(heard, verdict, rule, subject, all_rows);
  };

  Heard of = hear(fail, rule, subject, all_rows);
  if (of.plain && of.plain->verdict == Verdict::error) return tell(of, Verdict::error);
  if (of.bad && of.good) return tell(of, Verdict::conflict);
  // What is there on strong proof is not absent on stronger.
  if (of.only_bad() && pass.level >= fail.level) return tell(of, Verdict::fail);
  const bool alike = weighing_->admission(fail) == weighing_->admission(pass);
  std::optional<Heard> other;
  if (!alike) other = hear(pass, rule, subject, all_rows);
  Heard& op = alike ? of : *other;
  if (op.bad && op.good) return tell(op, Verdict::conflict);
  if ((of.bad && op.good) || (of.good && op.bad)) {
    // Each side counts for itself: to one demand this, to the other that.
    Heard& worse = of.bad ? of : op;
    worse.sides.insert(worse.sides.end(), (of.bad ? op : of).sides.begin(),
                       (of.bad ? op : of).sides.end());
    Judgement judgement = tell(worse, Verdict::conflict);
    sides_ = worse.sides;
    return judgement;
  }
  if (of.only_bad()) return tell(of, Verdict::fail);
  // That a rule does not apply must be shown as well as that it finds nothing.
  if (op.only_good()) return tell(op, op.plain ? op.plain->verdict : Verdict::pass);

  const bool more = may_hear_more(of, op, rule);
  // To a demand that takes everything, everything was heard.
  Heard* all = weighing_->admission(fail) == nullptr   ? &of
               : weighing_->admission(pass) == nullptr ? &op
                                                       : nullptr;
  std::optional<Heard> everybody;
  if (all == nullptr && more) all = &everybody.emplace(hear(everything, rule, subject, all_rows));
  if (all != nullptr && all->bad) return tell(*all, Verdict::suspect);
  // Told as everybody has it; what does not count stands beside it (`said_too_weakly`).
  Heard& told = all != nullptr ? *all : of.only_good() ? op : of;
  // Copied: the judge of one may be that of another, who judges again.
  std::vector<Fact> waits;
  for (Heard* const heard : {&of, &op, all}) {
    if (heard != nullptr && heard != &told) add_waits(*heard, waits);
  }
  Judgement judgement = tell(told, Verdict::unknown);
  if (waits.empty()) return judgement;
  if (judgement.second != nullptr) {
    waits.insert(waits.end(), judgement.second->facts.begin(), judgement.second->facts.end());
  }
  std::sort(waits.begin(), waits.end());
  waits.erase(std::unique(waits.begin(), waits.end()), waits.end());
  const std::uint32_t dropped = judgement.second == nullptr ? 0 : judgement.second->more;
  const std::size_t kept = std::min(waits.size(), context_.limits.facts_per_verdict);
  judgement.second = told_->evaluator().facts(
      std::span(waits).first(kept), dropped + static_cast<std::uint32_t>(waits.size() - kept));
  return judgement;
}

/// What it waits for, but for what only its judge can name.
void Weigher::add_waits(const Heard& heard, std::vector<Fact>& waits) {
  if (!heard.plain) return;
  each_fact(*heard.plain, [&](const Fact& fact) {
    if (fact.kind != Fact::Kind::table && fact.kind != Fact::Kind::named) waits.push_back(fact);
    return true;
  });
}

/// Whether those who do not count might say something bad. If nobody says anything of what an
/// unknown waits for, it stays unknown whoever counts.
bool Weigher::may_hear_more(const Heard& of, const Heard& op, const BoundRule& rule) {
  bool more = false;
  for (const Heard* const heard : {&of, &op}) {
    if (!heard->plain) {
      more = true;
      continue;
    }
    for (const FactSet* const facts : {heard->plain->first, heard->plain->second}) {
      more = more || (facts != nullptr && facts->more != 0);
    }
    add_said_too_weakly(rule, *heard->plain);
  }
  std::sort(weak_.begin(), weak_.end());
  weak_.erase(std::unique(weak_.begin(), weak_.end()), weak_.end());
  return more || !weak_.empty();
}

void Weigher::add_said_too_weakly(const BoundRule& rule, const Judgement& judgement) {
  for (const Demand demand : {to_fail(*rule.rule), to_pass(*rule.rule)}) {
    const Admission* const admission = weighing_->admission(demand);
    if (admission == nullptr) continue;
    each_fact(judgement, [&](const Fact& fact) {
      if (admission->look(network_, fact) == Admission::Says::nothing && is_said(network_, fact)) {
        weak_.push_back(fact);
      }
      return true;
    });
  }
}

}  // namespace eraudit::evaluate_detail
