"""Robustness as a document and as JSON: options in four voices, competitors, unbeaten plans."""

from collections.abc import Iterator, Mapping
from typing import Any

from choosebattles.case.units import Id
from choosebattles.report.answers.robustness.sentences import (
    RivalLine,
    competitor_sentences,
    core_words,
    gain_words,
    in_question,
    plan_name,
    rival_lines,
    sentences,
    unbeaten_sentences,
    why_they_differ,
)
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Cell,
    Cells,
    Chart,
    Column,
    Decimals,
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
from choosebattles.report.number_wording import decimals, percent, plain
from choosebattles.report.plan_parts.amount_headings import unit_each_year
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.spelling import short_title
from choosebattles.translation import _
from choosebattles.uncertainty.robustness import Robustness, Unbeaten, Voices
from choosebattles.uncertainty.robustness_radius import Competitor

DRAWN = 6
"""Unbeaten plans that are drawn."""

BARS = 60
"""Decisions that have bars, at most."""

SHOWN = 10
"""Competitors that are printed."""


def document(found: Robustness) -> Document:
    """Return what is said of the robustness of a plan.

    Parameters
    ----------
    found
        What is known of the plan.
    """
    plans = [rival.recount for rival in found.rivalry.competitors]
    if found.unbeaten is not None:
        plans += [unbeaten.recount for unbeaten in found.unbeaten.plans]
    return Document(
        _("How robust {plan} is").format(plan=plan_name(found)),
        (_on_screen(found), *_sections(found)),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=next(sentences(found)),
        decimals=Decimals(decimals(recount.total_cost for recount in plans)),
    )


# --- screen -------------------------------------------------------------------------------------


def _on_screen(found: Robustness) -> Section:
    texts = Sentences(tuple(sentences(found)))
    if found.plan is None:
        return Section("", (texts,), on=SCREEN)
    last = Sentences(tuple(why_they_differ(found)))
    tables = (_competitors_briefly(found), _voices_briefly(found))
    return Section("", (texts, *tables, last), on=SCREEN)


def _competitors_briefly(found: Robustness) -> Table:
    """Return competitors as a table of the screen; what they change stands last: it may be long."""
    lines = rival_lines(found)
    columns = (
        Column(_("competitor"), Kind.NAME),
        Column(_("may gain"), Kind.FIGURES),
        *(Column(name, Kind.FIGURES) for name in found.weights.likely),
        Column(_("enters and leaves against the plan"), Kind.TEXT),
    )
    rows = [
        (
            str(line.number),
            gain_words(line.regret),
            *(percent(weight, 1) for weight in line.weights),
            _change(line),
        )
        for line in lines[:SHOWN]
    ]
    more = len(lines) - SHOWN
    note = _("and {number} more").format(number=more) if more > 0 else ""
    return Table("", columns, rows, note=note)


def _change(line: RivalLine) -> str:
    parts = ((_("enters: {options}"), line.enters), (_("leaves: {options}"), line.leaves))
    texts = [text.format(options=", ".join(options)) for text, options in parts if options]
    return "; ".join(texts) or _("other years")


def _voices_briefly(found: Robustness) -> Table:
    drawn, cores = found.drawn is not None, found.unbeaten is not None
    columns = (
        Column(_("option in question"), Kind.NAME),
        Column(_("the plan"), Kind.FIGURES),
        *([Column(_("core index"), Kind.FIGURES)] if cores else []),
        *([Column(_("so it is"), Kind.FIGURES)] if cores else []),
        Column(_("competitors"), Kind.FIGURES),
        Column(_("regret"), Kind.FIGURES),
        *([Column(_("acceptability"), Kind.FIGURES)] if drawn else []),
    )
    rows = [
        (
            row.option,
            _in_or_out(row),
            *([percent(row.core_index or 0.0), core_words(row.core)] if cores else []),
            str(row.competitors),
            gain_words(row.regret),
            *([percent(row.acceptability or 0.0)] if drawn else []),
        )
        for row in in_question(found)
    ]
    return Table("", columns, rows)


def _in_or_out(row: Voices) -> str:
    return _("in") if row.in_plan else _("out")


# --- files --------------------------------------------------------------------------------------


def _sections(found: Robustness) -> Iterator[Section]:
    first, *others = sentences(found)
    table = _voices(found)
    texts = (*others, *why_they_differ(found)) if table.rows else tuple(others)
    yield Section(
        _("Robustness"),
        (table, Sentences((first, *texts)), *_regret_chart(table, complete=found.rivalry.complete)),
        title=_("How robust {plan} is, option by option").format(plan=plan_name(found)),
        leads=(
            first,
            _("Each column asks another question; below the table stands why they differ."),
        ),
        message=first,
        on=FILES,
    )
    if table.rows and found.rivalry.competitors:
        yield _competitors(found)
    if table.rows and found.unbeaten is not None and found.unbeaten.plans:
        yield _unbeaten(found)


def _voices(found: Robustness) -> Table:
    drawn, cores = found.drawn is not None, found.unbeaten is not None
    decided, regret = _("Competitors that decide otherwise"), _("Regret of the decision, points")
    if not found.rivalry.complete:
        decided = _("Competitors that decide otherwise, at least")
        regret = _("Regret of the decision, points, at least")
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 42),
        Column(_("In the plan"), Kind.TEXT, 9),
        *([Column(_("Core index"), Kind.SHARE, 9)] if cores else []),
        *([Column(_("So it is"), Kind.TEXT, 12)] if cores else []),
        Column(decided, Kind.COUNT, 18),
        Column(regret, Kind.INDEX, 18),
        *([Column(_("Acceptability"), Kind.SHARE, 13)] if drawn else []),
    )
    rows: list[Row] = [
        (
            row.option,
            short_title(found.case.options[row.option].title),
            _in_or_out(row),
            *(_core(row) if cores else []),
            row.competitors,
            plain(row.regret),
            *([row.acceptability] if drawn else []),
        )
        for row in sorted(found.voices, key=lambda row: (not row.in_plan, -(row.core_index or 0)))
    ]
    return Table("Robustness", columns, rows, keep=2)


def _regret_chart(table: Table, *, complete: bool) -> Iterator[Chart]:
    """Yield what each decision may cost as bars, where one may and they are few enough to read."""
    place = next(n for n, column in enumerate(table.columns) if column.kind is Kind.INDEX)
    regret = table.columns[place].title
    if len(table.rows) <= BARS and any(row[place] for row in table.rows):
        title = _("By how much another decision may be better")
        if not complete:
            title = _("By how much another decision may be better, at least")
        yield Chart(
            Form.BARS,
            title,
            _("points"),
            title,
            (Series(regret, Cells("Robustness", regret)),),
            categories=Cells("Robustness", table.columns[0].title),
            number="0.0",
            size=(620, 130 + 22 * len(table.rows)),
        )


def _core(row: Voices) -> list[Cell]:
    index = Shown(plain(row.core_index or 0.0), Kind.SHARE, Tone.GAINED)
    return [index, core_words(row.core)]


def _competitors(found: Robustness) -> Section:
    scored = bool(found.scores.effects)
    columns = (
        Column(_("Competitor"), Kind.COUNT, 11),
        Column(_("May gain, points"), Kind.INDEX, 10),
        Column(_("Enters"), Kind.TEXT, 34),
        Column(_("Leaves"), Kind.TEXT, 34),
        *(
            Column(_("Weight: {objective}").format(objective=name), Kind.SHARE, 11)
            for name in found.weights.likely
        ),
        _cost(found),
        *([Column(_("At scores"), Kind.TEXT, 60)] if scored else []),
    )
    rows: list[Row] = [
        (
            line.number,
            plain(line.regret),
            ", ".join(line.enters) or ("" if line.leaves else _("other years")),
            ", ".join(line.leaves),
            *line.weights,
            line.cost,
            *([line.scores] if scored else []),
        )
        for line in rival_lines(found)
    ]
    return Section(
        _("Competitors"),
        (Table("Competitors", columns, rows),),
        title=_("Plans that may be worth more within the intervals"),
        leads=(
            _("By how much at most, and at which weights and scores that is so."),
            _("Scores: of options on which the two plans differ; common ones cancel."),
        ),
        message=next(competitor_sentences(found), ""),
        on=FILES,
    )


def _cost(found: Robustness) -> Column:
    return Column(_("Cost, {unit}").format(unit=unit_each_year(found.case)), Kind.MONEY, 12)


def _unbeaten(found: Robustness) -> Section:
    assert found.unbeaten is not None
    assert found.plan is not None
    columns = (
        Column(_("Plan"), Kind.COUNT, 8),
        *(Column(_worth_at(corner), Kind.INDEX, 16) for corner in found.weights.corners),
        _cost(found),
        Column(_("Enters against the plan in question"), Kind.TEXT, 36),
        Column(_("Leaves it"), Kind.TEXT, 36),
    )
    mine = found.plan.taken
    rows: list[Row] = [
        [
            number,
            *(plain(worth) for worth in plan.worth),
            float(plan.recount.total_cost),
            ", ".join(sorted(plan.taken - mine)),
            ", ".join(sorted(mine - plan.taken)),
        ]
        for number, plan in enumerate(found.unbeaten.plans, 1)
    ]
    lead = _(
        "Each set of options once, with what it is worth at each extreme of the weights, in points."
    )
    proved = _("Proved complete.") if found.unbeaten.complete else _("Not proved complete.")
    return Section(
        _("Unbeaten plans"),
        (Table("Unbeaten", columns, rows), *_unbeaten_chart(found)),
        title=_("Plans that no other one beats over all the weights"),
        leads=(lead, proved),
        message=next(unbeaten_sentences(found), ""),
        on=FILES,
    )


def _unbeaten_chart(found: Robustness) -> Iterator[Chart]:
    """Yield what unbeaten plans are worth from one end of an interval of weights to the other."""
    assert found.unbeaten is not None
    plans = found.unbeaten.plans[:DRAWN]
    if len(found.weights.corners) != 2 or len(plans) < 2:
        return
    one, other = found.weights.corners
    name = next(name for name in one if one[name] != other[name])
    ends = tuple(float(100 * corner[name]) for corner in (one, other))
    text = _("What unbeaten plans are worth over the weight of {objective}")
    if len(found.unbeaten.plans) > DRAWN:
        text = _("What the first {number} unbeaten plans are worth over the weight of {objective}")
    title = text.format(objective=name, number=DRAWN)
    yield Chart(
        Form.CURVES,
        title,
        _("points"),
        title,
        tuple(
            Series(
                _("Plan {number}").format(number=number),
                tuple(float(worth) for worth in plan.worth),
                ends,
            )
            for number, plan in enumerate(plans, 1)
        ),
        across=_("weight of {objective}, %").format(objective=name),
        number="0.0",
        size=(620, 320),
    )


def _worth_at(corner: Mapping[Id, Any]) -> str:
    weights = ", ".join(f"{name} {float(100 * weight):.3g} %" for name, weight in corner.items())
    return _("Worth at {weights}").format(weights=weights)


# --- JSON ---------------------------------------------------------------------------------------


def as_json(found: Robustness) -> dict[str, Any]:
    """Return robustness as a tree of plain values; shares of 1, points, millions, unrounded."""
    low, high = found.rivalry.regret
    return {
        "schema": SCHEMA,
        "stop": found.stop.value,
        "plan": None
        if found.plan is None
        else {name: found.plan.starts[name] for name in sorted(found.plan.taken)},
        "objective": None if found.recount is None else float(found.recount.after.value),
        "proposed": found.proposed,
        "weights": [
            {name: float(weight) for name, weight in corner.items()}
            for corner in found.weights.corners
        ],
        "scores_in_question": len(found.scores.effects),
        "regret": {"least": low, "most": high},
        "radius": found.rivalry.radius,
        "radius_proved": found.rivalry.radius_proved,
        "competitors_complete": found.rivalry.complete,
        "competitors": [_competitor_as_json(rival) for rival in found.rivalry.competitors],
        "unbeaten_complete": None if found.unbeaten is None else found.unbeaten.complete,
        "unbeaten": None
        if found.unbeaten is None
        else [
            {**_plan_as_json(plan), "worth": [float(worth) for worth in plan.worth]}
            for plan in found.unbeaten.plans
        ],
        "options": [
            {
                "option": row.option,
                "in_plan": row.in_plan,
                "core": None if row.core is None else row.core.value,
                "core_index": row.core_index,
                "competitors": row.competitors,
                "regret": row.regret,
                "acceptability": row.acceptability,
            }
            for row in found.voices
        ],
        "draws": 0 if found.drawn is None else len(found.drawn.rows),
    }


def _competitor_as_json(rival: Competitor) -> dict[str, Any]:
    return {
        "regret": rival.regret,
        **_plan_as_json(rival),
        "total_cost": float(rival.recount.total_cost),
        "weights": {name: float(weight) for name, weight in rival.weights.items()},
        "scores": [
            {"option": option, "criterion": criterion, "score": score}
            for (option, criterion), score in rival.scores.items()
        ],
    }


def _plan_as_json(found: Competitor | Unbeaten) -> dict[str, Any]:
    return {
        "options": sorted(found.taken),
        "starts": dict(sorted(found.plan.starts.items())),
    }
