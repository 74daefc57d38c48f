"""The command line: parse, call, print; one file for each command.

The table below is all that ``choosebattles --help`` loads. A command's module, and with it the
solver and the spreadsheets, is loaded when that command is asked for.
"""

import gc
import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import typer

from choosebattles import __version__
from choosebattles.cli.error_reporting import STOPPED, ended
from choosebattles.cli.usage_errors import Commands
from choosebattles.errors import OutputError
from choosebattles.execution.standard_output import apart, reserve
from choosebattles.run.exit_code import ExitCode
from choosebattles.translation import _

COMMANDS = {
    "demo": ("choosebattles.cli.demo", _("Solve a shipped example in ./choosebattles-demo/.")),
    "new": ("choosebattles.cli.new", _("Write a workbook to fill in, or a filled example.")),
    "check": ("choosebattles.cli.check", _("List every fault and warning, and control totals.")),
    "solve": ("choosebattles.cli.solve", _("Find the best plan and write the results.")),
    "frontier": (
        "choosebattles.cli.frontier",
        _("List every trade-off between objectives or cost, with a plan for each."),
    ),
    "explain": (
        "choosebattles.cli.explain",
        _("Say why each option is in the plan or not, and what your own demands cost."),
    ),
    "alternatives": (
        "choosebattles.cli.alternatives",
        _("List the best plans, near-best ones that differ most, and sure choices."),
    ),
    "own": (
        "choosebattles.cli.own",
        _("Compare your own plan with a better and with a cheaper one."),
    ),
    "sweep": (
        "choosebattles.cli.sweep",
        _("Vary any number and find the best plan for each of its values."),
    ),
    "simulate": (
        "choosebattles.cli.simulate",
        _("Draw what is uncertain many times and show what becomes of the plan."),
    ),
    "robustness": (
        "choosebattles.cli.robustness",
        _("Say which plans and options stay good while weights and scores are in question."),
    ),
    "compare": (
        "choosebattles.cli.compare",
        _("Say what changed between two cases, or models, and what moved the plan."),
    ),
    "budget-path": (
        "choosebattles.cli.budget_path",
        _("Say what less money drops, what more adds, and what a nested order costs."),
    ),
    "report": (
        "choosebattles.cli.report",
        _("Write what is presented: a page that searches again, slides, documents."),
    ),
    "export": (
        "choosebattles.cli.export",
        _("Write what solve asks of a solver as a model file, MPS or LP."),
    ),
    "explain-error": (
        "choosebattles.cli.explain_error",
        _("Say what a code such as CB-C08 means and what to do."),
    ),
}
"""Every command: the module that holds it, in the name ``command``, and what it does."""

HELP = _(
    "Choose the right battles: which investments, at which scale, from when, and paid by whom. "
    "Start with: choosebattles demo"
)

EPILOG = _(
    "Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 no plan meets all demands; "
    "4 stopped before the proof asked for."
)


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """Return the command line, with the one command loaded that the arguments ask for."""
    app = typer.Typer(
        cls=Commands,
        help=HELP,
        epilog=EPILOG,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        rich_markup_mode=None,
    )
    app.callback()(_version)
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, (module, summary) in COMMANDS.items():
        if name == wanted:
            with apart(), _nothing_collected():
                loaded = importlib.import_module(module)
                as_json = importlib.import_module("choosebattles.cli.json_output")
                targets = importlib.import_module("choosebattles.cli.output_paths")
            ending = ended(loaded.command, targets.judged, as_json.refuse)
            app.command(name, short_help=summary)(ending)
        else:
            app.command(name, help=summary)(_not_loaded)
    return app


def main() -> None:
    """Run the command line and leave with its exit code."""
    reserve()
    try:
        app_for(sys.argv[1:])(prog_name="choosebattles")
    except KeyboardInterrupt:  # while it was still loading: a command ends in words by itself
        _leave(ExitCode.STOPPED, STOPPED)
    except OutputError as error:  # help, or a refusal in JSON, on a disk that is full
        _leave(ExitCode.INPUT, str(error))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Do not look for garbage in what is loaded, now or later: it stays until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _leave(end: ExitCode, text: str) -> NoReturn:
    typer.echo(text, err=True)
    sys.exit(end)


def _not_loaded() -> None:
    """Stand in the list of commands for one that was not asked for."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"choosebattles {__version__}")
        raise typer.Exit


def _version(
    *,
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help=_("Show the version.")
    ),
) -> None:
    pass
