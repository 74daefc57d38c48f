/* What the plan is compared with: the plan of the workbook, or one that was kept. */
"use strict";

const workbook = { kept: false, at: start, plan: content.base, proof: "" };
let reference = workbook;

const samePlan = (one, other) => Boolean(one && other) && same(Object.entries(one.starts).sort(), Object.entries(other.starts).sort());

function keep() {
  reference = { kept: true, at: shownAt, plan: shown, proof: byId("badge-says").textContent };
  table(shown, shownAt);
}

function release() {
  reference = workbook;
  table(shown, shownAt);
  byId("keep").focus();
}

/* The kept one is shown, and what was shown is kept. */
function swap() {
  const { at } = reference;
  if (shown) reference = { kept: true, at: shownAt, plan: shown, proof: byId("badge-says").textContent };
  if (same(at, moved)) table(shown, shownAt);
  else step(copy(at));
}

function beside(plan, at) {
  for (const name of every(".reference-name")) name.textContent = words[reference.kept ? "reference_kept" : "reference_workbook"];
  byId("beside").hidden = !reference.kept;
  if (!reference.kept) return;
  const only = (one, other) => {
    const found = Object.keys(one ? one.starts : {}).filter((option) => !other || !(option in other.starts));
    return found.map((option) => `${content.options[option]} (${option})`).join(", ") || words.nothing_enters;
  };
  const fill = (side, its, where, proof, other) => {
    const part = (name) => document.querySelector(`#beside .${side} .beside-${name}`);
    part("changes").textContent = changesTold(where);
    part("says").textContent = told(its, where);
    part("proof").textContent = proof;
    part("only").textContent = only(its, other);
  };
  fill("kept", reference.plan, reference.at, reference.proof, plan);
  fill("now", plan, at, byId("badge-says").textContent, reference.plan);
}
