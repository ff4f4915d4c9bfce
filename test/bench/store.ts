/** Measures publishing and cached lookups of a store on disk. Run: node dist/test/bench/store.js [runs] */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { keyOf, sampleRun } from '../store/sample-run.js';

const RUNS = Number(process.argv[2] ?? 1000);
const root = mkdtempSync(join(tmpdir(), 'aether-bench-'));
const platform = nodePlatform();
const store = await openDiskStore({ root: join(root, 's'), platform });
const stager = openStager(store.stager, platform);

async function lap(label: string, count: number, work: () => Promise<void> | void): Promise<void> {
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const from = performance.now();
  await work();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const busy = performance.eventLoopUtilization(loop).active;
  const rate = Math.round((count / ms) * 1000);
  console.log(
    `${label}: ${ms.toFixed(0)} ms, ${String(rate)}/s, cpu ${String(Math.round((user + system) / 1000))} ms, main thread ${busy.toFixed(0)} ms`,
  );
}

const samples: ReturnType<typeof sampleRun>[] = [];
const kinds = [
  'umx_ledger',
  'loom_p_blocks',
  'loom_i_blocks',
  'loom_chain',
  'apx_manifests',
  'apx_candidates',
  'nap_envelopes',
  'u_ledger',
  'metrics',
  'log',
  'diagnostics',
];
await lap('stage', RUNS, () => {
  for (let i = 0; i < RUNS; i++) {
    const artefacts: Record<string, string[]> = { inputs: [`{"inputs":${String(i)}}`] };
    for (const kind of kinds) artefacts[kind] = [`{"kind":"${kind}","run":${String(i)}}\n`.repeat(20)];
    samples.push(sampleRun(stager, { id: `r${String(i)}`, name: `s-${String(i)}`, artefacts }));
  }
});
await lap('publish', RUNS, async () => {
  await Promise.all(samples.map((sample) => store.publish(sample)));
});
await lap('cached lookups', RUNS, async () => {
  for (let i = 0; i < RUNS; i++)
    if ((await store.runForKey(keyOf(`r${String(i)}`))) === undefined) throw new Error('lost');
});
await lap('missing lookups', RUNS, async () => {
  for (let i = 0; i < RUNS; i++)
    if ((await store.runForKey(keyOf(`x${String(i)}`))) !== undefined) throw new Error('?');
});
await store.close();
rmSync(root, { recursive: true });
