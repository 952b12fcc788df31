"""eraudit rules new, test, lint and fmt, as those meet them who write rules."""
import re
import unittest

from support import CommandTest

STARTERS = ("differs", "listed", "max_amount", "must_have", "path_to", "valid_on")

RULE = """\
rule: my.long-hours
subject: (c:Cohort)
fail_if: c.weekly_hours > 60.0
message: too many
"""
CASES = """\
- case: far above and far below
  network: {nodes: {Cohort: {above: {weekly_hours: 80}, below: {weekly_hours: 40}}}}
  expect: [{subject: above, verdict: fail}, {subject: below, verdict: pass}]
"""


class New(CommandTest):
    def test_the_starters_are_listed(self):
        done = self.expect(0, "rules", "new")
        self.assertEqual(tuple(line.split()[0] for line in done.stdout.splitlines()), STARTERS)

    def test_each_is_written_tested_linted_and_laid_out(self):
        for starter in STARTERS:
            with self.subTest(starter=starter):
                rule = f"my.{starter.replace('_', '-')}"
                done = self.expect(0, "rules", "new", starter, rule)
                self.assertEqual(done.stdout, f"{rule}.yaml\n{rule}.test.yaml\n")
                done = self.expect(0, "rules", "test", "--rules", f"{rule}.yaml", "--mutate")
                self.assertNotIn("gap:", done.stdout)
                self.assertIn(" 0 failed", done.stdout)
                killed, total = map(int, re.search(r"^all +(\d+)/(\d+) killed", done.stdout, re.MULTILINE).groups())
                self.assertGreater(total, 1)
                self.assertEqual(killed, total, done.stdout)
                self.assertEqual(self.expect(0, "rules", "lint", f"{rule}.yaml").stdout, "0 findings\n")
                self.expect(0, "rules", "fmt", "--check", f"{rule}.yaml")
                self.assertIn(rule, self.expect(0, "rules", "show", rule, "--rules", f"{rule}.yaml").stdout)

    def test_nothing_is_replaced_without_leave(self):
        mine = self.write("mine.test.yaml", "mine")
        done = self.expect(73, "rules", "new", "listed", "my.rule", "-o", "mine.yaml")
        self.assertIn("--force", done.stderr)
        self.assertEqual(mine.read_text(), "mine")
        self.assertFalse((self.folder / "mine.yaml").exists())
        self.expect(0, "rules", "new", "listed", "my.rule", "-o", "mine.yaml", "--force")
        self.assertIn("case:", mine.read_text())

    def test_slips_are_told_with_what_to_write(self):
        done = self.expect(64, "rules", "new", "max-amount", "my.rule")
        self.assertIn("did you mean 'max_amount'?", done.stderr)
        self.assertIn("id of the new rule", self.expect(64, "rules", "new", "listed").stderr)
        self.assertIn("lower-case", self.expect(64, "rules", "new", "listed", "My Rule").stderr)
        self.assertIn(".yaml", self.expect(64, "rules", "new", "listed", "my.rule", "-o", "mine.txt").stderr)
        self.assertIn("one argument too many", self.expect(64, "rules", "new", "listed", "my.rule", "x").stderr)
        self.expect(73, "rules", "new", "listed", "my.rule", "-o", "no/such/folder/mine.yaml")
        self.assertEqual(list(self.folder.iterdir()), [])


class Test(CommandTest):
    def setUp(self):
        super().setUp()
        self.write("mine.yaml", RULE)
        self.write("mine.test.yaml", CASES)

    def test_coverage_names_the_way_that_no_case_has_seen(self):
        done = self.expect(0, "rules", "test", "mine.yaml", "--coverage")
        self.assertIn(
            "mine.yaml:3:10: my.long-hours: `c.weekly_hours > 60.0` in 'fail_if' was never unknown\n", done.stdout
        )
        self.assertRegex(done.stdout, r"my\.long-hours +0 of 1 conditions seen every way\n")

    def test_survivors_are_named_with_their_places(self):
        done = self.expect(0, "rules", "test", "mine.yaml", "--mutate")
        self.assertIn("mine.yaml:3:25: my.long-hours: no case notices `>` as `>=` in 'fail_if'\n", done.stdout)
        self.assertIn("mine.yaml:3:27: my.long-hours: no case notices `60.0` as `61.0` in 'fail_if'\n", done.stdout)
        self.assertRegex(done.stdout, r"my\.long-hours +1/4 killed\n")
        self.assertRegex(done.stdout, r"all +1/4 killed \(25\.0 %\)\n")
        self.assertEqual(done.stdout, self.expect(0, "rules", "test", "--rules", "mine.yaml", "--mutate").stdout)

    def test_a_case_that_fails_still_decides_the_exit_code(self):
        self.write("mine.test.yaml", CASES.replace("verdict: pass", "verdict: unknown"))
        self.expect(1, "rules", "test", "--rules", "mine.yaml", "--mutate", "--coverage")
        (self.folder / "mine.test.yaml").unlink()
        done = self.expect(3, "rules", "test", "--rules", "mine.yaml", "--mutate", "--coverage")
        self.assertIn("0/4 killed, no cases", done.stdout)


class Lint(CommandTest):
    def test_findings_exit_1_on_standard_output(self):
        self.write("mine.yaml", RULE)
        done = self.expect(1, "rules", "lint", "mine.yaml")
        self.assertIn("mine.yaml:3:10: warning: ", done.stdout)
        self.assertIn("[lint-threshold-source]", done.stdout)
        self.assertIn("\n1 finding\n", done.stdout)
        self.assertEqual(done.stderr, "")

    def test_a_folder_is_looked_through_for_rules_that_overlap(self):
        for name in ("one", "two"):
            self.write(f"rules/{name}.yaml", RULE.replace("my.long-hours", name) + "references: [there]\n")
        done = self.expect(1, "rules", "lint", "rules")
        self.assertIn("[lint-overlap]", done.stdout)

    def test_what_does_not_load_exits_65(self):
        self.write("mine.yaml", RULE.replace("weekly_hours", "weekly_hour"))
        done = self.expect(65, "rules", "lint", "mine.yaml")
        self.assertIn("did you mean 'weekly_hours'?", done.stderr)
        self.assertEqual(done.stdout, "")
        self.expect(66, "rules", "lint", "nowhere.yaml")

    def test_the_pack_that_ships_is_clean(self):
        self.assertEqual(self.expect(0, "rules", "lint").stdout, "0 findings\n")
        self.assertEqual(self.expect(0, "rules", "lint", "core").stdout, "0 findings\n")


class Fmt(CommandTest):
    MIXED = "# Mine.\nmessage: m   # what is said\nfail_if: c.workers > c.women\nsubject:  (c:Cohort)\nrule: a\n"
    LAID_OUT = "# Mine.\nrule: a\nsubject: (c:Cohort)\nfail_if: c.workers > c.women\nmessage: m   # what is said\n"

    def test_files_are_laid_out_and_told(self):
        mixed = self.write("mixed.yaml", self.MIXED)
        fine = self.write("fine.yaml", RULE)
        done = self.expect(1, "rules", "fmt", "--check", "mixed.yaml", "fine.yaml")
        self.assertEqual(done.stdout, "mixed.yaml\n")
        self.assertEqual(mixed.read_text(), self.MIXED)
        self.assertEqual(self.expect(0, "rules", "fmt", "mixed.yaml", "fine.yaml").stdout, "mixed.yaml\n")
        self.assertEqual(mixed.read_text(), self.LAID_OUT)
        self.assertEqual(fine.read_text(), RULE)
        self.assertEqual(self.expect(0, "rules", "fmt", "mixed.yaml", "fine.yaml").stdout, "")

    def test_one_file_that_cannot_be_kept_leaves_all_as_they_are(self):
        mixed = self.write("mixed.yaml", self.MIXED)
        self.write("no.yaml", "---\nrule: a\n")
        done = self.expect(65, "rules", "fmt", "mixed.yaml", "no.yaml")
        self.assertIn("no.yaml:1:1: error: ", done.stderr)
        self.assertIn("[layout-refused]", done.stderr)
        self.assertEqual(mixed.read_text(), self.MIXED)
        self.expect(64, "rules", "fmt")
        self.expect(66, "rules", "fmt", "nowhere.yaml")


LOOPS = """\
rule: my.loops
subject: (c:Cohort)
fail_if: |
  c.languages.exists(x, c.languages.exists(y,
    c.languages.exists(z, x + y + z == 'fr')))
message: found
"""


class Cost(CommandTest):
    def setUp(self):
        super().setUp()
        many = ", ".join(["en"] * 300)
        self.write("network.yaml", f"eraudit: network/1\nas_of: 2026-06-30\nnodes: {{Cohort: {{a: {{languages: [{many}], weekly_hours: 5}}}}}}\n")
        self.write("rules/loops.yaml", LOOPS)
        self.write("rules/hours.yaml", RULE)

    def test_what_rules_may_take_is_told_dearest_first(self):
        done = self.expect(1, "rules", "cost", "network.yaml", "--rules", "rules")
        lines = done.stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["steps", "my.loops", "my.long-hours", "limits"])
        self.assertRegex(done.stderr, r"loops\.yaml:5:5: warning: rule 'my\.loops' nests 3 lists of up to 300, 300 and 300 entries: about \de8 steps")
        self.assertIn("[rule-cost]", done.stderr)
        done = self.expect(0, "rules", "cost", "network.yaml", "--rules", "rules/hours.yaml")
        self.assertEqual(done.stderr, "")

    def test_a_rule_that_ends_too_early_is_warned_of_and_is_an_error(self):
        done = self.expect(2, "check", "network.yaml", "--rules", "rules")
        self.assertIn("[rule-cost]", done.stderr)
        self.assertIn("1,000,000 steps of evaluation: rule my.loops (loops.yaml:4), 1 subject", " ".join(done.stdout.split()))
        done = self.expect(0, "explain", "my.loops", "a", "network.yaml", "--rules", "rules")
        self.assertRegex(done.stdout, r"limit reached: 1000000 steps of evaluation \(fuel\), at loops\.yaml:5:\d+")

    def test_slips_are_told(self):
        self.assertIn("NETWORK is missing", self.expect(64, "rules", "cost").stderr)
        self.assertIn("one argument too many", self.expect(64, "rules", "cost", "a", "b").stderr)


if __name__ == "__main__":
    unittest.main()
