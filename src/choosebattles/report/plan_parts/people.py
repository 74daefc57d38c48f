"""People: who is needed and who is there."""

from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.units import Year
from choosebattles.report.number_wording import plain
from choosebattles.spelling import short_title


@dataclass(frozen=True)
class PeopleRow:
    """A skill in a year: people at work, people there."""

    skill: str
    title: str
    year: Year
    building: float
    running: float
    needed: float
    supply: float
    trained: float
    left: float


def people_rows(case: Case, recount: Recount) -> tuple[PeopleRow, ...]:
    """Return every skill in every year."""
    rows = []
    for skill in case.skills:
        for year in case.calendar:
            people = recount.people[skill.id][year]
            needed = people.building + people.running
            left = people.supply + people.trained - needed
            numbers = (people.building, people.running, needed, people.supply, people.trained, left)
            rows.append(
                PeopleRow(skill.id, short_title(skill.title), year, *(plain(n, 6) for n in numbers))
            )
    return tuple(rows)
