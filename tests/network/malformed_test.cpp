// Everything that can be wrong with a native file: where, what, and what to write instead.

#include "tests/network/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/network.hpp"

using namespace eraudit;

namespace {

/// `line:column+width id: message | help` of every diagnostic.
std::vector<std::string> problems(const std::string& yaml) {
  const auto checked = test::read(yaml, test::small_schema());
  CHECK_FALSE(checked);
  std::vector<std::string> out;
  for (const Diagnostic& one : checked.diagnostics().items()) {
    out.push_back(std::to_string(one.position.line) + ":" + std::to_string(one.position.column) +
                  "+" + std::to_string(one.width) + " " + one.id + ": " + one.message +
                  (one.help.empty() ? "" : " | " + one.help));
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("network: a file that is no network says so", "[network][malformed]") {
  CHECK(
      problems("[1]") ==
      Texts{
          "1:1+3 network-shape: a network is a map, not a list | begin with `eraudit: network/1`"});
  CHECK(problems("eraudit: network/2") == Texts{"1:10+9 network-version: this file says it is "
                                                "'network/2', not 'network/1' | it was written "
                                                "for another version of eraudit"});
  CHECK(
      problems("eraudit: rule/1") ==
      Texts{
          "1:10+6 network-header: this file says it is 'rule/1', not 'network/1' | write `eraudit: "
          "network/1`"});
  CHECK(problems("as_of: 2024-13-01\nas_off: x\nThing: {}\npaid: []") ==
        Texts{"2:1+6 network-unknown-key: a network has no part 'as_off' | did you mean 'as_of'?",
              "3:1+5 network-unknown-key: a network has no part 'Thing' | write node kinds under "
              "`nodes:`",
              "4:1+4 network-unknown-key: a network has no part 'paid' | write edge kinds under "
              "`edges:`",
              "1:8+10 network-date: `as_of` takes a day, not '2024-13-01' | write 2024-03-01"});
  CHECK(problems("as_of: [2024-03-01]") ==
        Texts{"1:8+12 network-date: `as_of` takes a day, not a list | write 2024-03-01"});
}

TEST_CASE("network: sections of the wrong shape are refused", "[network][malformed]") {
  CHECK(problems("sources: []\nnodes: [a]\nedges: 5\ncomplete: {}") ==
        Texts{"1:10+2 network-shape: `sources` is a map, not a list",
              "2:8+3 network-shape: `nodes` is a map, not a list",
              "3:8+1 network-shape: `edges` is a map, not a number",
              "4:11+2 network-shape: `complete` is a list, not a map | begin every item with `- `, "
              "or write "
              "the items between [ and ]"});
  CHECK(problems("nodes: {Thing: [a]}\nedges: {paid: {from: a}}\ncomplete: [a]") ==
        Texts{"1:16+3 network-shape: `Thing` is a map, not a list",
              "2:15+9 network-shape: `paid` is a list, not a map | begin every item with `- `, or "
              "write the "
              "items between [ and ]",
              "3:12+1 network-shape: a statement of completeness is a map, not a text | write "
              "`{node: .., "
              "list: ..}`"});
  CHECK(problems("nodes: {Thing: {a: x}}\nedges: {paid: [x]}") ==
        Texts{"1:20+1 network-shape: a node is a map, not a text",
              "2:16+1 network-shape: an edge is a map with `from` and `to`, not a text"});
}

TEST_CASE("network: unknown names are errors with the nearest", "[network][malformed]") {
  CHECK(problems("nodes:\n  Thign: {}\n  Thing: {a: {cuont: 1, payments: [], Sorce: x}}\nedges:\n  "
                 "piad: []\n") ==
        Texts{"2:3+5 network-unknown-kind: no node kind is called 'Thign' | did you mean 'Thing'?",
              "3:15+5 network-unknown-attribute: Thing has no attribute 'cuont' | did you mean "
              "'count'?",
              "3:25+8 network-unknown-attribute: Thing has no attribute 'payments' | 'payments' "
              "are edges: "
              "write them under `edges: {paid: [...]}`",
              "3:39+5 network-unknown-attribute: Thing has no attribute 'Sorce' | did you mean "
              "'source'?",
              "5:3+4 network-unknown-edge: no edge kind is called 'piad' | did you mean 'paid'?"});
  CHECK(
      problems("nodes: {Thing: {a: {}}}\nedges:\n  paid: [{from: a, to: a, amuont: 1 USD, fron: "
               "a}]\n") ==
      Texts{"3:27+6 network-unknown-attribute: this edge has no attribute 'amuont' | did you mean "
            "'amount'?",
            "3:42+4 network-unknown-attribute: this edge has no attribute 'fron' | did you mean "
            "'from'?"});
}

TEST_CASE("network: what a source says is checked", "[network][malformed]") {
  CHECK(problems("sources:\n  a: {clas: contract, date: May, ref: [x], sample: null}\n  b: x\n  ' "
                 "c': {}\n") ==
        Texts{"2:7+4 network-unknown-key: a source has no 'clas' | did you mean 'class'?",
              "2:29+3 network-date: 'date' of a source takes a day, not 'May' | write 2024-03-01",
              "2:39+3 network-shape: 'ref' of a source takes a text, not a list",
              "2:52+4 network-shape: 'sample' of a source takes a text, not null",
              "3:6+1 network-shape: a source is a map, not a text",
              "4:3+4 network-bad-id: the id ' c' begins or ends with a blank"});
  CHECK(
      problems("sources: {voices: {}}\nnodes:\n  Thing: {a: {source: voicse}, b: {source: [voices, "
               "x]}, c: {source: {}}}") ==
      Texts{"3:23+6 network-unknown-source: no source has the id 'voicse' | did you mean 'voices'?",
            "3:53+1 network-unknown-source: no source has the id 'x' | one of: voices",
            "3:70+2 network-shape: `source` takes the id of a source, not a map"});
  CHECK(problems("nodes: {Thing: {a: {source: voices}}}") ==
        Texts{"1:29+6 network-unknown-source: no source has the id 'voices' | describe it under "
              "`sources:`"});
}

TEST_CASE("network: a source class that the recruitment schema does not know is refused",
          "[network][malformed]") {
  const auto checked =
      test::read("sources:\n  a: {class: worker_interview}\n  b: {class: contrat}\n");
  REQUIRE_FALSE(checked);
  CHECK(to_text(checked.diagnostics()) ==
        "network.yaml:2:14: error: no source is of the class 'worker_interview' "
        "[network-source-class]\n"
        "    2 |   a: {class: worker_interview}\n"
        "      |              ^~~~~~~~~~~~~~~~\n"
        "  help: add 'place: off_site' (worker-interview-offsite) or 'place: on_site' "
        "(worker-interview-onsite)\n"
        "network.yaml:3:14: error: no source is of the class 'contrat' [network-source-class]\n"
        "    3 |   b: {class: contrat}\n"
        "      |              ^~~~~~~\n"
        "  help: did you mean 'contract'?\n");
}

TEST_CASE("network: claims are maps of a value and a source", "[network][malformed]") {
  CHECK(
      problems("sources: {s: {}}\nnodes:\n  Thing:\n    a: {count: [{value: x, source: s}, "
               "{source: s}, 5, {value: "
               "5, date: 2024-01-01}, {value: 5, sorce: s}, {value: 5, source: t}]}") ==
      Texts{
          "4:25+1 network-value: 'count' takes a whole number, not 'x' | write a number such as "
          "48, or "
          "900..1400 if only its bounds are known",
          "4:40+11 network-missing-value: a claim needs `value` | write `{value: .., source: ..}`",
          "4:53+1 network-shape: a claim is a map with `value`, not a number",
          "4:67+4 network-unknown-key: a claim has no 'date' | say that of the source, under "
          "`sources:`",
          "4:97+5 network-unknown-key: a claim has no 'sorce' | did you mean 'source'?",
          "4:127+1 network-unknown-source: no source has the id 't' | one of: s"});
}

TEST_CASE("network: values are refused at their place", "[network][malformed]") {
  CHECK(problems("nodes:\n  Thing:\n    a: {count: twelve, note: null, flag: null, since: , price: "
                 "5}\n") ==
        Texts{"3:16+6 network-value: 'count' takes a whole number, not "
              "'twelve' | write a number such as 48, "
              "or 900..1400 if only its bounds are known",
              "3:42+4 network-not-absent: 'flag' cannot be said not to exist "
              "(null) | leave it out if it is "
              "not known",
              "3:54+1 network-empty-value: 'since' has no value | leave it out "
              "if it is not known; write "
              "null if it is known that there is none",
              "3:64+1 network-money: 'price': '5' is not money: it names no currency | "
              "write its ISO 4217 code after the number: `5 NPR`"});
  CHECK(
      problems("nodes:\n  Thing:\n    a: {asking: 12 of 11, said: 1}\n    b: {said: 5, asked: 4}\n "
               "   c: "
               "{asking: x}\n    d: {asking: {sayd: 1}}\n    e: {asking: [1]}\n") ==
      Texts{
          "3:17+8 network-share: 'asking': a part is more than its whole",
          "5:17+1 network-share: 'asking' takes a share, not 'x' | write `11 of 12`, or 'said' and "
          "'asked' one by one",
          "6:18+4 network-unknown-key: 'asking' has no part 'sayd' | did you mean 'said'?",
          "7:17+3 network-shape: 'asking' takes a share, not a list | write `11 of 12` or `{said: "
          "11, "
          "asked: 12}`",
          "4:5+1 network-share: 'said' is more than 'asked'"});
}

TEST_CASE("network: ends of edges are refused at their place", "[network][malformed]") {
  CHECK(
      problems(
          "nodes: {Thing: {a: {}}, Place: {q: {}}}\nedges:\n  paid:\n    - {from: a}\n    - {from: "
          "[a, q], to: null}\n    - {from: a, to: b}\n    - {to: a, from: q}\n    - {from: a, to: "
          "a, "
          "id: }\n") ==
      Texts{"4:7+9 network-missing-end: an edge of paid needs `to` | write the id of a node",
            "5:14+6 network-shape: `from` takes the id of a node, not a list | write one edge for "
            "each",
            "5:26+4 network-shape: `to` takes the id of a node, not null",
            "8:27+1 network-shape: `id` of an edge takes a text",
            "6:21+1 network-unknown-node: no node has the id 'b' (`to` of paid)",
            "7:21+1 network-wrong-kind: 'q' is of kind Place, but `from` of paid takes Thing"});
}

TEST_CASE("network: ids are checked and unique over all kinds", "[network][malformed]") {
  CHECK(
      problems("nodes:\n  Person:\n    x: {}\n    ' y': {}\n  Thing:\n    \"x\": {}\n    "
               "\"a\\tb\": {}\n") ==
      Texts{
          "4:5+4 network-bad-id: the id ' y' begins or ends with a blank",
          "7:5+6 network-bad-id: the id 'a\tb' holds a control character",
          "6:5+3 network-duplicate-node: 'x' is already the id of a node of kind Person "
          "(network.yaml:3) | ids of nodes are unique in a network: give one of them another id"});
  CHECK(problems("nodes: {Thing: {" + std::string(257, 'x') + ": {}}}")
            .at(0)
            .starts_with("1:17+257 network-bad-id: the id 'xxx"));
}

TEST_CASE("network: statements of completeness name a node and one of its lists",
          "[network][malformed]") {
  CHECK(
      problems(
          "sources: {s: {}}\nnodes: {Thing: {a: {}}, Place: {q: {}}}\ncomplete:\n  - {node: a, "
          "list: "
          "paymets, source: s}\n  - {node: b, list: payments}\n  - {node: q, list: payments}\n  - "
          "{node: a}\n  - {node: a, list: [x]}\n  - {nod: a, list: payments, source: t}\n") ==
      Texts{"7:5+9 network-shape: a statement of completeness needs `list`, a text | write `{node: "
            ".., "
            "list: ..}`",
            "8:21+3 network-shape: a statement of completeness needs `list`, a text | write "
            "`{node: .., "
            "list: ..}`",
            "9:6+3 network-unknown-key: a statement of completeness has no 'nod' | did you mean "
            "'node'?",
            "9:5+35 network-shape: a statement of completeness needs `node`, a text | write "
            "`{node: .., "
            "list: ..}`",
            "9:38+1 network-unknown-source: no source has the id 't' | one of: s",
            "4:21+7 network-unknown-list: Thing has no list 'paymets' | did you mean 'payments'?",
            "5:12+1 network-unknown-node: no node has the id 'b'",
            "6:21+8 network-unknown-list: Place has no list 'payments' | one of: receipts, "
            "thing_links"});
}

TEST_CASE("network: a million wrong ends are an error each, but few are told",
          "[network][malformed]") {
  std::string yaml = "nodes: {Thing: {sunrise: {}}}\nedges:\n  paid:\n";
  for (int i = 0; i < 3000; ++i)
    yaml += "    - {from: sunrise, to: nowhere-" + std::to_string(i) + "}\n";
  const auto checked = test::read(yaml, test::small_schema());
  REQUIRE_FALSE(checked);
  CHECK(checked.diagnostics().errors() == 3000);
  CHECK(checked.diagnostics().items().size() == 20);
}
