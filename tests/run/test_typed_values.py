"""What may be typed after an option, and what is refused."""

from decimal import Decimal

import pytest

from choosebattles.errors import InputError
from choosebattles.run import typed_values


@pytest.mark.parametrize(
    ("typed", "meant"), [("0.1%", 0.001), ("0", 0), (" 0% ", 0), ("1 %", 0.01)]
)
def test_gap(typed: str, meant: float) -> None:
    assert typed_values.gap(typed) == meant


@pytest.mark.parametrize("typed", ["0.1", "1", "-1%", "100%", "", "nan%", "0,1%"])
def test_an_unclear_gap_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        typed_values.gap(typed)

    assert str(refused.value) == (
        "What was asked for: 1 value needs a correction\n"
        f"  CB-R04 --gap: {f'found {typed}; ' if typed else ''}"
        "expected a percentage such as 0.1%, or 0 for full proof."
    )


def test_budget() -> None:
    assert typed_values.budget("80%") == Decimal("0.8")
    assert typed_values.budget("120 %") == Decimal("1.2")


@pytest.mark.parametrize("typed", ["80", "0.8", "-80%", "eighty"])
def test_an_unclear_budget_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match=r"--budget: found .*expected a percentage such as 80%"):
        typed_values.budget(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("90", 90), ("90s", 90), ("5m", 300), ("1.5 h", 5400), ("2 min", 120)]
)
def test_seconds(typed: str, meant: float) -> None:
    assert typed_values.seconds(typed) == meant


@pytest.mark.parametrize("typed", ["0", "-5", "5 weeks", "m", ""])
def test_an_unclear_time_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="expected seconds, or a time such as 90s, 5m or 2h"):
        typed_values.seconds(typed)


@pytest.mark.parametrize(
    ("typed", "name", "number"),
    [
        ("fund.STATE.2028=80", "fund.STATE.2028", "80"),
        ("overrun.CLOUD = 20%", "overrun.CLOUD", "0.2"),
        ("running.CLOUD=-1.5", "running.CLOUD", "-1.5"),
    ],
)
def test_assignment(typed: str, name: str, number: str) -> None:
    assert typed_values.assignment(typed) == (name, Decimal(number))


@pytest.mark.parametrize("typed", ["fund.STATE", "=5", "fund.STATE=", "discount=4,5%", "a=inf"])
def test_an_unclear_assignment_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="expected a name, = and a number"):
        typed_values.assignment(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1%", (0.01, 0)),
        ("0", (0, 0)),
        ("0.5 points", (0, 0.5)),
        ("1 point", (0, 1)),
        ("0%", (0, 0)),
    ],
)
def test_loss(typed: str, meant: tuple[float, float]) -> None:
    assert typed_values.loss(typed) == meant


@pytest.mark.parametrize("typed", ["1", "0.5", "-1%", "100%", "", "points", "-1 points", "1 p"])
def test_an_unclear_loss_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="expected a percentage such as 1%, or points such as"):
        typed_values.loss(typed)


def test_own_plan() -> None:
    assert typed_values.own_plan("CLOUD.L; CSIRT = 2028") == [("CLOUD.L", None), ("CSIRT", 2028)]


@pytest.mark.parametrize("typed", ["", "A;;B", "A=", "A=soon", "=2028", "A=2028.5"])
def test_an_unclear_plan_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match=r"--plan: .*expected ids, each with a start year"):
        typed_values.own_plan(typed)


def test_a_number_that_is_set_twice_is_set_to_one_value() -> None:
    names = ("fund.STATE=80", "fund.state=80.0", "fund.EU=5")

    assert typed_values.assignments(names) == [
        ("fund.STATE", Decimal(80)),
        ("fund.EU", Decimal(5)),
    ]
    for other in ("fund.STATE=90", "fund.state=90", "Fund.State=90%"):
        with pytest.raises(InputError, match=r"one number for .*; another one was set before"):
            typed_values.assignments((*names, other))
