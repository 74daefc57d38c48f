"""The one door through which every sentence for a user passes, ready for translation."""

import gettext
from pathlib import Path

_ = gettext.translation(
    "choosebattles", localedir=Path(__file__).parent / "locale", fallback=True
).gettext
