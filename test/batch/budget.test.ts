import t from 'tap';
import { DEFAULT_BUDGET, estimatedCost, type RunBudget } from '../../lib/batch/plan/budget.js';
import { planBatch } from '../../lib/batch/pipeline.js';
import { AS_WRITTEN } from '../../lib/batch/plan/plan.js';
import { MemoryStore } from '../../lib/store/index.js';
import { registryOf, RUN } from './memory-documents.js';
import { sampleInputs } from './sample-runs.js';

const NONE: RunBudget = { work: null, bytes: null, memory_bytes: null };

function plan(budget: RunBudget, retain = 'full'): ReturnType<typeof planBatch> {
  return planBatch({
    ...AS_WRITTEN,
    registry: registryOf(`  - {id: a, retain: ${retain}, run: ${RUN}, matrix: {ticks: [4, 400]}}`),
    store: new MemoryStore(),
    budget,
  });
}

void t.test('a run beyond a limit is refused before the first run, and the limit is named', async (inner) => {
  const refused = await plan({ ...NONE, work: 1199 });
  inner.match(refused, {
    ok: false,
    problems: [{ code: 'over-budget', line: 4, found: '1200', expected: 'at most 1199', hint: /--max-work/ }],
  });
  inner.equal(refused.ok ? 0 : refused.problems.length, 1, 'the small cell fits');
  inner.ok((await plan({ ...NONE, work: 1200 })).ok);
  inner.match(await plan({ ...NONE, bytes: 1000 }), { ok: false, problems: [{ hint: /--max-bytes/ }, {}] });
  inner.ok((await plan({ ...NONE, bytes: 100_000 }, 'compact')).ok, 'a compact run counts as compact');
  inner.match(await plan({ ...NONE, bytes: 100_000 }), { ok: false, problems: [{ hint: /--max-bytes/ }] });
  inner.match(await plan({ ...NONE, memory_bytes: 1 }), {
    ok: false,
    problems: [{ hint: /--max-memory/ }, {}],
  });
});

void t.test('the default allows a million ticks and refuses typing errors', (inner) => {
  const million = estimatedCost(sampleInputs({ ticks: 1_000_000 }));
  inner.ok(million.work < DEFAULT_BUDGET.work! && million.bytes < DEFAULT_BUDGET.bytes!);
  const slip = estimatedCost(sampleInputs({ ticks: 1_000_000_000_000 }));
  inner.ok(slip.work > DEFAULT_BUDGET.work!);
  inner.end();
});
