"""Why no plan meets all demands, and what would be enough: changes are made, and all plans tried."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from claims.sentences import Count, Money, Number, Patterns, Percent, Text
from claims.world import World
from oracle.brute_force import Survey
from oracle.facts import Facts, thousandths

patterns = Patterns()
says, silent = patterns.says, patterns.silent


@says(
    "<These cannot all hold|This cannot hold|Nor can these|Nor can this>: {demands}.",
    "<These cannot all hold|This cannot hold|Nor can these|Nor can this>: {demands}. Some of them may "
    "have no part in it: the search for that ended early.",
)
def cannot_hold(world: World, demands: Text) -> None:
    assert not world.asked.survey.allowed
    for demand in re.split(r", (?=[^()]*\()", demands):
        says_what_stands_in(world, demand)


def says_what_stands_in(world: World, demand: str) -> None:
    """Assert the numbers of a demand that names what it asks for."""
    words = re.sub(r" \([^()]*\)$", "", demand)
    facts = world.asked.facts
    if found := re.fullmatch(rf"(\S+) has ({Money.regex}) in (\d{{4}})", words):
        fund = named(facts.funds, found[1])
        assert thousandths(Money(found[2]).value) == fund.amounts[int(found[3]) - facts.first_year]
    elif found := re.fullmatch(rf"(\S+) has a supply of ({Number.regex}) in (\d{{4}})", words):
        skill = named(facts.skills, found[1])
        assert Number(found[2]).shows(skill.supply[int(found[3]) - facts.first_year])
    elif found := re.fullmatch(rf"the index (\S+) must reach ({Number.regex})", words):
        assert Number(found[2]).shows(named(facts.objectives, found[1]).floor)
    elif found := re.fullmatch(rf"(\S+) must hold ({Percent.regex})", words):
        assert Percent(found[2]).shows(named(facts.services, found[1]).floor)
    elif found := re.fullmatch(r"(.+) (must be taken|must never be taken|is ongoing)", words):
        if "," in found[1] or " of " in found[1]:
            return
        decision = {"must be taken": "must", "is ongoing": "ongoing"}.get(found[2], "never")
        for name in found[1].split(" or "):
            assert named(facts.options, name).decision == decision


def named(facts: Any, name: str) -> Any:
    return next(fact for fact in facts if fact.id == name.casefold())


@says("Any of these demands may have to give way.")
def may_give_way(world: World) -> None:
    assert world.found.plan is None


@says("Any one of them can give way: {changes}.", "This is enough: {changes}.")
def any_is_enough(world: World, changes: Text) -> None:
    each = re.split(r", or |, (?=(?:raise|lower|drop|release|let|allow|hold|stop) )", changes)
    assert len(set(each)) == len(each), "a way is told twice"
    for change in each:
        enough(world, change)


@says("No single change is enough. These together are: {changes}.")
def together_enough(world: World, changes: Text) -> None:
    ways = changes.split("; or ")
    assert len(set(ways)) == len(ways), "a way is told twice"
    for way in ways:
        enough(world, way)


@says("The search ended before everything that could give way was tried.")
def ended_early(world: World) -> None:
    assert not world.found.conflict.complete


@says("{number} more: results workbook, sheet Conflict.")
def more_demands(world: World, number: Count) -> None:
    every = sum(len(clash.demands) for clash in world.found.conflict.clashes)
    shown = [
        len(grid.rows)
        for grid in world.told.grids
        if grid.where == ".pptx" and grid.heads[0] == "What is asked"
    ]
    assert shown == [every - number]


def enough(world: World, way: str) -> None:
    """Assert that a plan is allowed once a way is gone: one change, or several together."""
    facts = world.asked.facts
    way = way.removesuffix(" (less may be enough)")
    for change in re.split(
        r"(?:,| and) (?=(?:raise|lower|drop|release|let|allow|hold|stop) )", way
    ):
        facts = changed(world, facts, change)
    assert Survey(facts).allowed, "that is not enough"


def changed(world: World, facts: Facts, change: str) -> Facts:
    for pattern, make in CHANGES.items():
        found = re.fullmatch(pattern, change)
        if found is not None:
            return make(facts, *found.groups())
    if change == "hold no contingency":
        return replace(facts, contingency="none")
    message = f"no such change is known: {change}"
    raise AssertionError(message, world.asked.path)


def _replaced(facts: Facts, sheet: str, name: str, change: Callable[[Any], Any]) -> Facts:
    rows = getattr(facts, sheet)
    assert any(row.id == name.casefold() for row in rows)
    changed_rows = tuple(change(row) if row.id == name.casefold() else row for row in rows)
    return _with(facts, sheet, changed_rows)


def _with(facts: Facts, sheet: str, rows: Any) -> Facts:
    fields: dict[str, Any] = {sheet: rows}
    return replace(facts, **fields)


def _more_money(facts: Facts, fund: str, year: str, by: str) -> Facts:
    t = int(year) - facts.first_year
    more = thousandths(Money(by).value)

    def raised(row: Any) -> Any:
        return replace(
            row, amounts=(*row.amounts[:t], row.amounts[t] + more, *row.amounts[t + 1 :])
        )

    return _replaced(facts, "funds", fund, raised)


def _more_people(facts: Facts, skill: str, year: str, by: str) -> Facts:
    t = int(year) - facts.first_year

    def raised(row: Any) -> Any:
        more = row.supply[t] + Number(by).value
        return replace(row, supply=(*row.supply[:t], more, *row.supply[t + 1 :]))

    return _replaced(facts, "skills", skill, raised)


def _bound(facts: Facts, side: str, sheet: str, cell: str, old: str, new: str) -> Facts:
    rows, at = _row(facts, sheet, cell)
    percent = 100 if old.endswith("%") else 1
    before, after = (Number(text.removesuffix(" %")).value / percent for text in (old, new))
    typed = getattr(rows[at], side)
    assert Fraction(typed) == before, "the number typed is another one"
    moved = int(after) if side == "number" else after
    row = replace(rows[at], **{side: moved})
    return _with(facts, sheet.casefold(), (*rows[:at], row, *rows[at + 1 :]))


def _dropped(facts: Facts, side: str, sheet: str, cell: str) -> Facts:
    rows, at = _row(facts, sheet, cell)
    if side == "rule":
        return replace(facts, rules=(*rows[:at], *rows[at + 1 :]))
    return replace(facts, limits=(*rows[:at], replace(rows[at], **{side: None}), *rows[at + 1 :]))


def _row(facts: Facts, sheet: str, cell: str) -> tuple[Any, int]:
    return getattr(facts, sheet.casefold()), int(re.sub(r"\D", "", cell)) - 2


def _decided(facts: Facts, names: str, decision: str) -> Facts:
    for name in names.split(" or "):
        facts = _replaced(facts, "options", name, lambda row: replace(row, decision=decision))
    return facts


CHANGES: dict[str, Callable[..., Facts]] = {
    rf"raise (\S+) in (\d{{4}}) by ({Money.regex})": _more_money,
    rf"raise (\S+) in (\d{{4}}) by ({Number.regex})": _more_people,
    r"(?:raise|lower) the (\w+) in (\w+)!(\w+) from (\S+(?: %)?) to (\S+(?: %)?)": _bound,
    r"drop the (\w+) in (\w+)!(\w+)": _dropped,
    rf"lower the floor of (\S+) to ({Number.regex})": lambda facts, name, floor: _replaced(
        facts, "objectives", name, lambda row: replace(row, floor=Number(floor).value)
    ),
    rf"lower what (\S+) must hold to ({Percent.regex})": lambda facts, name, share: _replaced(
        facts, "services", name, lambda row: replace(row, floor=Percent(share).value)
    ),
    r"let (\S+) carry over without a limit": lambda facts, name: _replaced(
        facts, "funds", name, lambda row: replace(row, carry_most=None)
    ),
    r"let (\S+) pay all of \S+": lambda facts, name: _replaced(
        facts, "funds", name, lambda row: replace(row, ceiling=Fraction(1))
    ),
    r"release the must on (.+)": lambda facts, names: _decided(facts, names, "open"),
    r"allow (.+)": lambda facts, names: _decided(facts, names, "open"),
    r"stop (\S+), which is ongoing": lambda facts, name: _decided(facts, name, "never"),
}
"""How facts change, by the words that tell it."""

silent(
    "Give it more time (--time-limit), or ask for less proof (--gap 1%).",
    "Try another solver (--solver).",
    "Make investments open that are marked must: {places}.",
    "See whether what is under way fits the money: {places}.",
    "Lower or drop a minimum: {places}.",
    "Relax a rule that asks for a number: {places}.",
    "Lower what a service must hold: {places}.",
    "Lower the floor of an index: {places}.",
    "Hold less in reserve: Settings, Contingency amount.",
    "Raise a fund in its tightest year, or let it carry money over: Funds.",
    "Try a larger budget to see whether money is the cause: --budget 120%.",
    why="what could be tried: none of it is said to help",
)
