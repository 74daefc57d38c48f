"""Two answers side by side, in words."""

from collections.abc import Iterator

from choosebattles.explain.comparison_results import Answers, Result
from choosebattles.report.wording import points
from choosebattles.solving.outcome import Stop
from choosebattles.words import _, several


def answer_sentences(answers: Answers) -> Iterator[str]:
    """Yield what the comparison says as a whole; the first sentence is its headline."""
    one, two = answers.before, answers.after
    yield _headline(answers)
    for each, name in ((one, _("The first")), (two, _("The second"))):
        if not each.found:
            yield _no_plan(name, each)
        elif not each.proven:
            text = _(
                "{name}: its plan is not proved to be best, so another may be as good or better."
            )
            yield text.format(name=name)
    if one.currency and two.currency and one.currency != two.currency:
        yield _(
            "Money is in {before} in one and in {after} in the other: amounts are set side by side "
            "as they stand, not converted."
        ).format(before=one.currency, after=two.currency)
    yield _files(answers)
    inputs = answers.inputs
    if inputs == ():
        yield _("What they say of their inputs is the same.")
    elif inputs:
        text = several(
            "{number} thing that the answers say they rest on differs.",
            "{number} things that the answers say they rest on differ.",
            len(inputs),
        )
        yield text.format(number=len(inputs))


def _headline(answers: Answers) -> str:
    one, two = answers.before, answers.after
    if not (one.found and two.found):
        return _("The plans cannot be compared, because there are not two of them.")
    assert one.objective is not None
    assert two.objective is not None
    if one.starts == two.starts:
        told = _("The two plans are the same")
    elif one.starts.keys() == two.starts.keys():
        told = _("The two plans take the same options, some from another year")
    else:
        told = _("{enters} and {leaves}").format(
            enters=several(
                "{number} option enters", "{number} options enter", len(answers.enters)
            ).format(number=len(answers.enters)),
            leaves=several("{number} leaves", "{number} leave", len(answers.leaves)).format(
                number=len(answers.leaves)
            ),
        )
    return _("{told}; the objective is {before} in the first and {after} in the second.").format(
        told=told, before=points(one.objective, 2), after=points(two.objective, 2)
    )


def _no_plan(name: str, result: Result) -> str:
    if result.stop == Stop.INFEASIBLE:
        return _("{name}: no plan meets all demands at once: proved.").format(name=name)
    return _("{name}: no plan was found; whether one exists is not known.").format(name=name)


def _files(answers: Answers) -> str:
    same = answers.same_files
    if same is None:
        return _("Whether both rest on the same files is not known: one of them does not say.")
    if same:
        return _("Both rest on files of the same content (by their checksums).")
    return _("They rest on files of different content (by their checksums).")


def input_rows(
    answers: Answers,
) -> list[tuple[str, str, str | float | None, str | float | None]]:
    """Return what the answers say differently about what they rest on."""
    return [*(answers.inputs or ())]
