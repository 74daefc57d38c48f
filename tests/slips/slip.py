"""What a slip is: a small mistake in the source that must turn a test red."""

from dataclasses import dataclass

PACKAGE = "src/choosebattles"
BROWSER = "tests/browser"


@dataclass(frozen=True)
class Slip:
    """A mistake: what it is in words, where, what stands there, what is put in its place.

    ``file`` lies in the package. ``right`` stands there once, as it is; ``wrong`` is the same with
    the mistake, and changes something that a user can see: a number, a sentence, a message, a file.
    ``seen_by`` names the tests that must see it, with blanks between; those of the live page run
    in Chromium.
    """

    name: str
    file: str
    right: str
    wrong: str
    seen_by: str

    @property
    def in_browser(self) -> bool:
        """Whether only a browser can see it."""
        return self.seen_by.startswith(BROWSER)
