import t from 'tap';
import type { BatchPlan } from '../../lib/batch/plan/batch-plan.js';
import { showPlan } from '../../lib/cli/commands/batch/show-plan.js';
import { plannedRun, planOf, sampleInputs } from '../batch/sample-runs.js';
import { quietTerminal } from './quiet-terminal.js';

const NAMES = Array.from({ length: 2500 }, (_, n) => `run-${String(n)}`);
const PLAN = planOf(NAMES.map((name) => plannedRun(name, sampleInputs())));

/** Prints a plan to a reader that accepts a limited number of pieces. */
async function shown(plan: BatchPlan, options: { list?: true; json?: true }, most = Infinity) {
  const pieces: string[] = [];
  const terminal = quietTerminal({
    write: (bytes) => Promise.resolve(pieces.push(Buffer.from(bytes).toString()) < most),
  });
  await showPlan(plan, options, { terminal, jobs: 2 });
  return pieces;
}

void t.test('a plan is written piece by piece, with the same content as a whole', async (inner) => {
  const list = await shown(PLAN, { list: true });
  inner.equal(list.length, 3);
  inner.equal(list.join(''), NAMES.map((name) => `${name}\n`).join(''));
  const text = (await shown(PLAN, {})).join('');
  inner.match(text, /^action {2}run +ticks +time +reason\n/);
  inner.match(text, /\n\n2,500 runs to execute, 0 cached; [^\n]+\n$/);
  inner.equal(text.split('\n').length, 2500 + 4);
  const json = (await shown(PLAN, { json: true })).join('');
  inner.ok(json.endsWith(']}\n'));
  const { kind, runs } = JSON.parse(json) as { kind: string; runs: { name: string }[] };
  inner.equal(kind, 'BatchPlan');
  inner.strictSame(
    runs.map(({ name }) => name),
    NAMES,
  );
  const none = JSON.parse((await shown(planOf([]), { json: true })).join('')) as { runs: unknown[] };
  inner.strictSame(none.runs, []);
});

void t.test('writing stops when the reader closes', async (inner) => {
  inner.equal((await shown(PLAN, { list: true }, 1)).length, 1);
});
