#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/report/detail/not_checked.hpp"
#include "eraudit/report/detail/ratings.hpp"
#include "eraudit/report/report.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/rules/languages.hpp"

namespace eraudit {
namespace {

void write(JsonWriter& json, const LocalText& text) {
  json.begin_object();
  for (const auto& [language, content] : text.all()) json.member(language, content);
  json.end_object();
}

void write(JsonWriter& json, const Position& position) {
  json.member("line", std::int64_t{position.line});
  json.member("column", std::int64_t{position.column});
}

void write(JsonWriter& json, const SeverityRange& severity) {
  json.begin_object();
  json.member("low", to_text(severity.low));
  json.member("high", to_text(severity.high));
  json.end_object();
}

void write(JsonWriter& json, const Reading& reading) {
  json.begin_object();
  json.member("fact", reading.name);
  json.member("path", reading.path);
  json.member("value", reading.value);
  json.member("source", reading.source);
  json.member("file", reading.file);
  json.member("line", std::int64_t{reading.line});
  json.end_object();
}

void write(JsonWriter& json, std::string_view key, const std::vector<Reading>& readings) {
  json.key(key).begin_array();
  for (const Reading& reading : readings) write(json, reading);
  json.end_array();
}

/// How much was left out, if anything was.
void write_more(JsonWriter& json, std::string_view key, std::size_t left_out) {
  if (left_out != 0) json.key(key).unsigned_integer(left_out);
}

void write(JsonWriter& json, const Condition& condition) {
  json.begin_object();
  if (!condition.name.empty()) json.member("name", condition.name);
  if (!condition.element.empty()) {
    json.member("element", condition.element);
    json.key("possible").boolean(condition.possible);
  }
  json.member("text", condition.text);
  write(json, condition.position);
  json.member("outcome", condition.outcome);
  write(json, "readings", condition.readings);
  write_more(json, "more_readings", condition.more_readings);
  json.key("variables").begin_array();
  for (const Condition& variable : condition.variables) write(json, variable);
  json.end_array();
  json.key("parts").begin_array();
  for (const Condition& part : condition.parts) write(json, part);
  json.end_array();
  write_more(json, "more_parts", condition.more_parts);
  json.end_object();
}

void write_counts(JsonWriter& json, const RuleCounts& counts) {
  json.key("counts").begin_object();
  json.key("selected").unsigned_integer(counts.selected);
  json.key("applicable").unsigned_integer(counts.applicable);
  json.key("decided").unsigned_integer(counts.decided);
  json.end_object();
  json.key("verdicts").begin_object();
  for (const Verdict verdict : verdicts) {
    json.key(to_text(verdict)).unsigned_integer(counts.by_verdict[std::size_t(verdict)]);
  }
  json.end_object();
}

/// Writes everything below `report_id`.
class Report {
 public:
  Report(const Assessment& assessment, const ReportOptions& options, JsonWriter& json)
      : assessment_(assessment),
        options_(options),
        json_(json),
        languages_(languages_of(assessment.rules())) {}

  void write_all() {
    write_run();
    write_labels();
    write_inputs();
    write_sources();
    write_packs();
    write_tables();
    write_network();
    json_.key("totals").begin_object();
    write_counts(json_, assessment_.totals());
    json_.end_object();
    write_findings();
    write_asks();
    if (options_.risk) detail::write_ratings(json_, *options_.risk, options_.ratings);
    write_not_checked();
    json_.key("statement").begin_object();
    for (const auto language : engine_languages) {
      json_.member(language, engine_text("footer", language));
    }
    json_.end_object();
  }

 private:
  void write_run() {
    const RunInformation& run = assessment_.run();
    json_.key("run").begin_object();
    json_.member("as_of", to_text(run.as_of));
    json_.key("tool").begin_object();
    json_.member("name", "eraudit");
    json_.member("version", version());
    json_.end_object();
    json_.member("audience", "internal");
    json_.key("stopped").boolean(run.stopped);
    json_.key("limits_hit").begin_array();
    for (const std::string& limit : run.limits_hit) json_.text(limit);
    json_.end_array();
    json_.key("findings_dropped").unsigned_integer(run.findings_dropped);
    json_.end_object();
  }

  // Codes are for machines; people read these words.
  void write_labels() {
    json_.key("labels").begin_object();
    for (const Verdict verdict : verdicts) {
      json_.key(to_text(verdict)).begin_object();
      for (const auto language : engine_languages) {
        json_.member(language, label(verdict, language));
      }
      json_.end_object();
    }
    json_.end_object();
  }

  void write_inputs() {
    json_.key("inputs").begin_array();
    for (const Network::InputFile& input : assessment_.network().inputs()) {
      json_.begin_object();
      json_.member("path", input.path);
      json_.key("bytes").unsigned_integer(input.bytes);
      json_.member("sha256", input.sha256);
      json_.key("rows").unsigned_integer(input.rows);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_sources() {
    json_.key("sources").begin_array();
    for (const SourceRecord& source : assessment_.network().sources()) {
      if (source.id.empty()) continue;
      json_.begin_object();
      json_.member("id", source.id);
      json_.member("class", source.source_class);
      json_.key("date");
      source.date ? json_.text(to_text(*source.date)) : json_.null();
      json_.member("ref", source.ref);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_packs() {
    const Rules& rules = assessment_.rules();
    json_.key("packs").begin_array();
    for (const Pack& pack : rules.packs()) {
      json_.begin_object();
      json_.member("id", pack.id);
      json_.member("version", pack.version);
      json_.member("sha256", pack.sha256);
      json_.end_object();
    }
    json_.end_array();
    json_.key("rules").begin_array();
    for (std::size_t i = 0; i < rules.size(); ++i)
      write_rule(rules.all()[i], assessment_.counts(i));
    json_.end_array();
  }

  void write_rule(const Rule& rule, const RuleCounts& counts) {
    json_.begin_object();
    json_.member("rule", rule.id);
    json_.member("version", std::int64_t{rule.version});
    json_.member("status", to_text(rule.status));
    json_.key("lacks").begin_array();
    for (const std::string& lack : rule.lacks) json_.text(lack);
    json_.end_array();
    json_.member("pack", rule.pack);
    json_.member("sha256", rule.sha256);
    json_.member("file", rule.file);
    json_.member("indicator", rule.indicator);
    json_.key("title");
    write(json_, rule.title);
    json_.key("basis").begin_array();
    for (const Basis& basis : rule.basis) {
      json_.begin_object();
      json_.member("provision", basis.provision);
      json_.member("relation", basis.relation);
      json_.end_object();
    }
    json_.end_array();
    json_.key("proof").begin_object();
    json_.member("fail", rule.proof.fail);
    json_.member("pass", rule.proof.pass);
    json_.end_object();
    if (rule.remedy) {
      json_.key("remedy").begin_object();
      json_.key("text");
      write(json_, rule.remedy->text);
      json_.key("days");
      rule.remedy->days ? json_.integer(*rule.remedy->days) : json_.null();
      json_.end_object();
    }
    write_counts(json_, counts);
    json_.key("skipped").boolean(counts.skipped);
    json_.end_object();
  }

  void write_tables() {
    json_.key("tables").begin_array();
    for (const TablePtr& table : assessment_.rules().tables()) {
      json_.begin_object();
      json_.member("table", table->name());
      json_.member("sha256", table->sha256());
      json_.key("rows").unsigned_integer(table->rows().size());
      json_.end_object();
    }
    json_.end_array();
  }

  void write_network() {
    const Network& network = assessment_.network();
    const Schema& schema = network.schema();
    json_.key("network").begin_object();
    json_.member("schema", schema.name());
    json_.key("nodes").begin_object();
    for (std::uint16_t k = 0; k < schema.kinds().size(); ++k) {
      const std::size_t count = network.nodes(KindId{k}).size();
      if (count != 0) json_.key(schema.kinds()[k].name).unsigned_integer(count);
    }
    json_.end_object();
    json_.key("edges").begin_object();
    for (std::uint16_t e = 0; e < schema.edges().size(); ++e) {
      std::uint64_t count = 0;
      for (const EdgeTable& table : network.tables()) {
        if (table.kind.index == e) count += table.size();
      }
      if (count != 0) json_.key(schema.edges()[e].name).unsigned_integer(count);
    }
    json_.end_object();
    json_.end_object();
  }

  void write_findings() {
    const auto findings = assessment_.findings();
    json_.key("findings").begin_array();
    for (std::size_t i = 0; i < findings.size(); ++i)
      write_finding(findings[i], i < options_.explained);
    json_.end_array();
    json_.key("explanations_omitted")
        .unsigned_integer(
            findings.size() > options_.explained ? findings.size() - options_.explained : 0);
  }

  void write_finding(const Finding& finding, bool explained) {
    const Network& network = assessment_.network();
    const Rule& rule = assessment_.rules().all()[finding.rule];
    const Explanation why = assessment_.explain(finding.rule, finding.subject);
    json_.begin_object();
    json_.member("id", "f_" + assessment_.fingerprint(finding.rule, finding.subject));
    json_.member("rule", rule.id);
    json_.member("indicator", rule.indicator);
    json_.key("subject").begin_object();
    json_.member("kind", network.schema().kind(network.kind(finding.subject)).name);
    json_.member("id", network.id(finding.subject));
    const Origin origin = network.origin(finding.subject);
    json_.member("file", origin.file);
    json_.member("line", std::int64_t{origin.line});
    json_.end_object();
    json_.member("verdict", to_text(finding.verdict));
    json_.key("severity");
    write(json_, finding.severity);
    json_.key("message").begin_object();
    for (const std::string& language : languages_) {
      if (message_in(rule.message, language) == nullptr) continue;
      json_.member(language, assessment_.message(finding, language));
    }
    json_.end_object();
    if (!why.error.empty()) json_.member("error", why.error);
    if (rule.match) write_match(why.match);
    write(json_, "witness", why.witness);
    if (explained) {
      json_.key("explanation").begin_object();
      if (why.when) {
        json_.key("when");
        write(json_, *why.when);
      }
      if (rule.match) {
        json_.key("where").begin_array();
        for (const Condition& condition : why.where) write(json_, condition);
        json_.end_array();
      }
      if (why.condition) {
        json_.key("condition");
        write(json_, *why.condition);
      }
      write(json_, "would_change", why.would_change);
      json_.end_object();
    }
    json_.end_object();
  }

  /// The nodes of the witness as it is written, then all rows that were kept.
  void write_match(const MatchedRows& match) {
    const Network& network = assessment_.network();
    json_.key("path").begin_array();
    if (!match.rows.empty()) {
      for (const NodeId node : match.rows[0].paths[0].nodes) json_.text(network.id(node));
    }
    json_.end_array();
    json_.key("match").begin_object();
    json_.key("rows").begin_array();
    for (const MatchedRow& row : match.rows) {
      json_.begin_object();
      json_.key("certain").boolean(row.certain);
      json_.key("paths").begin_array();
      for (const MatchedPath& path : row.paths) write_path(path);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.key("more").unsigned_integer(match.more);
    json_.end_object();
  }

  void write_path(const MatchedPath& path) {
    const Network& network = assessment_.network();
    json_.begin_object();
    json_.member("text", to_text(path, network));
    json_.key("nodes").begin_array();
    for (const NodeId node : path.nodes) {
      json_.begin_object();
      json_.member("kind", network.schema().kind(network.kind(node)).name);
      json_.member("id", network.id(node));
      json_.end_object();
    }
    json_.end_array();
    json_.key("edges").begin_array();
    for (const EdgeId edge : path.edges) {
      const Origin origin = network.origin(edge);
      json_.begin_object();
      json_.member("edge", network.schema().edge(network.table(edge).kind).name);
      json_.member("from", network.id(network.from(edge)));
      json_.member("to", network.id(network.to(edge)));
      json_.member("source", network.sources()[network.source(edge)].id);
      json_.member("file", origin.file);
      json_.member("line", std::int64_t{origin.line});
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_asks() {
    json_.key("asks").begin_array();
    for (const Ask& ask : assessment_.asks()) {
      json_.begin_object();
      json_.member("rule", assessment_.rules().all()[ask.rule].id);
      json_.member("path", ask.path);
      if (const auto* const respondent = assessment_.network().schema().respondent(ask.path)) {
        json_.key("respondent").begin_object();
        json_.member("id", respondent->id);
        json_.key("label");
        write(json_, respondent->label);
        json_.end_object();
      }
      json_.key("question");
      const Rule& rule = assessment_.rules().all()[ask.rule];
      const LocalText* const question =
          eraudit::question(rule, assessment_.network().schema(), ask.path);
      write(json_, question == nullptr ? LocalText(ask.path) : *question);
      json_.key("verdicts").unsigned_integer(ask.verdicts);
      json_.key("facts").unsigned_integer(ask.facts);
      json_.key("at_least").boolean(ask.at_least);
      json_.key("examples").begin_array();
      for (const std::string& name : ask.names) json_.text(name);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void write_not_checked() {
    json_.key("not_checked").begin_array();
    const Rules& rules = assessment_.rules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const RuleCounts& counts = assessment_.counts(i);
      const auto reason = detail::not_checked_reason(counts);
      if (!reason) continue;
      json_.begin_object();
      json_.member("rule", rules.all()[i].id);
      json_.member("reason", *reason);
      json_.end_object();
    }
    json_.end_array();
  }

  const Assessment& assessment_;
  const ReportOptions& options_;
  JsonWriter& json_;
  std::vector<std::string> languages_;  ///< of messages, in this order in all findings
};

}  // namespace

std::string write_report_json(const Assessment& assessment, const ReportOptions& options) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  Report(assessment, options, json).write_all();
  json.end_object();
  body += '\n';

  // The digest stands before what it is taken of: the body begins with "{\n  ".
  std::string report =
      "{\n  \"schema\": \"eraudit:report/1\",\n  \"report_id\": \"" + sha256(body) + "\",";
  report.append(body, 1);
  return report;
}

}  // namespace eraudit
