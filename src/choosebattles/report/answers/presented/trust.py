"""Sections on what to trust: what binds, what is proved, on what it rests, what it commits to."""

from collections.abc import Iterator

from choosebattles.report.answers.presented.amounts import said
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Column,
    Kind,
    Manner,
    Media,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.number_wording import percent
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

FEW = 2
"""Findings on what binds that are too few for a slide of their own."""


def binding(story: Story) -> Section | None:
    """Return what a little more money or people would be worth; None where that was not tested."""
    if not story.binding:
        return None
    return Section(
        _("What binds"),
        (Sentences(story.binding[1:], manner=Manner.LIST),),
        message=story.binding[0],
        sources=(
            _(
                "Each from a search with one person or one million a year more: the gain lies "
                "between the bounds told, which are proved."
            ),
            _("Results workbook, sheet Summary, What binds."),
        ),
        on=PRESENTED if len(story.binding) > FEW else TEXT,
    )


def proof(story: Story, answer: Answer) -> Section:
    """Return for a document what is proved, and how sure the figures are."""
    first, *rest = story.proof
    notes = [text for text in story.notes if text not in rest]
    return Section(
        _("What is proved"),
        (
            Sentences((*rest, *notes, _COUNTED, _WORLD), manner=Manner.LIST),
            *_evidence("EvidenceProved", answer, TEXT),
        ),
        message=first,
        sources=_PROVED,
        on=TEXT,
    )


def trust(story: Story, answer: Answer) -> Section:
    """Return for a slide what is proved, what is assumed and what could go wrong."""
    first, *rest = story.proof
    lost = answer.exposure.sentences if answer.exposure else ()
    few = story.binding if len(story.binding) <= FEW else ()
    rests = (story.rests_on,) if story.rests_on else ()
    sentences = (
        *(*few, *rest, *rests, *_after(story, answer), *lost),
        *(_assumed(story), *story.doubted, *story.notes),
    )
    return Section(
        _("What could go wrong"),
        (
            Sentences((*dict.fromkeys(sentences),), manner=Manner.LIST),
            *_evidence("EvidenceTrusted", answer, SLIDES),
        ),
        title=_("What is proved, what is assumed, what could go wrong"),
        message=first,
        sources=_PROVED,
        on=SLIDES,
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
    found = {given.name: given.value for given in story.inputs if given.kind == _("Setting")}
    settings = [
        f"{name.lower()} {found[name]}" for name in wanted if found.get(name) not in ("", None)
    ]
    return _("Assumed: {settings}.").format(settings="; ".join(settings))


def _evidence(name: str, answer: Answer, on: Media) -> Iterator[Table]:
    """Yield how much of the value rests on which grade of evidence, where any has one."""
    columns = (
        Column(_("The plan's value rests on"), Kind.TEXT, 46),
        Column(_("Grade"), Kind.NAME, 14),
        Column(_("Options"), Kind.COUNT, 16),
        Column(_("Share of value"), Kind.FIGURES, 24),
    )
    rows = [
        (row.meaning, row.grade or _("none"), row.options, percent(row.share))
        for row in answer.evidence
    ]
    if rows:
        yield Table(name, columns, rows, on=on)


def _after(story: Story, answer: Answer) -> Iterator[str]:
    """Yield what goes on after the last year, in a sentence."""
    last = story.years[-1]
    running = sum(commitment.running for commitment in answer.commitments)
    later = sum(sum(commitment.later.values()) for commitment in answer.commitments)
    income = sum(commitment.income for commitment in answer.commitments)
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


def commitments(story: Story, answer: Answer) -> Section:
    """Return what the plan leaves to the years after it."""
    message, *rest = _after(story, answer)
    columns = (
        Column(_("Option"), Kind.NAME, 15),
        Column(_("What it is"), Kind.TEXT, 33),
        Column(_("Still to build"), Kind.MONEY, 13),
        Column(_("Running, a year"), Kind.MONEY, 13),
        Column(_("Income, a year"), Kind.MONEY, 13),
        Column(_("Works until"), Kind.WHEN, 13),
    )
    rows = [
        (
            row.option,
            row.title,
            sum(row.later.values()) or None,
            row.running or None,
            row.income or None,
            _("no end") if row.until is None else row.until,
        )
        for row in answer.commitments
    ]
    sums = [
        sum(amount or 0.0 for amount in amounts) for amounts in list(zip(*rows, strict=True))[2:5]
    ]
    total = (_("Total"), None, *(amount or None for amount in sums), None)
    table = Table(
        "CommitmentsLeft", columns, rows, totals=[total] if rows else (), note=story.money_note
    )
    return Section(
        _("Commitments"),
        (Sentences(tuple(rest), manner=Manner.LIST), table),
        title=_("Commitments after the last year"),
        message=message,
        sources=(_("Results workbook, sheet Commitments."),),
        on=TEXT,
    )


def conditions(story: Story, answer: Answer) -> Section:
    """Return under which settings the plan was made, and what services must hold."""
    kinds = {_("Setting"), _("Objective"), _("Fund")}
    rows = [(row.name, f"{row.value}") for row in story.inputs if row.kind in kinds]
    columns = (Column(_("Setting"), Kind.NAME, 30), Column(_("Value"), Kind.TEXT, 70))
    return Section(
        _("Conditions"),
        (
            Sentences(tuple(row.sentence for row in answer.must_hold), manner=Manner.LIST),
            Table("Conditions", columns, rows),
        ),
        message=_(
            "The plan was made under these settings of the workbook; under others it may be another."
        ),
        sources=(_("Results workbook, sheet Inputs."),),
        on=TEXT,
    )


def risks(story: Story, answer: Answer) -> Section:
    """Return what could still be lost, and how rough the figures are."""
    known = [story.rests_on] if story.rests_on else []
    known += answer.exposure.sentences if answer.exposure else ()
    words = [row.words for row in answer.exposure.rows if row.words] if answer.exposure else []
    rest = (*known[1:], *(text for text in words if text not in known))
    odd = [(f"{n}", text) for n, text in enumerate((*story.doubted, *story.notices), 1)]
    columns = (Column(_("Number"), Kind.NAME, 10), Column(_("Odd in the workbook"), Kind.TEXT, 90))
    return Section(
        _("Risks"),
        (Sentences(rest, manner=Manner.LIST), Table("Odd", columns, odd)),
        message=known[0] if known else _("No figure of this plan has a grade of evidence."),
        sources=(_("Results workbook, sheets Summary, Exposure and Inputs."),),
        on=TEXT,
    )


def provenance(story: Story, origin: Provenance, made: str) -> Section:
    """Return from which files the answer comes, and with what it was made."""
    wanted = {_("File (sha-256)"), _("Solver")}
    rows = [
        (row.name, f"{row.value}")
        for row in story.inputs
        if row.kind in wanted and row.name != _("Seconds")
    ]
    names = ", ".join(file.name for file in origin.files) or story.name
    text = _("Made on {made} from {names}: the same files give the same answer.")
    columns = (Column(_("What"), Kind.NAME, 30), Column(_("Value"), Kind.TEXT, 70))
    return Section(
        _("Where it comes from"),
        (Table("WhereFrom", columns, rows),),
        message=text.format(made=made, names=names),
        on=TEXT,
    )
