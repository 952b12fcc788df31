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
    files += sorted((root / "rules/tables").glob("*.yaml"))
    read = {path: run(SCHEMA_DUMP, "json", str(path)) for path in files}
    wrong = 0
    for path, document in read.items():
        for error in validator.iter_errors(document):
            print(f"{path}: {error.message[:300]}")
            wrong += 1
    assert len(files) >= 6, "nothing was checked"

    # What an editor offers is what there is.
    offered = schema["definitions"]["rule"]["properties"]
    vocabulary = run(SCHEMA_DUMP, "json", str(root / "rules/vocabulary.yaml"))
    kinds = run(SCHEMA_DUMP, "json", str(root / "rules/schema/recruitment.yaml"))["kinds"]
    for what, enumerated, known in (
        ("indicators", offered["indicator"]["enum"], [entry["id"] for entry in vocabulary["indicators"]]),
        ("provisions", offered["basis"]["items"]["properties"]["provision"]["enum"], [entry["id"] for entry in vocabulary["provisions"]]),
        ("statuses", offered["status"]["enum"], ["draft", "stable", "deprecated"]),
        ("severities", offered["severity"]["oneOf"][0]["enum"], ["none", "low", "medium", "high", "critical"]),
        ("kinds", list(schema["definitions"]["case"]["properties"]["network"]["properties"]["nodes"]["properties"]), list(kinds)),
    ):
        if sorted(enumerated) != sorted(known):
            print(f"{what}: {enumerated} instead of {known}")
            wrong += 1

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
        refused(table, lambda d: d.update(row=[])),
        refused(table, lambda d: d["rows"][0].update(certainty="recaled")),
        refused(rule, lambda d: d.update(status="stabel")),
        refused(rule, lambda d: d.update(proof={"fial": "any"})),
        refused(rule, lambda d: d.update(proof={"fail": "coroborated"})),
        refused(rule, lambda d: d.update(basis=[{"provision": "ilo-fee-definition", "relation": "equals"}])),
        refused(rule, lambda d: d.update(basis=[{"provison": "ilo-fee-definition", "relation": "equal"}])),
        refused(rule, lambda d: d.update(ask={"charged.amout": "How much?"})),
        refused(rule, lambda d: d.update(ask={"Cohrt.workers": "How many?"})),
        refused(rule, lambda d: d.update(remedy={"en": "Repay", "dyas": 30})),
        refused(rule, lambda d: d.update(remedy={"en": "Repay", "days": "thirty"})),
        refused(rule, lambda d: d.update(title={"pt_BR": "x"})),
        refused(rule, lambda d: d.update(severity={"tabel": "rba-fee-severity", "by": ["a", "b"]})),
        refused(cases, lambda d: d[0]["network"].update(nods={})),
        refused(cases, lambda d: d[0]["network"].update(nodes={"Cohrt": {}})),
        refused(cases, lambda d: d[0]["network"].update(edges={"chargd": []})),
        refused(cases, lambda d: d[0]["expect"].update(ask=["charged.amout"])),
    ]
    accepted = [
        lambda d: d.update(title={"en": "x", "pt-BR": "y", "ZH-hant": "z", "ne": "w", "es-419": "v"}),
        lambda d: d.update(remedy={"en": "Repay", "ne": "x", "days": 30}),
        lambda d: d.update(remedy="Repay"),
        lambda d: d.update(ask={"charged.amount": "How much?", "Cohort.fees": {"bn": "x"}, "rate": "Which?", "table fee_cap": "What?"}),
    ]
    for number, change in enumerate(accepted):
        document = copy.deepcopy(rule)
        change(document)
        for error in validator.iter_errors(document):
            print(f"right {number} was refused: {error.message[:300]}")
            wrong += 1
    for number, was_refused in enumerate(mistakes):
        if not was_refused:
            print(f"mistake {number} was accepted")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
