// What is wrong with a schema file, each with its place and words.

#include "tests/schema/support.hpp"

using eraudit::test::found;

namespace {

/// An attribute of Cohort, from line 7.
std::string attribute(const std::string& lines) {
  return "eraudit: schema/1\n"
         "name: s\n"
         "kinds:\n"
         "  Cohort:\n"
         "    label: Cohort\n"
         "    attributes:\n" +
         lines;
}

/// An edge kind between Recruiter and Cohort, from line 7.
std::string edge(const std::string& lines) {
  return "eraudit: schema/1\n"
         "name: s\n"
         "kinds:\n"
         "  Recruiter: {label: Recruiter, attributes: {name: {type: string}}}\n"
         "  Cohort: {label: Cohort, attributes: {workers: {type: int}}}\n"
         "edges:\n" +
         lines;
}

const std::string from = "    from: {kinds: [Recruiter], edges: charges, nodes: charged}\n";
const std::string to = "    to: {kinds: [Cohort], edges: fees, nodes: takers}\n";

std::string sources(const std::string& lines) {
  return "eraudit: schema/1\nname: s\nkinds: {}\nsource_classes:\n" + lines;
}

}  // namespace

TEST_CASE("schema: the head of a file", "[schema][malformed]") {
  CHECK(found("[a]\n") == "1:1 schema-wrong-shape: a schema file must be a map, but is a list\n");
  CHECK(found("{}\n") == "1:1 schema-header: a schema file begins with 'eraudit: schema/1'\n");
  CHECK(found("name: s\nkinds: {}\n") ==
        "1:1 schema-header: this is not a schema file | a schema file begins with 'eraudit: "
        "schema/1'\n");
  CHECK(found("eraudit: network/1\nname: s\nkinds: {}\n") ==
        "1:10 schema-header: 'network/1' is not a form of schema files | write 'eraudit: "
        "schema/1'\n");
  CHECK(found("eraudit: schema/1\nkinds: {}\n") ==
        "1:1 schema-missing-key: a schema file needs a 'name'\n");
  CHECK(found("eraudit: schema/1\nname: s\n") ==
        "1:1 schema-missing-key: a schema file needs 'kinds'\n");
  CHECK(found("eraudit: schema/1\nname: s\nkind: {}\nkinds: {}\n") ==
        "3:1 schema-unknown-key: a schema file has no key 'kind' | did you mean 'kinds'?\n");
  CHECK(
      found("eraudit: schema/1\nname: 7\nkinds: {}\n") ==
      "2:7 schema-wrong-shape: 'name' must be a text, but is a number | write it in quotes: '7'\n");
  CHECK(found("eraudit: schema/1\nname: my schema\nkinds: {}\n") ==
        "2:7 schema-bad-name: 'my schema' cannot be the name of a schema | letters, digits, '_', "
        "'-' and '.', a letter or digit first: 'service-fee'\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds: [Cohort]\n") ==
        "3:8 schema-wrong-shape: 'kinds' must be a map, but is a list\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n") ==
        "3:7 schema-wrong-shape: 'kinds' must be a map, but is nothing\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds: {}\nedges: none\n") ==
        "4:8 schema-wrong-shape: 'edges' must be a map, but is a text\n");
  CHECK(
      found("eraudit: schema/1\nname: s\nextends: recruitment\nkinds: {}\n") ==
      "3:10 schema-no-base: this file extends 'recruitment', but is read as a schema of its own\n");
}

TEST_CASE("schema: kinds and their names", "[schema][malformed]") {
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  cohort: {label: c}\n") ==
        "4:3 schema-bad-name: 'cohort' cannot be the name of a kind | a capital, then letters and "
        "digits: 'JobOrder'\n");
  CHECK(
      found("eraudit: schema/1\nname: s\nkinds:\n  Job_Order: {label: c}\n") ==
      "4:3 schema-bad-name: 'Job_Order' cannot be the name of a kind | a capital, then letters and "
      "digits: 'JobOrder'\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  Cohort: yes\n") ==
        "4:11 schema-wrong-shape: kind 'Cohort' must be a map, but is a text\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  Cohort: {label: c, atributes: {}}\n") ==
        "4:22 schema-unknown-key: a kind has no key 'atributes' | did you mean 'attributes'?\n");
  CHECK(
      found("eraudit: schema/1\nname: s\nkinds:\n  " + std::string(300, 'X') + ": {label: c}\n") ==
      "4:3 schema-bad-name: the name of a kind has 300 bytes | at most 256\n");
}

TEST_CASE("schema: texts", "[schema][malformed]") {
  CHECK(
      found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: {en: true}\n") ==
      "5:17 schema-wrong-shape: 'label' must be a text, but is true or false | write it in quotes: "
      "'true'\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: {english: c}\n") ==
        "5:13 schema-bad-language: 'english' is not a language tag | write 'en'\n");
  CHECK(
      found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: {pt_BR: a, EN: b, en: c}\n") ==
      "5:13 schema-bad-language: 'pt_BR' is not a language tag | write 'pt-BR'\n"
      "5:30 schema-bad-language: 'en' stands here twice | tags do not distinguish capitals: remove "
      "one of the two texts\n");
  CHECK(
      found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: {en: travel, lodging}\n") ==
      "5:25 schema-bad-language: 'lodging' is not a language tag | a text is written '{en: .., fr: "
      "..}'; one with a comma or colon needs quotes\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: ''\n") ==
        "5:12 schema-wrong-shape: 'label' is empty\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: {}\n") ==
        "5:12 schema-wrong-shape: 'label' is empty\n");
  CHECK(found("eraudit: schema/1\nname: s\nkinds:\n  C:\n    label: [a]\n") ==
        "5:12 schema-wrong-shape: 'label' must be a text, but is a list\n");
}

TEST_CASE("schema: attributes and their types", "[schema][malformed]") {
  CHECK(found(attribute("      workers: {label: w}\n")) ==
        "7:7 schema-missing-key: attribute 'workers' needs a 'type'\n");
  CHECK(
      found(attribute("      workers: int\n")) ==
      "7:16 schema-wrong-shape: attribute 'Cohort.workers' must be a map | write '{type: int}'\n");
  CHECK(found(attribute("      workers: many\n")) ==
        "7:16 schema-wrong-shape: attribute 'Cohort.workers' must be a map\n");
  CHECK(found(attribute("      workers: {type: integer}\n")) ==
        "7:23 schema-unknown-type: there is no type 'integer' | write 'int'\n");
  CHECK(found(attribute("      workers: {type: strin}\n")) ==
        "7:23 schema-unknown-type: there is no type 'strin' | did you mean 'string'?\n");
  CHECK(found(attribute("      workers: {type: 3}\n")) ==
        "7:23 schema-wrong-shape: 'type' must be a text, but is a number | write it in quotes: "
        "'3'\n");
  CHECK(found(attribute("      workers: {type: int, non_negativ: true}\n")) ==
        "7:28 schema-unknown-key: an attribute has no key 'non_negativ' | did you mean "
        "'non_negative'?\n");
  CHECK(found(attribute("      workers: {type: int, non_negative: yes}\n")) ==
        "7:42 schema-wrong-shape: 'non_negative' must be true or false\n");
  CHECK(found(attribute("      Workers: {type: int}\n")) ==
        "7:7 schema-bad-name: 'Workers' cannot be the name of an attribute | a small letter, then "
        "small "
        "letters, digits and '_': 'base_wage'\n");
  CHECK(
      found(attribute("      base-wage: {type: money}\n")) ==
      "7:7 schema-bad-name: 'base-wage' cannot be the name of an attribute | a small letter, then "
      "small letters, digits and '_': 'base_wage'\n");
}

TEST_CASE("schema: reserved names", "[schema][malformed]") {
  for (const std::string name :
       {"id",  "kind",  "from",    "to",        "source", "in",  "true",     "false", "null",
        "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
        "let", "loop",  "package", "namespace", "return", "var", "void",     "while"}) {
    // true, false and null are no texts unless quoted, and no keys either.
    CHECK(found(attribute("      '" + name + "': {type: int}\n")) ==
          "7:7 schema-reserved-name: '" + name +
              "' is reserved | give an attribute another name\n");
  }
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort], edges: from, nodes: takers}\n")) ==
        "10:34 schema-reserved-name: 'from' is reserved | give a list another name\n");
  CHECK(found(attribute("      name: {type: string}\n")) == "");
}

TEST_CASE("schema: keys that do not fit the type", "[schema][malformed]") {
  CHECK(found(attribute("      w: {type: int, values: [a]}\n")) ==
        "7:22 schema-misplaced-key: 'values' is for enum and list(enum), but 'Cohort.w' is int\n");
  CHECK(found(attribute("      w: {type: int, per: month}\n")) ==
        "7:22 schema-misplaced-key: 'per' is for money, but 'Cohort.w' is int\n");
  CHECK(found(attribute("      w: {type: string, unit: people}\n")) ==
        "7:25 schema-misplaced-key: 'unit' is for int and double, but 'Cohort.w' is string\n");
  CHECK(found(attribute("      w: {type: date, format: country}\n")) ==
        "7:23 schema-misplaced-key: 'format' is for string and list(string), but 'Cohort.w' is "
        "date\n");
  CHECK(found(attribute("      w: {type: bool, non_negative: true}\n")) ==
        "7:23 schema-misplaced-key: 'non_negative' is for int, double and money, but 'Cohort.w' is "
        "bool\n");
  CHECK(found(attribute("      w: {type: date, required: true}\n")) ==
        "7:7 schema-misplaced-key: 'required' is for the dates 'since' and 'until', but this is "
        "'Cohort.w' | every missing value is unknown already\n");
  CHECK(found(attribute("      until: {type: string, required: true}\n")) ==
        "7:7 schema-misplaced-key: 'required' is for the dates 'since' and 'until', but this is "
        "'Cohort.until' | every missing value is unknown already\n");
  CHECK(
      found(attribute("      w: {type: money, per: year}\n")) ==
      "7:29 schema-unknown-period: 'Cohort.w' cannot be per 'year' | write 'per: month'; files may "
      "give wages per hour, day, week, month or year\n");
  CHECK(found(attribute("      w: {type: string, format: contry}\n")) ==
        "7:33 schema-unknown-format: 'format' cannot be 'contry' | did you mean 'country'?\n");
  CHECK(
      found(attribute("      w: {type: int, sensitivity: secret}\n")) ==
      "7:35 schema-unknown-sensitivity: 'sensitivity' cannot be 'secret' | one of: open, internal, "
      "sensitive\n");
}

TEST_CASE("schema: values of an enumeration", "[schema][malformed]") {
  CHECK(found(attribute("      w: {type: enum}\n")) ==
        "7:7 schema-missing-key: attribute 'Cohort.w' is enum and needs 'values'\n");
  CHECK(found(attribute("      w: {type: enum, values: {}}\n")) ==
        "7:31 schema-wrong-shape: 'values' is empty\n");
  CHECK(found(attribute("      w: {type: enum, values: a}\n")) ==
        "7:31 schema-wrong-shape: 'values' must be a map from id to label, or a list of ids\n");
  CHECK(found(attribute("      w: {type: enum, values: [a, b, a]}\n")) ==
        "7:38 schema-duplicate-name: value 'a' of 'Cohort.w' is there already\n");
  CHECK(found(attribute("      w: {type: enum, values: [a, 2]}\n")) ==
        "7:35 schema-wrong-shape: the id of a value must be a text, but is a number | write it in "
        "quotes: '2'\n");
  CHECK(found(attribute("      w: {type: enum, values: [a, b c]}\n")) ==
        "7:35 schema-bad-name: 'b c' cannot be the name of a value | letters, digits, '_', '-' and "
        "'.', a letter or digit first: 'service-fee'\n");
}

TEST_CASE("schema: ends of an edge kind", "[schema][malformed]") {
  CHECK(found(edge("  charged:\n    label: c\n" + from)) ==
        "7:3 schema-missing-key: edge kind 'charged' needs 'to'\n");
  CHECK(found(edge("  charged: c\n")) ==
        "7:12 schema-wrong-shape: edge kind 'charged' must be a map, but is a text\n");
  CHECK(found(edge("  Charged:\n    label: c\n" + from + to)) ==
        "7:3 schema-bad-name: 'Charged' cannot be the name of an edge kind | a small letter, then "
        "small "
        "letters, digits and '_': 'base_wage'\n");
  CHECK(found(edge("  charged:\n    label: c\n    form: x\n" + from + to)) ==
        "9:5 schema-unknown-key: an edge kind has no key 'form' | did you mean 'from'?\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from + "    to: Cohort\n")) ==
        "10:9 schema-wrong-shape: an end of edge kind 'charged' must be a map, but is a text\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: Cohort, edges: fees, nodes: t}\n")) ==
        "10:17 schema-wrong-shape: 'kinds' must be a list, but is a text | write '[Cohort]'\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [], edges: fees, nodes: t}\n")) ==
        "10:17 schema-wrong-shape: 'kinds' is empty\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Kohort], edges: fees, nodes: t}\n")) ==
        "10:18 schema-unknown-kind: there is no kind 'Kohort' | did you mean 'Cohort'?\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort, Cohort], edges: fees, nodes: t}\n")) ==
        "10:26 schema-duplicate-name: kind 'Cohort' stands here already\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort], edges: fees}\n")) ==
        "10:10 schema-missing-key: an end of edge kind 'charged' needs 'nodes' | what a node here "
        "calls "
        "its neighbours over these edges\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from + "    to: {}\n")) ==
        "10:9 schema-missing-key: an end of edge kind 'charged' needs 'kinds'\n"
        "10:9 schema-missing-key: an end of edge kind 'charged' needs 'edges' | what a node here "
        "calls "
        "these edges\n"
        "10:9 schema-missing-key: an end of edge kind 'charged' needs 'nodes' | what a node here "
        "calls "
        "its neighbours over these edges\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort], edges: fees, nodes: t, completed: true}\n")) ==
        "10:50 schema-unknown-key: an end of an edge kind has no key 'completed' | did you mean "
        "'complete'?\n");
}

TEST_CASE("schema: natural keys", "[schema][malformed]") {
  const std::string attributes =
      "    attributes: {category: {type: enum, values: [a]}, tags: {type: "
      "list(string)}}\n";
  const std::string start = "  charged:\n    label: c\n" + from + to + attributes;
  CHECK(found(edge(start + "    key: [category]\n")) == "");
  CHECK(found(edge(start + "    key: [from, to, category]\n")) == "");
  CHECK(found(edge(start + "    key: [categry]\n")) ==
        "12:11 schema-unknown-attribute: edge kind 'charged' has no attribute 'categry' | did you "
        "mean "
        "'category'?\n");
  CHECK(found(edge(start + "    key: [tags]\n")) ==
        "12:11 schema-bad-key: attribute 'tags' is a list and cannot be part of a key\n");
  CHECK(found(edge(start + "    key: [category, category]\n")) ==
        "12:21 schema-duplicate-name: 'category' is part of this key already\n");
  CHECK(found(edge(start + "    key: category\n")) ==
        "12:10 schema-wrong-shape: 'key' must be a list, but is a text | write '[category]'\n");
}

TEST_CASE("schema: shares", "[schema][malformed]") {
  const std::string attributes =
      "      said: {type: int}\n      asked: {type: int}\n      share: {type: double}\n    "
      "shares:\n";
  CHECK(found(attribute(attributes + "      payers: {said: said, asked: asked}\n")) == "");
  CHECK(found(attribute(attributes + "      payers: {said: said}\n")) ==
        "11:15 schema-bad-share: share 'Cohort.payers' must be a map of two parts | write '{said: "
        "payers_said, asked: payers_asked}': the part, then the whole\n");
  CHECK(
      found(attribute(attributes + "      payers: {said: sayd, asked: asked}\n")) ==
      "11:22 schema-unknown-attribute: 'Cohort' has no attribute 'sayd' | did you mean 'said'?\n");
  CHECK(found(attribute(attributes + "      payers: {said: said, asked: share}\n")) ==
        "11:35 schema-bad-share: a share is made of attributes of type int, but 'Cohort.share' is "
        "double\n");
  CHECK(found(attribute(attributes + "      payers: {said: said, asked: said}\n")) ==
        "11:35 schema-bad-share: share 'Cohort.payers' has 'said' as its part and its whole\n");
  CHECK(found(attribute(attributes + "      asked: {said: said, asked: asked}\n")) ==
        "11:7 schema-name-clash: 'asked' of kind 'Cohort' is already an attribute (s.yaml:8) | all "
        "attributes, shares and lists of one kind need different names\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from + to +
                   "    attributes: {said: {type: int}, asked: {type: int}}\n"
                   "    shares: {said: {said: said, asked: asked}}\n")) ==
        "12:14 schema-name-clash: 'said' of edge kind 'charged' is already an attribute "
        "(s.yaml:11) | all attributes, "
        "shares and lists of one kind need different names\n");
}

TEST_CASE("schema: list names clash with attributes and with each other", "[schema][malformed]") {
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort], edges: workers, nodes: takers}\n")) ==
        "10:34 schema-name-clash: 'workers' of kind 'Cohort' is already an attribute (s.yaml:5) | "
        "all "
        "attributes, shares and lists of one kind need different names\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from +
                   "    to: {kinds: [Cohort], edges: fees, nodes: fees}\n")) ==
        "10:47 schema-name-clash: 'fees' of kind 'Cohort' is already the edges of 'charged' "
        "(s.yaml:10) | all attributes, shares and lists of one kind need different names\n");
  CHECK(found(edge("  charged:\n    label: c\n" + from + to + "  repaid:\n    label: r\n" +
                   "    from: {kinds: [Recruiter], edges: repayments, nodes: repaid_to}\n"
                   "    to: {kinds: [Cohort], edges: fees, nodes: repaid_by}\n")) ==
        "14:34 schema-name-clash: 'fees' of kind 'Cohort' is already the edges of 'charged' "
        "(s.yaml:10) | all attributes, shares and lists of one kind need different names\n");
  // Both ends of one edge kind, if one kind may stand at both.
  CHECK(found(edge("  engages:\n    label: c\n"
                   "    from: {kinds: [Recruiter], edges: links, nodes: engaged}\n"
                   "    to: {kinds: [Recruiter], edges: links, nodes: principals}\n")) ==
        "10:37 schema-name-clash: 'links' of kind 'Recruiter' is already the edges of 'engages' "
        "(s.yaml:9) | all attributes, shares and lists of one kind need different names\n");
  // Once, however many kinds stand at the end.
  CHECK(found(edge("  a:\n    label: a\n"
                   "    from: {kinds: [Recruiter, Cohort], edges: links, nodes: as}\n"
                   "    to: {kinds: [Cohort], edges: a_in, nodes: a_nodes}\n"
                   "  b:\n    label: b\n"
                   "    from: {kinds: [Recruiter, Cohort], edges: links, nodes: bs}\n"
                   "    to: {kinds: [Cohort], edges: b_in, nodes: b_nodes}\n")) ==
        "9:61 schema-reserved-name: 'as' is reserved | give a list another name\n"
        "13:47 schema-name-clash: 'links' of kind 'Recruiter' is already the edges of 'a' "
        "(s.yaml:9) | "
        "all attributes, shares and lists of one kind need different names\n");
  // The same list name on kinds that never meet is fine.
  CHECK(found(edge("  charged:\n    label: c\n"
                   "    from: {kinds: [Recruiter], edges: links, nodes: others}\n"
                   "    to: {kinds: [Cohort], edges: links, nodes: others}\n")) == "");
}

TEST_CASE("schema: source classes", "[schema][malformed]") {
  CHECK(
      found(sources("  a b: {label: x}\n")) ==
      "5:3 schema-bad-name: 'a b' cannot be the name of a source class | letters, digits, '_', '-' "
      "and '.', a letter or digit first: 'service-fee'\n");
  CHECK(found(sources("  audit: {label: x, self_declard: true}\n")) ==
        "5:21 schema-unknown-key: a source class has no key 'self_declard' | did you mean "
        "'self_declared'?\n");
  CHECK(found(sources("  audit: {label: x, aliases: report}\n")) ==
        "5:30 schema-wrong-shape: 'aliases' must be a list, but is a text | write '[report]'\n");
  CHECK(found(sources("  audit: {label: x, aliases: [{name: r, detail: place}]}\n")) ==
        "5:31 schema-missing-key: an alias with a condition needs 'name', 'detail' and 'value' | "
        "write "
        "'{name: worker_interview, detail: place, value: off_site}'\n");
  CHECK(found(sources("  audit: {label: x, aliases: [survey]}\n  survey: {label: y}\n")) ==
        "5:31 schema-duplicate-name: 'survey' can also mean source class 'survey'\n");
  CHECK(found(sources("  a: {label: x, aliases: [r]}\n"
                      "  b: {label: y, aliases: [{name: r, detail: place, value: here}]}\n")) ==
        "6:34 schema-duplicate-name: 'r' can also mean source class 'a'\n");
}

TEST_CASE("schema: all mistakes of a file are told at once, in the order of the file",
          "[schema][malformed]") {
  CHECK(found(R"(eraudit: schema/1
name: s
kinds:
  Cohort:
    label: Cohort
    attributes:
      workers: {type: integr}
      wage: {type: money, per: week}
edges:
  charged:
    label: charged
    from: {kinds: [Recruiter], edges: charges, nodes: charged}
    to: {kinds: [Cohort], edges: fees, nodes: takers}
    key: [category]
)") == "7:23 schema-unknown-type: there is no type 'integr' | write 'int'\n"
       "8:32 schema-unknown-period: 'Cohort.wage' cannot be per 'week' | write 'per: month'; files "
       "may "
       "give wages per hour, day, week, month or year\n"
       "12:20 schema-unknown-kind: there is no kind 'Recruiter' | one of: Cohort\n"
       "14:11 schema-unknown-attribute: edge kind 'charged' has no attribute 'category'\n");
}

TEST_CASE("schema: what is merely missing is a warning", "[schema][malformed]") {
  const std::string text = R"(eraudit: schema/1
name: s
kinds:
  Cohort:
    attributes:
      workers: {type: int}
      role: {type: enum, values: {a: A, b: }, label: Role, ask: Which}
edges:
  knows:
    from: {kinds: [Cohort], edges: known, nodes: friends}
    to: {kinds: [Cohort], edges: known_by, nodes: fans, complete: true}
source_classes:
  audit: {}
)";
  CHECK(eraudit::test::try_schema(text));
  CHECK(found(text, nullptr, true) ==
        "warning 4:3 schema-missing-label: kind 'Cohort' has no label | reports will show its name "
        "instead\n"
        "warning 6:7 schema-missing-label: attribute 'Cohort.workers' has no label | reports will "
        "show its "
        "name instead\n"
        "warning 6:7 schema-missing-ask: attribute 'Cohort.workers' has no question | add 'ask': "
        "what to "
        "put when the value is not known\n"
        "warning 7:41 schema-missing-label: value 'b' of 'Cohort.role' has no label | reports will "
        "show "
        "its name instead\n"
        "warning 9:3 schema-missing-label: edge kind 'knows' has no label | reports will show its "
        "name "
        "instead\n"
        "warning 10:12 schema-missing-ask: list 'known' of edge kind 'knows' has no question | add "
        "'ask': "
        "what to put when there may be more\n"
        "warning 13:3 schema-missing-label: source class 'audit' has no label | reports will show "
        "its name "
        "instead\n");
}

TEST_CASE("schema: warnings do not take the room of errors", "[schema][malformed]") {
  std::string text =
      "eraudit: schema/1\nname: s\nkinds:\n  Cohort:\n    label: c\n    attributes:\n";
  for (int index = 0; index < 50; ++index) {
    text += "      a" + std::to_string(index) + ": {type: int}\n";
  }
  text += "      last: {type: integer}\n";
  const auto read = eraudit::test::try_schema(text);
  REQUIRE_FALSE(read);
  REQUIRE_FALSE(read.diagnostics().items().empty());
  CHECK(read.diagnostics().items()[0].id == "schema-unknown-type");
  CHECK(read.diagnostics().items()[0].position.line == 57);
}

TEST_CASE("schema: there is an end to kinds, attributes and values", "[schema][malformed]") {
  std::string text = "eraudit: schema/1\nname: s\nkinds:\n";
  for (int index = 0; index < 4097; ++index) {
    text += "  K" + std::to_string(index) + ": {label: k}\n";
  }
  CHECK(found(text) == "4100:3 schema-too-large: more than 4096 kinds\n");
  text = attribute("      w:\n        type: enum\n        values:\n");
  for (int index = 0; index < 4097; ++index) {
    text += "          v" + std::to_string(index) + ": v\n";
  }
  CHECK(found(text) == "4106:11 schema-too-large: more than 4096 values of Cohort.w\n");
}
