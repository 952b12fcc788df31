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
#include "eraudit/report/texts.hpp"

namespace eraudit {
namespace {

using detail::Paragraphs;

/// A sign that can be told apart without colour.
char mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail:
      return 'x';
    case Verdict::suspect:
      return '~';
    case Verdict::conflict:
      return '!';
    case Verdict::error:
      return 'E';
    case Verdict::unknown:
      return '?';
    case Verdict::pass:
      return '.';
    case Verdict::not_applicable:
      return '-';
  }
  return ' ';
}

std::string name_of(const Network& network, NodeId node) {
  return printable(network.id(node));
}

std::string and_more(std::uint64_t count, std::string_view language) {
  std::string text(engine_text("and-more", language));
  return text.replace(text.find("{n}"), 3, std::to_string(count));
}

std::string severity_text(const SeverityRange& severity, std::string_view language) {
  std::string text(label(severity.high, language));
  if (severity.low != severity.high) {
    text =
        fmt::format("{} {} {}", label(severity.low, language), engine_text("to", language), text);
  }
  return text;
}

std::string heading(std::string_view key, const TextOptions& options) {
  std::string text(engine_text(key, options.language));
  return options.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
}

void write_head(Paragraphs& out, const Assessment& assessment, const TextOptions& options) {
  const std::string_view language = options.language;
  const auto say = [&](std::string_view key) { return engine_text(key, language); };
  std::string packs;
  for (const Pack& pack : assessment.rules().packs()) {
    if (!packs.empty()) packs += ", ";
    packs += fmt::format("{} {}", printable(pack.id), printable(pack.version));
  }
  out.line(fmt::format("eraudit {}   {} {}   {} {}", version(), say("as-of"),
                       to_text(assessment.run().as_of), assessment.rules().size(), say("rules")) +
           (packs.empty() ? std::string() : fmt::format(" ({})", packs)));

  const Network& network = assessment.network();
  std::string kinds;
  for (std::uint16_t k = 0; k < network.schema().kinds().size(); ++k) {
    const std::size_t count = network.nodes(KindId{k}).size();
    if (count == 0) continue;
    if (!kinds.empty()) kinds += ", ";
    kinds += fmt::format("{} {}", count, network.schema().kinds()[k].name);
  }
  out.hanging(
      fmt::format("{:<10}", say("network")),
      fmt::format("{} {}, {} {}{}", network.node_count(), say("nodes"), network.edge_count(),
                  say("edges"), kinds.empty() ? "" : " (" + kinds + ")"));
  if (!network.inputs().empty()) {
    std::uint64_t rows = 0;
    for (const Network::InputFile& input : network.inputs()) rows += input.rows;
    out.hanging(
        fmt::format("{:<10}", say("inputs")),
        fmt::format("{} {}, {} {}", network.inputs().size(), say("files"), rows, say("rows")));
  }
  out.blank();
}

void write_verdicts(Paragraphs& out, const Assessment& assessment, const TextOptions& options) {
  const RuleCounts totals = assessment.totals();
  out.line(heading("verdicts", options));
  for (const Verdict verdict : verdicts) {
    const std::uint64_t count = totals.by_verdict[std::size_t(verdict)];
    const bool always = verdict == Verdict::fail || verdict == Verdict::unknown ||
                        verdict == Verdict::pass || verdict == Verdict::not_applicable;
    if (count == 0 && !always) continue;
    out.line(fmt::format("  {} {:>9}  {}", mark(verdict), count, label(verdict, options.language)));
  }
  if (totals.applicable > 0) {
    const std::uint64_t undecided = totals.applicable - totals.decided;
    const auto permille = undecided * 1000 / totals.applicable;
    out.line(fmt::format("  {}.{} % {}", permille / 10, permille % 10,
                         engine_text("undecided-share", options.language)));
  }
  out.blank();
}

void write_findings(Paragraphs& out, const Assessment& assessment, const TextOptions& options) {
  const auto findings = assessment.findings();
  out.line(heading("findings", options));
  if (findings.empty()) {
    out.hanging("  ", engine_text("findings-none", options.language));
    out.blank();
    return;
  }
  const std::size_t shown = std::min(findings.size(), options.findings);
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = findings[i];
    const Rule& rule = assessment.rules().all()[finding.rule];
    const std::string draft = rule.status == RuleStatus::draft
                                  ? fmt::format(" [{}]", engine_text("draft", options.language))
                                  : std::string();
    out.hanging(fmt::format("  {} ", mark(finding.verdict)),
                fmt::format("{}  {}  {}{}", severity_text(finding.severity, options.language),
                            name_of(assessment.network(), finding.subject), rule.id, draft));
    out.hanging("      ", printable(assessment.message(finding, options.language)));
  }
  if (shown < findings.size()) {
    out.line("    " + and_more(findings.size() - shown, options.language));
  }
  out.blank();
}

void write_asks(Paragraphs& out, const Assessment& assessment, const TextOptions& options) {
  const auto asks = assessment.asks();
  out.line(heading("ask-next", options));
  if (asks.empty()) {
    out.hanging("  ", engine_text("ask-none", options.language));
    out.blank();
    return;
  }
  const std::size_t shown = std::min(asks.size(), options.asks);
  for (std::size_t i = 0; i < shown; ++i) {
    const Ask& ask = asks[i];
    out.hanging(
        fmt::format("{:>3} ", i + 1),
        fmt::format("{} ({}, {}; {} {} {})", printable(assessment.question(ask, options.language)),
                    printable(ask.path), assessment.rules().all()[ask.rule].id,
                    engine_text("settles", options.language), ask.verdicts,
                    label(Verdict::unknown, options.language)));
  }
  if (shown < asks.size()) {
    out.line("    " + and_more(asks.size() - shown, options.language));
  }
  out.blank();
}

void write_rules(Paragraphs& out, const Assessment& assessment, const TextOptions& options) {
  const auto say = [&](std::string_view key) { return engine_text(key, options.language); };
  out.line(heading("how-far", options));
  out.line(fmt::format("  {:>9} {:>9} {:>9}", say("selected"), say("applies"), say("decided")));
  const Rules& rules = assessment.rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const RuleCounts& counts = assessment.counts(i);
    out.line(fmt::format("  {:>9} {:>9} {:>9}  {}", counts.selected, counts.applicable,
                         counts.decided, rules.all()[i].id));
  }
  out.blank();

  bool any = false;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const RuleCounts& counts = assessment.counts(i);
    const auto reason = detail::not_checked_reason(counts);
    if (!reason) continue;
    if (!any) out.line(heading("not-checked", options));
    any = true;
    out.hanging("  ", fmt::format("{}: {}", rules.all()[i].id, say(*reason)));
  }
  if (any) out.blank();
}

void write_condition(Paragraphs& out, const Condition& condition, std::size_t depth) {
  const std::string indent(2 + 2 * depth, ' ');
  out.hanging(indent,
              fmt::format("{}  ->  {}", printable(condition.text), printable(condition.outcome)));
  for (const Reading& reading : condition.readings) {
    std::string where;
    if (!reading.file.empty())
      where = fmt::format("  {}:{}", printable(reading.file), reading.line);
    if (!reading.source.empty()) where += fmt::format("  [{}]", printable(reading.source));
    out.hanging(indent + "    ",
                fmt::format("{} = {}{}", printable(reading.name), printable(reading.value), where));
  }
  for (const Condition& variable : condition.variables) write_condition(out, variable, depth + 1);
  for (const Condition& part : condition.parts) write_condition(out, part, depth + 1);
}

void write_readings(Paragraphs& out, const std::vector<Reading>& readings, bool with_value) {
  for (const Reading& reading : readings) {
    std::string text = printable(reading.name);
    if (with_value) text += fmt::format(" = {}", printable(reading.value));
    if (!reading.file.empty())
      text += fmt::format("  {}:{}", printable(reading.file), reading.line);
    if (!reading.source.empty()) text += fmt::format("  [{}]", printable(reading.source));
    out.hanging("    ", text);
  }
}

}  // namespace

std::string summary(const Assessment& assessment, const TextOptions& options) {
  Paragraphs out(options.width);
  write_head(out, assessment, options);
  if (assessment.empty()) {
    out.hanging("", engine_text("nothing-checked", options.language));
    out.blank();
  }
  write_verdicts(out, assessment, options);
  write_findings(out, assessment, options);
  write_asks(out, assessment, options);
  write_rules(out, assessment, options);
  if (assessment.run().stopped) out.hanging("", engine_text("stopped", options.language));
  for (const std::string& limit : assessment.run().limits_hit) {
    out.hanging("", fmt::format("{}: {}", engine_text("limit-hit", options.language), limit));
  }
  out.hanging("", engine_text("footer", options.language));
  return std::move(out).text();
}

std::string describe(const Assessment& assessment, const Explanation& explanation,
                     const TextOptions& options) {
  const auto say = [&](std::string_view key) { return engine_text(key, options.language); };
  const Rule& rule = assessment.rules().all()[explanation.rule];
  Paragraphs out(options.width);
  out.hanging("", fmt::format("{}   {}", rule.id, printable(rule.title.in(options.language))));
  const Network& network = assessment.network();
  const std::string kind(
      network.schema().kind(network.kind(explanation.subject)).label.in(options.language));
  std::string verdict(label(explanation.verdict, options.language));
  const bool found = explanation.verdict == Verdict::fail ||
                     explanation.verdict == Verdict::suspect ||
                     explanation.verdict == Verdict::conflict;
  if (found && explanation.severity.high != Severity::none) {
    verdict += fmt::format("   {}: {}", say("severity"),
                           severity_text(explanation.severity, options.language));
  }
  if (rule.status == RuleStatus::draft) verdict += fmt::format("   [{}]", say("draft"));
  out.hanging("  ",
              fmt::format("{} {}   {} {}", printable(kind), name_of(network, explanation.subject),
                          mark(explanation.verdict), verdict));
  if (!explanation.message.empty()) {
    out.blank();
    out.hanging("  ", printable(explanation.message));
  }
  if (!explanation.error.empty()) out.hanging("  ", printable(explanation.error));
  if (explanation.when) {
    out.blank();
    out.line(fmt::format("{}  {}:{}", say("when"), printable(rule.file),
                         explanation.when->position.line));
    write_condition(out, *explanation.when, 0);
  }
  if (explanation.condition) {
    out.blank();
    out.line(fmt::format("{}  {}:{}", rule.fails_if_true ? "fail_if" : "pass_if",
                         printable(rule.file), explanation.condition->position.line));
    write_condition(out, *explanation.condition, 0);
  }
  const auto section = [&](std::string_view key, const std::vector<Reading>& readings,
                           bool with_value) {
    if (readings.empty()) return;
    out.blank();
    out.line(std::string(say(key)));
    write_readings(out, readings, with_value);
  };
  section("rests-on", explanation.witness, true);
  section("waits-for", explanation.waits_for, true);
  section("would-change", explanation.would_change, true);
  if (found && rule.remedy) {
    out.blank();
    std::string text(rule.remedy->text.in(options.language));
    if (rule.remedy->days) text += fmt::format(" ({} {})", *rule.remedy->days, say("days"));
    out.hanging(fmt::format("{}  ", say("remedy")), printable(text));
  }
  if (!rule.basis.empty()) {
    std::string text;
    for (const Basis& basis : rule.basis) {
      if (!text.empty()) text += "; ";
      text += fmt::format("{} ({})", basis.provision, basis.relation);
    }
    out.hanging(fmt::format("{}  ", say("basis")), text);
  }
  out.blank();
  out.hanging("", say("footer"));
  return std::move(out).text();
}

std::string ask_list(const Assessment& assessment, const TextOptions& options) {
  Paragraphs out(options.width);
  const auto asks = assessment.asks();
  if (asks.empty()) out.hanging("", engine_text("ask-none", options.language));
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const Ask& ask = asks[i];
    out.hanging(fmt::format("{:>3}. ", i + 1),
                printable(assessment.question(ask, options.language)));
    out.hanging("     ", fmt::format("{}   {}   {} {} {}", printable(ask.path),
                                     assessment.rules().all()[ask.rule].id,
                                     engine_text("settles", options.language), ask.verdicts,
                                     label(Verdict::unknown, options.language)));
    std::string names;
    for (const std::string& name : ask.names) {
      if (!names.empty()) names += ", ";
      names += printable(name);
    }
    if (ask.facts > ask.names.size()) {
      names += ", " + and_more(ask.facts - ask.names.size(), options.language);
    }
    out.hanging("       ", names);
  }
  return std::move(out).text();
}

}  // namespace eraudit
