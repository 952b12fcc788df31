"""report.json against its JSON Schema, by a validator that is not ours; and its own promises."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import unittest

import jsonschema
from support import ROOT, SAMPLE, CommandTest


class ReportSchema(CommandTest):
    def report(self, *words):
        self.run_command("check", SAMPLE, "--rates", SAMPLE / "rates.yaml", "--format", "json=report.json", "--force", *words)
        return (self.folder / "report.json").read_text(encoding="utf-8")

    def schema(self, name):
        schema = json.loads(self.expect(0, "schema", "json", name).stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        return schema

    def test_the_sample_report_is_valid(self):
        jsonschema.Draft7Validator(self.schema("report")).validate(json.loads(self.report()))

    def test_the_schema_refuses_what_is_not_a_report(self):
        report = json.loads(self.report())
        report["findings"][0]["verdict"] = "guilty"
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(self.schema("report")).validate(report)

    def test_the_id_is_the_digest_of_what_follows(self):
        text = self.report()
        report = json.loads(text)
        head = '{\n  "schema": "eraudit:report/1",\n  "report_id": "' + report["report_id"] + '",'
        self.assertTrue(text.startswith(head))
        body = "{" + text[len(head):]
        self.assertEqual(report["report_id"], "sha256:" + hashlib.sha256(body.encode()).hexdigest())

    def test_same_input_same_bytes(self):
        self.assertEqual(self.report(), self.report("--threads", "2"))

    def test_one_verdict_as_json_is_its_finding(self):
        report = json.loads(self.report())
        finding = report["findings"][0]
        words = ("explain", finding["rule"], finding["subject"]["id"], SAMPLE, "--rates", SAMPLE / "rates.yaml", "--format", "json")
        given = json.loads(self.expect(0, *words).stdout)
        self.assertEqual(self.expect(0, *words, "--lang", "fr").stdout, self.expect(0, *words).stdout)
        self.assertEqual(given.pop("schema"), "eraudit:explanation/1")
        for unknown in ("detection", "waits_for", "enough", "later"):
            self.assertEqual(given.pop(unknown), [])
        self.assertEqual(given.pop("open_conditions"), 0)
        codes = given.pop("codes")
        self.assertEqual(codes, {path: {code: report["codes"][path][code] for code in codes[path]} for path in codes})
        self.assertEqual(given, finding)
        self.expect(64, *words[:-1], "yaml")

    def test_one_unknown_as_json_says_what_would_be_enough(self):
        words = ("explain", "measures.in-force", "namaste-kathmandu", SAMPLE, "--format", "json")
        given = json.loads(self.expect(0, *words, "--rates", SAMPLE / "rates.yaml").stdout)
        self.assertEqual(given["verdict"], "unknown")
        asked = [fact["fact"] for fact in given["waits_for"]]
        self.assertTrue(asked)
        self.assertTrue(all(fact["question"]["en"] for fact in given["waits_for"]))
        for enough in given["enough"]:
            self.assertLessEqual({fact["fact"] for fact in enough["facts"]}, set(asked))
            self.assertTrue(enough["verdicts"])

    def test_the_inputs_are_those_files(self):
        report = json.loads(self.report())
        self.assertEqual([entry["role"] for entry in report["inputs"]], ["network", "rates", "proof"])
        for entry in report["inputs"]:
            # What ships is named as it stands in the repository.
            content = (ROOT / entry["path"]).read_bytes()
            self.assertEqual(entry["sha256"], "sha256:" + hashlib.sha256(content).hexdigest())
            self.assertEqual(entry["bytes"], len(content))

    def test_counts_add_up(self):
        report = json.loads(self.report())
        for rule in report["rules"]:
            verdicts = rule["verdicts"]
            self.assertEqual(sum(verdicts.values()), rule["counts"]["selected"], rule["rule"])
            self.assertEqual(rule["counts"]["applicable"], rule["counts"]["selected"] - verdicts["not_applicable"])
        found = sum(report["totals"]["verdicts"][code] for code in ("fail", "suspect", "conflict", "error"))
        self.assertEqual(found, len(report["findings"]))

    def test_the_report_as_xml_is_valid(self):
        if shutil.which("xmllint") is None:
            self.skipTest("xmllint is not there (Debian: libxml2-utils)")
        self.run_command("check", SAMPLE, "--rates", SAMPLE / "rates.yaml", "--quiet", "--format", "xml=report.xml")
        (self.folder / "report.xsd").write_text(self.expect(0, "schema", "xml").stdout, encoding="utf-8")
        xmllint = ["xmllint", "--nonet", "--noout", "--schema", "report.xsd", "report.xml"]
        done = subprocess.run(xmllint, cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = (self.folder / "report.xml").read_text(encoding="utf-8")
        (self.folder / "report.xml").write_text(report.replace('verdict="fail" rule', 'verdict="failed" rule'), encoding="utf-8")
        done = subprocess.run(xmllint, cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0, "the schema refuses nothing")

    def test_the_other_schemas_are_schemas(self):
        import yaml  # pylint: disable=import-outside-toplevel

        class Loader(yaml.SafeLoader):
            """As YAML 1.2 reads: days are text, and so are on, off, yes and no."""

        Loader.yaml_implicit_resolvers = {
            first: [(tag, form) for tag, form in known if not tag.endswith((":timestamp", ":bool"))]
            for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), "tf")
        network = yaml.load((SAMPLE / "network.yaml").read_text(encoding="utf-8"), Loader=Loader)
        self.schema("schema")
        self.schema("rules")
        jsonschema.Draft7Validator(self.schema("network")).validate(json.loads(json.dumps(network)))


if __name__ == "__main__":
    unittest.main()
