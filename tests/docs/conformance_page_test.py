"""The page of conformance says what the suites say."""
import unittest

import conformance_page


class ConformancePage(unittest.TestCase):
    maxDiff = None

    def test_the_page_is_that_of_a_run(self):
        folder = conformance_page.runner.shared()
        if folder is None:
            self.skipTest("no folder of conformance data (ERAUDIT_SHARED, ../shared)")
        made = conformance_page.page(folder)
        self.assertEqual(made, conformance_page.PAGE.read_text(encoding="utf-8"), "tests/docs/conformance_page.py --write")

    def test_the_page_claims_no_more_than_it_may(self):
        text = conformance_page.PAGE.read_text(encoding="utf-8").lower()
        for claim in ("cel compliant", "cypher compliant", "opencypher compliant", "implements cypher"):
            self.assertNotIn(claim, text)


if __name__ == "__main__":
    unittest.main()
