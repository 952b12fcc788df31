// Rule files, all but their expressions (read_logic.cpp).

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "eraudit/core/file.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"

namespace eraudit::rules_detail {
namespace rule_keys {
namespace {

constexpr std::array<std::string_view, 22> file_keys = {
    "rule",  "version", "status",  "indicator", "title", "why",       "subject", "match",
    "when",  "let",     "fail_if", "pass_if",   "at",    "severity",  "proof",   "message",
    "basis", "ask",     "remedy",  "since",     "until", "references"};
constexpr std::array<std::string_view, 5> severity_names = {"none", "low", "medium", "high",
                                                            "critical"};
constexpr std::array<std::string_view, 4> relation_names = {"equal", "subset", "superset",
                                                            "intersect"};
constexpr std::array<std::string_view, 4> level_names = {"any", "stated", "supported",
                                                         "corroborated"};
constexpr std::array<std::string_view, 3> status_names = {"draft", "stable", "deprecated"};

}  // namespace

std::span<const std::string_view> file() {
  return file_keys;
}
std::span<const std::string_view> severities() {
  return severity_names;
}
std::span<const std::string_view> relations() {
  return relation_names;
}
std::span<const std::string_view> proof_levels() {
  return level_names;
}
std::span<const std::string_view> statuses() {
  return status_names;
}

}  // namespace rule_keys

namespace {

std::vector<std::string_view> kind_names(const Schema& schema) {
  std::vector<std::string_view> names;
  for (const NodeKind& kind : schema.kinds()) names.push_back(kind.name);
  return names;
}

/// `title in fr and es`; nothing if all are there.
template <class Has>
std::optional<std::string> missing_languages(std::string_view what, Has has) {
  std::vector<std::string> missing;
  for (const std::string_view language : engine_languages) {
    if (!has(language)) missing.emplace_back(language);
  }
  if (missing.empty()) return std::nullopt;
  if (missing.size() == engine_languages.size()) return std::string(what);
  return std::string(what) + " in " + enumerate(missing);
}

}  // namespace

RuleReader::RuleReader(const Document& document, const RuleSurroundings& around)
    : reader_(document, "rule", around.limits),
      around_(around),
      schema_(*around.schema),
      environment_(around.schema) {
  environment_.require_guards = true;
  reader_.replace(around.replaced);
}

std::optional<Rule> RuleReader::read(Diagnostics& diagnostics) {
  const Node root = reader_.document().root();
  if (reader_.is_map(root, "a rule file")) {
    rule_.pack = around_.pack;
    rule_.file = reader_.source().name();
    rule_.sha256 = sha256(reader_.source().text());
    rule_.position = reader_.position(root);
    reader_.known_keys(root, rule_keys::file(), "a rule");
    read_identity(root);
    read_texts(root);
    read_subject(root);
    read_logic(root);
    list_what_it_lacks(root);
  }
  const bool usable = !reader_.has_errors();
  diagnostics.append(reader_.take());
  if (!usable) return std::nullopt;
  return std::move(rule_);
}

void RuleReader::read_identity(Node root) {
  if (const auto id = root.find("rule")) {
    if (reader_.is_id(*id, "the id of a rule")) rule_.id = std::string(id->text());
  } else {
    reader_.error(root, "missing-key", "a rule needs 'rule': its id",
                  "write for instance 'rule: recruitment-fees.worker-paid'");
  }
  if (const auto version = root.find("version")) {
    const auto number = version->integer();
    if (number && *number >= 1 && *number <= std::numeric_limits<std::int32_t>::max()) {
      rule_.version = static_cast<std::int32_t>(*number);
    } else {
      reader_.error(*version, "bad-version",
                    quoted(version->text()) + " is not the version of a rule",
                    "write a whole number from 1 that counts the rule's changes of meaning");
    }
  }
  status_ = root.find("status");
  if (status_) {
    if (const auto status =
            reader_.one_of(*status_, rule_keys::statuses(), "bad-status", "status")) {
      rule_.status = static_cast<RuleStatus>(*status);
    }
  }
  const auto indicator = root.find("indicator");
  if (indicator) {
    if (const auto id = reader_.word(*indicator, "'indicator'")) {
      if (const Indicator* known = around_.vocabulary->indicator(*id)) {
        rule_.indicator = known->id;
        rule_.severity = known->severity;
      } else {
        std::vector<std::string_view> ids;
        for (const Indicator& entry : around_.vocabulary->indicators()) ids.push_back(entry.id);
        reader_.error(*indicator, "unknown-indicator", "there is no indicator " + quoted(*id),
                      suggest(*id, ids));
      }
    }
  }
  if (const auto since = root.find("since")) rule_.since = reader_.date(*since, "'since'");
  const auto until = root.find("until");
  if (until) rule_.until = reader_.date(*until, "'until'");
  if (rule_.since && rule_.until && *rule_.until < *rule_.since) {
    reader_.error(*until, "bad-date",
                  "'until' (" + to_text(*rule_.until) + ") is before 'since' (" +
                      to_text(*rule_.since) + ")");
  }
}

void RuleReader::read_texts(Node root) {
  if (const auto title = root.find("title")) rule_.title = reader_.local_text(*title, "'title'");
  if (const auto why = root.find("why")) rule_.why = reader_.local_text(*why, "'why'");
  if (const auto references = root.find("references")) {
    rule_.references = reader_.words(*references, "'references'");
  }
  if (const auto basis = root.find("basis")) read_basis(*basis);
  if (const auto remedy = root.find("remedy")) read_remedy(*remedy);
  if (const auto proof = root.find("proof")) read_proof(*proof);
  asks_ = root.find("ask");
  if (asks_) read_asks(*asks_);
}

void RuleReader::read_subject(Node root) {
  const auto subject = root.find("subject");
  if (!subject) {
    if (!root.find("match")) {
      reader_.error(root, "missing-key", "a rule needs 'subject': who is judged",
                    "write for instance 'subject: (c:Cohort)'");
    }
    return;
  }
  const auto text = reader_.word(*subject, "'subject'");
  if (!text) return;
  if (root.find("match")) {
    read_subject_name(*subject, *text);
    return;
  }
  const std::string form = "write '(c:Cohort)', or '(x:Facility|Company)' for several kinds";
  std::string_view inside = *text;
  if (inside.size() < 2 || inside.front() != '(' || inside.back() != ')') {
    reader_.error(*subject, "bad-subject", quoted(*text) + " says not of which kind the subject is",
                  form);
    return;
  }
  inside = inside.substr(1, inside.size() - 2);
  const std::size_t colon = inside.find(':');
  std::string_view name = inside.substr(0, colon);
  std::size_t name_at = 1;
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1), ++name_at;
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  if (!is_identifier(name)) {
    reader_.error(*subject, "bad-subject",
                  name.empty() ? "the subject has no name"
                               : quoted(name) + " cannot be the name of the subject",
                  form);
    return;
  }
  if (is_taken_word(name)) {
    reader_.error_inside(
        *subject, name_at, name.size(), "name-taken",
        quoted(name) + " is a word of the language and cannot be the name of the subject");
    return;
  }
  rule_.subject = std::string(name);
  if (colon == std::string_view::npos) {
    reader_.error(*subject, "bad-subject", quoted(*text) + " says not of which kind the subject is",
                  form);
    return;
  }
  read_subject_kinds(*subject, 1 + colon + 1, text->size() - 1);
}

/// Beside `match` the subject is one of its variables.
void RuleReader::read_subject_name(Node scalar, std::string_view text) {
  if (is_identifier(text)) {
    rule_.subject = std::string(text);
    return;
  }
  std::string_view name = text;
  if (name.starts_with('(')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(":) "));
  reader_.error(scalar, "bad-subject",
                "with 'match' the subject is one of its nodes, by its name alone",
                is_identifier(name)
                    ? "write 'subject: " + std::string(name) +
                          "'; its kind stands in the pattern: '(" + std::string(name) + ":...)'"
                    : "write for instance 'subject: c', and '(c:Cohort)' in the pattern");
}

void RuleReader::read_subject_kinds(Node scalar, std::size_t begin, std::size_t end) {
  const std::string_view text = scalar.text();
  bool complete = true;
  for (std::size_t at = begin;;) {
    const std::size_t bar = std::min(text.find('|', at), end);
    std::size_t first = at;
    std::size_t last = bar;
    while (first < last && text[first] == ' ') ++first;
    while (last > first && text[last - 1] == ' ') --last;
    const std::string_view name = text.substr(first, last - first);
    if (name.empty()) {
      reader_.error_inside(scalar, std::min(at, end - 1), 1, "bad-subject",
                           "a kind is missing here",
                           "write '(c:Cohort)', or '(x:Facility|Company)' for several kinds");
    } else if (const auto kind = schema_.find_kind(name)) {
      if (std::find(rule_.kinds.begin(), rule_.kinds.end(), *kind) == rule_.kinds.end()) {
        rule_.kinds.push_back(*kind);
      } else {
        reader_.error_inside(scalar, first, name.size(), "bad-subject",
                             quoted(name) + " is there twice");
      }
    } else {
      complete = false;
      reader_.error_inside(scalar, first, name.size(), "unknown-kind",
                           "there is no kind of node " + quoted(name),
                           suggest(name, kind_names(schema_)));
    }
    if (bar == end) break;
    at = bar + 1;
  }
  std::sort(rule_.kinds.begin(), rule_.kinds.end());
  // With a kind too few the expressions would be blamed for what the subject lacks.
  if (!complete) rule_.kinds.clear();
}

void RuleReader::read_basis(Node list) {
  constexpr std::array<std::string_view, 2> keys = {"provision", "relation"};
  if (!reader_.is_list(list, "'basis'")) return;
  for (std::size_t index = 0; index < list.size(); ++index) {
    const Node entry = list.at(index);
    if (!reader_.is_map(entry, "an entry of 'basis'")) continue;
    reader_.known_keys(entry, keys, "an entry of 'basis'");
    Basis basis;
    if (const auto provision = entry.find("provision")) {
      if (const auto id = reader_.word(*provision, "'provision'")) {
        basis.provision = std::string(*id);
        if (around_.vocabulary->provision(*id) == nullptr) {
          std::vector<std::string_view> ids;
          for (const Provision& known : around_.vocabulary->provisions()) ids.push_back(known.id);
          reader_.error(*provision, "unknown-provision", "there is no provision " + quoted(*id),
                        suggest(*id, ids));
        }
        const bool twice =
            std::any_of(rule_.basis.begin(), rule_.basis.end(),
                        [&](const Basis& other) { return other.provision == basis.provision; });
        if (twice) {
          reader_.error(*provision, "duplicate-provision", quoted(*id) + " is there twice");
        }
      }
    } else {
      reader_.error(entry, "missing-key", "an entry of 'basis' needs 'provision'");
    }
    if (const auto relation = entry.find("relation")) {
      if (const auto word = reader_.one_of(*relation, rule_keys::relations(), "bad-relation",
                                           "relation to a provision")) {
        basis.relation = std::string(rule_keys::relations()[*word]);
      }
    } else {
      reader_.error(entry, "missing-key", "an entry of 'basis' needs 'relation'",
                    "equal, subset (the rule asks less), superset (it asks more) or intersect");
    }
    rule_.basis.push_back(std::move(basis));
  }
}

void RuleReader::read_asks(Node map) {
  if (!reader_.is_map(map, "'ask'")) return;
  for (std::size_t index = 0; index < map.size(); ++index) {
    const std::string_view path = map.key(index).text();
    LocalText text = reader_.local_text(map.at(index), "the question for " + quoted(path));
    rule_.asks.emplace_back(std::string(path), std::move(text));
  }
}

void RuleReader::read_remedy(Node map) {
  Remedy remedy;
  if (!map.is_map()) {
    remedy.text = reader_.local_text(map, "'remedy'");
    rule_.remedy = std::move(remedy);
    return;
  }
  for (std::size_t index = 0; index < map.size(); ++index) {
    const Node key = map.key(index);
    const Node value = map.at(index);
    if (key.text() == "days") {
      const auto days = value.integer();
      if (days && *days >= 0 && *days <= 36'500) {
        remedy.days = static_cast<std::int32_t>(*days);
      } else {
        reader_.error(value, "bad-days", quoted(value.text()) + " is not a number of days",
                      "write a whole number from 0");
      }
    } else if (language_tag(key.text())) {
      const std::string tag = *reader_.language(key, "'remedy'");
      if (remedy.text.has(tag)) {
        reader_.language_again(key, tag);
      } else if (const auto text = reader_.word(value, "'remedy' in " + tag)) {
        remedy.text.set(tag, std::string(*text));
      }
    } else {
      reader_.error(key, "unknown-key", "'remedy' has no key " + quoted(key.text()),
                    "a text per language, and 'days'");
    }
  }
  if (remedy.text.empty()) {
    reader_.error(map, "missing-key", "'remedy' has no text in any language");
  }
  rule_.remedy = std::move(remedy);
}

void RuleReader::read_proof(Node map) {
  constexpr std::array<std::string_view, 2> keys = {"fail", "pass"};
  if (!reader_.is_map(map, "'proof'")) return;
  reader_.known_keys(map, keys, "'proof'");
  const auto level = [&](std::string_view key, ProofLevel& out) {
    const auto value = map.find(key);
    if (!value) return;
    if (const auto word =
            reader_.one_of(*value, rule_keys::proof_levels(), "bad-proof", "level of proof")) {
      out = eraudit::proof_levels[*word];
    }
  };
  level("fail", rule_.proof.fail);
  level("pass", rule_.proof.pass);
}

void RuleReader::list_what_it_lacks(Node root) {
  std::vector<std::string>& lacks = rule_.lacks;
  const auto note = [&](std::optional<std::string> what) {
    if (what) lacks.push_back(*std::move(what));
  };
  if (!status_) note("status");
  if (!root.find("version")) note("version");
  if (!root.find("indicator")) note("indicator");
  note(missing_languages("title", [&](std::string_view l) { return rule_.title.has(l); }));
  note(missing_languages(
      "message", [&](std::string_view l) { return message_in(rule_.message, l) != nullptr; }));
  if (rule_.why.empty()) note("why (why it matters, what counts, what it does not say)");
  if (rule_.basis.empty()) note("basis");
  if (!rule_.remedy) note("remedy");
  for (const std::string& path : rule_.reads) {
    const std::size_t dot = path.find('.');
    if (dot == std::string::npos || rule_.ask(path) != nullptr)
      continue;  // not of the schema; its own
    if (schema_question(schema_, path) == nullptr) note("a question for " + path);
  }
  if (!around_.has_cases) note("cases beside it (" + around_.cases_file + ")");
  for (const TablePtr& table : rule_.tables) {
    const auto unchecked =
        std::count_if(table->rows().begin(), table->rows().end(),
                      [](const TableRow& row) { return row.certainty != "verified"; });
    if (unchecked != 0) {
      note("checked figures in table " + table->name() + " (" + std::to_string(unchecked) +
           (unchecked == 1 ? " row is" : " rows are") + " not 'verified')");
    }
  }
  if (rule_.status != RuleStatus::stable || lacks.empty() || reader_.has_errors()) return;
  std::string all;
  for (const std::string& what : lacks) all += (all.empty() ? "" : "; ") + what;
  reader_.error(*status_, "not-stable", "this rule cannot be stable: it lacks " + all,
                "write 'status: draft' until it is there");
}

}  // namespace eraudit::rules_detail
