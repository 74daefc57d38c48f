"""Assert, manage, accept: losses by exposure, counted by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choosebattles.audit.exposure import (
    Fate,
    Loss,
    kind,
    layer_losses,
    service_losses,
    tags,
)
from choosebattles.audit.recount import under_way
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from small_cases import case, ongoing, option, plan, provider, service

NONE, ALL = Fraction(0), Fraction(1)


def world() -> Case:
    """Hosting from abroad (80 %) and at home (15 %); data at home; three options cover more."""
    return case(
        option("OWN", 0, covers={"hosting": "0.5"}, exposures=("law:AL",)),
        option("ALLY", 0, covers={"hosting": "0.3", "data": "0.4"}, exposures=("law:LU",)),
        option("LATE", 0, covers={"hosting": 1}, build_years=1, latest_start=2027),
        providers=(
            provider("ABROAD", "hosting", "0.8", "law:US", "vendor:X", "node:A"),
            provider("HOME", "hosting", "0.15", "law:AL", "untyped"),
            provider("VAULT", "data", 1, "law:AL"),
        ),
        services=(service("EID", "hosting", "data"), service("PAY", "hosting")),
    )


def loss(found: tuple[Loss, ...], name: str, tag: str) -> Loss:
    return next(each for each in found if (each.name, each.tag) == (name, tag))


def test_laws_come_first_then_vendors_then_the_rest() -> None:
    assert tags(world()) == (
        "law:AL",
        "law:LU",
        "law:US",
        "vendor:X",
        "untyped",
        "node:A",
    )
    assert [kind(each) for each in ("law:US", " Law : x:y", "untyped")] == ["law", "law", ""]


def test_a_layer_loses_what_is_not_covered_without_the_tag() -> None:
    # Without US law 15 % of hosting is left; with OWN 65 %, with ALLY too 95 %.
    it = world()

    one = loss(layer_losses(it, plan(it, "OWN")), "hosting", "law:US")
    both = loss(layer_losses(it, plan(it, "OWN", "ALLY")), "hosting", "law:US")

    assert (one.before, one.after, one.fate) == (Fraction(17, 20), Fraction(7, 20), Fate.REDUCED)
    assert (both.before, both.after, both.fate) == (Fraction(17, 20), Fraction(1, 20), Fate.REDUCED)


def test_an_option_under_the_same_tag_is_lost_with_it() -> None:
    # Without Albanian law 80 % of hosting is left: OWN does not help. Of data nothing is left,
    # and 40 % with ALLY: 60 % is lost, more than half of what was.
    it = world()
    own = layer_losses(it, plan(it, "OWN"))
    ally = layer_losses(it, plan(it, "ALLY"))

    assert loss(own, "hosting", "law:AL").after == Fraction(1, 5)
    assert loss(own, "hosting", "law:AL").fate is Fate.LEFT
    assert loss(ally, "data", "law:AL").after == Fraction(3, 5)
    assert loss(ally, "data", "law:AL").fate is Fate.LEFT
    assert loss(ally, "hosting", "law:AL").fate is Fate.REMOVED


def test_what_does_not_operate_in_the_final_year_covers_nothing() -> None:
    it = world()

    assert loss(layer_losses(it, plan(it, "LATE")), "hosting", "law:US").after == Fraction(17, 20)


def test_what_nobody_at_work_has_is_not_exposed() -> None:
    # ABROAD and HOME leave 5 % of hosting uncovered whatever falls away.
    it = world()
    found = loss(layer_losses(it, plan(it, "OWN")), "hosting", "law:LU")

    assert not found.exposed
    assert (found.before, found.after) == (Fraction(1, 20), NONE)


def test_a_service_loses_what_its_weakest_layer_loses() -> None:
    # Law of AL: hosting 20 %, data 100 % of EID's layers; PAY needs hosting alone.
    it = world()
    found = service_losses(it, plan(it, "ALLY"))

    card = loss(found, "EID", "law:AL")
    assert (card.before, card.after, card.through) == (ALL, Fraction(3, 5), "data")
    assert card.fate is Fate.LEFT
    assert loss(found, "PAY", "law:AL").after == 0
    # Without LU's law the share of ALLY is gone again: 5 % of hosting is not covered by others.
    assert loss(found, "PAY", "law:LU").after == Fraction(1, 20)


def test_a_service_lost_most_through_another_layer_before() -> None:
    # Without US law all of hosting is lost, and 40 % of data; OWN covers hosting, so data is left.
    it = case(
        option("OWN", 0, covers={"hosting": 1}, exposures=("law:AL",)),
        providers=(
            provider("ABROAD", "hosting", 1, "law:US"),
            provider("VAULT", "data", "0.4", "law:US"),
            provider("HOME", "data", "0.6", "law:AL"),
        ),
        services=(service("EID", "hosting", "data"),),
    )

    card = loss(service_losses(it, plan(it, "OWN")), "EID", "law:US")

    assert (card.before, card.after, card.through) == (ALL, Fraction(2, 5), "data")
    assert card.fate is Fate.REDUCED


def test_what_is_under_way_counts_before() -> None:
    it = case(
        ongoing("OLD", 2025, 0, covers={"hosting": 1}, exposures=("law:LU",)),
        providers=(provider("ABROAD", "hosting", 1, "law:US"),),
    )

    (lu, us) = layer_losses(it, under_way(it))
    assert (us.tag, us.before, us.fate) == ("law:US", NONE, Fate.NO_LOSS)
    assert (lu.tag, lu.before, lu.fate) == ("law:LU", NONE, Fate.NO_LOSS)


def test_a_layer_that_nobody_supplies_yet_is_lost_whatever_happens() -> None:
    it = case(
        option("OWN", 0, covers={"hosting": 1}, exposures=("law:AL",)),
        services=(service("EID", "hosting"),),
    )

    (before,) = service_losses(it, Plan(()))
    (after,) = service_losses(it, plan(it, "OWN"))
    assert (before.before, before.after, before.exposed) == (ALL, ALL, False)
    assert (after.before, after.after, after.exposed) == (ALL, ALL, True)


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (Fraction(1, 200), Fraction(0), Fate.NO_LOSS),
        (Fraction(1), Fraction(1, 200), Fate.REMOVED),
        (Fraction(1), Fraction(1, 2), Fate.REDUCED),
        (Fraction(1), Fraction(501, 1000), Fate.LEFT),
        (Fraction(1, 100), Fraction(1, 199), Fate.LEFT),
    ],
)
def test_the_borders_of_the_classes(before: Fraction, after: Fraction, fate: Fate) -> None:
    assert Loss("hosting", "law:US", before, after, exposed=True).fate is fate


@given(st.sets(st.sampled_from(("OWN", "ALLY", "LATE"))), st.sampled_from(("OWN", "ALLY", "LATE")))
def test_one_more_option_never_raises_a_loss(some: set[str], more: str) -> None:
    """Whatever is taken besides adds cover and takes none away."""
    it = world()
    fewer, larger = plan(it, *sorted(some)), plan(it, *sorted(some | {more}))

    for find in (layer_losses, service_losses):
        there = {(each.name, each.tag): each for each in find(it, fewer)}
        for each in find(it, larger):
            assert 0 <= each.after <= there[each.name, each.tag].after <= each.before <= 1


def test_a_service_is_exposed_where_any_layer_that_it_needs_is() -> None:
    # US law takes hosting's first supplier, of whom there is a spare; half of data is covered
    # by nobody, whatever happens: most is lost where nothing is exposed.
    it = case(
        option("ANY", 0),
        providers=(
            provider("ABROAD", "hosting", 1, "law:US"),
            provider("SPARE", "hosting", 1, "law:AL"),
            provider("VAULT", "data", "0.5", "law:XK"),
        ),
        services=(service("EID", "hosting", "data"), service("TAX", "data")),
    )
    found = service_losses(it, plan(it))

    card = loss(found, "EID", "law:US")
    assert (card.after, card.through, card.exposed) == (Fraction(1, 2), "data", True)
    assert not loss(found, "TAX", "law:US").exposed
