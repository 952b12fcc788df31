// Patterns that are refused: where, why, and what to write instead.

#include "tests/pattern/support.hpp"

namespace eraudit::test {
namespace {

struct Refused {
  std::string_view pattern;
  std::string_view mistakes;  ///< `line:column+width: message | help [id]`
};

constexpr Refused refused[] = {
    {R"~(c:Cohort)~",
     R"~(1:1+1: expected a node in parentheses, found 'c' | write for instance `(c:Cohort)` [pattern-syntax])~"},
    {R"~((c:Cohort)~", R"~(1:1+1: this '(' is not closed | add ')' [pattern-syntax])~"},
    {R"~((c Cohort))~",
     R"~(1:4+6: expected ':', 'WHERE', '{' or ')', found 'Cohort' | the kind of a node stands after ':': `(x:Cohort)` [pattern-syntax])~"},
    {R"~((c:))~", R"~(1:4+1: expected the name of a kind, found ')' [pattern-syntax])~"},
    {R"~((c:Cohort:Facility))~",
     R"~(1:10+1: expected 'WHERE', '{' or ')', found ':' | one of several kinds is written `A|B` [pattern-syntax])~"},
    {R"~((c:Cohort)-->(r))~", R"~(1:11+3: '-->' is no edge | write `->` [pattern-syntax])~"},
    {R"~((c:Cohort)--(r))~", R"~(1:11+2: '--' is no edge | write `-` [pattern-syntax])~"},
    {R"~((c:Cohort)<-->(r))~",
     R"~(1:11+4: '<-->' is no edge | either direction is written `-` [pattern-syntax])~"},
    {R"~((c:Cohort)<->(r))~",
     R"~(1:11+3: '<->' is no edge | either direction is written `-` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited]->(r))~",
     R"~(1:11+16: an edge has one arrow | either direction is written `-[...]-` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited](r))~",
     R"~(1:25+1: expected '-' or '->' after ']', found '(' | write `<-[...]-` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited*1..3]-(r))~",
     R"~(1:24+5: how often an edge repeats stands behind it | write `<-[...]-{1,3}` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited*]-(r))~",
     R"~(1:24+1: how often an edge repeats stands behind it | write `<-[...]-+` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited]-)~",
     R"~(1:26+1: expected a node after the edge, found the end | a pattern ends in a node: `()` is any [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited]-{1,3(r))~",
     R"~(1:30+1: expected '}', found '(' | write `{1,3}`: at least 1, at most 3 times [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited]-{a}(r))~",
     R"~(1:27+1: expected a number, found 'a' | write `{1,3}`: at least 1, at most 3 times [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited]-{1,100}(r))~",
     R"~(1:29+3: an edge can be repeated 64 times at most | chains of recruiters are shorter: name the length that matters [pattern-limit])~"},
    {R"~((c:Cohort){1,3})~",
     R"~(1:11+1: only an edge can be repeated | write `-[:engages]->{1,3}` [pattern-syntax])~"},
    {R"~(((c)-[:x]->(d)){1,3})~",
     R"~(1:2+1: only a single edge can be repeated, not a part in parentheses | write `-[:engages]->{1,3}` without parentheses [pattern-unsupported])~"},
    {R"~((c:Cohort) WHERE c.workers > 0)~",
     R"~(1:12+5: 'WHERE' stands inside of an element | write `(c:Cohort WHERE c.workers > 0)`; what concerns the whole row stands in the rule's condition [pattern-syntax])~"},
    {R"~(MATCH (c:Cohort))~",
     R"~(1:1+5: 'MATCH' is not part of a pattern | leave it out: write for instance `(c:Cohort)<-[:recruited]-(r:Recruiter)` [pattern-syntax])~"},
    {R"~((c:Cohort) RETURN c)~",
     R"~(1:12+6: 'RETURN' is not part of a pattern | a rule has one pattern, and reads its variables [pattern-syntax])~"},
    {R"~((c:Cohort) (r))~",
     R"~(1:12+1: expected an edge between two nodes, found '(' [pattern-syntax])~"},
    {R"~(p = (c:Cohort)<-[:recruited]-(p))~",
     R"~(1:31+1: 'p' is a path, and cannot be a node too | give it another name [pattern-variable])~"},
    {R"~(TRIAL (c:Cohort))~",
     R"~(1:1+5: 'TRIAL' is no way to walk a path | did you mean 'TRAIL'? [pattern-syntax])~"},
    {R"~(SHORTEST (c:Cohort))~",
     R"~(1:1+8: 'SHORTEST' alone says not which paths are meant | write `ANY SHORTEST` or `ALL SHORTEST` [pattern-syntax])~"},
    {R"~(WALK (c:Cohort)<-[:recruited]-(r)-[:engages]-*(s))~",
     R"~(1:46+1: a WALK may go round for ever, and this edge repeats without an end | write how often at most: `{1,4}`; or TRAIL: no edge twice [pattern-unbounded])~"},
    {R"~(ANY SHORTEST (c:Cohort)<-[:recruited]-(r), (r)-[:engages]->(s))~",
     R"~(1:1+12: 'ANY SHORTEST' beside another path is not evaluated | leave one path here, and ask for the other with `{exists: ...}` in `let` [pattern-unsupported])~"},
    {R"~(ALL SHORTEST (f:Facility)-[:engages]->(r)-[:recruited]->(c:Cohort)<-[:recruited]-(s))~",
     R"~(1:1+12: 'ALL SHORTEST' is about pairs of ends, and 'c', where reading begins, stands between | let the path begin or end there; what lies on its other side can be asked with `{exists: ...}` in `let` [pattern-unsupported])~"},
    {R"~((c:Cohrt))~",
     R"~(1:4+5: there is no kind 'Cohrt' | did you mean 'Cohort'? [pattern-unknown-kind])~"},
    {R"~((c:charged))~",
     R"~(1:4+7: there is no kind 'charged' | 'charged' is a kind of edge: `-[:charged]->` [pattern-unknown-kind])~"},
    {R"~((c:Cohort)<-[:recruitd]-(r))~",
     R"~(1:15+8: there is no kind of edge 'recruitd' | did you mean 'recruited'? [pattern-unknown-edge])~"},
    {R"~((c:Cohort)<-[:fees]-(r))~",
     R"~(1:15+4: there is no kind of edge 'fees' | 'fees' is what Cohort calls it: write `<-[:charged]-` [pattern-unknown-edge])~"},
    {R"~((c:Cohort)<-[:Recruiter]-(r))~",
     R"~(1:15+9: there is no kind of edge 'Recruiter' | 'Recruiter' is a kind of node: `(x:Recruiter)` [pattern-unknown-edge])~"},
    {R"~((c:Cohort)-[:recruited]->(r:Recruiter))~",
     R"~(1:11+15: no 'recruited' leads from Cohort to Recruiter | turn the arrow around: `<-[:recruited]-` [pattern-step])~"},
    {R"~((c:Cohort)<-[:supplies]-(r))~",
     R"~(1:11+14: no 'supplies' leads from any node to Cohort | 'supplies' leads from Company or Facility to Company or Facility [pattern-step])~"},
    {R"~((c:Cohort)<-[:recruited]-(f:Facility))~",
     R"~(1:11+15: no 'recruited' leads from Facility to Cohort | between Cohort and Facility there are `<-[:charged]-`, `<-[:lends]-`, `<-[:employs]-`, `<-[:holds]-` [pattern-step])~"},
    {R"~((c:Cohort)<-[c:recruited]-(r))~",
     R"~(1:14+1: 'c' is a node, and cannot be an edge too | give one of them another name [pattern-variable])~"},
    {R"~((c:Cohort)<-[h:recruited]-(r)<-[h:engages]-(f))~",
     R"~(1:33+1: 'h' is an edge already | give it another name [pattern-variable])~"},
    {R"~((c:Cohort WHERE c.worker > 0))~",
     R"~(1:19+6: there is no 'worker' in a Cohort | did you mean 'workers'? [cel-unknown-attribute])~"},
    {R"~((c:Cohort WHERE c.workers > 'a' ))~",
     R"~(1:17+15: 'c.workers' is int, but is compared with text [cel-type])~"},
    {R"~((c:Cohort WHERE ))~",
     R"~(1:11+5: nothing follows 'WHERE' | write a condition: `WHERE c.workers > 0` [pattern-syntax])~"},
    {R"~((c:Cohort WHERE 'abc))~",
     R"~(1:17+1: this text is not closed | text that begins with ' ends with ' on the same line; long text goes between ''' [cel-syntax])~"},
    {R"~((c:Cohort WHERE r.name == 'x')<-[:recruited]-(r))~",
     R"~(1:17+1: there is nothing named 'r' | 'r' stands to the right: a condition sees what stands to its left; move the condition to 'r' [cel-unknown-name])~"},
    {R"~((c:Cohort {workers 3}))~",
     R"~(1:20+1: expected ':' and a value, found '3' [pattern-syntax])~"},
    {R"~((c:Cohort {workers: 3, origin: 'NP'))~",
     R"~(1:36+1: expected ',' or '}', found ')' [pattern-syntax])~"},
    {R"~((c:Cohort {worker: 3}))~",
     R"~(1:12+6: there is no 'worker' in a Cohort | did you mean 'workers'? [cel-unknown-attribute])~"},
    {R"~((c:Cohort|Cohrt)<-[:recruitd]-(r:Recruter))~",
     R"~(1:11+5: there is no kind 'Cohrt' | did you mean 'Cohort'? [pattern-unknown-kind]
1:21+8: there is no kind of edge 'recruitd' | did you mean 'recruited'? [pattern-unknown-edge]
1:34+8: there is no kind 'Recruter' | did you mean 'Recruiter'? [pattern-unknown-kind])~"},
    {R"~((x:Cohort))~",
     R"~(1:1+10: the subject 'c' does not stand in this pattern | one of: x [pattern-subject])~"},
    {R"~((c:Cohort)<-[:recruited]-(for))~",
     R"~(1:27+3: 'for' is a word of the language and cannot be the name of a variable | give it another name [pattern-variable])~"},
    {R"~((c:Cohort)<-[:recruited]-(r), (x)-[:owns]->(y))~",
     R"~(1:1+46: path 2 shares no node with those that 'c' leads to | let one of its nodes have the name of a node of another path [pattern-unbound])~"},
    {R"~((c)-[]-(x)-[]-(y))~",
     R"~(1:1+17: this pattern stands for more than 64 combinations of kinds | say of which kind `(c)` is: it could be any node [pattern-limit])~"},
    {R"~((c:Cohort)<-[:recruited]-{3,1}(r))~",
     R"~(warning 1:26+5: nothing is repeated at least 3 and at most 1 times | write the smaller number first [pattern-never])~"},
    {R"~((c:Cohort|Facility)<-[:recruited]-(r))~",
     R"~(warning 1:11+8: no Facility can stand here | the edges beside it allow Cohort [pattern-idle-kind])~"},
    {R"~((c:Cohort&Facility))~",
     R"~(1:4+6: no node is all of this at once | a node has one kind; one of several is `A|B` [pattern-step])~"},
    {R"~((c:Cohort) <- [:recruited] - (r:'Recruiter'))~",
     R"~(1:33+1: expected the name of a kind, found ''' | kinds are written without quotes [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited|:engages]-(r))~",
     R"~(1:25+1: ':' stands only before the first kind | write `a|b` [pattern-syntax])~"},
    {R"~((c:Cohort)<-[:recruited&engages]-(r))~",
     R"~(1:24+1: an edge has one kind | one of several kinds is written `a|b` [pattern-syntax])~"},
    {R"~((c:Cohort WHERE c.workers > 0 && (c.origin == 'NP'))~",
     R"~(1:1+1: this '(' is not closed | add ')' [pattern-syntax])~"},
    {R"~((c:Cohort)
  <-[:recruited]-(r:Recruiter
 WHERE r.licence_until > ))~",
     R"~(3:24+1: nothing follows '>' [cel-syntax])~"},
    {R"~((c:Cohort)<-[:recruited WHERE c.workers]-(r))~",
     R"~(1:31+9: this must be a condition, but is int | compare it: `c.workers > 0` [cel-type])~"},
    {R"~((c:Cohort)<-[:recruited]-(r:Recruiter WHERE r.licence == 'x'))~",
     R"~(1:45+9: 'r.licence' may be absent: ask with has() first | write `has(r.licence) && ...`, or `has(r.licence) ? r.licence : other` [cel-missing-guard])~"},
    {R"~((c:Cohort)<(r))~",
     R"~(1:11+1: '<' begins no edge | write `<-[:kind]-` [pattern-syntax])~"},
    {R"~((é:Cohort))~",
     R"~(1:2+1: expected ':', 'WHERE', '{' or ')', found 'é' [pattern-syntax])~"},
};

constexpr Refused refused_locals[] = {
    {R"~((c)<-[:recruited]-(paid))~",
     R"~(1:20+4: 'paid' is a variable of the rule, and no node | give it another name [pattern-variable])~"},
    {R"~((x:Cohort)<-[:recruited]-(r))~",
     R"~(1:1+28: this pattern begins nowhere | let one of its nodes be a variable of the rule: `(c)` [pattern-unbound])~"},
    {R"~((c:Facility)-[:employs]->(x))~",
     R"~(1:1+12: 'c' is never of this kind | it is Cohort [pattern-step])~"},
    {R"~((c)<-[:recruited]-(r WHERE r.name == x))~",
     R"~(1:38+1: there is nothing named 'x' | one of: c, paid, r, as_of [cel-unknown-name])~"},
};

}  // namespace

TEST_CASE("pattern: what is wrong is said at its place, with what to write instead",
          "[pattern][errors]") {
  for (const Refused& one : refused) {
    INFO(one.pattern);
    CHECK(mistakes(one.pattern) == one.mistakes);
  }
}

TEST_CASE("pattern: the same in the scope of a rule", "[pattern][errors]") {
  for (const Refused& one : refused_locals) {
    INFO(one.pattern);
    CHECK(local_mistakes(one.pattern) == one.mistakes);
  }
}

TEST_CASE("pattern: no pattern, and none that is text, are refused", "[pattern][errors]") {
  const std::string help =
      " | write for instance `(c:Cohort)<-[:recruited]-(r:Recruiter)` [pattern-syntax]";
  CHECK(mistakes("") == "1:1+1: there is no pattern" + help);
  CHECK(mistakes("  ") == "1:1+2: there is no pattern" + help);
  CHECK(mistakes("(c:Cohort\xff)") == "1:10+1: this is not valid UTF-8 [pattern-syntax]");
}

TEST_CASE("pattern: positions inside a file are those of the file", "[pattern][errors]") {
  // As the rules loader hands it over: a text with the byte of the file for each of its own.
  ExpressionText text;
  text.text = "(c:Cohort)<-[:recruitd]-(r WHERE r.nme == 'x')";
  const std::string file = "match: \"" + text.text + "\"\n";
  text.source = std::make_shared<const Source>("rule.yaml", file);
  for (std::uint32_t i = 0; i <= text.text.size(); ++i) text.offsets.push_back(8 + i);
  Environment environment(recruitment_schema());
  const auto compiled = compile_match(text, environment, "c");
  REQUIRE(compiled.diagnostics().items().size() == 1);
  CHECK(compiled.diagnostics().items()[0].file == "rule.yaml");
  CHECK(compiled.diagnostics().items()[0].position.column == 23);
  CHECK(environment.variables().empty());
}

TEST_CASE("pattern: what is too large is refused before it is read", "[pattern][errors]") {
  Limits limits;
  limits.expression_code_points = 20;
  CHECK_FALSE(parse_pattern(ExpressionText::of("(c:Cohort)<-[:recruited]-(r)"), {}, limits));
  std::string chain = "(c)";
  for (int i = 0; i < 70; ++i) chain += "-[]-()";
  const auto parsed = parse_pattern(ExpressionText::of(chain));
  REQUIRE_FALSE(parsed);
  CHECK(parsed.diagnostics().items()[0].message == "this pattern has more than 128 elements");
  CHECK(parsed.diagnostics().items()[0].id == "pattern-limit");
  std::string hops = "(c:Company)";
  for (int i = 0; i < 9; ++i) hops += "-[:supplies]->{64}()";
  CHECK(
      mistakes(hops).find("a row of this pattern could have 576 edges, at most 512 are followed") !=
      std::string::npos);
  // Brackets without end, and much of everything: no recursion, no crash.
  for (const std::string_view piece :
       {"(", "((", "-[", "{", "(a WHERE (", "(a)-[b:c WHERE [", "'"}) {
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += piece;
    CHECK_FALSE(parse_pattern(ExpressionText::of(many)));
  }
}

TEST_CASE("pattern: what it understands is what is written", "[pattern]") {
  const auto tree = parse_pattern(ExpressionText::of(
      "p = acyclic (c :Cohort|!Company & Facility where c.x == ')' && f('(', [1, 2][0])) "
      "<- [ h : a | b {k: 'x,}', m: [1, 2]} ] - {1 , 3} () - (d) -> ? (e)<-(f)-[]->{2}(), "
      "(c)-[:z]-+(g)"));
  REQUIRE(tree);
  REQUIRE(tree->paths.size() == 2);
  const PatternPath& path = tree->paths[0];
  CHECK(path.name.text == "p");
  CHECK(path.mode == PatternMode::acyclic);
  REQUIRE(path.elements.size() == 11);
  CHECK(path.elements[0].labels.size() == 2);
  CHECK(path.elements[0].labels[1][0].negated);
  CHECK(path.elements[0].conditions[0].text.text == "c.x == ')' && f('(', [1, 2][0])");
  const PatternElement& edge = path.elements[1];
  CHECK(edge.direction == PatternDirection::left);
  CHECK(edge.quantifier->low == 1);
  CHECK(edge.quantifier->high == 3u);
  REQUIRE(edge.conditions.size() == 2);
  CHECK(edge.conditions[0].key.text == "k");
  CHECK(edge.conditions[0].text.text == "'x,}'");
  CHECK(edge.conditions[1].text.text == "[1, 2]");
  CHECK(path.elements[3].direction == PatternDirection::either);
  CHECK_FALSE(path.elements[3].quantifier);
  CHECK(path.elements[5].direction == PatternDirection::right);
  CHECK(path.elements[5].quantifier->high == 1u);
  CHECK(path.elements[7].direction == PatternDirection::left);
  CHECK(path.elements[9].quantifier->low == 2);
  CHECK(tree->paths[1].elements[1].quantifier->low == 1);
  CHECK_FALSE(tree->paths[1].elements[1].quantifier->high);
}

TEST_CASE("pattern: variables have the types that the schema leaves them", "[pattern]") {
  Environment environment(recruitment_schema());
  const auto pattern =
      compile_match(ExpressionText::of("p = (c:Cohort)<-[:recruited]-(r)<-[h:engages]-{1,3}(top)"),
                    environment, "c");
  REQUIRE(pattern);
  const auto type = [&](std::string_view name) {
    return environment.variables()[*environment.find_variable(name)].type.text(
        recruitment_schema().get());
  };
  CHECK(type("c") == "Cohort");
  CHECK(type("r") == "Recruiter");
  CHECK(type("top") == "Company|Facility|Recruiter|JobOrder");
  CHECK(type("h") == "list(edge(engages))");
  CHECK((*pattern)->start_kinds() == std::vector{*recruitment_schema()->find_kind("Cohort")});
  CHECK((*pattern)->variables()[0].role == PatternRole::path);
}

TEST_CASE("pattern: a condition guards what is read after it", "[pattern]") {
  Environment environment(recruitment_schema());
  REQUIRE(compile_match(ExpressionText::of("(c:Cohort)<-[:recruited]-(r WHERE has(r.licence))"),
                        environment, "c"));
  CHECK(compile(ExpressionText::of("r.licence == 'x'"), environment));
}

}  // namespace eraudit::test
