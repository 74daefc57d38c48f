"""What becomes of an answer: JSON, sentences, the files written, and the exit code."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import typer

from choosebattles.cli.as_json import write_json
from choosebattles.cli.ending import STANDARD_OUTPUT
from choosebattles.cli.lines import say, tell
from choosebattles.errors import Fault, gathered
from choosebattles.execution.protection import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.json import faults_as_json
from choosebattles.run.ending import End
from choosebattles.words import _, several


def publish(
    told: Iterable[str],
    tree: Callable[[], Mapping[str, Any]],
    *,
    json: str | None,
    guard: Guard,
    doubts: Sequence[Fault],
    written: Iterable[Written | None] = (),
    after: Iterable[str] = (),
    end: End = End.DONE,
) -> None:
    """Write the JSON, print the answer, say where its files are, and leave with its exit code.

    Parameters
    ----------
    told
        The answer in words, line by line.
    tree
        Makes the answer as plain values; called only where JSON is asked for.
    json
        Where JSON goes, if anywhere; on standard output it stands alone.
    guard
        What must never be overwritten.
    doubts
        What may have been read otherwise than it was meant: printed before the answer, and in
        the JSON.
    written
        The files written, if any.
    after
        What is said after that.
    end
        How the command ends.
    """
    if json is not None:
        write_json({**tree(), "doubts": faults_as_json(doubts)}, json, **guard)
    out = tell if json == STANDARD_OUTPUT else say
    for line in doubt_lines(doubts):
        out(line)
    if json != STANDARD_OUTPUT:
        for line in told:
            say(line)
    for each in written:
        if each is None:
            continue
        out(_("Results: {path}").format(path=each.path))
        if each.note:
            out(each.note)
    for line in after:
        out(line)
    if end is not End.DONE:
        raise typer.Exit(end)


def doubt_lines(doubts: Sequence[Fault]) -> Iterator[str]:
    """Yield the doubts as they stand before an answer, with how to settle them."""
    if not doubts:
        return
    sentences = gathered(doubts)
    yield several(
        "{number} doubt: the answer rests on it; correct the cell, or confirm it.",
        "{number} doubts: the answer rests on them; correct the cells, or confirm them.",
        len(sentences),
    ).format(number=len(sentences))
    yield from (f"  {each}" for each in sentences)
    yield ""
