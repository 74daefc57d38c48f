"""What all tests share: the solvers at hand."""

import pytest

from choosebattles.solving.pulp_solver import available

CBC = {"PULP_CBC_CMD", "COIN_CMD"}
AT_HAND = ("highs", *(("cbc",) if CBC & set(available()) else ()))


@pytest.fixture(params=AT_HAND)
def solver(request: pytest.FixtureRequest) -> str:
    """Each solver at hand in turn."""
    return str(request.param)
