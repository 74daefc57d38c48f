/* The two large pictures: indices, and money by year. The shapes stay; their places change. */
"use strict";

const share = (part) => `${(100 * Math.min(1, Math.max(0, part))).toFixed(2)}%`;

function place(shape, attributes) {
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
}

/* What the objective is today with other weights. */
function objectiveBefore(at) {
  const whole = total(Object.values(at.weights));
  return total(Object.entries(at.weights).map(([name, weight]) => (weight / whole) * content.before[name]));
}

function indexBars(plan, at) {
  const [low, high] = content.ends;
  const across = (amount) => (amount - low) / (high - low);
  const bar = (from, to) => ({ x: share(across(Math.min(from, to))), width: share(across(Math.max(from, to)) - across(Math.min(from, to))) });
  const alike = measuredAlike(at);
  const beside = reference.plan && !samePlan(plan, reference.plan) ? reference.plan : null;
  for (const row of every("[data-bar]")) {
    const name = row.dataset.bar;
    const of = (each) => (name ? each.indices[name] : each.value);
    const before = name ? content.before[name] : objectiveBefore(at);
    const most = name ? content.possible[name] : plan && typeof plan.bound === "number" && !content.stepwise ? plan.bound : null;
    const known = typeof most === "number" && (alike || !name);
    const part = (selector) => row.querySelector(selector);
    part(".after").textContent = plan ? pointsTold(of(plan)) : "–";
    part(".from").textContent = alike ? say("now_points", { points: pointsTold(before) }) : "";
    if (part(".most")) part(".most").textContent = !known ? "" : name ? say("of_possible", { points: points(most) }) : say("at_most", { points: above(most) });
    place(part("rect.gain"), bar(0, plan ? of(plan) : 0));
    place(part("rect.before"), bar(0, alike ? before : 0));
    place(part("rect.reference"), bar(0, beside ? of(beside) : 0));
    const end = share(across(known ? most : 0));
    place(part("line.possible"), { x1: end, x2: end, visibility: known ? "visible" : "hidden" });
  }
}

function moneyColumns(plan, at) {
  const beside = reference.plan && !samePlan(plan, reference.plan) ? reference.plan : null;
  const funds = Object.keys(content.funds);
  const there = content.years.map((_year, t) => total(funds.map((fund) => amountGiven(fund, t, at.money[fund]))));
  const paid = (each, t) => total(funds.map((fund) => each.paid[fund][t]));
  const spent = content.years.map((_year, t) => (plan ? paid(plan, t) : 0));
  const kept = content.years.map((_year, t) => (beside && beside.paid ? paid(beside, t) : 0));
  const most = 1.06 * Math.max(...there, ...spent, ...kept) || 1;
  const upright = (below, height) => ({ y: share(1 - (below + height) / most), height: share(height / most) });
  content.years.forEach((_year, t) => {
    const group = byId("columns").querySelector(`[data-column="${t}"]`);
    let below = 0;
    for (const fund of funds) {
      const amount = plan ? plan.paid[fund][t] : 0;
      for (const part of group.querySelectorAll(`[data-part="${CSS.escape(fund)}"]`)) place(part, upright(below, amount));
      below += amount;
    }
    place(group.querySelector(".there"), upright(0, there[t]));
    const height = share(1 - kept[t] / most);
    place(group.querySelector(".reference"), { y1: height, y2: height, visibility: beside ? "visible" : "hidden" });
    const says = document.querySelector(`[data-year="${t}"]`);
    says.querySelector(".spent").textContent = plan ? shortMoney(spent[t]) : "–";
    says.querySelector(".given").textContent = say("of_amount", { amount: shortMoney(there[t]) });
  });
}
