"""People and services: who is needed and there, and what goes on working in a shock."""

from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.units import Year
from choosebattles.report.wording import plain


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


@dataclass(frozen=True)
class ServiceRow:
    """A service under a shock in the final year, as shares of its full working."""

    service: str
    title: str
    needs: str
    shock: str
    shock_title: str
    before: float
    after: float
    must_hold: float | None
    """The floor, where it binds against this shock."""


def people_rows(case: Case, recount: Recount) -> tuple[PeopleRow, ...]:
    """Return every skill in every year."""
    rows = []
    for skill in case.skills:
        for year in case.calendar:
            there = recount.people[skill.id][year]
            needed = there.building + there.running
            left = there.supply + there.trained - needed
            numbers = (there.building, there.running, needed, there.supply, there.trained, left)
            rows.append(PeopleRow(skill.id, skill.title, year, *(plain(n, 6) for n in numbers)))
    return tuple(rows)


def service_rows(case: Case, recount: Recount) -> tuple[ServiceRow, ...]:
    """Return every service under every shock."""
    rows = []
    for service in case.services:
        for shock in case.shocks:
            key = (service.id, shock.id)
            binds = service.must_hold is not None and (
                not service.against or shock.id in service.against
            )
            rows.append(
                ServiceRow(
                    service.id,
                    service.title,
                    "; ".join(service.needs),
                    shock.id,
                    shock.title,
                    plain(recount.before.services[key]),
                    plain(recount.after.services[key]),
                    plain(service.must_hold) if binds and service.must_hold is not None else None,
                )
            )
    return tuple(rows)
