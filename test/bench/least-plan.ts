/**
 * The minimum cost of planning cells: a name and an input key of each are made, kept and printed. Argument:
 * the number of cells. The yardstick of the section `plans`.
 */
import { hash } from 'node:crypto';

/** A text of the length of the benchmark's run. */
const REST = 'x'.repeat(400);

const names: string[] = [];
const keys: string[] = [];
for (let cell = 0; cell < Number(process.argv[2]); cell++) {
  names.push(`grid[ticks=8,initial_state[0]=${String(cell)}]`);
  const run = hash('sha256', `{"initial_state":[${String(cell)},0,0,0],${REST}`, 'hex');
  keys.push(hash('sha256', `{"run":"${run}"}`, 'hex'));
}
process.stdout.write(names.map((name, n) => `${name} ${keys[n]!.slice(0, 12)}\n`).join(''));
