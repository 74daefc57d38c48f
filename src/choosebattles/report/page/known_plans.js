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

/* What was proved elsewhere and holds here: `bound`, which no plan can exceed, minus infinity if
 * there is none; and `sure`, plans that keep to what is asked here, because less was allowed there. */
function transferred(stated) {
  let bound = Infinity;
  const sure = [];
  for (const [at, plan] of proved()) {
    if (!same(at.shocks, moved.shocks) || !same(at.criteria, moved.criteria)) continue;
    const there = program.stated(at);
    if (plan && Program.within(there, stated)) sure.push(plan);
    if (!Program.within(stated, there)) continue;
    if (!plan) return { bound: -Infinity, sure };
    if (typeof plan.bound === "number" && Program.sameGoal(stated, there)) bound = Math.min(bound, plan.bound);
  }
  return { bound, sure };
}

/* All plans that are known, each once. */
function knownPlans() {
  const plans = [content.base, ...Object.values(content.budgets), ...content.others];
  plans.push(...Object.values(content.otherwise).map((other) => other.known));
  plans.push(...[...answers.values()].map((answer) => answer.plan), shown);
  const distinct = new Map();
  for (const plan of plans) if (plan) distinct.set(JSON.stringify(Object.entries(plan.starts).sort()), plan);
  return [...distinct.values()];
}

/* Known plans that keep to what is forced and can be paid: the search begins with the best of those
 * that surely hold, then with those that seem to be worth most. */
function beginning(sure) {
  const fits = (plan) =>
    Object.entries(moved.force).every(([id, choice]) => {
      const taken = content.investments[id].filter((option) => option in plan.starts);
      if (choice === "out") return taken.length === 0;
      return choice === "in" ? taken.length > 0 : taken.includes(choice);
    });
  const sum = (all) => all.reduce((one, other) => one + other, 0);
  const funds = Object.entries(content.funds);
  const there = sum(
    funds.flatMap(([fund, money]) => money.thousandths.map((b) => Program.thousandths(b, moved.money[fund])))
  );
  const cheap = (plan) => sum(plan.cost) * 1000 <= there + 1;
  const worth = ({ indices }) => sum(Object.entries(moved.weights).map(([name, weight]) => weight * indices[name]));
  const ranked = knownPlans()
    .filter((plan) => fits(plan) && cheap(plan))
    .sort((one, other) => worth(other) - worth(one));
  const [best] = sure.sort((one, other) => worth(other) - worth(one));
  return (best ? [best, ...ranked] : ranked).map((plan) => program.begin(plan.starts));
}
