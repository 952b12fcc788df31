#include "eraudit/risk/detail/own_verdicts.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/rules/vocabulary.hpp"

namespace eraudit::risk_detail {
namespace {

std::uint64_t key_of(std::uint32_t rule, NodeId subject) noexcept {
  return (std::uint64_t{rule} << 32) | subject.index;
}

}  // namespace

OwnVerdicts::OwnVerdicts(const Assessment& assessment, const Exposure& exposure)
    : assessment_(assessment) {
  const std::span<const Rule> rules = assessment.rules().all();
  for (const Rule& rule : rules) worst_.push_back(gravest(rule));
  for (const Exposure::Own& own : exposure.own) {
    const auto same_kind =
        std::count_if(neighbours_.begin(), neighbours_.end(),
                      [&](const Neighbours& other) { return other.from.kind == own.kind; });
    Neighbours neighbours{own, std::uint64_t{1} << same_kind,
                          std::vector<bool>(rules.size(), own.families.empty())};
    for (std::size_t index = 0; index < rules.size() && !own.families.empty(); ++index) {
      const Indicator* const indicator = vocabulary().indicator(rules[index].indicator);
      neighbours.rules[index] =
          indicator != nullptr && std::find(own.families.begin(), own.families.end(),
                                            indicator->family) != own.families.end();
    }
    neighbours_.push_back(std::move(neighbours));
  }
  findings_.reserve(assessment.findings().size());
  for (const Finding& finding : assessment.findings()) {
    findings_.emplace(key_of(finding.rule, finding.subject), finding.severity);
  }
}

Weighed OwnVerdicts::weigh(std::uint32_t rule, NodeId subject, Verdict verdict) const {
  Weighed weighed{rule, subject, verdict, {}, Severity::none, Severity::none};
  if (verdict == Verdict::pass) return weighed;
  weighed.severity = {Severity::none, worst_[rule]};
  if (const auto found = findings_.find(key_of(rule, subject)); found != findings_.end()) {
    weighed.severity = found->second;
  }
  weighed.high = weighed.severity.high;
  // Nobody has reviewed a draft: what it finds may turn out to be nothing.
  const bool certain =
      verdict == Verdict::fail && assessment_.rules().all()[rule].status != RuleStatus::draft;
  if (certain) weighed.low = weighed.severity.low;
  return weighed;
}

void OwnVerdicts::collect(NodeId node, std::vector<Weighed>& out) const {
  out.clear();
  const Network& network = assessment_.network();
  const KindId kind = network.kind(node);
  const std::uint32_t first = network.nodes(kind).first;
  constexpr std::uint64_t itself = std::uint64_t{1} << 63;
  // Each subject once, with the bits of the entries that name it.
  std::vector<std::pair<NodeId, std::uint64_t>> subjects{{node, itself}};
  for (const Neighbours& entry : neighbours_) {
    const Exposure::Own& own = entry.from;
    if (own.kind != kind) continue;
    for (const std::uint16_t number : network.tables(kind, own.list)) {
      const EdgeTable& table = network.tables()[number];
      const std::uint32_t local = node.index - first;
      if (own.list.side == Side::from) {
        for (std::uint32_t row = table.out_offsets[local]; row < table.out_offsets[local + 1];
             ++row)
          subjects.emplace_back(table.to[row], entry.bit);
      } else {
        for (std::uint32_t at = table.in_offsets[local]; at < table.in_offsets[local + 1]; ++at)
          subjects.emplace_back(table.from[table.in_rows[at]], entry.bit);
      }
    }
  }
  std::sort(subjects.begin(), subjects.end());
  for (std::size_t at = 0; at < subjects.size();) {
    const NodeId subject = subjects[at].first;
    std::uint64_t entries = 0;
    for (; at < subjects.size() && subjects[at].first == subject; ++at)
      entries |= subjects[at].second;
    for (std::uint32_t rule = 0; rule < worst_.size(); ++rule) {
      const bool counts =
          (entries & itself) != 0 ||
          std::any_of(neighbours_.begin(), neighbours_.end(), [&](const auto& entry) {
            return entry.from.kind == kind && (entries & entry.bit) != 0 && entry.rules[rule];
          });
      if (!counts) continue;
      const Verdict verdict = assessment_.verdict(rule, subject);
      if (verdict != Verdict::not_applicable) out.push_back(weigh(rule, subject, verdict));
    }
  }
}

}  // namespace eraudit::risk_detail
