// One rule in words: its logic as its file has it, what it rests on, what it asks.

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "eraudit/report/detail/paragraphs.hpp"
#include "eraudit/report/detail/wording.hpp"
#include "eraudit/report/summary.hpp"

namespace eraudit {
namespace {

using detail::one_line;
using detail::Paragraphs;
using detail::Wording;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

class RulePage {
 public:
  RulePage(const Rules& rules, const Rule& rule, const TextOptions& options)
      : rules_(rules),
        rule_(rule),
        words_(options.language),
        out_(std::max<std::size_t>(options.width, 60)) {}

  std::string write() && {
    out_.line(fmt::format("{}   version {}   {}", rule_.id, rule_.version, to_text(rule_.status)));
    out_.hanging("", one_line(rule_.title.in(words_.language())));
    if (!rule_.why.empty()) {
      out_.blank();
      out_.hanging("  ", one_line(rule_.why.in(words_.language())));
    }
    out_.blank();
    write_logic();
    write_consequences();
    out_.blank();
    out_.hanging("file  ", one_line(rule_.file));
    return std::move(out_).text();
  }

 private:
  /// As written, in lines of its own.
  void code(std::string_view key, std::string_view written) {
    out_.line(key);
    for (const std::string_view line : lines_of(written)) out_.line(fmt::format("    {}", line));
  }

  void code(std::string_view key, const ProgramPtr& program) {
    if (program) code(key, program->text.text);
  }

  void write_logic() {
    std::string kinds;
    for (const KindId kind : rule_.kinds) {
      kinds += (kinds.empty() ? "" : " | ") + rules_.schema()->kind(kind).name;
    }
    out_.hanging("subject  ", fmt::format("{} ({})", rule_.subject, kinds));
    if (rule_.match) code("match", rule_.match->text().text);
    code("when", rule_.when);
    for (const Let& let : rule_.lets) {
      const std::string key = fmt::format("let {}", let.name);
      code(key, let.program);
      if (let.pattern) {
        code(fmt::format("{}, {}", key, let.counts ? "count" : "exists"), let.pattern->text().text);
      }
    }
    code(rule_.fails_if_true ? "fail_if" : "pass_if", rule_.condition);
    code("at", rule_.at);
    if (rule_.severity_program) {
      code("severity", rule_.severity_program);
    } else {
      out_.hanging("severity  ", words_.severity({rule_.severity, rule_.severity}));
    }
  }

  void write_consequences() {
    if (rule_.remedy) {
      std::string text = one_line(rule_.remedy->text.in(words_.language()));
      if (const auto days = rule_.remedy->days) {
        text += fmt::format(" ({})", words_.count("days", static_cast<std::uint64_t>(*days)));
      }
      list("remedy", {text});
    }
    std::vector<std::string> lines;
    for (const Basis& basis : rule_.basis) lines.push_back(detail::basis_text(basis, words_));
    list("basis", lines);
    lines.clear();
    for (const auto& [path, question] : rule_.asks) {
      lines.push_back(fmt::format("{}: {}", path, one_line(question.in(words_.language()))));
    }
    list("rule-asks", lines);
    list("rule-lacks", rule_.lacks);
  }

  void list(std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out_.blank();
    out_.hanging("", words_.say(title));
    for (const std::string& line : lines) out_.hanging("    ", line);
  }

  const Rules& rules_;
  const Rule& rule_;
  Wording words_;
  Paragraphs out_;
};

}  // namespace

std::string describe_rule(const Rules& rules, std::size_t rule, const TextOptions& options) {
  return RulePage(rules, rules.all()[rule], options).write();
}

}  // namespace eraudit
