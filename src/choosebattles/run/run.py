"""From a request to what is told and written: read, answer, write each file, say what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from choosebattles.errors import Fault, gathered
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written, judge
from choosebattles.report.document import Document
from choosebattles.report.json import faults_as_json, write_json
from choosebattles.report.outputs.files import JSON, writer
from choosebattles.report.provenance import ReadFile, origin_line
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.requested_case import Changes, Question, ask
from choosebattles.uncertainty.exported_columns import Columns, column_writer, write_columns


@dataclass(frozen=True)
class Request:
    """What is asked, of which files, and where the answer goes.

    Parameters
    ----------
    files
        Workbooks that are parts of one case.
    changes
        In which points the case is to differ from them.
    strict
        Whether doubts about what is read are errors.
    outputs
        Files to write, of any ending in ``ENDINGS``.
    rows
        Where every row of a study goes as CSV or Parquet.
    overwrite
        Whether files of another program may be replaced.
    """

    files: Sequence[Path]
    changes: Changes = field(default_factory=Changes)
    strict: bool = False
    outputs: Sequence[Path] = ()
    rows: Path | None = None
    overwrite: bool = False

    @property
    def guard(self) -> Guard:
        """Return what must never be overwritten."""
        return Guard(inputs=self.files, overwrite=self.overwrite)

    def judge(self) -> None:
        """Refuse files to write that would harm others, before anything is read or searched.

        Raises
        ------
        InputError
            Where a library for a file to be written is missing.
        OutputError
            Where a file must not be written.
        """
        for path in self.outputs:
            judge(path, str(path), **self.guard)
            if path.suffix.casefold() != JSON:
                writer(path)
        if self.rows is not None:
            column_writer(self.rows)


@dataclass(frozen=True)
class Answered:
    """An answer, ready to be told and written.

    Parameters
    ----------
    document
        What is said of it.
    tree
        Makes it as plain values.
    end
        How the run ends.
    columns
        Makes the rows of a study.
    after
        What is said once its files are written.
    """

    document: Document
    tree: Callable[[], Mapping[str, Any]]
    end: ExitCode = ExitCode.DONE
    columns: Callable[[], Columns] | None = None
    after: Sequence[str] = ()


@dataclass(frozen=True)
class Result:
    """What a run has found and written."""

    document: Document
    tree: Callable[[], Mapping[str, Any]]
    written: Sequence[Written]
    end: ExitCode
    after: Sequence[str]


def run(request: Request, answer: Callable[[Question], Answered]) -> Result:
    """Read a case, answer a question of it, and write the answer to every file asked for.

    Parameters
    ----------
    request
        What is asked, of which files, and where the answer goes.
    answer
        Answers it; tells and stops as its caller likes.

    Raises
    ------
    InputError
        With every fault of all files, or where a library for a file to be written is missing.
    OutputError
        If a file cannot be written.
    """
    request.judge()
    question = ask(request.files, request.changes, strict=request.strict)
    return written(request, answer(question), question.reading.doubts, question.notes)


def written(
    request: Request,
    answered: Answered,
    doubts: Sequence[Fault] = (),
    notes: Sequence[str] = (),
) -> Result:
    """Write an answer to every file asked for; of several cases, after they were read and answered.

    Parameters
    ----------
    request
        Where the answer goes.
    answered
        What is said.
    doubts
        What may have been read otherwise than it was meant, where the answer is not that itself.
    notes
        In which points the case was changed.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    origin = answered.document.origin
    if request.outputs and not origin:
        origin = origin_line(
            map(ReadFile.of, request.files),
            datetime.now(UTC).date(),
            name=answered.document.title,
        )
    document = replace(
        answered.document,
        origin=origin,
        doubts=tuple(gathered(doubts)),
        notes=(*answered.document.notes, *notes),
    )

    def tree() -> Mapping[str, Any]:
        plain = answered.tree()
        return plain if "doubts" in plain else {**plain, "doubts": faults_as_json(doubts)}

    files = [_write(path, document, tree, request.guard) for path in request.outputs]
    if request.rows is not None and answered.columns is not None:
        files.append(write_columns(answered.columns(), request.rows, **request.guard))
    return Result(document, tree, files, answered.end, answered.after)


def _write(
    path: Path, document: Document, tree: Callable[[], Mapping[str, Any]], guard: Guard
) -> Written:
    if path.suffix.casefold() == JSON:
        return write_json(tree(), path, **guard)
    return writer(path)(document, path, **guard)
