"""Questions prepared for the room: each changes what there is, to something that can be."""

from collections.abc import Iterator

from choosebattles.case.checks.shared_sentences import at, unknown
from choosebattles.case.facts import Facts
from choosebattles.case.parameter_names import beginning
from choosebattles.case.place import Place
from choosebattles.case.story_change import BUDGET, ChangePart, change_parts
from choosebattles.errors import Fault
from choosebattles.spelling import Names, closest, key, quoted
from choosebattles.translation import _

UNCLEAR = "CB-L52"


def changes(case: Facts) -> Iterator[Fault]:
    """Yield changes that name nothing of the case, or are to no number."""
    for row in case.story:
        place = at(row, "change")
        for part in change_parts(row.change):
            if not part.typed:
                yield place.fault(
                    UNCLEAR,
                    quoted(part.name),
                    _("a name, = and what it is to be, such as fund.STATE=30 or never=CSIRT"),
                    _("Separate several by ;"),
                )
            elif part.word and part.word != BUDGET:
                names = Names(
                    name
                    for owner in case.investments
                    for name in dict.fromkeys((owner.id, *(option.id for option in owner.options)))
                )
                if key(part.typed) not in map(key, names):
                    kind = _("the id of an investment or option")
                    yield unknown(place, part.typed, kind, names)
            elif part.word:
                if part.number is None or part.number < 0 or not part.typed.endswith("%"):
                    yield place.fault(
                        UNCLEAR, quoted(part.typed), _("a percentage such as 80%"), ""
                    )
            else:
                yield from _number(case, part, place)


def _number(case: Facts, part: ChangePart, place: Place) -> Iterator[Fault]:
    wanted = ".".join(key(word) for word in part.name.split("."))
    names = [found.name for found in beginning(case, wanted.partition(".")[0])]
    if wanted not in map(key, names):
        near = closest(part.name, names)
        advice = (
            _("Did you mean {name}?").format(name=near)
            if near
            else _("Names look like fund.STATE.2028, cost.CLOUD or weight.autonomy.")
        )
        yield place.fault(
            UNCLEAR, quoted(part.name), _("the name of a number of this case"), advice
        )
    elif part.number is None:
        yield place.fault(UNCLEAR, quoted(part.typed), _("a number"), "")
