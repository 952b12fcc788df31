#include "eraudit/report/markdown.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "eraudit/report/detail/report_view.hpp"
#include "eraudit/report/detail/wording.hpp"
#include "eraudit/report/texts.hpp"

namespace eraudit {
namespace {

using detail::AskCause;
using detail::AskGroup;
using detail::grouped;
using detail::member;
using detail::number_of;
using detail::text_in;
using detail::text_of;

/// Text that is nothing but text, on one line.
std::string plain(std::string_view text) {
  // Breaks words that GitHub makes links or mentions of.
  constexpr std::string_view joiner = "\u2060";
  const std::string line = detail::one_line(text);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (std::string_view("\\`*_{}[]<>()#+-.!|~&$=:").find(c) != std::string_view::npos) {
      // Those in the midst of a word or a number mean nothing there.
      const bool harmless = (c == '-' || c == '.' || c == '(' || c == ')' || c == '=' || c == '+' ||
                             c == ':' || c == '!') &&
                            i != 0;
      if (!harmless) out += '\\';
    }
    out += c;
    if (c == '@' || line.compare(i, 3, "://") == 0 || line.compare(i, 4, "www.") == 0)
      out += joiner;
  }
  return out;
}

/// An id, as code: backticks cannot end it, and in a table neither can a bar.
std::string code(std::string_view text) {
  std::string line = detail::one_line(text);
  for (std::size_t at = 0; (at = line.find('|', at)) != std::string::npos; at += 2) {
    line.insert(at, "\\");
  }
  std::size_t run = 0;
  std::size_t longest = 0;
  for (const char c : line) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const std::string_view gap = longest != 0 ? " " : "";
  return fmt::format("{}{}{}{}{}", fence, gap, line.empty() ? " " : line, gap, fence);
}

/// A sign of its own for each verdict, as in the other formats.
std::string_view symbol(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail:
      return "⛔";
    case Verdict::suspect:
      return "⚠️";
    case Verdict::conflict:
      return "⇄";
    case Verdict::error:
      return "⚡";
    case Verdict::unknown:
      return "❓";
    case Verdict::pass:
      return "◉";
    case Verdict::not_applicable:
      return "–";
  }
  return "";
}

class Markdown {
 public:
  Markdown(const ReportFile& report, const MarkdownOptions& options)
      : report_(report.root()),
        options_(options),
        labels_(report_),
        words_(options.language, &labels_),
        rules_(report_),
        findings_(member(report_, "findings")),
        totals_(member(report_, "totals")) {}

  std::string write() && {
    const DocumentNode run = member(report_, "run");
    line(fmt::format("# {}\n", say("html-title")));
    line(fmt::format(
        "{} **{}** · {} {} · eraudit {} · {}\n", say("html-day"), text_of(run, "as_of"),
        say("html-rules"), count("rules", member(report_, "rules").size()),
        plain(text_of(member(run, "tool"), "version")), code(text_of(report_, "report_id"))));
    line(fmt::format("> {}\n", say("html-internal")));
    write_short();
    write_findings(true, "html-grave", "html-grave-lead");
    write_asks();
    write_ratings();
    write_findings(false, "html-other", "html-all-lead");
    write_reach();
    write_open();
    line("---\n");
    line(plain(text_in(member(report_, "statement"), options_.language)));
    return std::move(out_);
  }

 private:
  void line(std::string_view text) { out_ += fmt::format("{}\n", text); }
  [[nodiscard]] std::string say(std::string_view key) const { return plain(words_.say(key)); }
  [[nodiscard]] std::string number(std::uint64_t n) const { return grouped(n, words_.language()); }
  [[nodiscard]] std::string count(std::string_view key, std::uint64_t n) const {
    const bool single = n == 1 || (n == 0 && engine_language(words_.language()) == "fr");
    return plain(
        words_.fill(single ? std::string(key) + "-one" : std::string(key), {{"n", number(n)}}));
  }
  [[nodiscard]] std::uint64_t verdicts(Verdict verdict) const {
    return number_of(member(totals_, "verdicts"), to_text(verdict));
  }
  [[nodiscard]] std::string title_of(DocumentNode rule) const {
    const std::string_view title = text_in(member(rule, "title"), options_.language);
    return plain(title.empty() ? text_of(rule, "rule") : title);
  }

  void write_short() {
    line(fmt::format("## {}\n", say("html-short")));
    if (number_of(member(totals_, "counts"), "applicable") == 0) {
      line(fmt::format("**{}** {}\n", say("html-nothing-checked"), say("nothing-checked-means")));
    }
    line(fmt::format("| | {} | |\n| :-: | --: | :-- |", say("html-results")));
    for (const Verdict verdict : eraudit::verdicts) {
      const std::uint64_t n = verdicts(verdict);
      const bool always = verdict == Verdict::fail || verdict == Verdict::unknown ||
                          verdict == Verdict::pass || verdict == Verdict::not_applicable;
      if (n == 0 && !always) continue;
      line(fmt::format("| {} | {} | {} |", symbol(verdict), number(n),
                       plain(words_.verdict(verdict))));
    }
    line("");
    if (verdicts(Verdict::unknown) != 0) line(say("html-unknown-note") + "\n");
  }

  /// The grave ones at length, the others as a table.
  void write_findings(bool grave, std::string_view title, std::string_view lead) {
    std::vector<DocumentNode> chosen;
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      if (detail::grave(findings_.at(i)) == grave) chosen.push_back(findings_.at(i));
    }
    line(fmt::format("## {}\n\n{}\n", say(title), say(lead)));
    if (chosen.empty()) {
      const std::uint64_t open = verdicts(Verdict::unknown);
      const bool some = findings_.size() != 0;
      line((some        ? say(grave ? "html-grave-none" : "html-others-none")
            : open == 0 ? say("findings-none")
                        : plain(words_.fill("findings-none-yet", {{"n", number(open)}}))) +
           "\n");
      return;
    }
    const std::size_t shown = std::min(chosen.size(), options_.findings);
    if (!grave) {
      line(fmt::format("| | {} | {} | {} | {} |\n| :-: | :-- | :-- | :-- | :-- |", say("severity"),
                       say("html-subject"), say("html-rule"), say("html-message")));
    }
    for (std::size_t i = 0; i < shown; ++i) grave ? write_whole(chosen[i]) : write_row(chosen[i]);
    if (!grave) line("");
    const std::uint64_t left = chosen.size() - shown;
    if (left != 0) line(fmt::format("*{}*\n", count("and-more", left)));
    if (!grave) {
      if (const auto n = number_of(member(report_, "run"), "findings_dropped"); n != 0) {
        line(plain(words_.fill("html-findings-beyond", {{"n", number(n)}})) + "\n");
      }
    }
  }

  [[nodiscard]] std::string severity(DocumentNode finding) const {
    return plain(words_.severity(
        {detail::severity_of(finding, "low"), detail::severity_of(finding, "high")}));
  }

  void write_row(DocumentNode finding) {
    const auto error = finding.find("error");
    line(fmt::format(
        "| {} {} | {} | {} | {} | {} |", symbol(detail::verdict_of(finding)),
        plain(words_.verdict(detail::verdict_of(finding))), severity(finding),
        code(text_of(member(finding, "subject"), "id")),
        title_of(rules_.find(text_of(finding, "rule"))),
        plain(error ? std::string(error->text())
                    : words_.also(message_of(finding), detail::sides_in_line(finding, words_)))));
  }

  [[nodiscard]] std::string message_of(DocumentNode finding) const {
    return words_.led(detail::verdict_of(finding),
                      text_in(member(finding, "message"), options_.language));
  }

  void write_whole(DocumentNode finding) {
    const DocumentNode rule = rules_.find(text_of(finding, "rule"));
    line(fmt::format("### {} {}: {}\n", symbol(detail::verdict_of(finding)), title_of(rule),
                     code(text_of(member(finding, "subject"), "id"))));
    line(fmt::format("**{}** · {}: **{}** · {}\n",
                     plain(words_.verdict(detail::verdict_of(finding))), say("severity"),
                     severity(finding), code(text_of(finding, "rule"))));
    line(plain(message_of(finding)) + "\n");
    if (const auto remedy = rule.find("remedy")) {
      const auto days = member(*remedy, "days").integer();
      line(fmt::format(
          "**{}:** {}{}\n", say("remedy"),
          plain(text_in(member(*remedy, "text"), options_.language)),
          days ? fmt::format(" ({})", count("days", static_cast<std::uint64_t>(*days))) : ""));
    }
    write_match(finding);
    line(fmt::format("<details><summary>{}</summary>\n", say("html-why")));
    write_sides(finding);
    write_readings({}, member(finding, "witness"));
    write_readings(words_.say("against"), member(finding, "against"));
    if (const auto weak = finding.find("too_weak")) write_readings(words_.say("too-weak"), *weak);
    for (const detail::Cited& cited : detail::basis_of(rule)) {
      line(
          fmt::format("* {}{}{}: {} ({})", plain(cited.standard),
                      cited.reference.empty() ? "" : ", ", plain(cited.reference),
                      plain(cited.title == nullptr ? cited.id : cited.title->in(options_.language)),
                      relation(cited.relation)));
    }
    line("\n</details>\n");
  }

  /// Those who disagree, in equal weight.
  void write_sides(DocumentNode finding) {
    const auto sides = finding.find("sides");
    if (!sides) return;
    line(fmt::format("**{}**\n", say("sides")));
    if (sides->size() == 0) line(say("sides-not-tried") + "\n");
    for (std::size_t i = 0; i < sides->size(); ++i) {
      const DocumentNode side = sides->at(i);
      write_readings(words_.fill("side", {{"x", words_.verdict(detail::verdict_of(side))}}),
                     member(side, "says"));
    }
  }

  void write_readings(std::string_view title, DocumentNode readings) {
    if (readings.size() == 0) return;
    if (!title.empty()) line(fmt::format("**{}**\n", plain(title)));
    line(fmt::format("| {} | {} | {} | {} |\n| :-- | :-- | :-- | :-- |", say("html-fact"),
                     say("html-value"), say("html-source"), say("html-place")));
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const DocumentNode reading = readings.at(i);
      const std::string_view file = text_of(reading, "file");
      line(fmt::format(
          "| {} | {} | {} | {} |", code(text_of(reading, "fact")),
          plain(words_.value(read_plain_value(member(reading, "value")))),
          plain(text_of(reading, "source")),
          file.empty() ? "" : code(fmt::format("{}:{}", file, number_of(reading, "line")))));
    }
    line("");
  }

  void write_match(DocumentNode finding) {
    const auto match = finding.find("match");
    if (!match) return;
    const DocumentNode rows = member(*match, "rows");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const DocumentNode paths = member(rows.at(r), "paths");
      std::string text;
      for (std::size_t p = 0; p < paths.size(); ++p) {
        text += (p == 0 ? "" : ", ") + code(text_of(paths.at(p), "text"));
      }
      line(r == 0 ? fmt::format("**{}:** {}\n", say("html-path"), text) : "* " + text);
    }
    const std::uint64_t left = number_of(*match, "more");
    if (left != 0) line("* " + count("and-more", left));
    if (rows.size() > 1 || left != 0) line("");
  }

  [[nodiscard]] std::string relation(std::string_view name) const {
    const bool known =
        name == "equal" || name == "subset" || name == "superset" || name == "intersect";
    return known ? say(fmt::format("relation-{}", name)) : plain(name);
  }

  void write_asks() {
    line(fmt::format("## {}\n\n{}\n", say("html-ask"), say("html-ask-lead")));
    const std::vector<AskGroup> groups = detail::group_asks(report_);
    if (groups.empty()) {
      const std::uint64_t open = verdicts(Verdict::unknown);
      line((open == 0 ? say("ask-none")
                      : plain(words_.fill("ask-none-yet", {{"n", number(open)}}))) +
           "\n");
    }
    std::size_t shown = 0;
    std::size_t all = 0;
    for (const AskGroup& group : groups) {
      all += group.causes.size();
      if (shown >= options_.asks) continue;
      line(fmt::format("### {}\n", detail::group_label(group, words_)));
      for (const AskCause& cause : group.causes) {
        if (shown >= options_.asks) break;
        write_cause(cause);
        ++shown;
      }
      line("");
    }
    if (shown < all) line(fmt::format("*{}*\n", count("and-more", all - shown)));
  }

  void write_cause(const AskCause& cause) {
    std::string questions;
    for (const DocumentNode question : cause.questions) {
      questions += fmt::format("{}{}", questions.empty() ? "" : " ",
                               plain(text_in(question, options_.language)));
    }
    std::string names;
    for (const std::string_view name : cause.examples) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", code(name));
    }
    if (const std::string more = detail::left_out(cause, words_); !more.empty()) {
      names += ", " + plain(more);
    }
    line(fmt::format("- [ ] **{}** {} ({})", questions, names,
                     words_.also(words_.settles(cause.verdicts, cause.stated), code(cause.path))));
  }

  void write_ratings() {
    const auto ratings = report_.find("ratings");
    if (!ratings) return;
    line(fmt::format("## {}\n\n{}\n", say("html-ratings"), say("html-ratings-lead")));
    line(fmt::format("| {} | {} | {} | {} |\n| --: | :-- | :-- | --: |", say("html-rank"),
                     say("html-party"), say("html-range"), say("html-coverage")));
    const DocumentNode subjects = member(*ratings, "subjects");
    const std::size_t shown = std::min<std::size_t>(subjects.size(), 25);
    const auto thousandths = [&](std::uint64_t n) { return words_.thousandths(n); };
    for (std::size_t i = 0; i < shown; ++i) {
      const DocumentNode rating = subjects.at(i);
      const DocumentNode rank = member(rating, "rank");
      const DocumentNode total = member(rating, "total");
      line(fmt::format("| {}–{} | {} | {} – {} | {} / {} |", number_of(rank, "best"),
                       number_of(rank, "worst"), code(text_of(member(rating, "subject"), "id")),
                       thousandths(number_of(total, "low")), thousandths(number_of(total, "high")),
                       number(number_of(rating, "decided")),
                       number(number_of(rating, "applicable"))));
    }
    line("");
    const std::uint64_t left = number_of(*ratings, "rated") - shown;
    if (left != 0) line(fmt::format("*{}*\n", count("and-more", left)));
  }

  void write_reach() {
    line(fmt::format("## {}\n\n{}\n", say("html-reach"), say("html-reach-lead")));
    line(fmt::format("| {} | {} | {} | {} |\n| :-- | --: | --: | --: |", say("html-rule"),
                     say("selected"), say("applies"), say("decided")));
    const DocumentNode rules = member(report_, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const DocumentNode counts = member(rules.at(i), "counts");
      line(fmt::format("| {} {} | {} | {} | {} |", title_of(rules.at(i)),
                       code(text_of(rules.at(i), "rule")), number(number_of(counts, "selected")),
                       number(number_of(counts, "applicable")),
                       number(number_of(counts, "decided"))));
    }
    line("");
  }

  void write_open() {
    line(fmt::format("## {}\n\n{}\n", say("html-open"), say("html-open-lead")));
    for (const detail::Unchecked& one : detail::unchecked(report_, words_)) {
      line(one.rule.text.empty()
               ? fmt::format("* {}", plain(one.text))
               : fmt::format("* {}",
                             words_.fill("is", {{"a", fmt::format("**{}**", plain(one.rule.text))},
                                                {"b", plain(one.text)}})));
    }
    line("");
  }

  DocumentNode report_;
  const MarkdownOptions& options_;
  detail::ReportLabels labels_;
  detail::Wording words_;
  detail::RuleIndex rules_;
  DocumentNode findings_;
  DocumentNode totals_;
  std::string out_;
};

}  // namespace

std::string write_markdown(const ReportFile& report, const MarkdownOptions& options) {
  return Markdown(report, options).write();
}

}  // namespace eraudit
