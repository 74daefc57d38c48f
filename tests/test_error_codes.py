import re
from pathlib import Path

import choosebattles
from choosebattles.error_codes import CODES

SOURCE = Path(choosebattles.__file__).parent
CODE = re.compile(r"CB-[A-Z]\d\d[a-z]?")


def used() -> set[str]:
    files = [path for path in SOURCE.rglob("*.py") if path.name != "error_codes.py"]
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_is_explained_and_every_explanation_used() -> None:
    assert used() == set(CODES)


def test_every_entry_is_said_in_whole_sentences() -> None:
    for code, entry in CODES.items():
        assert CODE.fullmatch(code)
        assert not entry.title.endswith(".")
        assert entry.meaning.endswith(".")
        assert entry.remedy.endswith(".")
