#!/usr/bin/env python3
"""Pictures of the report, to be looked at: screenshots.py REPORT.html FOLDER [PIECES]

Each language in light, dark and on paper, with the first card and the first finding of the list opened, and the page on a
telephone; as many pieces of the page as PIECES says (default: 4), from its top, each 1,600 points high, and one piece each from where the
ratings, the list of findings and the last section begin."""
import pathlib
import sys

from webdriver import Browser

LANGUAGES = ("en", "fr", "es")


HIGH = 1600
SECTIONS = ("ratings", "all", "reach", "origin")


def look(browser, language, path, pieces, width=1280):
    browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    height = browser.run("return document.documentElement.scrollHeight")
    tops = {str(piece + 1): piece * HIGH for piece in range(min(pieces, -(-height // HIGH)))}
    for name in SECTIONS:
        tops[name] = browser.run(f"return Math.floor(document.getElementById('{name}-{language}').getBoundingClientRect().top + window.scrollY)")
    for name, top in tops.items():
        browser.part(path.with_name(f"{path.name}-{name}.png"), top, width, min(HIGH, height - top))


def main():
    report, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    pieces = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    folder.mkdir(parents=True, exist_ok=True)
    with Browser() as browser:
        browser.open(report)
        browser.wait("document.documentElement.classList.contains('filled')")
        for language in LANGUAGES:
            browser.run(f"document.getElementById('language-{language}').click()")
            browser.wait(f"document.documentElement.lang === '{language}' && document.querySelector('[data-explorer={language}] .row')")
            browser.run(f"document.querySelector('#edition-{language} .card summary').click()")
            browser.run(f"document.querySelector('[data-explorer={language}] .row button').click()")
            browser.wait(f"document.querySelector('[data-explorer={language}] .detail') && document.querySelector('#edition-{language} .card .detail')")
            for scheme in ("light", "dark"):
                browser.colours(scheme)
                look(browser, language, folder / f"{language}-{scheme}", pieces)
            browser.colours("light")
            look(browser, language, folder / f"{language}-narrow", pieces, width=390)
            browser.media("print")
            browser.run("window.dispatchEvent(new Event('beforeprint'))")
            look(browser, language, folder / f"{language}-print", pieces, width=794)
            browser.run("window.dispatchEvent(new Event('afterprint'))")
            browser.media("")
            browser.paper(folder / f"{language}.pdf")


if __name__ == "__main__":
    main()
