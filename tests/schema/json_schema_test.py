"""The JSON Schemas under a validator of other people: json_schema_test.py SCHEMA_DUMP RECRUITMENT.YAML"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed")
    sys.exit(77)

DUMP, RECRUITMENT = sys.argv[1:3]

NETWORK = """
eraudit: network/1
as_of: 2026-06-30
sources:
  contract:  {class: contract,         date: 2024-01-10, ref: service-agreement-07.pdf}
  voices:    {class: worker_interview, date: 2026-05-14, ref: interviews-may, place: off_site, chosen_by: auditor, sample: 12, of: 48}
nodes:
  Company:   {acme: {name: Acme Retail, country: GB, focal: true}}
  Facility:  {delta: {name: Delta Gloves plant 2, country: MY, headcount: 1200}}
  Recruiter: {sunrise: {name: Sunrise Overseas, country: NP, role: agency, licence: NP-1034, licence_until: 2025-12-31}}
  Cohort:    {np-24: {workers: 48, origin: NP, destination: MY, recruited: 2024-02-01/2024-04-30, base_wage: 1500 MYR/month}}
edges:
  supplies:  [{from: delta, to: acme}]
  engages:   [{from: delta, to: sunrise, source: contract, fees_paid_by: employer}]
  recruited: [{from: sunrise, to: np-24}]
  charged:   [{from: sunrise, to: np-24, category: service-fee, per: worker, amount: {low: 100000 NPR, typical: 145000 NPR, high: 150000 NPR},
               payers: {said: 11, asked: 12}, borne_by: worker, source: voices}]
complete:    [{node: np-24, list: fees, source: voices}]
"""


def dump(*arguments):
    return json.loads(subprocess.run([DUMP, *arguments], check=True, capture_output=True).stdout)


def load(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "network.yaml"
        path.write_text(text, encoding="utf-8")
        return dump("json", str(path))


def at(document, *path):
    for step in path:
        document = document[step]
    return document


def changed(document, path, value):
    document = copy.deepcopy(document)
    at(document, *path[:-1])[path[-1]] = value
    return document


failures = 0


def check(validator, name, document, valid):
    global failures
    errors = list(validator.iter_errors(document))
    if bool(errors) == valid:
        failures += 1
        print(f"FAILED: {name} should be {'valid' if valid else 'refused'}")
        for error in errors[:3]:
            print(f"  {error.json_path}: {error.message[:200]}")


schemas = {name: dump(name) for name in ("network", "schema")}
for schema in schemas.values():
    jsonschema.Draft7Validator.check_schema(schema)
network_check = jsonschema.Draft7Validator(schemas["network"])
schema_check = jsonschema.Draft7Validator(schemas["schema"])

network = load(NETWORK)
cohort = ("nodes", "Cohort", "np-24")
charge = ("edges", "charged", 0)
check(network_check, "the example of the tutorial", network, True)
for name, path, value, valid in [
    ("a claim list", (*cohort, "base_wage"),
     [{"value": "1500 MYR/month", "source": "contract"}, {"value": "1200 MYR/month", "source": "voices"}], True),
    ("a share as text", (*charge, "payers"), "11 of 12", True),
    ("a share of which the whole is not known", (*charge, "payers"), "11 of ?", True),
    ("two claims on a share", (*charge, "payers"), [{"value": "11 of 12", "source": "voices"}, {"value": {"said": 3}}], True),
    ("two sources of a row", (*charge, "source"), ["voices", "contract"], True),
    ("a claim of nobody", (*cohort, "workers"), [{"value": 48, "source": None}], True),
    ("a claim with a date", (*cohort, "workers"), [{"value": 48, "date": "2024-01-01"}], False),
    ("a share in parts", (*charge, "payers_said"), 11, True),
    ("a range as text", (*cohort, "workers"), "40..50", True),
    ("a money range", (*charge, "amount"), "900..1400 USD", True),
    ("an exact amount", (*charge, "amount"), "145000 NPR", True),
    ("a month", (*cohort, "recruited"), "2024-03", True),
    ("a year", (*cohort, "recruited"), 2024, True),
    ("no licence", ("nodes", "Recruiter", "sunrise", "licence"), None, True),
    ("a list of countries", ("nodes", "Recruiter", "sunrise", "active_in"), ["NP", "IN"], True),
    ("a list of values", ("nodes", "Company", "acme", "roles"), ["brand", "importer"], True),
    ("a full source class", ("sources", "contract", "class"), "contract-document", True),
    ("an unknown attribute", (*cohort, "worker"), 48, False),
    ("a wage that is a number", (*cohort, "base_wage"), 1500, False),
    ("an unknown category", (*charge, "category"), "service_fee", False),
    ("a null that is not allowed", (*cohort, "workers"), None, False),
    ("an unknown kind", ("nodes", "Worker"), {}, False),
    ("an unknown edge kind", ("edges", "charge"), [], False),
    ("a country in small letters", (*cohort, "origin"), "np", False),
    ("a list item that is no country", ("nodes", "Recruiter", "sunrise", "active_in"), ["Nepal"], False),
    ("an unknown source class", ("sources", "contract", "class"), "hearsay", False),
    ("a list of neighbours", ("complete", 0, "list"), "contracts", True),
    ("an unknown list", ("complete", 0, "list"), "fee", False),
    ("another form", ("eraudit",), "network/2", False),
    ("a range without its end", (*charge, "amount"), {"low": "100 NPR"}, False),
]:
    check(network_check, name, changed(network, path, value), valid)
without_end = copy.deepcopy(network)
del without_end["edges"]["recruited"][0]["to"]
check(network_check, "an edge with one end", without_end, False)

shipped = dump("json", RECRUITMENT)
check(schema_check, "the schema that ships", shipped, True)
workers = ("kinds", "Cohort", "attributes", "workers")
for name, path, value, valid in [
    ("plain English", (*workers, "label"), "Workers", True),
    ("values as a list", ("edges", "charged", "attributes", "per", "values"), ["worker", "group"], True),
    ("an unknown type", (*workers, "type"), "integer", False),
    ("an unknown key", (*workers, "units"), "people", False),
    ("an empty text", (*workers, "label", "en"), "", False),
    ("no language", (*workers, "label"), {"English": "Workers"}, False),
    ("a small kind", ("kinds", "cohort"), {"label": "Cohort"}, False),
    ("an end without lists", ("edges", "charged", "from"), {"kinds": ["Recruiter"]}, False),
    ("a share of three", ("edges", "charged", "shares", "payers"), {"a": "b", "c": "d", "e": "f"}, False),
    ("another form", ("eraudit",), "schema/2", False),
]:
    check(schema_check, name, changed(shipped, path, value), valid)

sys.exit(1 if failures else 0)
