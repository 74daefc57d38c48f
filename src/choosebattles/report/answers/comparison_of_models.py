"""One case under several decision models: what each takes, and what it is worth under another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choosebattles.case.units import Id, Year
from choosebattles.explain.comparison_models import (
    PlanSeen,
    Refused,
    Strategies,
    Strategy,
    shipped_models,
)
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Block,
    Cell,
    Column,
    Decimals,
    Document,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA
from choosebattles.report.json import as_json as outcome_as_json
from choosebattles.report.number_wording import decimals, millions_alike, points
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.charts import in_columns
from choosebattles.report.plan_parts.conflict import where_to_look
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.intervals import outwards, price_between
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed, several

OWN = _("workbook")
"""What the workbook's own decision model is called in tables."""


def document(compared: Strategies) -> Document:
    """Return what is said of one case under several decision models."""
    headline, *_others = sentences(compared)
    sections = (
        _on_screen(compared),
        _strategies(compared),
        _options(compared),
        _under_others(compared),
    )
    costs = [cost for strategy in compared.strategies if (cost := _cost(strategy)) is not None]
    return Document(
        _("The same facts under several decision models"),
        tuple(section for section in sections if section is not None),
        country=compared.case.country,
        illustrative=is_illustrative(compared.case),
        headline=headline,
        decimals=Decimals(decimals(costs)),
    )


def _on_screen(compared: Strategies) -> Section:
    """Return options down and models across."""
    headline, *others = sentences(compared)
    columns = (
        Column(_("start year of"), Kind.NAME),
        *(Column(model_name(strategy), Kind.FIGURES) for strategy in compared.strategies),
    )
    options = [
        (row.option, *("" if start is None else str(start) for start in row.starts))
        for row in option_rows(compared)
    ]
    indices = [
        (
            name,
            *(
                "" if index is None else points(index, 1)
                for index in (_index(strategy, name) for strategy in compared.strategies)
            ),
        )
        for name in _objectives(compared)
    ]
    costs = millions_alike(compared.case, [_cost(strategy) for strategy in compared.strategies])
    cost = (f"{_('total cost')}{each_year(compared.case)}", *costs)
    rows = [*options, *indices, cost] if _with_plan(compared) else []
    blocks = (Sentences((headline,)), Table("", columns, rows), Sentences(tuple(others)))
    return Section("", blocks, on=SCREEN)


def _objectives(compared: Strategies) -> list[Id]:
    """Return the objectives of all strategies that have a plan."""
    counted = (strategy.outcome.recount for strategy in compared.strategies)
    return list(
        dict.fromkeys(name for recount in counted if recount for name in recount.after.indices)
    )


def _index(strategy: Strategy, name: Id) -> float | None:
    recount = strategy.outcome.recount
    if recount is None or name not in recount.after.indices:
        return None
    return float(recount.after.indices[name])


def _cost(strategy: Strategy) -> float | None:
    recount = strategy.outcome.recount
    return None if recount is None else float(recount.total_cost)


def _strategies(compared: Strategies) -> Section:
    headline, *others = sentences(compared)
    objectives = _objectives(compared)
    titles = [_("Index: {objective}").format(objective=name) for name in objectives]
    model = _("Model")
    table = Table(
        "Strategies",
        (
            Column(model, Kind.NAME, 22),
            Column(_("Title"), Kind.TEXT, 28),
            Column(_("Method"), Kind.TEXT, 13),
            Column(_("Investments"), Kind.COUNT, 12),
            Column(_("Proved"), Kind.TEXT, 15),
            *(Column(title, Kind.POINTS, 12) for title in titles),
            Column(_("Total cost"), Kind.MONEY, 12),
        ),
        [
            (
                *(model_name(strategy), strategy.title, str(strategy.outcome.case.model.method)),
                *_taken(strategy),
                *(_index(strategy, name) for name in objectives),
                _cost(strategy),
            )
            for strategy in compared.strategies
        ],
    )
    blocks: tuple[Block, ...] = (table, Sentences(tuple(others)))
    if titles:
        chart = in_columns(_("Indices by strategy"), "Strategies", titles, model)
        blocks = (*blocks, chart)
    return Section(
        _("Strategies"),
        blocks,
        title=_("The same facts under several decision models"),
        leads=(headline, _("Money in {unit}.").format(unit=unit_each_year(compared.case))),
        message=headline,
        on=FILES,
    )


def _taken(strategy: Strategy) -> tuple[Cell, Cell]:
    """Return how many investments the plan takes, and whether it is proved."""
    outcome = strategy.outcome
    if outcome.plan is None:
        return None, _("no plan") if outcome.stop is Stop.INFEASIBLE else _("no plan found")
    number = len({choice.investment for choice in outcome.plan.choices})
    if outcome.proven:
        return number, _("yes")
    return number, _("within the gap") if outcome.stop is Stop.GAP else _("no")


def _options(compared: Strategies) -> Section | None:
    rows = option_rows(compared)
    if not rows:
        return None
    names = [model_name(strategy) for strategy in compared.strategies]
    table = Table(
        "Options",
        (
            Column(_("Option"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 40),
            Column(_("In all"), Kind.TEXT, 8),
            *(Column(name, Kind.YEAR, max(12, len(name) + 2)) for name in names),
        ),
        [(row.option, row.title, _("yes") if row.always else _("no"), *row.starts) for row in rows],
        keep=2,
    )
    return Section(
        _("Options"),
        (table,),
        title=_("What each strategy takes, with the start year"),
        leads=(_("Blank: not in the plan. In all: every strategy with a plan takes it."),),
        message=_whatever(compared),
        on=FILES,
    )


def _under_others(compared: Strategies) -> Section | None:
    pairs = list(_pairs(compared))
    if not pairs:
        return None
    table = Table(
        "IfAnotherIsRight",
        (
            Column(_("Plan of"), Kind.NAME, 22),
            Column(_("Counted under"), Kind.NAME, 22),
            Column(_("Objective"), Kind.POINTS, 11),
            Column(_("Loses at least"), Kind.NUMBER, 11),
            Column(_("Loses at most"), Kind.NUMBER, 11),
            Column(_("Note"), Kind.TEXT, 60),
        ),
        [
            (
                *(model_name(one), model_name(other), followed.value),
                *(outwards(*followed.loss) if followed.loss else (None, None)),
                _note(followed),
            )
            for one, other, followed in pairs
        ],
    )
    free = sum(followed.loss is not None and followed.loss[1] <= 0 for *_names, followed in pairs)
    text = several(
        "Of {number} plans counted under another strategy {broken} cannot be followed there, and "
        "{free} loses nothing.",
        "Of {number} plans counted under another strategy {broken} cannot be followed there, and "
        "{free} lose nothing.",
        free,
    )
    return Section(
        _("If another is right"),
        (table,),
        title=_("What following one strategy costs under another"),
        leads=(
            _("Points lost against the best plan of the other strategy, in its own points."),
            _("Cannot be followed: the plan breaks a demand of the other strategy."),
        ),
        message=text.format(
            number=len(pairs),
            broken=sum(bool(followed.breaks) for *_names, followed in pairs),
            free=free,
        ),
        on=FILES,
    )


def as_json(compared: Strategies) -> dict[str, Any]:
    """Return a comparison of strategies as a tree of plain values."""
    return {
        "schema": SCHEMA,
        "kind": "models",
        "models": [
            {
                "model": strategy.model or None,
                "title": strategy.title,
                **outcome_as_json(strategy.outcome),
                "notes": list(strategy.notes),
            }
            for strategy in compared.strategies
        ],
        "always": list(compared.always),
        "followed": [
            [
                None
                if followed is None
                else {
                    "objective": followed.value,
                    "loss_low": followed.loss[0] if followed.loss else None,
                    "loss_high": followed.loss[1] if followed.loss else None,
                    "breaks": list(followed.breaks),
                }
                for followed in row
            ]
            for row in compared.followed
        ],
        "refused": [
            {
                "model": refused.model,
                "criteria": list(refused.criteria),
                "services": list(refused.services),
                "reason": refused.reason,
            }
            for refused in compared.refused
        ],
        "seconds": compared.seconds,
    }


def model_name(strategy: Strategy) -> str:
    """Return what a strategy is called in tables."""
    return strategy.model or OWN


@dataclass(frozen=True)
class StrategyOption:
    """An option that any strategy takes, with its start year under each; None where it is out."""

    option: Id
    title: str
    always: bool
    starts: tuple[Year | None, ...]


def option_rows(compared: Strategies) -> list[StrategyOption]:
    """Return the options that any strategy takes, those that all take first."""
    always = compared.always
    plans = [strategy.outcome.plan for strategy in compared.strategies]
    rows = [
        StrategyOption(
            name,
            short_title(compared.case.options[name].title),
            name in always,
            tuple(plan.starts.get(name) if plan else None for plan in plans),
        )
        for name in compared.taken
    ]
    return sorted(rows, key=lambda row: not row.always)


def _pairs(compared: Strategies) -> Iterator[tuple[Strategy, Strategy, PlanSeen]]:
    """Yield each plan under every other strategy: whose it is, the other one, what it is there."""
    for one, row in zip(compared.strategies, compared.followed, strict=True):
        for other, followed in zip(compared.strategies, row, strict=True):
            if one is not other and followed is not None:
                yield one, other, followed


def _note(followed: PlanSeen) -> str:
    if followed.breaks:
        return _("cannot be followed: {breaks}").format(breaks="; ".join(followed.breaks))
    if followed.loss is None:
        return _("what it loses is not given: that strategy does not raise the objective alone")
    return ""


def sentences(compared: Strategies) -> Iterator[str]:
    """Yield what the strategies say together; the first sentence is its headline."""
    always = compared.always
    yield _headline(compared)
    if len(always) < len(compared.taken) and (text := _whatever(compared)):
        yield text
    for strategy in compared.strategies:
        name, outcome = model_name(strategy), strategy.outcome
        if outcome.plan is None and outcome.stop is Stop.INFEASIBLE:
            yield _("{model}: no plan meets all demands at once: proved.").format(model=name)
            yield where_to_look(_typed(strategy.model))
        elif outcome.plan is None:
            yield _("{model}: no plan was found in the time.").format(model=name)
        elif not outcome.proven:
            text = (
                _("{model}: its plan is within the gap; a better one may exist.")
                if outcome.stop is Stop.GAP
                else _("{model}: its plan is not proved to be best; a better one may exist.")
            )
            yield text.format(model=name)
    yield from _losses(compared)
    scale = compared.case.points_for_100
    if scale is not None:
        yield _("Points for 100 are held at {points} throughout.").format(points=f"{scale:,.6g}")
    yield from _left_out(compared.refused)


def _whatever(compared: Strategies) -> str:
    """Return what all strategies take; nothing where fewer than two have a plan."""
    if not compared.always or len(_with_plan(compared)) < 2:
        return ""
    return _("Whatever the strategy: {options}.").format(options=listed(compared.always))


def _typed(model: str) -> str:
    """Return a model as it is typed after --model: a file of one's own has another name."""
    return model if not model or model in shipped_models() else "MODEL"


def _with_plan(compared: Strategies) -> list[Strategy]:
    return [strategy for strategy in compared.strategies if strategy.outcome.plan is not None]


def _headline(compared: Strategies) -> str:
    """Return how much the strategies agree; where fewer than two have a plan, what there is."""
    planned, models, taken = _with_plan(compared), len(compared.strategies), len(compared.taken)
    if models == 1:
        if not planned:
            return _(
                "There is nothing to compare: the workbook's own model is the only one left, and has no plan."
            )
        return several(
            "There is nothing to compare: only the workbook's own model is left. Its plan takes "
            "{taken} option.",
            "There is nothing to compare: only the workbook's own model is left. Its plan takes "
            "{taken} options.",
            taken,
        ).format(taken=taken)
    proved = all(
        strategy in planned or strategy.outcome.stop is Stop.INFEASIBLE
        for strategy in compared.strategies
    )
    if not planned:
        text = (
            _("There is nothing to compare: none of {models} strategies has a plan.")
            if proved
            else _("There is nothing to compare: for none of {models} strategies a plan was found.")
        )
        return text.format(models=models)
    if len(planned) == 1 and proved:
        return several(
            "Of {models} strategies only {name} has a plan: it takes {taken} option.",
            "Of {models} strategies only {name} has a plan: it takes {taken} options.",
            taken,
        ).format(models=models, name=model_name(planned[0]), taken=taken)
    if len(planned) == 1:
        return several(
            "Of {models} strategies a plan was found for {name} only: it takes {taken} option.",
            "Of {models} strategies a plan was found for {name} only: it takes {taken} options.",
            taken,
        ).format(models=models, name=model_name(planned[0]), taken=taken)
    text = (
        several(
            "{taken} option is taken by any of {models} strategies, {always} by all of them.",
            "{taken} options are taken by any of {models} strategies, {always} by all of them.",
            taken,
        )
        if len(planned) == models
        else several(
            "{taken} option is taken by any of the {there} of {models} strategies for which a plan "
            "was found, {always} by all of them.",
            "{taken} options are taken by any of the {there} of {models} strategies for which a plan "
            "was found, {always} by all of them.",
            taken,
        )
        if not proved
        else several(
            "{taken} option is taken by any of the {there} of {models} strategies that have a "
            "plan, {always} by all of them.",
            "{taken} options are taken by any of the {there} of {models} strategies that have a "
            "plan, {always} by all of them.",
            taken,
        )
    )
    return text.format(taken=taken, models=models, there=len(planned), always=len(compared.always))


def _left_out(refused: Sequence[Refused]) -> Iterator[str]:
    """Yield which models do not fit; criteria that several ask for are named once."""
    if not refused:
        return
    yield several(
        "Left out, because it asks for what the case does not have: {models}.",
        "Left out, because they ask for what the case does not have: {models}.",
        len(refused),
    ).format(models=", ".join(model.model for model in refused))
    criteria, services = (
        {model.model: model.criteria for model in refused},
        {model.model: model.services for model in refused},
    )
    for missing, models in _together(criteria):
        yield _("No scores for {criteria}: {models}.").format(
            criteria=listed(missing), models=_asking(models, len(refused))
        )
    for missing, models in _together(services):
        yield _("No service {services}: {models}.").format(
            services=_(" or ").join(missing), models=_asking(models, len(refused))
        )
    yield _(
        "To use such a model, add its criteria to Criteria and score them under Investments, and "
        "add its services to Services; or start from a workbook that has its criteria: "
        "choosebattles new FILE --model NAME."
    )


def _asking(models: Sequence[str], every: int) -> str:
    """Return which models ask for something, as a clause."""
    if len(models) == every > 1:
        return _("all of them ask for it")
    return several("{models} asks for it", "{models} ask for it", len(models)).format(
        models=listed(models)
    )


def _together(missing: Mapping[str, Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what is missing, each thing once, beside the models that ask for it.

    Things that the same models ask for stand together, the most wanted first.
    """
    asking: dict[str, list[str]] = {}
    for model, things in missing.items():
        for thing in things:
            asking.setdefault(thing, []).append(model)
    groups: dict[tuple[str, ...], list[str]] = {}
    for thing, models in asking.items():
        groups.setdefault(tuple(models), []).append(thing)
    for names, things in sorted(groups.items(), key=lambda pair: -len(pair[0])):
        yield things, [*names]


def _losses(compared: Strategies) -> Iterator[str]:
    for one, other, followed in _pairs(compared):
        names = {"one": model_name(one), "other": model_name(other)}
        if followed.breaks:
            text = _("The plan of {one} cannot be followed under {other}: {why}.")
            yield text.format(why="; ".join(followed.breaks), **names)
        elif followed.loss is not None and followed.value is not None:
            text = _("Under {other} the plan of {one} is worth {value}: it loses {loss}.")
            loss = price_between(*followed.loss)
            yield text.format(value=points(followed.value), loss=loss, **names)
