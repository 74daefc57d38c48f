"""Rules: what each kind must say, and lists that contradict themselves."""

from collections.abc import Iterator

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.rule import ALLOWED, FORBIDDEN, REQUIRED
from choosebattles.errors import Fault
from choosebattles.translation import _


def numbers(case: Facts) -> Iterator[Fault]:
    """Yield rules whose number is missing, or cannot be reached by their list."""
    for rule in case.rules:
        place, reads = at(rule, "number"), rule.kind.declared.number
        length = len(rule.investments)
        if rule.number is None:
            if reads is REQUIRED:
                yield place.fault(
                    "CB-L24",
                    _("no number"),
                    _("how many, for the rule {rule}").format(rule=rule.kind),
                    _("Type the number, 0 included."),
                )
        elif reads is not FORBIDDEN and rule.number > length:
            yield place.fault(
                "CB-L24",
                str(rule.number),
                _("at most {length}, the length of the list").format(length=length),
                _("Correct the number or the list."),
            )
        elif reads is ALLOWED and rule.number < 1:
            yield place.fault(
                "CB-L24", str(rule.number), _("1 or more, or blank for all"), _("Correct it.")
            )


def parts_missing(case: Facts) -> Iterator[Fault]:
    """Yield rules that lack what their kind needs."""
    for rule in case.rules:
        if not rule.investments:
            yield at(rule, "investments").fault(
                "CB-C13", _("no investment"), _("at least one id"), _("Name what it is about.")
            )
        if rule.kind.declared.needs is REQUIRED and not rule.needs:
            yield at(rule, "needs").fault(
                "CB-L28",
                _("nothing under Needs"),
                _("what is needed, for the rule {rule}").format(rule=rule.kind),
                _("Name what they need."),
            )
        if rule.kind.declared.worth is REQUIRED and rule.bonus and rule.criterion is None:
            yield at(rule, "criterion").fault(
                "CB-L28",
                _("a bonus of {bonus} and no criterion").format(bonus=plain(rule.bonus)),
                _("the criterion to which the bonus is added"),
                _("Name the criterion."),
            )


def in_its_own_needs(case: Facts) -> Iterator[Fault]:
    """Yield rules that name an id on both sides."""
    for rule in case.rules:
        for name in dict.fromkeys(rule.investments):
            if name in rule.needs:
                yield at(rule, "needs").fault(
                    "CB-L05",
                    _("{name}, which stands under Investments too").format(name=name),
                    _("other ids than under Investments"),
                    _("Delete it on one side."),
                )


def whole_and_part(case: Facts) -> Iterator[Fault]:
    """Yield rules that name an investment and also one of its options."""
    order = {owner.id: place for place, owner in enumerate(case.investments)}
    for rule in case.rules:
        named = dict.fromkeys((*rule.investments, *rule.needs))
        for place in sorted({order[name] for name in named if name in order}):
            owner = case.investments[place]
            options = [option.id for option in owner.options if option.id != owner.id]
            parts = [option for option in options if option in named]
            if parts:
                part = "needs" if parts[0] in rule.needs else "investments"
                yield at(rule, part).fault(
                    "CB-L26",
                    _("both {name} and its option {option}").format(name=owner.id, option=parts[0]),
                    _("either the investment or its options"),
                    _("Delete one of them: the investment stands for any of its options."),
                )
