"""The conformance command and the folders of outside data that it runs over."""
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMAND = os.environ.get("ERAUDIT_CONFORMANCE", str(ROOT / "build/release/tests/conformance/eraudit-conformance"))
SUITES = ("cel", "match", "unknown")
LAST_LINE = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped$")


def run(*words):
    return subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, timeout=300, check=False)


def shared():
    """The folder of conformance data, or None. Raises where it is required."""
    named = os.environ.get("ERAUDIT_SHARED")
    folder = pathlib.Path(named) if named else ROOT.parent / "shared"
    if (folder / "conformance").is_dir():
        return folder / "conformance"
    if os.environ.get("ERAUDIT_SHARED_REQUIRED"):
        raise FileNotFoundError(f"no conformance data in {folder} (set ERAUDIT_SHARED)")
    return None


def expected_failures(suite):
    """The file of explained failures of a suite, if it has one."""
    path = HERE / "expected" / f"{suite}.txt"
    return path if path.exists() else None


def run_suite(suite, folder):
    listed = expected_failures(suite)
    options = ["--expected-failures", listed] if listed else []
    return run(suite, folder / suite, *options)
