"""The conformance command itself: options, folders, lists of expected failures, what it says of a failure."""
import json
import pathlib
import tempfile
import unittest

import runner


def cel(name, expression, value=None, **more):
    expected = {"error": ["any"]} if value is None else {"value": value}
    return {"id": f"own/{name}", "expr": expression, "expected": expected, **more}


TESTS = [
    cel("sum", "1 + 1", {"int": "2"}),
    cel("wrong", "1 + 1", {"int": "3"}),
    cel("divided", "1 / 0"),
    cel("typed", "[1]", None) | {"expected": {"typed_result": {"value": {"list": [{"int": "1"}]}, "type": "list(int)"}}},
    cel("bound", "x + 1", {"int": "6"}, bindings={"x": {"value": {"int": "5"}}},
        type_env=[{"name": "x", "kind": "ident", "type": "int"}]),
    cel("message", "pkg.M{}", {"bool": True}, needs_proto=True),
    cel("block", "cel.block([1], cel.index(0))", {"int": "1"}, needs_ext=["block"]),
]

GRAPH = {
    "nodes": [
        {"id": 0, "labels": ["A"], "props": {"name": {"string": "x"}}},
        {"id": 1, "labels": ["B"], "props": {}},
        {"id": 2, "labels": [], "props": {}},
    ],
    "edges": [
        {"id": 0, "source": 0, "target": 1, "type": "T", "props": {}},
        {"id": 1, "source": 1, "target": 2, "type": "U", "props": {}},
    ],
}


def scenario(name, pattern, returned, columns, rows, **more):
    return {
        "id": f"own/{name}", "graph": GRAPH, "parameters": {}, "query": f"MATCH {pattern}\nRETURN {returned}", "linear": True,
        "pattern": pattern, "quantified_pattern": pattern, "expected": {"columns": columns, "rows": rows, "ordered": False, "ignore_list_order": name == "bag"},
    } | more


def refused(name, pattern, returned="n", where=""):
    out = scenario(name, pattern, returned, [], [])
    out["query"] = f"MATCH {pattern}{where}\nRETURN {returned}"
    return out | {"expected": {"error": {"kind": "SyntaxError", "phase": "compile time", "detail": "Any"}}}



def edge(name):
    return {"edge": {"type": "T", "props": {"name": {"string": name}}}}


# One path of 21 edges, with names `a`, `b` ...
CHAIN = {
    "nodes": [{"id": i, "labels": {0: ["First"], 21: ["Last"]}.get(i, []), "props": {}} for i in range(22)],
    "edges": [{"id": i, "source": i, "target": i + 1, "type": "T", "props": edge(chr(97 + i))["edge"]["props"]} for i in range(21)],
}
NODE_A = {"node": {"labels": ["A"], "props": {"name": {"string": "x"}}}}
SCENARIOS = [
    scenario("labels", "(n:A)", "n", ["n"], [[NODE_A]]),
    scenario("no-label", "(n:Missing)", "n", ["n"], []),
    scenario("count", "(n)-[]->{1,2}(m)", "count(*)", ["count(*)"], [[{"int": "3"}]]),
    scenario("grouped", "(n)-[]->{1,2}(m)", "n.name, count(m)", ["n.name", "count(m)"],
             [[{"string": "x"}, {"int": "2"}], [{"null": None}, {"int": "1"}]]),
    scenario("distinct", "(n)-[]-(m)", "DISTINCT n.name", ["n.name"], [[{"string": "x"}], [{"null": None}]]),
    scenario("length", "p = (:A)-[]->{2}()", "length(p) AS l", ["l"], [[{"int": "2"}]]),
    scenario("types", "(:A)-[r:T|U]->()", "type(r)", ["type(r)"], [[{"string": "T"}]]),
    scenario("last", "(:A)-[r]->{0,1}()", "last(r) AS e", ["e"], [[{"null": None}], [{"edge": {"type": "T", "props": {}}}]]),
    scenario("path-of-one", "p = (:A)", "p", ["p"], [[{"path": [NODE_A]}]]),
    scenario("far", "(:First)-[r:T]->{1,}(n:Last)", "size(r) AS s", ["s"], [[{"int": "21"}]], graph=CHAIN),
    scenario("bag", "(:First)-[r:T]->{2}()", "r", ["r"], [[{"list": [edge("b"), edge("a")]}]], graph=CHAIN),
    scenario("property", "(n {name: 'x'})", "n", ["n"], [[NODE_A]]),
    scenario("parameter", "(n {name: $given})", "n", ["n"], [[NODE_A]], parameters={"given": {"string": "x"}}),
    refused("twice", "(n)-[n]->()"),
    refused("where-node", "(n)", where=" WHERE (n)"),
    refused("return-unknown", "(n)", returned="other"),
    refused("length-of-node", "(n)", returned="length(n)"),
]


class Runner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, tests, key="tests", name="own.json"):
        (self.folder / name).write_text(json.dumps({key: tests}), encoding="utf-8")
        return self.folder

    def listed(self, text):
        path = self.folder / "listed.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def expect(self, code, *words):
        done = runner.run(*words)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def last(self, done):
        return done.stdout.splitlines()[-1]

    def test_help_is_there(self):
        self.assertIn("usage: eraudit-conformance", self.expect(0, "--help").stdout)

    def test_what_cannot_be_meant_is_a_usage_error(self):
        folder = self.write(TESTS)
        for words in (
            [], ["cel"], ["sql", folder], ["cel", folder, "--strict"], ["cel", folder, "--filter"], ["cel", folder, "--filter="],
            ["cel", folder, "--filter", "a", "--filter", "b"], ["cel", folder, "-x"],
        ):
            with self.subTest(words=words):
                done = self.expect(64, *words)
                self.assertIn("usage:", done.stderr)
                self.assertEqual(done.stdout, "")

    def test_a_folder_that_is_not_there_or_holds_no_tests_is_an_error(self):
        self.expect(66, "cel", self.folder / "missing")
        self.expect(65, "cel", self.folder)
        self.expect(65, "match", self.folder)
        self.write([])
        self.expect(65, "cel", self.folder)
        self.write([], key="scenarios")
        self.expect(65, "match", self.folder)
        self.expect(65, "unknown", self.folder)  # no tests, but scenarios
        (self.folder / "own.json").write_text("{", encoding="utf-8")
        self.expect(65, "cel", self.folder)
        self.expect(65, "match", self.folder)

    def test_two_tests_of_one_id_are_an_error(self):
        self.expect(65, "cel", self.write(TESTS + TESTS[:1]))

    def test_values_errors_and_types_are_compared(self):
        done = self.expect(1, "cel", self.write(TESTS))
        self.assertEqual(self.last(done), "4 passed, 1 failed, 2 skipped")
        self.assertIn("FAILED own/wrong\n  asked    1 + 1\n  expected int:3\n  got      int:2\n", done.stdout)
        self.assertIn("core: 4 of 5 passed, 1 failed, 0 expected to fail\n", done.stdout)
        self.assertIn("skipped 1: protocol buffers\n", done.stdout)
        self.assertIn("skipped 1: extension block\n", done.stdout)

    def test_an_error_that_does_not_come_is_a_failure(self):
        done = self.expect(1, "cel", self.write([cel("fine", "1 + 1")]))
        self.assertIn("expected an error", done.stdout)
        done = self.expect(1, "cel", self.write([TESTS[3] | {"expected": {"typed_result": {"value": None, "type": "list(string)"}}, "check_only": True}]))
        self.assertIn("of type list(int)", done.stdout)

    def test_a_value_that_cannot_be_read_is_a_failure(self):
        self.expect(1, "cel", self.write([cel("odd", "1", {"colour": "red"})]))

    def test_only_what_is_asked_for_is_run(self):
        folder = self.write(TESTS)
        self.assertEqual(self.last(self.expect(0, "cel", folder, "--filter", "own/s")), "1 passed, 0 failed, 0 skipped")
        done = self.expect(3, "cel", folder, "--filter=nothing of this name")
        self.assertEqual(self.last(done), "0 passed, 0 failed, 0 skipped")
        self.assertEqual(self.last(self.expect(3, "cel", folder, "--filter", "message")), "0 passed, 0 failed, 1 skipped")

    def test_a_listed_failure_is_expected(self):
        listed = self.listed("# known\nown/wrong  counts otherwise  # not yet\n\n")
        done = self.expect(0, "cel", self.write(TESTS), "--expected-failures", listed)
        self.assertEqual(self.last(done), "4 passed, 0 failed, 2 skipped")
        self.assertIn("1 failures were expected\n", done.stdout)
        self.assertNotIn("FAILED", done.stdout)

    def test_a_listed_test_that_passes_is_missing_or_skipped_is_a_failure(self):
        folder = self.write(TESTS)
        for name, said in (("own/sum", "passes, but is listed"), ("own/none", "there is no such test"), ("own/message", "was skipped")):
            with self.subTest(name=name):
                done = self.expect(1, "cel", folder, "--expected-failures", self.listed(f"own/wrong why\n{name} why\n"))
                self.assertIn(said, done.stdout)
                self.assertIn(", 1 failed,", self.last(done))
        # What the filter leaves out is not missing.
        self.expect(0, "cel", folder, "--filter", "sum", "--expected-failures", self.listed("own/wrong why\n"))

    def test_a_list_that_cannot_be_read_is_an_error(self):
        folder = self.write(TESTS)
        self.expect(66, "cel", folder, "--expected-failures", self.folder / "none.txt")
        self.expect(65, "cel", folder, "--expected-failures", self.listed("own/wrong\n"))
        self.expect(65, "cel", folder, "--expected-failures", self.listed("own/wrong a\nown/wrong b\n"))

    def test_unknown_sets_are_compared(self):
        tests = [
            {"id": "own/open", "expr": "a || b", "known": {"a": {"bool": False}}, "unknown": ["b"], "expected": {"unknown": ["b"]}},
            {"id": "own/closed", "expr": "a || b", "known": {"a": {"bool": True}}, "unknown": ["b"], "expected": {"value": {"bool": True}}},
            {"id": "own/wrong", "expr": "a || b", "known": {"a": {"bool": False}}, "unknown": ["b"], "expected": {"unknown": ["a", "b"]}},
        ]
        done = self.expect(1, "unknown", self.write(tests))
        self.assertEqual(self.last(done), "2 passed, 1 failed, 0 skipped")
        self.assertIn("expected unknown{a, b}\n  got      unknown{b}\n", done.stdout)

    def test_rows_of_patterns_are_projected_and_compared(self):
        done = self.expect(0, "match", self.write(SCENARIOS, key="scenarios"))
        self.assertEqual(self.last(done), f"{len(SCENARIOS)} passed, 0 failed, 0 skipped")

    def test_other_rows_are_a_failure(self):
        for wrong in (
            scenario("more", "(n:A)", "n", ["n"], [[NODE_A], [NODE_A]]),
            scenario("fewer", "(n)", "n", ["n"], [[NODE_A]]),
            scenario("count", "(n)", "count(*)", ["count(*)"], [[{"int": "2"}]]),
            scenario("refused", "(n)-[n]->()", "n", ["n"], []),
            refused("accepted", "(n)"),
            refused("length", "p = (n)", returned="length(p)"),
        ):
            with self.subTest(scenario=wrong["id"]):
                done = self.expect(1, "match", self.write([wrong], key="scenarios"))
                self.assertIn("FAILED " + wrong["id"], done.stdout)

    def test_what_is_no_linear_pattern_is_skipped_with_the_reason(self):
        for other, reason in (
            (scenario("two", "(n), (m)", "n", ["n"], [], linear=False), "more than one linear pattern"),
            (scenario("where", "(n)", "n", ["n"], []) | {"query": "MATCH (n) WHERE n.x = 1 RETURN n"}, "a condition that is not CEL"),
            (scenario("limit", "(n)", "n LIMIT 1", ["n"], []), "LIMIT"),
            (scenario("sum", "(n)", "n.x + 1", ["n.x + 1"], []), "an expression in RETURN"),
            (scenario("type", "(n {name: 5})", "n", ["n"], []), "a value of another type"),
            (refused("sum", "(n)", returned="n.x + 1"), "an error behind the pattern"),
            (refused("where", "(n)", where=" WHERE count(n) > 1"), "an error behind the pattern"),
        ):
            with self.subTest(scenario=other["id"]):
                done = self.expect(3, "match", self.write([other], key="scenarios"))
                self.assertIn("skipped 1: ", done.stdout)
                self.assertIn(reason, done.stdout)


if __name__ == "__main__":
    unittest.main()
