"""Decision models: preferences in a file of their own, to be laid over any case.

A model replaces objectives, criteria with their weights, limits, must-hold floors and the method;
the facts of the case stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, Unpack

from pydantic import ValidationError

from choosebattles.case.bounds import plain
from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from choosebattles.case.limit import Limit
from choosebattles.case.place import Fact, Origin, Place
from choosebattles.case.units import Id, Share
from choosebattles.errors import Fault, InputError
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.shipped_files import shipped
from choosebattles.spelling import closest, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_kinds import is_all, metric, scope
from choosebattles.workbook.cell_reading import Problem
from choosebattles.workbook.text_file import TextKind, read_toml

F = TypeVar("F", bound=Fact)

MODEL = TextKind("CB-F25", _("a decision model in the form of those in models/"))

METHOD_SETTINGS = (
    "method",
    "tolerance",
    "accrual",
    "discount_rate",
    "tail_share",
    "tail_weight",
    "contingency",
    "contingency_amount",
)
"""The single values of a decision model."""


class ModelMustHold(Fact):
    """The continuity that a service must hold, under some shocks or under all."""

    service: Id
    floor: Share
    against: tuple[Id, ...] = ()


@dataclass(frozen=True)
class DecisionModelFile:
    """A decision model with its name, its source, and when to choose it."""

    name: str
    title: str
    source: str
    when: str
    model: DecisionModel
    must_hold: tuple[ModelMustHold, ...] = ()


@dataclass
class _Parsing:
    """One file on its way to a model, with what is wrong in it."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def place(self, entry: str) -> Place:
        """Return an entry of the file as a place."""
        return Place(file=self.file, column=entry)

    def facts(self, kind: type[F], entries: Any, word: str) -> tuple[F, ...]:
        """Return the facts of a list of tables, noting every fault."""
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.fault(
                word, quoted(str(entries)), _("tables, each headed [[{word}]]").format(word=word)
            )
            return ()
        made = (self._fact(kind, entry, word, at) for at, entry in enumerate(entries, start=1))
        return tuple(fact for fact in made if fact is not None)

    def _fact(self, kind: type[F], entry: dict[str, Any], word: str, number: int) -> F | None:
        name = entry.get("id", entry.get("service", entry.get("metric", number)))
        label = f"{word} {name}"
        values = {part: self._value(part, value, label) for part, value in entry.items()}
        if "metric" in values and isinstance(values["metric"], tuple):
            values["metric"], values["criterion"] = values["metric"]
        places = {part: self.place(f"{label}: {part}") for part in values}
        return self.valid(kind, values, label, Origin(self.place(label), places))

    def valid(self, kind: type[F], values: dict[str, Any], label: str, origin: Origin) -> F | None:
        """Return one fact, or ``None`` with its faults noted."""
        try:
            return kind.model_validate({**values, "origin": origin})
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                part = str(detail["loc"][0]) if detail["loc"] else ""
                self._invalid(kind, f"{label}: {part}", part, detail)
            return None

    def _invalid(self, kind: type[Fact], where: str, part: str, error: Mapping[str, Any]) -> None:
        if error["type"] == "missing":
            self.fault(where, _("nothing"), _("a value"), "CB-C13")
        elif error["type"] == "extra_forbidden":
            self.unknown(
                where,
                part,
                [model_field for model_field in kind.model_fields if model_field != "origin"],
            )
        else:
            expected = str(error["msg"]).removeprefix("Input should be ")
            self.fault(where, quoted(str(error["input"])), expected, "CB-C01")

    def unknown(self, where: str, name: str, known: Iterable[str]) -> None:
        """Note an entry that no model has."""
        names = list(known)
        near = closest(name, names)
        advice = _("Did you mean {name}?").format(name=near) if near else ""
        wanted = _("one of: {words}").format(words=", ".join(names))
        self.faults.append(self.place(where).fault("CB-C14", quoted(name), wanted, advice))

    def fault(self, where: str, found: str, expected: str, code: str = "CB-F25") -> None:
        """Note something to correct."""
        self.faults.append(self.place(where).fault(code, found, expected, ""))

    def _value(self, name: str, value: Any, label: str) -> Any:
        """Return the value of an entry; scopes and metrics are written as in a workbook."""
        if name in {"scope", "against"} and isinstance(value, list) and is_all([*map(str, value)]):
            return ()
        if name == "scope" and isinstance(value, list):
            answer = scope("; ".join(map(str, value)))
        elif name == "metric":
            answer = metric(value)
        else:
            return tuple(value) if isinstance(value, list) else value
        if isinstance(answer, Problem):
            place = self.place(f"{label}: {name}")
            self.faults.append(
                place.fault(answer.code, answer.found, answer.expected, answer.advice)
            )
            return () if name == "scope" else value
        return answer.value


def model_path(name: Path | str) -> Path:
    """Return the file of a model: a path, or the name of one that comes with the program.

    Raises
    ------
    InputError
        Where there is no such file.
    """
    path = Path(name)
    if path.suffix or len(path.parts) > 1:
        if path.is_file():
            return path
        known: list[str] = []
    else:
        known = sorted(file.stem for file in shipped("models").glob("*.toml"))
        if path.name in known:
            return shipped("models") / f"{path.name}.toml"
    near = closest(path.name, known)
    advice = (
        _("Did you mean {name}?").format(name=near)
        if near
        else _("There are: {names}.").format(names=", ".join(known))
        if known
        else _("Check the name and the folder.")
    )
    expected = _("a model file, or the name of a model that comes with the program")
    found = _("no decision model named {name}").format(name=quoted(str(name)))
    raise InputError([Place(file=path.name).fault("CB-F22", found, expected, advice)])


def read_model(name: Path | str) -> DecisionModelFile:
    """Read a decision model.

    Parameters
    ----------
    name
        A path, or the name of a model that comes with the program, such as ``balanced``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    path = model_path(name)
    parsing = _Parsing(path.name)
    content = read_toml(path, MODEL)
    model = _model(content, parsing)
    holds = parsing.facts(ModelMustHold, content.pop("must_hold", []), "must_hold")
    texts = {part: str(content.pop(part, "")) for part in ("title", "source", "when")}
    for part in content:
        parsing.unknown(part, part, _ENTRIES)
    if parsing.faults or model is None:
        raise InputError(parsing.faults)
    return DecisionModelFile(
        path.stem, texts["title"], texts["source"], texts["when"], model, holds
    )


_ENTRIES = ("title", "source", "when", "settings", "objective", "criterion", "limit", "must_hold")


def _model(content: dict[str, Any], parsing: _Parsing) -> DecisionModel | None:
    settings = content.pop("settings", {})
    if not isinstance(settings, dict):
        parsing.fault("settings", quoted(str(settings)), _("a table headed [settings]"))
        settings = {}
    for setting in [setting for setting in settings if setting not in METHOD_SETTINGS]:
        parsing.unknown(f"settings: {setting}", setting, METHOD_SETTINGS)
        settings.pop(setting)
    places = {setting: parsing.place(f"settings: {setting}") for setting in settings}
    values = {
        **settings,
        "objectives": parsing.facts(Objective, content.pop("objective", []), "objective"),
        "criteria": parsing.facts(Criterion, content.pop("criterion", []), "criterion"),
        "limits": parsing.facts(Limit, content.pop("limit", []), "limit"),
    }
    origin = Origin(Place(file=parsing.file), places)
    return parsing.valid(DecisionModel, values, "settings", origin)


# --- writing ------------------------------------------------------------------------------------


def write_model(file: DecisionModelFile, path: Path | str, **guard: Unpack[Guard]) -> Written:
    """Write a decision model as a text file that reads back as the same model.

    Parameters
    ----------
    file
        The model.
    path
        Where the file shall stand.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written. Nothing was changed then.
    """
    text = "\n".join(_lines(file)) + "\n"

    def write(partial: Path) -> None:
        partial.write_text(text, encoding="utf-8", newline="\n")

    return write_safely(Path(path), write, **guard)


def _lines(file: DecisionModelFile) -> Iterator[str]:
    for name in ("title", "source", "when"):
        yield f"{name} = {_quoted(getattr(file, name))}"
    yield from ("", "[settings]")
    for name in METHOD_SETTINGS:
        yield f"{name} = {_toml(getattr(file.model, name))}"
    tables: tuple[tuple[str, Iterable[Fact]], ...] = (
        ("objective", file.model.objectives),
        ("criterion", file.model.criteria),
        ("limit", file.model.limits),
        ("must_hold", file.must_hold),
    )
    for word, facts in tables:
        for fact in facts:
            yield from ("", f"[[{word}]]", *_entries(fact))


def _entries(fact: Fact) -> Iterator[str]:
    for name, about in type(fact).model_fields.items():
        value = getattr(fact, name)
        if name in {"origin", "criterion"} or (value == about.default and not about.is_required()):
            continue
        if isinstance(fact, Limit) and name == "metric" and fact.criterion is not None:
            value = f"{fact.metric}: {fact.criterion}"
        yield f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(str(item)) for item in value)}]"
    return _quoted(value) if isinstance(value, str) else plain(Decimal(value))


def _quoted(text: str) -> str:
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(marks.get(character, character) for character in text) + '"'
