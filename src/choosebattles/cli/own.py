"""``choosebattles own``: the user's own plan, a better one for the money, and a cheaper one."""

from typing import Annotated

import typer

from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.case.case import Case
from choosebattles.case.units import Id, Year
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
    TimeLimit,
)
from choosebattles.errors import InputError
from choosebattles.explain.own_plan import own_plan
from choosebattles.report.answers.own import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.spelling import key
from choosebattles.translation import _


def command(
    files: Files,
    *,
    plan: Annotated[
        str | None,
        typer.Option(
            metavar="IDS",
            help=_("The plan, as in 'CLOUD.L; CSIRT=2028'; the column Own plan unless given."),
        ),
    ] = None,
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0",
    time_limit: TimeLimit = None,
) -> None:
    """Compare your own plan with a better one for the money, and a cheaper one worth as much.

    Exit codes: 0 done, to the gap asked for; 1 a bug; 2 the input must be corrected; 3 no plan
    meets all demands; 4 stopped before that by time or by hand.
    """
    typed = None if plan is None else typed_values.own_plan(plan)
    most = typed_values.gap(gap)
    limit = typed_values.time_limit(time_limit)
    changes = Changes.typed(model, budget, changed)
    request = Request(files, changes, strict=strict, outputs=output or (), overwrite=overwrite)

    def answer(question: Question) -> Answered:
        starts = None if typed is None else named(question.case, typed)
        with stoppable(), Watching():
            found = own_plan(question.case, starts, gap=most, time_limit=limit)
        return Answered(document(found), lambda: as_json(found), EXIT_CODE_OF_STOP[found.stop])

    print_result(run(request, answer), json, request.guard)


def named(case: Case, typed: list[tuple[str, int | None]]) -> dict[Id, Year | None]:
    """Return the options meant by ids in any case; an investment of one option stands for it."""
    names = {key(name): name for name in case.options}
    owners = {key(owner.id): owner for owner in case.investments}
    found: dict[Id, Year | None] = {}
    wrong: list[InputError] = []
    for name, year in typed:
        owner = owners.get(key(name))
        if key(name) in names:
            option = names[key(name)]
        elif owner is not None and len(owner.options) == 1:
            option = owner.options[0].id
        elif owner is not None:
            members = ", ".join(option.id for option in owner.options)
            expected = _("one of its options: {ids}").format(ids=members)
            wrong.append(typed_values.refused("--plan", name, expected))
            continue
        else:
            expected = _("the id of an option")
            wrong.append(typed_values.unknown("--plan", name, case.options, expected))
            continue
        years = allowed_starts(case, case.options[option])
        if year is not None and year not in years:
            span = f"{years[0]}-{years[-1]}" if len(years) else _("none")
            text = _("a year in which {option} may start: {years}")
            expected = text.format(option=option, years=span)
            wrong.append(typed_values.refused("--plan", f"{name}={year}", expected))
        found[option] = year
    typed_values.raise_all(wrong)
    return found
