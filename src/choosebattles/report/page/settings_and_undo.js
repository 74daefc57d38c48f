/* What is moved: money, weights, shocks and investments, and the steps back. */
"use strict";

const start = bare({
  money: Object.fromEntries(Object.keys(content.funds).map((fund) => [fund, 100])),
  weights: { ...content.weights },
  criteria: Object.assign({}, ...Object.values(content.criteria)),
  shocks: bare({}),
  force: bare({}),
});
for (const box of every("[data-shock]")) start.shocks[box.dataset.shock] = box.defaultChecked;

const copy = (value) => read(JSON.stringify(value));
/* Milliseconds after which a hand is taken to rest. */
const REST = 250;

let moved = copy(start);
let past = [];
let undone = [];
/* What the plan was worth before the last step; null where there was none. */
let valueBefore = null;

/* A step; `undo` goes back over it. */
function step(next) {
  valueBefore = shown && same(shownAt, moved) ? shown.value : null;
  past.push(moved);
  undone = [];
  moved = next;
  refresh();
}

/* What was asked before the hand began to move, and when its rest counts as an answer. */
let beforeHand = null;
let rest = 0;

/* While the hand moves the best known plan is shown; when it rests, the search begins. */
function glide(change) {
  const next = copy(moved);
  change(next);
  if (same(next, moved) || senseless(next)) return;
  beforeHand ??= moved;
  moved = next;
  controls();
  number++;
  dismiss();
  instantly();
  clearTimeout(rest);
  rest = setTimeout(refresh, REST);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function move(change) {
  clearTimeout(rest);
  const glided = beforeHand !== null;
  moved = beforeHand ?? moved;
  beforeHand = null;
  const next = copy(moved);
  change(next);
  for (const [key, choice] of Object.entries(next.force)) if (!choice) delete next.force[key];
  if (same(next, moved)) return glided ? refresh() : undefined;
  const why = senseless(next);
  if (why) {
    if (glided) refresh();
    return refuse(why);
  }
  step(next);
}

/* Why nothing could be searched, in a sentence; empty where something can. */
function senseless(next) {
  const none = (weights) => weights.every((weight) => weight === 0);
  if (none(Object.values(next.weights))) return words.all_weights;
  const twins = Object.entries(next.weights).find(([name, weight]) =>
    Object.entries(next.weights).some(([other, its]) => other !== name && its === weight)
  );
  if (content.stepwise && twins) return say("twins", { objective: twins[0] });
  for (const [objective, group] of Object.entries(content.criteria))
    if (none(Object.keys(group).map((criterion) => next.criteria[criterion]))) return say("all_criteria", { objective });
  const objective = program && Object.keys(program.goals).find((name) => !program.goal(name, next));
  return objective ? say("unmeasured", { objective }) : "";
}

function refuse(text) {
  controls();
  badge("failed", text, "");
}

function controls() {
  moneyControls();
  const sliders = (weights, name) => {
    const whole = Object.values(weights).reduce((one, other) => one + other, 0);
    for (const [id, weight] of Object.entries(weights)) {
      const input = document.querySelector(`[data-${name}="${CSS.escape(id)}"]`);
      if (!input) continue;
      const share = say("percent", { percent: rounded((100 * weight) / whole, 0) });
      input.value = weight;
      input.setAttribute("aria-valuetext", share);
      document.querySelector(`[data-share-of-${name}="${CSS.escape(id)}"]`).textContent = share;
    }
  };
  sliders(moved.weights, "weight");
  for (const group of Object.values(content.criteria))
    sliders(Object.fromEntries(Object.keys(group).map((criterion) => [criterion, moved.criteria[criterion]])), "criterion");
  for (const box of every("[data-shock]")) box.checked = moved.shocks[box.dataset.shock];
  byId("undo").disabled = past.length === 0;
  byId("redo").disabled = undone.length === 0;
  byId("reset").disabled = same(moved, start);
}

/* What is changed against the workbook, in a sentence. */
function changesTold(at) {
  const sentences = [...changes(at)];
  return sentences.length ? say("changed", { changes: sentences.join("; ") }) : words.unchanged;
}

function* changes(at) {
  const shares = Object.entries(at.money);
  const all = shares.length > 1 && shares.every(([, percent]) => percent === shares[0][1]);
  for (const [fund, percent] of all ? [["", shares[0][1]]] : shares)
    if (percent !== 100)
      yield say("money_change", {
        fund: fund ? content.funds[fund].title : words.all_funds,
        amount: millions((whole(fund) * percent) / 100),
        percent: String(Number(percent.toFixed(1))),
      });
  if (!same(at.weights, start.weights)) yield words.weight_change;
  for (const [objective, group] of Object.entries(content.criteria))
    if (Object.keys(group).some((criterion) => at.criteria[criterion] !== start.criteria[criterion]))
      yield say("criteria_change", { objective });
  for (const [shock, on] of Object.entries(at.shocks))
    if (on !== start.shocks[shock])
      yield say(on ? "shock_on" : "shock_change", { shock: content.shocks[shock] });
  for (const [id, choice] of Object.entries(at.force))
    yield say(choice === "out" ? "out_change" : "in_change", {
      id: choice === "in" || choice === "out" ? id : choice,
    });
}
