"""Robustness in words: what may be better, how sure each choice is, and why voices differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.case.units import Id
from choosebattles.report.parts.shares import SAFE, margin
from choosebattles.report.wording import percent, points
from choosebattles.solving.outcome import Stop
from choosebattles.uncertainty.robust import MOST_CORNERS, Core, Robustness, Voices
from choosebattles.words import _, listed, several

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
            each.regret,
            tuple(sorted(each.taken - mine)),
            tuple(sorted(mine - each.taken)),
            tuple(float(weight) for weight in each.weights.values()),
            "; ".join(
                f"{option} {criterion} {score:g}"
                for (option, criterion), score in each.scores.items()
            ),
            float(each.recount.total_cost),
        )
        for number, each in enumerate(found.rivalry.competitors, 1)
    ]


def in_question(found: Robustness) -> list[Voices]:
    """Return the options on which a voice is not sure, the most doubtful of the plan first."""
    rows = [each for each in found.voices if _doubtful(each)]
    return sorted(rows, key=lambda each: (not each.in_plan, -each.regret, -(each.core_index or 0)))


def _doubtful(each: Voices) -> bool:
    index, share = each.core_index, each.acceptability
    return (
        bool(each.competitors)
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
    yield from _competing(found)
    yield from _radius(found)
    yield from _unbeaten(found)
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
    name = name[:1].upper() + name[1:]
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


def _competing(found: Robustness) -> Iterator[str]:
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
    told = found.rivalry
    if told.beaten:
        yield _("Even as things stand another plan is worth more, so its robustness radius is 0.")
        return
    if told.radius is None or (told.radius == 1 and not told.competitors):
        return
    share = percent(int(1000 * told.radius) / 1000, 1)
    if told.radius_proved:
        text = _(
            "Robustness radius {share}: were all intervals that share as wide around the likely "
            "numbers, it would have no competitor: proved."
        )
    else:
        text = _("Robustness radius: at most {share} of all intervals; not proved.")
    yield text.format(share=share)


def _unbeaten(found: Robustness) -> Iterator[str]:
    told = found.unbeaten
    if told is None:
        if len(found.weights.corners) > MOST_CORNERS:
            text = _(
                "The weights have {number} extremes. Plans that nothing beats, and so the core "
                "index, are found for up to {most}: name fewer objectives after --weights."
            )
            yield text.format(number=len(found.weights.corners), most=MOST_CORNERS)
        return
    number = len(told.plans)
    if told.complete:
        text = several(
            "{number} set of options is beaten by no other over all these weights: proved.",
            "{number} sets of options are beaten by no other over all these weights: proved.",
            number,
        )
    elif told.sound:
        text = _("At least {number} sets of options are beaten by no other; not proved complete.")
    else:
        text = _(
            "{number} sets of options found so far may be beaten by no other; not proved, and there "
            "may be others."
        )
    yield text.format(number=number)
    names = {kind: [each.option for each in found.voices if each.core is kind] for kind in Core}
    parts = [
        (_("core, in all of them: {options}"), names[Core.CORE]),
        (_("borderline, in some: {options}"), names[Core.BORDERLINE]),
        (_("exterior, in none: {options}"), names[Core.EXTERIOR]),
        (_("not proved either way: {options}"), names[Core.NOT_PROVED]),
    ]
    texts = [text.format(options=_some(those)) for text, those in parts if those]
    if texts:
        line = "; ".join(texts)
        yield f"{line[:1].upper()}{line[1:]}."


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
    if found.other_ranges:
        yield _("The draws vary all ranges, other numbers than scores too.")


def _disagreeing(found: Robustness) -> Iterator[str]:
    """Yield on which options of this case voices say different things, and why."""
    for text, those in (*_against_core(found), *_against_draws(found)):
        if those:
            worst = max(each.regret for each in those)
            yield text.format(
                options=_some([each.option for each in those]), worst=gain_words(worst)
            )


def _against_core(found: Robustness) -> Iterator[tuple[str, list[Voices]]]:
    """Yield where all plans that nothing beats agree, with the plan or against it."""
    with_it = [
        each
        for each in found.voices
        if each.competitors and each.core is (Core.CORE if each.in_plan else Core.EXTERIOR)
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
        each for each in found.voices if each.core is (Core.EXTERIOR if each.in_plan else Core.CORE)
    ]
    yield _("On {options} every plan that nothing beats decides otherwise than the plan."), against


def _against_draws(found: Robustness) -> Iterator[tuple[str, list[Voices]]]:
    """Yield where hardly a draw decides otherwise than the plan, though a competitor does."""
    if found.drawn is None or not found.drawn.plans:
        return
    rare = [
        each
        for each in found.voices
        if each.competitors and each.acceptability is not None and _settled(each)
    ]
    yield (
        _(
            "On {options} hardly a draw decides otherwise than the plan (at most 1 in 20), and yet "
            "competitors do, by up to {worst} points: they look at the worst case, which draws "
            "rarely meet, and need not be the best plan there."
        ),
        rare,
    )


def _settled(each: Voices) -> bool:
    share = each.acceptability or 0.0
    return share >= SAFE if each.in_plan else share <= 1 - SAFE
