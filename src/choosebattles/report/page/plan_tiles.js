/* The plan along the years: a tile for every investment, and what is told and decided when it is pressed. */
"use strict";

const opener = bare(Object.fromEntries(every("[data-tile]").map((tile) => [tile.dataset.tile, tile])));
let pressed = "";

/* From where to where an option is built, and works. */
function life(option, begins) {
  const [build, works] = content.times[option];
  const [first] = content.years;
  const years = content.years.length;
  const within = (year) => Math.min(years, Math.max(0, year - first));
  const [from, built] = [within(begins), within(begins + build)];
  const ends = works === null ? years : within(begins + build + works);
  return { bar: { x: share(from / years), width: share((ends - from) / years) }, built: { x: share(from / years), width: share((built - from) / years) } };
}

const noBar = { width: "0%" };

/* What happens to an investment against the reference, as a word of the table; empty where nothing. */
function changeOf(options, plan) {
  if (!plan || !reference.plan) return "";
  const [ours, theirs] = [takenOf(options, reference.plan), takenOf(options, plan)];
  if (!ours && !theirs) return "";
  if (!ours) return "enters";
  if (!theirs) return "leaves";
  return ours !== theirs || reference.plan.starts[ours] !== plan.starts[theirs] ? "moves" : "";
}

function changeTold(change, options, plan) {
  if (change !== "moves") return change ? words[`tile_${change}`] : "";
  const [ours, theirs] = [takenOf(options, reference.plan), takenOf(options, plan)];
  if (ours !== theirs) return say("tile_option", { option: theirs, before: ours });
  return say("tile_moves", { year: plan.starts[theirs], before: reference.plan.starts[ours] });
}

function tiles(plan) {
  const cost = costs();
  for (const [id, tile] of Object.entries(opener)) {
    const options = content.investments[id];
    const taken = plan && takenOf(options, plan);
    const was = reference.plan && takenOf(options, reference.plan);
    const change = changeOf(options, plan);
    const force = moved.force[id];
    tile.className = ["tile", taken ? "in" : "", change, force ? "forced" : ""].filter(Boolean).join(" ");
    const now = taken ? life(taken, plan.starts[taken]) : null;
    place(tile.querySelector(".is"), now ? now.bar : noBar);
    place(tile.querySelector(".built"), now ? now.built : noBar);
    place(tile.querySelector(".was"), change && was ? life(was, reference.plan.starts[was]).bar : noBar);
    tile.querySelector(".title").textContent = content.options[taken || was || options[0]] || id;
    const flags = [changeTold(change, options, plan), force ? words[force === "out" ? "tile_kept_out" : "tile_kept_in"] : ""];
    tile.querySelector(".flag").textContent = flags.filter(Boolean).join(", ");
    tile.querySelector(".hidden-label").textContent = stateOf(options, plan);
    const amount = taken && cost[`${taken} ${plan.starts[taken]}`];
    if (program) tile.querySelector(".cost").textContent = amount === undefined || !taken ? "" : shortMoney(amount);
  }
  if (pressed) fillDialog();
}

/* ---- pressed ---- */

function press(id) {
  pressed = id;
  fillDialog();
  if (!byId("tile").open) byId("tile").show();
  byId("tile").scrollTop = 0;
  (byId("tile").querySelector("input:checked") || byId("tile-close")).focus();
}

function closeTile() {
  const id = pressed;
  pressed = "";
  byId("tile").close();
  if (id) opener[id].focus();
}

function why(id) {
  const { decided, why: out } = content.reasons[id];
  const force = moved.force[id];
  if (decided) return say("why_decided", { how: decided });
  if (force) return words[force === "out" ? "why_kept_out" : "why_kept_in"];
  const options = content.investments[id];
  const taken = shown && takenOf(options, shown);
  const there = takenOf(options, content.base);
  if (samePlan(shown, content.base) && same(shownAt, start)) return there ? (content.reasons[id].price ? words.why_in : words.why_taken) : out.join(" ");
  const here = taken ? words.why_taken : words.why_left;
  if (!shown) return "";
  return there || !out.length ? here : `${here} ${say("why_workbook", { why: out.join(" ") })}`;
}

/* With which other amounts of money the plans computed in advance take an investment. */
function withMoney(id) {
  const percents = Object.keys(content.budgets).map(Number).sort((one, other) => one - other);
  if (percents.length < 2) return "";
  const takes = percents.map((percent) => {
    const plan = content.budgets[percent];
    return Boolean(plan && takenOf(content.investments[id], plan));
  });
  const range = (from, to) => (from === to ? say("percent", { percent: from }) : say("percents", { from, to }));
  if (!takes.includes(true)) return say("money_never", { range: range(percents[0], percents.at(-1)) });
  const ranges = [];
  percents.forEach((percent, k) => {
    if (!takes[k]) return;
    if (k && takes[k - 1]) ranges.at(-1)[1] = percent;
    else ranges.push([percent, percent]);
  });
  return say("money_taken", { ranges: ranges.map(([from, to]) => range(from, to)).join(", ") });
}

/* What the last decision on an investment made of the objective. */
function effect(id) {
  const before = past.at(-1);
  const only = before && same({ ...before, force: null }, { ...moved, force: null }) && before.force[id] !== moved.force[id];
  if (!only || !shown || !same(shownAt, moved) || valueBefore === null) return "";
  return say("effect", { after: points(shown.value), before: points(valueBefore) });
}

function choices(id) {
  const options = content.investments[id];
  const all = [["", words.left_open], ["in", words.in], ["out", words.out]];
  if (options.length > 1) for (const option of options) all.push([`=${option}`, say("in_as", { option, title: content.options[option] })]);
  const force = moved.force[id] || "";
  const chosen = ["", "in", "out"].includes(force) ? force : `=${force}`;
  return all.map(([value, text]) => {
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "tile-choice", value, checked: value === chosen });
    input.addEventListener("change", () => move((next) => (next.force[pressed] = value.replace(/^=/, ""))));
    const label = document.createElement("label");
    label.className = "check";
    label.append(input, " ", text);
    return label;
  });
}

function fillDialog() {
  const id = pressed;
  const options = content.investments[id];
  const { price } = content.reasons[id];
  byId("tile-title").textContent = `${opener[id].querySelector(".title").textContent} (${id})`;
  byId("tile-state").textContent = stateOf(options, shown);
  byId("tile-why").textContent = why(id);
  const free = "force" in opener[id].dataset;
  byId("tile-price").textContent = price ? say("tile_price", { price }) : free && !content.stepwise ? words.tile_unpriced : "";
  byId("tile-money").textContent = withMoney(id);
  byId("tile-effect").textContent = effect(id);
  const fieldset = byId("tile-choices");
  const force = moved.force[id] || "";
  fieldset.hidden = !free;
  if (!free || (fieldset.dataset.of === id && fieldset.dataset.force === force)) return;
  const inside = fieldset.contains(document.activeElement);
  fieldset.dataset.of = id;
  fieldset.dataset.force = force;
  fieldset.replaceChildren(fieldset.querySelector("legend"), ...choices(id));
  if (inside) fieldset.querySelector("input:checked").focus();
}
