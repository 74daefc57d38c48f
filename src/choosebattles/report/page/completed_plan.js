/* What the starts of a plan leave open: covers and what goes on working, and who pays, at best. */
"use strict";

const SHORT = 1e-9;
const MOST_PIVOTS = 2000;

/** Works out, for a stated program, the other columns of any plan.
 *
 * Most columns may go as far as rows allow in which nothing else is open: then they do, one after
 * the other. What remains falls into parts that share no row; each is a small linear program.
 */
class CompletedPlan {
  constructor(program, stated) {
    Object.assign(this, { program, stated });
    this.begins = new Uint8Array(stated.low.length);
    for (const start of program.starts) this.begins[start.column] = 1;
    this.push = new Float64Array(stated.low.length);
    for (const { costs } of Object.values(stated.goals)) costs.forEach((cost, j) => (this.push[j] += cost));
    for (const column of program.settle.push) this.push[column] += 1e-3;
    this.pay = new Float64Array(stated.low.length);
    program.settle.pay.columns.forEach((column, k) => (this.pay[column] = program.settle.pay.values[k]));
    this.whole = new Uint8Array(stated.low.length);
    for (const column of program.whole) this.whole[column] = 1;
    this.order();
    this.part();
  }

  /* The columns that go as far as they may, in an order in which each finds its rows settled. */
  order() {
    const { rowLow, rowHigh, values, low, high } = this.stated;
    const { columnStarts, columnRows, columnEntries } = this.program.byColumn();
    const open = new Int32Array(rowLow.length);
    const left = new Set();
    const paying = new Set(this.program.settle.payments);
    for (let j = 0; j < low.length; j++) {
      if (this.begins[j]) continue;
      left.add(j);
      for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) if (values[columnEntries[k]]) open[columnRows[k]]++;
    }
    /* The rows that stop a column on its way; null where another open column has a say in one. */
    const stops = (j, up) => {
      const rows = [];
      for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
        const value = values[columnEntries[k]];
        const row = columnRows[k];
        if (!value || !Number.isFinite(value > 0 === up ? rowHigh[row] : rowLow[row])) continue;
        if (open[row] > 1) return null;
        rows.push([row, value]);
      }
      return rows.length || Number.isFinite(up ? high[j] : low[j]) ? rows : null;
    };
    this.steps = [];
    let waiting = [...left].filter((j) => !paying.has(j));
    while (waiting.length) {
      const again = new Set();
      for (const j of waiting) {
        if (!left.has(j)) continue;
        const ways = this.push[j] > 0 ? [true] : this.push[j] < 0 ? [false] : [true, false];
        const up = ways.find((way) => stops(j, way));
        if (up === undefined) continue;
        this.steps.push({ column: j, up, rows: stops(j, up) });
        left.delete(j);
        for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
          const row = columnRows[k];
          if (!values[columnEntries[k]]) continue;
          if (--open[row] === 1)
            for (let e = this.program.rowStarts[row]; e < this.program.rowStarts[row + 1]; e++) {
              const other = this.program.rowColumns[e];
              if (left.has(other) && !paying.has(other)) again.add(other);
            }
        }
      }
      waiting = [...again];
    }
    this.left = [...left];
    this.settledRows = [];
    open.forEach((number, row) => number || this.settledRows.push(row));
  }

  /* What is left, in parts that share no row. */
  part() {
    const { values } = this.stated;
    const { columnStarts, columnRows, columnEntries } = this.program.byColumn();
    const partOf = new Map();
    const parts = new Map();
    const left = new Set(this.left);
    for (const seed of this.left) {
      if (partOf.has(seed)) continue;
      const [columns, rows] = [[], new Set()];
      const stack = [seed];
      partOf.set(seed, seed);
      while (stack.length) {
        const j = stack.pop();
        columns.push(j);
        for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
          const row = columnRows[k];
          if (!values[columnEntries[k]] || rows.has(row)) continue;
          rows.add(row);
          for (let e = this.program.rowStarts[row]; e < this.program.rowStarts[row + 1]; e++) {
            const other = this.program.rowColumns[e];
            if (!values[e] || !left.has(other) || partOf.has(other)) continue;
            partOf.set(other, seed);
            stack.push(other);
          }
        }
      }
      parts.set(seed, { columns, rows: [...rows] });
    }
    this.parts = [...parts.values()];
    for (const part of this.parts) {
      const at = new Map(part.columns.map((column, k) => [column, k]));
      part.matrix = part.rows.map((row) => {
        const line = new Float64Array(part.columns.length);
        for (let e = this.program.rowStarts[row]; e < this.program.rowStarts[row + 1]; e++) {
          const k = at.get(this.program.rowColumns[e]);
          if (k !== undefined) line[k] = values[e];
        }
        return line;
      });
    }
  }

  /** The values of all columns for these columns of starts at 1; null where they break a demand. */
  of(starts) {
    const { rowLow, rowHigh, values, low, high } = this.stated;
    const { columnStarts, columnRows, columnEntries } = this.program.byColumn();
    const x = new Float64Array(low.length);
    const amount = new Float64Array(rowLow.length);
    const set = (j, value) => {
      x[j] = value;
      if (value) for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) amount[columnRows[k]] += values[columnEntries[k]] * value;
    };
    for (const j of starts) {
      if (high[j] < 1) return null;
      set(j, 1);
    }
    for (const { column: j, up, rows } of this.steps) {
      let most = up ? high[j] : low[j];
      for (const [row, value] of rows) {
        const there = ((value > 0 === up ? rowHigh[row] : rowLow[row]) - amount[row]) / value;
        most = up ? Math.min(most, there) : Math.max(most, there);
      }
      if (this.whole[j]) most = up ? Math.floor(most + SHORT) : Math.ceil(most - SHORT);
      if (most < low[j] - SHORT || most > high[j] + SHORT) return null;
      set(j, Math.min(high[j], Math.max(low[j], most)));
    }
    for (const row of this.settledRows) {
      const room = SHORT * Math.max(1, Math.abs(amount[row]));
      if (amount[row] < rowLow[row] - room || amount[row] > rowHigh[row] + room) return null;
    }
    for (const { columns, rows, matrix } of this.parts) {
      if (columns.some((j) => this.whole[j])) return null;
      const found = bestOf(
        matrix,
        rows.map((row) => rowLow[row] - amount[row]),
        rows.map((row) => rowHigh[row] - amount[row]),
        columns.map((j) => low[j]),
        columns.map((j) => high[j]),
        columns.map((j) => this.push[j]),
        columns.map((j) => this.pay[j])
      );
      if (!found) return null;
      columns.forEach((j, k) => set(j, found[k]));
    }
    return x;
  }
}

/** The best of a small linear program by one goal, then by another; null where there is none.
 *
 * Every basic variable is a sum of the others, which stand at a bound; at first the rows are basic.
 * A dual simplex finds values that keep all bounds, then a primal one goes up by each goal.
 */
function bestOf(matrix, rowLow, rowHigh, low, high, ...goals) {
  const [m, n] = [rowLow.length, low.length];
  const lows = [...low, ...rowLow];
  const highs = [...high, ...rowHigh];
  const table = matrix.map((line) => line.slice());
  const prices = goals.map((goal) => Float64Array.from(goal));
  const basic = Array.from({ length: m }, (_each, i) => n + i);
  const outside = Array.from({ length: n }, (_each, j) => j);
  const value = new Float64Array(n + m);
  const room = (amount) => SHORT * Math.max(1, Math.abs(amount));
  /* Where a goal would have no end at first, the dual simplex leaves it aside. */
  const first = Float64Array.from(goals[0], (price, j) => (Number.isFinite(price > 0 ? high[j] : low[j]) ? price : 0));
  for (let j = 0; j < n; j++) {
    const ends = first[j] > 0 ? [high[j], low[j]] : [low[j], high[j]];
    value[j] = ends.find(Number.isFinite) ?? 0;
  }
  const work = () => {
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += table[i][k] * value[outside[k]];
      value[basic[i]] = sum;
    }
  };
  const pivot = (i, j) => {
    const line = table[i];
    const by = 1 / line[j];
    for (let k = 0; k < n; k++) line[k] *= -by;
    line[j] = by;
    for (const other of [...table, ...prices, first]) {
      const share = other[j];
      if (other === line || share === 0) continue;
      other[j] = 0;
      for (let k = 0; k < n; k++) other[k] += share * line[k];
    }
    [basic[i], outside[j]] = [outside[j], basic[i]];
    work();
  };
  const free = (name, up) => (up ? value[name] < highs[name] - room(value[name]) : value[name] > lows[name] + room(value[name]));
  work();
  for (let turn = 0; ; turn++) {
    if (turn === MOST_PIVOTS) return null;
    let [i, most] = [-1, 0];
    for (let row = 0; row < m; row++) {
      const name = basic[row];
      const beyond = Math.max(lows[name] - value[name], value[name] - highs[name]);
      if (beyond > Math.max(most, room(value[name]))) [i, most] = [row, beyond];
    }
    if (i < 0) break;
    const leaving = basic[i];
    const up = value[leaving] < lows[leaving];
    let [j, least, size] = [-1, Infinity, 0];
    for (let k = 0; k < n; k++) {
      const step = up ? table[i][k] : -table[i][k];
      if (Math.abs(step) < SHORT || !free(outside[k], step > 0)) continue;
      const ratio = Math.abs(first[k] / step);
      if (ratio < least - 1e-12 || (ratio < least + 1e-12 && Math.abs(step) > size)) [j, least, size] = [k, ratio, Math.abs(step)];
    }
    if (j < 0) return null;
    value[leaving] = up ? lows[leaving] : highs[leaving];
    pivot(i, j);
  }
  for (const [number, price] of prices.entries()) {
    const kept = (k) => prices.slice(0, number).every((earlier) => Math.abs(earlier[k]) <= 1e-12);
    for (let turn = 0; ; turn++) {
      if (turn === MOST_PIVOTS) return null;
      const j = outside.findIndex((name, k) => Math.abs(price[k]) > 1e-12 && kept(k) && free(name, price[k] > 0));
      if (j < 0) break;
      const entering = outside[j];
      const way = Math.sign(price[j]);
      let [i, most, size] = [-1, way > 0 ? highs[entering] - value[entering] : value[entering] - lows[entering], 0];
      for (let row = 0; row < m; row++) {
        const step = way * table[row][j];
        if (Math.abs(step) < SHORT) continue;
        const name = basic[row];
        const to = Math.max(0, ((step > 0 ? highs[name] : lows[name]) - value[name]) / step);
        if (to < most - 1e-12 || (to < most + 1e-12 && Math.abs(step) > size && i >= 0)) [i, most, size] = [row, to, Math.abs(step)];
      }
      if (!Number.isFinite(most)) return null;
      if (i < 0) {
        value[entering] += way * most;
        work();
      } else {
        const leaving = basic[i];
        value[leaving] = way * table[i][j] > 0 ? highs[leaving] : lows[leaving];
        pivot(i, j);
      }
    }
  }
  return value.slice(0, n);
}
