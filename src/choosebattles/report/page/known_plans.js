/* What was computed in advance, or searched before. */
"use strict";

const answers = new Map();
let strict = false;

/* Whether a plan is as near the best as is asked; what was computed in advance is, unless the
 * user asked for more. */
function enough(found) {
  if (!found.plan || !(strict || found.searched)) return true;
  return distance(found.plan) <= Math.max(PROOF, Number(byId("gap").value));
}

function before() {
  const key = JSON.stringify(moved);
  const found = answers.has(key) ? answers.get(key) : known();
  return found && enough(found) ? found : null;
}

function known() {
  const bare = { ...moved, money: start.money };
  if (same(moved, start)) return { plan: content.base };
  const shares = Object.values(moved.money);
  if (same(bare, start) && shares.every((share) => share === shares[0])) {
    if (String(shares[0]) in content.budgets) return { plan: content.budgets[shares[0]] };
    return null;
  }
  const forced = Object.entries(moved.force);
  if (forced.length === 1 && same({ ...moved, force: {} }, start)) {
    const [[id, choice]] = forced;
    const found = content.otherwise[id];
    if (found && found.force === choice) return { plan: found.known };
    /* Step by step the first step's best may be another with the choice, and so what is kept of it. */
    if (content.stepwise) return null;
    const taken = content.investments[id].filter((option) => option in content.base.starts);
    if (choice === "in" && taken.length) return { plan: content.base };
    if (choice === "out" && !taken.length) return { plan: content.base };
    if (taken.includes(choice)) return { plan: content.base };
  }
  return null;
}

/* Everything that was proved, in advance or here: of what, and the plan; null where there is none. */
function* proved() {
  const at = (change) => Object.assign(copy(start), change);
  yield [start, content.base];
  for (const [percent, plan] of Object.entries(content.budgets)) {
    const money = Object.fromEntries(Object.keys(start.money).map((fund) => [fund, Number(percent)]));
    yield [at({ money }), plan];
  }
  for (const [id, { force, known }] of Object.entries(content.otherwise)) yield [at({ force: { [id]: force } }), known];
  for (const [key, { plan }] of answers) yield [JSON.parse(key), plan];
}

/* What was proved elsewhere and holds here: no plan can exceed it; minus infinity where there is none. */
function transferred(stated) {
  let bound = boundByLines(stated, moved);
  for (const [at, plan] of proved()) {
    if (!same(at.shocks, moved.shocks) || !same(at.criteria, moved.criteria)) continue;
    const there = program.stated(at);
    if (!Program.within(stated, there)) continue;
    if (!plan) return -Infinity;
    if (typeof plan.bound === "number" && Program.sameGoal(stated, there)) bound = Math.min(bound, plan.bound);
  }
  return bound;
}

/* The plans that stood in the page from the beginning. */
const givenPlans = [content.base, ...Object.values(content.budgets)];
givenPlans.push(...Object.values(content.otherwise).map((other) => other.known));

/* All plans that are known, each once: by the columns of their starts. */
function knownStarts() {
  knownStarts.given ??= distinct([
    ...program.plans.map((plan) => plan.map((number) => program.starts[number].column)),
    ...givenPlans.filter((plan) => plan).map((plan) => program.columnsOf(plan.starts)),
  ]);
  const found = [...answers.values()].map((answer) => answer.plan).filter((plan) => plan);
  return distinct([...knownStarts.given, ...found.map((plan) => program.columnsOf(plan.starts))]);
}

function distinct(plans) {
  return [...new Map(plans.map((plan) => [plan.join(), plan])).values()];
}
