"""Every fault of a case that makes it meaningless, and everything that merely looks odd.

``CHECKS`` and ``ODDITIES`` are the tables of contents; each entry is one small function.
"""

from collections.abc import Iterator

from choosebattles.case.checks import (
    continuity,
    contradictory_rules,
    costs,
    duplicates,
    evidence,
    figures,
    ids,
    investments,
    limits,
    money,
    preferences,
    references,
    rules,
    scores,
    story,
    timing,
    units,
    unused,
)
from choosebattles.case.facts import Facts
from choosebattles.case.numbers import bounds_of
from choosebattles.errors import Fault

CHECKS = (
    figures.outside_bounds,
    figures.years_left_blank,
    ids.empty_or_malformed,
    ids.still_the_example,
    ids.reserved,
    ids.used_twice,
    ids.look_alikes,
    ids.twice_in_a_list,
    references.unknown_names,
    money.nothing_to_spend_on,
    money.too_many_funds,
    money.income_to_nobody,
    money.contingency_held_by_nobody,
    money.dependence_without_autonomy,
    investments.unnamed_options,
    investments.decisions_without_reason,
    investments.ongoing_twice,
    timing.ongoing_without_start,
    timing.starts_outside_the_plan,
    timing.no_start_left,
    rules.numbers,
    rules.parts_missing,
    rules.in_its_own_needs,
    rules.whole_and_part,
    limits.without_bounds,
    limits.points_of_nothing,
    limits.shares,
    preferences.weights,
    preferences.weight_ranges,
    preferences.order_of_objectives,
    preferences.objectives_without_measure,
    preferences.no_scale,
    continuity.layers_never_covered,
    continuity.provider_twice,
    evidence.ranges,
    story.changes,
)
"""What makes a case meaningless."""

ODDITIES = (
    contradictory_rules.circular,
    contradictory_rules.needed_and_excluded,
    contradictory_rules.decided_against_rules,
    contradictory_rules.decided_beyond_the_money,
    contradictory_rules.payable_by_nobody,
    units.size,
    units.costs_and_money,
    units.score_scales,
    units.scale,
    duplicates.identical_rows,
    scores.without_meaning,
    limits.minimum_above_maximum,
    scores.points_for_100,
    units.steep_rates,
    duplicates.one_title_on_two,
    scores.unscored,
    costs.running_cost_counted_twice,
    costs.income_by_sign,
    scores.points_without_size,
    unused.criteria,
    unused.funds,
    unused.rule_cells,
    unused.people,
    unused.layers,
    unused.shocks,
)
"""What cannot be met together, or is probably not meant."""


def faults(case: Facts) -> Iterator[Fault]:
    """Yield everything to correct.

    Where the years make no sense, only numbers out of bounds are told: the rest hangs on them.
    """
    if not all(bounds_of(Facts, it).holds(getattr(case, it)) for it in ("years", "first_year")):
        yield from figures.outside_bounds(case)
        return
    for check in CHECKS:
        yield from check(case)


def warnings(case: Facts) -> Iterator[Fault]:
    """Yield whatever cannot be met together or looks odd, in a case without faults."""
    for oddity in ODDITIES:
        yield from oddity(case)
