import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { Bench } from './sample-golden.js';

/** A process that accepts one result for a golden repeatedly and reports the number of failures. */
const [directory = '', k = '1', rounds = '1'] = process.argv.slice(2);
const store = new MemoryStore();
await keepRun(store, sampleInputs({ ticks: 4, k: { 1: Number(k) } }), { id: 'mine' });
const bench = new Bench(directory, store, 'kept');
const problems: string[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const { ok, results, notes } = await bench.check({ a: 'mine' }, { update: 'all', references: null });
  if (!ok || notes.length > 0) problems.push(JSON.stringify({ results, notes }));
  await bench.check({ b: 'mine' }, { references: null });
}
process.stdout.write(JSON.stringify(problems));
