#include "eraudit/report/xml.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include "eraudit/core/utf8.hpp"
#include "eraudit/report/detail/report_view.hpp"

namespace eraudit {
namespace {

using detail::member;
using detail::text_of;

/// XML 1.0 holds no control characters but tab and line ends, and no U+FFFE and U+FFFF.
std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      const bool good = byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';
      good ? out += text[at] : out += detail::replacement_character;
      ++at;
      continue;
    }
    const detail::CodePoint code = detail::first_code_point(text.substr(at));
    const std::string_view bytes = text.substr(at, code.bytes);
    const bool good = code.valid && bytes != "\xEF\xBF\xBE" && bytes != "\xEF\xBF\xBF";
    out += good ? bytes : detail::replacement_character;
    at += code.bytes;
  }
  return out;
}

class XmlReport {
 public:
  XmlReport(DocumentNode report, std::string_view language)
      : report_(report), labels_(report), words_(language, &labels_) {}

  void write(pugi::xml_document& document) {
    pugi::xml_node root = document.append_child("report");
    root.append_attribute("xmlns") = "urn:eraudit:report:1";
    attributes(root, report_, {"report_id"});
    attribute(root, "lang", words_.language());
    write_run(root);
    write_words(root);
    write_lists(root);
    write_rules(root);
    write_ratings(root);
    write_findings(root);
    write_codes(root);
    write_asks(root);
    write_end(root);
  }

 private:
  using Keys = std::initializer_list<const char*>;

  static void attribute(pugi::xml_node element, const std::string& name, std::string_view value) {
    std::string dashed = name;
    for (char& c : dashed) c = c == '_' ? '-' : c;
    element.append_attribute(dashed.c_str()) = xml_text(value).c_str();
  }
  /// Members as attributes; `null` and those that are not there are left out.
  static void attributes(pugi::xml_node element, DocumentNode map, Keys keys) {
    for (const char* key : keys) {
      const auto value = map.find(key);
      if (value && !value->is_null()) attribute(element, key, value->text());
    }
  }
  static pugi::xml_node child(pugi::xml_node parent, const char* name, std::string_view text) {
    pugi::xml_node element = parent.append_child(name);
    element.append_child(pugi::node_pcdata).set_value(xml_text(text).c_str());
    return element;
  }
  static void texts(pugi::xml_node parent, const char* name, DocumentNode texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      attribute(child(parent, name, texts.at(i).text()), "lang", texts.key(i).text());
    }
  }

  void write_run(pugi::xml_node root) {
    const DocumentNode run = member(report_, "run");
    pugi::xml_node element = root.append_child("run");
    attributes(element, run, {"as_of", "audience", "stopped", "findings_dropped", "proof"});
    attribute(element, "tool", text_of(member(run, "tool"), "name"));
    attribute(element, "version", text_of(member(run, "tool"), "version"));
    const DocumentNode limits = member(run, "limits_hit");
    for (std::size_t i = 0; i < limits.size(); ++i) {
      attributes(element.append_child("limit"), limits.at(i),
                 {"limit", "most", "rule", "place", "part", "count"});
    }
  }

  void write_words(pugi::xml_node root) {
    pugi::xml_node labels = root.append_child("labels");
    const DocumentNode words = member(report_, "labels");
    for (std::size_t i = 0; i < words.size(); ++i) {
      pugi::xml_node label = labels.append_child("label");
      attribute(label, "verdict", words.key(i).text());
      texts(label, "text", words.at(i));
    }
  }

  void list(pugi::xml_node root, const char* name, const char* one, Keys keys) {
    pugi::xml_node element = root.append_child(name);
    const DocumentNode entries = member(report_, name);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      attributes(element.append_child(one), entries.at(i), keys);
    }
  }

  void write_lists(pugi::xml_node root) {
    list(root, "inputs", "input", {"role", "path", "bytes", "sha256", "rows"});
    list(root, "sources", "source", {"id", "class", "date", "ref"});
    list(root, "packs", "pack", {"id", "version", "sha256"});
    list(root, "tables", "table", {"table", "file", "sha256", "rows"});
    const DocumentNode network = member(report_, "network");
    pugi::xml_node element = root.append_child("network");
    attributes(element, network, {"schema"});
    for (const auto& [key, name] : {std::pair{"nodes", "node-kind"}, {"edges", "edge-kind"}}) {
      const DocumentNode counts = member(network, key);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        pugi::xml_node kind = element.append_child(name);
        attribute(kind, "name", counts.key(i).text());
        attribute(kind, "count", counts.at(i).text());
      }
    }
    counts(root.append_child("totals"), member(report_, "totals"));
  }

  static void counts(pugi::xml_node element, DocumentNode map) {
    attributes(element.append_child("counts"), member(map, "counts"),
               {"selected", "applicable", "decided"});
    attributes(element.append_child("verdicts"), member(map, "verdicts"),
               {"fail", "suspect", "conflict", "error", "unknown", "pass", "not_applicable"});
  }

  void write_rules(pugi::xml_node root) {
    pugi::xml_node list = root.append_child("rules");
    const DocumentNode rules = member(report_, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const DocumentNode rule = rules.at(i);
      pugi::xml_node element = list.append_child("rule");
      attributes(element, rule,
                 {"rule", "version", "status", "pack", "indicator", "file", "sha256", "skipped",
                  "detection_omitted"});
      attribute(element, "proof_fail", text_of(member(rule, "proof"), "fail"));
      attribute(element, "proof_pass", text_of(member(rule, "proof"), "pass"));
      texts(element, "title", member(rule, "title"));
      const DocumentNode lacks = member(rule, "lacks");
      for (std::size_t l = 0; l < lacks.size(); ++l) child(element, "lacks", lacks.at(l).text());
      const DocumentNode basis = member(rule, "basis");
      for (std::size_t b = 0; b < basis.size(); ++b) {
        attributes(element.append_child("basis"), basis.at(b), {"provision", "relation"});
      }
      if (const auto remedy = rule.find("remedy")) {
        pugi::xml_node what = element.append_child("remedy");
        attributes(what, *remedy, {"days"});
        texts(what, "text", member(*remedy, "text"));
      }
      counts(element, rule);
      const DocumentNode detection = member(rule, "detection");
      for (std::size_t d = 0; d < detection.size(); ++d) {
        attributes(element.append_child("detection"), detection.at(d),
                   {"source", "asked", "of", "affected", "verdicts"});
      }
    }
  }

  void write_findings(pugi::xml_node root) {
    pugi::xml_node list = root.append_child("findings");
    attributes(list, report_, {"explanations_omitted"});
    const DocumentNode findings = member(report_, "findings");
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const DocumentNode finding = findings.at(i);
      pugi::xml_node element = list.append_child("finding");
      attributes(element, finding, {"id", "verdict", "rule", "indicator"});
      attribute(element, "severity_low", text_of(member(finding, "severity"), "low"));
      attribute(element, "severity_high", text_of(member(finding, "severity"), "high"));
      attributes(element.append_child("subject"), member(finding, "subject"),
                 {"kind", "id", "file", "line"});
      texts(element, "message", member(finding, "message"));
      if (const auto error = finding.find("error")) child(element, "error", error->text());
      if (const auto rows = finding.find("match")) match(element.append_child("match"), *rows);
      readings(element, "witness", member(finding, "witness"));
      readings(element, "against", member(finding, "against"));
      if (const auto sides = finding.find("sides")) {
        for (std::size_t s = 0; s < sides->size(); ++s) {
          pugi::xml_node side = element.append_child("side");
          attributes(side, sides->at(s), {"verdict"});
          readings(side, "says", member(sides->at(s), "says"));
        }
      }
      if (const auto weak = finding.find("too_weak")) readings(element, "too-weak", *weak);
      const auto explanation = finding.find("explanation");
      if (!explanation) continue;
      pugi::xml_node why = element.append_child("explanation");
      if (const auto when = explanation->find("when")) condition(why.append_child("when"), *when);
      if (const auto where = explanation->find("where")) {
        for (std::size_t w = 0; w < where->size(); ++w) {
          condition(why.append_child("where"), where->at(w));
        }
      }
      if (const auto main = explanation->find("condition")) {
        condition(why.append_child("condition"), *main);
      }
      readings(why, "would-change", member(*explanation, "would_change"));
    }
  }

  static void match(pugi::xml_node element, DocumentNode map) {
    attributes(element, map, {"more"});
    const DocumentNode rows = member(map, "rows");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      pugi::xml_node row = element.append_child("row");
      attributes(row, rows.at(r), {"certain"});
      const DocumentNode paths = member(rows.at(r), "paths");
      for (std::size_t p = 0; p < paths.size(); ++p) {
        pugi::xml_node path = row.append_child("path");
        attributes(path, paths.at(p), {"text"});
        const DocumentNode nodes = member(paths.at(p), "nodes");
        const DocumentNode edges = member(paths.at(p), "edges");
        for (std::size_t n = 0; n < nodes.size(); ++n) {
          if (n > 0) {
            attributes(path.append_child("edge"), edges.at(n - 1),
                       {"edge", "from", "to", "source", "file", "line"});
          }
          attributes(path.append_child("node"), nodes.at(n), {"kind", "id"});
        }
      }
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the document, which has a limit
  void value(pugi::xml_node element, DocumentNode map) const {
    attributes(element, map,
               {"key", "type", "of", "value", "name", "low", "typical", "high", "on", "bound",
                "possible_more", "more", "source", "possible"});
    attribute(element, "text", words_.value(read_plain_value(map)));
    if (const auto items = map.find("items")) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        value(element.append_child("item"), items->at(i));
      }
    }
  }

  void reading(pugi::xml_node element, DocumentNode map) const {
    attributes(element, map, {"fact", "path", "source", "file", "line"});
    value(element.append_child("value"), member(map, "value"));
  }
  void readings(pugi::xml_node parent, const char* name, DocumentNode list) const {
    pugi::xml_node element = parent.append_child(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
      reading(element.append_child("reading"), list.at(i));
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the document, which has a limit
  void condition(pugi::xml_node element, DocumentNode map) const {
    attributes(element, map, {"name", "possible", "line", "column", "more_readings", "more_parts"});
    child(element, "text", text_of(map, "text"));
    if (const auto of = map.find("element")) value(element.append_child("element"), *of);
    value(element.append_child("outcome"), member(map, "outcome"));
    const DocumentNode read = member(map, "readings");
    for (std::size_t i = 0; i < read.size(); ++i) {
      reading(element.append_child("reading"), read.at(i));
    }
    for (const auto& [key, name] : {std::pair{"variables", "variable"}, {"parts", "part"}}) {
      const DocumentNode below = member(map, key);
      for (std::size_t i = 0; i < below.size(); ++i) {
        condition(element.append_child(name), below.at(i));
      }
    }
  }

  static void range(pugi::xml_node parent, const char* name, DocumentNode map) {
    attributes(parent.append_child(name), map, {"low", "high"});
  }

  void write_ratings(pugi::xml_node root) {
    const auto ratings = report_.find("ratings");
    if (!ratings) return;
    pugi::xml_node list = root.append_child("ratings");
    attributes(list, member(*ratings, "method"), {"file", "sha256"});
    attributes(list, *ratings, {"rated", "omitted"});
    const DocumentNode subjects = member(*ratings, "subjects");
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const DocumentNode rating = subjects.at(i);
      pugi::xml_node element = list.append_child("rating");
      attributes(element, member(rating, "subject"), {"kind", "id"});
      attribute(element, "best_rank", text_of(member(rating, "rank"), "best"));
      attribute(element, "worst_rank", text_of(member(rating, "rank"), "worst"));
      attributes(element, rating, {"gravest", "applicable", "decided", "more_contributions"});
      for (const char* name : {"total", "own", "reached"})
        range(element, name, member(rating, name));
      const DocumentNode made_of = member(rating, "contributions");
      for (std::size_t c = 0; c < made_of.size(); ++c) {
        pugi::xml_node one = element.append_child("contribution");
        attributes(one, made_of.at(c), {"rule", "verdict"});
        attributes(one, member(made_of.at(c), "subject"), {"kind", "id"});
        attributes(one, member(made_of.at(c), "adds"), {"low", "high"});
      }
      range(element, "more-add", member(rating, "more_add"));
      const DocumentNode path = member(rating, "path");
      for (std::size_t p = 0; p < path.size(); ++p) child(element, "station", path.at(p).text());
    }
  }

  void write_codes(pugi::xml_node root) {
    pugi::xml_node list = root.append_child("codes");
    const DocumentNode codes = member(report_, "codes");
    for (std::size_t i = 0; i < codes.size(); ++i) {
      for (std::size_t c = 0; c < codes.at(i).size(); ++c) {
        pugi::xml_node code = list.append_child("code");
        attribute(code, "of", codes.key(i).text());
        attribute(code, "value", codes.at(i).key(c).text());
        texts(code, "text", codes.at(i).at(c));
      }
    }
  }

  void write_asks(pugi::xml_node root) {
    pugi::xml_node list = root.append_child("asks");
    const DocumentNode asks = member(report_, "asks");
    for (std::size_t i = 0; i < asks.size(); ++i) {
      pugi::xml_node element = list.append_child("ask");
      attributes(element, asks.at(i), {"rule", "path", "verdicts", "stated", "facts", "at_least"});
      if (const auto respondent = asks.at(i).find("respondent")) {
        element.append_attribute("respondent") = std::string(text_of(*respondent, "id")).c_str();
        texts(element, "respondent", member(*respondent, "label"));
      }
      texts(element, "question", member(asks.at(i), "question"));
      const DocumentNode examples = member(asks.at(i), "examples");
      for (std::size_t e = 0; e < examples.size(); ++e) {
        child(element, "example", examples.at(e).text());
      }
    }
  }

  void write_end(pugi::xml_node root) {
    pugi::xml_node list = root.append_child("not-checked");
    const DocumentNode entries = member(report_, "not_checked");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      attributes(list.append_child("reason"), entries.at(i), {"rule", "reason"});
    }
    texts(root, "statement", member(report_, "statement"));
  }

  DocumentNode report_;
  detail::ReportLabels labels_;
  detail::Wording words_;
};

/// pugixml's writer into a string.
struct StringWriter : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

}  // namespace

std::string write_xml(const ReportFile& report, std::string_view language) {
  pugi::xml_document document;
  XmlReport(report.root(), language).write(document);
  StringWriter writer;
  document.save(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(writer.text);
}

}  // namespace eraudit
