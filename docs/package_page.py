"""The README as a package page shows it: its relative links lead to where the files can be seen.

The build of the package calls this, as ``pyproject.toml`` asks it to. ``make package`` gives it two
addresses by the environment; without them the README stays as it is.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

RELATIVE = re.compile(r"(!?)(\[[^\]]*\]\()(?![a-z]+:|#)([^)]+)\)")
PICTURES = "CHOOSEBATTLES_PICTURES"
"""Names the folder under whose address files of this version come as they are."""
PAGES = "CHOOSEBATTLES_PAGES"
"""Names the folder under whose address pages of this version are shown."""


class PackagePage(MetadataHookInterface):
    """States the field *readme* of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Take the README, with links as asked for."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        pictures, pages = os.environ.get(PICTURES), os.environ.get(PAGES)
        if pictures and pages:
            text = absolute(text, pictures, pages)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute(text: str, pictures: str, pages: str) -> str:
    """Return the text with every relative link below one of the two addresses."""

    def lead(link: re.Match[str]) -> str:
        base = pictures if link[1] else pages
        return f"{link[1]}{link[2]}{base.rstrip('/')}/{link[3]})"

    return RELATIVE.sub(lead, text)
