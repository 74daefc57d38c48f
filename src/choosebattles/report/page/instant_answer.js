/* An answer at once: the best of the known plans under new numbers, mended; nothing is searched. */
"use strict";

/* Plans that are tried, at most, to mend the best one: so many take some 10 milliseconds. */
const TRIES = 150;
/* Plans from which mending begins, and plans that say which starts are promising. */
const MENDED = 2;
/* Plans that are too dear, and may become good ones with fewer starts. */
const SHORTENED = 2;
const PROMISING = 12;

/** The best plan that is known or near one, and what no plan can exceed; null without a plan.
 *
 * Infinity is a bound of which nothing is known.
 */
function answerAtOnce(moved) {
  const stated = program && program.stated(moved);
  if (!stated) return null;
  const x = bestAtOnce(stated, moved);
  return x && { plan: program.plan(stated, moved, x), bound: boundByLines(stated, moved) };
}

/* The values of all columns of that plan; null without one. What was found last is kept. */
let lastAtOnce = { key: "", x: null };

function bestAtOnce(stated, moved) {
  const key = JSON.stringify(moved);
  if (lastAtOnce.key !== key) {
    const completed = CompletedPlan.for(program, stated);
    const starts = new Mending(completed, stated, moved).best();
    const x = starts && completed.of(starts);
    lastAtOnce = { key, x: x && !program.broken(stated, x).length ? x.slice() : null };
  }
  return lastAtOnce.x;
}

/** What no plan exceeds: a mean of lines whose goals have the goal asked for as their mean. */
function boundByLines(stated, moved) {
  if (!same(moved.shocks, start.shocks) || !same(moved.criteria, start.criteria) || program.tolerance !== null)
    return Infinity;
  const whole = Object.values(moved.weights).reduce((one, other) => one + other, 0);
  const heights = program.lines.map(({ fixed, prices }) => {
    let height = fixed;
    for (const [row, price] of Object.entries(prices))
      height += price * (price > 0 ? stated.rowHigh[row] : stated.rowLow[row]);
    return height;
  });
  const usable = heights.map((height, k) => (Number.isFinite(height) ? k : -1)).filter((k) => k >= 0);
  if (!usable.length) return Infinity;
  const matrix = Object.keys(moved.weights).map((name) => Float64Array.from(usable, (k) => program.lines[k].weights[name]));
  const mean = new SmallProgram(
    matrix,
    new Float64Array(usable.length),
    new Float64Array(usable.length).fill(Infinity),
    [Float64Array.from(usable, (k) => -heights[k])]
  );
  Object.values(moved.weights).forEach((weight, row) => mean.side(row, weight / whole, weight / whole));
  const found = mean.best();
  if (!found) return Infinity;
  /* Recounted: shares that miss the weights by more than a rounding error prove nothing. */
  const shares = usable.map((_k, n) => Math.max(0, found[n]));
  const missed = matrix.map((line, row) => Object.values(moved.weights)[row] / whole - line.reduce((sum, weight, n) => sum + weight * shares[n], 0));
  if (missed.some((share) => Math.abs(share) > 1e-9)) return Infinity;
  const bound = usable.reduce((sum, k, n) => sum + shares[n] * heights[k], 0);
  return bound + 1e-6 * Math.max(1, Math.abs(bound));
}

/** Looks for a good plan among those known and their neighbours; how many are tried is fixed. */
class Mending {
  constructor(completed, stated, moved) {
    Object.assign(this, { completed, stated, moved, program: completed.program, left: TRIES });
    this.goals = this.program.steps(stated);
    if (!this.goals.length) this.goals = [{ costs: stated.costs }];
    this.starts = this.program.startsByColumn();
  }

  worth(x) {
    return this.goals.map(({ costs }) => Program.worth({ costs, constant: 0 }, x));
  }

  /** Whether one worth is more than another: the first goal that tells them apart says it. */
  static more(one, other) {
    if (!one || !other) return one !== null;
    const k = one.findIndex((amount, n) => Math.abs(amount - other[n]) > 1e-9);
    return k >= 0 && one[k] > other[k];
  }

  /** What starts are worth together; null where they break a demand. */
  value(columns) {
    const x = this.completed.of(columns);
    return x && this.worth(x);
  }

  /* The same before anybody pays: more than they are worth, but found in a fraction of the time. */
  unpaid(columns) {
    return this.completed.settle(columns) ? this.worth(this.completed.x) : null;
  }

  owner(column) {
    return this.starts.get(column).investment;
  }

  /* A plan with what is forced: out what may not be in it, in what must be, as most plans have it. */
  forced(columns, common) {
    let made = columns;
    for (const [investment, choice] of Object.entries(this.moved.force)) {
      const own = made.filter((column) => this.owner(column) === investment);
      if (choice === "out") made = made.filter((column) => this.owner(column) !== investment);
      else if (choice === "in" ? !own.length : !own.some((column) => this.starts.get(column).option === choice)) {
        made = made.filter((column) => this.owner(column) !== investment);
        const fits = common.filter(
          (column) => this.owner(column) === investment && (choice === "in" || this.starts.get(column).option === choice)
        );
        if (fits.length) made = [...made, fits[0]];
      }
    }
    return made === columns ? made : this.keeping(made);
  }

  /* A plan without those starts that need what was taken out of it. */
  keeping(columns) {
    let made = columns;
    for (let turn = 0; turn < columns.length; turn++) {
      const off = this.completed.exceeding(made);
      if (!off) return made;
      made = made.filter((column) => column !== off);
    }
    return made;
  }

  /** The columns of the starts of the best plan found; null without one. */
  best() {
    const known = knownStarts();
    const number = new Map([...this.starts.keys()].map((column) => [column, 0]));
    for (const plan of known) for (const column of plan) number.set(column, number.get(column) + 1);
    const common = [...number.keys()].sort((one, other) => number.get(other) - number.get(one));
    const plans = new Map();
    for (const plan of known) {
      const made = this.forced(plan, common).sort((one, other) => one - other);
      plans.set(made.join(), made);
    }
    const ranked = (all) => all.sort((one, other) => (Mending.more(one.value, other.value) ? -1 : 1));
    const rated = ranked([...plans.values()].map((plan) => ({ plan, value: this.unpaid(plan) })).filter(({ value }) => value));
    const [fit, dear] = [[], []];
    for (const { plan } of rated) {
      const value = this.value(plan);
      (value ? fit : dear).push({ plan, value });
      if (fit.length === PROMISING) break;
    }
    if (this.program.tolerance !== null) return fit.length ? ranked(fit)[0].plan : null;
    fit.push(...dear.slice(0, SHORTENED).map(({ plan }) => this.shortened(plan)).filter((found) => found));
    if (!fit.length) return null;
    ranked(fit);
    const promise = new Map();
    for (const { plan } of [...fit, ...dear.slice(0, PROMISING)])
      for (const column of plan) promise.set(column, (promise.get(column) || 0) + 1);
    this.promising = [...promise.keys()].sort((one, other) => promise.get(other) - promise.get(one));
    const from = fit.slice(0, MENDED);
    const each = Math.floor(this.left / from.length);
    return ranked(from.map((found, n) => this.improved(found, this.left - each * (from.length - 1 - n))))[0].plan;
  }

  /* A plan that is too dear without those starts that are worth least for what they cost. */
  shortened(columns) {
    let plan = columns;
    const whole = this.unpaid(plan)[0];
    const ratio = new Map();
    for (const column of plan) {
      const without = this.unpaid(plan.filter((other) => other !== column));
      ratio.set(column, without ? (whole - without[0]) / Math.max(1, this.starts.get(column).total) : Infinity);
    }
    const order = [...plan].sort((one, other) => ratio.get(one) - ratio.get(other));
    for (const column of order) {
      const shorter = plan.filter((other) => other !== column);
      if (!this.unpaid(shorter)) continue;
      plan = shorter;
      const value = this.value(plan);
      if (value) return { plan, value };
    }
    return null;
  }

  /* Starts go in or change places, as long as that makes the plan better and tries are left. */
  improved(found, until) {
    let best = found;
    const attempt = (plan) => {
      this.left--;
      const value = this.value(plan);
      if (!value || !Mending.more(value, best.value)) return false;
      best = { plan, value };
      return true;
    };
    for (let again = true; again; ) {
      again = false;
      for (const column of this.promising) {
        if (this.left <= until) return best;
        if (best.plan.includes(column)) continue;
        const owner = this.owner(column);
        if (attempt([...best.plan.filter((other) => this.owner(other) !== owner), column])) again = true;
      }
    }
    return best;
  }
}
