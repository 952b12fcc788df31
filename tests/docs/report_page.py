"""The fields in docs/reference/report.md, made of libaudit/eraudit/report/report.schema.json.

    python3 tests/docs/report_page.py            prints the page
    python3 tests/docs/report_page.py --write    writes it

What stands above the mark in the page is written by hand and kept. tests/docs/docs_test.py holds that what stands below it is
what this script makes, and that every field is described.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "libaudit/eraudit/report/report.schema.json"
PAGE = ROOT / "docs/reference/report.md"
MARK = "<!-- Made by tests/docs/report_page.py of libaudit/eraudit/report/report.schema.json; change that file. -->\n"

SCALARS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`", "null": "`null`", "object": "map"}
REFERENCE = "#/definitions/"


def children(node):
    """(name, schema, whether it is always there) of the fields of a map, or of the entries of a list. `*` is any key."""
    for name, child in node.get("properties", {}).items():
        yield name, child, name in node.get("required", [])
    for child in node.get("patternProperties", {}).values():
        yield "*", child, True
    if isinstance(node.get("additionalProperties"), dict):
        yield "*", node["additionalProperties"], True


def fields(node, path=""):
    """(path, schema, whether it is always there) of every field below, in order; definitions are not entered."""
    if "$ref" in node:
        return
    if "items" in node:
        yield from fields(node["items"], path + "[]")
    for name, child, always in children(node):
        below = f"{path}.{name}" if path else name
        yield below, child, always
        yield from fields(child, below)


def all_fields(schema):
    """Every field of the report, then every definition and its fields."""
    yield from fields(schema)
    for name, definition in schema["definitions"].items():
        yield name, definition, True
        yield from fields(definition, name)


def fields_in(value, schema):
    """The fields that a report uses, by the names they have on the page."""
    definitions = schema["definitions"]
    waiting = [("", value, schema)]
    while waiting:
        path, value, node = waiting.pop()
        while "$ref" in node:
            name = node["$ref"].removeprefix(REFERENCE)
            node = definitions[name]
            path = "" if is_map(node) else path
        if isinstance(value, list):
            waiting += [(f"{path}[]" if path else "", entry, node["items"]) for entry in value]
        elif isinstance(value, dict):
            below = {name: child for name, child, _ in children(node)}
            for key, entry in value.items():
                name = key if key in below else "*"
                field = f"{path}.{name}" if path else name
                yield field
                waiting.append((field, entry, below[name]))


def is_map(definition):
    return definition.get("type") == "object"


def type_of(node, definitions):
    if "$ref" in node:
        definition = definitions[node["$ref"].removeprefix(REFERENCE)]
        if definition.get("type") == "array":
            return type_of(definition, definitions)
        return f"[{definition['title']}](#{definition['title'] if is_map(definition) else 'values'})"
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return " ".join(f"`{value}`" for value in node["enum"])
    if "oneOf" in node:
        return " or ".join(type_of(one, definitions) for one in node["oneOf"])
    if node["type"] == "array":
        return "list of " + type_of(node["items"], definitions)
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return " or ".join(SCALARS[one] for one in types)


def cell(text):
    return text.replace("|", "\\|")


def table(rows, definitions):
    lines = ["| field | type | what it says |", "| --- | --- | --- |"]
    for path, node, always in rows:
        lines.append(f"| `{path}`{'' if always else ' ?'} | {type_of(node, definitions)} | {cell(node['description'])} |")
    return [*lines, ""]


def part(schema):
    definitions = schema["definitions"]
    lines = [
        "## Fields", "",
        "In the order of the file. `[]` is each entry of a list, `*` each key of a map. A field marked `?` is not always there; all others are, "
        "even if they are empty. There are no other fields.", "",
    ]  # fmt: skip
    lines += table(children(schema), definitions)
    for name, node, _ in children(schema):
        rows = list(fields(node, name))
        if rows:
            lines += [f"### {name}", "", node["description"], ""]
            lines += table(rows, definitions)
    lines += ["## Values", "", "Of the types above that stand in many places, those that are not maps:", "", "| type | what it is |", "| --- | --- |"]
    for definition in definitions.values():
        if is_map(definition) or definition.get("type") == "array":
            continue
        values = " One of " + ", ".join(f"`{value}`" for value in definition["enum"]) + "." if "enum" in definition else ""
        lines.append(f"| {definition['title']} | {cell(definition['description'])}{values} |")
    lines += [""]
    for definition in definitions.values():
        if is_map(definition):
            lines += [f"### {definition['title']}", "", definition["description"], ""]
            lines += table(fields(definition), definitions)
    return "\n".join(lines).rstrip("\n") + "\n"


def page(current, schema_text):
    above, mark, _ = current.partition(MARK)
    if not mark:
        raise ValueError(f"{PAGE}: the mark is gone")
    return above + MARK + "\n" + part(json.loads(schema_text))


def main():
    text = page(PAGE.read_text(encoding="utf-8"), SCHEMA.read_text(encoding="utf-8"))
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
