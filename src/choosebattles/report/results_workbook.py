"""Answers as results workbooks, for who works from Python."""

from datetime import datetime
from pathlib import Path
from typing import Unpack

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.explain.why_answer import Explanation
from choosebattles.report.answers.plan.document import confirmed
from choosebattles.report.answers.plan.document import document as plan_document
from choosebattles.report.answers.why.document import document as explanation_document
from choosebattles.report.outputs.workbook.writer import write_workbook
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import tell
from choosebattles.solving.outcome import Outcome


def write_results(
    outcome: Outcome,
    path: Path | str,
    *,
    provenance: Provenance | None = None,
    made: datetime | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write the results workbook of an outcome, so that a failure harms no earlier one.

    Parameters
    ----------
    outcome
        The answer; it may be that there is no plan.
    path
        Where the workbook shall stand.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    made
        When; now unless said otherwise.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Returns
    -------
    Written
        Where the workbook stands, with a note if that is elsewhere.

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or the workbook does not add up.
    OutputError
        If the file cannot be written.
    """
    confirmed(outcome)
    document = plan_document(outcome, tell(outcome, provenance), provenance)
    return write_workbook(document, Path(path), made=made, **guard)


def write_explanation(
    explanation: Explanation,
    path: Path | str,
    *,
    provenance: Provenance | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write the results workbook of the plan that is explained, with the sheets of why.

    Parameters
    ----------
    explanation
        What is explained; where there is no plan, the workbook shows the conflict.
    path
        Where the workbook shall stand.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or the workbook does not add up.
    OutputError
        If the file cannot be written.
    """
    return write_workbook(explanation_document(explanation, provenance), Path(path), **guard)
