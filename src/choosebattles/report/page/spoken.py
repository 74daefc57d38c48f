"""Every sentence that the page itself says, in the user's language; the script has none."""

from choosebattles.words import _

SPOKEN = {
    "proven": _("Proved: no plan that keeps to these demands is worth more."),
    "within": _("Within {share}: no plan exceeds this one by more than that."),
    "open": _("Best plan found; how much better another could be is not known."),
    "stopped": _("Stopped by hand. Within {share}: no plan exceeds this one by more than that."),
    "time": _("The time ran out. Within {share}: no plan exceeds this one by more than that."),
    "none": _("No plan meets all demands at once: proved. Undo the last change."),
    "nothing": _("Stopped before a plan was found; whether one exists is not known."),
    "searching": _("Searching …"),
    "so_far": _("Best so far {value}; at most {bound} possible."),
    "beforehand": _("computed beforehand"),
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
        "This browser cannot search here ({reason}). Everything computed beforehand still works."
    ),
    "old_browser": _("it is too old"),
    "broken": _("The answer was refused, because the recheck found it breaks {row}."),
    "failed": _("The search failed: {reason}"),
    "unmeasured": _("At least one shock of {objective} must stay on: nothing else measures it."),
    "all_weights": _("At least one objective must count."),
    "now": _("now"),
    "changed": _("Changed: {changes}."),
    "unchanged": _("Nothing is changed: this is the plan of the workbook."),
    "money_change": _("{fund} at {percent} %"),
    "weight_change": _("weights"),
    "in_change": _("{id} forced in"),
    "out_change": _("{id} kept out"),
    "shock_change": _("{shock} switched off"),
    "shock_on": _("{shock} switched on"),
    "percent": _("{percent} %"),
    "of": _("{paid} of {there}"),
    "more_than": _("more than {share} %"),
    "less_than": _("less than {share} %"),
}
"""Sentences by the name that the script calls them."""
