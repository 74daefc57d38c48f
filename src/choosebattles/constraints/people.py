"""Nobody is at work twice: people of each skill, year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.number_path import Path, replace_at
from choosebattles.case.skill import Skill
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit, shown, steps
from choosebattles.translation import _
from choosebattles.vocabulary import TOLERANCE, Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class People(Unit):
    r"""The people at work, building and running, are there or have been trained.

    .. math:: \sum_o staff(o, k, t) \le supply(k, t) + trained(k, t)
    """

    skill: Skill
    reads: ClassVar[frozenset[str]] = reading("supply", of=("staff", "trained"))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row a year."""
        for t in q.horizon:
            year = q.case.first_year + t
            working = q.staff(self.skill.id, t) - q.trained(self.skill.id, t)
            place = self.skill.at(f"supply[{year}]")
            yield Row(
                RowName("people", (self.skill.id,), year), working <= self._supply(year), (place,)
            )

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield how many people are missing in a year."""
        for t in ledger.horizon:
            year = ledger.case.first_year + t
            supplied = self._supply(year) + ledger.trained(self.skill.id, t)
            missing = ledger.staff(self.skill.id, t) - supplied
            if missing > TOLERANCE:
                text = _("{missing:.2f} people of skill {skill} too few in {year}").format(
                    year=year, missing=float(missing), skill=self.skill.id
                )
                place = self.skill.at(f"supply[{year}]")
                yield Violation(RowName("people", (self.skill.id,), year), text, missing, (place,))

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:  # noqa: ARG002 - by year
        """Yield the supply of every year; more people would do."""
        for year in case.calendar:
            yield self._supplied(case, year)

    def _supplied(self, case: Case, year: int) -> Relaxable:
        skill = self.skill
        path: Path = (
            "skills",
            [listed.id for listed in case.skills].index(skill.id),
            "supply",
            year,
        )

        def gives_way(now: Case, off: float) -> Iterator[Change]:
            for more in steps(off, 1):
                sentence = _("raise {skill} in {year} by {number}").format(
                    skill=skill.id, year=year, number=shown(more, 0)
                )
                yield sentence, replace_at(now, path, skill.supply[year] + more)

        value = shown(skill.supply[year], 0)
        what = _("{skill} has a supply of {number} in {year}").format(
            skill=skill.id, number=value, year=year
        )
        return Relaxable(
            DemandKind.PEOPLE,
            Demand(what, value, (skill.at(f"supply[{year}]"),)),
            (RowName("people", (skill.id,), year),),
            gives_way,
            measured=True,
            step=0.1,
        )

    def _supply(self, year: int) -> Fraction:
        return Fraction(self.skill.supply[year])
