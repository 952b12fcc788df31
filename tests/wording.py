#!/usr/bin/env python3
"""Texts that the project prints accuse nobody and give no all-clear.

Looks at rules, schema and texts (rules/**/*.yaml) and at the string literals of the library. What a rule says
against using such a word ("does not say that anybody is guilty") is allowed after `# wording:` on the line.
"""
import pathlib
import re
import sys

WORDS = re.compile(
    r"\b(guilty|illegal|trafficker|slave|slavery|violation|violations|proof of|proves|proven|"
    r"preuve|prueba|coupable|culpable|illégal|ilegal|no forced labour|no forced labor)\b",
    re.IGNORECASE,
)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def problems():
    checked = 0
    for path in sorted(pathlib.Path("rules").glob("**/*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            checked += 1
            body, _, comment = line.partition("#")
            if "wording:" in comment or not body.strip():
                continue
            for match in WORDS.finditer(body):
                yield f"{path}:{number}: '{match.group()}' is not for texts that people read"
    for path in sorted(pathlib.Path("libaudit").glob("**/*.cpp")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "wording:" in line or line.lstrip().startswith(("//", "#")):
                continue
            for literal in LITERAL.findall(line):
                checked += 1
                for match in WORDS.finditer(literal):
                    yield f"{path}:{number}: '{match.group()}' is not for texts that people read"
    if checked == 0:
        yield "nothing was checked"


def main() -> int:
    found = list(problems())
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
