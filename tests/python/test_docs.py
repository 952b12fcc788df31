"""What the documentation shows is run, and what it prints is what it says it prints."""

import contextlib
import io
import re
import shutil

import pytest
from conftest import ROOT, SAMPLE
from snippets import snippets

PAGE = ROOT / "docs/how-to/python.md"
PAGES = [PAGE, ROOT / "README.md"]
SHOWN = re.compile(r"^#> ?(.*)$", re.MULTILINE)
FILE = re.compile(r"^<!-- run: (\S+) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_snippet_runs_and_prints_what_it_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("network.yaml", "rates.yaml"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    for name, content in FILE.findall(page.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    names = {}
    checked = 0
    for snippet in snippets(page):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(snippet, str(page), "exec"), names)
        expected = SHOWN.findall(snippet)
        assert printed.getvalue().splitlines() == expected, snippet
        checked += len(expected)
    assert checked >= (10 if page == PAGE else 1)


def test_the_page_is_linked_and_names_every_function():
    import eraudit

    text = PAGE.read_text(encoding="utf-8")
    for name in ("read_network", "load_rules", "evaluate", "network", "read_rates", "import_tables", "read_schema"):
        assert f"eraudit.{name}(" in text, name
        assert hasattr(eraudit, name)
