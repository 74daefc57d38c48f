/* The controls, and what begins when the page opens. */
"use strict";

/* A slider moves, then stands still. */
function moves(input, change) {
  if (input.type === "range") input.addEventListener("input", () => glide(change));
  input.addEventListener("change", () => move(change));
}
for (const input of every("[data-money]")) moves(input, (next) => funded(next, input));
for (const input of every("[data-weight]"))
  moves(input, (next) => (next.weights[input.dataset.weight] = Number(input.value)));
for (const input of every("[data-criterion]"))
  moves(input, (next) => (next.criteria[input.dataset.criterion] = Number(input.value)));
for (const box of every("[data-shock]"))
  box.addEventListener("change", () => move((next) => (next.shocks[box.dataset.shock] = box.checked)));
for (const [id, tile] of Object.entries(opener)) tile.addEventListener("click", () => press(id));
byId("tile-close").addEventListener("click", closeTile);
byId("tile").addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeTile();
});
byId("keep").addEventListener("click", keep);
byId("swap").addEventListener("click", swap);
byId("release").addEventListener("click", release);
for (const id of ["gap", "seconds"])
  byId(id).addEventListener("change", () => {
    strict = true;
    refresh();
  });
/* The control that was pressed last may become idle: the focus then goes to its neighbour. */
function again(from, to, other) {
  if (!from.length) return;
  to.push(moved);
  moved = from.pop();
  valueBefore = null;
  refresh();
  if (document.activeElement === document.body) byId(other).focus();
}
byId("undo").addEventListener("click", () => again(past, undone, "redo"));
byId("redo").addEventListener("click", () => again(undone, past, "undo"));
byId("reset").addEventListener("click", () => {
  step(copy(start));
  if (document.activeElement === document.body) byId("undo").focus();
});
byId("stop").addEventListener("click", stopSearching);
byId("save").addEventListener("click", save);
byId("link").addEventListener("click", copyLink);
window.addEventListener("hashchange", readLink);
byId("open").addEventListener("click", () => byId("scenario-file").click());
byId("scenario-file").addEventListener("change", () => {
  const [file] = byId("scenario-file").files;
  byId("scenario-file").value = "";
  if (file) opened(file);
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) opened(file);
});

controls();
document.documentElement.classList.add("live");
const preparing = prepare();
readLink();
preparing.then(
  () => {
    document.documentElement.dataset.solver = "ready";
    table(shown, shownAt);
  },
  (error) => {
    unable = say("no_solver", { reason: error.message });
    document.documentElement.dataset.solver = "none";
  }
);
