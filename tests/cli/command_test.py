"""Exit codes, streams and mistakes of the command, as its users meet them."""
import os
import subprocess
import unittest

from support import ERAUDIT, SAMPLE, CommandTest

NETWORK = """\
eraudit: network/1
as_of: 2026-06-30
nodes:
  Recruiter: {sunrise: {country: NP, role: agency}}
  Cohort:    {np-24: {workers: 48, origin: NP, destination: MY, base_wage: 1500 MYR/month}}
edges:
  charged: [{from: sunrise, to: np-24, category: service-fee, amount: 145000 NPR, borne_by: worker}]
"""


class Formats(CommandTest):
    FORMATS = {"html": "<!DOCTYPE html>", "md": "# ", "csv": "\ufeffid,", "xml": "<?xml", "json": "{"}

    def test_each_goes_to_standard_output_or_a_file(self):
        network = self.write("network.yaml", NETWORK)
        for name, begin in self.FORMATS.items():
            with self.subTest(format=name):
                done = self.expect(1, "check", network, "--format", name)
                self.assertTrue(done.stdout.startswith(begin), done.stdout[:80])
                self.expect(1, "check", network, "--format", f"{name}=out.{name}", "--quiet")
                written = (self.folder / f"out.{name}").read_bytes().decode("utf-8")
                self.assertEqual(written.replace("\r\n", "\n"), done.stdout)

    def test_all_are_made_of_the_report(self):
        network = self.write("network.yaml", NETWORK)
        outputs = [word for name in self.FORMATS for word in ("--format", f"{name}=one.{name}")]
        self.expect(1, "check", network, "--lang", "fr", "--quiet", *outputs)
        for name in self.FORMATS:
            with self.subTest(format=name):
                self.expect(0, "report", "one.json", "--lang", "fr", "--format", f"{name}=two.{name}")
                self.assertEqual((self.folder / f"one.{name}").read_bytes(), (self.folder / f"two.{name}").read_bytes())

    def test_a_report_that_was_changed_is_refused(self):
        self.expect(1, "check", self.write("network.yaml", NETWORK), "--quiet", "--format", "json=report.json")
        report = self.folder / "report.json"
        report.write_text(report.read_text(encoding="utf-8").replace('"verdict": "fail"', '"verdict": "suspect"'), encoding="utf-8")
        done = self.expect(65, "report", "report.json", "--format", "html=report.html")
        self.assertIn("report.json:3:16: error:", done.stderr)
        self.assertIn("[report-digest]", done.stderr)
        self.assertFalse((self.folder / "report.html").exists())

    def test_what_is_no_report_is_refused(self):
        done = self.expect(65, "report", self.write("network.json", '{"eraudit": "network/1"}'), "--format", "html")
        self.assertIn("[report-form]", done.stderr)
        self.assertEqual(done.stdout, "")
        self.expect(66, "report", "nowhere.json", "--format", "html")
        self.expect(64, "report", "network.json")
        self.assertIn("one of: json, html, md, csv, xml", self.expect(64, "report", "x", "--format", "text").stderr)
        self.assertIn("one of: text, json, html, md, csv, xml", self.expect(64, "check", "x", "--format", "htm").stderr)
        self.assertIn("html=report.html", self.expect(64, "check", "x", "--format", "html=").stderr)


class Check(CommandTest):
    def test_a_finding_is_told_and_exits_1(self):
        done = self.expect(1, "check", self.write("network.yaml", NETWORK))
        self.assertIn("np-24", done.stdout)
        self.assertIn("indicator present", done.stdout)
        self.assertIn("recruitment-fees.worker-paid", done.stdout)

    def test_what_is_not_known_is_asked_and_never_passes(self):
        network = NETWORK.replace("amount: 145000 NPR, ", "")
        done = self.expect(0, "check", self.write("network.yaml", network), "--only", "recruitment-fees.worker-paid")
        self.assertIn("charged.amount", done.stdout)
        self.assertRegex(done.stdout, r"\? +1  not enough information")
        self.assertRegex(done.stdout, r"\. +0  not found in what was checked")
        self.assertIn("100.0 % of the verdicts that apply are undecided", done.stdout)

    def test_undecided_can_fail_a_run(self):
        network = self.write("network.yaml", NETWORK.replace("amount: 145000 NPR, ", ""))
        self.expect(2, "check", network, "--only", "recruitment-fees.worker-paid", "--allow-undecided", "50")

    def test_an_empty_network_exits_3(self):
        done = self.expect(3, "check", self.write("network.yaml", "eraudit: network/1\nas_of: 2026-06-30\n"))
        self.assertIn("nothing was checked", done.stderr)

    def test_a_selection_without_subjects_exits_3(self):
        network = self.write("network.yaml", NETWORK)
        done = self.expect(3, "check", network, "--only", "chain.no-agency-named")
        self.assertIn("no subject in this network", done.stdout)

    def test_severity_decides_the_exit_code(self):
        network = self.write("network.yaml", NETWORK.replace("category: service-fee", "category: medical"))
        self.expect(0, "check", network, "--only", "recruitment-fees.related-costs", "--fail-on", "high")

    def test_a_misspelt_attribute_is_placed_and_corrected(self):
        network = self.write("network.yaml", NETWORK.replace("workers: 48", "worker: 48"))
        done = self.expect(65, "check", network)
        self.assertRegex(done.stderr, r"network\.yaml:5:\d+: error: .*'worker'")
        self.assertIn("workers", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_a_misspelt_name_in_a_rule_is_placed_and_corrected(self):
        rule = self.write("mine.yaml", "rule: my.rule\nsubject: (c:Cohort)\nfail_if: c.worker > 3\nmessage: x\n")
        done = self.expect(65, "check", self.write("network.yaml", NETWORK), "--rules", rule)
        self.assertRegex(done.stderr, r"mine\.yaml:3:1\d: error: ")
        self.assertIn("workers", done.stderr)

    def test_a_rule_of_four_lines_runs_as_a_draft(self):
        rule = self.write("mine.yaml", "rule: my.rule\nsubject: (c:Cohort)\nfail_if: c.workers > 3\nmessage: too many\n")
        done = self.expect(1, "check", self.write("network.yaml", NETWORK), "--rules", rule)
        self.assertIn("too many", done.stdout)
        self.assertIn("draft", done.stdout)

    def test_a_missing_file_exits_66(self):
        done = self.expect(66, "check", "nowhere.yaml")
        self.assertIn("nowhere.yaml", done.stderr)

    def test_an_existing_file_is_not_replaced(self):
        network = self.write("network.yaml", NETWORK)
        report = self.write("report.json", "mine")
        self.expect(73, "check", network, "--format", "json=report.json")
        self.assertEqual(report.read_text(), "mine")
        self.expect(1, "check", network, "--format", "json=report.json", "--force")
        self.assertIn("eraudit:report/1", report.read_text())

    def test_a_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        network = self.write("network.yaml", NETWORK)
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([ERAUDIT, "check", network], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 73)

    def test_the_day_is_said_when_nobody_named_one(self):
        done = self.expect(1, "check", self.write("network.yaml", NETWORK.replace("as_of: 2026-06-30\n", "")))
        self.assertIn("(today", done.stderr)

    def test_words_typed_wrong_are_corrected(self):
        for words, nearest in (
            (("chek", "x"), "check"),
            (("check", "x", "--rule", "y"), "--rules"),
            (("check", "x", "--fail-on", "hgh"), "high"),
            (("check", "x", "--format", "jsn"), "json"),
            (("check", SAMPLE, "--lang", "de"), "en, fr, es"),
            (("check", "x", "--as-of", "30.6.2026"), "2026-06-30"),
            (("schema", "sho"), "show"),
            (("help", "yaml-duplicat-key"), "yaml-duplicate-key"),
        ):
            with self.subTest(words=words):
                if words[0] == "check" and "--as-of" in words:
                    words = ("check", self.write("network.yaml", NETWORK), *words[2:])
                done = self.expect(64, *words)
                self.assertIn(nearest, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_plain_output_has_no_escapes_and_fits_80_columns(self):
        done = self.run_command("check", SAMPLE, "--rates", SAMPLE / "rates.yaml")
        self.assertNotIn("\x1b", done.stdout)
        for line in done.stdout.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_a_language_that_only_the_rules_speak(self):
        network = self.write("network.yaml", NETWORK)
        rule = "rule: my.paid\nsubject: (c:Cohort)\nfail_if: c.workers > 0\nmessage: {en: workers, NE: कामदार, pt: gente}\n"
        rules = ("--rules", self.write("paid.yaml", rule))
        done = self.expect(1, "check", network, *rules, "--lang", "ne-np")
        self.assertIn("कामदार", done.stdout)
        self.assertIn("eraudit: language ne-NP: eraudit's own words are in en\n", done.stderr)
        done = self.expect(1, "check", network, *rules, "--lang", "pt-BR", "--format", "json=report.json", "--format", "text")
        self.assertIn("gente", done.stdout)
        # Some rules only: said once, and what is read instead.
        done = self.expect(1, "check", network, *rules, "--rules", "core", "--lang", "pt-BR")
        self.assertRegex(done.stderr, r"^eraudit: language pt-BR: 1 of \d+ rules have all their texts in it, others read in pt, else en; eraudit's own words are in en\n")
        self.assertEqual(done.stderr.count("language"), 1)
        self.assertIn("own words", self.expect(0, "rules", "list", *rules, "--lang", "ne").stderr)
        # The engine's own languages say what rules lack, too.
        self.assertIn("0 of 1 rules have all their texts in it, others read in en", self.expect(1, "check", network, *rules, "--lang", "fr").stderr)
        self.assertEqual(self.expect(1, "check", network, "--lang", "fr").stderr, "")
        # From the report as from the network.
        self.expect(0, "report", "report.json", "--format", "html=ne.html", "--lang", "ne")
        self.assertIn('<bdi lang="ne">कामदार</bdi>', (self.folder / "ne.html").read_text(encoding="utf-8"))
        for words in (("check", network, *rules), ("report", "report.json", "--format", "md"), ("rules", "list", *rules)):
            self.assertIn("one of: en, fr, es, ne, pt", self.expect(64, *words, "--lang", "bn").stderr)
        self.assertIn("write 'ne'", self.expect(64, "check", network, "--lang", "Nepali").stderr)
        self.assertIn("one of: en, fr, es", self.expect(64, "schema", "show", "Cohort", "--lang", "ne").stderr)
        farms = self.write("farms.yaml", "eraudit: schema/1\nname: farms\nextends: recruitment\nkinds: {Farm: {label: {en: Farm, ne: खेत}}}\n")
        self.assertIn("खेत", self.expect(0, "schema", "show", "Farm", "--schema", farms, "--lang", "ne").stdout)

    def test_new_rules_name_the_json_schema_beside_them(self):
        self.expect(0, "rules", "new", "max_amount", "my.first")
        self.assertNotIn("yaml-language-server", (self.folder / "my.first.yaml").read_text(encoding="utf-8"))
        self.write("own/rule.schema.json", self.expect(0, "rules", "schema").stdout)
        self.expect(0, "rules", "new", "max_amount", "my.second", "-o", "own/second.yaml")
        for name in ("own/second.yaml", "own/second.test.yaml"):
            self.assertEqual((self.folder / name).read_text(encoding="utf-8").splitlines()[0], "# yaml-language-server: $schema=rule.schema.json")
        self.expect(0, "rules", "test", "own/second.yaml")

    def test_french_and_spanish(self):
        network = self.write("network.yaml", NETWORK)
        self.assertIn("indicateur constaté", self.expect(1, "check", network, "--lang", "fr").stdout)
        self.assertIn("indicador constatado", self.expect(1, "check", network, "--lang", "es").stdout)


class Explain(CommandTest):
    def test_an_explanation_names_values_and_places(self):
        network = self.write("network.yaml", NETWORK)
        done = self.expect(0, "explain", "recruitment-fees.worker-paid", "np-24", network)
        self.assertIn("145000 NPR", done.stdout)
        self.assertIn("network.yaml:7", done.stdout)

    def test_an_open_verdict_says_what_would_be_enough_and_what_comes_later(self):
        network = self.write("network.yaml", "eraudit: network/1\nas_of: 2026-06-30\nnodes: {Cohort: {np-24: {}}}\n")
        rule = self.write(
            "mine.yaml",
            "rule: my.rule\nsubject: (c:Cohort)\nwhen: c.workers > 10\nfail_if: c.women > 3 || c.weekly_hours > 60.0\nmessage: x\n",
        )
        for language, enough, open_verdict, later in (
            ("en", "Would decide it, with some answers", "not applicable", "if this holds: c.workers > 10"),
            ("fr", "Trancheraient, avec certaines réponses", "sans objet", "si cela est vrai : c.workers > 10"),
            ("es", "Lo resolverían, con ciertas respuestas", "no aplicable", "si esto se cumple: c.workers > 10"),
        ):
            with self.subTest(language=language):
                done = self.expect(0, "explain", "my.rule", "np-24", network, "--rules", rule, "--lang", language)
                self.assertIn(f"\n{enough}\n    np-24.workers  ->  {open_verdict}\n", done.stdout)
                self.assertIn(later, done.stdout)

    def test_an_unknown_rule_or_subject_is_corrected(self):
        network = self.write("network.yaml", NETWORK)
        done = self.expect(64, "explain", "recruitment-fees.worker-payed", "np-24", network)
        self.assertIn("recruitment-fees.worker-paid", done.stderr)
        done = self.expect(64, "explain", "recruitment-fees.worker-paid", "np-42", network)
        self.assertIn("np-24", done.stderr)
        done = self.expect(64, "explain", "recruitment-fees.worker-paid", "sunrise", network)
        self.assertIn("Recruiter", done.stderr)


class Sample(CommandTest):
    def test_the_demo_needs_no_file(self):
        done = self.expect(0, "demo")
        self.assertIn("np-24", done.stdout)

    def test_the_demo_writes_files_to_play_with(self):
        self.expect(0, "demo", "--write", "sample")
        done = self.expect(1, "check", "sample", "--rates", "sample/rates.yaml")
        self.assertIn("np-24", done.stdout)
        self.expect(73, "demo", "--write", "sample")

    def test_no_all_clear_while_anything_is_open(self):
        done = self.run_command("check", SAMPLE, "--rates", SAMPLE / "rates.yaml")
        for word in ("no problem", "compliant", "all clear", "no forced"):
            self.assertNotIn(word, done.stdout.lower())

    def test_ask_lists_questions(self):
        done = self.expect(0, "ask", SAMPLE)
        self.assertIn("Cohort.fees", done.stdout)


class Validate(CommandTest):
    def test_each_form_is_recognised(self):
        self.expect(0, "validate", SAMPLE / "network.yaml", SAMPLE / "rates.yaml", self.write("network.yaml", NETWORK))
        self.expect(65, "validate", self.write("what.yaml", "a: 1\n"))
        bad = self.write("bad.yaml", NETWORK.replace("148", "148") + "edges: []\n")
        done = self.expect(65, "validate", bad)
        self.assertIn("yaml-duplicate-key", done.stderr)


class Rules(CommandTest):
    def test_the_shipped_cases_pass(self):
        done = self.expect(0, "rules", "test")
        self.assertIn(" 0 failed", done.stdout)
        self.assertNotIn("gap:", done.stdout)

    def test_rules_are_listed_and_shown(self):
        self.assertIn("recruitment-fees.worker-paid", self.expect(0, "rules", "list").stdout)
        self.assertIn("fail_if", self.expect(0, "rules", "show", "recruitment-fees.worker-paid").stdout)


class Help(CommandTest):
    def test_every_command_has_help(self):
        done = self.expect(0, "help")
        for name in ("check", "explain", "ask", "validate", "import", "rules", "schema", "demo", "help", "version"):
            self.assertIn(f"  {name}", done.stdout)
            self.assertIn(f"eraudit {name}", self.expect(0, "help", name).stdout)
            self.expect(0, name, "--help")

    def test_the_version(self):
        self.assertRegex(self.expect(0, "version").stdout, r"^eraudit \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
