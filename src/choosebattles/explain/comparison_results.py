"""Two answers compared by what they hold, whether they were just found or read from a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from choosebattles.case.units import Id, Year

Inputs = Mapping[tuple[str, str], str | float]
"""What an answer says that it rests on: by kind and name."""


@dataclass(frozen=True)
class EarlierAnswer:
    """What an answer holds, in plain values: money in millions, shares of 1.

    ``starts`` are start years by option, ``amounts`` what each fund has and ``spending`` what is
    paid from it, by fund and year. ``inputs`` are what it rests on, as far as it says; ``files`` the
    files it was read from with their checksums. ``None`` is what it does not say.
    """

    name: str
    stop: str
    proven: bool
    objective: float | None
    bound: float | None
    total_cost: float | None
    currency: str | None = None
    starts: Mapping[Id, Year] = field(default_factory=dict)
    investment_of: Mapping[Id, Id] = field(default_factory=dict)
    indices: Mapping[Id, float] = field(default_factory=dict)
    spending: Mapping[tuple[Id, Year], float] = field(default_factory=dict)
    inputs: Inputs | None = None
    files: tuple[tuple[str, str], ...] | None = None

    @property
    def found(self) -> bool:
        """Say whether it holds a plan."""
        return self.objective is not None


@dataclass(frozen=True)
class Answers:
    """Two answers and where they differ."""

    before: EarlierAnswer
    after: EarlierAnswer

    @property
    def enters(self) -> tuple[Id, ...]:
        """Return the options of the later plan alone."""
        return tuple(sorted(self.after.starts.keys() - self.before.starts.keys()))

    @property
    def leaves(self) -> tuple[Id, ...]:
        """Return the options of the earlier plan alone."""
        return tuple(sorted(self.before.starts.keys() - self.after.starts.keys()))

    @property
    def moves(self) -> tuple[tuple[Id, Year, Year], ...]:
        """Return the options that start in another year: from, to."""
        old, new = self.before.starts, self.after.starts
        both = sorted(old.keys() & new.keys())
        return tuple(
            (option, old[option], new[option]) for option in both if old[option] != new[option]
        )

    @property
    def same_files(self) -> bool | None:
        """Say whether both rest on files of the same content; None where one does not say."""
        if not self.before.files or not self.after.files:
            return None
        one, two = (
            sorted(checksum for _name, checksum in answer)
            for answer in (self.before.files, self.after.files)
        )
        return one == two

    @property
    def inputs(self) -> tuple[tuple[str, str, str | float | None, str | float | None], ...] | None:
        """Return what both say that they rest on and say differently; None where one says nothing.

        Kind and name come first, then what stands in either; None where it is not there.
        """
        if self.before.inputs is None or self.after.inputs is None:
            return None
        return tuple(self._other_inputs(self.before.inputs, self.after.inputs))

    def _other_inputs(
        self, old: Inputs, new: Inputs
    ) -> Iterator[tuple[str, str, str | float | None, str | float | None]]:
        for key in dict.fromkeys((*old, *new)):
            one, two = old.get(key), new.get(key)
            if one != two:
                yield *key, one, two
