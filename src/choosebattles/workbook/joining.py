"""Several files that are parts of one case: their sheets are joined."""

from collections.abc import Mapping, Sequence

from choosebattles.spelling import quoted
from choosebattles.words import _
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.table import Table


def join(parts: Sequence[Mapping[str, Table]], findings: Findings) -> dict[str, Table]:
    """Return the tables of all files together.

    A sheet without rows gives way to the same sheet of another file; the same sheet with
    different rows in two files is a fault that names both.
    """
    joined: dict[str, Table] = {}
    for tables in parts:
        for name, table in tables.items():
            first = joined.get(name)
            if first is None or not first.rows:
                joined[name] = table
            elif table.rows and table.content() != first.content():
                findings.fault(
                    table.top,
                    "CB-S14",
                    _("other rows than in {file}").format(file=quoted(first.grid.file)),
                    _("each sheet in one file only, or the same in both"),
                    _("Delete the sheet {name} from one of the files.").format(name=name),
                )
    return joined
