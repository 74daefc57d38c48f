"""Solve every example under every decision model that fits it: ``make gallery``.

Writes ``docs/gallery.md``: what each plan comes to, and how the plan of a country changes with the
strategy while the facts stay. Every plan is recounted before it is told.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from choosebattles.case.case import Case
from choosebattles.case.limit import Limit, Metric
from choosebattles.case.units import Id
from choosebattles.constraints.limits import Limited
from choosebattles.errors import InputError
from choosebattles.report.view_model import tell
from choosebattles.shipped_files import shipped
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.workbook.decision_model_files import DecisionModelFile, read_model
from choosebattles.workbook.decision_model_overlay import apply
from choosebattles.workbook.reader import read_case

PAGE = Path(__file__).parent / "gallery.md"
GAP = 0.005
IN, OUT, OTHER = "x", "", "-"
"""Marks of the tables: taken, not taken, the model does not apply."""


@dataclass(frozen=True)
class Entry:
    """One country under one model: what the results say, and which options are taken."""

    model: DecisionModelFile
    headline: str
    cost: str
    taken: frozenset[Id]
    investments: int


@dataclass(frozen=True)
class Refusal:
    """A model that does not apply to a country, with the reason."""

    model: DecisionModelFile
    reason: str


LACKS = {
    "resource": "it asks for investments of the pillar resource, and this workbook has none",
    "transit_cut_neighbour": (
        "it asks what survives the shock transit_cut_neighbour, and this workbook has no neighbour "
        "who could cut a link"
    ),
}
"""Why a model does not apply, by what it names in vain."""


def entry(case: Case, model: DecisionModelFile) -> Entry | Refusal:
    """Return what the plan comes to; an answer that the audit does not confirm ends the run."""
    try:
        changed, _notes = apply(case, model)
        outcome = solve(changed, Options(gap=GAP, ties=False))
    except InputError as error:
        return Refusal(model, LACKS[error.faults[0].found.strip("'\"")])
    told = tell(outcome)
    print(f"{case.country}, {model.name}: {told.headline}", file=sys.stderr)  # noqa: T201 (progress)
    taken = outcome.plan.taken if outcome.plan is not None else frozenset()
    cost = f"{float(outcome.recount.total_cost):.1f}" if outcome.recount is not None else "none"
    number = len(outcome.plan.choices) if outcome.plan is not None else 0
    return Entry(model, " ".join((told.headline, *told.conflict)), cost, frozenset(taken), number)


def page(cases: Mapping[str, Case], models: Sequence[DecisionModelFile]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (
        "# Gallery: the same facts, other strategies",
        "",
        "Made by `make gallery`; change `docs/gallery.py`, the models or the examples, not this page.",
        "",
        (
            f"Every example workbook is solved under every decision model that fits it, to within "
            f"{GAP:.1%} of the best, and every plan is recounted. **None of this is a plan of a state or "
            "advice to one**: sizes of some rows rest on published figures, everything else is our own "
            "illustration (each workbook says which, row by row), and the strategies are our own reading. "
            "Indices are comparable along a row of one country, not between countries or models: a model "
            "changes what counts. Plans that differ in one or two small investments may be worth the same "
            "within that gap. 100 points of an index are a scale of our own, so what would be possible "
            "may lie above it."
        ),
        "",
        "## The strategies",
        "",
        (
            "`choosebattles solve mine.xlsx --model NAME` lays one over a workbook. Most ask for 20 "
            "investments at most, one for 15, and most plans take as many as they may: then it is "
            "this number that binds, not the money."
        ),
    )
    some = next(iter(cases.values()))
    for model in models:
        yield from _strategy(some, model)
    for name, case in cases.items():
        yield from _country(name, case, models)


def _strategy(case: Case, model: DecisionModelFile) -> Iterator[str]:
    """Yield what a model asks for; the case lends its currency to demands in money."""
    weights = ", ".join(
        f"{objective.id} {objective.weight:g}" for objective in model.model.objectives
    )
    yield from ("", f"**{model.title}** (`{model.name}`). {model.when}", "")
    yield f"- Weights: {weights}."
    yield (
        f"- Risk: the worst {model.model.tail_share:.0%} of shocks count for "
        f"{model.model.tail_weight:.0%} of continuity."
    )
    for limit in model.model.limits:
        exactly = f" That is: {_demand(case, limit)}." if limit.scope else ""
        yield f"- {limit.note}{exactly}"
    for hold in model.must_hold:
        against = " and ".join(hold.against).replace("_", " ")
        yield f"- At least {hold.floor:.0%} of {hold.service.replace('_', ' ')} must hold against {against}."


def _country(name: str, case: Case, models: Sequence[DecisionModelFile]) -> Iterator[str]:
    entries = [entry(case, model) for model in models]
    solved = [each for each in entries if isinstance(each, Entry)]
    yield from ("", f"## {case.country}", "", f"`inputs/{name}.xlsx`; {case.prices}.", "")
    yield from (f"| model | the answer | cost, million {case.currency} |", "|---|---|---|")
    for each in entries:
        if isinstance(each, Entry):
            yield f"| `{each.model.name}` | {each.headline} | {each.cost} |"
        else:
            yield f"| `{each.model.name}` | Does not apply: {each.reason}. | |"
    always = frozenset.intersection(*(each.taken for each in solved if each.taken))
    ever = frozenset.union(*(each.taken for each in solved))
    never = [each for each in case.options if each not in ever]
    yield from ("", f"In every plan: {_listed(case, sorted(always))}.", "")
    yield from (f"In no plan: {_listed(case, never)}.", "")
    full = [each for each in solved if each.investments == _at_most(each.model)]
    if full:
        names = ", ".join(each.model.title for each in full)
        yield from (f"As many investments as the strategy allows: {names}.", "")
    yield from ("What the strategy decides:", "")
    yield "| | " + " | ".join(each.model.name.replace("_", " ") for each in entries) + " |"
    yield "|---" * (len(entries) + 1) + "|"
    for option in case.options.values():
        if option.id in ever - always:
            yield f"| {option.title} | " + " | ".join(_mark(e, option.id) for e in entries) + " |"


def _demand(case: Case, limit: Limit) -> str:
    scale = 100 if limit.metric is Metric.COST_SHARE else 1
    return " and ".join(
        Limited(limit, "").sentence(case, f"{float(scale * bound):g}", least=least)
        for bound, least in ((limit.minimum, True), (limit.maximum, False))
        if bound is not None
    )


def _at_most(model: DecisionModelFile) -> int | None:
    """Return how many investments a model allows in all; None where it does not say."""
    limits = (
        limit for limit in model.model.limits if limit.metric is Metric.COUNT and not limit.scope
    )
    return next((int(limit.maximum) for limit in limits if limit.maximum is not None), None)


def _mark(each: Entry | Refusal, option: Id) -> str:
    if isinstance(each, Refusal):
        return OTHER
    return IN if option in each.taken else OUT


def _listed(case: Case, names: Sequence[Id]) -> str:
    return "; ".join(case.options[name].title for name in names) or "nothing"


def main() -> None:
    """Write the page."""
    models = [read_model(file.stem) for file in sorted(shipped("models").glob("*.toml"))]
    files = sorted(shipped("inputs").glob("*.xlsx"))
    lines = list(page({file.stem: read_case(file) for file in files}, models))
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
