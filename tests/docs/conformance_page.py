"""The page of conformance (docs/reference/conformance.md), made of a run of the suites.

    tests/docs/conformance_page.py            prints the page
    tests/docs/conformance_page.py --write    writes it

Runs the conformance command ($ERAUDIT_CONFORMANCE) over the outside data; docs_test.py holds that the page is the one that
this script makes.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/conformance.md"
sys.path.insert(0, str(ROOT / "tests/conformance"))

import runner  # noqa: E402  pylint: disable=wrong-import-position

GROUP = re.compile(r"^(.+): (\d+) of (\d+) passed, (\d+) failed, (\d+) expected to fail$")
SKIPPED = re.compile(r"^skipped (\d+): (.+)$")

HEAD = """# Conformance

<!-- Made by tests/docs/conformance_page.py of a run of eraudit-conformance; not to be edited. -->

What suites that others wrote say of the languages of rules. `eraudit-conformance cel|match|unknown FOLDER...` (built with the tests) runs any folder of
the same encodings; it lists what fails, and counts what it leaves out with the reason.

"""


class Run:
    """What one run of a suite said."""

    def __init__(self, suite, folder):
        done = runner.run_suite(suite, folder)
        lines = done.stdout.splitlines()
        last = runner.LAST_LINE.match(lines[-1]) if lines else None
        if done.returncode not in (0, 1) or last is None:
            raise RuntimeError(f"{suite}: {done.stdout}{done.stderr}")
        self.passed, self.failed, self.skipped = map(int, last.groups())
        self.groups = [(m[1], int(m[2]), int(m[3])) for m in map(GROUP.match, lines) if m]
        self.reasons = [(int(m[1]), m[2]) for m in map(SKIPPED.match, lines) if m]
        self.failures = [line.removeprefix("FAILED ") for line in lines if line.startswith("FAILED ")]


def listed(suite):
    """Ids and reasons of failures that are meant."""
    path = runner.expected_failures(suite)
    if path is None:
        return []
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        line = re.split(r"(?:^|\s)#", line)[0].strip()
        if line:
            identity, _, reason = line.partition(" ")
            out.append((identity, reason.strip()))
    return out


def groups(run):
    core_first = sorted(run.groups, key=lambda group: (group[0] != "core", group[0]))
    return "; ".join(f"{name} {passed}/{count}" for name, passed, count in core_first)


def table_of_groups(run, title):
    return [f"| {title} | passed | of |", "| --- | --- | --- |", *(f"| {name} | {passed} | {count} |" for name, passed, count in run.groups), ""]


def left_out(run):
    if not run.reasons:
        return []
    return ["| left out | tests |", "| --- | --- |", *(f"| {reason} | {count} |" for count, reason in run.reasons), ""]


def failing(suite, run):
    lines = []
    if listed(suite):
        lines += ["| deviation | why |", "| --- | --- |", *(f"| `{identity}` | {reason} |" for identity, reason in listed(suite)), ""]
    if run.failures:
        lines += ["Fails without a reason that is stated:", "", *(f"* `{one}`" for one in run.failures), ""]
    return lines


def page(folder):
    cel, match, unknown = (Run(suite, folder) for suite in runner.SUITES)
    lines = [
        "## Expressions",
        "",
        f"CEL profile 1: simple tests of cel-spec 508bd98, as selected: {groups(cel)}.",
        "",
        "Expressions are CEL without protocol buffers. Messages, their enumerations and wrappers are left out for want of protocol buffers in the host;"
        " `block` is a device of optimisers' tests, `network` is about addresses of computers.",
        "",
        *table_of_groups(cel, "expressions"),
        *failing("cel", cel),
        *left_out(cel),
        "Beyond the suite, a rule has cells that are not known, money, dates and ranges: [rules](rules.md).",
        "",
        "## Unknown inputs",
        "",
        "Tests of what an evaluation says when inputs are not known, written for this purpose beside the suite, by the rules of cel-spec's `eval.proto` and,"
        " where these leave a choice, the merging of cel-cpp.",
        "",
        *table_of_groups(unknown, "tests of unknowns"),
        *failing("unknown", unknown),
        *left_out(unknown),
        "## Patterns",
        "",
        "Patterns are tested with scenarios derived from the openCypher TCK (677cbaf), as far as one linear pattern says them: quantifiers stand behind the"
        " edge (`-[:engages]->{1,3}`), sets of labels are kinds. The pattern language is a language of its own; Cypher is a registered trademark of"
        " Neo4j Inc.",
        "",
        *table_of_groups(match, "scenarios"),
        *failing("match", match),
        *left_out(match),
        "A scenario that expects an error is met by any refusal of its pattern, or of what stands behind it where that says the same in CEL. The scenarios do"
        " not reach `WALK`, `SIMPLE`, `ACYCLIC`, `ANY` and `SHORTEST`, conditions inside of elements, nor what is not known: these are held by tests"
        " against a matcher that tries every way to go, and by laws over all completions of small graphs.",
    ]
    return HEAD + "\n".join(lines).rstrip("\n") + "\n"


def main():
    folder = runner.shared()
    if folder is None:
        sys.exit("no folder of conformance data (ERAUDIT_SHARED, ../shared)")
    text = page(folder)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
