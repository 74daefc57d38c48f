"""Every sentence that the page itself says, in the user's language; the script has none."""

from collections.abc import Mapping

from choosebattles.translation import _

SENTENCES = {
    "proven": _("Proved: no plan that keeps to these demands is worth more."),
    "within": _("Within {share}: no plan exceeds this one by more than that."),
    "open": _("Best plan found; how much better another could be is not known."),
    "stopped": _("Stopped by hand. Within {share}: no plan exceeds this one by more than that."),
    "time": _("The time ran out. Within {share}: no plan exceeds this one by more than that."),
    "none": _("No plan meets all demands at once: proved. Undo the last change."),
    "nothing": _("Stopped before a plan was found; whether one exists is not known."),
    "searching": _("Searching …"),
    "searching_below": _("Searching … Until then the plan before the change stands below."),
    "at_once": _(
        "The best of the plans known so far; searching on for a better plan or for proof."
    ),
    "first": _("Within {share} so far; searching on for a better plan or for proof."),
    "so_far": _("Best so far {value}; at most {bound} possible."),
    "step": _("Step {step} of {steps}: one objective after the other, then the cost."),
    "precomputed": _("computed in advance"),
    "here": _("searched here in {seconds} s and rechecked against every demand"),
    "again": _("searched here before"),
    "workbook": _("the plan of the workbook"),
    "from": _("from {year}"),
    "not_taken": _("not taken"),
    "nothing_enters": _("nothing"),
    "moves": _("{option} starts in {after} instead of {before}"),
    "fewer": _("costs {points} points"),
    "between": _("costs {low} to {high} points"),
    "no_loss": _("costs less than {points} points"),
    "impossible": _("not possible: proved"),
    "no_solver": _(
        "This browser cannot search here ({reason}). Everything computed in advance still works."
    ),
    "old_browser": _("it is too old"),
    "broken": _("The answer was refused, because the recheck found it breaks {row}."),
    "failed": _("The search failed: {reason}"),
    "unmeasured": _("At least one shock of {objective} must stay on: nothing else measures it."),
    "all_weights": _("At least one objective must count."),
    "twins": _(
        "{objective} would weigh as much as another objective: the weights say which goes first."
    ),
    "all_criteria": _("At least one criterion of {objective} must count."),
    "now": _("now"),
    "changed": _("Changed: {changes}."),
    "unchanged": _("Nothing is changed: this is the plan of the workbook."),
    "money_change": _("{fund} at {amount} ({percent} %)"),
    "weight_change": _("weights"),
    "criteria_change": _("weights within {objective}"),
    "in_change": _("{id} forced in"),
    "out_change": _("{id} kept out"),
    "shock_change": _("{shock} switched off"),
    "shock_on": _("{shock} switched on"),
    "percent": _("{percent} %"),
    "all_funds": _("all funds"),
    "percents": _("{from} % to {to} %"),
    "headline_best": _("With {money} the best plan takes {taken} of {all} investments: {changes}."),
    "headline_found": _(
        "With {money} the best plan found takes {taken} of {all} investments: {changes}."
    ),
    "headline_none": _("With {money} there is no plan to show."),
    "index_moves": _("{index} goes from {before} to {after}"),
    "index_stays": _("{index} stays at {after}"),
    "index_at": _("{index} comes to {after}"),
    "between_changes": ", ",
    "now_points": _("now {points}"),
    "of_possible": _("of a possible {points}"),
    "at_most": _("at most {points} possible"),
    "of_amount": _("of {amount}"),
    "reference_workbook": _("the plan of the workbook"),
    "reference_kept": _("the one kept beside"),
    "tile_enters": _("enters"),
    "tile_leaves": _("leaves"),
    "tile_moves": _("{year}, was {before}"),
    "tile_option": _("{option}, was {before}"),
    "tile_kept_in": _("forced in"),
    "tile_kept_out": _("kept out"),
    "tile_price": _("The other decision than in the plan of the workbook: {price}."),
    "tile_unpriced": _(
        "What the other decision costs was not computed in advance: decide, and the page searches."
    ),
    "why_decided": _("Decided in the workbook: {how}."),
    "why_kept_in": _("It is in because it was forced in here."),
    "why_kept_out": _("It is out because it was kept out here."),
    "why_in": _("No plan found without it is worth more."),
    "why_taken": _("It is part of the best plan found for what is asked here."),
    "why_left": _("It is not part of the best plan found for what is asked here."),
    "why_workbook": _("Of the plan of the workbook: {why}"),
    "money_taken": _("Plans computed for other amounts take it with {ranges} of the money."),
    "money_never": _("No plan computed for {range} of the money takes it."),
    "effect": _("Objective {after}; before this decision {before}."),
    "left_open": _("left open"),
    "in": _("in"),
    "out": _("out"),
    "in_as": _("in as {option}: {title}"),
    "scene": _("{number} of {all}"),
    "question_remove": _("Remove the question: {title}"),
    "question_refused": _("This page cannot be asked that: {reason}"),
    "not_kept": _("This browser keeps no questions: they are gone when the page is closed."),
    "link": _("The link"),
    "link_copied": _("The link was copied."),
    "link_there": _("Copy the link from the line above."),
    "of": _("{paid} of {there}"),
    "beyond": _("{paid}; beside {there}, money carried over or earned"),
    "more_than": _("more than {share} %"),
    "less_than": _("less than {share} %"),
    "scenario_opened": _("{name} was opened."),
    "scenario_refused": _("{name} was not opened, and nothing was changed: {reason}"),
    "scenario_unreadable": _("{name} was not opened: it cannot be read."),
    "scenario_large": _("it has more than 1 MB, and no scenario has."),
    "scenario_json": _("it is not a scenario; choose a file that this page or another one saved."),
    "scenario_key": _("it speaks of {name}, which no scenario does."),
    "scenario_schema": _("it is of another kind (schema) than this page reads."),
    "scenario_part": _("what it says under {part} is not understood."),
    "scenario_number": _("{name} is not set to a number."),
    "scenario_unknown": _("{name} cannot be changed on this page."),
    "scenario_range": _("{name} is {number}; here it can only be {expected}."),
    "zero_or_more": _("0 or more"),
    "zero_or": _("0 or {number}"),
    "scenario_budget": _(
        "the budget {budget} cannot be set here; it is a whole percent from 0 to {most}."
    ),
    "scenario_fund": _(
        "its amounts of {fund} are not the same share of the workbook's in every year, from 0 to "
        "{most} %."
    ),
    "scenario_without": _("this page was made with {name} at {number}, and the scenario is not."),
    "scenario_without_fund": _(
        "this page was made with other money than the workbook's, and the scenario does not say "
        "what {name} is."
    ),
    "scenario_decided": _("{id} is decided by the workbook, and cannot be changed here."),
    "scenario_option": _(
        "{id} is one option of {investment}; only all of it can be kept out here."
    ),
    "scenario_twice": _("it decides {id} in two ways."),
    "scenario_other": _("it was made for {theirs}, and this page is about {ours}."),
    "scenario_version": _("It was made for another version of {name}: its answer may differ here."),
}
"""Sentences by the name that the script calls them."""

STEPWISE = {
    "proven": _("Proved, step by step: by the method of this case no plan is better."),
    "within": _("Within {share} in every step of the method."),
    "open": _("Best plan found; how much better another could be is not known."),
    "stopped": _("Stopped by hand, within {share} in every step."),
    "time": _("The time ran out, within {share} in every step."),
}
"""What is said instead where a method takes several searches."""


def script_sentences(*, steps: bool) -> Mapping[str, str]:
    """Return the sentences, for one search or for one after the other."""
    return SENTENCES | STEPWISE if steps else SENTENCES
