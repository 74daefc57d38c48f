"""constraints.txt: one version for each library, for every Python, and nothing else."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0")


def lines() -> list[str]:
    first, *others = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert first.startswith("#")
    return others


def held(python: str) -> dict[str, str]:
    """Return the version of each library that is held to one, on Linux."""
    versions: dict[str, str] = {}
    for each in map(Requirement, lines()):
        here = {"python_version": python[:4], "python_full_version": python}
        if each.marker is None or each.marker.evaluate(here):
            (version,) = each.specifier
            assert version.operator == "=="
            assert each.name not in versions
            versions[each.name] = version.version
    return versions


def wanted(python: str) -> Iterator[Requirement]:
    """Yield what the project itself asks for, with all its extras, and what builds it."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    named = (*PROJECT["project"]["dependencies"], *(name for extra in extras for name in extra))
    for each in map(Requirement, (*named, *PROJECT["build-system"]["requires"])):
        here = each.marker is None or each.marker.evaluate({"python_version": python[:4]})
        if here and each.name != "choosebattles":
            yield each


@pytest.mark.parametrize("python", PYTHONS)
def test_every_library_is_held_to_a_version_that_will_do(python: str) -> None:
    versions = held(python)

    for each in wanted(python):
        assert each.specifier.contains(versions[each.name.lower()]), each


def test_each_pulp_has_its_pythons() -> None:
    assert held("3.11.0")["pulp"].startswith("3.")
    assert {held(python)["pulp"][0] for python in PYTHONS[1:]} == {"4"}


def test_there_are_no_addresses() -> None:
    for each in map(Requirement, lines()):
        assert each.url is None
    assert "--" not in "".join(lines())
