#!/usr/bin/env python3
"""The pictures in the README: the terminal and the report, of the sample. docs/pictures/make.py [FOLDER]

Needs the release build, chromium and chromedriver (cmake/debian.sh, group `browser`)."""

import html
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/html"))
from webdriver import Browser  # noqa: E402  pylint: disable=wrong-import-position

ERAUDIT = ROOT / "build/release/examples/cli/eraudit"
SAMPLE = ROOT / "examples/networks/gloves-np-my"
LINES = 34

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #11151c }}
pre {{ margin: 0; padding: 18px 22px; font: 14px/1.4 "DejaVu Sans Mono", monospace; color: #d8dee9; display: inline-block }}
.c1 {{ font-weight: bold; color: #fff }} .c31 {{ color: #ff8a80 }} .c33 {{ color: #ffd479 }} .c2 {{ color: #8b95a5 }}
</style><pre>{}</pre>"""


def as_html(text):
    """What a terminal shows of bold and colour."""
    out = html.escape(text)
    out = re.sub(r"\x1b\[([0-9;]+)m", lambda m: "</span>" if m[1] == "0" else
                 '<span class="' + " ".join(f"c{code}" for code in m[1].split(";")) + '">', out)
    return PAGE.format(out)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, Browser() as browser:
        report = pathlib.Path(work) / "report.html"
        done = subprocess.run(
            [ERAUDIT, "check", SAMPLE, "--rates", SAMPLE / "rates.yaml", "--as-of", "2026-06-30", "--color", "always",
             "--format", "text", "--format", f"html={report}"],
            capture_output=True, text=True, check=False,
        )
        assert done.returncode == 1, done.stderr
        shown = ["$ eraudit check examples/networks/gloves-np-my --format text --format html=report.html", *done.stdout.splitlines()[:LINES]]
        terminal = pathlib.Path(work) / "terminal.html"
        terminal.write_text(as_html("\n".join(shown)), encoding="utf-8")
        browser.open(terminal)
        size = browser.run("const box = document.querySelector('pre').getBoundingClientRect(); return [Math.ceil(box.width), Math.ceil(box.height)]")
        browser.picture(folder / "terminal.png", width=size[0], height=size[1])
        browser.open(report)
        browser.wait("document.documentElement.classList.contains('filled')")
        browser.picture(folder / "report.png", width=1200, height=1000)


if __name__ == "__main__":
    main()
