"""Strategies on the same facts, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.case.units import Id, Year
from choosebattles.explain.comparison_models import Followed, Strategies, Strategy
from choosebattles.report.parts.between import outwards, price_between
from choosebattles.report.wording import listed, points
from choosebattles.solving.outcome import Stop
from choosebattles.words import _, several

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
            told.case.options[each].title,
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
    text = several(
        "{taken} option is taken by any of {models} strategies, {always} by all of them.",
        "{taken} options are taken by any of {models} strategies, {always} by all of them.",
        len(taken),
    )
    yield text.format(taken=len(taken), models=len(told.strategies), always=len(always))
    if always and len(always) < len(taken):
        yield _("Whatever the strategy: {options}.").format(options=listed(always))
    for each in told.strategies:
        if each.outcome.plan is None:
            text = (
                _("{model}: no plan meets all demands at once: proved.")
                if each.outcome.stop is Stop.INFEASIBLE
                else _("{model}: no plan was found in the time.")
            )
            yield text.format(model=model_name(each))
        elif not each.outcome.proven:
            yield _("{model}: its plan is within the gap; a better one may exist.").format(
                model=model_name(each)
            )
    yield from _losses(told)
    scale = told.case.points_for_100
    if scale is not None:
        yield _("Points for 100 are held at {points} throughout.").format(points=f"{scale:,.6g}")
    for name, reason in told.refused:
        yield _("Left out, because it does not fit: {model}. {reason}").format(
            model=name, reason=reason
        )


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
