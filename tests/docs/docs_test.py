"""What the documentation shows is run: every block after `<!-- run: FILE -->` goes through the command, and so does every
other block that is a whole file of ours."""
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import console
import report_page
import schema_page

ROOT = pathlib.Path(__file__).resolve().parents[2]
ERAUDIT = os.environ.get("ERAUDIT", str(ROOT / "build/release/examples/cli/eraudit"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
BLOCK = re.compile(r"^<!-- run: (\S+) -->\n```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


WHOLE = re.compile(r"eraudit: (network|schema|rates|mapping)/1\n|rule: ")


def blocks(page):
    """File name and content of every block that can be run."""
    text = page.read_text(encoding="utf-8")
    marked = [(name, content) for name, _, content in BLOCK.findall(text)]
    contents = {content for _, content in marked}
    others = [content for language, content in FENCE.findall(text) if language == "yaml" and content not in contents]
    whole = [content for content in others if WHOLE.match(content)]
    return marked + [(f"block-{number}.yaml", content) for number, content in enumerate(whole, 1)]


def badly_described(fields):
    """Fields that nothing is said of, and those that may be missing without a word on when."""
    return [
        path
        for path, field, always in fields
        if not re.match(r"[A-Z`0-9].*\.$", field.get("description", ""))
        or not (always or re.search(r"\b(Only|Missing)\b", field["description"]))
    ]


def page_id(page):
    return str(page.relative_to(ROOT))


class Docs(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_command(self, *words):
        return subprocess.run(
            [ERAUDIT, *map(str, words)], cwd=self.folder, capture_output=True, text=True, timeout=120, check=False
        )

    def expect(self, code, *words):
        done = self.run_command(*words)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def write_all(self, page):
        for name, content in blocks(page):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self.assertFalse(path.exists(), f"{page_id(page)}: {name} stands there twice")
            path.write_text(content, encoding="utf-8")

    def test_every_marked_block_is_valid(self):
        run = collections.Counter()
        for page in PAGES:
            if not blocks(page):
                continue
            with self.subTest(page=page_id(page)), tempfile.TemporaryDirectory() as folder:
                self.folder = pathlib.Path(folder)
                self.write_all(page)
                for name, _ in blocks(page):
                    run[page_id(page)] += 1
                    path = pathlib.PurePath(name)
                    if name.endswith(".test.yaml"):
                        done = self.expect(0, "rules", "test", "--rules", name.replace(".test.yaml", ".yaml"))
                        self.assertNotIn("gap:", done.stdout)
                        self.assertNotIn("\n0 passed", "\n" + done.stdout)
                    elif path.parent.name == "tables":
                        self.expect(0, "validate", path.parent.parent)
                    elif path.name == "pack.yaml" or path.suffix == ".csv":
                        self.expect(0, "validate", path.parent)
                    else:
                        self.expect(0, "validate", name)
        self.assertGreaterEqual(sum(run.values()), 15)
        self.assertIn("README.md", run)
        for page in ("rules", "patterns", "expressions"):
            self.assertIn(f"docs/reference/{page}.md", run)

    def test_the_readme_does_what_it_says(self):
        self.write_all(ROOT / "README.md")
        done = self.expect(1, "check", "network.yaml")
        self.assertIn("np-24", done.stdout)
        self.assertIn("indicator present", done.stdout)
        self.expect(0, "explain", "recruitment-fees.worker-paid", "np-24", "network.yaml")
        self.assertIn("Cohort.", self.expect(0, "ask", "network.yaml").stdout)
        done = self.expect(1, "check", "network.yaml", "--rules", "long-hours.yaml")
        self.assertIn("66 hours a week", done.stdout)
        self.assertIn("draft", done.stdout)
        self.assertIn("What it lacks", self.expect(0, "rules", "show", "my.long-hours", "--rules", "long-hours.yaml").stdout)

    def test_consoles_show_what_comes_out(self):
        run = 0
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            if "```console" not in text:
                continue
            with self.subTest(page=page_id(page)), tempfile.TemporaryDirectory() as folder:
                wrong, count = console.run_page(text, folder, ERAUDIT, ROOT)
                run += count
                told = "".join(f"\n$ {command}\n--- the page says\n{expected}\n--- it says\n{said}" for command, expected, said in wrong)
                self.assertEqual(wrong, [], told)
        self.assertGreaterEqual(run, 30)

    def test_a_console_that_lies_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            wrong, count = console.run_page("```console\n$ echo yes\nno\n```\n", folder, ERAUDIT, ROOT)
        self.assertEqual((len(wrong), count), (1, 1))

    def test_the_readme_shows_the_example_program(self):
        program = (ROOT / "examples/embed/main.cpp").read_text(encoding="utf-8")
        region = re.search(r"^ *// \[embed\]\n(.*?)^ *// \[embed\]$", program, re.MULTILINE | re.DOTALL).group(1)
        lines = [line[2:] if line.startswith("  ") else line for line in region.splitlines()]
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        shown = [content for language, content in FENCE.findall(readme) if language == "cpp"]
        self.assertEqual(len(shown), 1)
        first, _, rest = shown[0].partition("\n")
        self.assertEqual(first, "// from examples/embed/main.cpp")
        self.assertEqual(rest.splitlines(), lines)

    def limits_of(self, header):
        text = (ROOT / "libaudit/eraudit" / header).read_text(encoding="utf-8")
        found = {}
        for name, value in re.findall(r"^  std::\w+ (\w+) = ([^;]+);", text, re.MULTILINE):
            self.assertRegex(value, r"^[0-9' ul<*]+$")
            found[name] = eval(re.sub(r"[ul']", "", value), {"__builtins__": {}})  # pylint: disable=eval-used
        self.assertEqual(len(found), len(re.findall(r"^  [\w:]+ \w+ = ", text, re.MULTILINE)))
        return found

    def test_limits_are_those_of_the_library(self):
        page = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
        general, workbooks = page.split("## Workbooks")
        for part, header, at_least in ((general, "core/limits.hpp", 20), (workbooks, "import/workbook_limits.hpp", 9)):
            with self.subTest(header=header):
                limits = self.limits_of(header)
                self.assertGreaterEqual(len(limits), at_least)
                shown = {name: int(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", part, re.MULTILINE)}
                self.assertEqual(shown, limits)

    def test_limits_of_patterns_are_those_of_the_library(self):
        header = (ROOT / "libaudit/eraudit/pattern/syntax.hpp").read_text(encoding="utf-8")
        body = re.search(r"struct PatternLimits \{(.*?)\n\};", header, re.DOTALL).group(1)
        members = {name: int(value.replace("'", "")) for name, value in re.findall(r"^  std::\w+ (\w+) = ([\d']+);", body, re.MULTILINE)}
        self.assertGreater(len(members), 4)
        page = (ROOT / "docs/limits.md").read_text(encoding="utf-8").partition("## Patterns")[2]
        shown = {name: int(value) for name, value in re.findall(r"^\| `pattern (\w+)` \| (\d+) \|", page, re.MULTILINE)}
        self.assertEqual(shown, members)

    def test_keys_of_rule_files_are_all_described(self):
        reader = (ROOT / "libaudit/eraudit/rules/read_rule.cpp").read_text(encoding="utf-8")
        keys = re.search(r"file_keys = \{(.*?)\};", reader, re.DOTALL).group(1)
        page = (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8")
        for key in re.findall(r'"(\w+)"', keys):
            self.assertRegex(page, rf"\n\| [^|]*`{key}`", key)

    def test_the_fields_of_the_report_are_those_of_its_schema(self):
        current = report_page.PAGE.read_text(encoding="utf-8")
        made = report_page.page(current, report_page.SCHEMA.read_text(encoding="utf-8"))
        self.assertEqual(made, current, "tests/docs/report_page.py --write")

    def test_every_field_of_the_report_is_described(self):
        schema = json.loads(report_page.SCHEMA.read_text(encoding="utf-8"))
        fields = list(report_page.all_fields(schema))
        self.assertGreater(len(fields), 150)
        self.assertEqual(badly_described(fields), [])

    def test_a_field_that_is_not_described_is_noticed(self):
        schema = json.loads(report_page.SCHEMA.read_text(encoding="utf-8"))
        finding = schema["properties"]["findings"]["items"]["properties"]
        del finding["severity"]["properties"]["low"]["description"]
        finding["error"]["description"] = "Why the rule could not run."
        schema["definitions"]["texts"]["additionalProperties"] = {"type": "string"}
        schema["properties"]["labels"]["patternProperties"]["^[a-z_]+$"]["description"] = "no sentence"
        self.assertEqual(
            badly_described(report_page.all_fields(schema)), ["labels.*", "findings[].severity.low", "findings[].error", "texts.*"]
        )

    def test_every_field_of_a_report_stands_on_its_page(self):
        sample = ROOT / "examples/networks/gloves-np-my"
        self.expect(1, "check", sample, "--rates", sample / "rates.yaml", "--quiet", "--format", "json=report.json")
        report = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        page = report_page.PAGE.read_text(encoding="utf-8")
        schema = json.loads(report_page.SCHEMA.read_text(encoding="utf-8"))
        seen = set(report_page.fields_in(report, schema))
        self.assertGreater(len(seen), 120)
        for field in sorted(seen):
            self.assertIn(f"\n| `{field}`", page)

    def test_the_page_of_the_schema_is_that_of_the_file(self):
        made = schema_page.page(schema_page.SCHEMA.read_text(encoding="utf-8"))
        self.assertEqual(made, schema_page.PAGE.read_text(encoding="utf-8"), "tests/docs/schema_page.py --write")

    def test_links_lead_somewhere(self):
        for page in PAGES:
            for target in LINK.findall(page.read_text(encoding="utf-8")):
                if "://" not in target:
                    self.assertTrue((page.parent / target).exists(), f"{page_id(page)}: {target}")


if __name__ == "__main__":
    unittest.main()
