/* What the starts of a plan leave open: covers and what goes on working, and who pays, at best. */
"use strict";

const SHORT = 1e-9;
const MOST_PIVOTS = 2000;
const NO_PRICE = 1e-12;

/** Works out, for a stated program, the other columns of any plan.
 *
 * Most columns may go as far as rows allow in which nothing else is open: then they do, one after
 * the other. What remains falls into parts that share no row; each is a small linear program.
 */
class CompletedPlan {
  constructor(program, stated) {
    const size = stated.low.length;
    Object.assign(this, { program, stated, ...program.byColumn() });
    this.begins = new Uint8Array(size);
    for (const start of program.starts) this.begins[start.column] = 1;
    this.push = CompletedPlan.pushed(program, stated);
    this.pay = new Float64Array(size);
    program.settle.pay.columns.forEach((column, k) => (this.pay[column] = program.settle.pay.values[k]));
    this.whole = new Uint8Array(size);
    for (const column of program.whole) this.whole[column] = 1;
    this.columnValues = Float64Array.from(this.columnEntries, (entry) => stated.values[entry]);
    this.x = new Float64Array(size);
    this.amount = new Float64Array(stated.rowLow.length);
    this.order();
    this.part();
  }

  static pushed(program, stated) {
    const push = new Float64Array(stated.low.length);
    for (const { costs } of Object.values(stated.goals)) for (let j = 0; j < push.length; j++) push[j] += costs[j];
    for (const column of program.settle.push) push[column] += 1e-3;
    return push;
  }

  /** The one for a stated program: the last one, where only sides of rows and weights differ. */
  static for(program, stated) {
    const last = CompletedPlan.last;
    if (last && last.program === program && last.fits(stated)) {
      last.stated = stated;
      return last;
    }
    CompletedPlan.last = new CompletedPlan(program, stated);
    return CompletedPlan.last;
  }

  fits(stated) {
    const ends = (one, other) => this.openRows.every((row) => Number.isFinite(one[row]) === Number.isFinite(other[row]));
    return (
      Program.alike(stated.values, this.stated.values) &&
      Program.alike(CompletedPlan.pushed(this.program, stated), this.push) &&
      ends(stated.rowLow, this.stated.rowLow) &&
      ends(stated.rowHigh, this.stated.rowHigh)
    );
  }

  /* The columns that go as far as they may, in an order in which each finds its rows settled. */
  order() {
    const { rowLow, rowHigh, values, low, high } = this.stated;
    const { columnStarts, columnRows, columnEntries } = this;
    const { rowStarts, rowColumns } = this.program;
    const open = new Int32Array(rowLow.length);
    const paying = new Uint8Array(low.length);
    for (const column of this.program.settle.payments) paying[column] = 1;
    const left = this.begins.map((begins) => 1 - begins);
    for (let j = 0; j < low.length; j++)
      if (left[j]) for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) if (values[columnEntries[k]]) open[columnRows[k]]++;
    const all = Int32Array.from(open.keys());
    this.openRows = all.filter((row) => open[row]);
    this.startRows = all.filter((row) => !open[row]);
    /* The rows that stop a column on its way; null where another open column has a say in one. */
    const stops = (j, up) => {
      const entries = [];
      for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
        const value = values[columnEntries[k]];
        const row = columnRows[k];
        if (!value || !Number.isFinite(value > 0 === up ? rowHigh[row] : rowLow[row])) continue;
        if (open[row] > 1) return null;
        entries.push(k);
      }
      return entries.length || Number.isFinite(up ? high[j] : low[j]) ? entries : null;
    };
    const [columns, ways, ends, entries] = [[], [], [0], []];
    /* A row that stopped its last open column is kept: nobody needs to count it any more. */
    const kept = new Uint8Array(rowLow.length);
    this.last = new Int32Array(rowLow.length).fill(-1);
    let waiting = Array.from(left.keys()).filter((j) => left[j] && !paying[j]);
    while (waiting.length) {
      const again = new Set();
      for (const j of waiting) {
        if (!left[j]) continue;
        for (const up of this.push[j] > 0 ? [true] : this.push[j] < 0 ? [false] : [true, false]) {
          const found = stops(j, up);
          if (!found) continue;
          columns.push(j);
          ways.push(up ? 1 : 0);
          entries.push(...found);
          for (const k of found) {
            const row = columnRows[k];
            if (!(Number.isFinite(rowLow[row]) && Number.isFinite(rowHigh[row]))) kept[row] = 1;
            this.last[row] = j;
          }
          ends.push(entries.length);
          left[j] = 0;
          for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
            const row = columnRows[k];
            if (!values[columnEntries[k]] || --open[row] !== 1) continue;
            for (let e = rowStarts[row]; e < rowStarts[row + 1]; e++)
              if (left[rowColumns[e]] && !paying[rowColumns[e]]) again.add(rowColumns[e]);
          }
          break;
        }
      }
      waiting = [...again];
    }
    this.steps = { columns: Int32Array.from(columns), ways: Uint8Array.from(ways), ends: Int32Array.from(ends), entries: Int32Array.from(entries) };
    this.left = left;
    this.settledRows = this.openRows.filter((row) => !open[row] && !kept[row]);
    this.counted(columns, kept);
  }

  /* Of each column that steps, the entries in rows that are counted after it. */
  counted(columns, kept) {
    const { columnStarts, columnRows, columnValues } = this;
    const [ends, rows, values] = [[0], [], []];
    for (const j of columns) {
      for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++)
        if (columnValues[k] && !(kept[columnRows[k]] && this.last[columnRows[k]] === j)) {
          rows.push(columnRows[k]);
          values.push(columnValues[k]);
        }
      ends.push(rows.length);
    }
    this.after = { ends: Int32Array.from(ends), rows: Int32Array.from(rows), values: Float64Array.from(values) };
  }

  /* What is left, in parts that share no row. */
  part() {
    const { low, high, values } = this.stated;
    const { columnStarts, columnRows, columnEntries, left } = this;
    const { rowStarts, rowColumns } = this.program;
    const seen = new Uint8Array(left.length);
    this.parts = [];
    left.forEach((open, seed) => {
      if (!open || seen[seed]) return;
      const columns = [seed];
      const rows = new Set();
      seen[seed] = 1;
      for (const j of columns)
        for (let k = columnStarts[j]; k < columnStarts[j + 1]; k++) {
          const row = columnRows[k];
          if (!values[columnEntries[k]] || rows.has(row)) continue;
          rows.add(row);
          for (let e = rowStarts[row]; e < rowStarts[row + 1]; e++) {
            const other = rowColumns[e];
            if (!values[e] || !left[other] || seen[other]) continue;
            seen[other] = 1;
            columns.push(other);
          }
        }
      const at = new Map(columns.map((column, k) => [column, k]));
      const matrix = [...rows].map((row) => {
        const line = new Float64Array(columns.length);
        for (let e = rowStarts[row]; e < rowStarts[row + 1]; e++) {
          const k = at.get(rowColumns[e]);
          if (k !== undefined) line[k] = values[e];
        }
        return line;
      });
      const of = (all) => Float64Array.from(columns, (j) => all[j]);
      const simplex = new SmallProgram(matrix, of(low), of(high), [of(this.push), of(this.pay)]);
      this.parts.push({ columns, rows: [...rows], simplex, whole: columns.some((j) => this.whole[j]) });
    });
  }

  set(j, value) {
    const { columnStarts, columnRows, columnValues, amount } = this;
    this.x[j] = value;
    if (value) for (let k = columnStarts[j], end = columnStarts[j + 1]; k < end; k++) amount[columnRows[k]] += columnValues[k] * value;
  }

  /** Whether these columns of starts at 1 keep the rows of which no part speaks; settles what it can. */
  settle(starts) {
    const { rowLow, rowHigh, low, high } = this.stated;
    const { columnRows, columnValues, amount, after } = this;
    const { columns, ways, ends, entries } = this.steps;
    this.x.fill(0);
    amount.fill(0);
    for (const j of starts) this.set(j, 1);
    if (!this.keeps(this.startRows)) return false;
    for (let n = 0; n < columns.length; n++) {
      const j = columns[n];
      const up = ways[n] === 1;
      let most = up ? high[j] : low[j];
      for (let e = ends[n]; e < ends[n + 1]; e++) {
        const row = columnRows[entries[e]];
        const value = columnValues[entries[e]];
        const there = ((value > 0 === up ? rowHigh[row] : rowLow[row]) - amount[row]) / value;
        if (up ? there < most : there > most) most = there;
      }
      if (this.whole[j]) most = up ? Math.floor(most + SHORT) : Math.ceil(most - SHORT);
      if (most < low[j] - SHORT || most > high[j] + SHORT) return false;
      const value = most < low[j] ? low[j] : most > high[j] ? high[j] : most;
      this.x[j] = value;
      if (value) for (let e = after.ends[n]; e < after.ends[n + 1]; e++) amount[after.rows[e]] += after.values[e] * value;
    }
    return this.keeps(this.settledRows);
  }

  /** A start that counts most in a row that these exceed, among rows of starts alone; or none. */
  exceeding(starts) {
    const { rowHigh, values } = this.stated;
    const { rowStarts, rowColumns } = this.program;
    const { amount, x } = this;
    x.fill(0);
    amount.fill(0);
    for (const j of starts) this.set(j, 1);
    const row = this.startRows.find((i) => amount[i] > rowHigh[i] + SHORT * Math.max(1, Math.abs(amount[i])));
    let most = null;
    if (row !== undefined)
      for (let k = rowStarts[row]; k < rowStarts[row + 1]; k++)
        if (x[rowColumns[k]] && values[k] > (most ? most.value : 0)) most = { column: rowColumns[k], value: values[k] };
    return most && most.column;
  }

  keeps(rows) {
    const { rowLow, rowHigh } = this.stated;
    const { amount } = this;
    for (let n = 0; n < rows.length; n++) {
      const there = amount[rows[n]];
      const room = SHORT * Math.max(1, Math.abs(there));
      if (there < rowLow[rows[n]] - room || there > rowHigh[rows[n]] + room) return false;
    }
    return true;
  }

  /** The values of all columns for these columns of starts at 1, until the next are worked out; null
   * where they break a demand. */
  of(starts) {
    if (!this.settle(starts)) return null;
    const { rowLow, rowHigh } = this.stated;
    for (const { columns, rows, simplex, whole } of this.parts) {
      if (whole) return null;
      for (let i = 0; i < rows.length; i++)
        simplex.side(i, rowLow[rows[i]] - this.amount[rows[i]], rowHigh[rows[i]] - this.amount[rows[i]]);
      const found = simplex.best();
      if (!found) return null;
      for (let k = 0; k < columns.length; k++) this.set(columns[k], found[k]);
    }
    return this.x;
  }
}

/** A small linear program: the best by one goal, then by another.
 *
 * Every basic variable is a sum of the others, which stand at a bound; at first the rows are basic.
 * A dual simplex finds values that keep all bounds, then a primal one goes up by each goal.
 */
class SmallProgram {
  constructor(matrix, low, high, goals) {
    const [m, n] = [matrix.length, low.length];
    /* Where the first goal would have no end, the dual simplex leaves it aside. */
    const first = goals[0].map((price, j) => (Number.isFinite(price > 0 ? high[j] : low[j]) ? price : 0));
    Object.assign(this, { m, n, matrix, goals: [first, ...goals] });
    this.lows = new Float64Array(n + m);
    this.highs = new Float64Array(n + m);
    this.lows.set(low);
    this.highs.set(high);
    this.lines = Array.from({ length: m + this.goals.length }, () => new Float64Array(n));
    this.basic = new Int32Array(m);
    this.outside = new Int32Array(n);
    this.value = new Float64Array(n + m);
  }

  /** Says between which sides a row is to be. */
  side(row, low, high) {
    this.lows[this.n + row] = low;
    this.highs[this.n + row] = high;
  }

  /** The best values; null where there are none. */
  best() {
    const { m, n, matrix, goals, lines, basic, outside, value, lows, highs } = this;
    matrix.forEach((line, i) => lines[i].set(line));
    goals.forEach((goal, g) => lines[m + g].set(goal));
    for (let i = 0; i < m; i++) basic[i] = n + i;
    for (let j = 0; j < n; j++) {
      const [one, other] = goals[0][j] > 0 ? [highs[j], lows[j]] : [lows[j], highs[j]];
      outside[j] = j;
      value[j] = Number.isFinite(one) ? one : Number.isFinite(other) ? other : 0;
    }
    this.work();
    if (!this.keep()) return null;
    for (let g = 1; g < goals.length; g++) if (!this.raise(g)) return null;
    this.work();
    return value;
  }

  work() {
    const { m, n, lines, basic, outside, value } = this;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += lines[i][k] * value[outside[k]];
      value[basic[i]] = sum;
    }
  }

  /* The variable of a row goes out to a value, one from outside comes in. */
  pivot(i, j, to) {
    const { m, n, lines, basic, outside, value } = this;
    const line = lines[i];
    const leaving = basic[i];
    const entering = outside[j];
    const by = (to - value[leaving]) / line[j];
    for (let row = 0; row < m; row++) if (row !== i) value[basic[row]] += lines[row][j] * by;
    value[entering] += by;
    value[leaving] = to;
    const turned = 1 / line[j];
    for (let k = 0; k < n; k++) line[k] *= -turned;
    line[j] = turned;
    for (const other of lines) {
      const share = other[j];
      if (other === line || share === 0) continue;
      other[j] = 0;
      for (let k = 0; k < n; k++) other[k] += share * line[k];
    }
    basic[i] = entering;
    outside[j] = leaving;
  }

  free(name, up) {
    const there = this.value[name];
    const room = SHORT * Math.max(1, Math.abs(there));
    return up ? there < this.highs[name] - room : there > this.lows[name] + room;
  }

  keep() {
    const { m, n, lines, basic, outside, value, lows, highs } = this;
    for (let turn = 0; turn < MOST_PIVOTS; turn++) {
      let i = -1;
      let most = 0;
      for (let row = 0; row < m; row++) {
        const name = basic[row];
        const there = value[name];
        const beyond = Math.max(lows[name] - there, there - highs[name]);
        if (beyond > most && beyond > SHORT * Math.max(1, Math.abs(there))) {
          i = row;
          most = beyond;
        }
      }
      if (i < 0) return true;
      const up = value[basic[i]] < lows[basic[i]];
      let j = -1;
      let least = Infinity;
      let size = 0;
      for (let k = 0; k < n; k++) {
        const step = up ? lines[i][k] : -lines[i][k];
        const here = Math.abs(step);
        if (here < SHORT || !this.free(outside[k], step > 0)) continue;
        const ratio = Math.abs(lines[m][k]) / here;
        if (ratio < least - NO_PRICE || (ratio < least + NO_PRICE && here > size)) {
          j = k;
          least = ratio;
          size = here;
        }
      }
      if (j < 0) return false;
      this.pivot(i, j, up ? lows[basic[i]] : highs[basic[i]]);
    }
    return false;
  }

  /* Goes up by a goal, while those before it stay as they are; number 0 only led the dual simplex. */
  raise(g) {
    const { m, n, lines, basic, outside, value, lows, highs } = this;
    for (let turn = 0; turn < MOST_PIVOTS; turn++) {
      let j = -1;
      for (let k = 0; k < n && j < 0; k++) {
        const price = lines[m + g][k];
        if (Math.abs(price) <= NO_PRICE || !this.free(outside[k], price > 0)) continue;
        let kept = true;
        for (let earlier = 1; earlier < g; earlier++) kept = kept && Math.abs(lines[m + earlier][k]) <= NO_PRICE;
        if (kept) j = k;
      }
      if (j < 0) return true;
      const entering = outside[j];
      const way = Math.sign(lines[m + g][j]);
      const end = way > 0 ? highs[entering] : lows[entering];
      let i = -1;
      let most = Math.abs(end - value[entering]);
      let size = 0;
      for (let row = 0; row < m; row++) {
        const step = way * lines[row][j];
        const here = Math.abs(step);
        if (here < SHORT) continue;
        const name = basic[row];
        const to = Math.max(0, ((step > 0 ? highs[name] : lows[name]) - value[name]) / step);
        if (to < most - NO_PRICE || (i >= 0 && to < most + NO_PRICE && here > size)) {
          i = row;
          most = to;
          size = here;
        }
      }
      if (!Number.isFinite(most)) return false;
      if (i < 0) {
        for (let row = 0; row < m; row++) value[basic[row]] += lines[row][j] * (end - value[entering]);
        value[entering] = end;
      } else this.pivot(i, j, way * lines[i][j] > 0 ? highs[basic[i]] : lows[basic[i]]);
    }
    return false;
  }
}
