"""Files that come with the program: decision models and example workbooks."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """Return where a folder of shipped files is, ``models`` or ``inputs``.

    In an installed wheel it is inside the package; in a checkout at the top.

    Parameters
    ----------
    folder
        Its name.
    """
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parents[1] / folder
