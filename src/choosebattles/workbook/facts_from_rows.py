"""Rows become facts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from choosebattles.case.decision_model import (
    DEFAULT_OBJECTIVES,
    Criterion,
    DecisionModel,
    Objective,
)
from choosebattles.case.evidence import Correlation, Range, Source, StoryRow, SweepRow
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Investment, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit
from choosebattles.case.numbers import NUMBERS, Family
from choosebattles.case.place import Fact, Origin, Place
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill
from choosebattles.spelling import key, quoted
from choosebattles.translation import _
from choosebattles.workbook.column import Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.name_spelling import CaseNames, option_id
from choosebattles.workbook.row_reading import Line
from choosebattles.workbook.settings_reader import Typed

F = TypeVar("F", bound=Fact)
Lines = Mapping[str, tuple[Line, ...]]

SHARED = ("owner", "pillar", "layer")
"""What belongs to an investment and not to each of its options."""


def build(name: str, typed: Typed, calendar: range, lines: Lines, findings: Findings) -> Facts:
    """Return the facts that rows state; nothing is checked across rows."""
    objectives, criteria = preferences(lines)
    settings = {"first_year": calendar.start, "years": len(calendar)}
    model = DecisionModel.model_validate(
        typed.model
        | {
            "objectives": objectives,
            "criteria": criteria,
            "limits": tuple(_limits(_sound(lines, "Limits"))),
            "origin": typed.model_origin,
        }
    )
    return Facts.model_validate(
        typed.case
        | settings
        | {
            "name": name,
            "model": model,
            "funds": _facts(Fund, _yearly(_named(lines, "Funds"), "amount", calendar)),
            "investments": tuple(
                _investments(_named(lines, "Investments", "investment"), findings)
            ),
            "rules": _facts(Rule, _sound(lines, "Rules")),
            "skills": _facts(Skill, _yearly(_named(lines, "Skills"), "supply", calendar)),
            "layers": _facts(Layer, _named(lines, "Layers")),
            "providers": _facts(Provider, _named(lines, "Providers")),
            "services": _facts(Service, _named(lines, "Services")),
            "shocks": _facts(Shock, _named(lines, "Shocks"), {"hits": ()}),
            "ranges": _facts(Range, _sound(lines, "Ranges")),
            "correlations": _facts(Correlation, _sound(lines, "Correlations")),
            "sources": _facts(Source, _named(lines, "Sources")),
            "sweeps": _facts(SweepRow, _sound(lines, "Sweeps")),
            "story": _facts(StoryRow, _sound(lines, "Story")),
            "origin": typed.case_origin,
        }
    )


def name_defaults(lines: Lines, names: CaseNames) -> None:
    """Name the objectives and criteria that a missing sheet stands for."""
    if not names.all(Space.OBJECTIVE):
        for objective in DEFAULT_OBJECTIVES:
            names.add(Space.OBJECTIVE, objective)
    if not lines.get("Criteria"):
        for objective in names.all(Space.OBJECTIVE):
            names.add(Space.CRITERION, objective)


def preferences(lines: Lines) -> tuple[tuple[Objective, ...], tuple[Criterion, ...]]:
    """Return objectives and criteria; where a sheet is missing, those that it then means."""
    objectives = _facts(Objective, _named(lines, "Objectives")) or tuple(
        Objective(id=objective, origin=_missing_sheet("Objectives"))
        for objective in DEFAULT_OBJECTIVES
    )
    if lines.get("Criteria"):
        return objectives, _facts(Criterion, _named(lines, "Criteria"))
    origin = _missing_sheet("Criteria")
    return objectives, tuple(
        Criterion(id=objective.id, objective=objective.id, origin=origin)
        for objective in objectives
    )


def _missing_sheet(name: str) -> Origin:
    """Return where the rows would stand that a missing sheet means."""
    return Origin(Place(sheet=name))


def _named(lines: Lines, sheet: str, name: str = "id") -> Iterator[Line]:
    """Yield the rows that have a name; one without cannot be spoken of."""
    return (line for line in lines.get(sheet, ()) if line.values.get(name))


def _sound(lines: Lines, sheet: str) -> Iterator[Line]:
    """Yield the rows without a fault, of a sheet that no other row refers to."""
    return (line for line in lines.get(sheet, ()) if not line.faulty)


def _yearly(lines: Iterable[Line], part: str, calendar: range) -> Iterator[Line]:
    """Yield rows with a number for every year; a year without a column has a fault already."""
    for line in lines:
        typed = line.families.get(part, {})
        line.families[part] = {year: typed.get(year, 0) for year in calendar}
        yield line


def _facts(
    kind: type[F], lines: Iterable[Line], defaults: Mapping[str, Any] | None = None
) -> tuple[F, ...]:
    return tuple(
        kind.model_validate(
            {**(defaults or {}), **line.values, **line.families, "origin": line.origin}
        )
        for line in lines
    )


def _limits(lines: Iterable[Line]) -> Iterator[Limit]:
    for line in lines:
        metric, criterion = line.values["metric"]
        values = line.values | {"metric": metric, "criterion": criterion}
        places = line.places | {"criterion": line.places["metric"]}
        yield Limit.model_validate({**values, "origin": Origin(line.place, places)})


def _investments(lines: Iterable[Line], findings: Findings) -> Iterator[Investment]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.text("investment"), []).append(line)
    for name, rows in groups.items():
        values: dict[str, Any] = {"id": name}
        places = {"id": rows[0].places.get("investment", rows[0].place)}
        for part in SHARED:
            found = _agreed(part, name, rows, findings)
            if found is not None:
                values[part] = found.text(part)
                places[part] = found.places[part]
        values["options"] = tuple(_option(name, row) for row in rows)
        values["origin"] = Origin(rows[0].place, places)
        yield Investment.model_validate(values)


def _agreed(part: str, name: str, rows: list[Line], findings: Findings) -> Line | None:
    """Return the first row that fills a cell; tell of rows that fill it otherwise."""
    filled = [row for row in rows if row.text(part)]
    for row in filled[1:]:
        if row.text(part) != filled[0].text(part):
            findings.fault(
                row.places[part],
                "CB-L22",
                quoted(row.text(part)),
                _("{value} as in {cell}, or an empty cell").format(
                    value=quoted(filled[0].text(part)), cell=filled[0].places[part].cell
                ),
                _("It belongs to the whole investment {name}.").format(name=name),
            )
    return filled[0] if filled else None


def _option(investment: str, line: Line) -> Option:
    values = {
        name: value
        for name, value in line.values.items()
        if name not in {"investment", "option", *SHARED}
    }
    for part, members in line.families.items():
        values[part] = _profile(members) if part in _PROFILES else members
    values["id"] = option_id(investment, line.text("option"))
    places = dict(line.places)
    places["id"] = places.get("option", places.get("investment", line.place))
    values["origin"] = Origin(line.place, places)
    return Option.model_validate(values)


_PROFILES = {number.field for number in NUMBERS if number.family is Family.AFTER_START}


def _profile(members: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return amounts by year after the start; what is blank in between is 0."""
    return tuple(members.get(year, 0) for year in range(max(members) + 1))


def check_costless(lines: Iterable[Line], findings: Findings) -> None:
    """Refuse rows without any typed cost."""
    for line in lines:
        costs = [part for part in line.places if part.startswith("cost[") or part == "running_cost"]
        if not costs or line.families.get("cost") or "running_cost" in line.values:
            continue
        if not line.faulty.intersection(costs):
            findings.fault(
                _first(costs, line),
                "CB-C13",
                _("no cost and no running cost"),
                _("at least one of them"),
                _("Type 0 if there is none."),
            )


def _first(parts: list[str], line: Line) -> Place:
    return line.places[min(parts, key=lambda part: (part == "running_cost", key(part)))]
