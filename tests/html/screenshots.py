#!/usr/bin/env python3
"""Pictures of the report, to be looked at: screenshots.py REPORT.html FOLDER [all]

Light and dark, a telephone, paper, and with `all` the three languages and an opened finding."""
import pathlib
import sys

from webdriver import Browser


def main():
    report, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with Browser() as browser:
        browser.open(report)
        browser.wait("document.documentElement.classList.contains('filled')")
        browser.picture(folder / "light.png", whole=True)
        browser.picture(folder / "top.png")
        browser.colours("dark")
        browser.picture(folder / "dark.png", whole=True)
        browser.colours("light")
        browser.picture(folder / "narrow.png", whole=True, width=390)
        browser.paper(folder / "paper.pdf")
        if sys.argv[3:] == ["all"]:
            browser.run("document.querySelector('.card summary').click()")
            browser.wait("document.querySelector('.card .detail')")
            browser.picture(folder / "open.png", whole=True)
            for language in ("fr", "es"):
                browser.run(f"document.getElementById('language-{language}').click()")
                browser.wait(f"document.documentElement.lang === '{language}'")
                browser.picture(folder / f"{language}.png", whole=True)


if __name__ == "__main__":
    main()
