"""What a cell means, by the kind of its column."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from choosebattles.case.investment import Cover
from choosebattles.case.limit import ALL, Metric, ScopeItem, ScopeKind
from choosebattles.spelling import closest, exposed, key, quoted
from choosebattles.translation import _
from choosebattles.workbook import typed_numbers, typed_texts
from choosebattles.workbook.cell_reading import Problem, Read
from choosebattles.workbook.column import CellKind, ColumnLayout, Space
from choosebattles.workbook.typed_texts import pieces

Answer = Read[Any] | Problem
"""A value with its warnings, or what is wrong with it."""


def read_cell(column: ColumnLayout, value: object) -> Answer:
    """Read one filled cell as its column says.

    What a cell refers to need not exist, and a number may lie anywhere: that is asked later, of
    the whole case.
    """
    if column.kind is CellKind.CHOICE:
        return choice(value, column.choices)
    if column.kind is CellKind.ID:
        if column.defines is Space.NONE:
            return typed_texts.text(value)
        return typed_texts.identifier(value, dotted=column.defines is Space.MEMBER)
    if column.kind is CellKind.TEXT and column.defines is Space.NONE:
        title = column.name == "title"
        limit = typed_texts.TITLE_LIMIT if title else typed_texts.NOTE_LIMIT
        return typed_texts.text(value, limit=limit, lines=not title)
    if column.takes_all and isinstance(value, str) and is_all([value]):
        return Read(())
    return _READERS[column.kind](value)


def is_all(names: Sequence[str]) -> bool:
    """Say whether names are the one word that stands for everything."""
    return len(names) == 1 and key(names[0].strip("; ")) == ALL


def choice(value: object, words: tuple[str, ...]) -> Answer:
    """Read a word of a closed list, without regard to case."""
    answer = typed_texts.text(value)
    if isinstance(answer, Problem):
        return answer
    for word in words:
        if key(word) == key(answer.value):
            return Read(word, answer.warnings)
    return _not_listed(answer.value, words)


def _not_listed(text: str, words: tuple[str, ...]) -> Problem:
    near = closest(text, words)
    advice = _("Did you mean {name}?").format(name=near) if near else _("Choose one from the list.")
    wanted = _("one of: {words}").format(words=", ".join(words))
    return Problem("CB-C14", exposed(text), wanted, advice)


def _share(value: object) -> Answer:
    return typed_numbers.share(value, low=None, high=None)


def _money(value: object) -> Answer:
    return typed_numbers.number(value, expected=_("an amount in millions"))


def own_plan(value: object) -> Answer:
    """Read yes, no, or a start year."""
    answer = typed_numbers.year(value)
    if isinstance(answer, Read):
        return Read(answer.value, answer.warnings)
    word = typed_texts.yes(value)
    if isinstance(word, Read):
        return Read(word.value, word.warnings)
    return Problem(
        "CB-C14", word.found, _("yes, or a start year such as 2028"), _("Type yes or a year.")
    )


def scope(value: object) -> Answer:
    """Read the items of a scope: ids, or a word with a colon and a name."""
    answer = typed_texts.listing(value)
    if isinstance(answer, Problem):
        return answer
    items = []
    words = [str(kind) for kind in ScopeKind if kind is not ScopeKind.ID]
    for text in answer.value:
        word, colon, name = text.partition(":")
        if not colon:
            items.append(ScopeItem(kind=ScopeKind.ID, name=text))
            continue
        if key(word) not in words:
            near = closest(word, words)
            advice = (
                _("Did you mean {name}?").format(name=f"{near}: {name.strip()}")
                if near
                else _("Type the word before the colon as one of these.")
            )
            wanted = _("an id, or one of these before a colon: {words}")
            return Problem("CB-C14", exposed(text), wanted.format(words=", ".join(words)), advice)
        items.append(ScopeItem(kind=ScopeKind(key(word)), name=name.strip()))
    return Read(tuple(items), answer.warnings)


def covers(value: object) -> Answer:
    """Read layers with the share of each that is covered; without a share it is all of it."""
    answer = typed_texts.listing(value)
    if isinstance(answer, Problem):
        return answer
    found = []
    warnings = list(answer.warnings)
    for text in answer.value:
        parts = _shares_apart(text)
        if parts:
            advice = _("Type {items}.").format(items="; ".join(parts))
            return Problem("CB-S30", quoted(text), str(CellKind.COVERS), advice)
        layer, colon, number = text.rpartition(":")
        if not colon:
            found.append(Cover(layer=text, share=Decimal(1)))
            continue
        share = typed_numbers.share(
            number, low=None, high=None, expected=_("a layer and a percentage, hosting: 40%")
        )
        if isinstance(share, Problem):
            return Problem(share.code, quoted(text), share.expected, share.advice)
        warnings.extend(warning for warning in share.warnings if warning.code != "CB-C12")
        found.append(Cover(layer=layer.strip(), share=share.value))
    return Read(tuple(found), tuple(warnings))


def numbers(value: object) -> Answer:
    """Read numbers; a cell with one number alone may hold it as such."""
    return _read_items(value, typed_numbers.number)


def shares(value: object) -> Answer:
    """Read percentages."""
    return _read_items(value, _share)


def _read_items(value: object, reader: Callable[[object], Answer]) -> Answer:
    """Read every item of a list of numbers."""
    if not isinstance(value, str):
        single = reader(value)
        return Read((single.value,), single.warnings) if isinstance(single, Read) else single
    answer = typed_texts.listing(value)
    if isinstance(answer, Problem):
        return answer
    found = []
    warnings = list(answer.warnings)
    for text in answer.value:
        item = reader(text)
        if isinstance(item, Problem):
            return item
        found.append(item.value)
        warnings.extend(warning for warning in item.warnings if warning.code != "CB-C12")
    return Read(tuple(found), tuple(warnings))


def _shares_apart(text: str) -> list[str]:
    """Return layers with shares that commas separate, where each can be read by itself."""
    names = pieces(text)
    if len(names) < 2 or not any(":" in name for name in names):
        return []
    for name in names:
        _layer, colon, number = name.rpartition(":")
        if colon and isinstance(typed_numbers.share(number, low=None, high=None), Problem):
            return []
    return names


def metric(value: object) -> Answer:
    """Read a metric; ``points: technical`` names a criterion too."""
    answer = typed_texts.text(value)
    if isinstance(answer, Problem):
        return answer
    word, colon, name = answer.value.partition(":")
    for known in Metric:
        if key(word) == str(known) and (known.declared.of_criterion or not colon):
            return Read((known, name.strip() or None), answer.warnings)
    return _not_listed(answer.value, tuple(Metric))


_READERS: Mapping[CellKind, Callable[[object], Answer]] = {
    CellKind.TEXT: typed_texts.text,
    CellKind.IDS: typed_texts.listing,
    CellKind.TAGS: typed_texts.listing,
    CellKind.NUMBER: typed_numbers.number,
    CellKind.MONEY: _money,
    CellKind.SHARE: _share,
    CellKind.NUMBER_OR_SHARE: _share,
    CellKind.WHOLE: typed_numbers.whole,
    CellKind.YEAR: typed_numbers.year,
    CellKind.DATE: typed_texts.day,
    CellKind.SCOPE: scope,
    CellKind.COVERS: covers,
    CellKind.NUMBERS: numbers,
    CellKind.SHARES: shares,
    CellKind.OWN_PLAN: own_plan,
    CellKind.METRIC: metric,
}
