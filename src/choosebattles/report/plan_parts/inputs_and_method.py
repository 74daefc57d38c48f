"""What was read and how it was solved, as rows of kind, name and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from platform import python_version

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.report.number_wording import at_most_percent, plain
from choosebattles.report.provenance import Provenance
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import short_title
from choosebattles.translation import _, several


@dataclass(frozen=True)
class InputRow:
    """One thing that the answer rests on."""

    kind: str
    name: str
    value: str | float


def input_rows(outcome: Outcome, provenance: Provenance) -> tuple[InputRow, ...]:
    """Return everything that the answer rests on."""
    case = outcome.case
    return (
        *(InputRow(_("File (sha-256)"), file.name, file.sha256) for file in provenance.files),
        *(InputRow(_("Control total"), name, value) for name, value in provenance.totals),
        *(InputRow(_("Setting"), name, value) for name, value in _settings(case)),
        *(InputRow(_("Objective"), name, value) for name, value in _objectives(case)),
        *(InputRow(_("Fund"), name, value) for name, value in _funds(case)),
        *(InputRow(_("Solver"), name, value) for name, value in _solver(outcome)),
        *(InputRow(_("Doubt"), str(n), doubt) for n, doubt in enumerate(provenance.doubts, 1)),
        *(InputRow(_("Notice"), str(n), notice) for n, notice in enumerate(provenance.notices, 1)),
        *(
            InputRow(_("Note"), str(n), note)
            for n, note in enumerate((*outcome.notes, *provenance.notes), 1)
        ),
    )


def edition(case: Case) -> str:
    """Return which version of the workbook it is, of which day, and who approved it."""
    parts = (
        (_("version {version}").format(version=case.version), case.version),
        (_("of {date}").format(date=case.date), case.date),
        (_("approved by {name}").format(name=case.approved_by), case.approved_by),
    )
    text = ", ".join(words for words, typed in parts if typed)
    return _("Workbook {edition}").format(edition=text) if text else ""


def _settings(case: Case) -> Iterator[tuple[str, str | float]]:
    model = case.model
    yield _("Country"), case.country
    yield _("Currency"), case.currency
    yield _("Prices"), case.prices
    yield _("Version"), case.version
    yield _("Date"), case.date
    yield _("Approved by"), case.approved_by
    yield _("First year"), case.first_year
    yield _("Years"), case.years
    yield _("Cost growth"), _share(case.cost_growth)
    yield _("Revenue haircut"), _share(case.revenue_haircut)
    given = case.points_for_100
    yield _("Points for 100"), _("the largest ideal") if given is None else plain(given)
    yield _("Method"), str(model.method)
    yield _("Tolerance"), _share(model.tolerance)
    yield _("Accrual"), str(model.accrual)
    yield _("Discount rate"), _share(model.discount_rate)
    yield _("Tail share"), _share(model.tail_share)
    yield _("Tail weight"), _share(model.tail_weight)
    yield _("Contingency"), str(model.contingency)
    if model.contingency is ContingencyKind.FLAT:
        yield _("Contingency amount"), _share(model.contingency_amount)
    if model.contingency is ContingencyKind.BUDGETED:
        yield _("Contingency amount"), plain(model.contingency_amount)


def _objectives(case: Case) -> Iterator[tuple[str, str]]:
    for objective in case.model.objectives:
        parts = [_("weight {weight}").format(weight=f"{objective.weight:g}")]
        if objective.weight_low is not None and objective.weight_high is not None:
            parts.append(
                _("between {low} and {high}").format(
                    low=f"{objective.weight_low:g}", high=f"{objective.weight_high:g}"
                )
            )
        if objective.floor is not None:
            parts.append(_("floor {floor}").format(floor=f"{objective.floor:g}"))
        if objective.continuity_share is not None:
            share = _share(objective.continuity_share)
            parts.append(_("continuity share {share}").format(share=share))
        yield objective.id, "; ".join(parts)


def _funds(case: Case) -> Iterator[tuple[str, str]]:
    for fund in case.funds:
        parts = [
            short_title(fund.title),
            _("carries over {share}").format(share=_share(fund.carry_over)),
            _("pays at most {share} of {part}").format(
                share=_share(fund.pays_at_most), part=str(fund.pays)
            ),
        ]
        if fund.carry_at_most is not None:
            share = _share(fund.carry_at_most)
            parts.append(_("sets aside at most {share} of a year's amount").format(share=share))
        if fund.eligible:
            scope = "; ".join(str(item) for item in fund.eligible)
            parts.append(_("only for {scope}").format(scope=scope))
        if fund.dependence:
            parts.append(
                several(
                    "costs {points} point of autonomy, as scores count them, a million",
                    "costs {points} points of autonomy, as scores count them, a million",
                    1 if fund.dependence == 1 else 2,
                ).format(points=f"{fund.dependence:g}")
            )
        yield fund.id, "; ".join(part for part in parts if part)


def _solver(outcome: Outcome) -> Iterator[tuple[str, str | float]]:
    yield "choosebattles", version("choosebattles")
    yield _("Solver"), outcome.solver
    yield "Python", python_version()
    yield _("Stopped because"), str(outcome.stop)
    yield _("Proved"), _("yes") if outcome.proven else _("no")
    yield _("Gap asked for"), _share(outcome.gap_asked)
    if outcome.gap is not None and outcome.gap != float("inf"):
        yield _("Gap reached"), at_most_percent(outcome.gap)
    yield _("Seconds"), round(outcome.seconds, 1)
    for number, stage in enumerate(outcome.stages, 1):
        yield _("Step {number}").format(number=number), f"{stage.goal}: {stage.stop}"


def _share(share: object) -> str:
    return f"{100 * float(str(share)):g} %"
