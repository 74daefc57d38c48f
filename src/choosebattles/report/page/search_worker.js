/* Searches in a thread of its own. Told: the files of HiGHS once, then one question after another.
 *
 * A question is a program in arrays: bounds, rows, coefficients, a goal, and how to settle what the
 * goal leaves open. It is answered with the values of all columns, the bound, and why it stopped.
 */
"use strict";

/* What HiGHS sees of a goal is this times as large: it takes for nothing what is below 1e-7. */
const SCALE = 1024;
const TOLERANCE = 1e-9;
/* The presolve rule of HiGHS 1.13 to 1.15 that may drop the best plan (ERGO-Code/HiGHS#3216). */
const PRESOLVE_RULE_OFF = 1 << 16;
const EVERY = 0.3;
/* Seconds spent on a program before anything is asked: code that has run is faster. */
const WARMING = 0.5;

let highs = null;

const OPTIONS = {
  output_flag: false,
  presolve_rule_off: PRESOLVE_RULE_OFF,
  random_seed: 0,
  primal_feasibility_tolerance: TOLERANCE,
  dual_feasibility_tolerance: TOLERANCE,
  mip_feasibility_tolerance: TOLERANCE,
};

/* The compiled solver is shared with the page, and with it what made it fast. */
async function load(compiled) {
  const instantiateWasm = (imports, done) => {
    WebAssembly.instantiate(compiled, imports).then(
      (instance) => done(instance, compiled),
      (error) => tell({ kind: "error", text: String(error) })
    );
    return {};
  };
  highs = await Module({ instantiateWasm });
}

function model(question, low, high, costs, offset, whole) {
  const scaled = Float64Array.from(costs, (cost) => SCALE * cost);
  const made = highs.createModel({
    numCols: low.length,
    numRows: question.rowLow.length,
    sense: highs.constants.objectiveSense.maximize,
    offset: SCALE * offset,
    colCost: scaled,
    colLower: low,
    colUpper: high,
    rowLower: question.rowLow,
    rowUpper: question.rowHigh,
    matrix: {
      format: "csr",
      numRows: question.rowLow.length,
      numCols: low.length,
      starts: question.starts,
      indices: question.columns,
      values: question.values,
    },
    ...(whole ? { integrality: whole } : {}),
  });
  made.options.set(OPTIONS);
  return made;
}

function ended(made, events) {
  const status = highs.constants.modelStatus;
  made.run(events);
  let now = made.getModelStatus();
  if (now === status.unboundedOrInfeasible || now === status.unbounded) {
    made.options.set({ presolve: "off" });
    made.run(events);
    now = made.getModelStatus();
  }
  if (now === status.optimal && !Number.isFinite(made.info.get("mip_dual_bound"))) {
    /* Nothing beats the start, and no bound is stated: without it there will be one. */
    made.clearSolver();
    made.run(events);
    now = made.getModelStatus();
  }
  return now;
}

/* One run of HiGHS over whole numbers, from a plan if one is known. */
function run(question, low, high, gap, begin) {
  const whole = new Int32Array(low.length);
  for (const column of question.whole) whole[column] = highs.constants.variableType.integer;
  const made = model(question, low, high, question.costs, question.offset, whole);
  try {
    made.options.set({
      time_limit: Math.max(0.1, question.until - performance.now() / 1000),
      mip_rel_gap: gap,
      mip_abs_gap: SCALE * Math.max(gap, 1e-9),
    });
    if (begin) {
      const indices = Int32Array.from(question.whole);
      made.setSolution({ indices, values: Float64Array.from(indices, (column) => begin[column]) });
    }
    let reported = -EVERY;
    const progress = (event) => {
      const { mip_primal_bound: best, mip_dual_bound: bound, running_time: now } = event.data;
      if (now - reported < EVERY) return;
      reported = now;
      progressed(question, best / SCALE, bound / SCALE);
    };
    const better = (event) => {
      const values = event.data.mip_solution;
      if (values) tell({ kind: "better", number: question.number, values });
    };
    const type = highs.constants.callbackType;
    const now = ended(made, {
      [type.mipLogging]: progress,
      [type.mipInterrupt]: progress,
      [type.mipImprovingSolution]: better,
    });
    const status = highs.constants.modelStatus;
    if (now === status.infeasible) return { stop: "infeasible", values: null, bound: null };
    const found = made.info.get("primal_solution_status") === 2;
    const bound = made.info.get("mip_dual_bound") / SCALE;
    return {
      stop: now === status.optimal ? "ended" : now === status.timeLimit ? "time" : "failed",
      values: found ? made.getSolution().colValue : null,
      bound: Number.isFinite(bound) ? bound : null,
    };
  } finally {
    made.dispose();
  }
}

function worth(question, values) {
  return values.reduce((sum, value, column) => sum + value * question.costs[column], question.offset);
}

/* A bound is raised by what a solver may round away, before anything is concluded from it. */
const raised = (bound) => bound + 1e-9 * Math.max(1, Math.abs(bound));

function progressed(question, best, bound) {
  const low = Math.max(question.value, Number.isFinite(best) ? best : -Infinity);
  if (question.steps.length) return;
  const high = Math.min(question.bound, Math.max(bound, question.target));
  tell({ kind: "progress", number: question.number, best: low, bound: high });
}

/* Known plans are tried first, the relaxation says what none exceeds, and the best of them is told
 * at once. Without one, first near the relaxation; then among all that may be worth more than a
 * target: the best known plan and a gap. What the prices of the relaxation show to be worth less is
 * fixed first. */
function search(question) {
  question.until = performance.now() / 1000 + question.seconds;
  Object.assign(question, { value: -Infinity, bound: question.most, target: -Infinity });
  let incumbent = null;
  const propose = (values) => {
    if (!values) return;
    const value = worth(question, values);
    if (value > question.value) [incumbent, question.value] = [values, value];
    question.target = question.value + Math.max(0.99 * question.gap, 5e-7) * Math.max(1, Math.abs(question.value));
    tell({ kind: "better", number: question.number, values: incumbent });
  };
  const enough = () => incumbent !== null && question.bound <= question.target;
  const ended = () => ({ stop: "ended", values: incumbent, bound: question.bound });
  propose(question.begin);
  if (enough()) return ended();
  const relaxed = relaxation(question);
  if (relaxed === "infeasible") return { stop: "infeasible", values: null, bound: null };
  const low = question.low.slice();
  const high = question.high.slice();
  let out = 0;
  /* Prices speak of the relaxation's own bound, even where a smaller one is known. */
  const priced = relaxed ? raised(relaxed.bound) : Infinity;
  question.bound = Math.min(question.bound, priced);
  if (enough()) return ended();
  if (incumbent) first(question, incumbent);
  if (relaxed) {
    if (!incumbent && question.gap >= 0.0005) {
      const near = [question.low.slice(), question.high.slice()];
      for (const column of question.whole) {
        if (relaxed.values[column] < 1e-6) near[0][column] = near[1][column] = 0;
      }
      propose(run(question, ...near, 0.2 * question.gap, incumbent).values);
      if (incumbent) first(question, incumbent);
      if (enough()) return ended();
    }
    for (const column of question.whole) {
      const there = relaxed.values[column];
      const price = relaxed.prices[column];
      const here = incumbent ? Math.round(incumbent[column]) : null;
      if (there < 1e-9 && here !== 1 && priced + price < question.target) {
        low[column] = high[column] = 0;
        out += 1;
      } else if (there > 1 - 1e-9 && here !== 0 && priced - price < question.target) {
        low[column] = high[column] = 1;
        out += 1;
      }
    }
  }
  const found = run(question, low, high, question.gap, incumbent);
  if (found.stop === "infeasible" && !incumbent) return found;
  propose(found.values);
  const least = out ? question.target : -Infinity;
  const bound = found.stop === "infeasible" ? least : found.bound === null ? null : Math.max(raised(found.bound), least);
  const known = bound === null ? question.bound : Math.min(bound, question.bound);
  return {
    stop: found.stop === "infeasible" ? "ended" : found.stop,
    values: incumbent,
    bound: Number.isFinite(known) ? known : null,
  };
}

/* One goal after the other: each is kept, but for its tolerance, while the next is raised. How far
 * a step may be from its best counts for the whole. */
function stepped(question) {
  const until = performance.now() / 1000 + question.seconds;
  let incumbent = null;
  let off = 0;
  for (const [number, { costs, offset, tolerance }] of question.steps.entries()) {
    tell({ kind: "step", number: question.number, step: number + 1 });
    const begin = incumbent || question.begin;
    const seconds = Math.max(0.1, until - performance.now() / 1000);
    const step = { ...question, costs, offset, begin, seconds, most: Infinity };
    const { stop, values, bound } = search(step);
    if (!values) return { stop, values: incumbent, bound: null, off: null };
    incumbent = values;
    const best = worth(step, values);
    const size = Math.max(1, Math.abs(best));
    off = bound === null ? Infinity : Math.max(off, (bound - best) / size);
    if (stop !== "ended") return { stop, values: incumbent, bound: null, off: null };
    question = keeping(question, costs, best - tolerance * size - offset);
  }
  const kept = question;
  return { kept, stop: "ended", values: incumbent, bound: null, off: Number.isFinite(off) ? off : null };
}

/* The question with one row more: a goal is at least so large. */
function keeping(question, costs, least) {
  const columns = [];
  costs.forEach((cost, column) => cost && columns.push(column));
  const joined = (kind, one, other) => {
    const all = new kind(one.length + other.length);
    all.set(one);
    all.set(other, one.length);
    return all;
  };
  return {
    ...question,
    rowLow: joined(Float64Array, question.rowLow, [least]),
    rowHigh: joined(Float64Array, question.rowHigh, [Infinity]),
    columns: joined(Int32Array, question.columns, columns),
    values: joined(Float64Array, question.values, columns.map((column) => costs[column])),
    starts: joined(Int32Array, question.starts, [question.columns.length + columns.length]),
  };
}

/* A plan to show while the search goes on, settled as the last one will be; the page settled its own. */
function first(question, incumbent) {
  if (question.steps.length || question.bound <= question.target) return;
  const values = incumbent === question.begin ? incumbent : settled(question, incumbent);
  if (values) tell({ kind: "first", number: question.number, bound: question.bound, values });
}

function relaxation(question) {
  const made = model(question, question.low, question.high, question.costs, question.offset, null);
  try {
    made.options.set({ time_limit: question.seconds });
    made.run();
    const status = highs.constants.modelStatus;
    const now = made.getModelStatus();
    if (now === status.infeasible) return "infeasible";
    if (now !== status.optimal) return null;
    const { colValue: values, colDual } = made.getSolution();
    const prices = colDual.map((dual) => dual / SCALE);
    return { values, prices, bound: made.info.get("objective_function_value") / SCALE };
  } finally {
    made.dispose();
  }
}

/* Starts are fixed; what they leave open is pushed, then who pays is chosen among the best. */
function settled(question, found) {
  const low = question.low.slice();
  const high = question.high.slice();
  for (const column of question.whole) low[column] = high[column] = Math.round(found[column]);
  const first = solved(question, low, high, question.settle.costs, question.settle.offset);
  if (!first) return null;
  const keep = new Float64Array(question.rowLow);
  const row = question.settle.row;
  let priced = 0;
  for (let k = question.starts[row]; k < question.starts[row + 1]; k++)
    priced += question.values[k] * first[question.columns[k]];
  keep[row] = priced - 1e-10 * Math.max(1, Math.abs(priced));
  const payments = new Set(question.settle.payments);
  for (let column = 0; column < low.length; column++)
    if (!payments.has(column)) low[column] = high[column] = first[column];
  const loose = { ...question, rowLow: keep.slice(), rowHigh: question.rowHigh.slice() };
  const kept = new Float64Array(keep.length);
  for (let i = 0; i < keep.length; i++)
    for (let k = question.starts[i]; k < question.starts[i + 1]; k++)
      kept[i] += question.values[k] * first[question.columns[k]];
  /* Rows that the first left a rounding error beyond their sides are not asked to mend it. */
  for (let i = 0; i < keep.length; i++) {
    loose.rowLow[i] = Math.min(loose.rowLow[i], kept[i]);
    loose.rowHigh[i] = Math.max(loose.rowHigh[i], kept[i]);
  }
  return solved(loose, low, high, question.settle.pay, 0) || first;
}

function solved(question, low, high, costs, offset) {
  const made = model(question, low, high, costs, offset, null);
  try {
    made.run();
    if (made.getModelStatus() !== highs.constants.modelStatus.optimal) return null;
    return made.getSolution().colValue;
  } finally {
    made.dispose();
  }
}

function answer(question) {
  let found = question.only;
  let answered = { stop: "stopped", bound: question.bound };
  if (!found) {
    answered = question.steps.length ? stepped(question) : search(question);
    found = answered.values;
  }
  const values = found ? settled(answered.kept || question, found) : null;
  if (found && !values) throw new Error("the plan found cannot be settled");
  tell({ kind: "answer", number: question.number, stop: answered.stop, bound: answered.bound, off: answered.off, values });
}

function tell(message) {
  self.postMessage(message);
}

/* Errors in asynchronous code of a worker are silent unless somebody relays them. */
self.addEventListener("unhandledrejection", (event) => {
  tell({ kind: "error", text: String(event.reason) });
});

self.onmessage = async (event) => {
  try {
    if (event.data.kind === "load") {
      await load(event.data.solver);
      tell({ kind: "ready" });
    } else if (event.data.kind === "warm") {
      relaxation({ ...event.data, seconds: WARMING });
    } else {
      answer(event.data);
    }
  } catch (error) {
    tell({ kind: "error", text: String((error && error.stack) || error) });
  }
};
