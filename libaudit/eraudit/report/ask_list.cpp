#include "eraudit/report/ask_list.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "eraudit/core/text.hpp"
#include "eraudit/evaluate/ask_plan.hpp"
#include "eraudit/report/detail/csv_cell.hpp"
#include "eraudit/report/detail/paragraphs.hpp"
#include "eraudit/report/detail/wording.hpp"

namespace eraudit {
namespace {

using detail::one_line;
using detail::Paragraphs;
using detail::Wording;

/// One question as people read it.
struct Told {
  const PlannedAsk* ask = nullptr;
  std::size_t number = 0;  ///< in the order of the plan, from 1
  std::string respondent;
  std::vector<std::string> questions;  ///< each once: rules may ask for one thing in other words
  std::vector<std::string> rules;
  std::vector<std::string> names;  ///< of what it is not known, each once
  std::uint64_t stated = 0;
  std::uint64_t facts = 0;  ///< at least
  bool at_least = false;
};

void add_once(std::vector<std::string>& all, std::string text) {
  if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
}

Told tell(const Assessment& assessment, const PlannedAsk& planned, const Wording& words) {
  Told told;
  told.ask = &planned;
  const auto* const respondent = assessment.network().schema().respondent(planned.path);
  told.respondent = respondent == nullptr
                        ? std::string(words.say("ask-of-anyone"))
                        : words.fill("ask-of", {{"who", respondent->label.in(words.language())}});
  for (const std::uint32_t place : planned.asks) {
    const Ask& ask = assessment.asks()[place];
    add_once(told.questions, one_line(assessment.question(ask, words.language())));
    told.rules.push_back(assessment.rules().all()[ask.rule].id);
    for (const std::string& name : ask.names) add_once(told.names, one_line(name));
    told.stated += ask.stated;
    // Rules may wait for the same facts or for others.
    told.at_least = told.at_least || ask.at_least || (told.facts != 0 && told.facts != ask.facts);
    told.facts = std::max(told.facts, ask.facts);
  }
  told.facts = std::max<std::uint64_t>(told.facts, told.names.size());
  return told;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

std::string names_of(const Told& told, const Wording& words) {
  std::string names = joined(told.names, ", ");
  const std::uint64_t more = told.facts - told.names.size();
  if (more != 0 || told.at_least) {
    names += ", " + words.count(told.at_least ? "and-at-least" : "and-more", more);
  }
  return names;
}

class WorkList {
 public:
  WorkList(const Assessment& assessment, const TextOptions& options)
      : assessment_(assessment),
        words_(options.language),
        plan_(plan_asks(assessment)),
        out_(options.width) {}

  std::string write() && {
    if (plan_.asks.empty()) write_none();
    std::vector<Told> all;
    for (const PlannedAsk& planned : plan_.asks) {
      all.push_back(tell(assessment_, planned, words_));
      all.back().number = all.size();
    }
    while (!all.empty()) {
      const std::string respondent = all.front().respondent;
      out_.hanging("", respondent);
      for (const Told& told : all) {
        if (told.respondent == respondent) write(told);
      }
      std::erase_if(all, [&](const Told& told) { return told.respondent == respondent; });
      out_.blank();
    }
    write_bound();
    return std::move(out_).text();
  }

 private:
  void write_none() {
    if (assessment_.empty()) {
      out_.hanging("", words_.say("nothing-checked"));
      out_.hanging("  ", words_.say("nothing-checked-means"));
      return;
    }
    const std::uint64_t open =
        assessment_.totals().by_verdict[static_cast<std::size_t>(Verdict::unknown)];
    out_.hanging("", open == 0 ? std::string(words_.say("ask-none"))
                               : words_.fill("ask-none-yet", {{"n", std::to_string(open)}}));
  }

  void write(const Told& told) {
    out_.hanging(fmt::format("{:>3}. ", told.number), joined(told.questions, " "));
    const PlannedAsk& ask = *told.ask;
    std::string worth;
    if (ask.settles != 0) {
      worth = words_.fill("up-to", {{"a", words_.count("ask-settles", ask.settles)},
                                    {"b", label(ask.gravest, words_.language())}});
    }
    worth = words_.also(worth, words_.count("ask-waits", ask.waiting));
    if (told.stated != 0) worth = words_.also(worth, words_.count("stated-weakly", told.stated));
    out_.hanging("     ", worth);
    out_.hanging("     ", fmt::format("{}   {}", printable(ask.path), joined(told.rules, ", ")));
    out_.hanging("       ", names_of(told, words_));
  }

  void write_bound() {
    if (plan_.asks.empty()) return;
    const std::size_t count = std::min<std::size_t>(plan_.asks.size(), 5);
    const PlannedAsk& last = plan_.asks[count - 1];
    out_.hanging("", words_.fill("ask-bound", {{"k", std::to_string(count)},
                                               {"n", std::to_string(last.settled)},
                                               {"all", std::to_string(plan_.waiting)},
                                               {"most", std::to_string(last.at_most)}}));
    if (plan_.left_out != 0) {
      out_.hanging("", words_.count("ask-left-out", plan_.left_out));
    }
  }

  const Assessment& assessment_;
  Wording words_;
  AskPlan plan_;
  Paragraphs out_;
};

constexpr std::array<std::string_view, 13> ask_columns{
    "order",   "respondent", "question", "path",  "settles",      "severity", "settled",
    "at_most", "waiting",    "stated",   "rules", "not_known_of", "more"};

}  // namespace

std::string ask_list(const Assessment& assessment, const TextOptions& options) {
  return WorkList(assessment, options).write();
}

std::string write_asks_csv(const Assessment& assessment, std::string_view language) {
  const Wording words(language);
  const AskPlan plan = plan_asks(assessment);
  std::string out = "\uFEFF";
  const auto row = [&](const auto& cells) {
    std::string_view comma;
    for (const auto& cell : cells) {
      out += std::exchange(comma, ",");
      out += detail::csv_cell(cell);
    }
    out += "\r\n";
  };
  row(ask_columns);
  for (std::size_t i = 0; i < plan.asks.size(); ++i) {
    const PlannedAsk& ask = plan.asks[i];
    const Told told = tell(assessment, ask, words);
    const auto* const respondent = assessment.network().schema().respondent(ask.path);
    row(std::array<std::string, ask_columns.size()>{
        std::to_string(i + 1),
        std::string(respondent == nullptr ? std::string_view() : respondent->label.in(language)),
        joined(told.questions, " "), ask.path, std::to_string(ask.settles),
        std::string(ask.settles == 0 ? std::string_view() : to_text(ask.gravest)),
        std::to_string(ask.settled), std::to_string(ask.at_most), std::to_string(ask.waiting),
        std::to_string(told.stated), joined(told.rules, "; "), joined(told.names, "; "),
        told.facts == told.names.size() && !told.at_least
            ? std::string()
            : std::to_string(told.facts - told.names.size()) + (told.at_least ? "+" : "")});
  }
  return out;
}

}  // namespace eraudit
