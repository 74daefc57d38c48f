"""Sections on what to trust: what must be true, what is proved, what the plan commits to."""

from collections.abc import Iterator, Mapping, Sequence

from choosebattles.report.answers.presented.amounts import brief
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
from choosebattles.translation import _, capitalised, several

TOLD = 3
"""Findings of a kind that a slide tells; the notes and the document have all."""


def must_hold(story: Story, answer: Answer) -> Section:
    """Return on what the answer rests: figures, commitments after it, what more would bring."""
    parts = {
        _("What more would bring"): story.binding,
        _("How sure the figures are"): (*_graded(answer), *story.notes),
        _("After {year}").format(year=story.years[-1]): tuple(_after(story, answer)),
        _("What could still be lost"): answer.exposure.sentences if answer.exposure else (),
    }
    told = [*_shown(parts)]
    return Section(
        _("What must be true"),
        (
            *told,
            Sentences((_assumed(story),), manner=Manner.LIST),
            *_evidence("Evidence", answer, TEXT),
        ),
        message=_resting(story, answer),
        sources=(
            _(
                "Gains of one more person, or million a year, come each from a search; they lie "
                "between the bounds told, which are proved."
            ),
            _("Grades of evidence: sheet Summary, What the figures rest on; sheet Sources."),
            _("Commitments: results workbook, sheet Commitments."),
            WORLD,
        ),
        notes=tuple(text for texts in parts.values() for text in texts),
        on=PRESENTED,
    )


def _shown(parts: Mapping[str, Sequence[str]]) -> Iterator[Sentences]:
    """Yield the first of each kind for slides, and all for documents."""
    for title, texts in parts.items():
        if len(texts) <= TOLD:
            yield Sentences(tuple(texts), title, Manner.LIST)
            continue
        more = _("{number} more: in the notes.").format(number=len(texts) - TOLD)
        yield Sentences((*texts[:TOLD], more), title, Manner.LIST, on=SLIDES)
        yield Sentences(tuple(texts), title, Manner.LIST, on=TEXT)


def _graded(answer: Answer) -> Iterator[str]:
    """Yield what share of the value rests on figures of each grade."""
    for row in answer.evidence:
        text = several(
            "{share} of the value: {meaning} ({number} investment).",
            "{share} of the value: {meaning} ({number} investments).",
            row.options,
        )
        yield text.format(share=percent(row.share), meaning=row.meaning, number=row.options)


def _resting(story: Story, answer: Answer) -> str:
    """Return the weakest evidence and what goes on after the plan, as far as they are known."""
    running = sum(commitment.running for commitment in answer.commitments)
    parts = []
    graded = [row for row in answer.evidence if row.share > 0]
    if any(row.grade for row in graded):
        text = _("{share} of the plan's value rests on {meaning}")
        parts.append(text.format(share=percent(graded[-1].share), meaning=graded[-1].meaning))
    elif answer.plan:
        parts.append(_("no figure of the plan has a grade of evidence"))
    if running:
        text = _("running it costs {cost} {unit} a year after {year}{prices}")
        parts.append(
            text.format(
                cost=brief(running),
                unit=story.unit,
                year=story.years[-1],
                prices=story.last_year,
            )
        )
    if not parts:
        return next(_after(story, answer))
    return f"{capitalised('; '.join(parts))}."


def proof(story: Story) -> Section:
    """Return for a document what is proved."""
    first, *rest = story.proof
    notes = [text for text in story.notes if text not in rest]
    return Section(
        _("What is proved"),
        (Sentences((*rest, *notes, COUNTED, WORLD), manner=Manner.LIST),),
        message=first,
        sources=(_("Bound and gap: results workbook, sheet Inputs, rows Solver."),),
        on=TEXT,
    )


COUNTED = _(
    "The plan was counted again, in exact fractions, by code that shares nothing with the solver, "
    "and keeps all demands of the workbook."
)
WORLD = _(
    "Proved is said of the workbook, not of the world: it is as good as the costs and scores typed."
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
        yield text.format(
            year=last, running=brief(running), unit=story.unit, prices=story.last_year
        )
    if later:
        text = _("After {year} {later} {unit} of building costs still fall due{prices}.")
        yield text.format(year=last, later=brief(later), unit=story.unit, prices=story.each_year)
    if income:
        text = _("After {year} income of {income} {unit} a year goes on{prices}.")
        yield text.format(year=last, income=brief(income), unit=story.unit, prices=story.last_year)
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


def oddities(story: Story) -> Section:
    """Return what was odd in the workbook, and may have been read otherwise than it was meant."""
    odd = [(f"{n}", text) for n, text in enumerate((*story.doubted, *story.notices), 1)]
    columns = (Column(_("Number"), Kind.NAME, 10), Column(_("Odd in the workbook"), Kind.TEXT, 90))
    message = several(
        "{number} point of the workbook is odd.",
        "{number} points of the workbook are odd.",
        len(odd),
    )
    return Section(
        _("Open warnings"),
        (Table("Odd", columns, odd),),
        message=message.format(number=len(odd)),
        sources=(_("Results workbook, sheet Inputs."),),
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
    text = _("Made on {made} from {names}.")
    columns = (Column(_("What"), Kind.NAME, 30), Column(_("Value"), Kind.TEXT, 70))
    return Section(
        _("Where it comes from"),
        (Table("WhereFrom", columns, rows),),
        message=text.format(made=made, names=names),
        on=TEXT,
    )
