"""From a question to its answer: solve, write, print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from choosebattles.cli.lines import aligned, typed
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.execution.safe_write import judge
from choosebattles.report.json import as_json
from choosebattles.report.parts.prices import each_year
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import Story
from choosebattles.report.story import tell as story_of
from choosebattles.report.wording import millions_alike, points
from choosebattles.report.xlsx import write_results
from choosebattles.run.question import Question
from choosebattles.run.stops import ENDS
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import TERMINAL_WIDTH, short_title
from choosebattles.words import _, several

BINDING_SECONDS = 1.0
"""How long to test what binds, once the best plan is found."""


@dataclass(frozen=True)
class Target:
    """Where an answer goes, and what must never be overwritten."""

    results: Path
    json: str | None
    guard: Guard

    def judge(self) -> None:
        """Refuse results that would harm another file, before anything is searched."""
        judge(self.results, str(self.results), **self.guard)


def results_of(files: Sequence[Path]) -> Path:
    """Return where results go unless something else is said: beside nothing, in this folder."""
    return Path(f"{files[0].stem}-results.xlsx")


def answer(question: Question, files: Sequence[Path], options: Options, target: Target) -> None:
    """Solve, write the results, print the answer, and leave with its exit code."""
    with stoppable(), Watching() as watching:
        outcome = solve(question.case, replace(options, binding=BINDING_SECONDS), watch=watching)
    outcome = replace(outcome, notes=(*outcome.notes, *question.notes))
    reading = question.reading
    provenance = Provenance.of(files, reading.doubts, reading.notices, reading.totals)
    story = story_of(outcome, provenance)
    written = write_results(
        outcome, target.results, provenance=provenance, story=story, **target.guard
    )
    publish(
        lines(outcome, story, question.notes),
        lambda: as_json(outcome, provenance.notices),
        json=target.json,
        guard=target.guard,
        doubts=reading.doubts,
        written=[written],
        after=_next(provenance, files, found=outcome.plan is not None),
        end=ENDS[outcome.stop],
    )


def lines(outcome: Outcome, story: Story, notes: Sequence[str]) -> Iterator[str]:
    """Yield the answer in words: headline, indices, proof, money, what to try."""
    yield story.headline
    yield ""
    if story.answer is not None:
        head = (_("index"), _("before"), _("after"), _("of a possible"))
        rows = [
            (each.objective, points(each.before), points(each.after), points(each.possible))
            for each in story.answer.indices
        ]
        yield from (f"  {line}" for line in aligned([head, *rows]))
        yield ""
        if story.answer.plan:
            yield from (f"  {line}" for line in _chosen(outcome))
            yield ""
    yield from story.proof
    yield from story.conflict
    yield from story.sentences
    yield from story.keeps
    yield from story.binding
    yield from notes
    if story.advice:
        yield ""
        yield _("What you can try:")
        yield from (f"  {each}" for each in story.advice)
    yield ""


def _chosen(outcome: Outcome) -> Iterator[str]:
    assert outcome.plan is not None
    assert outcome.recount is not None
    case, recount = outcome.case, outcome.recount
    head = (_("from"), _("option"), _("what it is"), f"{_('cost')}{each_year(case)}")
    chosen = sorted(outcome.plan.choices, key=lambda choice: (choice.start, choice.option))
    costs = [
        sum(recount.build[each.option].values()) + sum(recount.run[each.option].values())
        for each in chosen
    ]
    titles = [short_title(case.options[each.option].title, TERMINAL_WIDTH) for each in chosen]
    rows = [
        (str(each.start), each.option, title, cost)
        for each, title, cost in zip(chosen, titles, millions_alike(case, costs), strict=True)
    ]
    yield from aligned([head, *rows], left=3)


def _next(provenance: Provenance, files: Sequence[Path], *, found: bool) -> Iterator[str]:
    if provenance.notices:
        text = several(
            "{number} notice: {command}",
            "{number} notices: {command}",
            len(provenance.notices),
        )
        command = typed("choosebattles", "check", *files)
        yield text.format(number=len(provenance.notices), command=command)
    if found:
        yield _("Next: open the results, sheet Summary; to try less money, add --budget 80%.")
    else:
        yield _("Next: open the results, sheet Summary.")
