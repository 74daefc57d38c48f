"""Prerequisites and exclusions, as the rows of the investments name them."""

from collections.abc import Iterator

from choosebattles.case.rule import Rule, RuleKind
from example.tables import Line, Sources, full_id, items


def rules(tables: Sources) -> tuple[Rule, ...]:
    """Return the rules; scales of one investment exclude each other without one."""
    return tuple(rule for line in tables.options for rule in _of(line))


def _of(line: Line) -> Iterator[Rule]:
    name = full_id(line)
    needed = [tuple(each.split("|")) for each in items(line["requires"])]
    every = tuple(each[0] for each in needed if len(each) == 1)
    if every:
        yield Rule(kind=RuleKind.REQUIRES_ALL, investments=(name,), needs=every, note=_NOTE)
    for either in needed:
        if len(either) > 1:
            yield Rule(kind=RuleKind.REQUIRES_ANY, investments=(name,), needs=either, note=_NOTE)
    for other in items(line["excludes"]):
        yield Rule(kind=RuleKind.EXCLUDES, investments=(name, other), note=_NOTE)


_NOTE = "[illustrative]"
