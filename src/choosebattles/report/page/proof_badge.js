/* The badge: proved, within so many percent, or stopped. */
"use strict";

function badge(kind, text, how) {
  byId("badge").className = `badge ${kind}`;
  byId("badge-says").textContent = text;
  byId("badge-how").textContent = how;
  byId("badge").dataset.kind = kind;
  byId("progress").textContent = "";
  byId("keep").disabled = !["proven", "within", "stopped"].includes(kind);
  document.querySelector("#beside .now .beside-proof").textContent = text;
}

/* By how much another plan could be better, as a share. */
function distance({ off, bound, value }) {
  if (typeof off === "number") return off;
  return typeof bound === "number" ? Math.max(0, bound - value) / Math.max(1, Math.abs(value)) : Infinity;
}

/* Says of a plan that it is proved best, how far off the best it may be, or that the search was stopped. */
function certify(plan, stop, how) {
  const share = distance(plan);
  const within = { share: `${atMost(100 * share)} %` };
  if (share <= PROOF) badge("proven", words.proven, how);
  else if (!Number.isFinite(share)) badge("stopped", words.open, how);
  else if (stop === "stopped") badge("stopped", say("stopped", within), how);
  else if (stop === "time") badge("within", say("time", within), how);
  else badge("within", say("within", within), how);
  byId("badge").dataset.value = plan.value;
  byId("badge").dataset.bound = plan.bound ?? "";
}
