import type { ArtefactStore } from '../../store/port.js';
import { artefactPieces } from '../../store/export-run.js';
import { resultDigestOf } from '../../store/verify-store.js';
import { AetherError } from '../../base/errors.js';
import type { ScenarioRegistry } from '../../config/index.js';
import { openRun } from '../../inspect/index.js';
import type { BatchDesk } from '../batches/batch-desk.js';
import type { AuditDesk, GoldenDesk } from '../golden-desk.js';
import type { RunHandle } from '../runs/run-handle.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import { shownText } from '../shown-text.js';
import type { DiagnosticProfile } from '../wire/diagnostics.js';
import {
  failed,
  passed,
  skipped,
  type CheckTools,
  type CheckVerdict,
  type DiagnosticTask,
} from './diagnostic-check.js';

export interface ProfileParts {
  readonly catalogue: ScenarioCatalogue;
  readonly store: ArtefactStore;
  readonly batches: BatchDesk;
  readonly goldens: GoldenDesk | null;
  readonly audit: AuditDesk | null;
}

export const PROFILE_TEXTS: Readonly<Record<DiagnosticProfile, string>> = {
  SMOKE: 'The registry loads, and the smallest scenario goes through everything.',
  SELF_CHECK: 'The reference scenario against its published numbers, the goldens, and a sample of the tree.',
  FULL_SUITE: 'Every golden run anew, and the audit of determinism.',
};

/** The checks of each profile, in order. */
export function diagnosticTasks(
  parts: ProfileParts,
): Readonly<Record<DiagnosticProfile, readonly DiagnosticTask[]>> {
  const registry: DiagnosticTask = { name: 'registry', check: () => checkRegistry(parts.catalogue) };
  return {
    SMOKE: [registry, { name: 'tiny run', check: (tools) => checkTinyRun(parts, tools) }],
    SELF_CHECK: [
      registry,
      { name: 'published numbers', check: (tools) => checkPublished(parts, tools) },
      { name: 'goldens', check: () => checkGoldens(parts.goldens) },
      { name: 'store sample', check: (tools) => checkSample(parts.store, tools.signal) },
    ],
    FULL_SUITE: [
      registry,
      { name: 'all goldens', check: (tools) => checkAllGoldens(parts, tools) },
      { name: 'audit', check: (tools) => checkAudit(parts.audit, tools.signal) },
    ],
  };
}

function checkRegistry(catalogue: ScenarioCatalogue): Promise<CheckVerdict> {
  const registry = catalogue.fresh();
  const broken = registry.scenarios.filter(({ id }) => !registry.resolve(id).ok);
  const total = String(registry.scenarios.length);
  if (broken.length === 0) return Promise.resolve(passed(`${total} scenarios load and resolve`));
  const names = broken
    .slice(0, 5)
    .map(({ id }) => id)
    .join(', ');
  return Promise.resolve(failed(`${String(broken.length)} of ${total} scenarios do not resolve: ${names}`));
}

/** The scenario with the least work that is meant to complete. */
function smallest(registry: ScenarioRegistry): string | undefined {
  let best: { readonly id: string; readonly work: number } | undefined;
  for (const scenario of registry.scenarios) {
    if (scenario.expect !== 'completed') continue;
    const resolved = registry.resolve(scenario.id);
    if (!resolved.ok) continue;
    const { run, topology } = resolved.value;
    const work = run.ticks * (topology.N + topology.edges.length);
    if (best === undefined || work < best.work) best = { id: scenario.id, work };
  }
  return best?.id;
}

async function checkTinyRun({ catalogue, store }: ProfileParts, tools: CheckTools): Promise<CheckVerdict> {
  const id = smallest(catalogue.registry);
  if (id === undefined) return skipped('no scenario is meant to complete');
  const handle = await tools.run(id);
  const bad = notCompleted(handle);
  if (bad !== undefined) return bad;
  const view = await openRun(store, handle.id);
  if (!view.ok) return failed(`run ${handle.id} cannot be read back`);
  const { record } = view.value;
  const kinds = record.artefacts.filter(({ records }) => records > 0).map(({ kind }) => kind);
  for (const kind of [
    'umx_ledger',
    'loom_p_blocks',
    'apx_manifests',
    'nap_envelopes',
    'u_ledger',
    'log',
    'metrics',
  ]) {
    if (!kinds.includes(kind)) return failed(`run ${handle.id} left no ${kind}`);
  }
  const ledger = await view.value.ledger(record.ticks_completed);
  if (!ledger.ok) return failed(`tick ${String(record.ticks_completed)} of run ${handle.id} cannot be read`);
  return passed(
    `${id} completed ${String(record.ticks_completed)} ticks and left ${String(kinds.length)} artefacts`,
  );
}

function notCompleted(handle: RunHandle): CheckVerdict | undefined {
  const { end } = handle;
  if (end?.state === 'completed') return undefined;
  return failed(
    `${handle.plan.name} ended as ${end?.state ?? 'running'}: ${shownText(end?.failure?.message ?? 'no reason given')}`,
  );
}

/** Published answers of the GF-01 exam: the chain over eight ticks, and the checks of its two windows. */
const GF01 = {
  scenario: 'gf01',
  chain: [20987847, 356793608, 65491504, 113355772, 927048329, 759821701, 916969047, 588473909],
  checks: [487809945, 869911338],
} as const;

async function checkPublished({ catalogue, store }: ProfileParts, tools: CheckTools): Promise<CheckVerdict> {
  if (catalogue.registry.get(GF01.scenario) === undefined)
    return skipped(`the registry has no scenario ${GF01.scenario}`);
  const handle = await tools.run(GF01.scenario);
  const bad = notCompleted(handle);
  if (bad !== undefined) return bad;
  const view = await openRun(store, handle.id);
  if (!view.ok) return failed(`run ${handle.id} cannot be read back`);
  for (const [index, expected] of GF01.chain.entries()) {
    const block = await view.value.pBlock(index + 1);
    const found = block.ok ? block.value.C_t : 'nothing';
    if (found !== expected)
      return failed(`C_${String(index + 1)} is ${String(found)}, published is ${String(expected)}`);
  }
  for (const expected of GF01.checks) {
    const windows = (await view.value.inputs()).run.windows;
    const manifests = await Promise.all(windows.map(({ window_id }) => view.value.manifest(window_id)));
    if (manifests.every((manifest) => !manifest.ok || manifest.value.manifest_check !== expected)) {
      return failed(`no window has the published check ${String(expected)}`);
    }
  }
  return passed(`${GF01.scenario} gives its published chain and checks`);
}

async function checkGoldens(goldens: GoldenDesk | null): Promise<CheckVerdict> {
  if (goldens === null) return skipped('this service was started without goldens');
  const all = await goldens.list();
  const bad = all.filter(({ state }) => state === 'differs' || state === 'missing' || state === 'obsolete');
  if (bad.length === 0) return passed(`${String(all.length)} goldens, none differs`);
  return failed(
    bad
      .slice(0, 5)
      .map(({ name, state }) => `${name} ${state}`)
      .join(', '),
  );
}

/** Runs looked at in a sample. */
const SAMPLE = 25;

async function checkSample(store: ArtefactStore, signal: AbortSignal): Promise<CheckVerdict> {
  const ids = await store.runIds();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const sample = ids.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  let bytes = 0;
  for (const id of sample) {
    if (signal.aborted) return skipped('stopped');
    try {
      const record = await store.run(id);
      if (record === undefined) continue;
      if (resultDigestOf(record) !== record.result_digest)
        return failed(`the result digest of run ${id} does not follow from its artefacts`);
      for (const artefact of record.artefacts.filter(({ stored }) => stored)) {
        for await (const piece of artefactPieces(store, artefact)) bytes += piece.length;
      }
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      return failed(`run ${id}: ${shownText(error.message)}`);
    }
  }
  return passed(`${String(sample.length)} runs, ${String(bytes)} bytes match their digests`);
}

async function checkAllGoldens(parts: ProfileParts, tools: CheckTools): Promise<CheckVerdict> {
  const { catalogue, batches, goldens } = parts;
  if (goldens === null) return skipped('this service was started without goldens');
  const scenarios = catalogue.registry.scenarios.filter(({ golden }) => golden !== false).map(({ id }) => id);
  if (scenarios.length === 0) return skipped('no scenario asks for a golden');
  const { batch_id } = await batches.start({ scenarios, force: true }, { hasMachine: true });
  tools.signal.addEventListener('abort', () => void batches.stop(batch_id).catch(() => undefined), {
    once: true,
  });
  await batches.ended(batch_id);
  const { state, failed: bad, total } = await batches.get(batch_id);
  if (state !== 'completed')
    return failed(`batch ${batch_id}: ${String(bad)} of ${String(total)} runs are no success`);
  return checkGoldens(goldens);
}

async function checkAudit(audit: AuditDesk | null, signal: AbortSignal): Promise<CheckVerdict> {
  if (audit === null) return skipped('this service was started without the audit');
  const { ok, message } = await audit.run(signal);
  return ok ? passed(message) : failed(shownText(message));
}
