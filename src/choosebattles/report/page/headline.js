/* The first sentence: it speaks of the plan that is drawn, and of what was asked of it. */
"use strict";

const total = (amounts) => amounts.reduce((one, other) => one + other, 0);

/* What a fund gives in a year, in millions, at its share in percent. */
const amountGiven = (fund, t, percent) => Program.thousandths(content.funds[fund].thousandths[t], percent) / 1000;

const moneyThere = (at) =>
  total(Object.entries(at.money).flatMap(([fund, percent]) => content.years.map((_year, t) => amountGiven(fund, t, percent))));

const millions = (amount) => `${rounded(amount, amount >= 1 || rounded(amount, 1) === String(amount) ? 1 : 3)} ${content.unit}`;

/* Whether indices are measured as in the workbook, so that those of today stand beside them. */
const measuredAlike = (at) => same(at.shocks, start.shocks) && same(at.criteria, start.criteria);

const takenOf = (options, plan) => options.find((option) => option in plan.starts);

function told(plan, at) {
  if (plan === content.base && same(at, start)) return content.headline;
  const money = `${millions(moneyThere(at))} ${content.period}`;
  if (!plan) return say("headline_none", { money });
  const change = ([index, after]) =>
    !measuredAlike(at)
      ? say("index_at", { index, after: pointsTold(after) })
      : say(points(after) === points(content.before[index]) ? "index_stays" : "index_moves", {
          index,
          before: pointsTold(content.before[index]),
          after: pointsTold(after),
        });
  return say(distance(plan) <= PROOF ? "headline_best" : "headline_found", {
    money,
    taken: Object.values(content.investments).filter((options) => takenOf(options, plan)).length,
    all: Object.keys(content.investments).length,
    changes: Object.entries(plan.indices).map(change).join(words.between_changes),
  });
}
