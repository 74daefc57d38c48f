/* What is shown: the tables, the lists of what changes, the ring in the pictures. */
"use strict";

let shown = content.base;

/* What stands there is of the last answer, until there is another. */
function searching() {
  badge("searching", shown ? words.searching_below : words.searching, "");
}

function nothing(text, kind = "none") {
  shown = null;
  badge(kind, text, "");
  table(null);
}

function show(plan, stop, how) {
  shown = plan;
  certify(plan, stop, how);
  table(plan);
}

/* The best known plan for what is asked, if one fits; it is no answer yet. */
function instantly() {
  const found = answerAtOnce(moved);
  if (!found) return searching();
  shown = found.plan;
  table(shown);
  const share = distance({ ...shown, bound: found.bound });
  const text = Number.isFinite(share) ? say("first", { share: `${atMost(100 * share)} %` }) : words.at_once;
  badge("searching", text, "");
}

function list(id, items) {
  const all = items.length ? items : [words.nothing_enters];
  byId(id).replaceChildren(
    ...all.map((text) => Object.assign(document.createElement("li"), { textContent: text }))
  );
}

function table(plan) {
  for (const cell of every("[data-index]")) {
    const name = cell.dataset.index;
    cell.textContent = plan ? points(name ? plan.indices[name] : plan.value) : "–";
  }
  const cost = plan && plan.cost.reduce((one, other) => one + other, 0);
  byId("cost").textContent = plan ? money(cost) : "–";
  byId("cost").dataset.amount = plan ? cost : "";
  differences(plan);
  investments(plan);
  payments(plan);
  services(plan);
  spots(plan);
}

function differences(plan) {
  const ours = content.base.starts;
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
      found[`${start.option} ${start.year}`] = start.cost.reduce((a, b) => a + b, 0) / 1000;
  return found;
};

function investments(plan) {
  const cost = costs();
  for (const row of every("[data-investment]")) {
    const options = content.investments[row.dataset.investment];
    const taken = plan && options.find((option) => option in plan.starts);
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
      ? content.funds[fund].thousandths.map((amount) => Program.thousandths(amount, moved.money[fund]) / 1000)
      : null;
    const paid = plan ? (fund ? plan.paid[fund] : plan.cost) : content.years.map(() => 0);
    const sum = (all) => all.reduce((a, b) => a + b, 0);
    const text = (amount, of) => (!plan ? "–" : of === null ? money(amount) : say(amount > of + 0.0005 ? "beyond" : "of", { paid: money(amount), there: money(of) }));
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
