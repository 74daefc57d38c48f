"""What goes on working under the hardest shocks, in a few sentences chosen by the data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from choosebattles.report.number_wording import whole_percent
from choosebattles.report.plan_parts.services import ServiceRow
from choosebattles.translation import _, listed, several

IDENTITY = re.compile(r"identit|\be-?ids?\b|\bid[ _-]?cards?\b", re.IGNORECASE)
CLOUD = re.compile(r"cloud|hyperscal", re.IGNORECASE)
MOST = 3
"""How many of the largest changes are told."""
NAMED = 3
"""How many services are named before the rest is counted."""
SMALL = 0.005
"""Half a percent: a smaller change is none in whole percent."""


@dataclass(frozen=True)
class Group:
    """Services that fare alike under a shock, the weightiest first."""

    shock: str
    before: float
    after: float
    rows: tuple[ServiceRow, ...]

    @property
    def change(self) -> float:
        """Return what the plan adds."""
        return self.after - self.before

    @property
    def weight(self) -> float:
        """Return the weight of the services together."""
        return sum(row.weight for row in self.rows)


def keeps(rows: Sequence[ServiceRow]) -> tuple[str, ...]:
    """Return what goes on working: identity without the cloud, largest changes, the worst left."""
    if not rows:
        return ()
    named = _identity(rows)
    groups = _groups(rows)
    changes = [_sentence(group) for group in (*named, *_largest(groups, named))]
    return (*changes, _worst(groups))


def worst(rows: Sequence[ServiceRow]) -> str:
    """Return in a sentence the worst that remains; nothing where every service works in full."""
    groups = _groups(rows)
    return "" if all(group.after > 1 - SMALL for group in groups) else _worst(groups)


def _identity(rows: Sequence[ServiceRow]) -> tuple[Group, ...]:
    """Return the identity service when the cloud fails, where the case has both."""
    for row in rows:
        if IDENTITY.search(_words(row.service, row.title)) and CLOUD.search(
            _words(row.shock, row.shock_title)
        ):
            return (Group(row.shock_title, row.before, row.after, (row,)),)
    return ()


def _words(name: str, title: str) -> str:
    return f"{name.replace('_', ' ')} {title}"


def _groups(rows: Sequence[ServiceRow]) -> list[Group]:
    alike: dict[tuple[str, str, float, float], list[ServiceRow]] = {}
    for row in rows:
        key = (row.shock, row.shock_title, row.before, row.after)
        alike.setdefault(key, []).append(row)
    return [
        Group(title, before, after, tuple(sorted(some, key=lambda row: -row.weight)))
        for (_shock, title, before, after), some in alike.items()
    ]


def _largest(groups: Sequence[Group], named: Sequence[Group]) -> Iterator[Group]:
    """Yield the groups that gain most, one of each shock."""
    shocks = {group.shock for group in named if group.change >= SMALL}
    ranked = sorted(groups, key=lambda group: (-group.change, -group.weight))
    for group in ranked:
        if group.shock not in shocks and group.change >= SMALL and len(shocks) < MOST:
            shocks.add(group.shock)
            yield group


def _sentence(group: Group) -> str:
    if abs(group.change) < SMALL:
        text = several(
            'Under "{shock}", {after} of {services} still works, as today.',
            'Under "{shock}", {after} of {services} still work, as today.',
            len(group.rows),
        )
    else:
        text = several(
            'Under "{shock}", {after} of {services} still works (today {before}).',
            'Under "{shock}", {after} of {services} still work (today {before}).',
            len(group.rows),
        )
    return _filled(text, group)


def _worst(groups: Sequence[Group]) -> str:
    group = min(groups, key=lambda group: (group.after, -group.weight))
    if group.after > 1 - SMALL:
        return _("Under every shock, every service still works in full.")
    if abs(group.change) < SMALL:
        text = _('The worst that remains: under "{shock}", {after} of {services}, as today.')
    else:
        text = _('The worst that remains: under "{shock}", {after} of {services} (today {before}).')
    return _filled(text, group)


def _filled(text: str, group: Group) -> str:
    names = [row.title for row in group.rows]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], _("{number} more").format(number=len(names) - NAMED)]
    return text.format(
        shock=group.shock,
        services=listed(names),
        before=whole_percent(group.before),
        after=whole_percent(group.after),
    )
