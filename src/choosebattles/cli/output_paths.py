"""What a command writes, judged before anything is read or searched.

Every option that names a file to be written stands here, with the endings of its kind, and every
one that names a file to be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from choosebattles.cli.error_reporting import STANDARD_OUTPUT
from choosebattles.errors import InputError
from choosebattles.execution.overwriting import Guard, is_same
from choosebattles.execution.safe_write import judge
from choosebattles.report.outputs.files import ENDINGS
from choosebattles.run.typed_values import raise_all, refused
from choosebattles.solving.model_endings import MODEL_ENDINGS
from choosebattles.translation import _

WRITTEN = {
    "file": ("FILE", (".xlsx",)),
    "output": ("--output", ENDINGS),
    "model_files": ("--output", MODEL_ENDINGS),
    "annotate": ("--annotate", (".xlsx",)),
    "export": ("--export", (".csv", ".parquet")),
    "html": ("--html", (".html", ".htm")),
    "pptx": ("--pptx", (".pptx",)),
    "docx": ("--docx", (".docx",)),
    "md": ("--md", (".md",)),
    "json": ("--json", (".json",)),
    "study": ("--study", (".sqlite", ".sqlite3", ".db")),
}
"""What is written: by the name of its option in code, the option and the endings of its kind."""

FREE = ("json", "study")
"""Those whose name may end in anything that belongs to no other kind."""

READ = ("files", "others", "arguments", "model", "models", "scenario", "plan_file")
"""What is read, by the name of its option in code."""

Targets = Sequence[tuple[str, Path]]

KNOWN = frozenset(
    [
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xltx",
        ".xltm",
        ".xls",
        ".ods",
        ".csv",
        ".tsv",
        ".txt",
        ".parquet",
        *MODEL_ENDINGS,
        ".html",
        ".htm",
        ".mht",
        ".mhtml",
        ".xml",
        ".pptx",
        ".ppt",
        ".pptm",
        ".odp",
        ".docx",
        ".doc",
        ".docm",
        ".odt",
        ".rtf",
        ".pdf",
        ".md",
        ".json",
        ".toml",
        ".yaml",
        ".yml",
        ".ini",
        ".sqlite",
        ".sqlite3",
        ".db",
        ".mdb",
        ".accdb",
        ".py",
        ".zip",
        ".7z",
        ".eml",
        ".msg",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".exe",
        ".bat",
        ".ps1",
        ".sh",
    ]
)
"""Endings that belong to some kind of file."""


def judged(options: Mapping[str, object]) -> Guard:
    """Refuse what must not be written, and return what must never be overwritten.

    Parameters
    ----------
    options
        What was typed, by the names that options and arguments have in code.

    Raises
    ------
    InputError
        Where the ending of a name belongs to another kind, or two options name one file.
    OutputError
        Where the file would harm another one, or cannot be written.
    """
    inputs = tuple(_inputs(options))
    targets = [(name, path) for name in WRITTEN for path in _paths(options.get(name))]
    raise_all(_unlike(targets))
    raise_all(_twice(targets))
    overwrite = bool(options.get("overwrite"))
    for name, path in targets:
        shown = f"{WRITTEN[name][0]} {path}"
        # A study that is there already is gone on with; what is none is refused when it is opened.
        judge(path, shown, inputs=inputs, overwrite=overwrite or name == "study")
    return Guard(inputs=inputs, overwrite=overwrite)


def _inputs(options: Mapping[str, object]) -> Iterator[Path]:
    for name in READ:
        typed = options.get(name)
        listed = typed if isinstance(typed, list) else [typed]
        yield from (target for target in listed if isinstance(target, Path))
        names = [
            name
            for target in listed
            if isinstance(target, str)
            for name in (target, *target.split(","))
        ]
        yield from (Path(name) for name in names if _is_file(name))


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _paths(typed: object) -> Iterator[Path]:
    if isinstance(typed, str) and typed != STANDARD_OUTPUT:
        yield Path(typed)
    elif isinstance(typed, Path):
        yield typed
    elif isinstance(typed, list):
        yield from typed


def _unlike(targets: Targets) -> Iterator[InputError]:
    for name, path in targets:
        option, endings = WRITTEN[name]
        # Windows leaves dots and spaces at the end of a name out.
        ending = Path(path.name.rstrip(". ")).suffix.casefold()
        if ending not in endings and (name not in FREE or ending in KNOWN):
            expected = _("a name that ends in {endings}")
            named = _(" or ").join(endings[:2]) if len(endings) < 3 else ", ".join(endings)
            yield refused(option, path.name or str(path), expected.format(endings=named))


def _twice(targets: Targets) -> Iterator[InputError]:
    before: list[tuple[str, Path]] = []
    for name, path in targets:
        for other, taken in before:
            if is_same(path, taken):
                expected = _("a file of its own: {option} names it as well")
                yield refused(
                    WRITTEN[name][0], str(path), expected.format(option=WRITTEN[other][0])
                )
        before.append((name, path))
