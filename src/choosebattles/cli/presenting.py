"""What a report is written as, each product from the same answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from choosebattles.execution.protection import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.extras import extra
from choosebattles.report.brief.brief import Asked, brief
from choosebattles.report.brief.shapes import Brief
from choosebattles.report.outputs.markdown import write_markdown
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import Story
from choosebattles.solving.outcome import Outcome
from choosebattles.words import _

Write = Callable[..., Written]


@dataclass(frozen=True)
class Products:
    """Which files of a brief are asked for: slides, and documents in Markdown and for Word.

    Whatever a product needs is looked for when this is made, before anything is solved.
    """

    pptx: Path | None = None
    md: Path | None = None
    docx: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be written on this machine."""
        list(self._writers())

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return any(each is not None for each in (self.pptx, self.md, self.docx))

    def write(
        self,
        outcome: Outcome,
        story: Story,
        origin: Provenance,
        asked: Asked,
        guard: Guard,
    ) -> Iterator[str]:
        """Write every product that is asked for, and yield where it stands."""
        if not self:
            return
        made = datetime.now(UTC)
        told = brief(outcome, story, origin, made.date(), asked)
        for path, write, said in self._writers():
            written = write(told, path, made, guard)
            yield said.format(path=written.path)
            if written.note:
                yield written.note

    def _writers(self) -> Iterator[tuple[Path, Write, str]]:
        if self.pptx is not None:
            slides = extra("--pptx", "choosebattles.report.outputs.slides.deck").write_slides
            yield self.pptx, _dated(slides), _("Slides: {path}")
        if self.docx is not None:
            document = extra("--docx", "choosebattles.report.outputs.word").write_document
            yield self.docx, _dated(document), _("Document: {path}")
        if self.md is not None:
            yield self.md, _markdown, _("Document: {path}")


def _dated(write: Any) -> Write:
    def written(told: Brief, path: Path, made: datetime, guard: Guard) -> Written:
        found: Written = write(told, path, made=made, **guard)
        return found

    return written


def _markdown(told: Brief, path: Path, _made: datetime, guard: Guard) -> Written:
    return write_markdown(told, path, **guard)
