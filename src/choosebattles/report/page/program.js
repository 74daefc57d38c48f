/* The program as the page moves it: by the names of funds, goals, shocks and investments. */
"use strict";

const RECHECK = 1e-6;

/** The program of a case; `stated` returns it with some things moved, `broken` rechecks values. */
class Program {
  constructor(tree) {
    Object.assign(this, tree);
    const low = (side) => (side === null ? -Infinity : side);
    const high = (side) => (side === null ? Infinity : side);
    this.low = Float64Array.from(tree.columns.low, low);
    this.high = Float64Array.from(tree.columns.high, high);
    this.whole = Int32Array.from(tree.columns.whole);
    this.rowLow = Float64Array.from(tree.rows.low, low);
    this.rowHigh = Float64Array.from(tree.rows.high, high);
    this.rowStarts = Int32Array.from(tree.rows.starts);
    this.rowColumns = Int32Array.from(tree.rows.columns);
    this.rowValues = Float64Array.from(tree.rows.values);
  }

  /** Whole thousandths of a million of a share in percent, rounded half up. */
  static thousandths(amount, percent) {
    return Math.floor((2 * amount * percent + 100) / 200);
  }

  entry(row, column) {
    for (let k = this.rowStarts[row]; k < this.rowStarts[row + 1]; k++)
      if (this.rowColumns[k] === column) return k;
    throw new Error(`${this.rows.names[row]} does not speak of ${this.columns.names[column]}`);
  }

  likelihood(shock, moved) {
    return moved.shocks[shock] ? this.shocks[shock].likelihood : 0;
  }

  /** A goal as coefficients by column; null where nothing is left to measure. */
  goal(name, moved) {
    const { alone, without } = this.goals[name];
    const all = Object.keys(alone);
    const sum = all.reduce((total, shock) => total + this.likelihood(shock, moved), 0);
    const costs = new Float64Array(this.low.length);
    let constant = 0;
    const add = (part, share) => {
      part.columns.forEach((column, k) => (costs[column] += share * part.values[k]));
      constant += share * part.constant;
    };
    if (sum > 0)
      for (const shock of all) {
        const share = this.likelihood(shock, moved) / sum;
        if (share) add(alone[shock], share);
      }
    else if (without) add(without, 1);
    else return null;
    for (const [share, criterion] of this.shares(name, moved))
      add(criterion.added[sum > 0 ? "shocks" : "without"], share);
    return { costs, constant };
  }

  /** What each criterion weighs within its index; nothing where that is as in the workbook. */
  shares(name, moved) {
    const all = Object.entries(this.goals[name].criteria);
    if (all.every(([id, criterion]) => moved.criteria[id] === criterion.weight)) return [];
    const whole = all.reduce((sum, [id]) => sum + moved.criteria[id], 0);
    return all.map(([id, criterion]) => [moved.criteria[id] / whole, criterion]);
  }

  stated(moved) {
    const low = this.low;
    const high = this.high;
    const rowLow = this.rowLow.slice();
    const rowHigh = this.rowHigh.slice();
    const values = this.rowValues.slice();
    for (const [fund, years] of Object.entries(this.money))
      for (const year of years) {
        const more = Program.thousandths(year.thousandths, moved.money[fund]) - year.thousandths;
        if (!more) continue;
        for (const [row, slope] of Object.entries(year.low)) rowLow[row] += slope * more;
        for (const [row, slope] of Object.entries(year.high)) rowHigh[row] += slope * more;
      }
    for (const [shock, coefficients] of Object.entries(this.shocks))
      if (moved.shocks[shock] !== coefficients.on)
        for (const [row, column, on, off] of coefficients.entries)
          values[this.entry(row, column)] = moved.shocks[shock] ? on : off;
    const goals = {};
    for (const name of Object.keys(this.goals)) {
      for (const [share, criterion] of this.shares(name, moved))
        for (const [row, column, more] of criterion.entries) values[this.entry(row, column)] += share * more;
      goals[name] = this.goal(name, moved);
      if (!goals[name]) return null;
    }
    for (const { row, goal, least } of this.floors) {
      const { costs, constant } = goals[goal];
      for (let k = this.rowStarts[row]; k < this.rowStarts[row + 1]; k++)
        values[k] = costs[this.rowColumns[k]];
      rowLow[row] = least - constant;
    }
    for (const [investment, choice] of Object.entries(moved.force)) {
      if (choice === "out") rowHigh[this.take[investment]] = 0;
      else if (choice === "in") rowLow[this.take[investment]] = 1;
      else if (choice) rowLow[this.take[choice]] = 1;
    }
    const whole = Object.values(moved.weights).reduce((one, other) => one + other, 0);
    const costs = new Float64Array(low.length);
    let offset = 0;
    for (const [name, goal] of Object.entries(goals)) {
      const share = moved.weights[name] / whole;
      goal.costs.forEach((cost, column) => (costs[column] += share * cost));
      offset += share * goal.constant;
    }
    return { low, high, rowLow, rowHigh, values, goals, costs, offset, weights: moved.weights };
  }

  /** Whether whatever one program allows the other allows too: that the other has no plan then
   * holds for the one, and a plan of the one is one of the other. */
  static within(one, other) {
    return (
      Program.alike(one.values, other.values) &&
      one.rowLow.every((side, i) => side >= other.rowLow[i]) &&
      one.rowHigh.every((side, i) => side <= other.rowHigh[i])
    );
  }

  /** Whether two programs have the same goal: a bound of one that allows more holds for the other. */
  static sameGoal(one, other) {
    return one.offset === other.offset && Program.alike(one.costs, other.costs);
  }

  static alike(one, other) {
    return one.every((coefficient, k) => coefficient === other[k]);
  }

  /** What goes to the worker: the stated program, the values of a plan to begin with, if there is one,
   * what no plan exceeds, and how to settle. */
  question(stated, begin, most = Infinity) {
    const push = new Float64Array(this.low.length);
    let offset = 0;
    for (const { costs, constant } of Object.values(stated.goals)) {
      costs.forEach((cost, column) => (push[column] += cost));
      offset += constant;
    }
    for (const column of this.settle.push) push[column] += 1e-3;
    const pay = new Float64Array(this.low.length);
    this.settle.pay.columns.forEach((column, k) => (pay[column] = this.settle.pay.values[k]));
    return {
      low: stated.low,
      high: stated.high,
      rowLow: stated.rowLow,
      rowHigh: stated.rowHigh,
      values: stated.values,
      costs: stated.costs,
      offset: stated.offset,
      starts: this.rowStarts,
      columns: this.rowColumns,
      whole: this.whole,
      begin,
      most,
      steps: this.steps(stated),
      settle: { costs: push, offset, pay, payments: this.settle.payments, row: this.settle.row },
    };
  }

  /** Where objectives go one after the other: each as a goal, with the share of it that the next
   * ones may cost, and last the total cost; none where one goal says it all. */
  steps(stated) {
    if (this.tolerance === null) return [];
    const ranked = Object.keys(stated.goals).sort((one, other) => stated.weights[other] - stated.weights[one]);
    const cost = new Float64Array(this.low.length);
    for (const start of this.starts) cost[start.column] = -start.cost.reduce((sum, year) => sum + year, 0) / 1000;
    return [
      ...ranked.map((name) => ({
        costs: stated.goals[name].costs,
        offset: stated.goals[name].constant,
        tolerance: this.tolerance,
      })),
      { costs: cost, offset: 0, tolerance: 0 },
    ];
  }

  /** The names of rows, bounds and whole numbers that values do not keep to. */
  broken(stated, x) {
    const found = [];
    const beyond = (amount, low, high) => {
      const room = RECHECK * Math.max(1, Math.abs(amount) * 1e-3);
      return !(amount >= low - room && amount <= high + room);
    };
    for (let i = 0; i < stated.rowLow.length; i++) {
      let amount = 0;
      for (let k = this.rowStarts[i]; k < this.rowStarts[i + 1]; k++)
        amount += stated.values[k] * x[this.rowColumns[k]];
      if (beyond(amount, stated.rowLow[i], stated.rowHigh[i])) found.push(this.rows.names[i]);
    }
    for (let j = 0; j < stated.low.length; j++)
      if (beyond(x[j], stated.low[j], stated.high[j])) found.push(this.columns.names[j]);
    for (const j of this.whole)
      if (Math.abs(x[j] - Math.round(x[j])) > RECHECK) found.push(this.columns.names[j]);
    return found;
  }

  static worth({ costs, constant }, x) {
    let amount = constant;
    for (let j = 0; j < x.length; j++) if (costs[j]) amount += costs[j] * x[j];
    return amount;
  }

  /** What the page shows of a plan, from the values of its columns. */
  plan(stated, moved, x) {
    const indices = {};
    for (const [name, goal] of Object.entries(stated.goals)) indices[name] = Program.worth(goal, x);
    const chosen = this.starts.filter((start) => x[start.column] > 0.5);
    const years = Object.values(this.money)[0].length;
    const cost = Array.from({ length: years }, (_each, t) =>
      chosen.reduce((sum, start) => sum + start.cost[t], 0) / 1000
    );
    const paid = {};
    for (const [fund, parts] of Object.entries(this.paid))
      paid[fund] = parts.map(
        (part) => part.columns.reduce((sum, c, k) => sum + part.values[k] * x[c], part.constant) / 1000
      );
    const working = {};
    for (const [service, columns] of Object.entries(this.working)) {
      working[service] = {};
      for (const [shock, column] of Object.entries(columns)) working[service][shock] = x[column];
    }
    return {
      value: Program.worth({ costs: stated.costs, constant: stated.offset }, x),
      indices,
      starts: Object.assign(Object.create(null), ...chosen.map((start) => ({ [start.option]: start.year }))),
      cost,
      paid,
      working,
    };
  }

  /** The starts by their columns: the investment, the option, the year, the cost in all. */
  startsByColumn() {
    if (this.started) return this.started;
    const owner = new Map();
    for (const [investment, options] of Object.entries(content.investments))
      for (const option of options) owner.set(option, investment);
    this.started = new Map(
      this.starts.map(({ column, option, year, cost }) => [
        column,
        { option, year, investment: owner.get(option), total: cost.reduce((sum, amount) => sum + amount, 0) },
      ])
    );
    return this.started;
  }

  /** The columns of the starts of a plan. */
  columnsOf(starts) {
    return this.starts.filter((start) => starts[start.option] === start.year).map((start) => start.column);
  }

  /** Where the coefficients of each column stand: their rows, and their numbers among all. */
  byColumn() {
    if (this.transposed) return this.transposed;
    const columnStarts = new Int32Array(this.low.length + 1);
    for (const column of this.rowColumns) columnStarts[column + 1]++;
    for (let j = 0; j < this.low.length; j++) columnStarts[j + 1] += columnStarts[j];
    const next = columnStarts.slice();
    const columnRows = new Int32Array(this.rowColumns.length);
    const columnEntries = new Int32Array(this.rowColumns.length);
    for (let i = 0; i < this.rowLow.length; i++)
      for (let k = this.rowStarts[i]; k < this.rowStarts[i + 1]; k++) {
        const at = next[this.rowColumns[k]]++;
        [columnRows[at], columnEntries[at]] = [i, k];
      }
    this.transposed = { columnStarts, columnRows, columnEntries };
    return this.transposed;
  }
}
