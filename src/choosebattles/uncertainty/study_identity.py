"""What a study is of, number by number, so that a change can be named."""

from collections.abc import Iterator, Mapping
from typing import Any

from choosebattles import __version__
from choosebattles.case.case import Case
from choosebattles.case.descriptive_fields import descriptive
from choosebattles.case.place import Fact
from choosebattles.solving.highs_model import version


def identity(case: Case, settings: Mapping[str, object]) -> dict[str, str]:
    """Return the name of every number and word of a case and of a study's settings."""
    found = {name: str(value) for name, value in _told("", case)}
    found |= {f"study: {name}": str(value) for name, value in settings.items()}
    return found | {"program": f"choosebattles {__version__}, {version()}"}


def _told(name: str, value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(value, Fact):
        for field in type(value).model_fields:
            if field not in descriptive(type(value)):
                yield from _told(_joined(name, field), getattr(value, field))
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _told(_joined(name, key), value[key])
    elif isinstance(value, tuple):
        for position, member in enumerate(value, 1):
            yield from _told(_joined(name, getattr(member, "id", position)), member)
    elif value is not None:
        yield name, value


def _joined(name: str, part: object) -> str:
    return f"{name}.{part}" if name else str(part)
