import type { ArtefactStore } from '../../store/port.js';
import type { BatchSupervisor } from '../batches/batch-supervisor.js';
import type { AuditRunner, GoldenService } from '../goldens/golden-service.js';
import type { RunDirectory } from '../runs/run-directory.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import type { BatchDetail } from '../wire/batch.js';
import { shownText } from '../shown-text.js';
import type { DiagnosticProfile } from '../wire/diagnostics.js';
import {
  failed,
  notCompleted,
  passed,
  skipped,
  type CheckTools,
  type CheckVerdict,
  type DiagnosticTask,
} from './diagnostic-check.js';
import { checkPublished } from './published-numbers.js';

export interface ProfileParts {
  readonly catalogue: ScenarioCatalogue;
  readonly store: ArtefactStore;
  readonly directory: RunDirectory;
  readonly batches: Pick<BatchSupervisor, 'start' | 'stop' | 'ended' | 'get'>;
  readonly goldens: GoldenService | null;
  readonly audit: AuditRunner | null;
}

export const PROFILE_TEXTS: Readonly<Record<DiagnosticProfile, string>> = {
  SMOKE: 'The registry loads, and the smallest scenario runs through all pillars.',
  SELF_CHECK: 'The reference scenario against its published numbers, the goldens, and a sample of the tree.',
  FULL_SUITE: 'Every golden run again, and the audit of determinism.',
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
      { name: 'goldens', check: () => checkGoldens(parts) },
      { name: 'store sample', check: (tools) => checkSample(parts, tools.signal) },
    ],
    FULL_SUITE: [
      registry,
      { name: 'all goldens', check: (tools) => checkAllGoldens(parts, tools) },
      { name: 'audit', check: (tools) => checkAudit(parts, tools.signal) },
    ],
  };
}

async function checkRegistry(catalogue: ScenarioCatalogue): Promise<CheckVerdict> {
  const { list, value } = await catalogue.ask('survey');
  const total = String(list.scenarios.length);
  const { broken } = value;
  if (broken.length === 0) return passed(`${total} scenarios load and resolve`);
  return failed(`${String(broken.length)} of ${total} scenarios do not resolve: ${firstOf(broken)}`);
}

async function checkTinyRun(
  { catalogue, directory }: ProfileParts,
  tools: CheckTools,
): Promise<CheckVerdict> {
  const { smallest: id } = (await catalogue.ask('survey')).value;
  if (id === null) return skipped('no scenario is expected to complete');
  const handle = await tools.run(id);
  const bad = notCompleted(handle);
  if (bad !== undefined) return bad;
  const record = await directory.record(handle.id);
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
    if (!kinds.includes(kind)) return failed(`run ${handle.id} has no ${kind}`);
  }
  await directory.ask('tick', handle.id, record.ticks_completed);
  return passed(
    `${id} completed ${String(record.ticks_completed)} ticks and wrote ${String(kinds.length)} artefacts`,
  );
}

async function checkGoldens({ goldens, catalogue }: ProfileParts): Promise<CheckVerdict> {
  if (goldens === null) return skipped('this service was started without goldens');
  const all = await goldens.statuses(await goldens.places(await catalogue.current()));
  const bad = all.filter(({ state }) => ['differs', 'missing', 'damaged', 'obsolete'].includes(state));
  if (bad.length === 0) return passed(`${String(all.length)} goldens, none differs`);
  return failed(firstOf(bad.map(({ name, state }) => `${name} ${state}`)));
}

async function checkAllGoldens(parts: ProfileParts, tools: CheckTools): Promise<CheckVerdict> {
  const { catalogue, batches, goldens } = parts;
  if (goldens === null) return skipped('this service was started without goldens');
  const scenarios = await withGoldens(catalogue);
  if (scenarios.length === 0) return skipped('no scenario requests a golden');
  const { batch_id } = await batches.start({ scenarios, force: true }, { hasMachine: true });
  const stop = (): void => void batches.stop(batch_id).catch(() => undefined);
  // The abort event may have been dispatched while the batch was being started.
  if (tools.signal.aborted) stop();
  else tools.signal.addEventListener('abort', stop, { once: true });
  await batches.ended(batch_id);
  const batch = await batches.get(batch_id);
  return batch.verdict?.ok === true ? checkGoldens(parts) : failed(whyNotOk(batch));
}

function whyNotOk({ batch_id, verdict, golden_issues }: BatchDetail): string {
  const reasons = verdict?.reasons.map(({ message }) => message) ?? ['internal error'];
  const named = golden_issues.filter(({ ok }) => !ok).map(({ name, reason }) => `${name} (${reason})`);
  const head = `batch ${batch_id}: ${reasons.join('; ')}`;
  return named.length === 0 ? head : `${head}, ${firstOf(named)}`;
}

async function checkAudit({ audit, catalogue }: ProfileParts, signal: AbortSignal): Promise<CheckVerdict> {
  if (audit === null) return skipped('this service was started without the audit');
  const scenarios = await withGoldens(catalogue);
  if (scenarios.length === 0) return skipped('no scenario requests a golden');
  const { ok, message } = await audit.run(scenarios, signal);
  return ok ? passed(message) : failed(shownText(message));
}

async function withGoldens(catalogue: ScenarioCatalogue): Promise<readonly string[]> {
  const { scenarios } = await catalogue.current();
  return scenarios.filter(({ golden }) => golden !== false).map(({ id }) => id);
}

/** Maximum of names in the message of a check. */
const NAMED = 5;

function firstOf(named: readonly string[]): string {
  const hidden = named.length - NAMED;
  return `${named.slice(0, NAMED).join(', ')}${hidden > 0 ? ` and ${String(hidden)} more` : ''}`;
}

/** Number of runs in a sample. */
const SAMPLE = 25;

/** Reads every stored byte of an even selection of runs. */
async function checkSample(
  { store, directory }: { readonly store: ArtefactStore; readonly directory: RunDirectory },
  signal: AbortSignal,
): Promise<CheckVerdict> {
  const ids = await store.runIds();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const sample = ids.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  let bytes = 0;
  for (const id of sample) {
    if (signal.aborted) return skipped('stopped');
    const read = await directory.verified(id);
    if ('problem' in read) return failed(shownText(read.problem));
    bytes += read.bytes;
  }
  return passed(`${String(sample.length)} runs, ${String(bytes)} bytes match their digests`);
}
