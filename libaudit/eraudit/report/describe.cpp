// One verdict, and one diagnostic, in words.

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <string>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/report/detail/not_checked.hpp"
#include "eraudit/report/detail/paragraphs.hpp"
#include "eraudit/report/detail/wording.hpp"
#include "eraudit/report/summary.hpp"
#include "eraudit/report/texts.hpp"

namespace eraudit {
namespace {

using detail::mark;
using detail::one_line;
using detail::Paragraphs;
using detail::Wording;

/// Facts of one way to decide that are named; the others are counted.
constexpr std::size_t most_facts_in_line = 8;

class Description {
 public:
  Description(const Assessment& assessment, const Explanation& explanation,
              const TextOptions& options)
      : assessment_(assessment),
        explanation_(explanation),
        rule_(assessment.rules().all()[explanation.rule]),
        labels_(assessment.network().schema()),
        words_(options.language, &labels_),
        width_(std::max<std::size_t>(options.width, 60)),
        out_(width_) {}

  std::string write() && {
    write_head();
    write_condition(words_.say("when"), explanation_.when);
    write_match();
    write_condition(rule_.fails_if_true ? "fail_if" : "pass_if", explanation_.condition);
    write_facts("rests-on", known_facts());
    write_facts("against", explanation_.against);
    write_sides();
    write_facts("too-weak", explanation_.too_weak);
    write_questions();
    write_enough();
    write_later();
    write_facts("would-change", explanation_.would_change);
    write_detection();
    write_rule();
    out_.blank();
    out_.hanging("", words_.say("footer"));
    return std::move(out_).text();
  }

 private:
  /// `severity: high`
  [[nodiscard]] std::string pair(std::string_view what, std::string_view is) const {
    return words_.fill("is", {{"a", what}, {"b", is}});
  }

  [[nodiscard]] bool is_found() const {
    return explanation_.verdict == Verdict::fail || explanation_.verdict == Verdict::suspect ||
           explanation_.verdict == Verdict::conflict;
  }

  void write_head() {
    out_.hanging("", fmt::format("{}   {}", rule_.id, one_line(rule_.title.in(words_.language()))));
    const Network& network = assessment_.network();
    const NodeKind& kind = network.schema().kind(network.kind(explanation_.subject));
    const std::string_view label = kind.label.in(words_.language());
    std::string text =
        fmt::format("{} {}   {} {}", one_line(label.empty() ? kind.name : label),
                    printable(network.id(explanation_.subject)), mark(explanation_.verdict),
                    words_.verdict(explanation_.verdict));
    if (is_found() && explanation_.severity.high != Severity::none) {
      text += "   " + pair(words_.say("severity"), words_.severity(explanation_.severity));
    }
    if (rule_.status == RuleStatus::draft) text += fmt::format("   [{}]", words_.say("draft"));
    out_.hanging("  ", text);
    const RuleCounts& counts = assessment_.counts(explanation_.rule);
    if (counts.skipped) out_.hanging("  ", words_.say(*detail::not_checked_reason(counts)));
    if (assessment_.run().stopped) out_.hanging("  ", words_.say("stopped"));
    if (!explanation_.message.empty()) {
      out_.blank();
      out_.hanging("  ", words_.led(explanation_.verdict, one_line(explanation_.message)));
    }
    if (!explanation_.error.empty()) out_.hanging("  ", one_line(explanation_.error));
  }

  void write_condition(std::string_view what, const std::optional<Condition>& condition) {
    if (!condition) return;
    out_.blank();
    out_.hanging("",
                 fmt::format("{}  {}:{}", what, one_line(rule_.file), condition->position.line));
    write(*condition, 0);
  }

  /// The rows that decide, and why the first of them is one.
  void write_match() {
    const MatchedRows& match = explanation_.match;
    if (match.rows.empty()) return;
    out_.blank();
    out_.hanging("", fmt::format("match  {}:{}", one_line(rule_.file), match_line()));
    bool first = true;
    for (const MatchedRow& row : match.rows) {
      const std::string text = detail::row_text(row, assessment_.network());
      out_.hanging("  ", row.certain ? text : words_.fill("path-possible", {{"x", text}}));
      if (!first) continue;
      first = false;
      for (const Condition& condition : explanation_.where) write(condition, 1);
    }
    write_more(match.more, "  ");
  }

  [[nodiscard]] std::uint32_t match_line() const {
    const ExpressionText& text = rule_.match->text();
    if (text.source == nullptr) return rule_.position.line;
    return text.source->position(locate(text, {}).offset).line;
  }

  /// Deep conditions do not move out of the page.
  [[nodiscard]] std::string indentation(std::size_t depth) const {
    return std::string(2 + std::min(2 * depth, width_ / 3), ' ');
  }

  void write(const Condition& condition, std::size_t depth) {
    const std::string indent = indentation(depth);
    std::string text = one_line(condition.text);
    if (!condition.name.empty()) text = fmt::format("{} = {}", one_line(condition.name), text);
    if (condition.element) {
      const std::string element = words_.fill(condition.possible ? "for-possible" : "for-element",
                                              {{"x", told(*condition.element)}});
      text = pair(element, text);
    }
    out_.hanging(indent, fmt::format("{}  ->  {}", text, told(condition.outcome)));
    for (const Reading& reading : condition.readings) write(reading, indent + "    ");
    write_more(condition.more_readings, indent + "    ");
    for (const Condition& variable : condition.variables) write(variable, depth + 1);
    for (const Condition& part : condition.parts) write(part, depth + 1);
    write_more(condition.more_parts, indentation(depth + 1));
  }

  void write_more(std::size_t left_out, const std::string& indent) {
    if (left_out != 0) out_.hanging(indent, words_.count("and-more", left_out));
  }

  [[nodiscard]] std::string told(const PlainValue& value) const {
    return one_line(words_.value(value));
  }

  static std::string place_of(const Reading& reading) {
    std::string text;
    if (!reading.file.empty()) text = fmt::format("  {}:{}", one_line(reading.file), reading.line);
    if (!reading.source.empty()) text += fmt::format("  [{}]", one_line(reading.source));
    return text;
  }

  void write(const Reading& reading, const std::string& indent) {
    out_.hanging(indent, fmt::format("{} = {}{}", one_line(reading.name), told(reading.value),
                                     place_of(reading)));
  }

  /// What was read, less what the verdict waits for.
  [[nodiscard]] std::vector<Reading> known_facts() const {
    std::vector<Reading> known;
    for (const Reading& reading : explanation_.witness) {
      const bool open = explanation_.verdict == Verdict::unknown && is_waited_for(reading);
      if (!open) known.push_back(reading);
    }
    return known;
  }

  void write_facts(std::string_view title, const std::vector<Reading>& readings) {
    if (readings.empty()) return;
    out_.blank();
    out_.hanging("", words_.say(title));
    for (const Reading& reading : readings) write(reading, "    ");
  }

  void write_detection() {
    if (explanation_.detection.empty()) return;
    out_.blank();
    out_.hanging("", words_.say("detection-title"));
    for (const Detection& detection : explanation_.detection) {
      out_.hanging("    ", words_.detection(detection));
    }
  }

  /// What those say who disagree, in equal weight.
  void write_sides() {
    if (explanation_.verdict != Verdict::conflict) return;
    out_.blank();
    out_.hanging("", words_.say("sides"));
    if (explanation_.sides.empty()) out_.hanging("    ", words_.say("sides-not-tried"));
    for (const ConflictSide& side : explanation_.sides) {
      out_.hanging("    ", words_.fill("side", {{"x", words_.verdict(side.verdict)}}));
      for (const Reading& reading : side.says) write(reading, "      ");
    }
  }

  /// What an undecided verdict waits for.
  void write_questions() {
    if (explanation_.waits_for.empty()) return;
    out_.blank();
    out_.hanging("", words_.say("waits-for"));
    for (const Missing& missing : explanation_.waits_for) write_question(missing, "    ");
  }

  void write_question(const Missing& missing, const std::string& indent) {
    out_.hanging(indent, one_line(missing.reading.name) + place_of(missing.reading));
    out_.hanging(indent + "  ", one_line(missing.question.in(words_.language())));
  }

  /// What some answers could decide, and to what.
  void write_enough() {
    if (explanation_.open_conditions > most_open_conditions) {
      out_.blank();
      out_.hanging("", words_.fill("enough-not-searched",
                                   {{"n", std::to_string(explanation_.open_conditions)}}));
    }
    if (explanation_.enough.empty()) return;
    out_.blank();
    out_.hanging("", words_.say("enough"));
    for (const Enough& enough : explanation_.enough) {
      std::string facts;
      const std::size_t shown = std::min(enough.facts.size(), most_facts_in_line);
      for (const Missing& missing : std::span(enough.facts).first(shown)) {
        if (!facts.empty()) facts += " + ";
        facts += one_line(missing.reading.name);
      }
      const std::uint64_t more = enough.more + enough.facts.size() - shown;
      if (more != 0) facts += " " + words_.count("and-more", more);
      std::string verdicts;
      for (const Verdict verdict : enough.verdicts) {
        verdicts = words_.also(verdicts, words_.verdict(verdict));
      }
      out_.hanging("    ", fmt::format("{}  ->  {}", facts, verdicts));
    }
  }

  /// What will be asked if a condition goes one way. Questions that stand above are not repeated.
  void write_later() {
    if (explanation_.later.empty()) return;
    out_.blank();
    out_.hanging("", words_.say("later"));
    for (const Later& later : explanation_.later) {
      const std::string condition = one_line(later.condition);
      out_.hanging("    ",
                   words_.fill(later.outcome ? "later-if" : "later-if-not", {{"x", condition}}));
      for (const Missing& missing : later.facts) {
        if (is_waited_for(missing.reading)) {
          out_.hanging("      ", one_line(missing.reading.name));
        } else {
          write_question(missing, "      ");
        }
      }
      write_more(later.more, "      ");
    }
  }

  [[nodiscard]] bool is_waited_for(const Reading& reading) const {
    return std::any_of(explanation_.waits_for.begin(), explanation_.waits_for.end(),
                       [&](const Missing& other) { return other.reading.name == reading.name; });
  }

  void write_rule() {
    if (is_found() && rule_.remedy) {
      std::string text = one_line(rule_.remedy->text.in(words_.language()));
      if (const auto days = rule_.remedy->days) {
        text += fmt::format(" ({})", words_.count("days", static_cast<std::uint64_t>(*days)));
      }
      paragraph("remedy", {text});
    }
    if (!rule_.why.empty()) paragraph("why-rule", {one_line(rule_.why.in(words_.language()))});
    std::vector<std::string> provisions;
    for (const Basis& basis : rule_.basis) provisions.push_back(detail::basis_text(basis, words_));
    paragraph("basis", provisions);
  }

  void paragraph(std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out_.blank();
    out_.hanging("", words_.say(title));
    for (const std::string& line : lines) out_.hanging("    ", line);
  }

  const Assessment& assessment_;
  const Explanation& explanation_;
  const Rule& rule_;
  SchemaLabels labels_;
  Wording words_;
  std::size_t width_;
  Paragraphs out_;
};

}  // namespace

std::string describe(const Assessment& assessment, const Explanation& explanation,
                     const TextOptions& options) {
  return Description(assessment, explanation, options).write();
}

std::string describe_diagnostic(std::string_view id, const TextOptions& options) {
  const auto text = diagnostic_text(id);
  if (!text) return {};
  Paragraphs out(options.width);
  out.line(id);
  out.hanging("  ", *text);
  return std::move(out).text();
}

}  // namespace eraudit
