"""The Python of a page of the documentation: every ```python block, one after another, as one program.

    python3 tests/python/snippets.py docs/how-to/python.md
"""

import pathlib
import re
import sys

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def snippets(page: pathlib.Path) -> list[str]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    print("\n".join(snippets(pathlib.Path(sys.argv[1]))))
