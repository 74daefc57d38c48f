/* What the page was told, and how it says sentences and numbers. */
"use strict";

const isTree = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/* Names are the user's: without a prototype, "constructor" is in nothing that does not have it. */
const bare = (tree) => Object.assign(Object.create(null), tree);
const read = (text) => JSON.parse(text, (_key, value) => (isTree(value) ? bare(value) : value));

const content = read(document.getElementById("page-content").textContent);
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
const pointsTold = (value) => (value === 0 ? "0" : points(value));
const money = (value) => rounded(value, content.decimals);
const shortMoney = (value) => rounded(value, content.shortDecimals);
/* What nothing exceeds, never rounded down. */
const above = (value) => points(Math.ceil(10 * value - 1e-6) / 10);

/* A promise that holds: rounded up in its second digit. */
function atMost(value) {
  if (value <= 0) return "0";
  const digits = 1 - Math.floor(Math.log10(value));
  return String(Number((Math.ceil(value * 10 ** digits - 1e-9) / 10 ** digits).toPrecision(3)));
}

function wholePercent(share) {
  if (share >= 0.995 && share < 1 - 1e-9) return say("more_than", { share: 99 });
  if (share > 0 && 100 * share < 0.5) return say("less_than", { share: 1 });
  return `${rounded(100 * share, 0)} %`;
}
