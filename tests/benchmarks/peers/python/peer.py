"""The rule of expression_benchmark.cpp by two CELs for Python, over the first of the same rows.

    peer.py ROWS

Prints a line of JSON for rows of which all is known, and one for rows with gaps: neither knows
unknown values, so they are variables that are not there, an error. Values are made before the
clock starts. Processor time.
"""

import importlib.metadata
import json
import logging
import multiprocessing
import resource
import sys
import time

import cel
import celpy
from celpy import celtypes

RULE = "fee > 0.0 && cc in ['c03', 'c17', 'c29', 'c41', 'c58'] && (hours > 48 || lang != 'ne')"
LANGUAGES = ["ne", "bn", "hi", "en", "id", "my", "tl", "vi"]
ALL = (1 << 64) - 1
TYPES = {
    "fee": celtypes.DoubleType,
    "hours": celtypes.IntType,
    "cc": celtypes.StringType,
    "lang": celtypes.StringType,
}


def random_bits(number):
    z = (number + 1) * 0x9E3779B97F4A7C15 & ALL
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & ALL
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & ALL
    return z ^ (z >> 31)


def rows(count, gaps):
    for number in range(count):
        bits = random_bits(number)
        hundred = (bits & 0xFFFF) % 100
        row = {"cc": f"c{bits >> 16 & 63:02}", "lang": LANGUAGES[bits >> 32 & 7]}
        if not gaps or (bits >> 40 & 0xFFF) % 20 != 0:
            row["fee"] = 0.0 if hundred < 20 else hundred * 12.5
        if not gaps or (bits >> 52 & 0xFFF) % 20 != 0:
            row["hours"] = 30 + (bits >> 24 & 0xFF) % 41
        yield row


def in_celpy(row):
    return {name: TYPES[name](value) for name, value in row.items()}


def by_celpy(runner):
    def prepare():
        environment = celpy.Environment(annotations=TYPES, runner_class=runner)
        return environment.program(environment.compile(RULE)).evaluate

    return prepare


def time_of(repeats, work):
    start = time.process_time()
    for _ in range(repeats):
        result = work()
    return (time.process_time() - start) / repeats, result


def measure(peer, package, count, gaps, repeats, prepare, activation):
    parse, evaluate = time_of(repeats, prepare)
    activations = [activation(row) for row in rows(count, gaps)]
    found = {True: 0, False: 0, None: 0}

    def judge():
        for values in activations:
            try:
                value = bool(evaluate(values))
            except Exception:  # each has its own for a variable that is not there
                value = None
            found[value] += 1

    seconds, _ = time_of(1, judge)
    line = {
        "peer": peer,
        "version": importlib.metadata.version(package),
        "rows": count,
        "gaps": gaps,
        "ns_row": round(seconds / count * 1e9, 1),
        "parse_us": round(parse * 1e6, 1),
        "true": found[True],
        "false": found[False],
        "not_known": found[None],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }
    print(json.dumps(line), flush=True)


def apart(*what):
    """`measure` in a process of its own: cel-python keeps the parser of its first runner, and memory counts for one."""
    process = multiprocessing.get_context("fork").Process(target=measure, args=what)
    process.start()
    process.join()
    if process.exitcode != 0:
        sys.exit(f"{what[0]} failed")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: peer.py ROWS")
    count = int(sys.argv[1])
    logging.disable(logging.CRITICAL)
    few = max(1, count // 10)  # for the slow one
    for gaps in (False, True):
        package = "common-expression-language"
        apart(package, package, count, gaps, 2_000, lambda: cel.compile(RULE).execute, dict)
        for runner in (celpy.InterpretedRunner, celpy.CompiledRunner):
            name = f"cel-python, {runner.__name__}"
            apart(name, "cel-python", few, gaps, 5, by_celpy(runner), in_celpy)


main()
