"""Where JSON goes: a file, or standard output."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Unpack

import typer

from choosebattles.cli.error_reporting import STANDARD_OUTPUT
from choosebattles.errors import InputError
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.standard_output import own
from choosebattles.report.json import errors_as_json
from choosebattles.report.json import write_json as write_file


def write_json(tree: Mapping[str, Any], target: str, **guard: Unpack[Guard]) -> None:
    """Write a tree of plain values to a file, or to standard output for ``-``."""
    if target == STANDARD_OUTPUT:
        typer.echo(json.dumps(tree, indent=2), file=own())
    else:
        write_file(tree, Path(target), **guard)


def refuse(error: InputError, target: str, guard: Guard) -> None:
    """Say in JSON too what is to be corrected."""
    write_json(errors_as_json(error.faults), target, **guard)
