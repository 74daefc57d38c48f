/* Asks the worker, hears it, and refuses what breaks a demand. */
"use strict";

let program = null;
let worker = null;
let spare = null;
let question = null;
let number = 0;
let unable = "";
let solver = null;
let source = "";

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream);
}

async function prepare() {
  if (!("DecompressionStream" in window) || !("WebAssembly" in window) || !("Worker" in window))
    throw new Error(words.old_browser);
  program = new Program(read(await (await unpacked("packed-program")).text()));
  solver = await WebAssembly.compile(await (await unpacked("packed-solver")).arrayBuffer());
  source = URL.createObjectURL(await (await unpacked("packed-worker")).blob());
  worker = hired();
  await worker.ready;
  worker.thread.postMessage({ kind: "warm", ...program.question(program.stated(start), null) });
  answerAtOnce(start);
  spare = hired();
}

/* A thread with the solver in it. A search that runs can only be ended with its thread: a spare one
 * stands ready. */
function hired() {
  const made = { thread: new Worker(source) };
  made.ready = new Promise((resolve, reject) => {
    let loaded = false;
    const fail = (text) => {
      if (!loaded) reject(new Error(text));
      else if (made === worker && question) failed(text);
    };
    made.thread.onmessage = ({ data }) => {
      if (data.kind === "ready") {
        loaded = true;
        resolve();
      } else if (data.kind === "error") fail(data.text);
      else if (made === worker) heard(data);
    };
    made.thread.onerror = (event) => {
      event.preventDefault();
      fail(event.message || "worker");
    };
  });
  made.ready.catch(() => {});
  made.thread.postMessage({ kind: "load", solver });
  return made;
}

/* End what is being searched, if anything is. */
function dismiss() {
  if (!question) return;
  question = null;
  byId("stop").disabled = true;
  worker.thread.terminate();
  worker = spare;
  spare = hired();
}

async function ask() {
  const mine = ++number;
  dismiss();
  try {
    await preparing;
    await worker.ready;
  } catch (error) {
    if (mine === number) unableTo(error);
    return;
  }
  if (mine !== number) return;
  const stated = program.stated(moved);
  const bound = transferred(stated);
  if (bound === -Infinity) {
    answers.set(JSON.stringify(moved), { plan: null, searched: true });
    return nothing(words.none);
  }
  const gap = Number(byId("gap").value);
  const steps = program.steps(stated).length;
  question = { steps, number: mine, stated, moved: copy(moved), began: performance.now(), best: null, bound: Number.isFinite(bound) ? bound : null };
  byId("stop").disabled = false;
  worker.thread.postMessage({
    ...program.question(stated, bestAtOnce(stated, moved), bound),
    number: mine,
    seconds: Number(byId("seconds").value),
    gap,
  });
}

function heard(message) {
  if (!question || message.number !== question.number) return;
  if (message.kind === "better") question.best = message.values;
  if (message.kind === "progress") {
    question.bound = Number.isFinite(message.bound) ? message.bound : question.bound;
    if (Number.isFinite(message.best) && Number.isFinite(message.bound) && Math.abs(message.best) < 1e20)
      byId("progress").textContent = say("so_far", {
        value: points(message.best),
        bound: above(message.bound),
      });
  }
  if (message.kind === "step")
    byId("progress").textContent = say("step", { step: message.step, steps: question.steps });
  if (message.kind === "first") first(message);
  if (message.kind === "answer") answered(message);
}

/* A plan to look at while the search goes on; rechecked as every answer is. */
function first({ bound, values }) {
  const { stated, moved: at } = question;
  if (program.broken(stated, values).length) return;
  const plan = program.plan(stated, at, values);
  question.bound = bound;
  unfinished(plan, bound, at);
}

function answered({ stop, bound, off, values }) {
  const { stated, moved: at, began } = question;
  question = null;
  byId("stop").disabled = true;
  const seconds = rounded((performance.now() - began) / 1000, 1);
  const how = `(${say("here", { seconds })})`;
  if (!values) {
    if (stop === "infeasible") {
      answers.set(JSON.stringify(at), { plan: null, searched: true });
      nothing(words.none);
    } else nothing(words.nothing);
    return;
  }
  const broken = program.broken(stated, values);
  if (broken.length) return nothing(say("broken", { row: broken[0] }), "failed");
  const plan = program.plan(stated, at, values);
  Object.assign(plan, { bound, off });
  answers.set(JSON.stringify(at), { plan, searched: true });
  show(plan, stop, how, at);
}

/* Stopped by hand: the best plan so far is settled by the other worker, which searches no further. */
async function stopSearching() {
  if (!question || question.stopping) return;
  const before = question;
  dismiss();
  if (!before.best) return nothing(words.nothing);
  question = { ...before, number: ++number, stopping: true };
  try {
    await worker.ready;
  } catch (error) {
    return failed(error.message);
  }
  if (question && question.number === number)
    worker.thread.postMessage({
      ...program.question(before.stated, null),
      number: question.number,
      only: before.best,
      bound: before.bound,
    });
}

function failed(reason) {
  dismiss();
  nothing(say("failed", { reason }), "failed");
}

function unableTo(error) {
  unable = say("no_solver", { reason: error.message });
  nothing(unable, "failed");
}
