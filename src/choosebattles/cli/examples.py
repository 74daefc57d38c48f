"""The example workbooks that come with the program."""

from pathlib import Path

from choosebattles.execution.safe_write import write_safely
from choosebattles.run.typed_values import unknown
from choosebattles.shipped_files import shipped
from choosebattles.translation import _


def example(name: str) -> Path:
    """Return where a shipped example is.

    Raises
    ------
    InputError
        Where there is none of that name.
    """
    workbooks = {file.stem: file for file in sorted(shipped("inputs").glob("*.xlsx"))}
    found = workbooks.get(name.casefold())
    if found is None:
        raise unknown(
            "--example", name, workbooks, _("one of: {names}").format(names=", ".join(workbooks))
        )
    return found


def put(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """Copy an example to where a user can change it."""
    content = source.read_bytes()

    def write(partial: Path) -> None:
        partial.write_bytes(content)

    write_safely(target, write, inputs=[source], overwrite=overwrite)
