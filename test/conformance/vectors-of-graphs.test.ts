/**
 * The measured cases of APXi views and structural events, through documents on disk and the session. They live outside
 * the repository.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { loadRunConfigFile, parseOverride } from '../../lib/config/index.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { Replay, type ReplayStart } from '../../lib/session/replay.js';
import { REPO } from '../config/repo.js';
import { collectRun, records, type CollectedRun } from '../session/collect-run.js';

const folder = process.env['AETHER_VECTORS'] ?? join(REPO, '../shared/vectors');
const skip = existsSync(folder) ? false : 'no folder of measured vectors (set AETHER_VECTORS)';

type Row = Readonly<Record<string, unknown>>;

function cases(prefix: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith(prefix));
}

function inputsOf(t: Test, name: string, overrides: readonly string[]): RunInputs {
  const file = join(folder, name, 'run.json');
  const loaded = loadRunConfigFile(file, nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const parsed = overrides.map((text) => {
    const made = parseOverride(text);
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    return made.value;
  });
  const resolved = loaded.value.resolve(parsed);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  t.pass(`${name} resolves`);
  return resolved.value;
}

function expectedOf<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as T;
}

/** Every line of one artefact, by a field of its record. */
function linesBy(run: CollectedRun, kind: string, field: string): ReadonlyMap<string, string> {
  const lines = (run.texts[kind] ?? '').split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [String((JSON.parse(line) as Row)[field]), line]));
}

interface ApxiExpected {
  readonly windows: Readonly<
    Record<string, { manifest_check: number; apxi_view_ref: string | null; record_sha256: string }>
  >;
  readonly apxi_views: readonly { window_id: string; record: object; record_sha256: string }[];
  readonly u_ledger_sha256: string;
  readonly uledger_last_hash: string;
  readonly metrics_apxi_views: number;
}

void t.test('measured APXi views are reproduced byte for byte', { skip }, (t) => {
  const names = cases('apxi-');
  t.ok(names.length > 0, 'there are cases');
  for (const name of names) {
    const expected = expectedOf<ApxiExpected>(name);
    const run = collectRun(inputsOf(t, name, ['profile.press_defaults.accounting=varint-v1']));
    t.equal(run.outcome.state, 'completed', name);
    const manifests = linesBy(run, 'apx_manifests', 'window_id');
    t.strictSame([...manifests.keys()].sort(), Object.keys(expected.windows).sort(), `${name} windows`);
    for (const [window, { manifest_check, apxi_view_ref, record_sha256 }] of Object.entries(
      expected.windows,
    )) {
      const line = manifests.get(window)!;
      const manifest = JSON.parse(line) as Row;
      t.equal(manifest['manifest_check'], manifest_check, `${name} ${window} check`);
      t.equal(manifest['apxi_view_ref'] ?? null, apxi_view_ref, `${name} ${window} reference`);
      t.equal(sha256(line), record_sha256, `${name} ${window} manifest bytes`);
    }
    const views = linesBy(run, 'apxi_views', 'window_id');
    for (const { window_id, record, record_sha256 } of expected.apxi_views) {
      t.same(JSON.parse(views.get(window_id)!), record, `${name} ${window_id} view`);
      t.equal(sha256(views.get(window_id)!), record_sha256, `${name} ${window_id} view bytes`);
    }
    t.equal(views.size, expected.apxi_views.length, `${name} views`);
    t.equal(sha256(run.texts['u_ledger']!), expected.u_ledger_sha256, `${name} U-ledger bytes`);
    t.equal(run.session.metrics?.uledger_last_hash, expected.uledger_last_hash, `${name} last entry`);
    t.equal(run.session.metrics?.apxi_views, expected.metrics_apxi_views, `${name} metrics`);
  }
  t.end();
});

interface SlpExpected {
  readonly chain: readonly number[];
  readonly s_t: readonly number[];
  readonly jsonl_sha256: Readonly<Record<string, string>>;
  readonly slp_event_refs: Readonly<Record<string, readonly string[]>>;
  readonly N_by_tick: readonly number[];
  readonly E_by_tick: readonly number[];
  readonly last_post_u: readonly number[];
}

void t.test('measured structural events are reproduced under both accountings', { skip }, (t) => {
  const names = cases('slp-');
  t.ok(names.length > 0, 'there are cases');
  for (const name of names) {
    for (const accounting of ['mdl-v0', 'varint-v1']) {
      const expected = expectedOf<SlpExpected>(name);
      const inputs = inputsOf(t, name, [`profile.press_defaults.accounting=${accounting}`]);
      const run = collectRun(inputs);
      t.equal(run.outcome.state, 'completed', name);
      const blocks = records<Row>(run.texts['loom_p_blocks']!);
      t.strictSame(
        blocks.map((block) => block['C_t']),
        expected.chain,
        `${name} chain`,
      );
      t.strictSame(
        blocks.map((block) => block['s_t']),
        expected.s_t,
        `${name} s_t`,
      );
      for (const [kind, digest] of Object.entries(expected.jsonl_sha256)) {
        t.equal(sha256(run.texts[kind]!), digest, `${name} ${kind} bytes`);
      }
      const ledgers = records<{ post_u: number[]; edges: unknown[] }>(run.texts['umx_ledger']!);
      t.strictSame(
        ledgers.map(({ post_u }) => post_u.length),
        expected.N_by_tick,
        `${name} nodes`,
      );
      t.strictSame(
        ledgers.map(({ edges }) => edges.length),
        expected.E_by_tick,
        `${name} edges`,
      );
      t.strictSame(ledgers.at(-1)!.post_u, expected.last_post_u, `${name} last state`);
      checkReferences(t, name, run, expected.slp_event_refs);
      checkReplays(t, name, inputs, run);
    }
  }
  t.end();
});

function checkReferences(
  t: Test,
  name: string,
  run: CollectedRun,
  expected: SlpExpected['slp_event_refs'],
): void {
  const refs = (rows: readonly Row[], field: string): object =>
    Object.fromEntries(
      rows
        .filter((row) => (row[field] as unknown[]).length > 0)
        .map((row) => [String(row['tick']), row[field]]),
    );
  const entries = records<Row>(run.texts['u_ledger']!);
  const envelopes = records<Row>(run.texts['nap_envelopes']!);
  t.same(refs(entries, 'slp_event_refs'), expected, `${name} references of the U-ledger`);
  t.same(
    refs(
      envelopes.filter(({ layer }) => layer === 'DATA'),
      'slp_event_ids',
    ),
    expected,
    `${name} ids of the DATA envelopes`,
  );
  t.notOk(
    envelopes.some(({ layer, slp_event_ids }) => layer !== 'DATA' && (slp_event_ids as unknown[]).length > 0),
  );
  t.same(
    records<Row>(run.texts['slp']!).map(({ event_id }) => event_id),
    Object.values(expected).flat(),
    `${name} applied events`,
  );
}

/** Every tick is replayed from the initial state and from every state before it. */
function checkReplays(t: Test, name: string, inputs: RunInputs, run: CollectedRun): void {
  const ledgers = run.texts['umx_ledger']!.trimEnd().split('\n');
  const blocks = run.texts['loom_p_blocks']!.trimEnd().split('\n');
  let start: ReplayStart | null = null;
  for (let from = 0; from < inputs.run.ticks; from++) {
    const replay: Replay = new Replay(inputs, start);
    for (let tick = from + 1; tick <= inputs.run.ticks; tick++) {
      const replayed = replay.next();
      if (replayed.umx_ledger !== ledgers[tick - 1] || replayed.loom_p_block !== blocks[tick - 1])
        t.fail(`${name}: tick ${String(tick)} from ${String(from)} differs`);
      if (tick === from + 1) start = replay.state;
    }
  }
}
