"""Two answers side by side: worth, options, payments, and what they say that they rest on."""

from collections.abc import Iterator, Sequence
from typing import Any

from choosebattles.explain.comparison_results import Answers, EarlierAnswer
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Column,
    Decimals,
    Document,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA
from choosebattles.report.number_wording import decimals, points
from choosebattles.report.plan_parts.two_plans import (
    MeasureRow,
    first_and_second,
    starts_moved,
    two_currencies,
)
from choosebattles.solving.outcome import Stop
from choosebattles.translation import _, several

FEW = 20
"""Differences between inputs that stand on the terminal; files have all."""


def document(answers: Answers, further: Sequence[str] = ()) -> Document:
    """Return what is said of two answers.

    Parameters
    ----------
    answers
        The answers.
    further
        What to do to learn more, for who is at the terminal.
    """
    headline, *_others = sentences(answers)
    sections = (
        _on_screen(answers, further),
        _measures(answers),
        _plans(answers),
        _payments(answers),
        _inputs(answers),
    )
    costs = [result.total_cost or 0.0 for result in (answers.before, answers.after)]
    return Document(
        _("Comparison of two answers"),
        tuple(section for section in sections if section is not None),
        headline=headline,
        decimals=Decimals(decimals(costs)),
    )


def _on_screen(answers: Answers, further: Sequence[str]) -> Section:
    headline, *others = sentences(answers)
    one, two = answers.before, answers.after
    rows = [
        *_indices(answers),
        (_("objective"), one.objective, two.objective),
        (_("total cost, million"), one.total_cost, two.total_cost),
    ]
    table = Table(
        "",
        (
            Column(_("index"), Kind.NAME),
            Column(_("first"), Kind.FIGURES),
            Column(_("second"), Kind.FIGURES),
        ),
        [(name, *map(_points, numbers)) for name, *numbers in rows],
    )
    texts = (*_changes(answers), *others, *_listed_inputs(answers), *further)
    return Section("", (Sentences((headline,)), table, Sentences(texts)), on=SCREEN)


def _indices(answers: Answers) -> list[tuple[str, float | None, float | None]]:
    one, two = answers.before.indices, answers.after.indices
    return [(name, one.get(name), two.get(name)) for name in dict.fromkeys((*one, *two))]


def _changes(answers: Answers) -> Iterator[str]:
    """Yield which options enter, leave and move."""
    if answers.enters:
        yield _("Enters: {options}.").format(options=", ".join(answers.enters))
    if answers.leaves:
        yield _("Leaves: {options}.").format(options=", ".join(answers.leaves))
    if answers.moves:
        yield _("Starts in another year: {moves}.").format(moves=starts_moved(answers.moves))


def _listed_inputs(answers: Answers) -> Iterator[str]:
    """Yield the inputs that differ, as a list below the sentence that counts them."""
    rows = answers.inputs or ()
    for kind, name, before, after in rows[:FEW]:
        yield f"  {kind}, {name}: {_text(before)} → {_text(after)}"
    if len(rows) > FEW:
        yield _("  and {number} more: write them with -o").format(number=len(rows) - FEW)


def _points(value: float | None) -> str:
    return "" if value is None else points(value, 2)


def _text(value: str | float | None) -> str:
    if value is None:
        return _("not there")
    return f"{value:,.6g}" if isinstance(value, int | float) else value or _("blank")


def _measures(answers: Answers) -> Section:
    headline, *others = sentences(answers)
    one, two = answers.before, answers.after
    table, chart = first_and_second(
        [
            *(MeasureRow(*row) for row in _indices(answers)),
            MeasureRow(_("objective"), one.objective, two.objective),
            MeasureRow(_("total cost"), one.total_cost, two.total_cost, money=True),
        ]
    )
    return Section(
        _("Comparison"),
        (table, Sentences(tuple(others)), chart),
        title=_("Comparison of two answers"),
        leads=(headline, _("Total cost in millions, the others in points.")),
        message=headline,
        on=FILES,
    )


def _plans(answers: Answers) -> Section | None:
    one, two = answers.before.starts, answers.after.starts
    options = sorted({*one, *two})
    if not options:
        return None
    table = Table(
        "Plan",
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("First"), Kind.YEAR, 10),
            Column(_("Second"), Kind.YEAR, 10),
            Column(_("What"), Kind.TEXT, 24),
        ),
        [(name, one.get(name), two.get(name), _became(answers, name)) for name in options],
    )
    text = _("Options in both plans: {both} of {number}.")
    return Section(
        _("Plan"),
        (table,),
        title=_("Options of both plans, with their start years"),
        leads=(_("Blank: not in the plan."),),
        message=text.format(both=len(one.keys() & two.keys()), number=len(options)),
        on=FILES,
    )


def _became(answers: Answers, option: str) -> str:
    if option in answers.enters:
        return _("enters")
    if option in answers.leaves:
        return _("leaves")
    if answers.before.starts[option] != answers.after.starts[option]:
        return _("starts in another year")
    return _("the same")


def _payments(answers: Answers) -> Section | None:
    one, two = answers.before.spending, answers.after.spending
    payments = sorted({*one, *two})
    if not payments:
        return None
    table = Table(
        "Spending",
        (
            Column(_("Fund"), Kind.NAME, 16),
            Column(_("Year"), Kind.YEAR, 8),
            Column(_("First"), Kind.MONEY, 12),
            Column(_("Second"), Kind.MONEY, 12),
        ),
        [(*payment, one.get(payment), two.get(payment)) for payment in payments],
    )
    return Section(
        _("Spending"),
        (table,),
        title=_("What each fund pays by year"),
        leads=(_("In millions."),),
        on=FILES,
    )


def _inputs(answers: Answers) -> Section | None:
    if not answers.inputs:
        return None
    table = Table(
        "Inputs",
        (
            Column(_("Kind"), Kind.NAME, 18),
            Column(_("Name"), Kind.TEXT, 36),
            Column(_("First"), Kind.TEXT, 50),
            Column(_("Second"), Kind.TEXT, 50),
        ),
        answers.inputs,
    )
    return Section(
        _("Inputs"),
        (table,),
        title=_("What the two answers rest on, where they say it differently"),
        leads=(_("As far as the answers say: not every cell of an input is in its results."),),
        message=_differ(len(answers.inputs)),
        on=FILES,
    )


def as_json(answers: Answers) -> dict[str, Any]:
    """Return a comparison of two answers as a tree of plain values."""
    inputs = answers.inputs
    return {
        "schema": SCHEMA,
        "kind": "answers",
        "before": _result(answers.before),
        "after": _result(answers.after),
        "enters": list(answers.enters),
        "leaves": list(answers.leaves),
        "moves": [
            {"option": name, "before": before, "after": after}
            for name, before, after in answers.moves
        ],
        "same_files": answers.same_files,
        "inputs": None
        if inputs is None
        else [
            {"kind": kind, "name": name, "before": before, "after": after}
            for kind, name, before, after in inputs
        ],
    }


def _result(result: EarlierAnswer) -> dict[str, Any]:
    return {
        "name": result.name,
        "stop": result.stop,
        "proven": result.proven,
        "objective": result.objective,
        "total_cost": result.total_cost,
        "indices": dict(result.indices),
        "chosen": [
            {"investment": result.investment_of[option], "option": option, "start": start}
            for option, start in result.starts.items()
        ],
        "files": None
        if result.files is None
        else [{"name": name, "sha256": checksum} for name, checksum in result.files],
    }


def sentences(answers: Answers) -> Iterator[str]:
    """Yield what the comparison says as a whole; the first sentence is its headline."""
    one, two = answers.before, answers.after
    yield _headline(answers)
    for result, name in ((one, _("The first")), (two, _("The second"))):
        if not result.found:
            yield _no_plan(name, result)
        elif not result.proven:
            text = _(
                "{name}: its plan is not proved to be best, so another may be as good or better."
            )
            yield text.format(name=name)
    if one.currency and two.currency and one.currency != two.currency:
        yield two_currencies(one.currency, two.currency)
    yield _files(answers)
    inputs = answers.inputs
    if inputs == ():
        yield _("What they say of their inputs is the same.")
    elif inputs:
        yield _differ(len(inputs))


def _differ(number: int) -> str:
    return several(
        "{number} thing that the answers say they rest on differs.",
        "{number} things that the answers say they rest on differ.",
        number,
    ).format(number=number)


def _headline(answers: Answers) -> str:
    one, two = answers.before, answers.after
    if not (one.found and two.found):
        return _("The plans cannot be compared, because there are not two of them.")
    assert one.objective is not None
    assert two.objective is not None
    if one.starts == two.starts:
        plans = _("The two plans are the same")
    elif one.starts.keys() == two.starts.keys():
        plans = _("The two plans take the same options, some from another year")
    else:
        plans = _("{enters} and {leaves}").format(
            enters=several(
                "{number} option enters", "{number} options enter", len(answers.enters)
            ).format(number=len(answers.enters)),
            leaves=several("{number} leaves", "{number} leave", len(answers.leaves)).format(
                number=len(answers.leaves)
            ),
        )
    return _("{plans}; the objective is {before} in the first and {after} in the second.").format(
        plans=plans, before=points(one.objective, 2), after=points(two.objective, 2)
    )


def _no_plan(name: str, result: EarlierAnswer) -> str:
    if result.stop == Stop.INFEASIBLE:
        return _("{name}: no plan meets all demands at once: proved.").format(name=name)
    return _("{name}: no plan was found; whether one exists is not known.").format(name=name)


def _files(answers: Answers) -> str:
    same = answers.same_files
    if same is None:
        return _("Whether both rest on the same files is not known: one of them does not say.")
    if same:
        return _("Both rest on files of the same content (by their checksums).")
    return _("They rest on files of different content (by their checksums).")
