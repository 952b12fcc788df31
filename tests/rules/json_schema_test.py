"""The JSON Schema of rule files under a validator of other people: json_schema_test.py RULES_DUMP SCHEMA_DUMP ROOT"""

import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed")
    sys.exit(77)

RULES_DUMP, SCHEMA_DUMP, ROOT = sys.argv[1:4]


def run(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main():
    schema = run(RULES_DUMP)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    root = pathlib.Path(ROOT)
    files = sorted((root / "tests/evaluate/packs").rglob("*.yaml"))
    files += sorted((root / "rules/packs").rglob("*.yaml"))
    files += sorted((root / "rules/starters").rglob("*.yaml"))
    read = {path: run(SCHEMA_DUMP, "json", str(path)) for path in files}
    wrong = 0
    for path, document in read.items():
        for error in validator.iter_errors(document):
            print(f"{path}: {error.message[:300]}")
            wrong += 1
    assert len(files) >= 6, "nothing was checked"

    rule = read[root / "tests/evaluate/packs/fees/worker-paid.yaml"]
    cases = read[root / "tests/evaluate/packs/fees/worker-paid.test.yaml"]
    table = read[root / "tests/evaluate/packs/fees/tables/cap.yaml"]

    def refused(document, change):
        document = copy.deepcopy(document)
        change(document)
        return not validator.is_valid(document)

    chain = copy.deepcopy(rule)
    chain.update(match="(c:Cohort)<-[:recruited]-(r)", subject="c", let={"a": {"exists": "(c)-[:signed]->()"}, "b": {"count": "(c)-[:signed]->()"}, "d": "c.workers"})
    assert validator.is_valid(chain), list(validator.iter_errors(chain))

    mistakes = [
        refused(rule, lambda d: d.update(fail_iff="true")),
        refused(rule, lambda d: d.update(pass_if="true")),
        refused(rule, lambda d: d.pop("fail_if")),
        refused(rule, lambda d: d.pop("message")),
        refused(rule, lambda d: d.update(subject="(c:Cohrt)")),
        refused(rule, lambda d: d.update(subject="c")),
        refused(rule, lambda d: d.update(match="(c:Cohort)<-[:recruited]-(r)")),
        refused(rule, lambda d: d.update(match=["(c:Cohort)"], subject="c")),
        refused(rule, lambda d: d.update(let={"a": {"exists": "(c)", "count": "(c)"}})),
        refused(rule, lambda d: d.update(let={"a": {"each": "(c)"}})),
        refused(rule, lambda d: d.update(severity="grave")),
        refused(rule, lambda d: d.update(indicator="debt")),
        refused(rule, lambda d: d.update(basis=[{"provision": "none", "relation": "equal"}])),
        refused(rule, lambda d: d.update(title={"english": "x"})),
        refused(rule, lambda d: d.update(since="2024")),
        refused(rule, lambda d: d.update(version=0)),
        refused(cases, lambda d: d[0].update(netwrok={})),
        refused(cases, lambda d: d[0].pop("expect")),
        refused(cases, lambda d: d[0]["expect"].update(verdict="failed")),
        refused(cases, lambda d: d.clear()),
        refused(table, lambda d: d["inputs"].update(origin="contry")),
        refused(table, lambda d: d.update(eraudit="table/2")),
    ]
    for number, was_refused in enumerate(mistakes):
        if not was_refused:
            print(f"mistake {number} was accepted")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
