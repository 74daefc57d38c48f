/* What is shown: pictures, tiles, tables, the lists of what changes. */
"use strict";

let shown = content.base;
let shownAt = start;

/* What stands there is of the last answer, until there is another. */
function searching() {
  badge("searching", shown ? words.searching_below : words.searching, "");
}

function nothing(text, kind = "none") {
  badge(kind, text, "");
  table(null);
}

function show(plan, stop, how, at = copy(moved)) {
  certify(plan, stop, how);
  table(plan, at);
}

/* The best known plan for what is asked, if one fits; it is no answer yet. */
function instantly() {
  const found = answerAtOnce(moved);
  if (!found) return searching();
  unfinished(found.plan, found.bound);
}

/* A plan to look at while better ones may be found. */
function unfinished(plan, bound, at = copy(moved)) {
  table(plan, at);
  const share = distance({ ...plan, bound });
  const text = Number.isFinite(share) ? say("first", { share: `${atMost(100 * share)} %` }) : words.at_once;
  badge("searching", text, "");
  byId("badge").dataset.value = plan.value;
  byId("badge").dataset.bound = Number.isFinite(bound) ? bound : "";
}

function list(id, items) {
  const all = items.length ? items : [words.nothing_enters];
  byId(id).replaceChildren(
    ...all.map((text) => Object.assign(document.createElement("li"), { textContent: text }))
  );
}

/* Draws a plan, and says everything of it; `at` is what was asked of it. */
function table(plan, at = copy(moved)) {
  shown = plan;
  shownAt = at;
  byId("headline").textContent = told(plan, at);
  byId("changes").textContent = changesTold(at);
  indexBars(plan, at);
  moneyColumns(plan, at);
  tiles(plan);
  beside(plan, at);
  for (const cell of every("[data-index]")) {
    const name = cell.dataset.index;
    cell.textContent = plan ? points(name ? plan.indices[name] : plan.value) : "–";
  }
  const cost = plan && total(plan.cost);
  byId("cost").textContent = plan ? money(cost) : "–";
  byId("cost").dataset.amount = plan ? cost : "";
  differences(plan);
  investments(plan);
  payments(plan, at);
  services(plan);
  spots(plan);
}

function differences(plan) {
  const ours = reference.plan ? reference.plan.starts : {};
  byId("difference").hidden = !plan || samePlan(plan, reference.plan);
  const theirs = plan ? plan.starts : {};
  const named = (option) => `${content.options[option]} (${option})`;
  list("enters", Object.keys(theirs).filter((option) => !(option in ours)).map(named));
  list("leaves", plan ? Object.keys(ours).filter((option) => !(option in theirs)).map(named) : []);
  list(
    "moves",
    Object.keys(theirs)
      .filter((option) => option in ours && ours[option] !== theirs[option])
      .map((option) => say("moves", { option, before: ours[option], after: theirs[option] }))
  );
}

const costs = () => {
  const found = {};
  if (program)
    for (const start of program.starts)
      found[`${start.option} ${start.year}`] = total(start.cost) / 1000;
  return found;
};

/* Whether an investment is in, as which option, and from when. */
function stateOf(options, plan) {
  if (!plan) return "–";
  const taken = takenOf(options, plan);
  if (!taken) return words.not_taken;
  const begins = say("from", { year: plan.starts[taken] });
  return options.length === 1 ? begins : `${taken}, ${begins}`;
}

function investments(plan) {
  const cost = costs();
  for (const row of every("[data-investment]")) {
    const options = content.investments[row.dataset.investment];
    const taken = plan && takenOf(options, plan);
    row.className = taken ? "in" : "";
    row.querySelector(".state").textContent = stateOf(options, plan);
    const amount = taken && cost[`${taken} ${plan.starts[taken]}`];
    row.querySelector(".cost").textContent = amount === undefined || !taken ? "" : money(amount);
  }
}

function payments(plan, at) {
  for (const row of every("[data-paid]")) {
    const fund = row.dataset.paid;
    const there = fund
      ? content.years.map((_year, t) => amountGiven(fund, t, at.money[fund]))
      : null;
    const paid = plan ? (fund ? plan.paid[fund] : plan.cost) : content.years.map(() => 0);
    const text = (amount, of) => (!plan ? "–" : of === null ? money(amount) : say(amount > of + 0.0005 ? "beyond" : "of", { paid: money(amount), there: money(of) }));
    [...row.querySelectorAll("td")].forEach((cell, t) => {
      const last = t === content.years.length;
      const of = there === null ? null : last ? total(there) : there[t];
      cell.textContent = text(last ? total(paid) : paid[t], of);
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
    if (!plan || samePlan(plan, content.base)) return group.replaceChildren();
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
  mark("value", plan && total(plan.cost), plan && plan.value);
}

function refresh() {
  controls();
  writeLink();
  if (question && same(question.moved, moved)) return;
  number++;
  const found = before();
  if (found) {
    dismiss();
    if (!found.plan) return nothing(words.none);
    const how = found.searched ? "again" : same(moved, start) ? "workbook" : "precomputed";
    return show(found.plan, "ended", `(${words[how]})`);
  }
  if (unable) return nothing(unable, "failed");
  instantly();
  ask();
}
