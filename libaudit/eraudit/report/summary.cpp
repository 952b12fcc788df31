#include "eraudit/report/summary.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/report/detail/not_checked.hpp"
#include "eraudit/report/detail/paragraphs.hpp"
#include "eraudit/report/detail/ratings.hpp"
#include "eraudit/report/detail/wording.hpp"

namespace eraudit {
namespace {

using detail::mark;
using detail::one_line;
using detail::Paragraphs;
using detail::Wording;

std::uint64_t count_of(const RuleCounts& counts, Verdict verdict) {
  return counts.by_verdict[static_cast<std::size_t>(verdict)];
}

class Summary {
 public:
  Summary(const Assessment& assessment, const TextOptions& options)
      : assessment_(assessment),
        options_(options),
        words_(options_.language),
        out_(options.width),
        totals_(assessment.totals()) {}

  std::string write() && {
    write_head();
    if (assessment_.empty()) write_nothing_checked();
    write_verdicts();
    if (!assessment_.empty()) {
      write_findings();
      write_ratings();
      write_asks();
    }
    write_reach();
    write_not_checked();
    write_limits();
    out_.hanging("", words_.say("footer"));
    return std::move(out_).text();
  }

 private:
  void heading(std::string_view key) {
    const std::string text(words_.say(key));
    out_.line(options_.colour ? "\x1b[1m" + text + "\x1b[0m" : text);
  }

  void write_head() {
    const Rules& rules = assessment_.rules();
    std::string packs;
    for (const Pack& pack : rules.packs()) {
      if (!packs.empty()) packs += ", ";
      packs += fmt::format("{} {}", printable(pack.id), one_line(pack.version));
    }
    if (!packs.empty()) packs = fmt::format(" ({})", packs);
    out_.hanging("", fmt::format("eraudit {}   {} {}   {}{}", version(), words_.say("as-of"),
                                 to_text(assessment_.run().as_of),
                                 words_.count("rules", rules.size()), packs));

    const Network& network = assessment_.network();
    std::string kinds;
    for (std::uint16_t k = 0; k < network.schema().kinds().size(); ++k) {
      const std::size_t count = network.nodes(KindId{k}).size();
      if (count == 0) continue;
      const NodeKind& kind = network.schema().kinds()[k];
      const std::string_view label = kind.label.in(words_.language());
      if (!kinds.empty()) kinds += ", ";
      kinds += fmt::format("{} {}", one_line(label.empty() ? kind.name : label), count);
    }
    if (!kinds.empty()) kinds = fmt::format(" ({})", kinds);
    labelled("network", fmt::format("{}, {}{}", words_.count("nodes", network.node_count()),
                                    words_.count("edges", network.edge_count()), kinds));
    if (!network.inputs().empty()) {
      std::uint64_t rows = 0;
      for (const Network::InputFile& input : network.inputs()) rows += input.rows;
      labelled("inputs", fmt::format("{}, {}", words_.count("files", network.inputs().size()),
                                     words_.count("rows", rows)));
    }
    out_.blank();
  }

  void labelled(std::string_view key, const std::string& text) {
    out_.hanging(fmt::format("{:<10}", words_.say(key)), text);
  }

  void write_nothing_checked() {
    heading("nothing-checked");
    out_.hanging("  ", words_.say("nothing-checked-means"));
    out_.blank();
  }

  void write_verdicts() {
    heading("verdicts");
    for (const Verdict verdict : verdicts) {
      const bool always = verdict == Verdict::fail || verdict == Verdict::unknown ||
                          verdict == Verdict::pass || verdict == Verdict::not_applicable;
      const std::uint64_t count = count_of(totals_, verdict);
      if (count == 0 && !always) continue;
      out_.line(fmt::format("  {} {:>9}  {}", mark(verdict), count, words_.verdict(verdict)));
    }
    if (totals_.applicable > 0) {
      const std::uint64_t open = totals_.applicable - totals_.decided;
      out_.hanging("  ", words_.fill("undecided-share",
                                     {{"share", words_.per_cent(open, totals_.applicable)},
                                      {"n", std::to_string(open)},
                                      {"all", std::to_string(totals_.applicable)}}));
    }
    out_.blank();
  }

  void write_findings() {
    const auto findings = assessment_.findings();
    const std::uint64_t all = findings.size() + assessment_.run().findings_dropped;
    heading("findings");
    if (all == 0) {
      const std::uint64_t open = count_of(totals_, Verdict::unknown);
      out_.hanging("  ", open == 0
                             ? std::string(words_.say("findings-none"))
                             : words_.fill("findings-none-yet", {{"n", std::to_string(open)}}));
    }
    const std::size_t shown = std::min(findings.size(), options_.findings);
    for (const Finding& finding : findings.first(shown)) {
      const Rule& rule = assessment_.rules().all()[finding.rule];
      const std::string draft =
          rule.status == RuleStatus::draft ? fmt::format(" [{}]", words_.say("draft")) : "";
      out_.hanging(
          fmt::format("  {} ", mark(finding.verdict)),
          fmt::format("{}  {}  {}{}", words_.severity(finding.severity),
                      printable(assessment_.network().id(finding.subject)), rule.id, draft));
      out_.hanging("      ", words_.led(finding.verdict,
                                        one_line(assessment_.message(finding, words_.language()))));
      if (rule.match) write_path(finding);
    }
    if (shown < all) out_.hanging("    ", words_.count("and-more", all - shown));
    out_.blank();
  }

  void write_path(const Finding& finding) {
    const MatchedRows match = assessment_.match(finding.rule, finding.subject);
    if (match.rows.empty()) return;
    std::string text = detail::row_text(match.rows[0], assessment_.network());
    const std::uint64_t others = match.rows.size() - 1 + match.more;
    if (others > 0) text += fmt::format(" ({})", words_.count("and-more", others));
    out_.hanging("      ", text);
  }

  /// Whom to look at first. Nobody for whom nothing was found and nothing reaches.
  void write_ratings() {
    if (!options_.risk) return;
    std::size_t shown = 0;
    for (const Rating& rating : options_.risk->ratings()) {
      if (shown == options_.ratings || rating.total().low == 0) break;
      if (shown++ == 0) {
        heading("look-first");
        out_.hanging("  ", words_.say("look-first-means"));
      }
      write_rating(rating);
    }
    if (shown > 0) out_.blank();
  }

  [[nodiscard]] std::string exact(Thousandths n) const {
    return words_.thousandths(static_cast<std::uint64_t>(n));  // no rating is below zero
  }

  void write_rating(const Rating& rating) {
    const Network& network = assessment_.network();
    const std::string best = std::to_string(rating.best_rank);
    const std::string worst = std::to_string(rating.worst_rank);
    const RatingRange total = rating.total();
    const std::string place = words_.also(range(exact(total.low), exact(total.high)),
                                          words_.fill("rank", {{"range", range(best, worst)}}));
    const std::string decided = words_.fill(
        "decided-of",
        {{"n", std::to_string(rating.decided)}, {"all", std::to_string(rating.applicable)}});
    out_.hanging("    ", fmt::format("{}  {}", printable(network.id(rating.node)),
                                     words_.also(place, decided)));
    if (rating.own.low >= rating.reached.low) {
      std::string reasons;
      std::size_t listed = 0;
      std::size_t more = 0;
      for (const Contribution& one : options_.risk->contributions(rating.node)) {
        if (one.adds.low == 0) continue;
        if (listed == 3) {
          ++more;
          continue;
        }
        ++listed;
        if (!reasons.empty()) reasons += ", ";
        reasons += fmt::format("{} {}", printable(network.id(one.subject)),
                               assessment_.rules().all()[one.rule].id);
      }
      if (more > 0) reasons += ", " + words_.count("and-more", more);
      out_.hanging("      ", reasons);
    } else if (const auto reached = options_.risk->reached(rating.node)) {
      std::string path;
      for (const std::string& station : detail::stations(network, rating.node, *reached)) {
        path += (path.empty() ? "" : " < ") + printable(station);
      }
      out_.hanging("      ", words_.fill("reached-over", {{"path", path}}));
    }
  }

  /// `0.8`, or `0.8 to 1`.
  [[nodiscard]] std::string range(const std::string& low, const std::string& high) const {
    return low == high ? low : words_.fill("from-to", {{"low", low}, {"high", high}});
  }

  void write_asks() {
    const auto asks = assessment_.asks();
    heading("ask-next");
    if (asks.empty()) {
      const std::uint64_t open = count_of(totals_, Verdict::unknown);
      out_.hanging("  ", open == 0 ? std::string(words_.say("ask-none"))
                                   : words_.fill("ask-none-yet", {{"n", std::to_string(open)}}));
    }
    const std::size_t shown = std::min(asks.size(), options_.asks);
    for (std::size_t i = 0; i < shown; ++i) {
      const Ask& ask = asks[i];
      out_.hanging(fmt::format("{:>3} ", i + 1),
                   fmt::format("{} ({})", one_line(assessment_.question(ask, words_.language())),
                               words_.also(fmt::format("{}, {}", printable(ask.path),
                                                       assessment_.rules().all()[ask.rule].id),
                                           words_.settles(ask.verdicts, ask.stated))));
    }
    if (shown < asks.size()) out_.hanging("    ", words_.count("and-more", asks.size() - shown));
    out_.blank();
  }

  /// How much of its population each rule could judge.
  void write_reach() {
    const Rules& rules = assessment_.rules();
    if (rules.size() == 0) return;
    constexpr std::array<std::string_view, 3> keys = {"selected", "applies", "decided"};
    const auto numbers = [](const RuleCounts& counts) {
      return std::array<std::uint64_t, 3>{counts.selected, counts.applicable, counts.decided};
    };
    std::array<std::size_t, 3> widths{};
    for (std::size_t c = 0; c < keys.size(); ++c) {
      widths.at(c) = display_width(words_.say(keys.at(c)));
      for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string number = std::to_string(numbers(assessment_.counts(i)).at(c));
        widths.at(c) = std::max(widths.at(c), number.size());
      }
    }
    heading("how-far");
    std::string header(1, ' ');
    for (std::size_t c = 0; c < keys.size(); ++c) {
      const std::string_view label = words_.say(keys.at(c));
      header += std::string(1 + widths.at(c) - display_width(label), ' ') + std::string(label);
    }
    out_.line(header);
    for (std::size_t i = 0; i < rules.size(); ++i) {
      std::string row(1, ' ');
      const auto counts = numbers(assessment_.counts(i));
      for (std::size_t c = 0; c < counts.size(); ++c) {
        row += fmt::format(" {:>{}}", counts.at(c), widths.at(c));
      }
      out_.hanging(row + "  ", rules.all()[i].id);
    }
    out_.blank();
  }

  void write_not_checked() {
    const Rules& rules = assessment_.rules();
    bool any = false;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto reason = detail::not_checked_reason(assessment_.counts(i));
      if (!reason) continue;
      if (!any) heading("not-checked");
      any = true;
      out_.hanging("  ", words_.fill("is", {{"a", rules.all()[i].id}, {"b", words_.say(*reason)}}));
    }
    if (const auto reservation = detail::proof_reservation(assessment_.run().proof)) {
      if (!any) heading("not-checked");
      out_.hanging("  ", words_.say(*reservation));
    }
    out_.blank();
  }

  void write_limits() {
    if (assessment_.run().stopped) out_.hanging("", words_.say("stopped"));
    for (const LimitHit& hit : assessment_.run().limits_hit) {
      out_.hanging("",
                   words_.fill("is", {{"a", words_.say("limit-hit")}, {"b", words_.limit(hit)}}));
    }
    out_.blank();
  }

  const Assessment& assessment_;
  const TextOptions& options_;
  Wording words_;
  Paragraphs out_;
  RuleCounts totals_;
};

}  // namespace

std::string summary(const Assessment& assessment, const TextOptions& options) {
  return Summary(assessment, options).write();
}

std::string describe_limit(const LimitHit& hit, std::string_view language) {
  return Wording(language).limit(hit);
}

}  // namespace eraudit
