"""What of a study rests on an earlier run of it, in words."""

from collections.abc import Iterator

from choosebattles.translation import _
from choosebattles.uncertainty.study_options import StudyOptions


def taken_over_sentence(number: int, what: str, options: StudyOptions) -> Iterator[str]:
    """Yield what was read from the file of a study, and on what its proofs rest."""
    if number and options.study is not None:
        yield _(
            "{number:,} {what} were read from {path}. Their plans were counted again; that no other "
            "plan is worth more there was proved by the run that wrote them, and rests on that file; "
            "so may what was answered since."
        ).format(number=number, what=what, path=options.study)
