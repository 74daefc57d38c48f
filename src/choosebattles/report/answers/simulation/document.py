"""A simulation as a document and as JSON: draws, options, plans, inputs, what is worth knowing."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from choosebattles.report.answers.simulation import causes as spread
from choosebattles.report.answers.simulation import information
from choosebattles.report.answers.simulation.sentences import (
    assumptions,
    classes,
    distributions,
    input_sentence,
    mattering,
    named,
    option_sentence,
    regret_sentences,
    sentences,
)
from choosebattles.report.document import (
    FILES,
    SCREEN,
    SLIDES,
    Block,
    Cell,
    Cells,
    Chart,
    Column,
    Document,
    Form,
    Kind,
    Row,
    Section,
    Sentences,
    Series,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.json import SCHEMA
from choosebattles.report.number_wording import percent, plain, points
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.shares_of_draws import margin
from choosebattles.spelling import short_title
from choosebattles.translation import _, capitalised
from choosebattles.uncertainty.information_value import ValueOfInformation
from choosebattles.uncertainty.regret import LeastRegret, Regret
from choosebattles.uncertainty.sensitivity import Sensitivity
from choosebattles.uncertainty.simulate import Simulation

BINS = 12
"""Columns of a histogram."""

INPUTS = 30
"""Inputs that are listed, those that go most with the answer."""


def document(
    found: Simulation,
    causes: Sensitivity | None = None,
    worth: ValueOfInformation | None = None,
) -> Document:
    """Return what is said of a simulation.

    Parameters
    ----------
    found
        What the draws came to; some may be missing.
    causes
        What causes the spread, where that was asked.
    worth
        What is worth finding out, where that is known.
    """
    if worth is not None and worth.everything is None:
        worth = None
    return Document(
        _title(found),
        (_on_screen(found, causes, worth), *_sections(found, causes, worth)),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=next(sentences(found)),
    )


def _title(found: Simulation) -> str:
    return _("What becomes of the plan in {number:,} draws").format(number=len(found.rows))


def _sections(
    found: Simulation, causes: Sensitivity | None, worth: ValueOfInformation | None
) -> Iterator[Section]:
    yield _draws(found)
    if found.plans:
        yield _options(found)
    if found.followed:
        yield _plans(found)
    if found.inputs:
        yield _inputs(found)
    if worth is not None:
        yield information.section(found, worth)
    if causes is not None:
        yield spread.section(causes)


# --- screen -------------------------------------------------------------------------------------


def _on_screen(
    found: Simulation, causes: Sensitivity | None, worth: ValueOfInformation | None
) -> Section:
    first, *others = sentences(found)
    last = [*assumptions(found)] if found.rows else []
    blocks: list[Block] = [
        Sentences((first,)),
        _spreads_briefly(found),
        _plans_briefly(found),
        _options_briefly(found),
    ]
    texts = [*others]
    if worth is not None:
        blocks += [Sentences(tuple(texts)), information.on_screen(worth)]
        texts = [*information.information_sentences(found, worth)]
    if causes is not None:
        blocks.append(Sentences(tuple(texts)))
        blocks += [spread.on_screen(outcome) for outcome in causes.causes]
        texts = [*spread.cause_sentences(causes)]
    blocks.append(Sentences((*texts, *last)))
    return Section("", tuple(blocks), on=SCREEN)


def _spreads_briefly(found: Simulation) -> Table:
    columns = (
        Column(_("points"), Kind.NAME),
        Column(_("mean"), Kind.FIGURES),
        Column(_("5 % below"), Kind.FIGURES),
        Column(_("95 % below"), Kind.FIGURES),
    )
    rows = [
        (row.what, points(row.mean, 1), points(row.low, 1), points(row.high, 1))
        for row in distributions(found)
    ]
    return Table("", columns, rows)


def _plans_briefly(found: Simulation) -> Table:
    columns = (
        Column(_("plan"), Kind.NAME),
        Column(_("best in"), Kind.FIGURES),
        Column(_("holds in"), Kind.FIGURES),
        Column(_("mean regret"), Kind.FIGURES),
        Column(_("95 % below"), Kind.FIGURES),
        Column(_("worst"), Kind.FIGURES),
    )
    regrets = ((plan, found.regret(plan)) for plan in found.followed)
    rows = [
        (
            named(found, plan),
            percent(plan.share),
            percent(regret.holds),
            between(*regret.mean),
            between(*regret.high),
            between(*regret.worst),
        )
        for plan, regret in regrets
        if regret is not None
    ]
    return Table("", columns, rows)


def between(low: float, high: float) -> str:
    """Return an interval of points, or one number where both ends read alike."""
    one, two = points(low, 2), points(high, 2)
    return one if one == two else _("{low} to {high}").format(low=one, high=two)


def _options_briefly(found: Simulation) -> Table:
    _safe, some, _out = classes(found)
    columns = (
        Column(_("option in some plans"), Kind.NAME),
        Column(_("share of draws"), Kind.FIGURES),
        Column(_("as things stand"), Kind.FIGURES),
    )
    draws, shares = found.plans.total(), found.acceptability
    rows = [
        (
            name,
            f"{percent(shares[name])} ± {percent(margin(shares[name], draws))}",
            _("in") if name in found.nominal.taken else _("out"),
        )
        for name in sorted(some, key=lambda name: -shares[name])
    ]
    return Table("", columns, rows)


# --- files --------------------------------------------------------------------------------------


def _draws(found: Simulation) -> Section:
    texts = tuple(sentences(found))
    columns = (
        Column(_("What"), Kind.TEXT, 46),
        Column(_("Draws"), Kind.COUNT, 9),
        Column(_("Mean"), Kind.POINTS, 10),
        Column(_("5 % are below"), Kind.POINTS, 10),
        Column(_("Half are below"), Kind.POINTS, 10),
        Column(_("95 % are below"), Kind.POINTS, 10),
    )
    rows: list[Row] = [
        (
            row.what,
            row.draws,
            *(plain(number) for number in (row.mean, row.low, row.middle, row.high)),
        )
        for row in distributions(found)
    ]
    blocks: tuple[Block, ...] = (Sentences(texts),)
    if rows:
        table = Table("Draws", columns, rows, filtered=False)
        blocks = (table, Sentences((*texts, *assumptions(found))), *_histogram(found))
    return Section(
        _("Draws"),
        blocks,
        title=_title(found),
        leads=(_("Every draw is answered anew; the plan as things stand is recounted in it."),),
        message=texts[0],
        on=FILES,
    )


def _histogram(found: Simulation) -> Iterator[Block]:
    """Yield how often the objective lies where: of the nominal plan and of the best plans."""
    best = found.value[found.sure]
    nominal = found.promised[~np.isnan(found.promised)]
    both = np.concatenate([best, nominal])
    if not len(both) or np.ptp(both) < 1e-6:
        return
    edges = np.histogram_bin_edges(both, BINS)
    counts = [np.histogram(values, edges)[0] for values in (nominal, best)]
    columns = (
        Column(_("Objective from"), Kind.POINTS, 12),
        Column(first := _("Plan as things stand"), Kind.COUNT, 9),
        Column(second := _("Best plan of each draw"), Kind.COUNT, 10),
    )
    rows = [
        (plain(edge), int(one), int(two))
        for edge, one, two in zip(edges[:-1], *counts, strict=True)
    ]
    yield Table("Histogram", columns, rows, on=FILES - SLIDES)
    title = _("How the objective is spread")
    yield Chart(
        Form.COLUMNS,
        title,
        _("draws"),
        title,
        tuple(Series(name, Cells("Histogram", name)) for name in (first, second)),
        categories=tuple(points(edge) for edge in edges[:-1]),
        across=_("points, from"),
        size=(720, 340),
    )


def _options(found: Simulation) -> Section:
    draws = found.plans.total()
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 44),
        Column(_("Acceptability"), Kind.SHARE, 13),
        Column(_("May be off by"), Kind.SHARE, 11),
        Column(_("As things stand"), Kind.TEXT, 10),
    )
    rows = [
        (
            name,
            short_title(found.case.options[name].title),
            Shown(share, Kind.SHARE, Tone.GAINED),
            margin(share, draws),
            _("in") if name in found.nominal.taken else _("out"),
        )
        for name, share in sorted(found.acceptability.items(), key=lambda pair: -pair[1])
    ]
    return Section(
        _("Options"),
        (Table("Options", columns, rows, keep=2),),
        title=_("How often each option is in the best plan"),
        leads=(
            _(
                "Share of draws whose best plan found takes the option (its acceptability). It is "
                "no probability of being right."
            ),
            _("May be off by: what chance alone can do with so many draws, 19 times out of 20."),
        ),
        message=next(option_sentence(found), ""),
        on=FILES,
    )


def _plans(found: Simulation) -> Section:
    weighed = bool(found.rows) and bool(found.draw(0).weights)
    objectives = [goal.id for goal in found.case.model.objectives] if weighed else []
    columns = (
        Column(_("Plan"), Kind.NAME, 24),
        Column(_("Best in"), Kind.SHARE, 9),
        Column(_("Holds in"), Kind.SHARE, 9),
        Column(_("Mean regret, from"), Kind.NUMBER, 10),
        Column(_("Mean regret, to"), Kind.NUMBER, 10),
        Column(_("95 % below, from"), Kind.NUMBER, 10),
        Column(_("95 % below, to"), Kind.NUMBER, 10),
        Column(_("Worst regret, from"), Kind.NUMBER, 10),
        Column(_("Worst regret, to"), Kind.NUMBER, 10),
        *(
            Column(_("Usual weight: {objective}").format(objective=name), Kind.SHARE, 11)
            for name in objectives
        ),
        Column(_("Enters against the plan as it stands"), Kind.TEXT, 34),
        Column(_("Leaves it"), Kind.TEXT, 34),
    )
    rows = [_plan_row(found, place, objectives) for place in range(len(found.followed))]
    return Section(
        _("Plans"),
        (Table("Plans", columns, rows),),
        title=_("Which plans were best, and what each would be regretted"),
        leads=(
            _(
                "Regret: points by which a plan falls short of the best one of a draw, over draws "
                "in which it can be carried out. From: the plan found; to: what no plan exceeds."
            ),
            _("Each plan was recounted in every draw."),
        ),
        message=next(regret_sentences(found), ""),
        on=FILES,
    )


def _plan_row(found: Simulation, place: int, objectives: Sequence[str]) -> list[Cell]:
    plan = found.followed[place]
    regret = found.regret(plan)
    central = found.central(plan.taken)
    nominal = found.nominal.taken
    numbers = [] if regret is None else [*regret.mean, *regret.high, *regret.worst]
    name = named(found, plan)
    return [
        capitalised(name),
        plan.share,
        float(plan.holds.mean()),
        *(round(number, 2) for number in numbers),
        *([None] * (6 - len(numbers))),
        *(central.get(objective) for objective in objectives),
        ", ".join(sorted(plan.taken - nominal)),
        ", ".join(sorted(nominal - plan.taken)),
    ]


def _inputs(found: Simulation) -> Section:
    ranges = {
        parameter.name: (low, likely, high)
        for row in found.uncertainty.ranges
        for parameter, low, likely, high in zip(
            row.parameters, row.low, row.likely, row.high, strict=True
        )
    }
    unknown = (None, None, None)
    columns = (
        Column(_("Input"), Kind.NAME, 26),
        Column(_("Low"), Kind.NUMBER, 11),
        Column(_("Likely"), Kind.NUMBER, 11),
        Column(_("High"), Kind.NUMBER, 11),
        Column(_("With the best plan's objective"), Kind.NUMBER, 15),
        Column(_("With that of the plan as things stand"), Kind.NUMBER, 17),
    )
    rows: list[Row] = [
        (
            row.name,
            *(None if end is None else plain(end) for end in ranges.get(row.name, unknown)),
            None if row.best is None else round(row.best, 2),
            None if row.nominal is None else round(row.nominal, 2),
        )
        for row in mattering(found)[:INPUTS]
    ]
    return Section(
        _("What matters"),
        (Table("Inputs", columns, rows),),
        title=_("Which inputs go with the answer"),
        leads=(
            _(
                "Rank correlation: 1 or -1, the answer rises or falls with the input; 0, it does not."
            ),
            _("What goes with the answer need not change which plan is best."),
        ),
        message=next(input_sentence(found), ""),
        on=FILES,
    )


# --- JSON ---------------------------------------------------------------------------------------


def as_json(
    found: Simulation,
    causes: Sensitivity | None = None,
    worth: ValueOfInformation | None = None,
) -> dict[str, Any]:
    """Return a simulation as a tree of plain values; shares of 1, points, unrounded."""
    return {
        **({} if causes is None else {"indices": spread.causes_as_json(causes)}),
        **(
            {}
            if worth is None or worth.everything is None
            else {"value_of_information": information.information_as_json(found, worth)}
        ),
        "schema": SCHEMA,
        "complete": len(found.rows) == found.draws,
        "draws": len(found.rows),
        "seed": found.uncertainty.seed,
        "gap": found.options.gap,
        "nominal": {"objective": found.nominal.value, "bound": found.nominal.bound},
        "no_plan": found.planless,
        "out_of_time": found.late,
        "distributions": [
            {
                "of": row.what,
                "draws": row.draws,
                "mean": row.mean,
                "q05": row.low,
                "q50": row.middle,
                "q95": row.high,
            }
            for row in distributions(found)
        ],
        "acceptability": dict(found.acceptability),
        "plans": [
            {
                "name": named(found, plan),
                "options": sorted(plan.taken),
                "share": plan.share,
                "central_weights": dict(found.central(plan.taken)),
                "regret": _regret_as_json(found.regret(plan)),
            }
            for plan in found.followed
        ],
        **({} if found.least is None else {"least_regret": _least_as_json(found.least)}),
        "drawn": [
            {
                "column": column,
                "input": found.uncertainty.drawn_with[column],
                "low": low,
                "high": high,
            }
            for column, (low, high) in found.uncertainty.ends.items()
        ],
        "inputs": [
            {"input": row.name, "best": row.best, "nominal": row.nominal}
            for row in mattering(found)
        ],
    }


def _least_as_json(least: LeastRegret) -> dict[str, Any]:
    return {
        "options": None if least.plan is None else sorted(least.plan.taken),
        "no_plan_less_than": least.low,
        "worst": None if least.plan is None else list(least.worst),
        "draws_compared": least.compared,
        "draws_that_decide": least.decisive,
        "impossible": least.impossible,
        "proved": least.proved,
        "stop": least.stop.value,
    }


def _regret_as_json(regret: Regret | None) -> dict[str, Any] | None:
    if regret is None:
        return None
    return {
        "holds": regret.holds,
        "mean": list(regret.mean),
        "q95": list(regret.high),
        "worst": list(regret.worst),
    }
