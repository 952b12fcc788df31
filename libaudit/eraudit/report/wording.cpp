#include "eraudit/report/detail/wording.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/rules/vocabulary.hpp"

namespace eraudit::detail {

char mark(Verdict verdict) noexcept {
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

std::string one_line(std::string_view text) {
  constexpr std::string_view breaks = "\n\r\t";
  constexpr std::string_view blanks = " \n\r\t";
  std::string joined;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    joined += text.substr(0, end);
    text.remove_prefix(end);
    const std::size_t gap = std::min(text.find_first_not_of(blanks), text.size());
    const bool broken = text.substr(0, gap).find_first_of(breaks) != std::string_view::npos;
    joined += broken ? std::string_view(" ") : text.substr(0, gap);
    text.remove_prefix(gap);
  }
  const std::size_t first = std::min(joined.find_first_not_of(' '), joined.size());
  joined.erase(0, first);
  joined.erase(joined.find_last_not_of(' ') + 1);
  return printable(joined);
}

std::string grouped(std::uint64_t number, std::string_view language) {
  std::string text = std::to_string(number);
  // A thin blank that does not break, as French and Spanish prescribe.
  const std::string_view gap = engine_language(language) == "en" ? "," : "\u202f";
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, gap);
  return text;
}

std::string_view Wording::say(std::string_view key) const {
  return engine_text(key, language_);
}

std::string Wording::fill(std::string_view key, Replacements replacements) const {
  const auto refuse = [&] {
    throw Error(ErrorCode::internal, fmt::format("text '{}' has other places to fill in", key));
  };
  std::string out;
  std::string_view text = say(key);
  std::size_t filled = 0;
  for (;;) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = std::min(text.find('}', open), text.size());
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto* const found =
        std::find_if(replacements.begin(), replacements.end(),
                     [&](const auto& replacement) { return replacement.first == name; });
    if (found == replacements.end()) refuse();
    out += found->second;
    ++filled;
    text.remove_prefix(std::min(close + 1, text.size()));
  }
  if (filled != replacements.size()) refuse();
  return out;
}

std::string Wording::count(std::string_view key, std::uint64_t n) const {
  // French speaks of nothing as of one thing.
  const bool single = n == 1 || (n == 0 && is("fr"));
  const std::string chosen = single ? std::string(key) + "-one" : std::string(key);
  if (say(chosen).find('{') == std::string_view::npos) return std::string(say(chosen));
  return fill(chosen, {{"n", std::to_string(n)}});
}

std::string Wording::also(std::string_view a, std::string_view b) const {
  if (a.empty() || b.empty()) return std::string(a.empty() ? b : a);
  return fill("also", {{"a", a}, {"b", b}});
}

std::string Wording::per_cent(std::uint64_t part, std::uint64_t whole) const {
  const std::uint64_t permille = part * 1000 / whole;
  if (part != 0 && permille == 0) return fmt::format("< 0{}1", point());
  return fmt::format("{}{}{}", permille / 10, point(), permille % 10);
}

std::string Wording::thousandths(std::uint64_t n) const {
  return fmt::format("{}{}{:03}", n / 1000, point(), n % 1000);
}

std::string Wording::severity(const SeverityRange& severity) const {
  const std::string_view high = label(severity.high, language_);
  if (severity.low == severity.high) return std::string(high);
  return fmt::format("{} {} {}", label(severity.low, language_), say("to"), high);
}

std::string_view Wording::verdict(Verdict verdict) const {
  return label(verdict, language_);
}

std::string_view Wording::lead(Verdict verdict) const {
  if (verdict == Verdict::suspect) return say("lead-suspect");
  if (verdict == Verdict::conflict) return say("lead-conflict");
  return {};
}

std::string Wording::led(Verdict verdict, std::string_view message) const {
  const std::string_view before = lead(verdict);
  if (before.empty() || message.empty()) return std::string(message);
  return fmt::format("{} {}", before, message);
}

std::string Wording::settles(std::uint64_t verdicts, std::uint64_t stated) const {
  const auto counted = [&](std::string key, std::uint64_t n) {
    if (n == 1 || (n == 0 && is("fr"))) key += "-one";
    return fill(key, {{"n", grouped(n, language_)}});
  };
  return also(counted("would-settle", verdicts),
              stated == 0 ? std::string() : counted("stated-weakly", stated));
}

std::string Wording::detection(const Detection& detection) const {
  const auto number = [&](std::int64_t n) {
    return grouped(static_cast<std::uint64_t>(n), language_);
  };
  const std::string source = one_line(detection.source);
  const std::string asked = number(detection.asked);
  const std::string of = number(detection.of);
  if (detection.affected == 0) {
    return fill("detection-none", {{"source", source}, {"asked", asked}, {"of", of}});
  }
  const std::string share = per_cent(static_cast<std::uint64_t>(detection.affected),
                                     static_cast<std::uint64_t>(detection.of));
  return fill("detection", {{"source", source},
                            {"asked", asked},
                            {"of", of},
                            {"affected", number(detection.affected)},
                            {"share", share}});
}

std::string Wording::limit(const LimitHit& hit) const {
  const std::string key = fmt::format("limit-{}", to_text(hit.reached.limit));
  const std::string most = grouped(hit.reached.most, language_);
  const std::string limit = hit.reached.limit == LimitReached::Limit::hops
                                ? fill(key, {{"n", most}, {"part", one_line(hit.reached.part)}})
                                : fill(key, {{"n", most}});
  const std::string count = grouped(hit.count, language_);
  if (hit.reached.limit == LimitReached::Limit::findings) {
    return fill("is", {{"a", limit}, {"b", fill("limit-not-listed", {{"count", count}})}});
  }
  const std::string_view subjects = hit.count == 1 ? "subjects-one" : "subjects";
  return fill(
      "is",
      {{"a", limit},
       {"b",
        fill("limit-at",
             {{"rule", one_line(hit.place.empty() ? hit.rule
                                                  : fmt::format("{} ({})", hit.rule, hit.place))},
              {"count", fill(subjects, {{"n", count}})}})}});
}

std::string row_text(const MatchedRow& row, const Network& network) {
  std::string out;
  for (const MatchedPath& path : row.paths) {
    if (!out.empty()) out += ", ";
    out += printable(to_text(path, network));
  }
  return out;
}

std::string basis_text(const Basis& basis, const Wording& words) {
  const std::string relation(words.say("relation-" + basis.relation));
  std::string reference = fmt::format("({})", words.also(one_line(basis.provision), relation));
  const Provision* const known = vocabulary().provision(basis.provision);
  if (known == nullptr) return reference;
  const ProvisionSource* const source = vocabulary().source(known->source);
  std::string text = one_line(source == nullptr ? known->source : source->name);
  if (!known->reference.empty()) text += ", " + one_line(known->reference);
  const std::string title = one_line(known->title.in(words.language()));
  return words.fill("is", {{"a", text}, {"b", title}}) + " " + reference;
}

}  // namespace eraudit::detail
