"""``choosebattles simulate``: what becomes of the plan when numbers turn out otherwise."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from choosebattles.case.numbers import QUANTITIES
from choosebattles.cli.asked import (
    Budget,
    Changed,
    Cluster,
    Export,
    Files,
    Json,
    Model,
    Overwrite,
    PerSolve,
    Strict,
    Study,
    StudyTime,
    Workers,
    Yes,
)
from choosebattles.cli.lines import aligned, say
from choosebattles.cli.publishing import publish
from choosebattles.cli.studying import ENDS, Telling, duration, how, resuming, told
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.executor import cores
from choosebattles.execution.protection import Guard
from choosebattles.execution.run import Ending, Watcher
from choosebattles.report.parts.sensitivity import (
    LISTED,
    cause_lines,
    cause_sentences,
    from_to,
    outcome_words,
)
from choosebattles.report.parts.simulation import (
    assumptions,
    classes,
    distributions,
    margin,
    named,
    sentences,
)
from choosebattles.report.simulation import simulation_as_json, write_simulation
from choosebattles.report.wording import at_most, percent, points
from choosebattles.run import values
from choosebattles.run.ending import End
from choosebattles.run.question import Changes, ask
from choosebattles.solving.outcome import Stop
from choosebattles.uncertainty.draw import Shape, Spread, Weights, what_varies
from choosebattles.uncertainty.estimate import Estimate, estimate
from choosebattles.uncertainty.frame import write_columns
from choosebattles.uncertainty.least_regret import Sought, least_regret
from choosebattles.uncertainty.sensitivity import (
    Causes,
    Outcome,
    Sensitivity,
    check_base,
    sensitivity,
)
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.sweep import StudyOptions
from choosebattles.words import _, several

MANY = 16
"""Workers that an estimate tells of besides those at hand."""

Word = TypeVar("Word", bound=StrEnum)


def command(
    files: Files,
    *,
    draws: Annotated[int, typer.Option(metavar="1000", help=_("How many draws."))] = 1000,
    seed: Annotated[int, typer.Option(metavar="1", help=_("Another seed gives other draws."))] = 1,
    shape: Annotated[
        str, typer.Option(metavar="SHAPE", help=_("pert, or triangular for more of the extremes."))
    ] = "pert",
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="WEIGHTS",
            help=_("intervals (if any are typed), simplex (all weights there are), or fixed."),
        ),
    ] = None,
    spread: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUANTITY=20%",
            help=_("A range for all that has none, as in cost=-10%..40% or score=15."),
        ),
    ] = None,
    common_cost: Annotated[
        str,
        typer.Option(metavar="50%", help=_("How much of what is uncertain of costs all share.")),
    ] = "50%",
    indices: Annotated[
        int,
        typer.Option(
            metavar="128",
            help=_(
                "How much of the spread each input causes: Sobol indices from so many base draws, a "
                "power of 2; 0 for none."
            ),
        ),
    ] = 0,
    inputs: Annotated[
        int,
        typer.Option(
            metavar="8",
            min=0,
            help=_(
                "Ranges with an index of their own, those that go most with the answers; the others "
                "count together. Each takes as many answers as there are base draws."
            ),
        ),
    ] = 8,
    plan_alone: Annotated[
        bool,
        typer.Option(
            "--plan-alone", help=_("Indices of the plan as things stand alone: no further answers.")
        ),
    ] = False,
    least_regret_time: Annotated[
        str | None,
        typer.Option(
            "--least-regret",
            metavar="5m",
            help=_(
                "Look for at most so long for the plan, of all there are, of least worst regret over "
                "the draws."
            ),
        ),
    ] = None,
    estimate_only: Annotated[
        bool,
        typer.Option(
            "--estimate",
            help=_("Do the first draws alone, and tell how long all of them would take."),
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="RESULTS.xlsx", help=_("Write a workbook too.")),
    ] = None,
    export: Export = None,
    json: Json = None,
    study: Study = None,
    yes: Yes = False,
    workers: Workers = None,
    cluster: Cluster = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Annotated[
        str, typer.Option(metavar="1%", help=_("How far from the best each answer may be."))
    ] = "1%",
    per_solve: PerSolve = None,
    time_limit: StudyTime = None,
) -> None:
    """Draw what is uncertain many times, and tell what becomes of the plan.

    Exit codes: 0 all draws done; 1 a bug; 2 the input must be corrected; 3 no plan in any draw;
    4 stopped before all that was asked for was done, or draws ran out of time.
    """
    given = how(
        gap=gap,
        per_solve=per_solve,
        time_limit=time_limit,
        workers=workers,
        cluster=cluster,
        study=study,
    )
    _check(draws, seed, indices)
    regret = (
        None if least_regret_time is None else values.seconds(least_regret_time, "--least-regret")
    )
    common = values.share("--common-cost", common_cost)
    spreads = [spreading(each) for each in spread or ()]
    shaped = _one_of("--shape", shape, Shape)
    weighed = None if weights is None else _one_of("--weights", weights, Weights)
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    uncertain = what_varies(
        question.case, spreads=spreads, weights=weighed, shape=shaped, common=common, seed=seed
    )
    if estimate_only:
        with told(_("draws"), given, yes=True):
            for line in estimate_lines(estimate(question.case, uncertain, draws, given)):
                say(line)
        return
    with told(_("draws"), given, yes=yes) as watch:
        found = simulate(question.case, uncertain, draws, given, watch=watch)
    found = _least(found, regret)
    causes = _causes(found, (indices, inputs), given, best=not plan_alone, yes=yes)
    written = [
        *(
            []
            if output is None
            else [write_simulation(found, output, causes=causes, doubts=doubts, **guard)]
        ),
        *([] if export is None else [write_columns(found.arrays, export, **guard)]),
    ]
    ending = found.ending if causes is None else causes.ending
    publish(
        (
            *lines(found, causes),
            *question.notes,
            *resuming(given, ending, _("draws"), found.taken_over),
        ),
        lambda: simulation_as_json(found, causes),
        json=json,
        guard=guard,
        doubts=doubts,
        written=written,
        end=ended(found, ending),
    )


def estimate_lines(found: Estimate) -> Iterator[str]:
    """Yield how long a simulation would take, and how that is known."""
    yield _("{draws:,} draws would take about {hours} of one processor ({low} to {high}).").format(
        draws=found.draws,
        hours=duration(found.seconds),
        low=duration(found.between[0]),
        high=duration(found.between[1]),
    )
    head = (_("workers"), _("time"))
    counts = sorted({1, 2, cores(), MANY})
    yield from aligned([head, *((str(each), duration(found.waiting(each))) for each in counts)])
    yield _(
        "Measured on {number} draws: {answer:.2g} s to answer one, {recount:.2g} s to recount "
        "{plans} plans in it, {start:.2g} s for a worker to begin; processor time. Workers each need "
        "a processor of their own."
    ).format(
        number=found.measured,
        answer=found.answering,
        recount=found.recounting,
        plans=found.plans,
        start=found.starting,
    )
    yield _("The study file would take about {size} MB (--study STUDY.sqlite).").format(
        size=rounded_up(found.size / 1e6)
    )
    yield _("What it costs is these hours times the price of a processor for an hour.")


def rounded_up(number: float) -> str:
    """Return a number rounded up in its second digit, as a reader expects it: 130, not 1.3e+02."""
    return f"{at_most(number):,.10g}"


def _check(draws: int, seed: int, indices: int) -> None:
    """Check numbers as typed.

    Raises
    ------
    InputError
        Where one makes no sense.
    """
    if draws < 1:
        raise values.refused("--draws", str(draws), _("1 or more"))
    if seed < 0:
        raise values.refused("--seed", str(seed), _("0 or more"))
    if indices:
        check_base(indices)


def _least(found: Simulation, seconds: float | None) -> Simulation:
    """Find the plan of least worst regret, where that is asked and the draws are done."""
    if seconds is None or found.ending is not Ending.DONE:
        return found
    with stoppable(), Watching() as watching:

        def watch(sought: Sought) -> None:
            most = _("not known") if sought.high is None else points(sought.high, 2)
            text = several(
                "Least worst regret: {low} or more, {high} or less; {draws} draw decides so far; "
                "{seconds:.0f} s. Ctrl-C keeps the plan.",
                "Least worst regret: {low} or more, {high} or less; {draws} draws decide so far; "
                "{seconds:.0f} s. Ctrl-C keeps the plan.",
                sought.draws,
            )
            low = points(sought.low, 2)
            watching.tell(
                text.format(low=low, high=most, draws=sought.draws, seconds=sought.seconds)
            )

        return least_regret(found, seconds, watch=watch)


def _causes(
    found: Simulation, wanted: tuple[int, int], given: StudyOptions, *, best: bool, yes: bool
) -> Sensitivity | None:
    """Find what causes the spread, where that is asked and the draws are done."""
    base, inputs = wanted
    if not base or found.ending is not Ending.DONE:
        return None
    if found.least is not None and found.least.stop is Stop.INTERRUPTED:
        return None
    with Watching() as watching:

        def watch(outcome: Outcome) -> Watcher:
            best = outcome is Outcome.BEST
            what = _("answers for indices") if best else _("recounts for indices")
            return Telling(watching, what, given, yes=yes)

        return sensitivity(found, base, inputs=inputs, best=best, watch=watch)


def ended(found: Simulation, ending: Ending) -> End:
    """Return what the shell is told."""
    if ENDS[ending] is not End.DONE or found.late:
        return End.STOPPED
    if found.least is not None and found.least.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
        return End.STOPPED
    return End.DONE if found.plans else End.NO_PLAN


def spreading(text: str) -> Spread:
    """Return what ``cost=-10%..40%``, ``score=20%`` or ``score=15`` asks for.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    quantity, _equals, typed = (each.strip() for each in text.partition("="))
    expected = _("a quantity and a spread, such as cost=-10%..40%, score=20% or score=15")
    if quantity not in QUANTITIES:
        raise values.refused("--spread", text, expected)
    ends = typed.split("..")
    shares = [values.percentage(each) for each in ends]
    numbers = [values.number(each) for each in ends] if None in shares else shares
    read = [each for each in numbers if each is not None]
    if len(read) < len(ends) or len(ends) > 2:
        raise values.refused("--spread", text, expected)
    low, high = (-read[0], read[0]) if len(read) == 1 else (read[0], read[1])
    if low > 0 or high < 0:
        raise values.refused("--spread", text, _("a spread around 0, such as -10%..40%"))
    return Spread(quantity, Decimal(-low), Decimal(high), points=None in shares)


def _one_of(option: str, text: str, words: type[Word]) -> Word:
    if text not in tuple(words):
        raise values.unknown(
            option, text, tuple(words), _("one of: {words}").format(words=", ".join(words))
        )
    return words(text)


def lines(found: Simulation, causes: Sensitivity | None = None) -> Iterator[str]:
    """Yield a simulation in words: what it says, how indices are spread, plans and options."""
    first, *others = sentences(found)
    yield first
    for rows in (_spreads(found), _plans(found), _options(found)):
        table = list(rows)
        if len(table) > 1:
            yield ""
            yield from (f"  {line}" for line in table)
    yield ""
    yield from others
    if causes is not None:
        for each in causes.causes:
            yield ""
            yield from (f"  {line}" for line in _parts(each))
        yield ""
        yield from cause_sentences(causes)
    if found.rows:
        yield from assumptions(found)


def _parts(causes: Causes) -> Iterator[str]:
    head = (outcome_words(causes.outcome), _("alone"), _("with others"))
    rows = cause_lines(causes)
    cells = [(each.what, from_to(each.alone), from_to(each.together)) for each in rows[:LISTED]]
    yield from aligned([head, *cells])
    if len(rows) > LISTED:
        yield _("and {number} more").format(number=len(rows) - LISTED)


def _spreads(found: Simulation) -> Iterator[str]:
    head = (_("points"), _("mean"), _("5 % below"), _("95 % below"))
    rows = [
        (each.what, points(each.mean, 1), points(each.low, 1), points(each.high, 1))
        for each in distributions(found)
    ]
    yield from aligned([head, *rows])


def _plans(found: Simulation) -> Iterator[str]:
    head = (_("plan"), _("best in"), _("holds in"), _("mean regret"), _("95 % below"), _("worst"))
    rows = []
    for each in found.followed:
        told_regret = found.regret(each)
        if told_regret is not None:
            rows.append(
                (
                    named(found, each),
                    percent(each.share),
                    percent(told_regret.holds),
                    between(*told_regret.mean),
                    between(*told_regret.high),
                    between(*told_regret.worst),
                )
            )
    yield from aligned([head, *rows])


def between(low: float, high: float) -> str:
    """Return an interval of points, or one number where both ends read alike."""
    one, two = points(low, 2), points(high, 2)
    return one if one == two else _("{low} to {high}").format(low=one, high=two)


def _options(found: Simulation) -> Iterator[str]:
    _safe, some, _out = classes(found)
    head = (_("option in some plans"), _("share of draws"), _("as things stand"))
    draws = found.plans.total()
    rows = [
        (
            name,
            f"{percent(found.acceptability[name])} ± {percent(margin(found.acceptability[name], draws))}",
            _("in") if name in found.nominal.taken else _("out"),
        )
        for name in sorted(some, key=lambda each: -found.acceptability[each])
    ]
    yield from aligned([head, *rows])
