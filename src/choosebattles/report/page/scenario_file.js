/* A scenario file: what was changed, by the names of the numbers. Written here, and read again. */
"use strict";

const SCENARIO_BYTES = 1000000;
const SCENARIO_KEYS = ["schema", "case", "files", "budget", "set", "must", "never"];
const MOST_PERCENT = 1000;

/** Why a scenario cannot be opened, in a sentence. */
class Refused extends Error {}

function refusal(name, values) {
  return new Refused(say(name, values));
}

/* Names are compared as choosebattles does it: capitals do not matter. */
const plain = (name) => String(name).trim().toLowerCase();

const amounts = (fund, percent) =>
  content.years.map((year, t) => [
    `fund.${fund}.${year}`,
    Program.thousandths(content.funds[fund].thousandths[t], percent) / 1000,
  ]);

/* ---- written ---- */

function scenario(at = moved) {
  const made = { schema: 1, case: content.case, files: content.files };
  const set = { ...content.numbers };
  const shares = Object.entries(at.money);
  if (content.funded) Object.assign(set, ...shares.map(([fund, share]) => Object.fromEntries(amounts(fund, share))));
  else if (Number.isInteger(shares[0][1]) && shares.every(([, share]) => share === shares[0][1])) {
    if (shares[0][1] !== 100) made.budget = `${shares[0][1]}%`;
  } else
    for (const [fund, share] of shares)
      if (share !== 100) Object.assign(set, Object.fromEntries(amounts(fund, share)));
  /* What counts goes first: never is there a moment at which nothing does. */
  const weigh = (weights, before) => {
    if (Object.entries(weights).every(([name, weight]) => weight === before[name])) return;
    const ordered = Object.entries(weights).sort(([, one], [, other]) => other - one);
    for (const [name, weight] of ordered) set[`weight.${name}`] = weight;
  };
  weigh(apart(at.weights), start.weights);
  for (const group of Object.values(content.criteria))
    weigh(Object.fromEntries(Object.keys(group).map((criterion) => [criterion, at.criteria[criterion]])), start.criteria);
  for (const [shock, on] of Object.entries(at.shocks))
    if (on !== start.shocks[shock]) set[`likelihood.${shock}`] = on ? content.likelihoods[shock] : 0;
  if (Object.keys(set).length) made.set = set;
  const forced = Object.entries(at.force);
  const must = forced.filter(([, choice]) => choice !== "out").map(([id, choice]) => (choice === "in" ? id : choice));
  const never = forced.filter(([, choice]) => choice === "out").map(([id]) => id);
  if (must.length) made.must = must;
  if (never.length) made.never = never;
  return made;
}

/* Where weights say which objective goes first, no two may be the same at any moment, though they
 * are changed one after the other: larger ones, in the same order, never meet those before. */
function apart(weights) {
  if (!content.stepwise || same(weights, start.weights)) return weights;
  const before = Object.values(start.weights);
  for (let times = 1; ; times *= 2) {
    const larger = Object.entries(weights).map(([name, weight]) => [name, times * weight]);
    if (larger.every(([name, weight]) => weight === start.weights[name] || weight === 0 || !before.includes(weight)))
      return Object.fromEntries(larger);
  }
}

function save() {
  const text = JSON.stringify(scenario(), null, 2) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "scenario.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* ---- read ---- */

/* What a scenario moves, and what must be known of it. Throws a refusal where anything in it is
 * not understood: a scenario is opened whole or not at all. */
function understood(text) {
  const tree = parsed(text);
  const note = madeFor(tree);
  const next = copy(start);
  const set = new Map();
  if (tree.set !== undefined && !isTree(tree.set)) throw refusal("scenario_part", { part: "set" });
  for (const [name, number] of Object.entries(tree.set || {})) {
    if (typeof number !== "number" || !(Math.abs(number) <= 1e15)) throw refusal("scenario_number", { name });
    set.set(plain(name), [name, number]);
  }
  const take = (name) => {
    const found = set.get(plain(name));
    set.delete(plain(name));
    return found && found[1];
  };
  for (const [name, number] of Object.entries(content.numbers))
    if (take(name) !== number) throw refusal("scenario_without", { name, number });
  next.money = shares(tree, take);
  for (const group of [next.weights, next.criteria])
    for (const name of Object.keys(group)) {
      const weight = take(`weight.${name}`);
      if (weight === undefined) continue;
      if (weight < 0) throw refusal("scenario_range", { name: `weight.${name}`, number: weight, expected: words.zero_or_more });
      group[name] = weight;
    }
  for (const name of Object.keys(next.shocks)) {
    const likelihood = take(`likelihood.${name}`);
    if (likelihood === undefined) continue;
    const on = content.likelihoods[name];
    if (likelihood !== 0 && likelihood !== on)
      throw refusal("scenario_range", { name: `likelihood.${name}`, number: likelihood, expected: say("zero_or", { number: on }) });
    next.shocks[name] = likelihood !== 0;
  }
  for (const [name] of set.values()) throw refusal("scenario_unknown", { name });
  next.force = decisions(tree);
  const why = senseless(next);
  if (why) throw new Refused(why);
  return { moved: next, note };
}

function parsed(text) {
  let tree = null;
  try {
    tree = read(text.replace(/^\uFEFF/, ""));
  } catch (_error) {
    throw refusal("scenario_json");
  }
  if (!isTree(tree)) throw refusal("scenario_json");
  for (const name of Object.keys(tree)) if (!SCENARIO_KEYS.includes(name)) throw refusal("scenario_key", { name });
  if (tree.schema !== 1) throw refusal("scenario_schema");
  return tree;
}

/* A note where it was made for another version of the workbook; refused where for another case. */
function madeFor(tree) {
  const files = tree.files === undefined ? [] : tree.files;
  if (!Array.isArray(files) || !files.every((file) => isTree(file) && file.name && file.sha256))
    throw refusal("scenario_part", { part: "files" });
  const ours = new Map(content.files.map((file) => [file.name, file.sha256]));
  const digests = new Set(ours.values());
  const strange = files.filter((file) => !digests.has(file.sha256));
  if (!strange.length) return "";
  if (!files.some((file) => ours.has(file.name) || digests.has(file.sha256)))
    throw refusal("scenario_other", { theirs: files.map((file) => file.name).join(", "), ours: content.case });
  return say("scenario_version", { name: strange.map((file) => file.name).join(", ") });
}

/* The share of every fund, in percent; `take` hands out the numbers that are set. */
function shares(tree, take) {
  let all = 100;
  if (tree.budget !== undefined) {
    const typed = /^\s*(\d{1,4})\s*%\s*$/.exec(tree.budget);
    all = typed && !content.funded ? Number(typed[1]) : -1;
    if (!(all >= 0 && all <= MOST_PERCENT)) throw refusal("scenario_budget", { budget: tree.budget, most: MOST_PERCENT });
  }
  const found = {};
  for (const fund of Object.keys(start.money)) {
    const wanted = amounts(fund, all).map(([name, there]) => {
      const amount = take(name);
      if (amount === undefined && content.funded) throw refusal("scenario_without_fund", { name });
      return amount === undefined ? there : amount;
    });
    const fits = (share) => amounts(fund, share).every(([, there], t) => there === wanted[t]);
    const likely = [all, 100, ...Array(MOST_PERCENT + 1).keys(), shareOf(fund, total(wanted))];
    const share = likely.find(fits);
    if (share === undefined) throw refusal("scenario_fund", { fund: content.funds[fund].title, most: MOST_PERCENT });
    found[fund] = share;
  }
  return found;
}

function decisions(tree) {
  const force = bare({});
  for (const part of ["must", "never"]) {
    const ids = tree[part] === undefined ? [] : tree[part];
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) throw refusal("scenario_part", { part });
    for (const id of ids) {
      const [investment, choice] = decision(id, part);
      if (!every("[data-force]").some((control) => control.dataset.force === investment)) throw refusal("scenario_decided", { id });
      if (investment in force && force[investment] !== choice) throw refusal("scenario_twice", { id: investment });
      force[investment] = choice;
    }
  }
  return force;
}

/* The investment that an id decides, and how. */
function decision(id, part) {
  for (const [investment, options] of Object.entries(content.investments)) {
    const option = options.find((option) => plain(option) === plain(id));
    const whole = plain(investment) === plain(id) || (option && options.length === 1);
    if (whole) return [investment, part === "must" ? "in" : "out"];
    if (option && part === "must") return [investment, option];
    if (option) throw refusal("scenario_option", { id, investment });
  }
  throw refusal("scenario_unknown", { name: id });
}

const opened = (file) =>
  openScenario(file.name, () => {
    if (file.size > SCENARIO_BYTES) throw refusal("scenario_large");
    return file.text();
  });

/* Opens what `text` returns, or says why not; `name` is what it is called. */
async function openScenario(name, text) {
  const report = (says) => (byId("opened").textContent = says);
  try {
    const all = await text();
    await preparing.catch(() => {});
    const { moved: next, note } = understood(all);
    report([say("scenario_opened", { name }), note].filter(Boolean).join(" "));
    if (!same(next, moved)) step(next);
  } catch (error) {
    if (!(error instanceof Refused)) return report(say("scenario_unreadable", { name }));
    report(say("scenario_refused", { name, reason: error.message }));
  }
}
