"""Solve every example under every decision model that fits it: ``make gallery``.

Writes ``docs/gallery.md``: what each plan comes to, and how the plan of a country changes with the
strategy while the facts stay. Every plan is recounted before it is told.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.errors import InputError
from choosebattles.report.story import tell
from choosebattles.shipped import shipped
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.workbook.models import ModelFile, read_model
from choosebattles.workbook.overlay import apply
from choosebattles.workbook.reader import read_case

PAGE = Path(__file__).parent / "gallery.md"
GAP = 0.005
IN, OUT, OTHER = "x", "", "-"
"""Marks of the tables: taken, not taken, the model does not apply."""


@dataclass(frozen=True)
class Entry:
    """One country under one model: what the results say, and which options are taken."""

    model: ModelFile
    headline: str
    cost: str
    taken: frozenset[Id]


@dataclass(frozen=True)
class Refusal:
    """A model that does not apply to a country, with the reason."""

    model: ModelFile
    reason: str


def entry(case: Case, model: ModelFile) -> Entry | Refusal:
    """Return what the plan comes to; an answer that the audit does not confirm ends the run."""
    try:
        changed, _notes = apply(case, model)
        outcome = solve(changed, Options(gap=GAP, ties=False))
    except InputError as error:
        return Refusal(model, error.faults[0].found.strip("'\""))
    told = tell(outcome)
    print(f"{case.country}, {model.name}: {told.headline}", file=sys.stderr)  # noqa: T201 (progress)
    taken = outcome.plan.taken if outcome.plan is not None else frozenset()
    cost = f"{float(outcome.recount.total_cost):.1f}" if outcome.recount is not None else "none"
    return Entry(model, told.headline, cost, frozenset(taken))


def page(cases: Mapping[str, Case], models: Sequence[ModelFile]) -> Iterator[str]:
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
            "within that gap."
        ),
        "",
        "| model | in short |",
        "|---|---|",
    )
    yield from (f"| `{each.name}` | {each.title} |" for each in models)
    for name, case in cases.items():
        yield from _country(name, case, models)


def _country(name: str, case: Case, models: Sequence[ModelFile]) -> Iterator[str]:
    entries = [entry(case, each) for each in models]
    solved = [each for each in entries if isinstance(each, Entry)]
    yield from ("", f"## {case.country}", "", f"`inputs/{name}.xlsx`; {case.prices}.", "")
    yield from (f"| model | the answer | cost, million {case.currency} |", "|---|---|---|")
    for each in entries:
        if isinstance(each, Entry):
            yield f"| `{each.model.name}` | {each.headline} | {each.cost} |"
        else:
            yield f"| `{each.model.name}` | Does not apply: the workbook has no {each.reason}. | |"
    always = frozenset.intersection(*(each.taken for each in solved))
    ever = frozenset.union(*(each.taken for each in solved))
    never = [each for each in case.options if each not in ever]
    yield from ("", f"In every plan: {_listed(case, sorted(always))}.", "")
    yield from (f"In no plan: {_listed(case, never)}.", "")
    yield from ("What the strategy decides:", "")
    yield "| | " + " | ".join(each.model.name.replace("_", " ") for each in entries) + " |"
    yield "|---" * (len(entries) + 1) + "|"
    for option in case.options.values():
        if option.id in ever - always:
            yield f"| {option.title} | " + " | ".join(_mark(e, option.id) for e in entries) + " |"


def _mark(each: Entry | Refusal, option: Id) -> str:
    if isinstance(each, Refusal):
        return OTHER
    return IN if option in each.taken else OUT


def _listed(case: Case, names: Sequence[Id]) -> str:
    return "; ".join(case.options[each].title for each in names) or "nothing"


def main() -> None:
    """Write the page."""
    models = [read_model(each.stem) for each in sorted(shipped("models").glob("*.toml"))]
    files = sorted(shipped("inputs").glob("*.xlsx"))
    lines = list(page({each.stem: read_case(each) for each in files}, models))
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
