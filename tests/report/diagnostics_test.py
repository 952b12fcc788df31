"""The catalogue of diagnostics holds a text for every id that the code can emit, and for no other.

The ids are collected from the sources (diagnostic_ids.py says how). That this would see an id without a text is tried with
sources that have one.
"""

import os
import pathlib
import re
import sys
import unittest

import diagnostic_ids
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/docs"))
import diagnostics_page  # noqa: E402  pylint: disable=wrong-import-position

# Tests that make up ids of their own.
OWN_IDS = [ROOT / "tests/report/diagnostics_test.py", ROOT / "tests/core/diagnostic_test.cpp"]
# Errors in one place, warnings in another.
BOTH = {"yaml-colon"}

# Of messages as they are printed: "file:3:1: error: what is wrong [the-id]".
PRINTED = re.compile(r"(?:error|warning): [^\n\"]* \[([a-z]+(?:-[a-z0-9]+)+)\]")


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


class Diagnostics(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.sources = diagnostic_ids.sources(ROOT)
        cls.text_keys = diagnostic_ids.text_keys(read("rules/texts/report.yaml"))
        cls.emitted = diagnostic_ids.collect(cls.sources, cls.text_keys)
        cls.groups = diagnostic_ids.catalogue(read("rules/texts/diagnostics.yaml"))
        cls.texts = dict(entry for _, entries in cls.groups for entry in entries)

    def collect_with(self, path, code):
        """What is found when `code` stands at the end of a source file."""
        return diagnostic_ids.collect({**self.sources, path: self.sources.get(path, "") + code}, self.text_keys)

    def test_every_id_of_the_code_has_a_text_and_no_other_has_one(self):
        self.assertGreater(len(self.emitted), 300)
        without = {name: places[0] for name, places in self.emitted.items() if name not in self.texts}
        self.assertEqual(without, {}, "ids without a text in rules/texts/diagnostics.yaml")
        self.assertEqual(sorted(set(self.texts) - set(self.emitted)), [], "texts of ids that no code emits")

    def test_ids_that_tests_and_docs_print_are_in_the_catalogue(self):
        seen = set()
        files = [path for name in ("*.cpp", "*.py", "*.txt") for path in sorted((ROOT / "tests").rglob(name))]
        for path in [*files, *sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]:
            if path in OWN_IDS:
                continue
            found = set(PRINTED.findall(path.read_text(encoding="utf-8", errors="replace")))
            found = {name for name in found if name.split("-")[0] in diagnostic_ids.FAMILIES}
            self.assertEqual(found - set(self.texts), set(), path.relative_to(ROOT))
            seen |= found
        self.assertGreater(len(seen), 150)

    def test_a_new_id_is_seen(self):
        reader = "libaudit/eraudit/core/csv.cpp"
        found = self.collect_with(reader, 'void f() { error(at_, 1, "csv-no-such-thing", "words"); }')
        self.assertEqual(set(found) - set(self.emitted), {"csv-no-such-thing"})
        found = self.collect_with(reader, 'constexpr Problem problems[] = {{Kind::odd, "csv-odd", "words"}};')
        self.assertEqual(set(found) - set(self.emitted), {"csv-odd"})
        found = self.collect_with("examples/cli/new.cpp", 'd.error(file, "validate-odd", "words");')
        self.assertEqual(set(found) - set(self.emitted), {"validate-odd"})

    def test_a_new_local_name_is_seen(self):
        for family, path, code in (
            ("rule", "read_rule.cpp", 'reader_.error(root, "odd", "words");'),
            ("rule", "read_logic.cpp", 'reader_.error_inside(*root, f(1, "x,y"), 2, "odd-part", "words");'),
            ("table", "read_table.cpp", 'reader_.warn(node, // why\n "odd", "words");'),
            ("case", "cases.cpp", 'reader_.one_of(*node, {"a", "b"}, "bad-odd", "odd");'),
            ("vocabulary", "vocabulary.cpp", 'reader.error(map, "odd-entry", "words");'),
        ):
            with self.subTest(code=code):
                found = self.collect_with("libaudit/eraudit/rules/" + path, code)
                name = re.search(r'"((?:bad-)?odd[a-z-]*)"', code).group(1)
                self.assertEqual(set(found) - set(self.emitted), {f"{family}-{name}"})

    def test_a_shared_function_counts_for_who_calls_it(self):
        self.assertNotIn("pack-bad-date", self.emitted)
        found = self.collect_with("libaudit/eraudit/rules/load.cpp", 'reader.date(*since, "\'since\'");')
        self.assertEqual(set(found) - set(self.emitted), {"pack-bad-date"})

    def test_what_cannot_be_followed_is_refused(self):
        for path, code in (
            # A family that nobody has heard of.
            ("libaudit/eraudit/core/csv.cpp", 'error(at_, 1, "profile-odd", "words");'),
            # Put together.
            ("libaudit/eraudit/core/csv.cpp", 'error(at_, 1, "csv-" + name, "words");'),
            ("libaudit/eraudit/rules/read_rule.cpp", 'reader_.error(root, name, "words");'),
            ("libaudit/eraudit/rules/read_rule.cpp", 'reader_.error(root, "bad-" + name, "words");'),
            # A reader of a new family, or in a new file.
            ("libaudit/eraudit/rules/load.cpp", 'FileReader reader(document, "profile", limits);'),
            ("libaudit/eraudit/rules/profile.cpp", 'reader_.error(root, "odd", "words");'),
        ):
            with self.subTest(code=code), self.assertRaises(diagnostic_ids.Unreadable):
                self.collect_with(path, code)

    def test_comments_and_other_texts_are_no_ids(self):
        for code in (
            '// error(at, "csv-in-a-comment", "")\n',
            '/* "csv-in-a-comment" */',
            'auto text = "see csv-unclosed-quote and csv-not-an-id";',
            "auto big = 10'000; auto quote = '\"'; // \"csv-in-a-comment\"\n",
        ):
            with self.subTest(code=code):
                self.assertEqual(set(self.collect_with("libaudit/eraudit/core/csv.cpp", code)), set(self.emitted))

    def test_the_catalogue_is_in_order(self):
        document = yaml.safe_load(read("rules/texts/diagnostics.yaml"))
        self.assertEqual(document["diagnostics"], self.texts, "read in two ways")
        self.assertEqual(sum(len(entries) for _, entries in self.groups), len(self.texts), "an id stands there twice")
        families = []
        for title, entries in self.groups:
            names = [name for name, _ in entries]
            self.assertEqual(names, sorted(names), title)
            own = {name.split("-")[0] for name in names}
            self.assertEqual(len(own), 1, title)
            families += own
        self.assertEqual(len(set(families)), len(families), "a family stands in two groups")
        self.assertEqual(set(families), {name.split("-")[0] for name in self.emitted})

    def test_texts_are_one_to_three_sentences(self):
        for name, text in self.texts.items():
            plain = re.sub(r"`[^`]*`", "", text)
            sentences = len(re.findall(r"[.!?](?=\s|$)", plain))
            self.assertTrue(1 <= sentences <= 3, f"{name}: {sentences} sentences")
            self.assertNotRegex(plain, r"\b(must|should|simply|just|obviously|please|you failed|stupid)\b", name)
        for line in read("rules/texts/diagnostics.yaml").splitlines():
            self.assertLessEqual(len(line), 120, line)

    def test_warnings_say_that_they_are_warnings(self):
        calls = re.compile(r"\b(?:warn|warning|warning_at)\(")
        warned = set()
        for path, text in self.sources.items():
            code = diagnostic_ids.without_comments(text)
            for match in calls.finditer(code):
                for part in diagnostic_ids.arguments(code, match.end()):
                    for word in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', part):
                        warned |= {name for name in self.texts if name == word}
                        families = [f for f, files in diagnostic_ids.READERS.items() if path.endswith(tuple(files))]
                        if path == diagnostic_ids.SHARED:  # in the name of each of them
                            families = list(diagnostic_ids.READERS)
                        if path.startswith(diagnostic_ids.RULES):
                            warned |= {f"{family}-{word}" for family in families} & set(self.texts)
        # Made elsewhere than in a call.
        warned |= {"yaml-folded-item", "yaml-comment-in-text", "import-no-rows"}
        said = {name for name, text in self.texts.items() if text.startswith("A warning. ")}
        self.assertEqual(said, warned - BOTH)

    def test_every_text_of_the_engine_is_used(self):
        said = set()
        for path, text in self.sources.items():
            if path.startswith(("libaudit/eraudit/report/", "examples/cli/")):
                said |= {word for _, word in diagnostic_ids.literals(diagnostic_ids.without_comments(text))}
        # "relation-" + name, fmt::format("means-{}", name)
        begins = tuple(word.removesuffix("{}") for word in said if re.fullmatch(r"[a-z]+(-[a-z]+)*-(\{\})?", word))
        unused = {key for key in self.text_keys if key not in said and key.removesuffix("-one") not in said}
        self.assertEqual({key for key in unused if not key.startswith(begins)}, set())

    def test_the_page_is_made_of_the_catalogue(self):
        made = diagnostics_page.page(read("rules/texts/diagnostics.yaml"))
        if os.environ.get("UPDATE_GOLDEN"):
            diagnostics_page.PAGE.write_text(made, encoding="utf-8")
        self.assertEqual(
            diagnostics_page.PAGE.read_text(encoding="utf-8"),
            made,
            "run python3 tests/docs/diagnostics_page.py --write",
        )

    def test_the_page_has_every_id_under_a_heading_that_is_linked(self):
        page = diagnostics_page.PAGE.read_text(encoding="utf-8")
        self.assertEqual(re.findall(r"^\| `([a-z0-9-]+)` \| ", page, re.MULTILINE), list(self.texts))
        anchors = {diagnostics_page.anchor(title) for title in re.findall(r"^## (.*)$", page, re.MULTILINE)}
        self.assertEqual(set(re.findall(r"\]\(#([^)]*)\)", page)), anchors)
        # As many columns in every row, whatever the text holds.
        for line in page.splitlines():
            if line.startswith("| "):
                self.assertEqual(len(re.findall(r"(?<!\\)\|", line)), 3, line)


if __name__ == "__main__":
    unittest.main()
