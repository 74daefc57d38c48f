"""What all tests share: the solvers at hand, and Ctrl-C."""

import signal

import pytest

from choosebattles.solving.pulp_solver import available

CBC = {"PULP_CBC_CMD", "COIN_CMD"}
AT_HAND = ("highs", *(("cbc",) if CBC & set(available()) else ()))

# A shell that starts tests in the background switches Ctrl-C off in them and in what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(params=AT_HAND)
def solver(request: pytest.FixtureRequest) -> str:
    """Each solver at hand in turn."""
    return str(request.param)
