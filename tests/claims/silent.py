"""What says nothing about the answer: headings, where files went, sources, what to do next."""

from claims.sentences import Patterns

patterns = Patterns()
silent = patterns.silent

silent(
    "The decision",
    "The answer",
    "Priorities and timeline",
    "Money by year and fund",
    "What is available, and what becomes of it",
    "What the plan changes",
    "What keeps working in a shock",
    "What is left out, and why",
    "What binds",
    "What one objective costs the other",
    "Commitments after the last year",
    "Conditions",
    "Risks",
    "What is proved",
    "What is proved, what is assumed, what could go wrong",
    "What could go wrong",
    "Why nothing fits, and what can give way",
    "Where it comes from",
    "Where the numbers come from:",
    "What you can try:",
    "Objective (weighted sum)",
    "Sources:",
    "More in the notes.",
    why="headings",
)
silent(
    "<Document|Slides|Results|Page|JSON>: {path}",
    "{number} <notice|notices>: choosebattles check {path}",
    "Next: open it in a browser; when you mail it, ask people to save it before opening.",
    "Next: to try less money, add --budget 80%.",
    "Next: open the results, sheet Summary.",
    "Next: open the results, sheet Summary; to try less money, add --budget 80%.",
    "{number} <doubt: the answer rests on it; correct the cell, or confirm it|doubts: the answer rests "
    "on them; correct the cells, or confirm them>.",
    "CB-{code} {where}: found {found}; expected {expected}",
    "Doubt: CB-{code} {where}: found {found}; expected {expected}",
    "The answer rests on {number} doubts: {codes}",
    why="on files and on the workbook that was read, which other tests are about",
)
silent(
    "Cost: results workbook, sheet Plan, sum of the column Total.",
    "Money in all funds: sheet Spending, sum of the column Amount.",
    "Indices: sheet Summary, table of indices, columns Before, After and Possible.",
    "Indices: results workbook, sheet Summary, columns Before, After and Possible.",
    "Steps: sheet Contributions; with the level before they add up to the level after.",
    "Start years and costs: results workbook, sheet Plan, columns Start and Total.",
    "Planned, held, set aside and left: results workbook, sheet Spending, by fund and year.",
    "Money of the year, carried over and income: sheet Spending, column Available.",
    "Cost of the plan: sheet Plan, sum of the column Total; it checks in sheet Checks.",
    "Shares before and after: results workbook, sheet Services, rows before and after.",
    "Floors of services: workbook of the case, sheet Services, column Must hold.",
    "Costs, points per million and reasons: results workbook, sheet Not chosen.",
    "Points per million are what the scores would add to the objective, divided by the cost; each "
    "reason is counted again from the whole plan.",
    "Prices: proved bounds, each from a search with the investment taken.",
    "Each from a search with one person or one million a year more: the gain lies between the bounds "
    "told, which are proved.",
    "Results workbook, sheet <Summary|Summary, What binds|Conflict|Commitments|Inputs>.",
    "Results workbook, sheets Summary, Exposure and Inputs.",
    "Points: choosebattles frontier, sheet Frontier; every one was counted again.",
    "Bound and gap: results workbook, sheet Inputs, rows Solver.",
    "Grades of evidence: sheet Summary, What the figures rest on; sheet Sources.",
    "Each cell: what remains in the last year, before the plan and after it.",
    "The price of taking it: by how many points the objective would be lower if it had to be taken, all "
    "else chosen anew.",
    "A column for each year, as high as the money that is available: what each fund plans to pay, what "
    "is held, set aside and left.",
    "<b: builds; r: runs; years {first} to {last} by their last two digits.>",
    why="on where numbers stand and what they mean; the numbers themselves have their claims",
)
silent(
    "Proved is said of the workbook, not of the world: it is as good as the costs and scores typed.",
    "Every start year and cost was counted again by the audit, which shares nothing with the solver.",
    "The plan was made under these settings of the workbook; under others it may be another.",
    "Illustrative figures[.]",
    "Made on {made} from {names}: the same files give the same answer.",
    "{names} ({sums}) · choosebattles {version} · {made}",
    why="on how the answer was made",
)
