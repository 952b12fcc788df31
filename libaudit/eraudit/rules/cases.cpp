#include "eraudit/rules/cases.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/network/read.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/rule_files.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"

namespace eraudit {
namespace {

using rules_detail::FileReader;
using rules_detail::Node;
using rules_detail::quoted;
using rules_detail::RuleFile;
using rules_detail::RuleFolder;

constexpr std::array<std::string_view, 5> case_keys = {"case", "as_of", "rates", "network",
                                                       "expect"};
constexpr std::array<std::string_view, 5> expect_keys = {"subject", "verdict", "ask", "message",
                                                         "severity"};
constexpr std::array<std::string_view, 4> rate_keys = {"from", "to", "on", "rate"};
constexpr std::array<std::string_view, 2> rates_keys = {"max_age_days", "rates"};

/// A positive decimal of at most 18 digits as an exact fraction.
bool read_decimal(std::string_view text, Rate& rate) {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool point = false;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.' && !point && digits != 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 18) return false;
    numerator = numerator * 10 + (c - '0');
    if (point) denominator *= 10;
  }
  if (numerator == 0 || text.back() == '.') return false;
  rate.numerator = numerator;
  rate.denominator = denominator;
  return true;
}

class CaseReader {
 public:
  CaseReader(const Document& document, const Rule& rule, const SchemaPtr& schema,
             const Limits& limits)
      : reader_(document, "case", limits), rule_(rule), schema_(schema) {}

  Checked<CaseFile> read() {
    CaseFile file;
    file.file = reader_.source().name();
    file.rule = rule_.id;
    const Node root = reader_.document().root();
    if (!root.is_list()) {
      reader_.error(root, "wrong-shape", "a file of cases is a list",
                    "write '- case: what happens', then its network and what to expect");
      return reader_.take();
    }
    if (root.size() == 0) reader_.error(root, "none", "there are no cases in this file");
    std::map<std::string, std::string, std::less<>> names;
    for (std::size_t index = 0; index < root.size(); ++index) {
      const Node entry = root.at(index);
      if (!reader_.is_map(entry, "a case")) continue;
      Case read = read_case(entry);
      if (!read.name.empty()) {
        const auto [place, fresh] = names.emplace(read.name, reader_.place(entry));
        if (!fresh) {
          reader_.error(*entry.find("case"), "duplicate-name",
                        "the case at " + place->second + " has the same name");
        }
      }
      file.cases.push_back(std::move(read));
    }
    if (reader_.has_errors()) return reader_.take();
    return {std::move(file), reader_.take()};
  }

 private:
  Case read_case(Node map) {
    Case out;
    out.position = reader_.position(map);
    reader_.known_keys(map, case_keys, "a case");
    if (const auto name = map.find("case")) {
      out.name = std::string(reader_.word(*name, "'case'").value_or(""));
    } else {
      reader_.error(map, "missing-key", "a case needs 'case': what happens, in words");
    }
    if (const auto as_of = map.find("as_of")) out.as_of = reader_.date(*as_of, "'as_of'");
    if (const auto rates = map.find("rates")) read_rates(*rates, out.rates);
    if (const auto network = map.find("network")) {
      ReadOptions options;
      options.schema = schema_;
      options.limits = reader_.limits();
      auto read = read_network(*network, options);
      reader_.append(read.diagnostics());
      if (read) out.network = *std::move(read);
    } else {
      reader_.error(map, "missing-key", "a case needs 'network'");
    }
    if (const auto expect = map.find("expect")) {
      if (expect->is_list()) {
        if (expect->size() == 0) reader_.error(*expect, "none", "this case expects nothing");
        for (std::size_t index = 0; index < expect->size(); ++index) {
          read_expectation(expect->at(index), out);
        }
      } else {
        read_expectation(*expect, out);
      }
    } else {
      reader_.error(map, "missing-key", "a case needs 'expect'",
                    "write 'expect: {subject: ID, verdict: fail}'");
    }
    return out;
  }

  void read_rates(Node node, Rates& out) {
    Node list = node;
    std::int32_t age = default_rate_age_days;
    if (node.is_map()) {
      reader_.known_keys(node, rates_keys, "'rates'");
      if (const auto days = node.find("max_age_days")) {
        const auto number = days->integer();
        if (number && *number >= 0 && *number <= 36'500) {
          age = static_cast<std::int32_t>(*number);
        } else {
          reader_.error(*days, "bad-days", quoted(days->text()) + " is not a number of days");
        }
      }
      const auto inner = node.find("rates");
      if (!inner) {
        reader_.error(node, "missing-key", "'rates' needs 'rates': a list");
        return;
      }
      list = *inner;
    }
    if (!reader_.is_list(list, "'rates'")) return;
    std::vector<Rate> rates;
    bool complete = true;
    for (std::size_t index = 0; index < list.size(); ++index) {
      Rate rate;
      if (read_rate(list.at(index), rate)) {
        rates.push_back(rate);
      } else {
        complete = false;
      }
    }
    if (!complete) return;
    try {
      out = Rates(std::move(rates), age);
    } catch (const Error& error) {
      reader_.error(node, "bad-rates", error.what());
    }
  }

  bool read_rate(Node map, Rate& rate) {
    if (!reader_.is_map(map, "a rate")) return false;
    reader_.known_keys(map, rate_keys, "a rate");
    bool good = true;
    for (const std::string_view key : rate_keys) {
      const auto value = map.find(key);
      if (!value) {
        reader_.error(map, "missing-key", "a rate needs " + quoted(key),
                      "write {from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}");
        good = false;
        continue;
      }
      const auto text = reader_.word(*value, quoted(key));
      if (!text) {
        good = false;
      } else if (key == "on") {
        const auto day = reader_.date(*value, "'on'");
        if (day) rate.on = *day;
        good = good && day.has_value();
      } else if (key == "rate") {
        if (!read_decimal(*text, rate)) {
          reader_.error(*value, "bad-rate", quoted(*text) + " is not a rate",
                        "write a positive decimal of at most 18 digits");
          good = false;
        }
      } else {
        const auto currency = Currency::from_code(*text);
        if (currency) {
          (key == "from" ? rate.from : rate.to) = *currency;
        } else {
          reader_.error(*value, "unknown-currency", quoted(*text) + " is no currency of ISO 4217");
          good = false;
        }
      }
    }
    return good;
  }

  void read_expectation(Node map, Case& out) {
    if (!reader_.is_map(map, "what a case expects")) return;
    reader_.known_keys(map, expect_keys, "what a case expects");
    Expectation expectation;
    expectation.position = reader_.position(map);
    if (const auto subject = map.find("subject")) {
      if (const auto id = reader_.word(*subject, "'subject'")) {
        expectation.subject = std::string(*id);
        check_subject(*subject, *id, out);
      }
    } else {
      reader_.error(map, "missing-key", "what a case expects needs 'subject': the id of a node");
    }
    if (const auto verdict = map.find("verdict")) {
      std::vector<std::string_view> codes;
      codes.reserve(verdicts.size());
      for (const Verdict code : verdicts) codes.push_back(to_text(code));
      if (const auto code = reader_.one_of(*verdict, codes, "bad-verdict", "verdict")) {
        expectation.verdict = static_cast<Verdict>(*code);
      }
    } else {
      reader_.error(map, "missing-key", "what a case expects needs 'verdict'");
    }
    if (const auto ask = map.find("ask")) read_asks(*ask, expectation);
    if (const auto message = map.find("message")) {
      expectation.message = std::string(reader_.word(*message, "'message'").value_or(""));
    }
    if (const auto severity = map.find("severity")) {
      if (const auto word = reader_.one_of(*severity, rules_detail::rule_keys::severities(),
                                           "bad-severity", "severity")) {
        expectation.severity = static_cast<Severity>(*word);
      }
    }
    out.expect.push_back(std::move(expectation));
  }

  void check_subject(Node node, std::string_view id, const Case& out) {
    if (!out.network) return;
    const auto found = out.network->find(id);
    if (!found) {
      std::vector<std::string_view> ids;
      for (const KindId kind : rule_.kinds) {
        for (const NodeId candidate : out.network->nodes(kind))
          ids.push_back(out.network->id(candidate));
      }
      reader_.error(node, "unknown-subject", "the network of this case has no node " + quoted(id),
                    suggest(id, ids));
      return;
    }
    const KindId kind = out.network->kind(*found);
    if (std::find(rule_.kinds.begin(), rule_.kinds.end(), kind) != rule_.kinds.end()) return;
    std::vector<std::string> kinds;
    for (const KindId of_rule : rule_.kinds) kinds.push_back(schema_->kind(of_rule).name);
    reader_.error(node, "wrong-kind",
                  quoted(id) + " is a " + out.network->schema().kind(kind).name +
                      ", and the rule judges " + rules_detail::enumerate(kinds));
  }

  /// Whether the rule reads edges of this kind: it may wait for one that is stated too weakly.
  [[nodiscard]] bool reads_edges(std::string_view name) const {
    const auto edge = schema_->find_edge(name);
    return edge && std::any_of(rule_.reads.begin(), rule_.reads.end(), [&](std::string_view path) {
             const std::size_t dot = path.find('.');
             if (dot == std::string_view::npos) return false;
             if (path.substr(0, dot) == name) return true;
             const auto kind = schema_->find_kind(path.substr(0, dot));
             const auto list =
                 kind ? schema_->find_list(*kind, path.substr(dot + 1)) : std::nullopt;
             return list && list->list.edge == *edge;
           });
  }

  void read_asks(Node list, Expectation& expectation) {
    std::vector<std::string> paths;
    if (!reader_.is_list(list, "'ask'")) return;
    for (std::size_t index = 0; index < list.size(); ++index) {
      const Node entry = list.at(index);
      const auto path = reader_.word(entry, "an entry of 'ask'");
      if (!path) continue;
      const bool other = *path == "rate" || path->starts_with("table ");
      if (!other) {
        if (const auto problem = rules_detail::check_path(*schema_, *path)) {
          reader_.error(entry, "unknown-path", problem->message, problem->help);
          continue;
        }
      }
      // Walking over edges reads when they hold, though no rule names it.
      const bool of_time =
          path->ends_with(".on") || path->ends_with(".since") || path->ends_with(".until");
      if (std::find(rule_.reads.begin(), rule_.reads.end(), *path) == rule_.reads.end() &&
          *path != "rate" && !of_time && !reads_edges(*path)) {
        reader_.error(
            entry, "unread-path", "the rule never waits for " + quoted(*path),
            suggest(*path, std::vector<std::string_view>(rule_.reads.begin(), rule_.reads.end())));
        continue;
      }
      paths.emplace_back(*path);
    }
    expectation.ask = std::move(paths);
  }

  FileReader reader_;
  const Rule& rule_;
  SchemaPtr schema_;
};

}  // namespace

Checked<CaseFile> read_cases(const Document& document, const Rule& rule, const SchemaPtr& schema,
                             const Limits& limits) {
  return CaseReader(document, rule, schema ? schema : recruitment_schema(), limits).read();
}

std::string cases_beside(const std::string& rule_file) {
  return rules_detail::cases_name(rule_file);
}

Checked<std::vector<CaseFile>> load_cases(std::span<const std::string> what, const Rules& rules,
                                          const Limits& limits) {
  Diagnostics diagnostics(limits.diagnostics_per_file, limits.diagnostics);
  std::map<std::string, const Rule*> by_cases_file;
  for (const Rule& rule : rules.all())
    by_cases_file.emplace(rules_detail::cases_name(rule.file), &rule);
  std::vector<CaseFile> out;
  for (const RuleFolder& folder : rules_detail::find_rule_files(what)) {
    for (const RuleFile& file : folder.cases) {
      const auto rule = by_cases_file.find(file.name);
      if (rule == by_cases_file.end()) {
        diagnostics.error(file.name, "case-no-rule", "there is no rule beside these cases",
                          "a file of cases has the name of its rule, ending in .test.yaml");
        continue;
      }
      const DocumentPtr document = rules_detail::read_rule_file(file, limits, diagnostics);
      if (!document) continue;
      auto cases = read_cases(*document, *rule->second, rules.schema(), limits);
      diagnostics.append(cases.diagnostics());
      if (cases) out.push_back(*std::move(cases));
    }
  }
  if (diagnostics.has_errors()) return diagnostics;
  std::sort(out.begin(), out.end(),
            [](const CaseFile& a, const CaseFile& b) { return a.rule < b.rule; });
  return {std::move(out), std::move(diagnostics)};
}

}  // namespace eraudit
