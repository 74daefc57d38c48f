"""``choosebattles report``: results that people present."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.decision_model import Method
from choosebattles.case.parameter import hold_scale
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Gap,
    Model,
    Output,
    Overwrite,
    Strict,
)
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.explain.precomputed import WORK, precompute, trade_off
from choosebattles.explain.price_of_left_out import WORK as PRICES_WORK
from choosebattles.explain.price_of_left_out import left_out
from choosebattles.explain.price_of_left_out import prices as prices_of
from choosebattles.report.answers.plan.document import document
from choosebattles.report.answers.presented.sections import Besides
from choosebattles.report.document import SCREEN, Section, Sentences
from choosebattles.report.json import as_json
from choosebattles.report.outputs.files import writer
from choosebattles.report.page.writer import LARGEST, PageRequest, write_page
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import tell
from choosebattles.run import typed_values
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.solve import solve
from choosebattles.translation import _

BINDING = 10.0
"""Units of work in which it is tested what binds, for slides and documents."""


def command(
    files: Files,
    *,
    html: Annotated[
        Path | None,
        typer.Option(metavar="PAGE.html", help=_("Write one page that opens without a network.")),
    ] = None,
    pptx: Annotated[
        Path | None,
        typer.Option(
            metavar="SLIDES.pptx", help=_("Write slides, with charts that can be edited.")
        ),
    ] = None,
    md: Annotated[
        Path | None,
        typer.Option(
            "--md", metavar="PLAN.md", help=_("Write the plan as a document in Markdown.")
        ),
    ] = None,
    docx: Annotated[
        Path | None,
        typer.Option(metavar="PLAN.docx", help=_("Write the plan as a document for Word.")),
    ] = None,
    output: Output = None,
    frontier: Annotated[
        bool,
        typer.Option("--frontier", help=_("Show what one objective costs the other as well.")),
    ] = False,
    prices: Annotated[
        bool,
        typer.Option("--prices", help=_("Search what it would cost to take what is left out.")),
    ] = False,
    redact: Annotated[
        bool,
        typer.Option("--redact", help=_("Leave scores out; such a page cannot search again.")),
    ] = False,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(
            metavar="5m",
            help=_(
                "How long to search in all: for the plan, for slides and documents, then for the page."
            ),
        ),
    ] = None,
) -> None:
    """Write what people present: a page that searches again, slides, documents; solved once.

    On the page (--html) money, weights and shocks can be moved, and investments forced in or out;
    what is not computed in advance is searched inside the page. Nothing is sent anywhere.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 no plan meets all demands: there
    is no page, and slides and documents say why; 4 stopped before the gap asked for by time or by
    hand.
    """
    outputs = {"--pptx": pptx, "--docx": docx, "--md": md}
    named = {option: path for option, path in outputs.items() if path is not None}
    products = [*named.values(), *(output or ())]
    _sensible(html, products=bool(products), redact=redact, more=frontier or prices)
    for option, path in named.items():
        writer(path, option)
    options = Options(
        gap=typed_values.gap(gap),
        time_limit=typed_values.time_limit(time_limit),
        binding=BINDING if products else 0.0,
    )
    changes = Changes.typed(model, budget, changed)
    request = Request(files, changes, strict=strict, outputs=products, overwrite=overwrite)
    clock = Stopwatch(options.time_limit)
    pages: list[Callable[[], Written]] = []

    def answer(question: Question) -> Answered:
        case = hold_scale(question.case, ScoreScale(question.case).points_for_100)
        besides = Besides()
        with stoppable(), Watching() as watching:
            outcome = solve(case, options, watch=watching)
            if products and outcome.plan is not None:
                trade = frontier or html is not None
                besides = _more(outcome, clock, watching, frontier=trade, prices=prices)
        reading = question.reading
        provenance = Provenance.of(
            files, reading.doubts, reading.notices, reading.totals, question.notes
        )

        def page() -> Written:
            assert html is not None, "asked for"
            with stoppable(), Watching() as watching:
                precomputed = precompute(
                    outcome,
                    gap=options.gap,
                    time_limit=clock.left,
                    frontier=besides.frontier,
                    watch=watching.tell,
                )
            request_of_page = PageRequest(
                precomputed,
                provenance,
                question.notes,
                redact,
                model=model,
                numbers=changes.numbers,
                funded=changes.budget is not None,
            )
            return _write_page(outcome, html, request_of_page, request.guard)

        if html is not None and outcome.plan is not None:
            pages.append(page)
        missing = _missing(
            outcome, besides, page=html is not None, frontier=frontier, prices=prices
        )
        return _answered(outcome, question, provenance, besides, tuple(missing))

    # Slides and documents are there before the page is computed, which takes longer.
    result = run(request, answer)
    made = [page() for page in pages]
    after = (
        _("Next: open it in a browser; when you mail it, ask people to save it before opening."),
    )
    print_result(
        replace(result, written=(*made, *result.written), after=after if made else ()),
        None,
        request.guard,
    )


def _answered(
    outcome: Outcome,
    question: Question,
    provenance: Provenance,
    besides: Besides,
    missing: Sequence[str],
) -> Answered:
    as_typed = replace(outcome, case=question.case)
    story = tell(as_typed, provenance)
    found = document(as_typed, story, provenance, besides=besides)
    texts = (story.headline, *story.proof, *story.conflict, *missing)
    screen = Section("", (Sentences(texts),), on=SCREEN)
    return Answered(
        replace(found, sections=(screen, *(it for it in found.sections if it.on != SCREEN))),
        lambda: as_json(as_typed, provenance.notices),
        EXIT_CODE_OF_STOP[outcome.stop],
    )


def _more(
    outcome: Outcome, clock: Stopwatch, watching: Watching, *, frontier: bool, prices: bool
) -> Besides:
    """Return what slides and documents show besides."""
    besides = Besides()
    if prices:
        limits = clock.or_work(PRICES_WORK)
        found = prices_of(outcome, gap=outcome.gap_asked, limits=limits, watch=watching.tell)
        besides = replace(besides, prices=found)
    if frontier:
        traced = trade_off(outcome.case, clock.or_work(WORK), watching.tell)
        besides = replace(besides, frontier=traced)
    return besides


def _missing(
    outcome: Outcome, besides: Besides, *, page: bool, frontier: bool, prices: bool
) -> Iterator[str]:
    """Yield what was asked for and is not there, and why."""
    if outcome.plan is None:
        if page:
            yield _("There is no page, because there is no plan to show.")
        return
    weighted = outcome.case.model.method is Method.WEIGHTED
    priced = [*left_out(outcome.case, outcome.plan.taken)] if prices and weighted else []
    if len(besides.prices) < len(priced):
        text = _(
            "Of {number} investments that are left out, {found} have a price of taking them: "
            "the search ended before the others. Allow more with --time-limit."
        )
        yield text.format(number=len(priced), found=len(besides.prices))
    if not frontier:
        return
    if len(outcome.case.model.objectives) < 2:
        yield _("There is one objective, so there is no trade-off to show.")
    elif besides.frontier is None or not besides.frontier.points:
        yield _(
            "The trade-off is not shown: the search for it ended before its first point was "
            "proved. Allow more with --time-limit."
        )
    elif not besides.frontier.complete:
        yield _("The trade-off is not traced to its end. Allow more with --time-limit.")


def _sensible(html: Path | None, *, products: bool, redact: bool, more: bool) -> None:
    """Refuse a report of nothing, and options that mean nothing for what is written."""
    if html is None and not products:
        expected = _("a file, such as --html page.html or --pptx slides.pptx")
        raise typed_values.refused("--html", _("nothing to write"), expected)
    if redact and products:
        expected = _("--html alone: slides and documents show what each investment adds")
        raise typed_values.refused("--redact", _("--pptx, --md or --docx"), expected)
    if more and not products:
        expected = _("--pptx, --md or --docx as well: the page has them already")
        raise typed_values.refused(_("--frontier, --prices"), _("--html alone"), expected)


def _write_page(outcome: Outcome, path: Path, page: PageRequest, guard: Guard) -> Written:
    written = write_page(outcome, path, page, **guard)
    notes = [written.note]
    if not page.precomputed.complete:
        notes.append(
            _("The page lacks some of what it would show at once. Allow more with --time-limit.")
        )
    size = written.path.stat().st_size
    if size > LARGEST:
        text = _("The page has {size:.1f} MB: some mail systems refuse that.")
        notes.append(text.format(size=size / 1e6))
    return Written(written.path, " ".join(filter(None, notes)))
