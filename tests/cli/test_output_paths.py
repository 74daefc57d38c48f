"""What a command writes harms no other file: every command, every option that writes.

Options are found from the command line itself, so that a new one is tried as well.
"""

import csv
import importlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from choosebattles.cli import COMMANDS
from choosebattles.cli.output_paths import READ, WRITTEN
from choosebattles.execution.overwriting import is_ours
from choosebattles.execution.study import Study
from cli.conftest import Run
from workbook.sheets import sheets, write

UNREADABLE = b"no workbook, so that whatever reads it first is found out"

ENDINGS = {name: endings[0] for name, (_option, endings) in WRITTEN.items()}


FILE = re.compile(r"\.[a-z]{2,}$|^OUT$|FILE")
"""What stands for a file in the help of an option."""


def parameters(command: str) -> Mapping[str, Any]:
    """The arguments and options of a command by their names in code, and what each says of itself."""
    module, _summary = COMMANDS[command]
    hints = get_type_hints(importlib.import_module(module).command, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != "return"}


def names_a_file(hint: Any) -> bool:
    """Whether an option names a file, by its type or by what its help says."""
    about = hint.__metadata__[0]
    return "Path" in str(hint.__origin__) or bool(FILE.search(about.metavar or ""))


def writing() -> Iterator[tuple[str, str]]:
    """Every command with every option by which it writes a file."""
    for command in COMMANDS:
        for name, hint in parameters(command).items():
            if name in WRITTEN and names_a_file(hint):
                yield command, name


EVERY = list(writing())

NOTHING_READ = {"new": [], "explain-error": ["CB-C08"]}
"""Commands that read no workbook, and what is typed in its place."""


def typed(command: str, name: str, target: Path, *others: str) -> list[str]:
    """A command that writes to a target, of the files named."""
    files = NOTHING_READ.get(command, ["in.xlsx"])
    if command == "compare":
        files *= 2
    option = [] if name == "file" else [WRITTEN[name][0]]
    return [command, *files, *option, str(target), *others]


@pytest.fixture
def folder(here: Path) -> Path:
    """A folder with a file to be read, which no command can read."""
    (here / "in.xlsx").write_bytes(UNREADABLE)
    return here


def everything(folder: Path) -> Mapping[str, bytes]:
    """All files of a folder, byte for byte."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refused(run: Run, folder: Path, words: list[str], code: str, option: str) -> None:
    """See that a command ends before it reads, with the code, and leaves every file as it was."""
    before = everything(folder)

    ended = run(*words)

    assert ended.exit_code == 2, ended.output
    assert code in ended.output
    assert option in ended.output
    assert "CB-F" not in ended.output  # it was refused before anything was read
    assert everything(folder) == before


def test_every_option_that_names_a_file_is_known() -> None:
    unknown = {
        (command, name)
        for command in COMMANDS
        for name, hint in parameters(command).items()
        if names_a_file(hint) and name not in {*WRITTEN, *READ}
    }

    assert unknown == set()
    assert {name for _command, name in EVERY} == set(WRITTEN)


def test_whatever_writes_asks_before_it_overwrites() -> None:
    for command in {command for command, _name in EVERY} | {"demo"}:
        assert "overwrite" in parameters(command), command


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_an_ending_of_another_kind_is_refused(
    run: Run, folder: Path, command: str, name: str
) -> None:
    for ending in (".xlsm", ".csv", ".toml", ".xlsx", ".json", ".sqlite", ".pdf", ".docm. ."):
        if ending not in WRITTEN[name][1]:
            words = typed(command, name, folder / f"out{ending}", "--overwrite")
            refused(run, folder, words, "CB-R04", WRITTEN[name][0])


def twin(one: Path, other: Path) -> None:
    """Nothing at all: the two names differ in case alone."""
    assert one.name.casefold() == other.name.casefold()


@pytest.mark.parametrize("how", [os.link, os.symlink, twin])
@pytest.mark.parametrize(("command", "name"), EVERY)
def test_what_is_read_is_never_overwritten(
    run: Run, folder: Path, command: str, name: str, how: Callable[[Path, Path], None]
) -> None:
    if command in NOTHING_READ:
        return
    target = folder / f"in{ENDINGS[name]}".upper() if how is twin else folder / f"o{ENDINGS[name]}"
    source = folder / f"in{ENDINGS[name]}"
    source.write_bytes(UNREADABLE)
    how(source, target)
    words = [str(source) if each == "in.xlsx" else each for each in typed(command, name, target)]

    refused(run, folder, [*words, "--overwrite"], "CB-O0", WRITTEN[name][0])


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_models_scenarios_and_plans_are_never_overwritten(
    run: Run, folder: Path, command: str, name: str
) -> None:
    options = {"model": "--model", "scenario": "--scenario", "plan_file": "--plan"}
    there = set(parameters(command)) & set(options)
    for each in there if command not in NOTHING_READ else ():
        read = folder / f"read{ENDINGS[name]}"
        read.write_bytes(UNREADABLE)
        words = typed(command, name, read, options[each], str(read), "--overwrite")
        refused(run, folder, words, "CB-O03", WRITTEN[name][0])


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_workbooks_that_formulas_name_are_never_overwritten(
    run: Run, folder: Path, command: str, name: str
) -> None:
    if command in NOTHING_READ:
        return
    (folder / "in.xlsx").unlink()
    linked = folder / f"Të dhëna{ENDINGS[name]}"
    target = f"file:///C:/Users/Ana/T%C3%AB%20dh%C3%ABna{ENDINGS[name]}"
    with ZipFile(folder / "in.xlsx", "w") as archive:
        relation = f'<Relationship Id="rId1" TargetMode="External" Target="{target}"/>'
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", relation)

    refused(run, folder, typed(command, name, linked, "--overwrite"), "CB-O03", "formulas in")


@pytest.mark.parametrize("content", [b"mine", b"PK\x03\x04", b"PAR1", b"\xef\xbb\xbfdraw,a\r\n"])
@pytest.mark.parametrize(("command", "name"), EVERY)
def test_the_file_of_somebody_else_is_kept(
    run: Run, folder: Path, command: str, name: str, content: bytes
) -> None:
    target = folder / f"out{ENDINGS[name]}"
    target.write_bytes(content)
    if name == "study":
        return  # whether a file is a study is known once it is opened

    refused(run, folder, typed(command, name, target), "CB-O05", "--overwrite")


def test_no_file_is_written_twice(run: Run, folder: Path) -> None:
    both = {command for command, name in EVERY if name == "json"} & {
        command for command, name in EVERY if name == "study"
    }
    for command in both:
        words = typed(command, "json", folder / "out", "--study", str(folder / "OUT"))
        refused(run, folder, words, "CB-R04", "--json names it as well")
    assert both


def test_the_example_of_the_demo_keeps_what_is_there(run: Run, here: Path) -> None:
    (here / "choosebattles-demo").mkdir()
    there = here / "choosebattles-demo" / "albania-results.xlsx"
    there.write_bytes(b"mine")

    assert "CB-O05" in run("demo").output
    assert there.read_bytes() == b"mine"


def test_a_folder_of_the_demo_that_is_a_file(run: Run, here: Path) -> None:
    (here / "choosebattles-demo").write_bytes(b"mine")

    ended = run("demo")

    assert (ended.exit_code, ended.output[:6]) == (2, "CB-O02")


def test_json_of_what_must_be_corrected_harms_nothing(run: Run, folder: Path) -> None:
    (folder / "mine.json").write_text("{}", encoding="utf-8")

    refused(run, folder, ["solve", "in.xlsx", "--json", "mine.json"], "CB-O05", "--json mine.json")

    ended = run("solve", "in.xlsx", "--json", "new.json")
    assert ended.exit_code == 2
    assert is_ours(folder / "new.json")


def test_results_go_where_nothing_of_somebody_else_is(run: Run, folder: Path) -> None:
    (folder / "in-results.xlsx").write_bytes(b"mine")

    refused(run, folder, ["solve", "in.xlsx"], "CB-O05", "in-results.xlsx")


def test_a_study_is_gone_on_with_and_nothing_else_is(run: Run, small: Path) -> None:
    foreign = small.with_name("s.sqlite")
    foreign.write_bytes(b"mine")

    ended = run("sweep", small, "--parameter", "budget=80%..100%x2", "--study", foreign)

    assert (ended.exit_code, "CB-R20" in ended.output) == (2, True)
    assert foreign.read_bytes() == b"mine"


PRODUCTS = {
    "solve": ["-o", "s.xlsx", "-o", "s.csv", "--json", "s.json"],
    "check": ["--annotate", "c.xlsx"],
    "frontier": ["--by", "cost", "-o", "f.xlsx", "--json", "f.json"],
    "own": ["--plan", "CLOUD", "-o", "w.xlsx"],
    "sweep": ["--parameter", "budget=80%,100%", "-o", "w.xlsx", "--export", "w.csv"],
    "robustness": ["--weights", "every", "-o", "r.xlsx"],
    "simulate": ["--draws", "8", "--spread", "cost=10%", "-o", "m.xlsx", "--export", "m.parquet"],
    "report": ["--html", "p.html", "--md", "p.md", "--docx", "p.docx", "--pptx", "p.pptx"],
    "budget-path": ["--steps=-5%", "-o", "b.xlsx", "--json", "b.json"],
    "alternatives": ["-o", "a.xlsx"],
    "explain": ["-o", "e.xlsx"],
}


@pytest.mark.parametrize("command", PRODUCTS)
def test_what_was_written_is_replaced_until_somebody_changes_it(
    run: Run, small: Path, command: str
) -> None:
    words = [command, small, *PRODUCTS[command]]
    assert run(*words).exit_code in (0, 2), command
    made = [file for file in small.parent.iterdir() if file != small]

    assert run(*words).exit_code == run(*words).exit_code
    assert "CB-O0" not in run(*words).output
    for each in made:
        assert is_ours(each), each
        changed(each)
        if each.suffix != ".parquet":
            assert not is_ours(each), each
            assert "CB-O05" in run(*words).output
            assert "CB-O0" not in run(*words, "--overwrite").output


def changed(path: Path) -> None:
    """Let another program save a file."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        book.save(path)
    elif path.suffix in (".docx", ".pptx"):
        with ZipFile(path, "a") as archive:
            archive.writestr("note", "mine")
    elif path.suffix in (".md", ".html"):
        path.write_text(path.read_text("utf-8").replace("e", "E", 1), encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(path.read_text("utf-8") + "// mine\n", encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)


def test_a_template_that_may_be_filled_in_is_kept(run: Run, small: Path) -> None:
    assert run("new", "t.xlsx").exit_code == 0

    ended = run("solve", small, "-o", "t.xlsx")

    assert (ended.exit_code, "CB-O05" in ended.output) == (2, True)
    assert run("new", "t.xlsx", "--overwrite").exit_code == 0


def test_an_empty_file_harms_nobody(run: Run, small: Path) -> None:
    small.with_name("s.xlsx").touch()

    assert run("solve", small, "-o", "s.xlsx").exit_code == 0


def test_a_study_of_somebody_else_stays_a_link(here: Path) -> None:
    write(here / "small.xlsx", sheets())
    (here / "s.sqlite").symlink_to(here / "small.xlsx")
    before = (here / "small.xlsx").read_bytes()

    with pytest.raises(Exception, match="CB-O02"):
        Study({}, here / "s.sqlite")

    assert (here / "small.xlsx").read_bytes() == before
