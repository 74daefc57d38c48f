"""Answers as they were written, read back: results workbooks and the JSON of ``solve``."""

import warnings
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from choosebattles.errors import InputError
from choosebattles.explain.comparison_results import EarlierAnswer
from choosebattles.report.json import as_json
from choosebattles.report.plan_parts.inputs_and_method import input_rows
from choosebattles.report.provenance import Provenance
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.translation import _
from choosebattles.workbook.inspection import inspect
from choosebattles.workbook.text_file import SIZE, TextKind, read_json

CUSTOM_PROPERTIES = "docProps/custom.xml"
MARK = "choosebattles results"
"""The property by which a results workbook is known."""

FILE = _("File (sha-256)")
"""The kind of input under which the files of an answer are listed."""

UNLIKE = frozenset({_("Scale"), _("Solver"), _("Warning"), FILE})
"""Kinds of input that are not compared: how it was solved, what looked odd, and the files."""

Rows = list[dict[str, Any]]


def is_json(path: Path) -> bool:
    """Say whether a file is named as JSON."""
    return path.suffix.casefold() == ".json"


def is_results(path: Path) -> bool:
    """Say whether a file holds an answer and not a case.

    Raises
    ------
    InputError
        If it is neither JSON nor a workbook that is safe to open.
    """
    if is_json(path):
        return True
    with ZipFile(BytesIO(inspect(path).content)) as archive:
        marked = CUSTOM_PROPERTIES in archive.namelist()
        return marked and f'"{MARK}"'.encode() in archive.read(CUSTOM_PROPERTIES)


def read_result(path: Path) -> EarlierAnswer:
    """Read an answer.

    Raises
    ------
    InputError
        If the file is not what ``solve`` writes.
    """
    return _of_json(path) if is_json(path) else _of_workbook(path)


def result_of(outcome: Outcome, provenance: Provenance) -> EarlierAnswer:
    """Return an answer that was just found, as a results workbook would hold it."""
    tree = as_json(outcome)
    found = _of_tree(outcome.case.name, tree)
    inputs: dict[tuple[str, str], str | float] = {
        (row.kind, row.name): row.value
        for row in input_rows(outcome, provenance)
        if row.kind not in UNLIKE
    }
    if outcome.plan is not None:
        for fund in outcome.case.funds:
            for year in outcome.case.calendar:
                inputs[_("Amount"), f"{fund.id} {year}"] = float(fund.amount[year])
        for option in outcome.case.options.values():
            for criterion in outcome.case.model.criteria:
                name = _("Score: {criterion}").format(criterion=criterion.id)
                inputs[name, option.id] = float(option.score.get(criterion.id, 0))
    return EarlierAnswer(
        **{
            **_as_fields(found),
            "currency": outcome.case.currency,
            "inputs": _once(inputs),
            "files": tuple((file.name, file.sha256) for file in provenance.files),
        }
    )


def still_the_same(result: EarlierAnswer, folders: tuple[Path, ...]) -> tuple[Path, ...] | None:
    """Return the files that an answer rests on, where they stand unchanged; else None.

    Parameters
    ----------
    result
        The answer.
    folders
        Where the files may be.
    """
    found = []
    for name, checksum in result.files or ():
        candidates = (folder / name for folder in folders)
        same = (
            candidate
            for candidate in candidates
            if candidate.is_file() and _checksum(candidate) == checksum
        )
        path = next(same, None)
        if path is None:
            return None
        found.append(path)
    return tuple(found) or None


def _checksum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _as_fields(result: EarlierAnswer) -> dict[str, Any]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


def _of_json(path: Path) -> EarlierAnswer:
    tree = read_json(path, ANSWER)
    try:
        return _of_tree(path.name, tree)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, _("a file that is not the JSON of an answer")) from error


ANSWER = TextKind(
    "CB-R07",
    _("an answer as choosebattles solve writes it"),
    _("Write it again: choosebattles solve mine.xlsx -o results.xlsx --json answer.json."),
    size=20 * SIZE,
)


def _unreadable(path: Path, found: str) -> InputError:
    return ANSWER.refused(path, found)


def _float(number: Decimal | float | None) -> float | None:
    return None if number is None else float(number)


def _of_tree(name: str, tree: Mapping[str, Any]) -> EarlierAnswer:
    indices = tree["indices"] or {}
    return EarlierAnswer(
        name=name,
        stop=str(tree["stop"]),
        proven=bool(tree["proven"]),
        objective=_float(tree["objective"]),
        bound=_float(tree["bound"]),
        total_cost=_float(tree["total_cost"]),
        starts={choice["option"]: int(choice["start"]) for choice in tree["chosen"]},
        investment_of={choice["option"]: choice["investment"] for choice in tree["chosen"]},
        indices={objective: float(value) for objective, value in indices.items()},
        spending={
            (fund, int(year)): float(amount)
            for fund, years in tree["spending"].items()
            for year, amount in years.items()
            if tree["total_cost"] is not None
        },
    )


def _of_workbook(path: Path) -> EarlierAnswer:
    content = inspect(path).content
    try:
        return _of_tables(path.name, _tables(content))
    except Exception as error:
        raise _unreadable(path, _("a results workbook that was changed")) from error


def _tables(content: bytes) -> dict[str, Rows]:
    """Return the Excel tables of all sheets; a library may fail at what others left around them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), data_only=True)
        try:
            return {
                name: _rows(sheet[sheet.tables[name].ref])
                for sheet in book.worksheets
                for name in sheet.tables
            }
        finally:
            book.close()


def _rows(block: Any) -> Rows:
    head, *rows = block
    names = [cell.value for cell in head]
    return [dict(zip(names, [cell.value for cell in row], strict=True)) for row in rows]


def _of_tables(name: str, tables: Mapping[str, Rows]) -> EarlierAnswer:
    rests_on = tables["Inputs"]
    solver = {
        rest[_("Name")]: rest[_("Value")] for rest in rests_on if rest[_("Kind")] == _("Solver")
    }
    stop = str(solver[_("Stopped because")])
    settings = {
        rest[_("Name")]: rest[_("Value")] for rest in rests_on if rest[_("Kind")] == _("Setting")
    }
    files = tuple(
        (str(rest[_("Name")]), str(rest[_("Value")]))
        for rest in rests_on
        if rest[_("Kind")] == FILE
    )
    *indices, whole = tables.get("Indices", [{}])
    plan = tables.get("Plan", [])
    objective = None if not whole else float(whole[_("After")])
    return EarlierAnswer(
        name=name,
        stop=stop,
        proven=solver[_("Proved")] == _("yes"),
        objective=objective,
        bound=objective if stop == Stop.OPTIMAL else None,
        total_cost=None if not whole else sum(float(row[_("Total")]) for row in plan),
        currency=str(settings.get(_("Currency")) or ""),
        starts={str(row[_("Option")]): int(row[_("Start")]) for row in plan},
        investment_of={str(row[_("Option")]): str(row[_("Investment")]) for row in plan},
        indices={str(index[_("Index")]): float(index[_("After")]) for index in indices},
        spending={
            (str(table[_("Fund")]), int(table[_("Year")])): float(table[_("Planned")])
            for table in tables.get("Spending", [])
        },
        inputs=_inputs(rests_on, tables),
        files=files,
    )


def _filled(value: str | float | None) -> str | float:
    return "" if value is None else value


def _inputs(rests_on: Rows, tables: Mapping[str, Rows]) -> dict[tuple[str, str], str | float]:
    found = {
        (str(rest[_("Kind")]), str(rest[_("Name")])): _filled(rest[_("Value")])
        for rest in rests_on
        if rest[_("Kind")] not in UNLIKE
    }
    for table in tables.get("Spending", []):
        found[_("Amount"), f"{table[_('Fund')]} {table[_('Year')]}"] = table[_("Amount")]
    begins = _("Score: {criterion}").format(criterion="")
    for table in tables.get("Scores", []):
        for title, value in table.items():
            if title.startswith(begins):
                found[title, str(table[_("Option")])] = value
    return _once(found)


def _once(inputs: Mapping[tuple[str, str], str | float]) -> dict[tuple[str, str], str | float]:
    """Return inputs without the control totals of what is listed number by number.

    An amount that differs is one difference, not a second one in its own total.
    """
    begins = _("Score: {criterion}").format(criterion="")
    scored = {kind.removeprefix(begins) for kind, _name in inputs if kind.startswith(begins)}
    summed = {
        _("Scores on {criterion} together").format(criterion=criterion) for criterion in scored
    }
    total = _("Control total")
    return {
        (kind, name): value
        for (kind, name), value in inputs.items()
        if kind != total or not (name in summed or (_("Amount"), name) in inputs)
    }
