"""The sample as a workbook and CSV files, as its users run it: imported, checked, and judged as the network is."""
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from support import ERAUDIT, ROOT, SAMPLE, CommandTest

TABLES = ROOT / "examples" / "networks" / "gloves-np-my-tables"


def python_with(module):
    """A Python that has the module: this one, or the system's beside it; or nothing."""
    for python in (sys.executable, "/usr/bin/python3"):
        if pathlib.Path(python).exists():
            if subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
                return python
    return None


class SampleTables(CommandTest):
    def run_example(self, *words):
        environment = dict(os.environ, ERAUDIT=ERAUDIT)
        return subprocess.run(["sh", str(TABLES / "run.sh"), *words], cwd=self.folder, env=environment, capture_output=True, text=True,
                              timeout=300, check=False)

    def findings(self, name):
        with open(self.folder / "out" / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            return {(row["rule"], row["subject"]): (row["verdict"], row["severity_low"], row["severity_high"], row["message"], row["rests_on"])
                    for row in csv.DictReader(file)}

    def test_both_give_the_same_findings_and_questions(self):
        done = self.run_example("--out", "out")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
        native, tables = self.findings("native"), self.findings("tables")
        self.assertGreaterEqual(len(native), 10)
        self.assertEqual(tables, native)
        reports = [json.loads((self.folder / "out" / f"{name}.json").read_text(encoding="utf-8")) for name in ("native", "tables")]
        for part in ("totals", "network", "asks"):
            self.assertEqual(re.sub(r'"(file|line)": [^,}]*', "", json.dumps(reports[1][part])),
                             re.sub(r'"(file|line)": [^,}]*', "", json.dumps(reports[0][part])), part)

    def test_both_agree_before_the_wage_rose(self):
        done = self.run_example("--out", "out", "--as-of", "2024-12-31")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(self.findings("tables"), self.findings("native"))

    def test_a_difference_is_told(self):
        copy = self.folder / "networks"
        shutil.copytree(TABLES, copy / TABLES.name)
        shutil.copytree(SAMPLE, copy / SAMPLE.name)
        interviews = copy / TABLES.name / "tables" / "interviews-np.csv"
        interviews.write_text(interviews.read_text(encoding="utf-8").replace("1,45,000 Rs", "0"), encoding="utf-8")
        environment = dict(os.environ, ERAUDIT=ERAUDIT)
        done = subprocess.run(["sh", str(copy / TABLES.name / "run.sh"), "--out", "out"], cwd=self.folder, env=environment,
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 65, done.stdout + done.stderr)
        self.assertIn("findings.csv differs", done.stderr)

    def test_the_noise_is_reported(self):
        done = self.expect(0, "import", "--map", TABLES / "mapping.yaml", *sorted((TABLES / "tables").iterdir()), "-o", "network")
        report = json.loads((self.folder / "network" / "import-report.json").read_text(encoding="utf-8"))
        skipped = {one["why"]: one["count"] for one in report["rows"]["skipped"]}
        self.assertEqual(skipped["it adds up other rows"], 5)
        self.assertEqual(skipped["it is the header once more"], 1)
        self.assertEqual(skipped["skip_if: repeat > 1"], 1)
        self.assertGreaterEqual(skipped["it stands above the header"], 20)
        self.assertGreaterEqual(skipped["all of it is empty"], 10)
        inputs = {}
        for one in report["inputs"]:
            inputs[pathlib.Path(one["path"]).name + ("!" + one["sheet"] if one.get("sheet") else "")] = one
        self.assertEqual(inputs["licences-np.csv"]["encoding"], "windows-1252")
        self.assertEqual(inputs["licences-np.csv"]["delimiter"], "semicolon")
        self.assertEqual(inputs["recruitment.xlsx!Supply chain"]["header_rows"], 2)
        self.assertEqual(inputs["recruitment.xlsx!Payroll NP"]["merged_areas"], 2)
        self.assertIn("Agency list 2024", inputs["recruitment.xlsx!Payroll NP"]["hidden_sheets"])
        groups = {one["table"]: (one["rows"], one["groups"], one["smallest"]) for one in report["groups"]}
        self.assertEqual(groups["payroll_np"], (84, 2, 36))
        self.assertEqual(groups["payroll_others"], (759, 4, 9))
        self.assertEqual(groups["interviews_np"], (12, 1, 12))
        fillers = {one["name"]: one.get("fillers") for one in report["columns"]}
        self.assertTrue(fillers["interviews_np.fee"])
        self.assertIn("skipped: 1: it is the header once more", done.stdout)

    def test_a_name_that_nobody_knows_is_told_and_not_dropped(self):
        shutil.copytree(TABLES, self.folder / "copy")
        links = self.folder / "copy/tables/links.csv"
        links.write_text(links.read_text(encoding="utf-8").replace("Agensi Pekerjaan K", "Agensi Pekerjaan L", 1), encoding="utf-8")
        done = self.expect(65, "import", "--map", "copy/mapping.yaml", *sorted((self.folder / "copy/tables").iterdir()), "-o", "network")
        self.assertIn("links.csv:2:43: error: to: the table 'ids' has no row for 'agensi pekerjaan l' [import-no-partner]", done.stderr)
        self.assertFalse((self.folder / "network").exists())

    def test_mistakes_of_a_mapping_are_told_with_what_is_near(self):
        mapping = (TABLES / "mapping.yaml").read_text(encoding="utf-8")
        shutil.copytree(TABLES, self.folder / "copy")
        for written, instead, said in (
            ("sheet: Contracts", "sheet: Contract", "help: did you mean 'Contracts'?"),
            ("Autres graphies", "Autre graphie", "the nearest is 'licences_np', for which 'Autre graphie' is missing"),
            ("header: Cost of leaving early", "header: Cost of leaving earlier", "no header is 'Cost of leaving earlier'"),
            ("header: Lent on (B.S.), date: YYYY-MM-DD, calendar: bikram-sambat", "header: Lent on (B.S.), date: YYYY-MM-DD",
             "in the calendar bikram-sambat this is 2024-02-15"),
            ("calendar: bikram-sambat", "calendar: bikram-samvat", "help: did you mean 'bikram-sambat'?"),
            ("header: Fee paid, money: {currency: NPR, format: indian}", "header: Fee paid, money: {format: indian}",
             "'1,45,000 Rs' does not say which currency: 'rs' may be INR, LKR, MUR, NPR, PKR, SCR"),
            ("ref: interviews-may", "ref: interviews-june", "'interviews-may' is no source of the mapping"),
            ("encoding: windows-1252", "encoding: utf-8", "it may be 'licences_np', but is not of the encoding that the mapping says it has"),
        ):
            with self.subTest(instead):
                self.assertIn(written, mapping)
                self.write("copy/mapping.yaml", mapping.replace(written, instead))
                done = self.expect(65, "import", "--map", "copy/mapping.yaml", *sorted((TABLES / "tables").iterdir()), "-o", "network")
                self.assertIn(said, done.stderr)
        self.write("copy/mapping.yaml", mapping)
        files = [path for path in sorted((TABLES / "tables").iterdir()) if path.name != "loans.csv"]
        done = self.expect(65, "import", "--map", "copy/mapping.yaml", *files, "-o", "network")
        self.assertIn("no file was named for the table 'loans'", done.stderr)
        self.expect(66, "import", "--map", "copy/mapping.yaml", *files, "loan.csv", "-o", "network")
        self.assertFalse((self.folder / "network").exists())

    def test_a_first_mapping_of_each_file_imports_as_it_is(self):
        for path in sorted((TABLES / "tables").iterdir()):
            with self.subTest(path.name):
                guessed = self.expect(0, "import", "--guess", path)
                self.assertEqual(guessed.stderr, "")
                self.assertIn("TODO", guessed.stdout)
                self.write("map.yaml", guessed.stdout)
                self.expect(0, "import", "--map", "map.yaml", path, "-o", "network", "--force")
                nodes = json.loads((self.folder / "network/import-report.json").read_text(encoding="utf-8"))["network"]["node_counts"]
                self.assertTrue(nodes)

    def test_workers_are_numbers_that_do_not_come_through(self):
        self.expect(0, "import", "--map", TABLES / "mapping.yaml", *sorted((TABLES / "tables").iterdir()), "-o", "network")
        written = "".join(path.read_text(encoding="utf-8") for path in (self.folder / "network").iterdir())
        for worker in ("NP24001", "BDPUB030", "N12", "B06"):
            self.assertNotIn(f'"{worker}"', written)
            self.assertNotIn(worker + ",", written)

    def test_the_tables_are_those_that_the_script_makes(self):
        python = python_with("openpyxl")
        if python is None:
            self.skipTest("needs openpyxl")
        subprocess.run([python, TABLES / "make_tables.py", self.folder / "one"], check=True)
        subprocess.run([python, TABLES / "make_tables.py", self.folder / "two"], check=True)
        kept = sorted(path.name for path in (TABLES / "tables").iterdir())
        self.assertEqual(sorted(path.name for path in (self.folder / "one").iterdir()), kept)
        for name in kept:
            made = (self.folder / "one" / name).read_bytes()
            self.assertEqual(made, (self.folder / "two" / name).read_bytes(), f"{name} is not the same twice")
            if not name.endswith(".xlsx"):
                self.assertEqual(made, (TABLES / "tables" / name).read_bytes(), name)
        # Programs differ in how they pack and write a workbook; what it says must not.
        listing = subprocess.run([python, "-c", LIST_CELLS, self.folder / "one/recruitment.xlsx", TABLES / "tables/recruitment.xlsx"],
                                 capture_output=True, text=True, check=False)
        self.assertEqual(listing.returncode, 0, listing.stdout + listing.stderr)


LIST_CELLS = """
import sys, openpyxl
def content(path):
    book = openpyxl.load_workbook(path)
    return [(sheet.title, sheet.sheet_state, sorted(str(area) for area in sheet.merged_cells.ranges),
             [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]) for sheet in book]
for a, b in zip(content(sys.argv[1]), content(sys.argv[2]), strict=True):
    if a != b:
        sys.exit(f'sheet {a[0]} differs: run make_tables.py')
"""


if __name__ == "__main__":
    unittest.main()
