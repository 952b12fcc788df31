"""Many threads, Ctrl-C, progress, stopping, and nothing left at exit."""

import concurrent.futures
import gc
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from conftest import LONG_HOURS, SAMPLE

import eraudit


def big_network(cohorts):
    return eraudit.network(
        nodes={
            "Cohort": {
                "id": [f"c{i}" for i in range(cohorts)],
                "weekly_hours": [float(i % 90) if i % 7 else None for i in range(cohorts)],
            }
        },
        as_of="2026-06-30",
    )


SLOW = {**LONG_HOURS, "fail_if": "[1,2,3,4,5,6,7,8].all(i, [1,2,3,4,5,6,7,8].all(j, i + j > 0)) && c.weekly_hours > 60.0"}


def run(code, **more):
    return subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120, **more)


def test_many_threads_use_the_same_objects(sample_network, core_rules):
    expected = eraudit.evaluate(sample_network, core_rules, rates=SAMPLE / "rates.yaml").report_json()

    def work(number):
        network = sample_network if number % 2 else eraudit.read_network(SAMPLE / "network.yaml")
        rules = core_rules if number % 3 else eraudit.load_rules("core")
        made = eraudit.evaluate(network, rules, rates=SAMPLE / "rates.yaml", threads=1 + number % 3)
        list(made.findings)
        made.findings.to_pandas()
        made.verdict_matrix()
        for finding in made.findings[:4]:
            finding.explain()
        return made.report_json()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(24))) == {expected}


def test_the_result_is_the_same_for_any_number_of_threads():
    network, rules = big_network(20_000), eraudit.load_rules(LONG_HOURS)
    made = [eraudit.evaluate(network, rules, threads=n) for n in (1, 2, 5, 0)]
    assert len({each.report_json(explained=0) for each in made}) == 1


def test_other_threads_run_while_one_judges():
    network, rules = big_network(60_000), eraudit.load_rules(SLOW)
    counted = 0
    done = threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    started = time.perf_counter()
    eraudit.evaluate(network, rules)
    took = time.perf_counter() - started
    done.set()
    counter.join()
    assert took > 0.1, "too quick to tell anything"
    assert counted > took / 0.001 / 50


def test_progress_is_told_on_this_thread_and_ends_at_the_total():
    seen = []
    network = big_network(60_000)
    eraudit.evaluate(
        network,
        eraudit.load_rules(SLOW),
        threads=2,
        progress=lambda progress: seen.append((progress, threading.get_ident())),
    )
    assert {ident for _, ident in seen} == {threading.get_ident()}
    assert seen[-1][0] == eraudit.Progress(60_000, 60_000)
    assert [p.done for p, _ in seen] == sorted(p.done for p, _ in seen) and len(seen) >= 2


def test_what_progress_raises_stops_the_run():
    def progress(now):
        raise ZeroDivisionError("enough")

    with pytest.raises(ZeroDivisionError, match="enough"):
        eraudit.evaluate(big_network(200_000), eraudit.load_rules(SLOW), progress=progress)


def test_a_stopped_run_says_so():
    stop = threading.Event()
    stop.set()
    made = eraudit.evaluate(big_network(300_000), eraudit.load_rules(SLOW), stop=stop)
    assert made.run.stopped and made.totals.not_reached > 0
    assert "stopped before the end" in repr(made) and "Stopped before the end" in made._repr_html_()


def test_ctrl_c_stops_the_run():
    network, rules = big_network(2_000_000 // 4), eraudit.load_rules(SLOW)
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    try:
        timer.start()
        started = time.perf_counter()
        with pytest.raises(KeyboardInterrupt):
            eraudit.evaluate(network, rules)
            pytest.fail("the run ended before it could be interrupted")
        assert time.perf_counter() - started < 10
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)
    assert len(eraudit.evaluate(big_network(10), rules).findings) == 0  # and all still works


LEAKS = """
import eraudit
eraudit._core._set_leak_warnings(True)
network = eraudit.read_network({sample!r})
rules = eraudit.load_rules("core")
assessment = eraudit.evaluate(network, rules, rates={rates!r}, threads=2, progress=lambda p: None)
columns = assessment.findings.columns()
matrix = assessment.verdict_matrix()
findings = list(assessment.findings)
iterator = iter(assessment.findings)
next(iterator)
explanation = findings[0].explain()
frame = assessment.findings.to_pandas()
schema, rule, ask = network.schema, rules[0], assessment.asks[0]
money = eraudit.Money(5, "USD")
table = eraudit.network(nodes={{"Cohort": frame[["subject"]].rename(columns={{"subject": "id"}}).drop_duplicates()}})
capsule = assessment.findings.__arrow_c_stream__()
for wrong in (lambda: eraudit.read_network("no"), lambda: eraudit.load_rules(text="x"), lambda: rules["x"]):
    try:
        wrong()
    except eraudit.Error as error:
        kept = error
print("done")
"""


def test_nothing_is_left_at_exit():
    done = run(LEAKS.format(sample=str(SAMPLE / "network.yaml"), rates=str(SAMPLE / "rates.yaml")))
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr
    assert "leak" not in done.stderr and done.stderr == "", done.stderr


def test_the_leak_check_can_fail():
    done = run(
        """
        import ctypes, eraudit
        eraudit._core._set_leak_warnings(True)
        money = eraudit.Money(5, "USD")
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(money))
        """
    )
    assert "leak" in done.stderr


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def test_memory_does_not_grow(sample_network, core_rules):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    table = pyarrow.table({"id": [f"c{i}" for i in range(20_000)], "weekly_hours": [66.0] * 20_000})
    rules = eraudit.load_rules(LONG_HOURS)

    def once():
        made = eraudit.evaluate(eraudit.network(nodes={"Cohort": table}), rules, as_of="2026-06-30")
        made.findings.columns(), made.verdict_matrix(), list(made.findings)
        pyarrow.table(made.findings)
        made.explain(0, "c1")
        for wrong in (lambda: eraudit.network(nodes={"Cohort": [{"id": "a", "workers": "x"}]}), lambda: made.verdict("x", 0)):
            with pytest.raises(eraudit.Error):
                wrong()

    for _ in range(4):
        once()
    gc.collect()
    before = resident()
    for _ in range(12):
        once()
    gc.collect()
    assert resident() - before < 12 * 1_000_000, "a round keeps a megabyte or more"
