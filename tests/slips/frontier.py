"""Slips in the frontier, its bounds and what it promises."""

from slips.slip import Slip

TRACE = "frontier/trace.py"
POINTS = "frontier/points.py"
PLANS = "frontier/plans.py"
TRACED = "tests/frontier/test_trace.py"
MEASURED = "tests/frontier/test_measures.py"

SLIPS = (
    # What is promised
    Slip(
        "an unfinished frontier promises what the last open corner allows",
        TRACE,
        "most = max(most, beyond.by + step)",
        "most = beyond.by + step",
        f"{TRACED}::test_an_unfinished_frontier_promises_no_more_than_holds",
    ),
    Slip(
        "an unfinished frontier promises no step at all",
        TRACE,
        "if beyond is not None and beyond.by > 0:",
        "if beyond is not None and beyond.by > 1000:",
        f"{TRACED}::test_an_unfinished_frontier_promises_no_more_than_holds",
    ),
    Slip(
        "an unfinished frontier is called complete",
        TRACE,
        "complete=self.done,",
        "complete=bool(points),",
        f"{TRACED}::test_ctrl_c_while_searching_keeps_the_points",
    ),
    Slip(
        "a search cut short rules out what it looked for",
        TRACE,
        "if ended.stop is Stop.INFEASIBLE:\n            for target",
        "if ended.values is None:\n            for target",
        f"{TRACED}::test_a_search_cut_short_proves_nothing",
    ),
    Slip(
        "what no plan exceeds rules out what lies below it",
        "frontier/proved_empty.py",
        "weights @ place > most and",
        "weights @ place < most and",
        f"{MEASURED}::test_three_objectives",
    ),
    Slip(
        "points are twice as far apart as was asked for",
        TRACE,
        "np.maximum(self.least, TWICE_PROOF * size)",
        "np.maximum(2 * self.least, TWICE_PROOF * size)",
        f"{TRACED}::test_points_further_apart_than_the_resolution_are_told_apart",
    ),
    Slip(
        "the cost is traced to the resolution of the indices",
        TRACE,
        "(self.cost_resolution if m.is_cost else self.resolution for",
        "(self.resolution for",
        f"{MEASURED}::test_millions_are_told_apart_by_their_own_resolution",
    ),
    # Plans of a point
    Slip(
        "a plan is called the cheapest though the time ran out",
        PLANS,
        "cheapest = reply.stop is Stop.OPTIMAL",
        "cheapest = True",
        f"{MEASURED}::test_a_search_for_plans_that_was_cut_short_proves_nothing",
    ),
    Slip(
        "a search cut short has found every plan of a point",
        PLANS,
        "every = reply.stop is Stop.INFEASIBLE",
        "every = True",
        f"{MEASURED}::test_a_search_for_plans_that_was_cut_short_proves_nothing",
    ),
    Slip(
        "the plans that are shown of a point are called all",
        TRACE,
        "every=len(every) <= PLANS)",
        "every=True)",
        f"{MEASURED}::test_a_part_of_the_plans_is_not_called_all",
    ),
    Slip(
        "a point may be worth less so that its plan is cheaper",
        PLANS,
        "measure.raised(self.q) >= one * kept(value)",
        "measure.raised(self.q) >= 0.5 * one * kept(value)",
        f"{MEASURED}::test_plans_come_cheapest_first",
    ),
    # Lists
    Slip(
        "the list of plans stops short of its budget",
        "frontier/enumeration.py",
        "reduced_costs <= budget + BUDGET_ROOM)",
        "reduced_costs <= 0.9 * budget)",
        "tests/frontier/test_enumeration.py",
    ),
    Slip(
        "a row that can be broken by all starts together is left out",
        "frontier/project_out_payments.py",
        "if np.maximum(line, 0).sum() > side:",
        "if np.maximum(line, 0).max(initial=0) > side:",
        TRACED,
    ),
    Slip(
        "rows that bound an amount from below are lost with it",
        "frontier/project_out_payments.py",
        "rows.append(({column: -a for column, a in terms.items()}, -float(low)))",
        "rows.append(({column: -a for column, a in terms.items()}, float(low)))",
        TRACED,
    ),
    # Its shape
    Slip(
        "a knee is found where the frontier is a line",
        POINTS,
        "if most > 1 + ON_THE_HULL else None",
        "if most > 0 else None",
        f"{TRACED}::test_the_shape_of_a_frontier",
    ),
    Slip(
        "the highest cost is the best",
        POINTS,
        "if (measure.sign > 0) is best else min(column)",
        "if best else min(column)",
        "tests/cli/test_frontier.py",
    ),
    Slip(
        "the even point is the one with the best of one measure",
        POINTS,
        "least = [min(point_shares) for",
        "least = [max(point_shares) for",
        f"{MEASURED}::test_supported_points_of_three",
    ),
    Slip(
        "the share of the space counts what two points dominate twice",
        POINTS,
        "area += across * (up - tall)",
        "area += across * up",
        f"{TRACED}::test_the_share_of_the_space_counts_every_place_once",
    ),
    Slip(
        "a default of a tenth of the money is called fine",
        "frontier/traded_measure.py",
        "for amount in fund.amount.values()) / 100",
        "for amount in fund.amount.values()) / 10",
        "tests/cli/test_frontier.py",
    ),
    Slip(
        "costs of the trade-off are told apart by less where all money is a round number",
        "frontier/traded_measure.py",
        "(5, 2, 1) if times * size <= money",
        "(5, 2, 1) if times * size < money",
        "tests/frontier/test_measures.py",
    ),
)
