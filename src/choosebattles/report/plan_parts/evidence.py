"""What the figures rest on: grades of evidence, and how much of a plan rests on each."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.plan import Plan
from choosebattles.report.number_wording import percent, plain
from choosebattles.spelling import short_title
from choosebattles.translation import _, several

ILLUSTRATIVE = "illustrative"
UNGRADED = ""
NAMED = 2
LONGEST = 44
"""Sources that are named in a line, and letters of each."""


@dataclass(frozen=True)
class EvidenceRow:
    """A grade, what it means, how many options of the plan have it, their share of its worth."""

    grade: str
    meaning: str
    options: int
    share: float


def meaning(grade: str) -> str:
    """Return what a grade of evidence means, as a noun."""
    return {
        "A": _("official figures"),
        "B": _("published estimates"),
        "C": _("expert judgement"),
        "D": _("illustrative figures"),
    }.get(grade, _("figures without a grade"))


def grade_of(case: Case, option: Option) -> str:
    """Return the grade of an option's figures: its own, or its source's; empty if none."""
    own = option.evidence.strip().upper()[:1]
    if own and own in "ABCD":
        return own
    source = option.source.strip().casefold()
    if source == ILLUSTRATIVE:
        return "D"
    of_source = {source.id.casefold(): source.grade.strip().upper()[:1] for source in case.sources}
    return of_source.get(source, UNGRADED)


def sources_line(case: Case, plan: Plan) -> str:
    """Return in a line which sources most figures of a plan come from; empty where none is named."""
    texts = {source.id.casefold(): source.text for source in case.sources}
    used = Counter(
        _cut(short_title(texts.get(source.casefold()) or source))
        for name in sorted(plan.taken)
        if (source := case.options[name].source.strip())
    )
    if not used:
        return ""
    parts = [
        _("{source} ({number})").format(source=source, number=number)
        for source, number in used.most_common(NAMED)
    ]
    if len(used) > NAMED:
        text = several("{number} more source", "{number} more sources", len(used) - NAMED)
        parts.append(text.format(number=len(used) - NAMED))
    text = _("Sources, with the number of investments: {sources}")
    return text.format(sources="; ".join(parts))


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]}…"


def is_illustrative(case: Case) -> bool:
    """Say whether any figure of the case is there for illustration only."""
    grades = {grade_of(case, option) for option in case.options.values()}
    return "D" in grades | {source.grade.strip().upper()[:1] for source in case.sources}


def evidence_rows(case: Case, recount: Recount) -> tuple[EvidenceRow, ...]:
    """Return how much of what the plan's scores add rests on each grade; harm is left out."""
    weights = ScoreScale(case).objective_weight
    worth: dict[str, Fraction] = {}
    count: dict[str, int] = {}
    for name, added in recount.contribution.items():
        grade = grade_of(case, case.options[name])
        adds = sum((weights[goal] * amount for goal, amount in added.items()), Fraction(0))
        worth[grade] = worth.get(grade, Fraction(0)) + max(Fraction(0), adds)
        count[grade] = count.get(grade, 0) + 1
    whole = sum(worth.values())
    return tuple(
        EvidenceRow(
            grade, meaning(grade), count[grade], plain(worth[grade] / whole) if whole else 0.0
        )
        for grade in (*"ABCD", UNGRADED)
        if grade in count
    )


def evidence_sentence(rows: tuple[EvidenceRow, ...]) -> str:
    """Return what a reader must know before trusting the plan; empty where nothing is graded."""
    share = {row.grade: row.share for row in rows}
    graded = [row for row in rows if row.grade and row.share > 0]
    if share.get("D", 0) > 0:
        sentence = _(
            "{share} of this plan's value rests on grade D figures, which are illustrative"
        )
        others = [
            _("{share} on grade {grade}: {meaning}").format(
                share=percent(row.share), grade=row.grade, meaning=row.meaning
            )
            for row in graded[:-1]
        ]
        return "; ".join((sentence.format(share=percent(share["D"])), *others)) + "."
    if not graded:
        return ""
    weakest = graded[-1]
    return _("{share} of this plan's value rests on grade {grade} figures: {meaning}.").format(
        share=percent(weakest.share), grade=weakest.grade, meaning=weakest.meaning
    )
