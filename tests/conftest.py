"""What all tests share: the solvers at hand, Ctrl-C, and patience with a machine that is busy."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings

from choosebattles.solving.pulp_solver import available

CBC = {"PULP_CBC_CMD", "COIN_CMD"}
AT_HAND = ("highs", *(("cbc",) if CBC & set(available()) else ()))

SECONDS = (
    "choosebattles.cli.progress.PATIENCE",
    "choosebattles.execution.executor.REACH",
    "choosebattles.workbook.xml_parts.SECONDS",
)
"""How long the program waits, for a reader, a worker or a file, where nobody says how long."""

FEW = 5
"""How many random cases a test tries, unless all are asked for."""

# A shell that starts tests in the background switches Ctrl-C off in them and in what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# An example may take as long as it takes.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A worker of Dask that starts slowly is waited for.
os.environ["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = "1h"
os.environ["DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP"] = "1h"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as broad the random cases of a test, by its argument ``seed``, beyond the first few."""
    tried: dict[tuple[object, str], dict[object, int]] = {}
    for item in items:
        given = getattr(item, "callspec", None)
        if isinstance(item, pytest.Function) and given is not None and "seed" in given.params:
            seeds = tried.setdefault((item.path, item.originalname), {})
            if seeds.setdefault(given.params["seed"], len(seeds)) >= FEW:
                item.add_marker(pytest.mark.broad)


@pytest.fixture(params=AT_HAND)
def solver(request: pytest.FixtureRequest) -> str:
    """Each solver at hand in turn."""
    return str(request.param)


@contextmanager
def patient() -> Iterator[None]:
    """Let nothing be left out, or told, because the machine is busy with something else."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SECONDS:
            patch.setattr(name, 3600.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Run every test with patience."""
    with patient():
        yield
