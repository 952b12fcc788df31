"""The suites that others wrote, as a whole: nothing fails but what is listed with its reason."""
import unittest

import runner

# So many passed once; fewer mean that something is no longer run.
AT_LEAST = {"cel": 999, "match": 70, "unknown": 268}


class Suites(unittest.TestCase):
    def setUp(self):
        self.folder = runner.shared()
        if self.folder is None:
            self.skipTest("no folder of conformance data (ERAUDIT_SHARED, ../shared)")

    def test_nothing_fails_but_what_is_listed(self):
        for suite in runner.SUITES:
            with self.subTest(suite=suite):
                done = runner.run_suite(suite, self.folder)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                passed, failed, _ = map(int, runner.LAST_LINE.match(done.stdout.splitlines()[-1]).groups())
                self.assertGreaterEqual(passed, AT_LEAST[suite])
                self.assertEqual(failed, 0)


if __name__ == "__main__":
    unittest.main()
