"""Prerequisites and exclusions, as the rows of the investments name them, and a country's own rules.

What comes first must have begun, not ended: the power for a cloud that is built over four years
may be built beside it.
"""

from collections.abc import Iterator

from choosebattles.case.rule import Rule, RuleKind, When
from example.tables import Line, Sources, full_id, items


def rules(tables: Sources) -> tuple[Rule, ...]:
    """Return the rules; scales of one investment exclude each other without one."""
    named = tuple(rule for line in tables.options for rule in _of(line))
    return named + tuple(_own(line) for line in tables.rules)


def _of(line: Line) -> Iterator[Rule]:
    name = full_id(line)
    needed = [tuple(item.split("|")) for item in items(line["requires"])]
    every = tuple(each[0] for each in needed if len(each) == 1)
    if every:
        yield _needing(RuleKind.REQUIRES_ALL, name, every)
    for either in needed:
        if len(either) > 1:
            yield _needing(RuleKind.REQUIRES_ANY, name, either)
    for other in items(line["excludes"]):
        yield Rule(kind=RuleKind.EXCLUDES, investments=(name, other), note=_NOTE)


def _own(line: Line) -> Rule:
    return Rule(
        kind=_KINDS[line["rule"]],
        investments=items(line["investments"]),
        needs=items(line["needs"]),
        number=int(line["number"]) if line["number"] else None,
        note=f"{_NOTE} {line['note']}".strip(),
    )


def _needing(kind: RuleKind, name: str, needs: tuple[str, ...]) -> Rule:
    return Rule(kind=kind, investments=(name,), needs=needs, when=When.STARTED, note=_NOTE)


_KINDS = {str(kind): kind for kind in RuleKind}

_NOTE = "[illustrative]"
