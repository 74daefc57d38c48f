"""Chapters on what to trust: what binds, what is proved, on what it rests, what it commits to."""

from collections.abc import Iterator

from choosebattles.report.brief.plan import amount, said
from choosebattles.report.brief.shapes import Chapter, Grid, Topic
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import Answer, Story
from choosebattles.report.wording import percent
from choosebattles.words import _

FEW = 2
"""Findings on what binds that are too few for a slide of their own."""


def binding(story: Story) -> Chapter | None:
    """Return what a little more money or people would be worth; None where that was not tested."""
    if not story.binding:
        return None
    return Chapter(
        Topic.BINDING,
        _("What binds"),
        story.binding[0],
        story.binding[1:],
        sources=(
            _(
                "Each from a search with one person or one million a year more: the gain lies "
                "between the bounds told, which are proved."
            ),
            _("Results workbook, sheet Summary, What binds."),
        ),
        slide=len(story.binding) > FEW,
    )


def proof(story: Story, answer: Answer) -> Chapter:
    """Return for a document what is proved, and how sure the figures are."""
    first, *rest = story.proof
    return Chapter(
        Topic.PROOF,
        _("What is proved"),
        first,
        (*rest, *(each for each in story.notes if each not in rest), _COUNTED, _WORLD),
        whole=_evidence(answer),
        sources=_PROVED,
        slide=False,
    )


def trust(story: Story, answer: Answer) -> Chapter:
    """Return for a slide what is proved, what is assumed and what could go wrong."""
    first, *rest = story.proof
    lost = answer.exposure.sentences if answer.exposure else ()
    few = story.binding if len(story.binding) <= FEW else ()
    rests = (story.rests_on,) if story.rests_on else ()
    told = (*few, *rest, *rests, *_after(story, answer), *lost)
    return Chapter(
        Topic.PROOF,
        _("What is proved, what is assumed, what could go wrong"),
        first,
        (*dict.fromkeys((*told, _assumed(story), *_open(story))),),
        short=_evidence(answer),
        sources=_PROVED,
        document=False,
    )


_COUNTED = _(
    "The plan was counted again, in exact fractions, by code that shares nothing with the solver, "
    "and keeps all demands of the workbook."
)
_WORLD = _(
    "Proved is said of the workbook, not of the world: it is as good as the costs and scores typed."
)
_PROVED = (
    _("Bound and gap: results workbook, sheet Inputs, rows Solver."),
    _COUNTED,
    _("Grades of evidence: sheet Summary, What the figures rest on; sheet Sources."),
    _WORLD,
)


def _assumed(story: Story) -> str:
    """Return the settings that matter most, in a line."""
    wanted = (
        _("Prices"),
        _("Cost growth"),
        _("Revenue haircut"),
        _("Discount rate"),
        _("Contingency"),
        _("Method"),
    )
    found = {each.name: each.value for each in story.inputs if each.kind == _("Setting")}
    said = [f"{name.lower()} {found[name]}" for name in wanted if found.get(name) not in ("", None)]
    return _("Assumed: {settings}.").format(settings="; ".join(said))


def _evidence(answer: Answer) -> Grid | None:
    if not answer.evidence:
        return None
    return Grid(
        (_("The plan's value rests on"), _("Grade"), _("Options"), _("Share of value")),
        tuple(
            (each.meaning, each.grade or _("none"), f"{each.options}", percent(each.share))
            for each in answer.evidence
        ),
        (0.46, 0.14, 0.16, 0.24),
        frozenset({2, 3}),
    )


def _open(story: Story) -> Iterator[str]:
    """Yield the doubts that stand open, and how the answer came about."""
    yield from story.doubted
    yield from story.notes


def _after(story: Story, answer: Answer) -> Iterator[str]:
    """Yield what goes on after the last year, in a sentence."""
    last = story.years[-1]
    running = sum(each.running for each in answer.commitments)
    later = sum(sum(each.later.values()) for each in answer.commitments)
    income = sum(each.income for each in answer.commitments)
    if running:
        text = _("After {year} running costs of {running} {unit} a year go on{prices}.")
        yield text.format(year=last, running=said(running), unit=story.unit, prices=story.each_year)
    if later:
        text = _("After {year} {later} {unit} of building costs still fall due{prices}.")
        yield text.format(year=last, later=said(later), unit=story.unit, prices=story.each_year)
    if income:
        text = _("After {year} income of {income} {unit} a year goes on{prices}.")
        yield text.format(year=last, income=said(income), unit=story.unit, prices=story.each_year)
    if not answer.commitments:
        yield _("Nothing falls due after {year}.").format(year=last)


def commitments(story: Story, answer: Answer) -> Chapter:
    """Return what the plan leaves to the years after it."""
    message, *rest = _after(story, answer)
    rows = tuple(
        (
            each.option,
            each.title,
            amount(story, sum(each.later.values())) if each.later else "",
            amount(story, each.running) if each.running else "",
            amount(story, each.income) if each.income else "",
            _("no end") if each.until is None else f"{each.until}",
        )
        for each in answer.commitments
    )
    heads = (
        _("Option"),
        _("What it is"),
        _("Still to build"),
        _("Running, a year"),
        _("Income, a year"),
        _("Works until"),
    )
    return Chapter(
        Topic.COMMITMENTS,
        _("Commitments after the last year"),
        message,
        tuple(rest),
        whole=Grid(
            heads,
            (*rows, _all_commitments(story, answer)),
            (0.15, 0.33, 0.13, 0.13, 0.13, 0.13),
            frozenset({2, 3, 4}),
            more=story.money_line if story.each_year else "",
        )
        if rows
        else None,
        sources=(_("Results workbook, sheet Commitments."),),
        slide=False,
    )


def _all_commitments(story: Story, answer: Answer) -> tuple[str, ...]:
    rows = answer.commitments
    sums = (
        sum(sum(each.later.values()) for each in rows),
        sum(each.running for each in rows),
        sum(each.income for each in rows),
    )
    return (_("Total"), "", *(amount(story, each) if each else "" for each in sums), "")


def conditions(story: Story, answer: Answer) -> Chapter:
    """Return under which settings the plan was made, and what services must hold."""
    rows = tuple(
        (each.name, f"{each.value}")
        for each in story.inputs
        if each.kind in {_("Setting"), _("Objective"), _("Fund")}
    )
    return Chapter(
        Topic.CONDITIONS,
        _("Conditions"),
        _(
            "The plan was made under these settings of the workbook; under others it may be another."
        ),
        tuple(each.sentence for each in answer.must_hold),
        whole=Grid((_("Setting"), _("Value")), rows, (0.3, 0.7)),
        sources=(_("Results workbook, sheet Inputs."),),
        slide=False,
    )


def risks(story: Story, answer: Answer) -> Chapter:
    """Return what could still be lost, and how rough the figures are."""
    rests = (story.rests_on,) if story.rests_on else ()
    told = [*rests, *(answer.exposure.sentences if answer.exposure else ())]
    words = [each.words for each in answer.exposure.rows if each.words] if answer.exposure else []
    rest = [*told[1:], *(each for each in words if each not in told)]
    odd = (*story.doubted, *story.notices)
    noticed = tuple((f"{n}", each) for n, each in enumerate(odd, 1))
    message = told[0] if told else _("No figure of this plan has a grade of evidence.")
    return Chapter(
        Topic.RISKS,
        _("Risks"),
        message,
        tuple(rest),
        whole=Grid((_("Number"), _("Odd in the workbook")), noticed, (0.1, 0.9))
        if noticed
        else None,
        sources=(_("Results workbook, sheets Summary, Exposure and Inputs."),),
        slide=False,
    )


def provenance(story: Story, origin: Provenance, made: str) -> Chapter:
    """Return from which files the answer comes, and with what it was made."""
    wanted = {_("File (sha-256)"), _("Solver")}
    seconds = _("Seconds")
    rows = tuple(
        (each.name, f"{each.value}")
        for each in story.inputs
        if each.kind in wanted and each.name != seconds
    )
    names = ", ".join(each.name for each in origin.files) or story.name
    text = _("Made on {made} from {names}: the same files give the same answer.")
    return Chapter(
        Topic.PROVENANCE,
        _("Where it comes from"),
        text.format(made=made, names=names),
        whole=Grid((_("What"), _("Value")), rows, (0.3, 0.7)),
        slide=False,
    )
