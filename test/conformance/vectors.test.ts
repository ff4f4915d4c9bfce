/**
 * The measured vectors, run as a user would: documents from disk, worker threads, the artefact tree, and the stored
 * bytes read back. They live outside the repository.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { canonicalJson, type Json } from '../../lib/base/canonical-json.js';
import { sha256 } from '../../lib/base/digest.js';
import { Batch, AS_WRITTEN, planBatch } from '../../lib/batch/index.js';
import { logPlaces } from '../../lib/cli/worker/log-destination.js';
import { executorFor } from '../../lib/cli/worker/executor-for.js';
import { loadManifests, parseOverride } from '../../lib/config/index.js';
import { artefactPieces, openDiskStore, type ArtefactStore, type RunRecord } from '../../lib/store/index.js';
import { nodeDocumentFiles, nodePlatform, systemClock } from '../../lib/platform/index.js';
import { REPO } from '../config/repo.js';

const folder = process.env['AETHER_VECTORS'] ?? join(REPO, '../shared/vectors');
const skip = existsSync(folder) ? false : 'no folder of measured vectors (set AETHER_VECTORS)';

interface Expected {
  readonly chain: readonly number[];
  readonly s_t: readonly number[];
  readonly windows: Readonly<
    Record<string, { manifest_check: number; record_sha256: string; streams: Json }>
  >;
  readonly jsonl_sha256: Readonly<Record<string, string>>;
  readonly jsonl_records: Readonly<Record<string, number>>;
  readonly loom_tip: string;
  readonly loom_merkle_roots: Readonly<Record<string, string>>;
  readonly metrics: Json;
  readonly policy_set_hash: string;
  readonly codex: Codex;
}

interface Codex {
  readonly motifs: readonly Json[];
  readonly motif_count: number;
  readonly proposals: readonly Json[];
  readonly proposal_count: number;
  readonly approved: number;
  readonly hypothetical: number;
}

type Row = Readonly<Record<string, Json>>;

/** Number of motifs and proposals that a vector lists of those it counts. */
const LISTED = { motifs: 40, proposals: 20 };

async function runCase(name: string, store: ArtefactStore): Promise<RunRecord> {
  const file = join(folder, name, 'run.json');
  const registry = loadManifests([file], nodeDocumentFiles);
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems));
  const accounting = parseOverride('profile.press_defaults.accounting=varint-v1');
  if (!accounting.ok) throw new Error(JSON.stringify(accounting.problems));
  const plan = await planBatch({
    ...AS_WRITTEN,
    registry: registry.value,
    store,
    overrides: [accounting.value],
    force: true,
  });
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const executor = await executorFor({ jobs: 1, memory_mb: null, logs: logPlaces('stderr', t.testdir()) });
  try {
    const batch = new Batch(plan.value, {
      around: {
        executor,
        store,
        clock: systemClock,
        random: Math.random,
        engine: { version: 'test', commit: null, node: process.version, platform: process.platform },
        emit: () => undefined,
        grace_ms: 10_000,
        chunk_bytes: 4096,
      },
      limits: { max_failures: null, global_timeout_ms: null },
      manifests: [file],
    });
    const { outcomes } = await batch.execute();
    return (await store.run(outcomes[0]!.run!))!;
  } finally {
    await executor.close();
  }
}

async function text(store: ArtefactStore, record: RunRecord, kind: string): Promise<string> {
  const artefact = record.artefacts.find((a) => a.kind === kind);
  if (artefact === undefined) return '';
  const pieces: Uint8Array[] = [];
  for await (const piece of artefactPieces(store, artefact)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function rows(store: ArtefactStore, record: RunRecord, kind: string): Promise<Row[]> {
  const lines = (await text(store, record, kind)).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Row);
}

const hashed = (value: Json): string => canonicalJson(value);

void t.test('the measured vectors are reproduced byte for byte', { skip }, async (t) => {
  const store = await openDiskStore({ root: join(t.testdir(), 'tree'), platform: nodePlatform() });
  const cases = readdirSync(folder).filter((name) => name.startsWith('case-'));
  t.ok(cases.length > 0, 'there are cases');
  for (const name of cases) {
    await t.test(name, async (t) => {
      const expected = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Expected;
      const record = await runCase(name, store);
      t.equal(record.state, 'completed');
      t.equal(record.loom.tip, expected.loom_tip);
      for (const [kind, digest] of Object.entries(expected.jsonl_sha256)) {
        const stored = await text(store, record, kind);
        t.equal(sha256(stored), digest, `${kind} bytes`);
        const entry = record.artefacts.find((a) => a.kind === kind)!;
        t.equal(entry.digest, digest, `${kind} digest in the record`);
        t.equal(entry.records, expected.jsonl_records[kind], `${kind} records`);
      }
      const blocks = await rows(store, record, 'loom_p_blocks');
      t.strictSame(
        blocks.map((b) => b['C_t']),
        expected.chain,
        'chain',
      );
      t.strictSame(
        blocks.map((b) => b['s_t']),
        expected.s_t,
        's_t',
      );
      const links = await rows(store, record, 'loom_chain');
      const roots = links.filter((l) => l['block'] === 'I').map((l) => [String(l['tick']), l['merkle_root']]);
      t.strictSame(Object.fromEntries(roots), expected.loom_merkle_roots, 'Merkle roots');
      await checkWindows(t, expected, (await text(store, record, 'apx_manifests')).trimEnd().split('\n'));
      const { codex_motif_counts: _counts, ...metrics } = record.metrics as Record<string, Json>;
      t.equal(hashed(metrics), hashed(expected.metrics), 'metrics');
      const entries = await rows(store, record, 'u_ledger');
      t.ok(
        entries.every((e) => e['policy_set_hash'] === expected.policy_set_hash),
        'policy set',
      );
      await checkCodex(t, expected.codex, store, record);
    });
  }
  await store.close();
});

async function checkWindows(t: Test, expected: Expected, lines: readonly string[]): Promise<void> {
  t.equal(lines.length, Object.keys(expected.windows).length, 'one manifest per window');
  for (const line of lines) {
    const manifest = JSON.parse(line) as Row;
    const window = expected.windows[String(manifest['window_id'])]!;
    const streams = (manifest['streams'] as readonly Row[]).map((s) => [
      s['stream_id']!,
      s['scheme']!,
      s['L_model']!,
      s['L_residual']!,
      s['L_total']!,
    ]);
    t.equal(manifest['manifest_check'], window.manifest_check);
    t.strictSame(streams, window.streams);
    t.equal(sha256(line), window.record_sha256);
  }
}

async function checkCodex(t: Test, expected: Codex, store: ArtefactStore, record: RunRecord): Promise<void> {
  const motifs = await rows(store, record, 'codex_motifs');
  const proposals = await rows(store, record, 'codex_proposals');
  t.equal(motifs.length, expected.motif_count, 'motif count');
  t.equal(proposals.length, expected.proposal_count, 'proposal count');
  t.strictSame(motifs.slice(0, LISTED.motifs).map(hashed), expected.motifs.map(hashed), 'motifs');
  const plain = proposals
    .slice(0, LISTED.proposals)
    .map(({ governance_scores: _scores, ...rest }) => hashed(rest));
  t.strictSame(plain, expected.proposals.map(hashed), 'proposals');
  const governance = (await rows(store, record, 'governance'))[0];
  t.equal(governance?.['approved'] ?? 0, expected.approved, 'approved');
  t.equal(governance?.['hypothetical'] ?? 0, expected.hypothetical, 'hypothetical');
}
