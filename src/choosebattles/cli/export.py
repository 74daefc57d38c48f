"""``choosebattles export``: the question of a case as a model file for any solver."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Model,
    Overwrite,
    Scenario,
    Strict,
)
from choosebattles.execution.safe_write import Written
from choosebattles.report.document import Document, Section, Sentences
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.solving.lp_and_mps_file import ModelFile
from choosebattles.translation import _


def command(
    files: Files,
    *,
    model_files: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="MODEL.mps",
            help=_(
                "Where the model goes, by its ending: .mps or .lp; may be repeated. "
                "FILE-model.mps in this folder unless said otherwise."
            ),
        ),
    ] = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    scenario: Scenario = None,
) -> None:
    """Write what solve asks of a solver as a model file, for another solver or another program.

    An MPS file is to be minimised (the objective is the weighted sum of the indices times -1), an LP
    file to be maximised. A method of several steps asks several questions and is refused.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected.
    """
    request = Request(
        files, Changes.typed(model, budget, changed, scenario), strict=strict, overwrite=overwrite
    )
    paths = model_files or [Path(f"{files[0].stem}-model.mps")]
    written: list[Written] = []

    def answer(question: Question) -> Answered:
        file = ModelFile.of(question.case)
        written.extend(file.write(path, question.notes, **request.guard) for path in paths)
        section = Section("", (Sentences((file.sentence,)),))
        return Answered(Document(_("Model file"), (section,)), dict)

    print_result(replace(run(request, answer), written=written), None, request.guard)
