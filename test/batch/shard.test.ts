import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { recordedDurations } from '../../lib/batch/plan/recorded-durations.js';
import { shardPlan } from '../../lib/batch/plan/shard.js';
import { MemoryStore, type BatchRecord } from '../../lib/store/index.js';
import { plannedRun, planOf, sampleInputs } from './sample-runs.js';
import { runId } from '../ids.js';

const names = Array.from({ length: 40 }, (_, n) => `s[n=${String(n)}]`);
const plan = planOf(names.map((name, n) => plannedRun(name, sampleInputs({ ticks: n + 1 }))));
const durations = new Map(names.map((name, n) => [name, ((n * 37) % 41) + 1]));

void t.test('every run is in one part, and the parts take about the same time', (inner) => {
  const parts = [1, 2, 3].map((index) => shardPlan(plan, { index, count: 3 }, durations));
  const positions = parts.flatMap(({ shard }) => shard!.positions).sort((a, b) => a - b);
  inner.strictSame(
    positions,
    names.map((_, n) => n),
  );
  for (const { runs, shard, digest } of parts) {
    inner.strictSame(
      runs.map(({ name }) => name),
      shard!.positions.map((position) => names[position]),
    );
    inner.equal(digest, plan.digest);
  }
  const loads = parts.map(({ runs }) => runs.reduce((sum, { name }) => sum + durations.get(name)!, 0));
  inner.ok(Math.max(...loads) - Math.min(...loads) <= 41, String(loads));
  inner.equal(new Set(parts.map(({ shard }) => shard!.partition)).size, 1);
  inner.end();
});

void t.test('cached runs do not change the division, changed durations do', (inner) => {
  const cached = planOf(plan.runs.map((run, n) => (n % 2 === 0 ? { ...run, action: 'cached' } : run)));
  const cut = shardPlan(plan, { index: 1, count: 4 }, durations).shard;
  inner.strictSame(shardPlan(cached, { index: 1, count: 4 }, durations).shard, cut);
  inner.notSame(shardPlan(plan, { index: 1, count: 4 }, new Map()).shard!.partition, cut!.partition);
  inner.end();
});

void t.test('runs with equal inputs are in one part; surplus parts are empty', (inner) => {
  const twins = planOf(['a', 'b', 'c', 'd'].map((name) => plannedRun(name, sampleInputs())));
  const sizes = [1, 2, 3].map((index) => shardPlan(twins, { index, count: 3 }, new Map()).runs.length);
  inner.strictSame(sizes, [4, 0, 0]);
  inner.end();
});

function batch(id: string, shard: string | null, duration_ms: number): BatchRecord {
  const key = sha256('key');
  const outcome = { name: 'a', input_key: key, run: runId('r'), result_digest: key };
  return {
    schema: 'aether-batch/1',
    id,
    started_at: '',
    ended_at: '',
    manifests: [],
    plan_digest: key,
    report_digest: key,
    shard,
    outcomes: [
      { ...outcome, state: 'completed', duration_ms },
      { ...outcome, name: 'b', state: 'cached', duration_ms: 0 },
    ],
  };
}

void t.test('durations come from the latest batch that executed its whole plan', async (inner) => {
  const store = new MemoryStore();
  await store.putBatch(batch('b1', null, 10));
  await store.putBatch(batch('b2', null, 20));
  await store.putBatch(batch('b3', '1/2', 30));
  inner.strictSame([...(await recordedDurations(store))], [['a', 20]]);
  const { outcomes, ...rest } = batch('b4', null, 90);
  const measured = [3, 40].map((measured_ms, n) => ({ ...outcomes[n]!, measured_ms }));
  await store.putBatch({ ...rest, outcomes: measured });
  inner.strictSame(
    [...(await recordedDurations(store))],
    [
      ['a', 3],
      ['b', 40],
    ],
    'the duration of one execution; cached runs have that of their stored run',
  );
});

void t.test('the weight of a run includes all repetitions', (inner) => {
  const often = planOf(
    names
      .slice(0, 8)
      .map((name, n) => plannedRun(name, sampleInputs({ ticks: n + 1 }), { repeat: n === 0 ? 7 : 1 })),
  );
  const equal = new Map(names.map((name) => [name, 10]));
  const sizes = [1, 2].map((index) => shardPlan(often, { index, count: 2 }, equal).runs.length);
  inner.strictSame(sizes.sort(), [1, 7]);
  inner.end();
});
