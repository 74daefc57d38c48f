/* What is shown, what is moved, and who answers: plans computed beforehand, or the worker. */
"use strict";

const content = JSON.parse(document.getElementById("page-content").textContent);
const words = content.words;
const byId = (id) => document.getElementById(id);
const every = (selector) => [...document.querySelectorAll(selector)];
const PROOF = 1.001e-6;

function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}

/* Numbers as the rest of the page writes them: half up, with commas between thousands. */
function rounded(value, digits) {
  const size = 10 ** digits;
  const whole = Math.round(Number((Math.abs(value) * size).toPrecision(15)));
  const text = (whole / size).toFixed(digits);
  const [before, after] = text.split(".");
  const grouped = before.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && whole ? "-" : "";
  return sign + (after ? `${grouped}.${after}` : grouped);
}

const points = (value) => rounded(value, 1);
const money = (value) => rounded(value, content.decimals);

/* A promise that holds: rounded up in its second digit. */
function atMost(value) {
  if (value <= 0) return "0";
  const digits = 1 - Math.floor(Math.log10(value));
  return String(Number((Math.ceil(value * 10 ** digits - 1e-9) / 10 ** digits).toPrecision(3)));
}

function atLeast(value) {
  if (value <= 0) return "0";
  const digits = 1 - Math.floor(Math.log10(value));
  return String(Number((Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits).toPrecision(3)));
}

function wholePercent(share) {
  if (share >= 0.995 && share < 1 - 1e-9) return say("more_than", { share: 99 });
  if (share > 0 && 100 * share < 0.5) return say("less_than", { share: 1 });
  return `${rounded(100 * share, 0)} %`;
}

/* ---- what is moved ---- */

const start = {
  money: Object.fromEntries(Object.keys(content.funds).map((fund) => [fund, 100])),
  weights: { ...content.weights },
  shocks: {},
  force: {},
};
for (const box of every("[data-shock]")) start.shocks[box.dataset.shock] = box.checked;

const copy = (value) => JSON.parse(JSON.stringify(value));
let moved = copy(start);
let past = [];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function move(change) {
  const next = copy(moved);
  change(next);
  for (const [key, choice] of Object.entries(next.force)) if (!choice) delete next.force[key];
  if (same(next, moved)) return;
  if (Object.values(next.weights).every((each) => each === 0)) return refuse(words.all_weights);
  const objective = program && unmeasured(next);
  if (objective) return refuse(say("unmeasured", { objective }));
  past.push(moved);
  moved = next;
  refresh();
}

function unmeasured(next) {
  return Object.keys(program.goals).find((name) => !program.goal(name, next));
}

function refuse(text) {
  controls();
  badge("failed", text, "");
}

function controls() {
  const shares = Object.values(moved.money);
  for (const input of every("[data-fund]")) input.value = moved.money[input.dataset.fund];
  if (byId("money-all") && shares.every((each) => each === shares[0]))
    byId("money-all").value = byId("money-all-number").value = shares[0];
  const whole = Object.values(moved.weights).reduce((one, other) => one + other, 0);
  for (const input of every("[data-weight]")) {
    input.value = moved.weights[input.dataset.weight];
    const share = say("percent", { percent: rounded((100 * moved.weights[input.dataset.weight]) / whole, 0) });
    input.setAttribute("aria-valuetext", share);
    document.querySelector(`[data-share="${CSS.escape(input.dataset.weight)}"]`).textContent = share;
  }
  for (const box of every("[data-shock]")) box.checked = moved.shocks[box.dataset.shock];
  for (const select of every("[data-force]")) {
    const choice = moved.force[select.dataset.force] || "";
    select.value = choice === "" || choice === "in" || choice === "out" ? choice : `=${choice}`;
  }
  byId("undo").disabled = past.length === 0;
  byId("reset").disabled = same(moved, start);
  const told = [...changes()];
  byId("changes").textContent = told.length ? say("changed", { changes: told.join("; ") }) : words.unchanged;
}

function* changes() {
  for (const [fund, percent] of Object.entries(moved.money))
    if (percent !== 100) yield say("money_change", { fund: content.funds[fund].title, percent });
  if (!same(moved.weights, start.weights)) yield words.weight_change;
  for (const [shock, on] of Object.entries(moved.shocks))
    if (on !== start.shocks[shock])
      yield say(on ? "shock_on" : "shock_change", { shock: content.shocks[shock] });
  for (const [id, choice] of Object.entries(moved.force))
    yield say(choice === "out" ? "out_change" : "in_change", {
      id: choice === "in" || choice === "out" ? id : choice,
    });
}

/* ---- what was computed beforehand, or searched before ---- */

const answers = new Map();
let strict = false;

/* Whether a plan is as near the best as is asked; what was computed beforehand is, unless the
 * user asked for more. */
function enough(found) {
  if (!found.plan || !(strict || found.searched)) return true;
  const { value, bound } = found.plan;
  const asked = Math.max(PROOF, Number(byId("gap").value));
  return bound !== null && bound - value <= asked * Math.max(1, Math.abs(value));
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
  if (same(bare, start) && shares.every((each) => each === shares[0])) {
    if (String(shares[0]) in content.budgets) return { plan: content.budgets[shares[0]] };
    return null;
  }
  const forced = Object.entries(moved.force);
  if (forced.length === 1 && same({ ...moved, force: {} }, start)) {
    const [[id, choice]] = forced;
    const found = content.otherwise[id];
    if (found && found.force === choice) return { plan: found.known };
    const taken = content.investments[id].filter((each) => each in content.base.starts);
    if (choice === "in" && taken.length) return { plan: content.base };
    if (choice === "out" && !taken.length) return { plan: content.base };
    if (taken.includes(choice)) return { plan: content.base };
  }
  return null;
}

/* A known plan that keeps to what is forced: the search begins with the one worth most. */
function beginning() {
  const plans = [content.base, ...Object.values(content.budgets)];
  plans.push(...Object.values(content.otherwise).map((each) => each.known));
  if (shown) plans.push(shown);
  const fits = (plan) =>
    plan &&
    Object.entries(moved.force).every(([id, choice]) => {
      const taken = content.investments[id].filter((each) => each in plan.starts);
      if (choice === "out") return taken.length === 0;
      return choice === "in" ? taken.length > 0 : taken.includes(choice);
    });
  const cheap = (plan) => {
    const there = Object.entries(content.funds).reduce(
      (sum, [fund, each]) =>
        sum + each.thousandths.reduce((a, b) => a + Program.thousandths(b, moved.money[fund]), 0),
      0
    );
    return plan.cost.reduce((a, b) => a + b, 0) * 1000 <= there + 1;
  };
  const fitting = plans.filter((plan) => fits(plan) && cheap(plan));
  fitting.sort((one, other) => other.value - one.value);
  return fitting.length ? program.begin(fitting[0].starts) : null;
}

/* ---- the worker ---- */

let program = null;
let worker = null;
let ready = null;
let asked = null;
let number = 0;
let unable = "";
let module = null;
let source = "";

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent.trim()), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream);
}

async function prepare() {
  if (!("DecompressionStream" in window) || !("WebAssembly" in window) || !("Worker" in window))
    throw new Error(words.old_browser);
  program = new Program(await (await unpacked("packed-program")).json());
  module = await (await unpacked("packed-solver")).arrayBuffer();
  source = URL.createObjectURL(await (await unpacked("packed-worker")).blob());
  await hire();
}

function hire() {
  worker = new Worker(source);
  ready = new Promise((resolve, reject) => {
    worker.onmessage = (event) => {
      if (event.data.kind === "ready") resolve();
      else if (event.data.kind === "error" && !asked) reject(new Error(event.data.text));
      else heard(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(event.message || "worker");
      reject(error);
      failed(error.message);
    };
  });
  worker.postMessage({ kind: "load", wasm: module });
  return ready;
}

function dismiss() {
  if (worker) worker.terminate();
  worker = null;
}

async function ask() {
  const mine = ++number;
  if (asked) {
    dismiss();
    asked = null;
  }
  try {
    await preparing;
    if (!worker) hire();
    await ready;
  } catch (error) {
    if (mine === number) unableTo(error);
    return;
  }
  if (mine !== number) return;
  const stated = program.stated(moved);
  const question = program.question(stated, beginning());
  asked = {
    number: mine,
    stated,
    moved: copy(moved),
    began: performance.now(),
    best: null,
    bound: null,
    gap: Number(byId("gap").value),
  };
  byId("stop").disabled = false;
  badge("searching", words.searching, "");
  worker.postMessage({ ...question, number: mine, seconds: Number(byId("seconds").value), gap: asked.gap });
}

function heard(message) {
  if (message.kind === "error") return failed(message.text);
  if (!asked || message.number !== asked.number) return;
  if (message.kind === "better") asked.best = message.values;
  if (message.kind === "progress") {
    asked.bound = Number.isFinite(message.bound) ? message.bound : asked.bound;
    if (Number.isFinite(message.best) && Number.isFinite(message.bound) && Math.abs(message.best) < 1e20)
      byId("progress").textContent = say("so_far", {
        value: points(message.best),
        bound: points(message.bound),
      });
  }
  if (message.kind === "answer") answered(message);
}

function answered({ stop, bound, values }) {
  const { stated, moved: at, began } = asked;
  asked = null;
  byId("stop").disabled = true;
  const seconds = rounded((performance.now() - began) / 1000, 1);
  const how = `(${say("here", { seconds })})`;
  if (!values) {
    if (stop === "infeasible") {
      answers.set(JSON.stringify(at), { plan: null, searched: true });
      nothing(words.none);
    } else nothing(words.nothing);
    return;
  }
  const broken = program.broken(stated, values);
  if (broken.length) return failed(say("broken", { row: broken[0] }));
  const plan = program.plan(stated, at, values);
  plan.bound = bound;
  answers.set(JSON.stringify(at), { plan, searched: true });
  show(plan, stop, how);
}

/* Stopped by hand: the best plan so far is settled by a new worker, which searches no further. */
async function stopSearching() {
  if (!asked || asked.stopping) return;
  const before = asked;
  const question = program.question(before.stated, before.best);
  dismiss();
  if (!before.best) {
    asked = null;
    byId("stop").disabled = true;
    return nothing(words.nothing);
  }
  asked = { ...before, number: ++number, stopping: true };
  await hire();
  worker.postMessage({ ...question, number: asked.number, only: true, bound: before.bound });
}

function failed(reason) {
  asked = null;
  dismiss();
  byId("stop").disabled = true;
  nothing(say("failed", { reason }), "failed");
}

function unableTo(error) {
  unable = say("no_solver", { reason: error.message });
  nothing(unable, "failed");
}

/* ---- what is shown ---- */

let shown = content.base;

function badge(kind, text, how) {
  byId("badge").className = `badge ${kind}`;
  byId("badge-says").textContent = text;
  byId("badge-how").textContent = how;
  byId("badge").dataset.kind = kind;
  byId("progress").textContent = "";
}

function nothing(text, kind = "none") {
  shown = null;
  badge(kind, text, "");
  table(null);
}

function show(plan, stop, how) {
  shown = plan;
  const off = plan.bound === null ? Infinity : Math.max(0, plan.bound - plan.value);
  const share = off / Math.max(1, Math.abs(plan.value));
  const within = { share: `${atMost(100 * share)} %` };
  if (share <= PROOF) badge("proven", words.proven, how);
  else if (!Number.isFinite(off)) badge("stopped", words.open, how);
  else if (stop === "stopped") badge("stopped", say("stopped", within), how);
  else if (stop === "time") badge("within", say("time", within), how);
  else badge("within", say("within", within), how);
  byId("badge").dataset.value = plan.value;
  byId("badge").dataset.bound = plan.bound;
  table(plan);
}

function list(id, items) {
  const all = items.length ? items : [words.nothing_enters];
  byId(id).replaceChildren(
    ...all.map((each) => Object.assign(document.createElement("li"), { textContent: each }))
  );
}

function table(plan) {
  for (const cell of every("[data-index]")) {
    const name = cell.dataset.index;
    cell.textContent = plan ? points(name ? plan.indices[name] : plan.value) : "–";
  }
  byId("cost").textContent = plan ? money(plan.cost.reduce((a, b) => a + b, 0)) : "–";
  differences(plan);
  investments(plan);
  payments(plan);
  services(plan);
  spots(plan);
}

function differences(plan) {
  const ours = content.base.starts;
  const theirs = plan ? plan.starts : {};
  const named = (each) => `${content.options[each]} (${each})`;
  list("enters", Object.keys(theirs).filter((each) => !(each in ours)).map(named));
  list("leaves", plan ? Object.keys(ours).filter((each) => !(each in theirs)).map(named) : []);
  list(
    "moves",
    Object.keys(theirs)
      .filter((each) => each in ours && ours[each] !== theirs[each])
      .map((each) => say("moves", { option: each, before: ours[each], after: theirs[each] }))
  );
}

const costs = () => {
  const found = {};
  if (program)
    for (const each of program.starts)
      found[`${each.option} ${each.year}`] = each.cost.reduce((a, b) => a + b, 0) / 1000;
  return found;
};

function investments(plan) {
  const cost = costs();
  for (const row of every("[data-investment]")) {
    const options = content.investments[row.dataset.investment];
    const taken = plan && options.find((each) => each in plan.starts);
    row.className = taken ? "in" : "";
    const begins = taken && say("from", { year: plan.starts[taken] });
    row.querySelector(".state").textContent = !plan
      ? "–"
      : !taken
        ? words.not_taken
        : options.length === 1
          ? begins
          : `${taken}, ${begins}`;
    const amount = taken && cost[`${taken} ${plan.starts[taken]}`];
    row.querySelector(".cost").textContent = amount === undefined || !taken ? "" : money(amount);
  }
}

function payments(plan) {
  for (const row of every("[data-paid]")) {
    const fund = row.dataset.paid;
    const there = fund
      ? content.funds[fund].thousandths.map((each) => Program.thousandths(each, moved.money[fund]) / 1000)
      : null;
    const paid = plan ? (fund ? plan.paid[fund] : plan.cost) : content.years.map(() => 0);
    const sum = (all) => all.reduce((a, b) => a + b, 0);
    const text = (amount, of) => (!plan ? "–" : of === null ? money(amount) : say("of", { paid: money(amount), there: money(of) }));
    [...row.querySelectorAll("td")].forEach((cell, t) => {
      const last = t === content.years.length;
      const of = there === null ? null : last ? sum(there) : there[t];
      cell.textContent = text(last ? sum(paid) : paid[t], of);
    });
  }
}

function services(plan) {
  for (const cell of every("[data-service]")) {
    const share = plan ? plan.working[cell.dataset.service][cell.dataset.shockCell] : null;
    cell.className = share === null ? "heat" : `heat heat${Math.min(4, Math.floor(5 * share + 1e-9))}`;
    cell.textContent = share === null ? "–" : `${wholePercent(share)} (${cell.dataset.before})`;
  }
}

/* The plan as a ring in both pictures; beyond an axis it stays at its end. */
function spots(plan) {
  const mark = (id, x, y) => {
    const svg = byId(id);
    const group = byId(`${id}-now`);
    if (!svg || !group) return;
    if (!plan || same(plan.starts, content.base.starts)) return group.replaceChildren();
    const at = (name, amount) => {
      const [low, high, from, to] = svg.dataset[name].split(" ").map(Number);
      const share = Math.min(1, Math.max(0, (amount - low) / (high - low)));
      return from + share * (to - from);
    };
    const made = (kind, attributes, text) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", kind);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      if (text) element.textContent = text;
      return element;
    };
    const [cx, cy] = [at("x", x), at("y", y)];
    group.replaceChildren(
      made("circle", { cx, cy, r: 8 }),
      made("text", { x: cx, y: cy + 24, "text-anchor": "middle" }, words.now)
    );
  };
  const [first, second] = content.axes;
  mark("trade-off", plan && plan.indices[first], plan && plan.indices[second]);
  mark("value", plan && plan.cost.reduce((a, b) => a + b, 0), plan && plan.value);
}

function refresh() {
  controls();
  number++;
  const found = before();
  if (found) {
    if (asked) {
      dismiss();
      asked = null;
      byId("stop").disabled = true;
    }
    if (!found.plan) return nothing(words.none);
    const how = found.searched ? "again" : same(moved, start) ? "workbook" : "beforehand";
    return show(found.plan, "ended", `(${words[how]})`);
  }
  if (unable) return nothing(unable, "failed");
  badge("searching", words.searching, "");
  ask();
}

/* ---- scenario file ---- */

function scenario() {
  const made = { schema: 1, case: content.case, files: content.files };
  const shares = Object.entries(moved.money);
  const set = {};
  if (shares.every(([, each]) => each === shares[0][1])) {
    if (shares[0][1] !== 100) made.budget = `${shares[0][1]}%`;
  } else {
    for (const [fund, percent] of shares)
      if (percent !== 100)
        content.years.forEach((year, t) => {
          const amount = Program.thousandths(content.funds[fund].thousandths[t], percent);
          set[`fund.${fund}.${year}`] = amount / 1000;
        });
  }
  if (!same(moved.weights, start.weights))
    for (const [name, weight] of Object.entries(moved.weights)) set[`weight.${name}`] = weight;
  for (const [shock, on] of Object.entries(moved.shocks))
    if (on !== start.shocks[shock])
      set[`likelihood.${shock}`] = on ? content.likelihoods[shock] : 0;
  if (Object.keys(set).length) made.set = set;
  const forced = Object.entries(moved.force);
  const must = forced.filter(([, choice]) => choice !== "out").map(([id, choice]) => (choice === "in" ? id : choice));
  const never = forced.filter(([, choice]) => choice === "out").map(([id]) => id);
  if (must.length) made.must = must;
  if (never.length) made.never = never;
  return made;
}

function save() {
  const text = JSON.stringify(scenario(), null, 2) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "scenario.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* ---- controls ---- */

const percent = (input) => Math.max(0, Math.min(1000, Math.round(Number(input.value) || 0)));

for (const input of every("[data-fund]"))
  input.addEventListener("change", () => move((next) => (next.money[input.dataset.fund] = percent(input))));
for (const id of ["money-all", "money-all-number"])
  if (byId(id))
    byId(id).addEventListener("change", () =>
      move((next) => {
        for (const fund of Object.keys(next.money)) next.money[fund] = percent(byId(id));
      })
    );
for (const input of every("[data-fund][type=range], #money-all"))
  input.addEventListener("input", () => {
    const other = input.id === "money-all" ? byId("money-all-number") : input.nextElementSibling;
    other.value = input.value;
  });
for (const input of every("[data-weight]"))
  input.addEventListener("change", () => move((next) => (next.weights[input.dataset.weight] = Number(input.value))));
for (const box of every("[data-shock]"))
  box.addEventListener("change", () => move((next) => (next.shocks[box.dataset.shock] = box.checked)));
for (const select of every("[data-force]"))
  select.addEventListener("change", () =>
    move((next) => (next.force[select.dataset.force] = select.value.replace(/^=/, "")))
  );
for (const id of ["gap", "seconds"])
  byId(id).addEventListener("change", () => {
    strict = true;
    if (!before()) refresh();
  });
byId("undo").addEventListener("click", () => {
  if (!past.length) return;
  moved = past.pop();
  refresh();
});
byId("reset").addEventListener("click", () => {
  past.push(moved);
  moved = copy(start);
  refresh();
});
byId("stop").addEventListener("click", stopSearching);
byId("save").addEventListener("click", save);

document.documentElement.classList.add("live");
const preparing = prepare();
preparing.then(
  () => {
    document.documentElement.dataset.solver = "ready";
    if (shown) investments(shown);
  },
  (error) => {
    unable = say("no_solver", { reason: error.message });
    document.documentElement.dataset.solver = "none";
  }
);
