/* For a room: one picture at a time in large type, then prepared questions with their answers. */
"use strict";

const PICTURES = ["answer", "indices", "money", "plan"];
const KEPT_QUESTIONS = `choosebattles ${content.case} ${content.files.map((file) => file.sha256.slice(0, 12)).join(" ")}`;

let scene = -1;
let beforeScenes = null;
let own = ownQuestions();

/* What was asked here before; a browser that keeps nothing has none. */
function ownQuestions() {
  try {
    const kept = read(localStorage.getItem(KEPT_QUESTIONS) || "[]");
    return kept.filter((each) => isTree(each) && typeof each.title === "string" && isTree(each.scenario));
  } catch (_error) {
    return [];
  }
}

function keepQuestions(questions) {
  own = questions;
  try {
    localStorage.setItem(KEPT_QUESTIONS, JSON.stringify(own));
  } catch (_error) {
    byId("opened").textContent = words.not_kept;
  }
  listQuestions();
}

const questions = () => [...content.questions, ...own];

/* The settings of a question; throws a refusal where this page cannot be asked that. A question of
 * the workbook says only what it changes, and this page may have been made with other numbers. */
function settingsOf({ scenario: asks, money: sums = {} }) {
  const set = { ...scenario(start).set, ...asks.set };
  const next = understood(JSON.stringify({ ...asks, set })).moved;
  for (const [fund, amount] of Object.entries(sums)) next.money[fund] = shareOf(fund, amount);
  return next;
}

function pose(question) {
  try {
    step(settingsOf(question));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    byId("opened").textContent = say("question_refused", { reason: error.message });
  }
}

function listQuestions() {
  const button = (text, pressedDo) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", pressedDo);
    return made;
  };
  byId("questions").replaceChildren(
    ...questions().map((question) => {
      const item = document.createElement("li");
      item.append(button(question.title, () => pose(question)));
      if (own.includes(question)) {
        const remove = button("×", () => keepQuestions(own.filter((each) => each !== question)));
        remove.setAttribute("aria-label", say("question_remove", { title: question.title }));
        item.append(" ", remove);
      }
      return item;
    })
  );
}

function addQuestion() {
  const title = byId("question-text").value.trim() || changesTold(moved);
  byId("question-text").value = "";
  keepQuestions([...own, { title, note: "", scenario: scenario() }]);
}

/* ---- presented ---- */

/* Shows other settings without a step to be undone. */
function goTo(next) {
  if (same(next, moved)) return;
  moved = next;
  refresh();
}

function present(number) {
  const all = [...PICTURES.map((name) => ({ name })), ...questions().map((question) => ({ name: "question", question }))];
  if (scene < 0) {
    beforeScenes = moved;
    if (pressed) closeTile();
  }
  scene = Math.max(0, Math.min(all.length - 1, number));
  const { name, question } = all[scene];
  document.documentElement.classList.add("presenting");
  document.documentElement.dataset.scene = name;
  byId("presenter").hidden = false;
  byId("question").textContent = question ? question.title : "";
  byId("question-note").textContent = question ? question.note : "";
  byId("earlier").disabled = scene === 0;
  byId("later").disabled = scene === all.length - 1;
  byId("scene").textContent = say("scene", { number: scene + 1, all: all.length });
  try {
    goTo(question ? settingsOf(question) : beforeScenes);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    byId("question-note").textContent = say("question_refused", { reason: error.message });
    goTo(beforeScenes);
  }
}

function endPresenting() {
  scene = -1;
  document.documentElement.classList.remove("presenting");
  delete document.documentElement.dataset.scene;
  byId("presenter").hidden = true;
  byId("question").textContent = byId("question-note").textContent = "";
  goTo(beforeScenes);
  byId("present").focus();
}

const SCENE_KEYS = bare({
  ArrowRight: () => present(scene + 1),
  PageDown: () => present(scene + 1),
  ArrowLeft: () => present(scene - 1),
  PageUp: () => present(scene - 1),
  Home: () => present(0),
  End: () => present(Infinity),
  Escape: endPresenting,
});

document.addEventListener("keydown", (event) => {
  if (scene < 0 || event.altKey || event.ctrlKey || event.metaKey || !(event.key in SCENE_KEYS)) return;
  event.preventDefault();
  SCENE_KEYS[event.key]();
});
byId("present").addEventListener("click", () => {
  present(0);
  byId("later").focus();
});
byId("earlier").addEventListener("click", () => present(scene - 1));
byId("later").addEventListener("click", () => present(scene + 1));
byId("end").addEventListener("click", endPresenting);
byId("question-add").addEventListener("click", addQuestion);
listQuestions();
