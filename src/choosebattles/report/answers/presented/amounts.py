"""How amounts and options are called in sentences and in cells of words."""

from choosebattles.report.number_wording import money_digits, rounded
from choosebattles.report.plan_parts.chosen_options import PlanRow
from choosebattles.report.plan_parts.left_out import RejectedRow
from choosebattles.report.view_model import Story
from choosebattles.translation import _


def amount(story: Story, value: float) -> str:
    """Return millions as they stand in a table, in the decimals of the whole answer."""
    return rounded(value, story.decimals)


def said(value: float) -> str:
    """Return millions as they stand in a sentence, without their unit."""
    return rounded(value, money_digits(value))


def called(row: PlanRow | RejectedRow) -> str:
    """Return what an option is called in a sentence: its title and its id, or the id alone."""
    if not row.title or row.title.casefold() == row.option.casefold():
        return row.option
    return _("{title} ({option})").format(title=row.title, option=row.option)
