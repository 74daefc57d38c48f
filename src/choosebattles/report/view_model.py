"""One view model of an answer, from which workbook, page and slides are rendered.

A story holds plain values: texts ready to be read, floats ready to be shown. It decides nothing
about looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Year
from choosebattles.report.number_wording import (
    column_decimals,
    money,
    plain,
    point_decimals,
    share_decimals,
    unit,
)
from choosebattles.report.plan_parts.advice_without_plan import advice
from choosebattles.report.plan_parts.amount_headings import (
    each_year,
    first_year,
    last_year,
    money_line,
    unit_each_year,
    unit_first_year,
)
from choosebattles.report.plan_parts.binding import binding_sentences
from choosebattles.report.plan_parts.chosen_options import (
    CommitmentRow,
    PlanRow,
    commitment_rows,
    plan_rows,
)
from choosebattles.report.plan_parts.conflict import ConflictRow, conflict_rows, conflict_sentences
from choosebattles.report.plan_parts.costs import first_year_cost
from choosebattles.report.plan_parts.evidence import (
    EvidenceRow,
    evidence_rows,
    evidence_sentence,
    is_illustrative,
    sources_line,
)
from choosebattles.report.plan_parts.exposure import Exposure, exposure
from choosebattles.report.plan_parts.headline import headline, income_of, spending_sentence
from choosebattles.report.plan_parts.indices import IndexRow, index_rows
from choosebattles.report.plan_parts.inputs_and_method import InputRow, edition, input_rows
from choosebattles.report.plan_parts.left_out import RejectedRow, rejected_rows
from choosebattles.report.plan_parts.lowering import lowering
from choosebattles.report.plan_parts.own_plan import OwnRow, OwnWorth, own_rows, own_worth
from choosebattles.report.plan_parts.people import PeopleRow, people_rows
from choosebattles.report.plan_parts.proof import proof
from choosebattles.report.plan_parts.scores import (
    CriterionRow,
    Readdition,
    ScoreRow,
    criterion_rows,
    readditions,
    score_rows,
)
from choosebattles.report.plan_parts.services import (
    MustHoldRow,
    ServiceRow,
    TogetherRow,
    must_hold_rows,
    service_rows,
    together_rows,
)
from choosebattles.report.plan_parts.spending import (
    SpendingRow,
    YearRow,
    spending_rows,
    year_rows,
)
from choosebattles.report.plan_parts.unspent_money import (
    FundUse,
    fund_uses,
    left_sentences,
    nothing_taken,
)
from choosebattles.report.plan_parts.waterfall import Climb, StepRow, climbs, step_rows
from choosebattles.report.plan_parts.why_left_out import Reasons
from choosebattles.report.plan_parts.working_services import keeps
from choosebattles.report.provenance import Provenance
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import short_title
from choosebattles.translation import _


@dataclass(frozen=True)
class SourceRow:
    """Where figures come from."""

    id: str
    text: str
    link: str
    year: str
    grade: str


@dataclass(frozen=True)
class SynergyRow:
    """A synergy that the plan reaches, with the years."""

    rule: str
    members: str
    years: str


@dataclass(frozen=True)
class Answer:
    """What is only there when a plan is."""

    indices: tuple[IndexRow, ...]
    before: float
    objective: float
    scale: float
    total_cost: float
    first_year_cost: float
    """The same in prices of the first year."""
    income: float
    """What comes in over all years besides the money of the funds."""
    plan: tuple[PlanRow, ...]
    spending: tuple[SpendingRow, ...]
    by_year: tuple[YearRow, ...]
    commitments: tuple[CommitmentRow, ...]
    rejected: tuple[RejectedRow, ...]
    nothing_taken: str
    """Why nothing is taken; empty where something is."""
    left: tuple[str, ...]
    """What is left of the money, and why it buys nothing."""
    funds: tuple[FundUse, ...]
    lowering: tuple[str, ...]
    """Why what lowers the objective is taken all the same."""
    own: tuple[OwnRow, ...]
    own_worth: OwnWorth | None
    people: tuple[PeopleRow, ...]
    services: tuple[ServiceRow, ...]
    together: tuple[TogetherRow, ...]
    must_hold: tuple[MustHoldRow, ...]
    exposure: Exposure | None
    synergies: tuple[SynergyRow, ...]
    evidence: tuple[EvidenceRow, ...]
    scores: tuple[ScoreRow, ...]
    readditions: tuple[Readdition, ...]
    steps: tuple[StepRow, ...]
    """What adds to each index, from before to after."""

    @property
    def climbs(self) -> tuple[Climb, ...]:
        """Return the waterfall of the weighted sum, then that of each index."""
        levels = [(index.objective, index.before, index.after) for index in self.indices]
        whole = (_("Objective (weighted sum)"), self.before, self.objective)
        return climbs(levels, whole, self.steps)


@dataclass(frozen=True)
class Story:
    """An answer as people read it.

    ``sentences`` say what must be known besides the headline and its proof: cost, evidence, own
    plan; ``keeps`` what goes on working in shocks, ``binding`` what a little more would be worth.
    ``each_year``, ``first_year`` and ``last_year`` follow what is told in money of each year, in
    prices of the first and in money of the last; all are empty where costs do not grow. ``decimals`` of money show every typed amount as it is, ``share_decimals`` what is left of
    layers and services. ``answer`` is None where there is no
    plan; ``conflict`` then says why and ``advice`` what to try.
    """

    name: str
    country: str
    years: tuple[Year, ...]
    currency: str
    unit: str
    prices: str
    each_year: str
    first_year: str
    last_year: str
    money_line: str
    first_year_line: str
    edition: str
    """Version and date of the workbook, and who approved it; empty where it does not say."""
    illustrative: bool
    decimals: int
    share_decimals: int
    point_decimals: int
    headline: str
    proven: bool
    proof: tuple[str, ...]
    sentences: tuple[str, ...]
    spending: str
    """What the plan costs; empty where there is none."""
    rests_on: str
    """On what its figures rest; empty where nothing is graded."""
    sources_line: str
    """Which sources most of its figures come from; empty where none is named."""
    keeps: tuple[str, ...]
    binding: tuple[str, ...]
    advice: tuple[str, ...]
    conflict: tuple[str, ...]
    conflict_rows: tuple[ConflictRow, ...]
    answer: Answer | None
    funds: tuple[tuple[str, str], ...]
    criteria: tuple[CriterionRow, ...]
    sources: tuple[SourceRow, ...]
    inputs: tuple[InputRow, ...]
    doubts: tuple[str, ...]
    notices: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def money_note(self) -> str:
        """Return in which prices a table of money stands; nothing where that is the same."""
        return self.money_line if self.each_year else ""

    @property
    def doubted(self) -> tuple[str, ...]:
        """Return every doubt about what was read, marked as one."""
        return tuple(_("Doubt: {sentence}").format(sentence=doubt) for doubt in self.doubts)


def tell(outcome: Outcome, provenance: Provenance | None = None) -> Story:
    """Return what is to be said of an outcome.

    Parameters
    ----------
    outcome
        The answer, recounted.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    """
    provenance = provenance or Provenance()
    case = outcome.case
    answer = None
    if outcome.plan is not None and outcome.recount is not None:
        answer = _answer(outcome, outcome.plan, outcome.recount)
    return Story(
        name=case.name,
        country=case.country,
        years=tuple(case.calendar),
        currency=case.currency,
        unit=unit(case),
        prices=case.prices,
        each_year=each_year(case),
        first_year=first_year(case),
        last_year=last_year(case),
        money_line=money_line(case, unit_each_year(case)),
        first_year_line=money_line(case, unit_first_year(case)),
        edition=edition(case),
        illustrative=is_illustrative(case),
        decimals=column_decimals(case, [row.total for row in answer.plan] if answer else ()),
        point_decimals=point_decimals(
            index.possible for index in (answer.indices if answer else ())
        ),
        share_decimals=share_decimals(_shares(answer)) if answer else 0,
        headline=headline(outcome, answer.indices if answer else ()),
        proven=outcome.proven,
        proof=proof(outcome),
        sentences=tuple(_sentences(outcome, answer)),
        spending=_spending(outcome),
        rests_on=evidence_sentence(answer.evidence) if answer else "",
        sources_line=sources_line(case, outcome.plan) if outcome.plan is not None else "",
        keeps=tuple(_keeps(answer)) if answer else (),
        binding=binding_sentences(outcome.binding) if answer else (),
        advice=advice(outcome),
        conflict=conflict_sentences(outcome.conflict),
        conflict_rows=conflict_rows(outcome.conflict),
        answer=answer,
        funds=tuple((fund.id, short_title(fund.title)) for fund in case.funds),
        criteria=criterion_rows(case),
        sources=tuple(
            SourceRow(source.id, source.text, source.link, source.year, source.grade)
            for source in case.sources
        ),
        inputs=input_rows(outcome, provenance),
        doubts=provenance.doubts,
        notices=provenance.notices,
        notes=outcome.notes,
    )


def _answer(outcome: Outcome, plan: Plan, recount: Recount) -> Answer:
    case, reasons = outcome.case, Reasons(outcome)
    steps = step_rows(case, plan, recount)
    chosen = plan_rows(case, plan, recount)
    rejected = rejected_rows(reasons, recount)
    left_out = [(case.options[row.option], row.why_not) for row in rejected]
    spending = spending_rows(case, recount)
    return Answer(
        indices=index_rows(case, recount),
        before=plain(recount.before.value),
        objective=plain(recount.after.value),
        scale=plain(recount.scale),
        total_cost=plain(recount.total_cost, 6),
        first_year_cost=money(first_year_cost(case, plan)),
        income=money(income_of(recount)),
        plan=chosen,
        spending=spending,
        by_year=year_rows(case, recount, spending),
        commitments=commitment_rows(case, recount, chosen),
        rejected=rejected,
        nothing_taken=nothing_taken(reasons, left_out),
        left=tuple(left_sentences(reasons, left_out)),
        funds=tuple(fund_uses(reasons, left_out)),
        lowering=tuple(lowering(case, plan, steps)),
        own=own_rows(case, plan),
        own_worth=own_worth(case, plan, recount),
        people=people_rows(case, recount),
        services=service_rows(case, recount),
        together=together_rows(case, recount),
        must_hold=must_hold_rows(case, recount),
        exposure=exposure(case, plan),
        synergies=tuple(_synergies(case, recount)),
        evidence=evidence_rows(case, recount),
        scores=score_rows(case, plan, recount),
        readditions=readditions(case, plan, recount),
        steps=steps,
    )


def _sentences(outcome: Outcome, answer: Answer | None) -> Iterator[str]:
    if answer is None or outcome.recount is None:
        return
    if answer.nothing_taken:
        yield answer.nothing_taken
    yield _spending(outcome)
    yield from answer.left
    rests = evidence_sentence(answer.evidence)
    if rests:
        yield rests
    if answer.own_worth is not None:
        yield answer.own_worth.sentence
    if not answer.commitments:
        yield _("Nothing falls due after {year}.").format(year=outcome.case.last_year)


def _spending(outcome: Outcome) -> str:
    if outcome.plan is None or outcome.recount is None:
        return ""
    return spending_sentence(outcome.case, outcome.plan, outcome.recount)


def _keeps(answer: Answer) -> Iterator[str]:
    yield from keeps(answer.services)
    if answer.exposure is not None:
        yield from answer.exposure.sentences


def _synergies(case: Case, recount: Recount) -> Iterator[SynergyRow]:
    members = {str(rule.at()): "; ".join(rule.investments) for rule in case.rules}
    for rule, years in recount.synergies.items():
        if years:
            text = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
            yield SynergyRow(rule, members.get(rule, ""), text)


def _shares(answer: Answer) -> Iterator[float]:
    for service in answer.services:
        yield from (service.before, service.after)
    for exposed in answer.exposure.rows if answer.exposure else ():
        yield from (exposed.before, exposed.after)
