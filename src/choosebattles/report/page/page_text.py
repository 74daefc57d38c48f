"""What stands on a page before any script runs: every table and picture, as texts."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from choosebattles.case.decision_model import Criterion, Method, Objective
from choosebattles.case.investment import Decision, Investment
from choosebattles.case.plan import Plan
from choosebattles.explain.plans_at_hand import open_investments
from choosebattles.explain.precomputed import (
    RESOLUTION,
    KnownAnswer,
    Precomputed,
    known_of,
)
from choosebattles.report.number_wording import (
    at_most,
    at_most_percent,
    percent,
    points,
    rounded,
    whole_percent,
)
from choosebattles.report.outputs.axis import ChartAxis
from choosebattles.report.outputs.colours import SERIES
from choosebattles.report.page.plan_pictures import (
    index_bars,
    money_columns,
    pillars,
    year_marks,
)
from choosebattles.report.page.point_chart import Spot, drawn
from choosebattles.report.page.program import searchable, switched_on, weighed
from choosebattles.report.page.script_sentences import SENTENCES, script_sentences
from choosebattles.report.plan_parts.frontier import change_rows, point_rows, sentences
from choosebattles.report.view_model import Answer, Story
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import short_title
from choosebattles.translation import _

Parts = dict[str, Any]

HALF_A_THOUSANDTH = 0.0005
"""Millions by which a fund may pay more than it has, because payments are rounded."""


@dataclass(frozen=True)
class PageText:
    """The texts of a page; ``redact`` leaves out scores and all that tells them."""

    outcome: Outcome
    story: Story
    precomputed: Precomputed
    files: Sequence[tuple[str, str]]
    notes: Sequence[str]
    redact: bool

    def parts(self, *, live: bool) -> Parts:
        """Return everything that the template speaks of."""
        case = self.outcome.case
        years = f"{case.first_year}-{case.last_year}" if case.years > 1 else f"{case.first_year}"
        title = _("{name}, {years}: which battles to choose").format(
            name=case.country or case.name, years=years
        )
        return {
            "language": "en",
            "title": title,
            "redacted": self.redact,
            "headline": self._headline(),
            "doubts": () if self.redact else self.story.doubts,
            "proof": () if self.redact else self.story.proof,
            "changed": () if self.redact else tuple(self.notes),
            "unsearchable": self._unsearchable(),
            "badge": self._badge(),
            "indices": list(self._indices()),
            "indices_says": _("Indices, in points; the last two columns as the workbook counts.")
            if live
            else _("Indices, in points"),
            "cost": self._money(self._answer.total_cost),
            "funds": [
                {"id": fund, "title": title or fund, "look": number % len(SERIES)}
                for number, (fund, title) in enumerate(self.story.funds)
            ],
            "bars": index_bars(self._answer, self._score, self._most(), whole=self.redact),
            "columns": money_columns(self.story, self._short_money),
            "pillars": pillars(case, self._plan.starts, self.tile),
            "year_marks": list(year_marks(self.story.years)),
            "weights": _weights(case.model.objectives),
            "criteria": [
                {"objective": objective, "weights": _weights(group)}
                for objective, group in weighed(case).items()
            ],
            "shocks": [
                {
                    "id": shock.id,
                    "title": short_title(shock.title) or shock.id,
                    "objective": shock.objective,
                    "on": shock.likelihood > 0,
                }
                for shock in case.shocks
                if case.services and switched_on(shock)
            ],
            "pictures": [] if not self._pictured else list(self._pictures()),
            "investments": list(self._investments()),
            "priced": self._priced,
            "stepwise": case.model.method is Method.LEXICOGRAPHIC,
            "investments_says": self._investments_says(live=live),
            "money": list(self._paid()),
            "services": list(self._services()),
            "shock_titles": [shock.title or shock.id for shock in case.shocks],
            "budgets": list(self._budgets()),
            "points": self._points(),
            "trade_off_says": self._trade_off_says(),
            "about": list(self._about(live=live)),
        }

    @property
    def _answer(self) -> Answer:
        assert self.story.answer is not None, "a page is of a plan"
        return self.story.answer

    @property
    def _plan(self) -> Plan:
        assert self.outcome.plan is not None, "a page is of a plan"
        return self.outcome.plan

    @property
    def _is_weighted(self) -> bool:
        """Say whether one search finds the plan, that of the weighted sum."""
        return self.outcome.case.model.method is Method.WEIGHTED

    @property
    def _priced(self) -> bool:
        """Say whether a price of deciding otherwise can be told: one number has to measure it."""
        return not self.redact and self._is_weighted

    def _most(self) -> float | None:
        """Return what no plan can exceed; None where nobody may know, or nobody does."""
        return self.outcome.bound if self._priced else None

    def _short_money(self, amount: float) -> str:
        return rounded(amount, short_decimals(self.story))

    def _money(self, amount: float | Fraction) -> str:
        return rounded(amount, self.story.decimals)

    def _score(self, value: float | Fraction) -> str:
        return points(value, 0 if self.redact else 1)

    def _headline(self) -> str:
        if not self.redact:
            return self.story.headline
        text = _("The plan takes {taken} of {all} investments and costs {cost} {unit}.")
        return text.format(
            taken=len({choice.investment for choice in self._plan.choices}),
            all=len(self.outcome.case.investments),
            cost=self._money(self._answer.total_cost),
            unit=self.story.unit,
        )

    def _unsearchable(self) -> str:
        if searchable(self.outcome.case):
            return ""
        return _(
            "The method of this case first searches what each objective could gain alone, so this "
            "page shows what was computed in advance and searches no other plan. With the methods "
            "weighted and lexicographic it would."
        )

    def _badge(self) -> Parts:
        how = f"({SENTENCES['workbook']})"
        if self.outcome.proven:
            return {"kind": "proven", "says": self._words["proven"], "how": how}
        return {"kind": "within", "says": self._proof(known_of(self.outcome)), "how": how}

    @property
    def _words(self) -> Mapping[str, str]:
        return script_sentences(steps=not self._is_weighted)

    def _proof(self, known: KnownAnswer) -> str:
        if known.plan is None:
            return _("no plan: proved")
        if math.isinf(known.off):
            return self._words["open"]
        if known.proven:
            return self._words["proven"]
        if self.redact:
            return _("Not proved to be the best plan.")
        return self._words["within"].format(share=at_most_percent(known.off))

    def _indices(self) -> Iterator[Parts]:
        for index in self._answer.indices:
            yield {
                "id": index.objective,
                "name": index.objective,
                "before": self._score(index.before),
                "after": self._score(index.after),
                "total": False,
            }
        yield {
            "id": "",
            "name": _("Objective (weighted sum)"),
            "before": self._score(self._answer.before),
            "after": self._score(self._answer.objective),
            "total": True,
        }

    # Pictures

    @property
    def _pictured(self) -> bool:
        return bool(self.precomputed.frontier or len(self.precomputed.budgets) > 1)

    def _pictures(self) -> Iterator[Parts]:
        frontier = self.precomputed.frontier
        if frontier is not None and frontier.points:
            yield self._trade_off()
        if len(self.precomputed.budgets) > 1:
            yield self._value_for_money()

    def _at(self, value: float | Fraction) -> float:
        return round(float(value)) if self.redact else float(value)

    def _trade_off(self) -> Parts:
        frontier = self.precomputed.frontier
        assert frontier is not None
        first, second = frontier.objectives
        indices = {index.objective: index.after for index in self._answer.indices}
        spots = [
            Spot(
                self._at(row.worth[0]),
                self._at(row.worth[1]),
                _("Point {number}: {first} {x}, {second} {y}").format(
                    number=row.number,
                    first=first,
                    x=self._score(row.worth[0]),
                    second=second,
                    y=self._score(row.worth[1]),
                ),
                "point" if row.supported else "point-hollow",
            )
            for row in point_rows(frontier)
        ]
        spots.append(
            Spot(
                self._at(indices[first]),
                self._at(indices[second]),
                SENTENCES["workbook"],
                "start",
                _("plan"),
            )
        )
        title = _("Trade-off: {first} against {second}").format(first=first, second=second)
        axes = (
            ChartAxis.over(
                _("{index}, points").format(index=first), [spot.x for spot in spots], 1.0, 4
            ),
            ChartAxis.over(
                _("{index}, points").format(index=second), [spot.y for spot in spots], 1.0, 4
            ),
        )
        says = [self._trade_off_says()]
        if any(spot.look == "point-hollow" for spot in spots):
            says.append(_("Hollow points: no weights make their plan the best of those shown."))
        return {
            "name": "trade-off",
            "title": title,
            "svg": Markup(drawn("trade-off", title, says[0], axes, spots, line=False)),
            "says": says,
        }

    def _value_for_money(self) -> Parts:
        spots = [
            Spot(
                float(known.recount.total_cost),
                self._at(known.value),
                _("{percent} % of the money: costs {cost}, worth {value} points").format(
                    percent=share,
                    cost=self._money(known.recount.total_cost),
                    value=self._score(known.value),
                ),
                "start" if share == 100 else "point",
                _("plan") if share == 100 else "",
            )
            for share, known in sorted(self.precomputed.budgets.items())
            if known.recount is not None
        ]
        says = [_("The best plan for every fund at a share of its money, from 50 % to 150 %.")]
        own = list(self._own())
        spots += _together(spot for spot, _says in own)
        says += [sentence for _spot, sentence in own]
        title = _("What money buys")
        axes = (
            ChartAxis.over(
                _("total cost, {unit}").format(unit=f"{self.story.unit}{self.story.each_year}"),
                [e.x for e in spots],
                1.0,
                4,
            ),
            ChartAxis.over(_("objective, points"), [e.y for e in spots], 1.0, 4),
        )
        return {
            "name": "value",
            "title": title,
            "svg": Markup(drawn("value", title, says[0], axes, spots, line=True)),
            "says": says,
        }

    def _own(self) -> Iterator[tuple[Spot, str]]:
        """Yield your own plan P, B for the same money and C for the same worth."""
        own = self.precomputed.own
        if own is None:
            return
        kept = "" if own.keeps else _(" It breaks demands of the workbook.")
        text = _("P: your own plan, {value} points for {cost} {unit}.")
        better = _("B: for no more money, {value} points for {cost} {unit}; {proof}.")
        cheaper = _(
            "C: worth no less for the least money, {value} points for {cost} {unit}; {proof}."
        )
        found = [("P", text, own.recount, True)]
        found += [("B", better, *own.better)] if own.better else []
        found += [("C", cheaper, *own.cheaper)] if own.cheaper else []
        for letter, sentence, recount, proved in found:
            says = sentence.format(
                value=self._score(recount.after.value),
                cost=self._money(recount.total_cost),
                unit=self.story.unit,
                proof=_("proved") if proved else _("a better one may exist"),
            )
            x, y = float(recount.total_cost), self._at(recount.after.value)
            yield Spot(x, y, says, "own", letter), says + (kept if letter == "P" else "")

    def _trade_off_says(self) -> str:
        frontier = self.precomputed.frontier
        if frontier is None:
            return ""
        if self.redact:
            return _("Pairs of indices that no plan beats, in whole points.")
        return " ".join(list(sentences(frontier))[:2])

    # Tables

    def tile(self, investment: Investment) -> Parts:
        """Return what stands on the tile of an investment besides its bar."""
        starts = self._plan.starts
        taken = next((o for o in investment.options if o.id in starts), None)
        return {
            "id": investment.id,
            "state": _state(
                investment, taken.id if taken else "", starts.get(taken.id) if taken else 0
            ),
            "cost": self._short_money(self._costs[taken.id]) if taken else "",
            "free": investment.id in dict(open_investments(self.outcome.case)),
        }

    @property
    def _costs(self) -> Mapping[str, float]:
        return {row.option: row.total for row in self._answer.plan}

    def reasons(self) -> Parts:
        """Return why each investment is in or out of the plan, and the price of the other way."""
        why: dict[str, list[str]] = {}
        several = {i.id for i in self.outcome.case.investments if len(i.options) > 1}
        for row in self._answer.rejected:
            says = f"{row.option}: {row.reason}" if row.investment in several else row.reason
            why.setdefault(row.investment, []).append(says)
        return {
            investment.id: {
                "decided": self._decided(investment),
                "why": why.get(investment.id, []),
                "price": self._otherwise(investment.id),
            }
            for investment in self.outcome.case.investments
        }

    def _investments(self) -> Iterator[Parts]:
        for investment in self.outcome.case.investments:
            taken = next((o for o in investment.options if o.id in self._plan.starts), None)
            yield self.tile(investment) | {
                "title": short_title((investment.options[0] if taken is None else taken).title),
                "taken": taken is not None,
                "cost": self._money(self._costs[taken.id]) if taken else "",
                "otherwise": self._otherwise(investment.id),
            }

    def _decided(self, investment: Investment) -> str:
        names = {
            Decision.MUST: _("must"),
            Decision.NEVER: _("never"),
            Decision.ONGOING: _("under way"),
        }
        found = {names[o.decision] for o in investment.options if o.decision in names}
        return ", ".join(sorted(found))

    def _otherwise(self, investment: str) -> str:
        known = self.precomputed.otherwise.get(investment)
        if known is None:
            return ""
        if known.plan is None:
            return SENTENCES["impossible"]
        value, bound = self.outcome.objective or 0.0, self.outcome.bound
        if known.bound is None or bound is None:
            return ""
        low, high = max(0.0, value - known.bound), max(0.0, bound - known.value)
        return price(low, high)

    def _investments_says(self, *, live: bool) -> str:
        says = _("Cost in {unit}, over all years.").format(
            unit=f"{self.story.unit}{self.story.each_year}"
        )
        if not self._priced:
            return says
        otherwise = _(
            "Deciding otherwise: how many points of the objective it costs to leave out what the "
            "plan takes, or to take what it leaves out, as the workbook counts."
        )
        if live and len(self.precomputed.otherwise) < len(
            list(open_investments(self.outcome.case))
        ):
            otherwise = (
                f"{otherwise} {_('Where no number is shown, decide, and the page searches.')}"
            )
        return f"{says} {otherwise}"

    def _paid(self) -> Iterator[Parts]:
        for fund, title in self.story.funds:
            rows = [row for row in self._answer.spending if row.fund == fund]
            cells = [self._of(row.planned, row.amount) for row in rows]
            whole = self._of(sum(row.planned for row in rows), sum(row.amount for row in rows))
            yield {"id": fund, "title": title or fund, "cells": [*cells, whole], "total": False}
        totals = [row.planned for row in self._answer.by_year]
        cells = [self._money(total) for total in (*totals, sum(totals))]
        yield {"id": "", "title": _("All funds"), "cells": cells, "total": True}

    def _of(self, paid: float, available: float) -> str:
        word = "beyond" if paid > available + HALF_A_THOUSANDTH else "of"
        return SENTENCES[word].format(paid=self._money(paid), there=self._money(available))

    def _services(self) -> Iterator[Parts]:
        rows = self._answer.services
        for service in dict.fromkeys(row.service for row in rows):
            mine = [row for row in rows if row.service == service]
            yield {
                "title": mine[0].title,
                "cells": [
                    {
                        "service": service,
                        "shock": row.shock,
                        "before": whole_percent(row.before),
                        "heat": heat(row.after),
                        "says": f"{whole_percent(row.after)} ({whole_percent(row.before)})",
                    }
                    for row in mine
                ],
            }

    def _budgets(self) -> Iterator[Parts]:
        for share, known in sorted(self.precomputed.budgets.items()):
            enters, leaves = self._difference(known)
            yield {
                "percent": _("{percent} %").format(percent=share),
                "value": "" if known.recount is None else self._score(known.value),
                "proof": _short(known, redact=self.redact),
                "cost": "" if known.recount is None else self._money(known.recount.total_cost),
                "enters": enters,
                "leaves": leaves,
            }

    def _difference(self, known: KnownAnswer) -> tuple[str, str]:
        if known.plan is None:
            return "", ""
        ours, theirs = self._plan.taken, known.plan.taken
        return ", ".join(sorted(theirs - ours)), ", ".join(sorted(ours - theirs))

    def _points(self) -> Parts | None:
        frontier = self.precomputed.frontier
        if frontier is None or not frontier.points:
            return None
        changes = {row.number: row for row in change_rows(frontier)}
        rows = [
            {
                "number": row.number,
                "first": self._score(row.worth[0]),
                "second": self._score(row.worth[1]),
                "cost": self._money(row.total_cost),
                "enters": ", ".join(changes[row.number].enters) if row.number > 1 else "",
                "leaves": ", ".join(changes[row.number].leaves) if row.number > 1 else "",
            }
            for row in point_rows(frontier)
        ]
        first, second = frontier.objectives
        return {"first": first, "second": second, "rows": rows}

    def _about(self, *, live: bool) -> Iterator[str]:
        yield self.story.money_line
        if self.story.edition:
            yield f"{self.story.edition}."
        if not self.redact:
            yield from self.notes
        for name, text in self.files:
            yield _("Made from {name}, checksum {sha256}.").format(name=name, sha256=text)
        yield _(
            "What this page shows before anything is changed was found by choosebattles and counted "
            "again, independently of the solver."
        )
        if live:
            yield _(
                "What you change is searched by {solver} inside this page; nothing leaves your "
                "computer. Every answer is rechecked against all demands before it is shown."
            ).format(solver="HiGHS")
            yield _("This page holds all scores of the workbook: treat it as you treat those.")
        if not self.precomputed.complete:
            yield _("Not everything was computed in advance within the limits; parts are missing.")
        elif self.precomputed.frontier is not None:
            yield _("One point of the trade-off stands for others within {points} points.").format(
                points=f"{RESOLUTION:g}"
            )


def _together(spots: Iterable[Spot]) -> list[Spot]:
    """Return spots, those of one place as one with all their letters."""
    found: dict[tuple[float, float], Spot] = {}
    for spot in spots:
        place = (round(spot.x, 3), round(spot.y, 3))
        if place in found:
            old = found[place]
            says, letter = f"{old.says} {spot.says}", f"{old.letter}, {spot.letter}"
            found[place] = replace(old, says=says, letter=letter)
        else:
            found[place] = spot
    return list(found.values())


def _weights(group: Sequence[Objective | Criterion]) -> list[Parts]:
    """Return the sliders of weights of which only the ratios matter."""
    whole = sum(float(weight.weight) for weight in group)
    return [
        {
            "id": weight.id,
            "title": (isinstance(weight, Criterion) and weight.title) or weight.id,
            "weight": f"{float(weight.weight):.12g}",
            "share": percent(float(weight.weight) / whole),
            "most": f"{whole:.12g}",
            "step": f"{whole / 100:.12g}",
        }
        for weight in group
    ]


def price(low: float, high: float) -> str:
    """Return what a decision costs, between two bounds, with no more digits than they carry."""
    if low <= 0 or high < 0.01:
        return SENTENCES["no_loss"].format(points=f"{max(0.01, at_most(high)):g}")
    for digits in (2, 1):
        if rounded(low, digits) == rounded(high, digits) != rounded(0, digits):
            return SENTENCES["fewer"].format(points=rounded(low, digits))
    size = 100 if high - low < 0.1 else 10
    down, up = math.floor(size * low) / size, math.ceil(size * high) / size
    return SENTENCES["between"].format(low=f"{down:g}", high=f"{up:g}")


def short_decimals(story: Story) -> int:
    """Return the decimals of money in a picture: one, or those of the case where it is small."""
    assert story.answer is not None, "a page is of a plan"
    most = max((row.amount for row in story.answer.spending), default=0.0)
    return 1 if most >= 1 else story.decimals


def heat(share: float) -> int:
    """Return in which of five steps a share is, 4 the best."""
    return min(4, int(5 * share + 1e-9))


def _short(known: KnownAnswer, *, redact: bool) -> str:
    if known.plan is None:
        return _("no plan: proved")
    if math.isinf(known.off):
        return _("not proved")
    if known.proven:
        return _("proved")
    return (
        _("not proved") if redact else _("within {share}").format(share=at_most_percent(known.off))
    )


def _state(investment: Investment, option: str, year: int | None) -> str:
    if not option:
        return SENTENCES["not_taken"]
    begins = SENTENCES["from"].format(year=year)
    return begins if len(investment.options) == 1 else f"{option}, {begins}"
