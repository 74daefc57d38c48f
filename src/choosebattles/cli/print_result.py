"""What is printed of a result: JSON alone, or sentences and tables; the files; the exit code."""

import typer

from choosebattles.cli.error_reporting import STANDARD_OUTPUT
from choosebattles.cli.json_output import write_json
from choosebattles.cli.print_lines import say, tell
from choosebattles.execution.overwriting import Guard
from choosebattles.report.outputs.screen import doubt_lines, lines
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.run import Result
from choosebattles.translation import _

CALLED = {
    ".html": _("Page: {path}"),
    ".htm": _("Page: {path}"),
    ".pptx": _("Slides: {path}"),
    ".docx": _("Document: {path}"),
    ".md": _("Document: {path}"),
}
"""What a file that was written is called, by its ending; others are results."""


def print_result(result: Result, json: str | None, guard: Guard) -> None:
    """Write JSON, print the answer, say where its files are, and leave with its exit code.

    Parameters
    ----------
    result
        What was found and written.
    json
        Where JSON goes, if anywhere; on standard output it stands alone.
    guard
        What must never be overwritten.
    """
    if json is not None:
        write_json(result.tree(), json, **guard)
    alone = json == STANDARD_OUTPUT
    out = tell if alone else say
    for line in (doubt_lines if alone else lines)(result.document):
        out(line)
    for file in result.written:
        text = CALLED.get(file.path.suffix.casefold(), _("Results: {path}"))
        out(text.format(path=file.path))
        if file.note:
            out(file.note)
    for line in result.after:
        out(line)
    if result.end is not ExitCode.DONE:
        raise typer.Exit(result.end)
