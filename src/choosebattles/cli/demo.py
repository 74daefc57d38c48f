"""``choosebattles demo``: the whole main job on a shipped example."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.best_plan import results_of, solving
from choosebattles.cli.examples import example, put
from choosebattles.cli.print_lines import say
from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import Overwrite
from choosebattles.execution.safe_write import make_folder
from choosebattles.run.run import Request, run
from choosebattles.solving.options import Options
from choosebattles.translation import _

FOLDER = "choosebattles-demo"


def command(
    *,
    name: Annotated[
        str, typer.Option("--example", metavar="COUNTRY", help=_("Which example to solve."))
    ] = "albania",
    overwrite: Overwrite = False,
) -> None:
    """Solve a shipped example: put its workbook and its results into ./choosebattles-demo/.

    A workbook that is there already and was changed stays as it is and is solved as it stands.

    Exit codes: 0 proved, or within 0.1 % of the best; 4 stopped before that by hand.
    """
    source = example(name)
    folder = Path(FOLDER)
    workbook = folder / source.name
    request = Request([workbook], outputs=(folder / results_of([workbook]),), overwrite=overwrite)
    make_folder(folder)
    request.judge()
    _place(source, workbook)
    print_result(run(request, solving(request, Options())), None, request.guard)


def _place(source: Path, workbook: Path) -> None:
    text = _("Example: {path}")
    if not workbook.exists():
        put(source, workbook)
    elif workbook.read_bytes() != source.read_bytes():
        text = _("{path} was changed since it was made; it is solved as it stands.")
    say(text.format(path=workbook))
    say()
