#include "eraudit/report/detail/rule_detection.hpp"

#include <map>

namespace eraudit::detail {

RuleDetections detections_of(const Assessment& assessment, std::size_t rule, std::size_t& most) {
  RuleDetections out;
  const ProofWeighed weighed = assessment.run().proof;
  const Rule& judged = assessment.rules().all()[rule];
  const bool any = (weighed == ProofWeighed::by_draft || weighed == ProofWeighed::by_table) &&
                   judged.proof.pass != ProofLevel::any &&
                   assessment.counts(rule).by_verdict[std::size_t(Verdict::pass)] != 0;
  if (!any) return out;
  std::map<std::string, RuleDetection> by_source;
  for (const KindId kind : judged.kinds) {
    for (const NodeId node : assessment.network().nodes(kind)) {
      if (assessment.verdict(rule, node) != Verdict::pass) continue;
      if (most == 0) {
        ++out.omitted;
        continue;
      }
      --most;
      for (const Detection& detection : assessment.explain(rule, node).detection) {
        RuleDetection& entry = by_source[detection.source];
        entry.detection = detection;
        ++entry.verdicts;
      }
    }
  }
  for (auto& [source, entry] : by_source) out.all.push_back(std::move(entry));
  return out;
}

}  // namespace eraudit::detail
