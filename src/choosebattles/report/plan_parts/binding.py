"""What a little more of something scarce would be worth, in words."""

import math
from collections.abc import Iterable, Iterator

from choosebattles.report.number_wording import at_least, at_most, figure
from choosebattles.solving.outcome import Binding, BindingKind
from choosebattles.translation import _, listed


def binding_sentences(found: Iterable[Binding]) -> tuple[str, ...]:
    """Return a sentence for each thing tested of which there could be more, the surest gain first."""
    tested = [price for price in found if not price.untested]
    ranked = sorted(tested, key=lambda price: (-max(0.0, price.low), -price.high))
    return tuple(_sentence(price) for price in ranked)


def untested_sentence(found: Iterable[Binding]) -> Iterator[str]:
    """Yield in one sentence what was not tested because the time was over, if anything."""
    more = {
        BindingKind.SKILL: _("one more person of {name}"),
        BindingKind.MONEY: _("one more million a year in {name}"),
    }
    names = [more[price.kind].format(name=price.name) for price in found if price.untested]
    if names:
        text = _(
            "What more would be worth was not tested, because the time was over: {names}. "
            "Allow more with --time-limit."
        )
        yield text.format(names=listed(names))


def _sentence(binding: Binding) -> str:
    more = {
        BindingKind.SKILL: _("One more person of {name}"),
        BindingKind.MONEY: _("One more million a year in {name}"),
    }
    return f"{more[binding.kind].format(name=binding.name)} {_gain(binding)}"


def _gain(binding: Binding) -> str:
    low, high = binding.low, binding.high
    known = math.isfinite(high)
    if low > binding.nothing and known:
        least, most = figure(at_least(low)), figure(at_most(high))
        if least == most:
            return _("raises the objective by {least} points.").format(least=least)
        return _("raises the objective by at least {least} and at most {most} points.").format(
            least=least, most=most
        )
    if low > binding.nothing:
        text = _("raises the objective by at least {least} points.")
        return text.format(least=figure(at_least(low)))
    if high <= binding.nothing:
        return _("does not raise the objective.")
    if known:
        return _(
            "raises the objective by at most {most} points; whether it does at all "
            "cannot be told at this gap."
        ).format(most=figure(at_most(high)))
    return _("may raise the objective; whether it does cannot be told at this gap.")
