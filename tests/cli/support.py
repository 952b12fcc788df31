"""Runs the command that is under test."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "networks" / "gloves-np-my"
ERAUDIT = os.environ.get("ERAUDIT", str(ROOT / "build/release/examples/cli/eraudit"))


class CommandTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_command(self, *words, environment=None):
        """The finished process; runs in a folder of its own, with nothing of ours in the environment."""
        clean = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH"):
            if name in os.environ:
                clean[name] = os.environ[name]
        clean.update(environment or {})
        return subprocess.run(
            [ERAUDIT, *map(str, words)], cwd=self.folder, env=clean, capture_output=True, text=True, timeout=120, check=False
        )

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def expect(self, code, *words, **options):
        done = self.run_command(*words, **options)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done
