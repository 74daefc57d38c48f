"""From a case to its best plan: what solving and the demonstration share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_lines import typed
from choosebattles.cli.progress import Watching
from choosebattles.report.answers.plan.document import document
from choosebattles.report.json import as_json
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import tell
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Question
from choosebattles.run.run import Answered, Request
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.translation import _, several

BINDING_WORK = 2.0
"""Units of work to test what binds, once the best plan is found."""


def results_of(files: Sequence[Path]) -> Path:
    """Return where results go unless something else is said: beside nothing, in this folder."""
    return Path(f"{files[0].stem}-results.xlsx")


def solving(request: Request, options: Options) -> Callable[[Question], Answered]:
    """Return what answers a question by the best plan."""
    files = request.files
    book = any(path.suffix.casefold() == ".xlsx" for path in request.outputs)

    def answer(question: Question) -> Answered:
        with stoppable(), Watching() as watching:
            outcome = solve(question.case, replace(options, binding=BINDING_WORK), watch=watching)
        reading = question.reading
        provenance = Provenance.of(
            files, reading.doubts, reading.notices, reading.totals, question.notes
        )
        return Answered(
            document(outcome, tell(outcome, provenance), provenance),
            lambda: as_json(outcome, provenance.notices),
            EXIT_CODE_OF_STOP[outcome.stop],
            after=tuple(_next(provenance, files, found=outcome.plan is not None, book=book)),
        )

    return answer


def _next(
    provenance: Provenance, files: Sequence[Path], *, found: bool, book: bool
) -> Iterator[str]:
    if provenance.notices:
        text = several(
            "{number} notice: {command}",
            "{number} notices: {command}",
            len(provenance.notices),
        )
        command = typed("choosebattles", "check", *files)
        yield text.format(number=len(provenance.notices), command=command)
    if found and book:
        yield _("Next: open the results, sheet Summary; to try less money, add --budget 80%.")
    elif found:
        yield _("Next: to try less money, add --budget 80%.")
    elif book:
        yield _("Next: open the results, sheet Summary.")
