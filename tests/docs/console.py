"""Runs what pages show as a console, and holds what they say comes out.

    <!-- file: NAME -->        the block below is written to NAME (as <!-- run: NAME --> also does)
    ```console
    $ eraudit check NAME       run in a folder of the page's own
    expected output            a line "..." stands for any lines, "..." within a line for any text
    ```

Output and errors are compared as one stream. `echo $?` tells how the command before it ended.
"""

import os
import pathlib
import re
import subprocess

STEP = re.compile(
    r"^<!-- (?:run|file): (?P<name>\S+) -->\n```\w*\n(?P<content>.*?)^```$|^```console\n(?P<console>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def matches(expected, said):
    pattern = []
    for line in expected:
        if line.strip() == "...":
            pattern.append(r"(?:.*\n)*?")
        else:
            pattern.append(".*".join(re.escape(part) for part in line.split("...")) + r"\n")
    return re.fullmatch("".join(pattern), said) is not None


def commands(console):
    """Pairs of a command and the lines expected of it."""
    found = []
    for line in console.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0][:-1] + line.strip(), [])
        else:
            assert found, f"output without a command: {line}"
            found[-1][1].append(line)
    return found


def run_page(text, folder, eraudit, root):
    """What the page says and what happens: a list of (command, expected, said) that differ, and how many were run."""
    folder = pathlib.Path(folder)
    (folder / "examples").symlink_to(root / "examples")
    programs = folder / ".programs"
    programs.mkdir()
    (programs / "eraudit").symlink_to(eraudit)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    for name in ("COLUMNS", "NO_COLOR", "LANG", "LANGUAGE"):
        environment.pop(name, None)
    wrong = []
    count = 0
    code = 0
    for step in STEP.finditer(text):
        if step["name"]:
            path = folder / step["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["content"], encoding="utf-8")
            continue
        for command, expected in commands(step["console"]):
            count += 1
            done = subprocess.run(
                ["bash", "-c", f"(exit {code}); {command}"],
                cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, timeout=120, check=False,
            )
            code = done.returncode
            said = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
            if not matches(expected, said):
                wrong.append((command, "\n".join(expected), said))
    return wrong, count
