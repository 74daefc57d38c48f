"""Who can pay: the funds, and the limits that come with them."""

from choosebattles.case.fund import Fund, Pays
from choosebattles.case.limit import Limit, Metric, ScopeItem, ScopeKind
from example.tables import YES, Line, Sources, amount, items


def funds(tables: Sources) -> tuple[Fund, ...]:
    """Return the funds, with an amount for every year."""
    return tuple(
        Fund(
            id=each["fund"],
            title=each["title"],
            amount={year: amount(each[str(n)]) for n, year in enumerate(tables.years, 1)},
            carry_over=amount(each["carry_over"]),
            carry_at_most=amount(each["carry_at_most"]) if each.get("carry_at_most") else None,
            pays_at_most=amount(each["pays_at_most"]),
            pays=Pays(each["pays"]),
            eligible=tuple(_item(one) for one in items(each["eligible"])),
            dependence=amount(each["dependence"]),
        )
        for each in tables.own("funds")
    )


def earns_into(tables: Sources, line: Line) -> str:
    """Return the fund that an option's income goes to: volatile income has the last one.

    What that fund may pay for leaves out all that a critical service stands on, so that no service
    depends on such income.
    """
    mine = tables.own("funds")
    return mine[-1 if line["volatile_revenue"] == YES else 0]["fund"]


def limits(tables: Sources) -> tuple[Limit, ...]:
    """Return how many projects can begin in one year: laws, seats and courses are none."""
    there = {option["pillar"] for option in tables.options}
    building = (name for name, pillar in tables.pillars.items() if pillar["builds"] == YES)
    return (
        Limit(
            metric=Metric.STARTS,
            scope=tuple(
                ScopeItem(kind=ScopeKind.PILLAR, name=name) for name in building if name in there
            ),
            maximum=amount(tables.country["starts_in_a_year"]),
            note="[illustrative] Projects that the administration can begin in one year.",
        ),
    )


def _item(text: str) -> ScopeItem:
    kind, colon, name = text.partition(":")
    if not colon:
        return ScopeItem(kind=ScopeKind.ID, name=text)
    return ScopeItem(kind=ScopeKind(kind), name=name.strip())
