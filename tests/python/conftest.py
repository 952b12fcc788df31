import pathlib

import pytest

import eraudit

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples/networks/gloves-np-my"


@pytest.fixture(scope="session")
def sample_network():
    return eraudit.read_network(SAMPLE / "network.yaml")


@pytest.fixture(scope="session")
def core_rules():
    return eraudit.load_rules("core")


@pytest.fixture(scope="session")
def sample(sample_network, core_rules):
    return eraudit.evaluate(sample_network, core_rules, rates=SAMPLE / "rates.yaml")


LONG_HOURS = {
    "rule": "my.long-hours",
    "subject": "(c:Cohort)",
    "fail_if": "c.weekly_hours > 60.0",
    "message": "{c.weekly_hours} hours a week",
}


@pytest.fixture(scope="session")
def long_hours():
    return eraudit.load_rules(LONG_HOURS)
