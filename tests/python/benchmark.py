"""How long a network of a million nodes takes from Python.

    python tests/python/benchmark.py            tables made here
    python tests/python/benchmark.py FOLDER [JUDGE]     a network on disk, as `split_generated` of tests/benchmarks makes it;
                                                        JUDGE is its `judge_folder`, which does the same in C++

Wall and processor time of the best of three; with JUDGE what evaluation takes from Python over what it takes in C++, in
processor time, both in turns, so that a busy machine is busy for both.
"""

import json
import subprocess
import sys
import time
import warnings

import numpy

import eraudit

RULE = {
    "rule": "my.long-hours",
    "subject": "(c:Cohort)",
    "fail_if": "c.weekly_hours > 0.0",
    "message": "{c.weekly_hours} hours a week",
}


def best(what, work, rows=0, rounds=3):
    walls, cpus, result = [], [], None
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    rate = f"  {rows / min(walls) / 1e6:6.2f} M rows/s" if rows else ""
    print(f"{what:34} {min(walls) * 1e3:9.0f} ms  {min(cpus) * 1e3:9.0f} ms of processor{rate}", flush=True)
    return result


def tables(rows):
    import polars

    numbers = numpy.arange(rows)
    hours = numpy.where(numbers % 50 == 0, numpy.nan, numbers % 90 + 1.0)
    return polars.DataFrame(
        {
            "id": [f"cohort-{i:07}" for i in range(rows)],
            "workers": 5 + numbers % 60,
            "weekly_hours": polars.Series(hours).fill_nan(None),
            "origin": numpy.array(["NP", "BD", "ID"])[numbers % 3],
            "recruited": numpy.datetime64("2024-01-01") + numbers % 900,
        }
    )


def folder(path, judge):
    network = best("read_network", lambda: eraudit.read_network(path), rounds=1)
    rules = eraudit.load_rules("core", schema=network.schema)
    ours, theirs = [], []
    for _ in range(3):
        begin = time.process_time()
        findings = len(eraudit.evaluate(network, rules, as_of="2026-06-30").findings)
        ours.append(time.process_time() - begin)
        if judge:
            said = json.loads(subprocess.run([judge, path, "1"], capture_output=True, check=True).stdout)
            assert said["findings"] == findings, "C++ finds something else"
            theirs.append(said["evaluate"])
    print(f"{'evaluate, core':34} {min(ours) * 1e3:9.0f} ms of processor, {findings:,} findings")
    if judge:
        print(f"{'the same in C++':34} {min(theirs) * 1e3:9.0f} ms of processor; from Python {min(ours) / min(theirs):.3f} times that")


def main():
    warnings.simplefilter("ignore", eraudit.DiagnosticWarning)
    if len(sys.argv) > 1:
        folder(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
        return
    rows = 1_000_000
    frame = tables(rows)
    network = best("network of a polars table", lambda: eraudit.network(nodes={"Cohort": frame}), rows)
    as_pandas = frame.to_pandas()
    best("network of a pandas table", lambda: eraudit.network(nodes={"Cohort": as_pandas}), rows)
    rules = eraudit.load_rules(RULE)
    assessment = best("evaluate, one rule", lambda: eraudit.evaluate(network, rules, as_of="2026-06-30"), rows)
    findings = assessment.findings
    print(f"{len(findings):,} findings")
    best("findings.columns()", findings.columns, len(findings))
    best("findings.to_pandas()", findings.to_pandas, len(findings))
    best("list(findings)", lambda: list(findings), len(findings))
    best("verdict_matrix()", assessment.verdict_matrix, rows)
    import polars

    best("polars.DataFrame(findings)", lambda: polars.DataFrame(findings), len(findings))


if __name__ == "__main__":
    main()
