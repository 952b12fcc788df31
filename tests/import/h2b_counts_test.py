"""Counts of the real H-2B recruiter table, made without the library.

The rule for names is written here a second time, from its description in docs/how-to/import.md. With ERAUDIT set to the
command, its import report must give the same numbers.
"""
import collections
import csv
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("ERAUDIT_SHARED", ROOT.parent / "shared"))
TABLE = SHARED / "data/real/us-dol-h2/derived/h2b_fy2021_recruiters.csv"
MAPPING = ROOT / "examples/networks/us-h2b/mapping.yaml"

FILLERS = {"n/a", "na", "none", "-"}
FORMS = """and co|and company|bhd|co|company|corp|corporation|doo|eirl|gmbh|inc|incorporated|limited|llc|llp|ltd|ltda|plc
private limited|pte ltd|pvt limited|pvt ltd|s de rl|s de rl de cv|sa|sa de cv|sapi de cv|sarl|sas|sdn bhd|spa|srl"""
# Letter by letter, blanks between any of them; longest first.
ENDING = re.compile(
    "(?<=.) (?:%s)$" % "|".join(
        " ?".join(form.replace(" ", ""))
        for form in sorted(re.split(r"[|\n]", FORMS), key=lambda form: -len(form.replace(" ", "")))))


@functools.cache
def normal_name(text):
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).replace("&", " and ")
    text = " ".join(re.findall("[a-z0-9]+", text))
    while True:
        shorter = ENDING.sub("", text)
        if shorter == text:
            return text
        text = shorter


class Counts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not TABLE.exists():
            if os.environ.get("ERAUDIT_SHARED_REQUIRED"):
                raise FileNotFoundError(TABLE)
            raise unittest.SkipTest(f"no outside data: {TABLE}")
        with open(TABLE, newline="", encoding="utf-8") as file:
            cls.rows = list(csv.DictReader(file))
        cls.agencies = [row["RECRUITER_EMPLOYER_NAME"] for row in cls.rows]
        cls.named = [name for name in cls.agencies if name.strip() and name.strip().lower() not in FILLERS]

    def test_the_rule_for_names(self):
        self.assertEqual(normal_name("Asesores Consulares Integrales S.A. de C.V."), "asesores consulares integrales")
        self.assertEqual(normal_name("MIKE'S AGENCY INC S.R.L."), "mike s agency")
        self.assertEqual(normal_name("LLS Visa Electronica S. de R.L. de "), "lls visa electronica s de r l de")
        self.assertEqual(normal_name("J&H Business Centre "), "j and h business centre")
        self.assertEqual(normal_name("Inc"), "inc")

    def test_rows_and_cases(self):
        self.assertEqual(len(self.rows), 44434)
        self.assertEqual(len({row["CASE_NUMBER"] for row in self.rows}), 4185)
        self.assertEqual(len({row["RECRUITER_PERSON_ID"] for row in self.rows}), 847)
        # Two rows differ from others in nothing but how they say that they say nothing.
        said = {tuple("" if value.strip().lower() in FILLERS else value.strip() for value in row.values()) for row in self.rows}
        self.assertEqual(len(said), 44432)

    def test_agencies(self):
        self.assertEqual(len({name for name in self.agencies if name}), 288)
        self.assertEqual(len({name for name in self.named}), 286)
        self.assertEqual(len(self.rows) - len(self.named), 232)
        self.assertEqual(len({normal_name(name) for name in self.named}), 196)
        without = [name for name in self.named if name not in ("N.A", "Unknown")]
        self.assertEqual(len({normal_name(name) for name in without}), 194)
        self.assertEqual(len(self.rows) - len(without), 234)

    def test_the_command_counts_the_same(self):
        command = os.environ.get("ERAUDIT")
        if not command:
            self.skipTest("ERAUDIT is not set")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([command, "import", "--map", MAPPING, TABLE, "-o", f"{folder}/network"], check=True,
                           stdout=subprocess.DEVNULL)
            report = json.loads(pathlib.Path(folder, "network/import-report.json").read_text(encoding="utf-8"))
        made = {entry["entry"]: entry for entry in report["nodes_made"]}
        kinds = {entry["kind"]: entry["count"] for entry in report["network"]["node_counts"]}
        inputs = {entry["table"]: entry for entry in report["inputs"]}
        self.assertEqual(inputs["recruiters"]["rows"], len(self.rows))
        self.assertEqual(made["agency"]["rows"], len(self.named))
        self.assertEqual(report["names"]["ids"], 196)
        self.assertEqual(kinds, {"JobOrder": 4185, "Recruitment": 44434, "Recruiter": 196 + 847})
        spellings = collections.defaultdict(set)
        for name in self.named:
            spellings[normal_name(name)].add(name.strip())
        expected = {"-".join(name.split()): texts for name, texts in spellings.items() if len(texts) > 1}
        merged = {entry["id"]: {text["text"] for text in entry["texts"]} for entry in report["names"]["merged"]}
        self.assertEqual(merged, expected)
        self.assertEqual(report["names"]["spellings"], sum(map(len, spellings.values())))

    def test_the_published_workbook(self):
        """The workbook itself, by pandas, and by the command through run.sh with cases and debarments."""
        try:
            import openpyxl  # noqa: F401
            import pandas
        except ImportError as missing:
            if os.environ.get("ERAUDIT_SHARED_REQUIRED"):
                raise
            self.skipTest(f"{missing.name} is not installed")
        folder = SHARED / "data/real/us-dol-h2"
        book = pandas.read_excel(folder / "H-2B_Appendix_C_FY2021.xlsx", dtype=str, keep_default_na=False)
        agencies = {normal_name(name) for name in book["RECRUITER_EMPLOYER_NAME"]
                    if name.strip() and name.strip().lower() not in FILLERS}
        self.assertEqual((len(book), book["CASE_NUMBER"].nunique(), len(agencies)), (44434, 4185, 196))
        cases = pandas.read_excel(folder / "H-2B_Disclosure_Data_FY2019.xlsx", dtype=str, keep_default_na=False)
        self.assertEqual((len(cases), cases["CASE_NUMBER"].nunique()), (9236, 9236))
        self.assertFalse(set(cases["CASE_NUMBER"]) & set(book["CASE_NUMBER"]))
        command = os.environ.get("ERAUDIT")
        if not command:
            self.skipTest("ERAUDIT is not set")
        for year, recruiters, extra in (
                ("FY2021", folder / "H-2B_Appendix_C_FY2021.xlsx",
                 ["--cases", folder / "H-2B_Disclosure_Data_FY2019.xlsx", "--debarments",
                  folder / "debarments/debarments-2010-2014.csv"]),
                ("FY2010", folder / "H-2B_Appendix_C_FY2021.xlsx", ["--cases", folder / "H-2B_FY2010.xlsx"])):
            with self.subTest(year), tempfile.TemporaryDirectory() as out:
                ran = subprocess.run([MAPPING.parent / "run.sh", "--recruiters", recruiters, *extra, "--out", out],
                                     stdout=subprocess.DEVNULL, check=False)
                self.assertIn(ran.returncode, (0, 1))
                report = json.loads(pathlib.Path(out, "network/import-report.json").read_text(encoding="utf-8"))
                inputs = {entry["table"]: entry for entry in report["inputs"]}
                kinds = {entry["kind"]: entry["count"] for entry in report["network"]["node_counts"]}
                self.assertEqual(inputs["recruiters"]["rows"], len(book))
                self.assertEqual(kinds["Recruitment"], len(book))
                if year == "FY2021":
                    self.assertEqual(kinds["JobOrder"], 4185 + 9236)
                    self.assertEqual(inputs["debarments"]["rows"], 141)
                self.assertTrue(pathlib.Path(out, "report.json").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
