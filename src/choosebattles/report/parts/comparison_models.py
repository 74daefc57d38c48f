"""Strategies on the same facts, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from choosebattles.case.units import Id, Year
from choosebattles.explain.comparison_models import (
    Followed,
    Refused,
    Strategies,
    Strategy,
    shipped_models,
)
from choosebattles.report.parts.between import outwards, price_between
from choosebattles.report.parts.conflict import where_to_look
from choosebattles.report.wording import points
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.words import _, listed, several

OWN = _("workbook")
"""What the workbook's own decision model is called in tables."""


def model_name(strategy: Strategy) -> str:
    """Return what a strategy is called in tables."""
    return strategy.model or OWN


@dataclass(frozen=True)
class OptionRow:
    """An option that any strategy takes, with its start year under each; None where it is out."""

    option: Id
    title: str
    always: bool
    starts: tuple[Year | None, ...]


def option_rows(told: Strategies) -> list[OptionRow]:
    """Return the options that any strategy takes, those that all take first."""
    always = told.always
    rows = [
        OptionRow(
            each,
            short_title(told.case.options[each].title),
            each in always,
            tuple(
                it.outcome.plan.starts.get(each) if it.outcome.plan else None
                for it in told.strategies
            ),
        )
        for each in told.taken
    ]
    return sorted(rows, key=lambda row: not row.always)


FollowedRow = tuple[str, str, float | None, float | None, float | None, str]


def followed_rows(told: Strategies) -> list[FollowedRow]:
    """Return what each plan is worth under every other strategy."""
    rows: list[FollowedRow] = []
    for one, seen in zip(told.strategies, told.followed, strict=True):
        for other, each in zip(told.strategies, seen, strict=True):
            if one is not other and each is not None:
                low, high = outwards(*each.loss) if each.loss else (None, None)
                note = _note(each)
                rows.append((model_name(one), model_name(other), each.value, low, high, note))
    return rows


def _note(followed: Followed) -> str:
    if followed.breaks:
        return _("cannot be followed: {breaks}").format(breaks="; ".join(followed.breaks))
    if followed.loss is None:
        return _("what it loses is not told: that strategy does not raise the objective alone")
    return ""


def model_sentences(told: Strategies) -> Iterator[str]:
    """Yield what the strategies say together; the first sentence is its headline."""
    always, taken = told.always, told.taken
    yield _headline(told)
    if always and len(always) < len(taken) and len(_with_plan(told)) > 1:
        yield _("Whatever the strategy: {options}.").format(options=listed(always))
    for each in told.strategies:
        if each.outcome.plan is None:
            text = (
                _("{model}: no plan meets all demands at once: proved.")
                if each.outcome.stop is Stop.INFEASIBLE
                else _("{model}: no plan was found in the time.")
            )
            yield text.format(model=model_name(each))
            if each.outcome.stop is Stop.INFEASIBLE:
                yield where_to_look(_typed(each.model))
        elif not each.outcome.proven:
            yield _("{model}: its plan is within the gap; a better one may exist.").format(
                model=model_name(each)
            )
    yield from _losses(told)
    scale = told.case.points_for_100
    if scale is not None:
        yield _("Points for 100 are held at {points} throughout.").format(points=f"{scale:,.6g}")
    yield from _left_out(told.refused)


def _typed(model: str) -> str:
    """Return a model as it is typed after --model: a file of one's own has another name."""
    return model if not model or model in shipped_models() else "MODEL"


def _with_plan(told: Strategies) -> list[Strategy]:
    return [each for each in told.strategies if each.outcome.plan is not None]


def _headline(told: Strategies) -> str:
    """Return how much the strategies agree; where fewer than two have a plan, what there is."""
    there, models, taken = _with_plan(told), len(told.strategies), len(told.taken)
    if models == 1:
        if not there:
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
    if not there:
        return _("There is nothing to compare: none of {models} strategies has a plan.").format(
            models=models
        )
    if len(there) == 1:
        return several(
            "Of {models} strategies only {name} has a plan: it takes {taken} option.",
            "Of {models} strategies only {name} has a plan: it takes {taken} options.",
            taken,
        ).format(models=models, name=model_name(there[0]), taken=taken)
    text = (
        several(
            "{taken} option is taken by any of {models} strategies, {always} by all of them.",
            "{taken} options are taken by any of {models} strategies, {always} by all of them.",
            taken,
        )
        if len(there) == models
        else several(
            "{taken} option is taken by any of the {there} of {models} strategies that have a "
            "plan, {always} by all of them.",
            "{taken} options are taken by any of the {there} of {models} strategies that have a "
            "plan, {always} by all of them.",
            taken,
        )
    )
    return text.format(taken=taken, models=models, there=len(there), always=len(told.always))


def _left_out(refused: Sequence[Refused]) -> Iterator[str]:
    """Yield which models do not fit; criteria that several ask for are named once."""
    if not refused:
        return
    yield several(
        "Left out, because it asks for what the case does not have: {models}.",
        "Left out, because they ask for what the case does not have: {models}.",
        len(refused),
    ).format(models=", ".join(each.model for each in refused))
    criteria, services = (
        {e.model: e.criteria for e in refused},
        {e.model: e.services for e in refused},
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
        for each in things:
            asking.setdefault(each, []).append(model)
    groups: dict[tuple[str, ...], list[str]] = {}
    for each, models in asking.items():
        groups.setdefault(tuple(models), []).append(each)
    for asked, things in sorted(groups.items(), key=lambda pair: -len(pair[0])):
        yield things, [*asked]


def _losses(told: Strategies) -> Iterator[str]:
    for one, seen in zip(told.strategies, told.followed, strict=True):
        for other, each in zip(told.strategies, seen, strict=True):
            if one is other or each is None:
                continue
            names = {"one": model_name(one), "other": model_name(other)}
            if each.breaks:
                text = _("The plan of {one} cannot be followed under {other}: {why}.")
                yield text.format(why="; ".join(each.breaks), **names)
            elif each.loss is not None and each.value is not None:
                yield _(
                    "Under {other} the plan of {one} is worth {value}: it loses {loss}."
                ).format(value=points(each.value), loss=price_between(*each.loss), **names)
