"""What says nothing about the answer: headings, where files went, sources, what to do next."""

from claims.sentences import Patterns

patterns = Patterns()
silent = patterns.silent

silent(
    "The decision",
    "The answer",
    "Priorities and timeline",
    "Money by year and fund",
    "What is available in each year, and what becomes of it",
    "What is asked for[:]",
    "To know before deciding[:]",
    "The whole answer",
    "Who pays",
    "By fund and year",
    "What must be true",
    "What more would bring[:]",
    "How sure the figures are[:]",
    "What could still be lost[:]",
    "Next steps",
    "Open warnings",
    "What the plan changes",
    "What keeps working in a shock",
    "What is left out, and why",
    "What one objective costs the other",
    "Commitments after the last year",
    "Conditions",
    "What is proved",
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
    "Gains of one more person, or million a year, come each from a search; they lie between the bounds "
    "told, which are proved.",
    "{number} <point of the workbook is|points of the workbook are> odd.",
    "Commitments: results workbook, sheet Commitments.",
    "Owners, start years and costs: results workbook, sheet Plan.",
    "Costs over all years in {unit}.",
    "Costs in {unit}.",
    "{number} more: in the notes.",
    "is built",
    "works",
    "Bars from 0 to {scale}: dark with the plan, pale what is possible, the mark today.",
    "Results workbook, sheet <Summary|Summary, What binds|Conflict|Commitments|Inputs>.",
    "Points: choosebattles frontier, sheet Frontier; every one was counted again.",
    "Bound and gap: results workbook, sheet Inputs, rows Solver.",
    "Grades of evidence: sheet Summary, What the figures rest on; sheet Sources.",
    "Each cell: what remains in the last year, before the plan and after it.",
    "The price of taking it: by how many points the objective would be lower if it had to be taken, all "
    "else chosen anew.",
    "A column for each year, as high as the money that is available: what each fund plans to pay, what "
    "is held, set aside for the next year, and left.",
    why="on where numbers stand and what they mean; the numbers themselves have their claims",
)
silent(
    "Proved is said of the workbook, not of the world: it is as good as the costs and scores typed.",
    "Every start year and cost was counted again by the audit, which shares nothing with the solver.",
    "The plan was made under these settings of the workbook; under others it may be another.",
    "Illustrative figures[.]",
    "Made on {made} from {names}.",
    "{names} ({sums}) · choosebattles {version} · {made}",
    "[Sources, with the number of investments: {sources} · ]case.xlsx · {made}",
    why="on how the answer was made",
)
