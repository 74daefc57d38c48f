/* The best of the known plans under new numbers, at once: nothing is searched. */
"use strict";

/** The best known plan that keeps to what is asked, and what no plan can exceed; null without one.
 *
 * Infinity is a bound of which nothing is known.
 */
function answerAtOnce(moved) {
  const stated = program && program.stated(moved);
  if (!stated) return null;
  const completed = new CompletedPlan(program, stated);
  const steps = program.steps(stated);
  const goals = steps.length ? steps : [{ costs: stated.costs, offset: stated.offset }];
  const better = (one, other) => {
    for (const { costs } of goals) {
      const more = Program.worth({ costs, constant: 0 }, one) - Program.worth({ costs, constant: 0 }, other);
      if (Math.abs(more) > 1e-9) return more > 0;
    }
    return false;
  };
  let best = null;
  for (const plan of knownPlans()) {
    const x = completed.of(program.columnsOf(plan.starts));
    if (x && (!best || better(x, best)) && !program.broken(stated, x).length) best = x;
  }
  return best && { plan: program.plan(stated, moved, best), bound: Infinity };
}
