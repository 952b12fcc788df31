#include <algorithm>
#include <string>
#include <vector>

#include "eraudit/core/file.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/core/version.hpp"
#include "eraudit/report/detail/finding_json.hpp"
#include "eraudit/report/detail/not_checked.hpp"
#include "eraudit/report/detail/ratings.hpp"
#include "eraudit/report/detail/rule_detection.hpp"
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
      : assessment_(assessment), options_(options), json_(json) {}

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
    for (const LimitHit& hit : run.limits_hit) {
      json_.begin_object();
      json_.member("limit", to_text(hit.reached.limit));
      json_.key("most").unsigned_integer(hit.reached.most);
      json_.member("rule", hit.rule);
      json_.member("place", hit.place);
      json_.member("part", hit.reached.part);
      json_.key("count").unsigned_integer(hit.count);
      json_.end_object();
    }
    json_.end_array();
    json_.key("findings_dropped").unsigned_integer(run.findings_dropped);
    json_.member("proof", to_text(run.proof));
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
      write_input("network", input.path, input.bytes, input.sha256, input.rows);
    }
    for (const RunFile& file : assessment_.run().files) {
      const bool rates = file.role == RunFile::Role::rates;
      write_input(to_text(file.role), file.path, file.bytes, file.sha256,
                  rates ? assessment_.rates().size() : 0);
    }
    json_.end_array();
  }

  void write_input(std::string_view role, std::string_view path, std::uint64_t bytes,
                   std::string_view sha256, std::uint64_t rows) {
    json_.begin_object();
    json_.member("role", role);
    json_.member("path", path);
    json_.key("bytes").unsigned_integer(bytes);
    json_.member("sha256", sha256);
    json_.key("rows").unsigned_integer(rows);
    json_.end_object();
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
    std::size_t most_passes = options_.explained;
    for (std::size_t i = 0; i < rules.size(); ++i) write_rule(i, most_passes);
    json_.end_array();
  }

  void write_rule(std::size_t index, std::size_t& most_passes) {
    const Rule& rule = assessment_.rules().all()[index];
    const RuleCounts& counts = assessment_.counts(index);
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
    json_.member("fail", to_text(rule.proof.fail));
    json_.member("pass", to_text(rule.proof.pass));
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
    write_detection(detail::detections_of(assessment_, index, most_passes));
    json_.end_object();
  }

  void write_detection(const detail::RuleDetections& detections) {
    json_.key("detection").begin_array();
    for (const auto& [detection, verdicts] : detections.all) {
      json_.begin_object();
      json_.member("source", detection.source);
      json_.key("asked").integer(detection.asked);
      json_.key("of").integer(detection.of);
      json_.key("affected").integer(detection.affected);
      json_.key("verdicts").unsigned_integer(verdicts);
      json_.end_object();
    }
    json_.end_array();
    json_.key("detection_omitted").unsigned_integer(detections.omitted);
  }

  void write_tables() {
    json_.key("tables").begin_array();
    for (const TablePtr& table : assessment_.rules().tables()) {
      json_.begin_object();
      json_.member("table", table->name());
      json_.member("file", table->file());
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
    detail::FindingWriter writer(assessment_, json_);
    for (std::size_t i = 0; i < findings.size(); ++i) {
      json_.begin_object();
      writer.write_members(assessment_.explain(findings[i].rule, findings[i].subject),
                           i < options_.explained);
      json_.end_object();
    }
    json_.end_array();
    json_.key("explanations_omitted")
        .unsigned_integer(
            findings.size() > options_.explained ? findings.size() - options_.explained : 0);
    writer.write_codes();
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
      json_.key("stated").unsigned_integer(ask.stated);
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
};

constexpr std::string_view explanation_form = "eraudit:explanation/1";

}  // namespace

std::string write_explanation_json(const Assessment& assessment, const Explanation& explanation) {
  std::string out;
  JsonWriter json(out);
  detail::FindingWriter writer(assessment, json);
  json.begin_object();
  json.member("schema", explanation_form);
  writer.write_members(explanation, true);
  writer.write_missing(explanation);
  writer.write_codes();
  json.end_object();
  out += '\n';
  return out;
}

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
