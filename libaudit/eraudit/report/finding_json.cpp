#include "eraudit/report/detail/finding_json.hpp"

#include "eraudit/rules/languages.hpp"
#include "eraudit/schema/attribute_path.hpp"

namespace eraudit::detail {
namespace {

void write_severity(JsonWriter& json, const SeverityRange& severity) {
  json.begin_object();
  json.member("low", to_text(severity.low));
  json.member("high", to_text(severity.high));
  json.end_object();
}

void write_position(JsonWriter& json, const Position& position) {
  json.member("line", std::int64_t{position.line});
  json.member("column", std::int64_t{position.column});
}

/// How much was left out, if anything was.
void write_left_out(JsonWriter& json, std::string_view key, std::size_t left_out) {
  if (left_out != 0) json.key(key).unsigned_integer(left_out);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value
void collect_codes(const PlainValue& value, std::map<std::string, std::set<std::string>>& codes) {
  if (value.kind == PlainValue::Kind::code) codes[value.of].insert(value.value);
  for (const PlainValue& item : value.items) collect_codes(item, codes);
}

}  // namespace

void FindingWriter::write(const PlainValue& value) {
  collect_codes(value, codes_);
  write_json(json_, value);
}

void FindingWriter::write_members(const Reading& reading) {
  json_.member("fact", reading.name);
  json_.member("path", reading.path);
  json_.key("value");
  write(reading.value);
  json_.member("source", reading.source);
  json_.member("file", reading.file);
  json_.member("line", std::int64_t{reading.line});
}

void FindingWriter::write(const Reading& reading) {
  json_.begin_object();
  write_members(reading);
  json_.end_object();
}

void FindingWriter::write(std::string_view key, const std::vector<Reading>& readings) {
  json_.key(key).begin_array();
  for (const Reading& reading : readings) write(reading);
  json_.end_array();
}

void FindingWriter::write(const Condition& condition) {
  json_.begin_object();
  if (!condition.name.empty()) json_.member("name", condition.name);
  if (condition.element) {
    json_.key("element");
    write(*condition.element);
    json_.key("possible").boolean(condition.possible);
  }
  json_.member("text", condition.text);
  write_position(json_, condition.position);
  json_.key("outcome");
  write(condition.outcome);
  write("readings", condition.readings);
  write_left_out(json_, "more_readings", condition.more_readings);
  json_.key("variables").begin_array();
  for (const Condition& variable : condition.variables) write(variable);
  json_.end_array();
  json_.key("parts").begin_array();
  for (const Condition& part : condition.parts) write(part);
  json_.end_array();
  write_left_out(json_, "more_parts", condition.more_parts);
  json_.end_object();
}

void FindingWriter::write_members(const Explanation& why, bool explained) {
  const Network& network = assessment_.network();
  const Rule& rule = assessment_.rules().all()[why.rule];
  json_.member("id", "f_" + assessment_.fingerprint(why.rule, why.subject));
  json_.member("rule", rule.id);
  json_.member("indicator", rule.indicator);
  json_.key("subject").begin_object();
  json_.member("kind", network.schema().kind(network.kind(why.subject)).name);
  json_.member("id", network.id(why.subject));
  const Origin origin = network.origin(why.subject);
  json_.member("file", origin.file);
  json_.member("line", std::int64_t{origin.line});
  json_.end_object();
  json_.member("verdict", to_text(why.verdict));
  if (why.verdict < Verdict::unknown) {
    json_.key("severity");
    write_severity(json_, why.severity);
    json_.key("message").begin_object();
    const Finding finding{why.rule, why.subject, why.verdict, why.severity};
    for (const std::string& language : languages_) {
      if (message_in(rule.message, language) == nullptr) continue;
      json_.member(language, assessment_.message(finding, language));
    }
    json_.end_object();
  }
  if (!why.error.empty()) json_.member("error", why.error);
  if (rule.match) write_match(why.match);
  write("witness", why.witness);
  write("against", why.against);
  if (why.verdict == Verdict::conflict) write_sides(why.sides);
  if (why.verdict == Verdict::suspect) write("too_weak", why.too_weak);
  if (!explained) return;
  json_.key("explanation").begin_object();
  if (why.when) {
    json_.key("when");
    write(*why.when);
  }
  if (rule.match) {
    json_.key("where").begin_array();
    for (const Condition& condition : why.where) write(condition);
    json_.end_array();
  }
  if (why.condition) {
    json_.key("condition");
    write(*why.condition);
  }
  write("would_change", why.would_change);
  json_.end_object();
}

void FindingWriter::write_detection(const std::vector<Detection>& all) {
  json_.key("detection").begin_array();
  for (const Detection& detection : all) {
    json_.begin_object();
    json_.member("source", detection.source);
    json_.key("asked").integer(detection.asked);
    json_.key("of").integer(detection.of);
    json_.key("affected").integer(detection.affected);
    json_.end_object();
  }
  json_.end_array();
}

void FindingWriter::write_sides(const std::vector<ConflictSide>& sides) {
  json_.key("sides").begin_array();
  for (const ConflictSide& side : sides) {
    json_.begin_object();
    json_.member("verdict", to_text(side.verdict));
    write("says", side.says);
    json_.end_object();
  }
  json_.end_array();
}

/// The nodes of the witness as it is written, then all rows that were kept.
void FindingWriter::write_match(const MatchedRows& match) {
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

void FindingWriter::write_path(const MatchedPath& path) {
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

void FindingWriter::write(std::string_view key, const std::vector<Missing>& missing) {
  json_.key(key).begin_array();
  for (const Missing& one : missing) {
    json_.begin_object();
    write_members(one.reading);
    json_.key("question").begin_object();
    for (const auto& [language, text] : one.question.all()) json_.member(language, text);
    json_.end_object();
    json_.end_object();
  }
  json_.end_array();
}

void FindingWriter::write_missing(const Explanation& why) {
  write_detection(why.detection);
  write("waits_for", why.waits_for);
  if (why.verdict == Verdict::unknown) write("too_weak", why.too_weak);
  json_.key("open_conditions").unsigned_integer(why.open_conditions);
  json_.key("enough").begin_array();
  for (const Enough& enough : why.enough) {
    json_.begin_object();
    write("facts", enough.facts);
    json_.key("more").unsigned_integer(enough.more);
    json_.key("conditions").begin_array();
    for (const std::string& condition : enough.conditions) json_.text(condition);
    json_.end_array();
    json_.key("verdicts").begin_array();
    for (const Verdict verdict : enough.verdicts) json_.text(to_text(verdict));
    json_.end_array();
    json_.end_object();
  }
  json_.end_array();
  json_.key("later").begin_array();
  for (const Later& later : why.later) {
    json_.begin_object();
    json_.member("condition", later.condition);
    json_.key("outcome").boolean(later.outcome);
    write("facts", later.facts);
    json_.key("more").unsigned_integer(later.more);
    json_.end_object();
  }
  json_.end_array();
}

void FindingWriter::write_codes() {
  const Schema& schema = assessment_.network().schema();
  json_.key("codes").begin_object();
  for (const auto& [path, codes] : codes_) {
    const Attribute* const attribute = attribute_at(schema, path);
    if (attribute == nullptr) continue;
    json_.key(path).begin_object();
    for (const std::string& code : codes) {
      const auto value = attribute->find_value(code);
      if (!value || attribute->values[*value].label.empty()) continue;
      json_.key(code).begin_object();
      for (const auto& [language, text] : attribute->values[*value].label.all()) {
        json_.member(language, text);
      }
      json_.end_object();
    }
    json_.end_object();
  }
  json_.end_object();
}

}  // namespace eraudit::detail
