#include "eraudit/report/detail/report_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "eraudit/core/error.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/schema/attribute_path.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit::detail {

DocumentNode member(DocumentNode map, std::string_view key) {
  const auto found = map.find(key);
  if (!found) throw Error(ErrorCode::internal, "report without '" + std::string(key) + "'");
  return *found;
}

std::string_view text_of(DocumentNode map, std::string_view key) {
  return member(map, key).text();
}

std::uint64_t number_of(DocumentNode map, std::string_view key) {
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, member(map, key).integer().value_or(0)));
}

SpokenText spoken_in(DocumentNode texts, std::string_view language) {
  for (; !language.empty(); language = broader_language(language)) {
    if (const auto text = texts.find(language)) return {language, text->text()};
  }
  if (const auto text = texts.find("en")) return {"en", text->text()};
  if (texts.size() == 0) return {};
  return {texts.key(0).text(), texts.at(0).text()};
}

std::string_view text_in(DocumentNode texts, std::string_view language) {
  return spoken_in(texts, language).text;
}

Verdict verdict_of(DocumentNode finding) {
  return parse_verdict(text_of(finding, "verdict")).value_or(Verdict::error);
}

Severity severity_of(DocumentNode finding, std::string_view end) {
  return parse_severity(text_of(member(finding, "severity"), end)).value_or(Severity::none);
}

bool grave(DocumentNode finding) {
  return verdict_of(finding) == Verdict::fail && severity_of(finding, "high") >= Severity::high;
}

RuleIndex::RuleIndex(DocumentNode report) {
  const DocumentNode rules = member(report, "rules");
  for (std::size_t i = 0; i < rules.size(); ++i) rules_.push_back(rules.at(i));
  std::stable_sort(rules_.begin(), rules_.end(), [](DocumentNode a, DocumentNode b) {
    return text_of(a, "rule") < text_of(b, "rule");
  });
}

DocumentNode RuleIndex::find(std::string_view id) const {
  const auto at = std::lower_bound(
      rules_.begin(), rules_.end(), id,
      [](DocumentNode rule, std::string_view name) { return text_of(rule, "rule") < name; });
  if (at != rules_.end() && text_of(*at, "rule") == id) return *at;
  throw Error(ErrorCode::bad_content,
              "the report has a finding of rule '" + std::string(id) + "', and no such rule");
}

std::vector<Cited> basis_of(DocumentNode rule) {
  std::vector<Cited> cited;
  const DocumentNode basis = member(rule, "basis");
  for (std::size_t i = 0; i < basis.size(); ++i) {
    Cited one{text_of(basis.at(i), "provision"), text_of(basis.at(i), "relation"), {}, {}, nullptr};
    if (const Provision* const known = vocabulary().provision(one.id)) {
      const ProvisionSource* const source = vocabulary().source(known->source);
      one.standard = source == nullptr ? std::string_view(known->source) : source->name;
      one.reference = known->reference;
      one.title = &known->title;
    } else {
      one.standard = one.id;
    }
    cited.push_back(one);
  }
  std::vector<std::string_view> order;
  for (const Cited& one : cited) {
    if (std::find(order.begin(), order.end(), one.standard) == order.end()) {
      order.push_back(one.standard);
    }
  }
  std::stable_sort(cited.begin(), cited.end(), [&](const Cited& a, const Cited& b) {
    return std::find(order.begin(), order.end(), a.standard) <
           std::find(order.begin(), order.end(), b.standard);
  });
  return cited;
}

namespace {

/// `Recruiter.licence`: Recruiter; `table min_wage`: table.
std::string_view about_of(std::string_view path) {
  return path.substr(0, path.find_first_of(". "));
}

/// `np-24.base_wage` without what the path says already.
std::string_view bearer(std::string_view fact, std::string_view path) {
  const std::size_t dot = fact.rfind('.');
  const bool names_attribute = dot != std::string_view::npos && path.find('.') != path.npos;
  return names_attribute ? fact.substr(0, dot) : fact;
}

void add_ask(AskCause& cause, DocumentNode ask) {
  const DocumentNode question = member(ask, "question");
  const bool known = std::any_of(
      cause.questions.begin(), cause.questions.end(),
      [&](DocumentNode other) { return text_in(other, "en") == text_in(question, "en"); });
  if (!known) cause.questions.push_back(question);
  cause.rules.push_back(text_of(ask, "rule"));
  cause.verdicts += number_of(ask, "verdicts");
  cause.stated += number_of(ask, "stated");
  // Rules that wait for the same facts must not make them more.
  const std::uint64_t facts = number_of(ask, "facts");
  cause.at_least = cause.at_least || (cause.facts != 0 && cause.facts != facts) ||
                   member(ask, "at_least").boolean().value_or(false);
  cause.facts = std::max(cause.facts, facts);
  const DocumentNode examples = member(ask, "examples");
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const std::string_view name = bearer(examples.at(i).text(), cause.path);
    if (std::find(cause.examples.begin(), cause.examples.end(), name) == cause.examples.end()) {
      cause.examples.push_back(name);
    }
  }
}

}  // namespace

std::vector<AskGroup> group_asks(DocumentNode report) {
  std::map<std::string_view, AskCause> causes;
  const DocumentNode asks = member(report, "asks");
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const std::string_view path = text_of(asks.at(i), "path");
    AskCause& cause = causes[path];
    cause.path = path;
    cause.respondent = asks.at(i).find("respondent");
    add_ask(cause, asks.at(i));
  }
  std::map<std::pair<bool, std::string_view>, AskGroup> groups;
  for (auto& [path, cause] : causes) {
    const std::string_view key =
        cause.respondent ? text_of(*cause.respondent, "id") : about_of(path);
    AskGroup& group = groups[{cause.respondent.has_value(), key}];
    group.respondent = cause.respondent;
    if (!cause.respondent) group.about = key;
    group.verdicts = std::max(group.verdicts, cause.verdicts);
    group.causes.push_back(std::move(cause));
  }
  std::vector<AskGroup> sorted;
  for (auto& [key, group] : groups) {
    std::stable_sort(group.causes.begin(), group.causes.end(),
                     [](const AskCause& a, const AskCause& b) { return a.verdicts > b.verdicts; });
    sorted.push_back(std::move(group));
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const AskGroup& a, const AskGroup& b) { return a.verdicts > b.verdicts; });
  return sorted;
}

std::string sides_in_line(DocumentNode finding, const Wording& words) {
  const auto sides = finding.find("sides");
  if (!sides) return {};
  if (sides->size() == 0) return std::string(words.say("sides-not-tried"));
  std::string out;
  for (std::size_t i = 0; i < sides->size(); ++i) {
    std::string says;
    const DocumentNode readings = member(sides->at(i), "says");
    for (std::size_t r = 0; r < readings.size(); ++r) {
      const DocumentNode reading = readings.at(r);
      says += fmt::format("{}{} = {} [{}]", r == 0 ? "" : ", ", text_of(reading, "fact"),
                          words.value(read_plain_value(member(reading, "value"))),
                          text_of(reading, "source"));
    }
    const std::string_view verdict = words.verdict(verdict_of(sides->at(i)));
    out = words.also(out, words.fill("is", {{"a", says}, {"b", verdict}}));
  }
  return out;
}

std::string left_out(const AskCause& cause, const Wording& words) {
  if (cause.facts <= cause.examples.size()) {
    return cause.at_least ? std::string(words.say("html-maybe-more")) : std::string();
  }
  const std::uint64_t more = cause.facts - cause.examples.size();
  const bool single = more == 1;
  const std::string key = cause.at_least ? "and-at-least" : "and-more";
  return words.fill(single ? key + "-one" : key, {{"n", grouped(more, words.language())}});
}

std::string group_label(const AskGroup& group, const Wording& words) {
  if (group.respondent) {
    const std::string_view label = text_in(member(*group.respondent, "label"), words.language());
    return words.fill("ask-of", {{"who", label}});
  }
  const std::string_view about = group.about;
  if (about == "rate") return std::string(words.say("html-about-rates"));
  if (about == "table") return std::string(words.say("html-about-tables"));
  const Schema& schema = *recruitment_schema();
  if (const auto kind = schema.find_kind(about)) {
    const std::string_view plural = schema.kind(*kind).plural.in(words.language());
    return std::string(plural.empty() ? label_of_kind(about, words.language()) : plural);
  }
  if (const auto edge = schema.find_edge(about)) {
    const std::string_view label = schema.edge(*edge).label.in(words.language());
    return words.fill("html-about-links", {{"x", label.empty() ? about : label}});
  }
  return std::string(about);
}

namespace {

LimitHit limit_hit(DocumentNode hit) {
  LimitHit out;
  out.reached.limit = parse_limit(text_of(hit, "limit")).value_or(LimitReached::Limit::steps);
  out.reached.most = number_of(hit, "most");
  out.reached.part = text_of(hit, "part");
  out.rule = text_of(hit, "rule");
  out.place = text_of(hit, "place");
  out.count = number_of(hit, "count");
  return out;
}

}  // namespace

std::vector<Unchecked> unchecked(DocumentNode report, const Wording& words) {
  std::vector<Unchecked> found;
  const auto say = [&](std::string_view key) { return std::string(words.say(key)); };
  const auto number = [&](std::uint64_t n) { return grouped(n, words.language()); };
  const RuleIndex index(report);
  const auto title = [&](DocumentNode rule) {
    const SpokenText text = spoken_in(member(rule, "title"), words.language());
    return text.text.empty() ? SpokenText{{}, text_of(rule, "rule")} : text;
  };
  const DocumentNode not_checked = member(report, "not_checked");
  for (std::size_t i = 0; i < not_checked.size(); ++i) {
    const DocumentNode rule = index.find(text_of(not_checked.at(i), "rule"));
    found.push_back(
        {Verdict::not_applicable, title(rule), say(text_of(not_checked.at(i), "reason"))});
  }
  const DocumentNode rules = member(report, "rules");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::uint64_t open = number_of(member(rules.at(i), "verdicts"), "unknown");
    if (open == 0) continue;
    const std::uint64_t all = number_of(member(rules.at(i), "counts"), "applicable");
    found.push_back({Verdict::unknown, title(rules.at(i)),
                     words.fill("html-open-of", {{"n", number(open)}, {"all", number(all)}})});
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const DocumentNode detection = member(rules.at(i), "detection");
    for (std::size_t d = 0; d < detection.size(); ++d) {
      const DocumentNode one = detection.at(d);
      const auto count = [&](std::string_view key) {
        return static_cast<std::int64_t>(number_of(one, key));
      };
      found.push_back({Verdict::pass, title(rules.at(i)),
                       words.detection({std::string(text_of(one, "source")), count("asked"),
                                        count("of"), count("affected")})});
    }
  }
  const auto general = [&](std::string text) {
    found.push_back({Verdict::not_applicable, {}, std::move(text)});
  };
  const DocumentNode run = member(report, "run");
  if (member(run, "stopped").boolean().value_or(false)) general(say("stopped"));
  const std::string_view proof = text_of(run, "proof");
  if (proof != "not-asked" && proof != "by-table") general(say(fmt::format("proof-{}", proof)));
  const DocumentNode limits = member(run, "limits_hit");
  for (std::size_t i = 0; i < limits.size(); ++i) {
    general(
        words.fill("is", {{"a", say("limit-hit")}, {"b", words.limit(limit_hit(limits.at(i)))}}));
  }
  if (const std::uint64_t n = number_of(run, "findings_dropped"); n != 0) {
    general(words.fill("html-findings-beyond", {{"n", number(n)}}));
  }
  if (const std::uint64_t n = number_of(report, "explanations_omitted"); n != 0) {
    general(words.fill("html-unexplained", {{"n", number(n)}}));
  }
  general(say("html-open-network"));
  general(say("html-open-rules"));
  return found;
}

std::string_view ReportLabels::label(std::string_view path, std::string_view code,
                                     std::string_view language) const {
  const auto labels = codes_.find(path);
  const auto texts = labels ? labels->find(code) : std::nullopt;
  return texts ? text_in(*texts, language) : std::string_view();
}

std::string_view label_of_kind(std::string_view kind, std::string_view language) {
  const auto found = recruitment_schema()->find_kind(kind);
  const std::string_view label =
      found ? recruitment_schema()->kind(*found).label.in(language) : std::string_view();
  return label.empty() ? kind : label;
}

std::string_view label_of_path(std::string_view path, std::string_view language) {
  const Attribute* const attribute = attribute_at(*recruitment_schema(), path);
  const std::string_view label =
      attribute == nullptr ? std::string_view() : attribute->label.in(language);
  return label.empty() ? path : label;
}

std::string_view label_of_class(std::string_view id, std::string_view language) {
  for (const SourceClass& known : recruitment_schema()->source_classes()) {
    if (known.id == id && !known.label.empty()) return known.label.in(language);
  }
  return id;
}

}  // namespace eraudit::detail
