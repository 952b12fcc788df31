#!/usr/bin/env python3
"""Includes point one way only: a module includes itself and what lies below it.

Also: a private header (detail/) is included by its own module only, and no module but import and the
command reads what lies beside it.
"""
import pathlib
import re
import sys

ORDER = ["core", "schema", "network", "expression", "pattern", "rules", "evaluate", "risk", "report"]
BELOW = {name: set(ORDER[: i + 1]) for i, name in enumerate(ORDER)}
BELOW["import"] = {"core", "schema", "network", "expression", "import"}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]eraudit/([a-z_]+)/([^">]+)[">]', re.MULTILINE)


def problems(root: pathlib.Path):
    seen = 0
    for path in sorted(root.glob("*/**/*.[hc]pp")):
        module = path.relative_to(root).parts[0]
        if module not in BELOW:
            yield f"{path}: unknown module '{module}'"
            continue
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            seen += 1
            used, header = match.groups()
            line = text.count("\n", 0, match.start()) + 1
            if used not in BELOW[module]:
                yield f"{path}:{line}: {module} includes {used}, which is not below it"
            elif header.startswith("detail/") and used != module:
                yield f"{path}:{line}: {module} includes {used}/{header}, which is private to {used}"
    if seen == 0:
        yield f"{root}: no includes found, so nothing was checked"


def main() -> int:
    found = list(problems(pathlib.Path("libaudit/eraudit")))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
