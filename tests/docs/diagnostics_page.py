"""docs/reference/diagnostics.md, made of rules/texts/diagnostics.yaml.

    python3 tests/docs/diagnostics_page.py            prints the page
    python3 tests/docs/diagnostics_page.py --write    writes it

tests/report holds that the page in docs/ is the one that this script makes.
"""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/report"))
import diagnostic_ids  # noqa: E402  pylint: disable=wrong-import-position

PAGE = ROOT / "docs/reference/diagnostics.md"

TITLE = re.compile(r"([^:(]+?)(?:: (.*?))?(?: \(docs/([^)]+)\))?")  # heading: what it is about (docs/page.md)

HEAD = """# Diagnostics

<!-- Made by tests/docs/diagnostics_page.py of rules/texts/diagnostics.yaml; change that file. -->

What is wrong in a file is told with its place, an id in brackets, and often what to write instead:

    network.yaml:7:14: error: no node has the id 'sunrize' (`from` of charged) [network-unknown-node]
        7 |     - {from: sunrize, to: np-24, amount: 900 USD}
          |              ^~~~~~~
      help: did you mean 'sunrise'?

`eraudit help ID` prints the entry of this page. Errors have to be corrected before anything is judged; warnings, said to be
such below, may stay. All of one file are collected, up to 20 are shown, the others counted. The ids are stable.

"""


def anchor(title):
    """As GitHub makes one of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def cell(text):
    """As a table of Markdown takes it."""
    return text.replace("|", "\\|")


def page(catalogue_text):
    groups = diagnostic_ids.catalogue(catalogue_text)
    families = []
    body = []
    for title, entries in groups:
        family = entries[0][0].split("-")[0]
        heading, about, target = TITLE.fullmatch(title).groups()
        families.append(f"[`{family}-`](#{anchor(heading)})")
        lines = [f"## {heading}", ""]
        if about:
            lines.append(about[0].upper() + about[1:] + ".")
        if target:
            lines.append(f"See [docs/{target}]({os.path.relpath(ROOT / 'docs' / target, PAGE.parent)}).")
        if lines[-1]:
            lines.append("")
        lines += ["| id | what it means, and what to do |", "| --- | --- |"]
        lines += [f"| `{name}` | {cell(text)} |" for name, text in entries]
        body.append("\n".join(lines) + "\n")
    return HEAD + "By the first word of an id: " + ", ".join(families) + ".\n\n" + "\n".join(body)


def main():
    text = page((ROOT / "rules/texts/diagnostics.yaml").read_text(encoding="utf-8"))
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
