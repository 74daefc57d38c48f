"""A number of the case by its plain name: ``fund.STATE.2028``, ``score.CLOUD.L.technical``.

A name is a word and, after dots, the ids that the number belongs to; case does not matter.
``cost.CLOUD.L``, ``fund.STATE`` and ``supply.IT`` are whole profiles: their number is the sum of
their years, and another sum scales every year alike; ``cost.CLOUD.L.1`` is the first of them.
Where a setting is on nothing in particular, the word stands alone: ``discount``.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from choosebattles.arguments import refused
from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.number_path import Path, fields, get_at, replace_at
from choosebattles.case.numbers import NUMBERS
from choosebattles.case.parameter_names import Named, beginning, named
from choosebattles.case.units import exact, to_thousandths
from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest, key
from choosebattles.translation import _

UNKNOWN = "CB-R02"
MEANINGLESS = "CB-R03"


def names(case: Facts) -> tuple[str, ...]:
    """Return the name of every number that may be read and replaced, each once."""
    spoken = (parameter for parameter in NUMBERS if parameter.word)
    return tuple(
        dict.fromkeys(parameter.name for number in spoken for parameter in named(case, number))
    )


def value(case: Facts, name: str) -> Decimal | None:
    """Return a number of the case; of a profile, the sum; None where the cell was left blank.

    Raises
    ------
    InputError
        Where the case has no number of that name.
    """
    return value_at(case, find(case, name).places)


def value_at(case: Facts, places: Sequence[Path]) -> Decimal | None:
    """Return the number that stands in a place, or the sum of several; None for a blank."""
    if len(places) == 1:
        number = get_at(case, places[0])
        return None if number is None else Decimal(number)
    return sum((get_at(case, place) for place in places), Decimal(0))


def replaced(
    case: Case, name: str, value: Decimal | float, *, scale: Fraction | None = None
) -> Case:
    """Return the case with another number in one place, checked as if it had been typed there.

    Parameters
    ----------
    case
        The case; it stays as it is.
    name
        The name of the number.
    value
        What is to stand there: millions, a share of 1, points, people.
    scale
        The points for 100 of the base case. Where ``Points for 100`` was left blank they are held
        at this, so that indices before and after are on one scale.

    Raises
    ------
    InputError
        Where there is no such number, or where the case makes no sense with this one.
    """
    number = decimal_of(name, value)
    found = find(case, name)
    changed: dict[str, Any] = fields(hold_scale(case, scale))
    try:
        for path, number_there in spread(case, found, number):
            changed = replace_at(changed, path, number_there)
        return Case.model_validate(changed)
    except InputError as error:
        faults = [_here(found, number, fault) for fault in error.faults]
        raise InputError(list(dict.fromkeys(faults))) from error
    except ValidationError as error:
        raise _meaningless(found.name, str(value), _("a number that the column takes")) from error


def hold_scale(case: Case, scale: Fraction | None) -> Case:
    """Return the case with its points for 100 written down, where they were left blank."""
    if scale is None or case.points_for_100 is not None:
        return case
    points = Decimal(scale.numerator) / Decimal(scale.denominator)
    return Case.model_validate({**fields(case), "points_for_100": points})


def decimal_of(name: str, value: object) -> Decimal:
    """Return the exact number that a caller means; refuse whatever is none.

    Raises
    ------
    InputError
        For anything but a finite number.
    """
    number = exact(value)
    if isinstance(number, Decimal) and number.is_finite():
        return number
    raise refused(name, value, _("a number"))


def budget(case: Case, share: Decimal | float) -> Case:
    """Return the case with a share of every fund, in whole thousandths, rounded half up.

    Parameters
    ----------
    case
        The case; it stays as it is.
    share
        Of what each fund holds in each year: 0.8 is 80 %.

    Raises
    ------
    InputError
        Where the share is no number, or below 0.
    """
    share = decimal_of("share", share)
    if share < 0:
        raise refused("share", share, _("a share of 0 or more, such as 0.8"))
    funds = tuple(
        fund.model_copy(
            update={
                "amount": {
                    year: to_thousandths(amount * share) for year, amount in fund.amount.items()
                }
            }
        )
        for fund in case.funds
    )
    return Case.model_validate({**fields(case), "funds": funds})


def find(case: Facts, name: str) -> Named:
    """Return where a number stands, by its plain name.

    Raises
    ------
    InputError
        Where the case has no number of that name.
    """
    wanted = ".".join(key(part) for part in name.split("."))
    word = wanted.partition(".")[0]
    likely = tuple(beginning(case, word))
    for parameter in likely:
        if key(parameter.name) == wanted:
            return parameter
    raise _unknown(name, (parameter.name for parameter in likely), names(case))


def _unknown(name: str, likely: Iterable[str], every: tuple[str, ...]) -> InputError:
    near = closest(name, likely) or closest(name, every)
    advice = (
        _("Did you mean {name}?").format(name=near)
        if near
        else _("Names look like fund.STATE.2028, cost.CLOUD or weight.autonomy.")
    )
    expected = _("the name of a number of this case")
    return InputError([Fault("", "", "", name, UNKNOWN, _("no such number"), expected, advice)])


def spread(case: Facts, found: Named, number: Decimal) -> Iterable[tuple[Path, Decimal]]:
    """Return what is to stand in every place of a number; nothing where it stands there."""
    if len(found.places) == 1:
        return ((found.places[0], number),)
    money = found.number.unit.money
    old = [Decimal(get_at(case, place)) for place in found.places]
    total = sum(old, Decimal(0))
    if total == number:
        return ()
    if total == 0:
        expected = _("years that are not all 0, to be scaled")
        raise _meaningless(found.name, str(number), expected, _("Name one of its years."))
    wanted = to_thousandths(number) if money else number
    shares = [number_there * wanted / total for number_there in old]
    if money:
        shares = [to_thousandths(share) for share in shares]
    largest = shares.index(max(shares))
    shares[largest] += wanted - sum(shares, Decimal(0))
    return zip(found.places, shares, strict=True)


def _here(changed: Named, number: Decimal, fault: Fault) -> Fault:
    """Return a fault of the changed case as one of the number that was handed over."""
    found = fault.found if len(changed.places) == 1 else plain(number)
    return Fault("", "", "", changed.name, fault.code, found, fault.expected, fault.advice)


def _meaningless(name: str, found: str, expected: str, advice: str = "") -> InputError:
    return InputError([Fault("", "", "", name, MEANINGLESS, found, expected, advice)])
