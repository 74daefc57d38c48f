"""Slips in the live page, as a browser sees them."""

from slips.slip import BROWSER, Slip

SMALL = f"{BROWSER}/test_small.py"
COUNTED = f"{SMALL}::test_all_that_is_shown_is_counted_again"
SCENARIOS = f"{BROWSER}/test_page.py::test_what_is_no_scenario_of_this_page_is_refused_whole"

AT_ONCE = f"{BROWSER}/test_at_once.py::test_while_a_hand_moves_the_best_lies_between_plan_and_bound"

SLIPS = (
    # What stands there while a hand moves
    Slip(
        "lines bound the best whatever shocks count",
        "report/page/instant_answer.js",
        "if (!same(moved.shocks, start.shocks) || !same(moved.criteria,",
        "if (!same(moved.criteria,",
        AT_ONCE,
    ),
    Slip(
        "lines know no other money than the workbook's",
        "report/page/instant_answer.js",
        "(price > 0 ? stated.rowHigh[row] : stated.rowLow[row])",
        "(price > 0 ? program.rowHigh[row] : program.rowLow[row])",
        AT_ONCE,
    ),
    Slip(
        "a known plan may cost more than there is",
        "report/page/completed_plan.js",
        "if (!this.keep()) return null;",
        "this.keep();",
        AT_ONCE,
    ),
    # What is asked of the worker, and heard from it
    Slip(
        "the page's recheck is switched off",
        "report/page/ask_worker.js",
        'if (broken.length) return nothing(say("broken", { row: broken[0] }), "failed");',
        "if (broken.length > program.rows.names.length) return nothing(words.none);",
        f"{SMALL}::test_a_solver_that_breaks_a_demand_is_not_believed",
    ),
    Slip(
        "a first plan of the page is not rechecked",
        "report/page/ask_worker.js",
        "if (program.broken(stated, values).length) return;",
        "if (!values.length) return;",
        f"{SMALL}::test_a_solver_that_breaks_a_demand_is_not_believed",
    ),
    Slip(
        "the page's recheck looks at lower sides only",
        "report/page/program.js",
        "return !(amount >= low - room && amount <= high + room);",
        "return !(amount >= low - room);",
        f"{SMALL}::test_a_solver_that_breaks_a_demand_is_not_believed",
    ),
    Slip(
        "the page's search stopped by hand is called proved",
        "report/page/search_worker.js",
        'let answered = { stop: "stopped", bound: question.bound };',
        'let answered = { stop: "stopped", bound: found ? worth(question, found) : null };',
        f"{SMALL}::test_a_search_stopped_by_hand_is_no_proof",
    ),
    Slip(
        "the page says proved where nothing is known",
        "report/page/proof_badge.js",
        'else if (!Number.isFinite(share)) badge("stopped", words.open, how);',
        'else if (!Number.isFinite(share)) badge("proven", words.proven, how);',
        f"{SMALL}::test_a_search_stopped_by_hand_is_no_proof",
    ),
    # What was known before
    Slip(
        "the page takes an answer within a gap for one without",
        "report/page/known_plans.js",
        'return distance(found.plan) <= Math.max(PROOF, Number(byId("gap").value));',
        "return distance(found.plan) < Infinity;",
        f"{SMALL}::test_who_asks_for_a_narrower_gap_has_it_searched",
    ),
    Slip(
        "the page holds a bound of less money for one of more",
        "report/page/known_plans.js",
        "if (!Program.within(stated, there)) continue;",
        "if (!Program.within(there, stated)) continue;",
        f"{SMALL}::test_more_money_is_searched_though_less_was_proved",
    ),
    Slip(
        "a bound is transferred to another goal",
        "report/page/known_plans.js",
        " && Program.sameGoal(stated, there)) bound",
        ") bound",
        f"{SMALL}::test_another_goal_is_searched_though_one_was_proved",
    ),
    # What is said
    Slip(
        "a gap on the page is rounded down",
        "report/page/sentences.js",
        "return String(Number((Math.ceil(value * 10 ** digits - 1e-9)",
        "return String(Number((Math.floor(value * 10 ** digits - 1e-9)",
        f"{SMALL}::test_a_gap_is_never_said_smaller_than_it_is",
    ),
    Slip(
        "the page calls half a percent proved",
        "report/page/sentences.js",
        "const PROOF = 1.001e-6;",
        "const PROOF = 5e-3;",
        f"{SMALL}::test_a_gap_is_never_said_smaller_than_it_is",
    ),
    Slip(
        "the page loses thousands",
        "report/page/sentences.js",
        r'const grouped = before.replace(/\B(?=(\d{3})+$)/g, ",");',
        "const grouped = before.slice(-3);",
        f"{SMALL}::test_a_gap_is_never_said_smaller_than_it_is",
    ),
    Slip(
        "the page does not say that weights were moved",
        "report/page/settings_and_undo.js",
        "if (!same(at.weights, start.weights)) yield words.weight_change;",
        "if (at.weights === start.weights) yield words.weight_change;",
        f"{COUNTED}[other-weights]",
    ),
    # What is moved
    Slip(
        "a moved weight is not restated",
        "report/page/program.js",
        "const share = moved.weights[name] / whole;",
        "const share = this.weights[name] / 100;",
        f"{COUNTED}[other-weights]",
    ),
    Slip(
        "an investment kept out stays in",
        "report/page/program.js",
        'if (choice === "out") rowHigh[this.take[investment]] = 0;',
        'if (choice === "out") rowHigh[this.take[investment]] = 1;',
        f"{COUNTED}[kept-out]",
    ),
    Slip(
        "an option forced in may be another one",
        "report/page/program.js",
        "else if (choice) rowLow[this.take[choice]] = 1;",
        "else if (choice) rowLow[this.take[investment]] = 1;",
        f"{COUNTED}[the-other-option]",
    ),
    Slip(
        "a shock switched off still strikes",
        "report/page/program.js",
        "return moved.shocks[shock] ? this.shocks[shock].likelihood : 0;",
        "return this.shocks[shock].likelihood;",
        f"{COUNTED}[a-shock-less]",
    ),
    Slip(
        "a criterion of the page keeps its weight",
        "report/page/program.js",
        "return all.map(([id, criterion]) => [moved.criteria[id] / whole, criterion]);",
        "return all.map(([id, criterion]) => [criterion.weight / whole, criterion]);",
        f"{COUNTED}[other-criteria]",
    ),
    Slip(
        "money of a floor is not restated",
        "report/page/program.js",
        "for (const [row, slope] of Object.entries(year.high)) rowHigh[row] += slope * more;",
        "for (const [row, slope] of Object.entries(year.high)) rowHigh[row] += slope * Math.min(0, more);",
        f"{COUNTED}[more-money]",
    ),
    # What is shown of the answer
    Slip(
        "what enters is listed as leaving",
        "report/page/view.js",
        'list("enters", Object.keys(theirs)',
        'list("leaves", Object.keys(theirs)',
        f"{COUNTED}[kept-out]",
    ),
    Slip(
        "a start year is told for the one before it",
        "report/page/view.js",
        "{ option, before: ours[option], after: theirs[option] }",
        "{ option, before: theirs[option], after: ours[option] }",
        f"{COUNTED}[less-money]",
    ),
    Slip(
        "the page shows what services keep in another shock",
        "report/page/program.js",
        "working[service][shock] = x[column];",
        "working[service][shock] = x[Object.values(columns)[0]];",
        f"{COUNTED}[less-money]",
    ),
    # Scenarios
    Slip(
        "a saved scenario forgets what is kept out",
        "report/page/scenario_file.js",
        "if (never.length) made.never = never;",
        "if (never.length > 1) made.never = never;",
        f"{COUNTED}[kept-out]",
    ),
    Slip(
        "a saved scenario leaves a shock on",
        "report/page/scenario_file.js",
        "on ? content.likelihoods[shock] : 0;",
        "content.likelihoods[shock];",
        f"{COUNTED}[a-shock-less]",
    ),
    Slip(
        "a scenario of another workbook is opened",
        "report/page/scenario_file.js",
        'throw refusal("scenario_other",',
        'return say("scenario_version", { name: files[0].name }); throw refusal("scenario_other",',
        SCENARIOS,
    ),
    Slip(
        "the page calls a search that ran out of time ended",
        "report/page/proof_badge.js",
        'badge("within", say("time", within), how)',
        'badge("within", say("within", within), how)',
        f"{SMALL}::test_the_badge_says_why_a_search_ended",
    ),
    Slip(
        "the page forgets in its bound what it left out of a search",
        "report/page/search_worker.js",
        "const least = out ? question.target : -Infinity;",
        "const least = -Infinity;",
        f"{SMALL}::test_what_is_left_out_of_a_search_is_part_of_its_bound",
    ),
    Slip(
        "the page keeps a whole investment out where one option is named",
        "report/page/scenario_file.js",
        "(option && options.length === 1)",
        "option",
        SCENARIOS,
    ),
)
