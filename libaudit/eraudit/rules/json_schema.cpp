// JSON Schema of rule files, case files and tables, for editors.

#include <string>
#include <utility>

#include "eraudit/core/json_writer.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/detail/table_reader.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/rules/vocabulary.hpp"

namespace eraudit {
namespace {

class SchemaWriter {
 public:
  SchemaWriter(std::string& out, const Schema& schema) : json_(out), schema_(schema) {}

  void write() {
    json_.begin_object();
    json_.member("$schema", "http://json-schema.org/draft-07/schema#");
    json_.member("title", "eraudit: rules, their cases, tables and packs");
    json_.key("oneOf").begin_array();
    for (const std::string_view form : {"rule", "cases", "table", "pack"}) {
      json_.begin_object().member("$ref", "#/definitions/" + std::string(form)).end_object();
    }
    json_.end_array();
    json_.key("definitions").begin_object();
    write_shared();
    write_rule();
    write_cases();
    write_table();
    write_pack();
    json_.end_object();
    json_.end_object();
  }

 private:
  void reference(std::string_view key, std::string_view definition, std::string_view about = {}) {
    json_.key(key).begin_object();
    // Beside `$ref` draft-07 ignores everything, so the text goes one level up.
    if (!about.empty()) {
      json_.member("description", about);
      json_.key("allOf").begin_array().begin_object();
      json_.member("$ref", "#/definitions/" + std::string(definition));
      json_.end_object().end_array();
    } else {
      json_.member("$ref", "#/definitions/" + std::string(definition));
    }
    json_.end_object();
  }

  template <class Items, class Text>
  void one_of(std::string_view key, const Items& items, Text text, std::string_view about = {}) {
    json_.key(key).begin_object();
    if (!about.empty()) json_.member("description", about);
    json_.key("enum").begin_array();
    for (const auto& item : items) json_.text(text(item));
    json_.end_array().end_object();
  }
  void one_word(std::string_view key, std::span<const std::string_view> words,
                std::string_view about = {}) {
    one_of(
        key, words, [](std::string_view word) { return word; }, about);
  }

  void simple(std::string_view key, std::string_view type, std::string_view about = {}) {
    json_.key(key).begin_object().member("type", type);
    if (!about.empty()) json_.member("description", about);
    json_.end_object();
  }

  void open(std::string_view name) {
    json_.key(name).begin_object().member("type", "object");
    json_.key("additionalProperties").boolean(false);
  }
  void required(std::initializer_list<std::string_view> keys) {
    json_.key("required").begin_array();
    for (const std::string_view key : keys) json_.text(key);
    json_.end_array();
  }

  /// A text, or a map with one per language, of which `more` says more.
  template <class More>
  void text_or_languages(More more) {
    json_.key("oneOf").begin_array();
    json_.begin_object().member("type", "string").end_object();
    json_.begin_object().member("type", "object");
    json_.key("patternProperties").begin_object();
    json_.key(language_tag_pattern).begin_object().member("type", "string").end_object();
    json_.end_object();
    json_.key("additionalProperties").boolean(false);
    more();
    json_.end_object();
    json_.end_array();
  }

  void write_shared() {
    json_.key("text").begin_object();
    json_.member("description", "A text in English, or one per language");
    text_or_languages([&] { json_.key("minProperties").integer(1); });
    json_.end_object();

    json_.key("expression").begin_object();
    json_.member("description", "An expression (CEL). Best on lines of its own after '|'");
    json_.key("type").begin_array().text("string").text("boolean").text("number").end_array();
    json_.end_object();

    json_.key("day").begin_object().member("type", "string");
    json_.member("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$").end_object();

    json_.key("path").begin_object().member("type", "string");
    json_.member("description", "A fact by its place in the schema: charged.amount, Cohort.fees");
    json_.key("enum").begin_array();
    for_each_path([&](const std::string& path) { json_.text(path); });
    json_.text("rate");
    json_.end_array().end_object();
  }

  template <class Use>
  void for_each_path(Use use) {
    for (std::size_t kind = 0; kind < schema_.kinds().size(); ++kind) {
      const KindId id{static_cast<std::uint16_t>(kind)};
      const auto& attributes = schema_.kind(id).attributes;
      for (std::size_t index = 0; index < attributes.size(); ++index) {
        use(schema_.path(id, AttributeId{static_cast<std::uint16_t>(index)}));
      }
      for (const ListId list : schema_.lists(id)) use(schema_.path(id, list));
    }
    for (std::size_t edge = 0; edge < schema_.edges().size(); ++edge) {
      const EdgeKindId id{static_cast<std::uint16_t>(edge)};
      const auto& attributes = schema_.edge(id).attributes;
      use(schema_.edge(id).name);  // that there is such an edge
      for (std::size_t index = 0; index < attributes.size(); ++index) {
        use(schema_.path(id, AttributeId{static_cast<std::uint16_t>(index)}));
      }
    }
  }

  void write_rule() {
    open("rule");
    required({"rule", "subject", "message"});
    json_.key("oneOf").begin_array();
    for (const std::string_view key : {"fail_if", "pass_if"}) {
      json_.begin_object().key("required").begin_array().text(key).end_array().end_object();
    }
    json_.end_array();
    json_.key("properties").begin_object();
    json_.key("rule").begin_object().member("type", "string");
    json_.member("description", "Stable id: recruitment-fees.worker-paid");
    json_.member("pattern", "^[a-z0-9]+([.-][a-z0-9]+)*$").end_object();
    json_.key("version").begin_object().member("type", "integer").key("minimum").integer(1);
    json_.member("description", "Counts the rule's changes of meaning").end_object();
    one_word("status", rules_detail::rule_keys::statuses());
    one_of(
        "indicator", vocabulary().indicators(),
        [](const Indicator& i) -> std::string_view { return i.id; }, "Of the merged taxonomy");
    reference("title", "text");
    reference("why", "text", "Why it matters, what counts as evidence, what it does not say");
    json_.key("references").begin_object().member("type", "array");
    json_.key("items").begin_object().member("type", "string").end_object().end_object();
    json_.key("match").begin_object().member("type", "string");
    json_.member("description",
                 "A graph pattern whose rows are judged: (c:Cohort)<-[:recruited]-(r:Recruiter). "
                 "Best on lines of its own after '|'");
    json_.end_object();
    write_subject();
    reference("when", "expression", "Applies to");
    json_.key("let").begin_object().member("type", "object");
    json_.member("description",
                 "Names for expressions, and for what a pattern finds; evaluated when used");
    json_.key("propertyNames")
        .begin_object()
        .member("pattern", "^[A-Za-z_][A-Za-z0-9_]*$")
        .end_object();
    json_.key("additionalProperties").begin_object().key("anyOf").begin_array();
    json_.begin_object().member("$ref", "#/definitions/expression").end_object();
    for (const std::string_view key : {"exists", "count"}) {
      json_.begin_object().member("type", "object");
      json_.key("additionalProperties").boolean(false);
      required({key});
      json_.key("properties").begin_object();
      simple(key, "string",
             key == "exists" ? "Whether this graph pattern has a row: (r)-[:engages]->(:Recruiter)"
                             : "How many rows this graph pattern has");
      json_.end_object().end_object();
    }
    json_.end_array().end_object();
    json_.end_object();
    reference("fail_if", "expression", "The indicator is there");
    reference("pass_if", "expression", "The indicator is not there");
    reference("at", "expression",
              "The day on which states are read; else the day of the assessment");
    write_severity();
    json_.key("proof").begin_object().member("type", "object");
    json_.key("additionalProperties").boolean(false);
    json_.key("properties").begin_object();
    one_word("fail", rules_detail::rule_keys::proof_levels());
    one_word("pass", rules_detail::rule_keys::proof_levels());
    json_.end_object().end_object();
    reference("message", "text", "What a finding says; {expression} is replaced by its value");
    write_basis();
    json_.key("ask").begin_object().member("type", "object");
    json_.member("description", "Questions by fact, in place of the schema's");
    json_.key("propertyNames").begin_object().key("anyOf").begin_array();
    json_.begin_object().member("$ref", "#/definitions/path").end_object();
    json_.begin_object().member("pattern", "^table [A-Za-z_][A-Za-z0-9_-]*$").end_object();
    json_.end_array().end_object();
    json_.key("additionalProperties")
        .begin_object()
        .member("$ref", "#/definitions/text")
        .end_object();
    json_.end_object();
    write_remedy();
    reference("since", "day", "The rule speaks for assessments from this day");
    reference("until", "day");
    json_.end_object();
    json_.key("if").begin_object().key("required").begin_array().text("match").end_array();
    json_.end_object();
    const auto subject_is = [&](std::string_view key, const std::string& pattern) {
      json_.key(key).begin_object().key("properties").begin_object();
      json_.key("subject").begin_object().member("pattern", pattern).end_object();
      json_.end_object().end_object();
    };
    subject_is("then", condition_on_subject_.first);
    subject_is("else", condition_on_subject_.second);
    json_.end_object();
  }

  void write_remedy() {
    json_.key("remedy").begin_object();
    json_.member("description", "What to do: a text, or one per language beside 'days'");
    text_or_languages([&] {
      json_.key("properties").begin_object();
      json_.key("days").begin_object().member("type", "integer");
      json_.member("description", "In how many days");
      json_.key("minimum").integer(0).key("maximum").integer(36'500).end_object();
      json_.end_object();
    });
    json_.end_object();
  }

  /// With `match` one of its nodes; without, a name and kinds.
  void write_subject() {
    std::string kinds;
    for (const NodeKind& kind : schema_.kinds()) kinds += (kinds.empty() ? "" : "|") + kind.name;
    const std::string name = "[A-Za-z_][A-Za-z0-9_]*";
    const std::string with_kinds =
        "\\( *" + name + " *: *(" + kinds + ")( *\\| *(" + kinds + "))* *\\)";
    json_.key("subject").begin_object().member("type", "string");
    json_.member("description",
                 "Who is judged: (c:Cohort), (x:Facility|Company); beside 'match' a node of it: c");
    json_.member("pattern", "^(" + name + "|" + with_kinds + ")$");
    json_.end_object();
    condition_on_subject_ = {"^" + name + "$", "^" + with_kinds + "$"};
  }

  void write_severity() {
    json_.key("severity").begin_object();
    json_.key("oneOf").begin_array();
    json_.begin_object().key("enum").begin_array();
    for (const std::string_view word : rules_detail::rule_keys::severities()) json_.text(word);
    json_.end_array().end_object();
    json_.begin_object().member("type", "object");
    json_.key("additionalProperties").boolean(false);
    required({"table", "by"});
    json_.key("properties").begin_object();
    simple("table", "string", "A table with the output 'severity'");
    json_.key("by").begin_object().member("type", "array");
    json_.member("description", "Names of 'let' entries, one per input");
    json_.key("items").begin_object().member("type", "string").end_object().end_object();
    json_.end_object().end_object();
    json_.end_array().end_object();
  }

  void write_basis() {
    json_.key("basis").begin_object().member("type", "array");
    json_.key("items").begin_object().member("type", "object");
    json_.key("additionalProperties").boolean(false);
    required({"provision", "relation"});
    json_.key("properties").begin_object();
    one_of("provision", vocabulary().provisions(),
           [](const Provision& p) -> std::string_view { return p.id; });
    one_word("relation", rules_detail::rule_keys::relations(),
             "subset: the rule asks less than the provision; superset: more");
    json_.end_object().end_object().end_object();
  }

  void write_cases() {
    json_.key("cases").begin_object().member("type", "array");
    json_.key("minItems").integer(1);
    json_.key("items").begin_object().member("$ref", "#/definitions/case").end_object();
    json_.end_object();
    open("case");
    required({"case", "network", "expect"});
    json_.key("properties").begin_object();
    simple("case", "string", "What happens, in words");
    reference("as_of", "day");
    json_.key("rates").begin_object();
    json_.member("description", "[{from: MYR, to: NPR, on: 2026-06-30, rate: 28.16}]").end_object();
    write_network();
    json_.key("expect").begin_object().key("oneOf").begin_array();
    json_.begin_object().member("$ref", "#/definitions/expectation").end_object();
    json_.begin_object().member("type", "array");
    json_.key("items")
        .begin_object()
        .member("$ref", "#/definitions/expectation")
        .end_object()
        .end_object();
    json_.end_array().end_object();
    json_.end_object().end_object();
    open("expectation");
    required({"subject", "verdict"});
    json_.key("properties").begin_object();
    simple("subject", "string", "Id of a node of the case's network");
    one_of("verdict", verdicts, [](Verdict verdict) { return to_text(verdict); });
    json_.key("ask").begin_object().member("type", "array");
    json_.member("description", "Exactly the facts that are asked for, in any order");
    json_.key("items").begin_object().key("anyOf").begin_array();
    json_.begin_object().member("$ref", "#/definitions/path").end_object();
    json_.begin_object().member("type", "string").member("pattern", "^table ").end_object();
    json_.end_array().end_object().end_object();
    simple("message", "string", "In English, whole");
    one_word("severity", rules_detail::rule_keys::severities());
    json_.end_object().end_object();
  }

  /// Its parts and kinds; what an entry may say is in the JSON Schema of networks.
  void write_network() {
    json_.key("network").begin_object().member("type", "object");
    json_.member("description", "In the native form; 'eraudit: network/1' may be missing");
    json_.key("additionalProperties").boolean(false);
    json_.key("properties").begin_object();
    json_.key("eraudit").begin_object().member("const", "network/1").end_object();
    reference("as_of", "day");
    simple("sources", "object");
    const auto kinds = [&](std::string_view part, const auto& all, std::string_view type) {
      json_.key(part).begin_object().member("type", "object");
      json_.key("additionalProperties").boolean(false);
      json_.key("properties").begin_object();
      for (const auto& kind : all) simple(kind.name, type);
      json_.end_object().end_object();
    };
    kinds("nodes", schema_.kinds(), "object");
    kinds("edges", schema_.edges(), "array");
    simple("complete", "array");
    json_.end_object().end_object();
  }

  void write_table() {
    json_.key("table").begin_object().member("type", "object");
    json_.key("additionalProperties").boolean(false);
    required({"eraudit", "table", "inputs", "output", "rows"});
    json_.key("properties").begin_object();
    json_.key("eraudit").begin_object().member("const", "table/1").end_object();
    simple("table", "string", "The name it is called by");
    reference("title", "text");
    reference("about", "text");
    for (const std::string_view side : {"inputs", "output"}) {
      json_.key(side).begin_object().member("type", "object").key("minProperties").integer(1);
      json_.key("additionalProperties").begin_object().key("anyOf").begin_array();
      json_.begin_object().key("enum").begin_array();
      for (const std::string_view type : rules_detail::table_keys::types()) json_.text(type);
      json_.end_array().end_object();
      json_.begin_object().member("$ref", "#/definitions/path").end_object();
      json_.end_array().end_object().end_object();
    }
    reference("ask", "text", "The question when no row is found");
    simple("source", "string", "Of rows that name none");
    one_word("certainty", rules_detail::table_keys::certainties(), "Of rows that state none");
    json_.key("rows").begin_object().member("type", "array");
    json_.key("items").begin_object().member("type", "object");
    json_.key("properties").begin_object();
    reference("since", "day");
    reference("until", "day");
    simple("source", "string");
    one_word("certainty", rules_detail::table_keys::certainties());
    simple("note", "string");
    json_.end_object().end_object().end_object();
    json_.end_object().end_object();
  }

  void write_pack() {
    open("pack");
    required({"eraudit", "id", "version", "title"});
    json_.key("properties").begin_object();
    json_.key("eraudit").begin_object().member("const", "pack/1").end_object();
    simple("id", "string");
    json_.key("version")
        .begin_object()
        .key("type")
        .begin_array()
        .text("string")
        .text("number")
        .end_array();
    json_.end_object();
    reference("title", "text");
    reference("about", "text");
    simple("licence", "string", "SPDX identifier");
    json_.end_object().end_object();
  }

  JsonWriter json_;
  const Schema& schema_;
  std::pair<std::string, std::string> condition_on_subject_;  ///< with and without `match`
};

}  // namespace

std::string rule_json_schema(const Schema& schema) {
  std::string out;
  SchemaWriter(out, schema).write();
  return out;
}

}  // namespace eraudit
