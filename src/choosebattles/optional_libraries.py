"""Libraries that are used where they are installed: one table, loaded when they are asked for."""

import importlib
from typing import Any

from choosebattles.errors import Fault, InputError
from choosebattles.translation import _

EXTRAS = {
    "distributed": ("choosebattles[cluster]", _("Dask, to use a cluster")),
    "pyarrow": ("choosebattles[parquet]", _("pyarrow, to write Parquet")),
    "pyarrow.parquet": ("choosebattles[parquet]", _("pyarrow, to write Parquet")),
    "choosebattles.report.outputs.slides.deck": (
        "choosebattles[slides]",
        _("python-pptx, to write slides"),
    ),
    "choosebattles.report.outputs.word": (
        "choosebattles[slides]",
        _("python-docx and python-pptx, to write a document for Word"),
    ),
    "polars": ("polars", _("polars or pandas, to make a table")),
    "pandas": ("polars", _("polars or pandas, to make a table")),
}
"""What brings each module with pip, and what it is for; modules of ours need what they import."""

OWN = "choosebattles"


def extra(asked_by: str, *modules: str) -> Any:
    """Return the first of some modules that is installed.

    Raises
    ------
    InputError
        Where none is, with what to install.
    """
    for module in modules:
        try:
            return importlib.import_module(module)
        except ImportError as error:
            if (error.name or "").partition(".")[0] == OWN:
                raise
    install, purpose = EXTRAS[modules[0]]
    advice = _("Install it: pip install '{name}'").format(name=install)
    found = _("that it is not installed")
    raise InputError([Fault("", "", "", asked_by, "CB-R04", found, purpose, advice)])
