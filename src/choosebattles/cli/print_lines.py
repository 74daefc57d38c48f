"""What is printed, line by line, and commands that can be copied."""

import os
import re
import shlex
from pathlib import Path

from rich.console import Console
from rich.text import Text

from choosebattles.execution.standard_output import own

WINDOWS = os.name == "nt"


def say(text: str = "") -> None:
    """Print a line to standard output, as it is: never cut, never read as markup."""
    Console(file=own()).print(Text(text), soft_wrap=True, highlight=False)


def tell(text: str) -> None:
    """Print a line to standard error."""
    Console(stderr=True).print(Text(text), soft_wrap=True, highlight=False)


def typed(*words: str | Path) -> str:
    """Return a command that can be copied into the shell of this machine: each word quoted."""
    return " ".join(_quoted(str(word)) for word in words)


def _quoted(word: str) -> str:
    if WINDOWS:
        plain = re.fullmatch(r"[\w.:\\/+=,@-]+", word)
        return word if plain else '"' + word.replace('"', '""') + '"'
    return shlex.quote(word)
