"""docs/reference/schema.md, made of rules/schema/recruitment.yaml.

    python3 tests/docs/schema_page.py            prints the page
    python3 tests/docs/schema_page.py --write    writes it

tests/docs/docs_test.py holds that the page in docs/ is the one that this script makes.
"""

import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "rules/schema/recruitment.yaml"
PAGE = ROOT / "docs/reference/schema.md"

HEAD = """# The schema that ships

<!-- Made by tests/docs/schema_page.py of rules/schema/recruitment.yaml; change that file. -->

What a network may say, and what is asked when it is not said. `eraudit schema show NAME` prints the same of one kind, in English, French or Spanish.
[Adding to it](../schema-extend.md).

An attribute that nobody stated is not known. One marked *may be absent* takes `null`: known not to exist. A list of edges may have more entries than
those stated, unless it is marked *complete* or a source says so. Amounts on edges are per worker unless an attribute says otherwise. No
attribute takes the name of a worker.

"""


def english(text):
    return text if isinstance(text, str) else (text or {}).get("en", "")


def says(entry, key):
    return entry.get(key) == "true"


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def type_of(attribute):
    text = attribute["type"]
    if attribute.get("per"):
        text += f" per {attribute['per']}"
    if attribute.get("unit"):
        text += f", {attribute['unit']}"
    if attribute.get("format"):
        text += f", {attribute['format']}"
    return text


def remarks(attribute):
    parts = []
    about = english(attribute.get("about"))
    parts.append(about or english(attribute.get("label")) + ".")
    values = attribute.get("values") or {}
    if values:
        parts.append("One of" if not attribute["type"].startswith("list") else "Some of")
        parts[-1] += " " + ", ".join(f"`{name}`" for name in values) + "."
    if says(attribute, "non_negative"):
        parts.append("Not negative.")
    if says(attribute, "may_be_absent"):
        parts.append("May be absent.")
    if says(attribute, "required"):
        parts.append("Not known if not stated.")
    if attribute.get("sensitivity", "open") != "open":
        parts.append(f"Sensitivity: {attribute['sensitivity']}.")
    return " ".join(parts)


def attributes(owner):
    entries = owner.get("attributes")
    if not entries:
        return []
    lines = ["| attribute | type | what it says | asked | of |", "| --- | --- | --- | --- | --- |"]
    for name, attribute in entries.items():
        of = attribute.get("respondent") or owner.get("respondent", "")
        lines.append(f"| `{name}` | {cell(type_of(attribute))} | {cell(remarks(attribute))} | {cell(english(attribute.get('ask')))} | {of} |")
    return lines + [""]


def lists(kind, owner, edges):
    rows = []
    for name, edge in edges.items():
        for end, other in (("from", "to"), ("to", "from")):
            this = edge[end]
            if kind not in this["kinds"]:
                continue
            arrow = "→" if end == "from" else "←"
            kinds = ", ".join(edge[other]["kinds"])
            complete = "complete" if says(this, "complete") else ""
            rows.append(f"| `{this['edges']}` | `{this['nodes']}` | [`{name}`](#{name.replace(' ', '-')}) {arrow} {kinds} | {complete} | "
                        f"{cell(english(this.get('ask')))} | {this.get('respondent') or owner.get('respondent', '')} |")
    if not rows:
        return []
    return ["| edges | neighbours | over | | asked | of |", "| --- | --- | --- | --- | --- | --- |", *rows, ""]


def page(text):
    schema = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - all texts: `on` is a name here
    edges = schema["edges"]
    lines = ["## Kinds of node", ""]
    for name, kind in schema["kinds"].items():
        lines += [f"### {name}", "", cell(english(kind.get("about")) or english(kind["label"])), ""]
        lines += attributes(kind)
        lines += lists(name, kind, edges)
    lines += ["## Kinds of edge", ""]
    for name, edge in edges.items():
        lines += [f"### {name}", ""]
        about = english(edge.get("about")) or english(edge["label"])
        lines += [cell(about), "", f"From {', '.join(edge['from']['kinds'])} to {', '.join(edge['to']['kinds'])}."]
        if edge.get("key"):
            lines[-1] += f" Told apart by both ends and {', '.join(f'`{key}`' for key in edge['key'])}."
        lines += [""]
        lines += attributes(edge)
    lines += ["## Whom to ask", "", "| respondent | who that is |", "| --- | --- |"]
    lines += [f"| `{name}` | {cell(english(label))} |" for name, label in schema["respondents"].items()]
    lines += ["", "## Classes of sources", "", "| class | what it is | also written |", "| --- | --- | --- |"]
    for name, source in schema["source_classes"].items():
        aliases = []
        for alias in source.get("aliases") or []:
            if isinstance(alias, str):
                aliases.append(f"`{alias}`")
            else:
                aliases.append(f"`{alias['name']}` with `{alias['detail']}: {alias['value']}`")
        own = "; a party about itself" if says(source, "self_declared") else ""
        lines.append(f"| `{name}` | {cell(english(source.get('about')) or english(source['label']))}{own} | {', '.join(aliases)} |")
    return HEAD + "\n".join(lines) + "\n"


def main():
    text = page(SCHEMA.read_text(encoding="utf-8"))
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
