"""Robustness in words: what may be better, how sure each choice is, and why voices differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.case.units import Id
from choosebattles.report.number_wording import percent, points, rounded_down, rounded_up
from choosebattles.report.plan_parts.earlier_run import taken_over_sentence
from choosebattles.report.plan_parts.shares_of_draws import SAFE, margin
from choosebattles.solving.outcome import Stop
from choosebattles.translation import _, capitalised, listed, several
from choosebattles.uncertainty.robustness import MOST_CORNERS, Core, Robustness, Voices

FEW = 8
"""Options that a sentence names."""


@dataclass(frozen=True)
class RivalLine:
    """A competitor: what enters and leaves against the plan, and where it is best for it."""

    number: int
    regret: float
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    weights: tuple[float, ...]
    scores: str
    cost: float


def core_words(core: Core | None) -> str:
    """Return a class in words; nothing where it was not asked."""
    return {
        None: "",
        Core.CORE: _("core"),
        Core.BORDERLINE: _("borderline"),
        Core.EXTERIOR: _("exterior"),
        Core.NOT_PROVED: _("not proved"),
    }[core]


def gain_words(value: float) -> str:
    """Return a gain in points as it stands in a sentence; what is not nothing is never 0."""
    return _("less than 0.01") if 0 < value < 0.005 else points(value, 2)


def rival_lines(found: Robustness) -> list[RivalLine]:
    """Return the competitors, that with the largest gain first."""
    if found.plan is None:
        return []
    mine = found.plan.taken
    return [
        RivalLine(
            number,
            rival.regret,
            tuple(sorted(rival.taken - mine)),
            tuple(sorted(mine - rival.taken)),
            tuple(float(weight) for weight in rival.weights.values()),
            "; ".join(
                f"{option} {criterion} {score:g}"
                for (option, criterion), score in rival.scores.items()
            ),
            float(rival.recount.total_cost),
        )
        for number, rival in enumerate(found.rivalry.competitors, 1)
    ]


def in_question(found: Robustness) -> list[Voices]:
    """Return the options on which a voice is not sure, the most doubtful of the plan first."""
    rows = [option for option in found.voices if _doubtful(option)]
    return sorted(rows, key=lambda row: (not row.in_plan, -row.regret, -(row.core_index or 0)))


def _doubtful(option: Voices) -> bool:
    index, share = option.core_index, option.acceptability
    return (
        bool(option.competitors)
        or (index is not None and 0 < index < 1)
        or (share is not None and 0 < share < 1)
    )


def plan_name(found: Robustness) -> str:
    """Return what the plan in question is called."""
    if found.proposed:
        return _("the proposed plan")
    return _("the best plan as things stand") if found.plan_is_best else _("the best plan found")


def sentences(found: Robustness) -> Iterator[str]:
    """Yield what is known of a plan; the first sentence is the headline."""
    yield _headline(found)
    if found.plan is None or found.recount is None:
        return
    yield _("It takes {options}; {value} points as things stand.").format(
        options=listed(sorted(found.plan.taken)) if found.plan.taken else _("nothing"),
        value=points(found.recount.after.value, 2),
    )
    yield from competitor_sentences(found)
    yield from _radius(found)
    yield from unbeaten_sentences(found)
    yield from assumptions(found)
    if found.stop is Stop.TIME_LIMIT:
        yield _("Time ran out: what is not called proved may change with more of it.")
    elif found.stop is Stop.INTERRUPTED:
        yield _("Stopped by hand: what is not called proved may change.")


def _headline(found: Robustness) -> str:
    if found.plan is None:
        if found.stop is Stop.INFEASIBLE:
            return _("No plan meets all demands: proved.")
        return _("Stopped before a plan was found.")
    name = plan_name(found)
    name = capitalised(name)
    low, high = found.rivalry.regret
    most = low if high is None else high
    return _gained(found).format(plan=name, low=gain_words(low), high=gain_words(most))


def _gained(found: Robustness) -> str:
    """Return the sentence that fits what is known of the possible regret."""
    low, high = found.rivalry.regret
    if not found.rivalry.competitors:
        if found.rivalry.complete:
            return _(
                "{plan} is robust: no other plan can be worth more within the intervals: proved."
            )
        if high is None:
            return _("{plan}: no competitor was found so far, which proves nothing.")
        return _("{plan}: no competitor was found; none gains more than {high} points: proved.")
    if high is None:
        return _("{plan} may fall short of another one by {low} points or more.")
    if high == low:
        return _(
            "{plan} may fall short of another one by up to {low} points, and by no more: proved."
        )
    return _(
        "{plan} may fall short of another one by {low} points, and by no more than {high}: proved."
    )


def competitor_sentences(found: Robustness) -> Iterator[str]:
    """Yield how many plans may be worth more, and whether dearer ones count."""
    number = len(found.rivalry.competitors)
    if number and found.rivalry.complete:
        text = several(
            "It has {number} competitor, a plan that may be worth more within the intervals: proved.",
            "It has {number} competitors, plans that may be worth more within the intervals: proved.",
            number,
        )
        yield text.format(number=number)
    elif number:
        text = several(
            "It has at least {number} competitor, a plan that may be worth more; not proved complete.",
            "It has at least {number} competitors, plans that may be worth more; not proved complete.",
            number,
        )
        yield text.format(number=number)
    if number and not found.dearer:
        yield _("Only plans that cost no more were looked at.")


def _radius(found: Robustness) -> Iterator[str]:
    rivalry = found.rivalry
    if rivalry.beaten:
        yield _("Even as things stand another plan is worth more, so its robustness radius is 0.")
        return
    if rivalry.radius is None or (rivalry.radius == 1 and not rivalry.competitors):
        return
    rounding = rounded_down if rivalry.radius_proved else rounded_up
    share = percent(rounding(rivalry.radius, 3), 1)
    if rivalry.radius_proved:
        text = _(
            "Robustness radius {share}: were all intervals that share as wide around the likely "
            "numbers, it would have no competitor: proved."
        )
    else:
        text = _("Robustness radius: at most {share} of all intervals; not proved.")
    yield text.format(share=share)


def unbeaten_sentences(found: Robustness) -> Iterator[str]:
    """Yield how many plans nothing beats over all the weights, and what they agree on."""
    unbeaten = found.unbeaten
    if unbeaten is None:
        if len(found.weights.corners) > MOST_CORNERS:
            text = _(
                "The weights have {number} extremes. Plans that nothing beats, and so the core "
                "index, are found for up to {most}: name fewer objectives after --weights."
            )
            yield text.format(number=len(found.weights.corners), most=MOST_CORNERS)
        return
    number = len(unbeaten.plans)
    if unbeaten.complete:
        text = several(
            "{number} set of options is beaten by no other over all these weights: proved.",
            "{number} sets of options are beaten by no other over all these weights: proved.",
            number,
        )
    elif unbeaten.sound:
        text = several(
            "At least {number} set of options is beaten by no other; not proved complete.",
            "At least {number} sets of options are beaten by no other; not proved complete.",
            number,
        )
    else:
        text = several(
            "{number} set of options found so far may be beaten by no other; not proved, and there "
            "may be others.",
            "{number} sets of options found so far may be beaten by no other; not proved, and there "
            "may be others.",
            number,
        )
    yield text.format(number=number)
    yield from core_sentence(found)


def core_sentence(found: Robustness) -> Iterator[str]:
    """Yield which options all plans that nothing beats take, which some, and which none."""
    texts = {
        Core.CORE: _("core, in all of them: {options}"),
        Core.BORDERLINE: _("borderline, in some: {options}"),
        Core.EXTERIOR: _("exterior, in none: {options}"),
        Core.NOT_PROVED: _("not proved either way: {options}"),
    }
    names = {core: [row.option for row in found.voices if row.core is core] for core in texts}
    parts = [text.format(options=_some(names[core])) for core, text in texts.items() if names[core]]
    if parts:
        line = "; ".join(parts)
        yield f"{capitalised(line)}."


def _some(names: list[Id]) -> str:
    if len(names) <= FEW:
        return listed(sorted(names))
    return _("{number} options").format(number=len(names))


def assumptions(found: Robustness) -> Iterator[str]:
    """Yield what was in question, and what was not."""
    weights = found.weights
    for name, (low, high) in weights.intervals.items():
        text = _(
            "The weight of {objective} was in question from {low} to {high} (likely {likely})."
        )
        yield text.format(
            objective=name,
            low=percent(low, 1),
            high=percent(high, 1),
            likely=percent(weights.likely[name], 1),
        )
    if weights.intervals and len(weights.intervals) < len(weights.likely):
        yield _("Objectives without an interval shared what was left as their likely weights do.")
    if weights.unused:
        text = _("Intervals of {names} played no part (--weights every uses all).")
        yield text.format(names=listed(weights.unused))
    number = len(found.scores.effects)
    if number:
        text = several(
            "{number} score was in question; a score has one value, whichever plan is looked at.",
            "{number} scores were in question; a score has one value, whichever plan is looked at.",
            number,
        )
        yield text.format(number=number)
        if found.unbeaten is not None:
            yield _("The core index leaves scores as they are; competitors and regret do not.")
    if found.scores.bent:
        text = _("Ranges of scores of {options} played no part: their layer saturates.")
        yield text.format(options=_some(list(found.scores.bent)))
    if found.other_ranges:
        text = several(
            "{number} range of another number than a score played no part in this.",
            "{number} ranges of other numbers than scores played no part in this.",
            found.other_ranges,
        )
        yield text.format(number=found.other_ranges)


def why_they_differ(found: Robustness) -> Iterator[str]:
    """Yield what each voice says, and so why they differ."""
    yield _(
        "The voices answer different questions: the core index counts plans that no other beats "
        "over all the weights, each once and however narrow the weights at which it is best (a "
        "hint, not a probability); competitors and regret look at the worst case for this plan "
        "alone; acceptability counts draws, so what is best rarely counts little."
    )
    yield from _disagreeing(found)
    if found.drawn is None:
        yield _("Acceptability is left out: it takes draws (--draws 1000).")
        return
    draws = found.drawn.plans.total()
    text = _(
        "Acceptability is of {draws} draws with a plan; chance alone may move it by up to {off} percentage "
        "points."
    )
    yield text.format(draws=draws, off=points(100 * margin(0.5, draws), 0))
    done, whole = len(found.drawn.rows), found.drawn.draws
    if done < whole:
        yield _("Stopped: {done} of {whole} draws are done.").format(done=done, whole=whole)
    yield from taken_over_sentence(found.drawn.taken_over, _("draws"), found.drawn.options)
    if found.other_ranges:
        yield _("The draws vary all ranges, other numbers than scores too.")


def _disagreeing(found: Robustness) -> Iterator[str]:
    """Yield on which options of this case voices say different things, and why."""
    for text, options in (*_against_core(found), *_against_draws(found)):
        if options:
            worst = max(row.regret for row in options)
            names = _some([row.option for row in options])
            yield text.format(options=names, worst=gain_words(worst))


def _against_core(found: Robustness) -> Iterator[tuple[str, list[Voices]]]:
    """Yield where all plans that nothing beats agree, with the plan or against it."""
    with_it = [
        row
        for row in found.voices
        if row.competitors and row.core is (Core.CORE if row.in_plan else Core.EXTERIOR)
    ]
    if found.scores.effects:
        text = _(
            "On {options} all plans that nothing beats decide as the plan does, and yet competitors "
            "do not, by up to {worst} points: they may count on other scores, and need only be "
            "better than this plan."
        )
    else:
        text = _(
            "On {options} all plans that nothing beats decide as the plan does, and yet competitors "
            "do not, by up to {worst} points: they need only be better than this plan, and others "
            "beat them in turn."
        )
    yield text, with_it
    against = [
        row for row in found.voices if row.core is (Core.EXTERIOR if row.in_plan else Core.CORE)
    ]
    yield _("On {options} every plan that nothing beats decides otherwise than the plan."), against


def _against_draws(found: Robustness) -> Iterator[tuple[str, list[Voices]]]:
    """Yield where hardly a draw decides otherwise than the plan, though a competitor does."""
    if found.drawn is None or not found.drawn.plans:
        return
    rare = [
        row
        for row in found.voices
        if row.competitors and row.acceptability is not None and _settled(row)
    ]
    yield (
        _(
            "On {options} hardly a draw decides otherwise than the plan (at most 1 in 20), and yet "
            "competitors do, by up to {worst} points: they look at the worst case, which draws "
            "rarely meet, and need not be the best plan there."
        ),
        rare,
    )


def _settled(option: Voices) -> bool:
    share = option.acceptability or 0.0
    return share >= SAFE if option.in_plan else share <= 1 - SAFE
