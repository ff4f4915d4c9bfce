import { hashRecord, type Digest } from '../../base/digest.js';
import type { ArtefactReader } from '../../store/port.js';
import type { BatchSummary } from '../../store/batch-index.js';
import type { Outcome } from '../../store/batch-outcomes.js';
import { listRuns } from '../../store/run-index.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { runDifference } from '../batch-diff/run-difference.js';
import { speedChange } from '../batch-diff/speed.js';
import { found, notFound, type Lookup } from '../find/lookup.js';
import { nearNames } from '../find/near-names.js';
import { appearances, type Appearance, type AppearanceLimits } from './appearances.js';
import { executedMs, isBad, isChanged, PastOutcomes, sumOf } from './past-outcomes.js';
import {
  HISTORY_VERSION,
  type History,
  type HistoryChange,
  type HistoryEntry,
  type HistoryResult,
} from './history.js';

/**
 * A run name or a scenario in the batches of a store, the latest first. Each result is compared with the
 * previous one of its name; if they differ, both runs are read.
 */
export async function runHistory(
  store: ArtefactReader,
  name: string,
  limits: AppearanceLimits,
): Promise<Lookup<History>> {
  const appeared = await appearances(store, name, limits);
  if (appeared === undefined) return unknownName(store, name);
  const { of, shown, before } = appeared;
  const past = new PastOutcomes();
  if (before !== undefined) past.add(before.outcomes);
  const entries: HistoryEntry[] = [];
  for (const appearance of [...shown].reverse()) {
    entries.push(await entryOf(store, appearance, past));
    past.add(appearance.outcomes);
  }
  entries.reverse();
  return found({ v: HISTORY_VERSION, kind: 'History', name, of, entries, more: before !== undefined });
}

async function entryOf(
  store: ArtefactReader,
  { batch, outcomes }: Appearance,
  past: PastOutcomes,
): Promise<HistoryEntry> {
  const changes: HistoryChange[] = [];
  for (const outcome of outcomes) {
    const before = past.result(outcome);
    if (before !== undefined && isChanged(before, outcome))
      changes.push(await changeOf(store, before, outcome));
  }
  const executed = outcomes.filter((outcome) => executedMs(outcome) !== null);
  const sameInputs = (outcome: Outcome): boolean => {
    const before = past.result(outcome);
    return before === undefined || isChanged(before, outcome) || before.input_key === outcome.input_key;
  };
  return {
    batch: batch.id,
    started_at: batch.started_at,
    manifests: batch.manifests,
    runs: outcomes.length,
    executed: outcomes.filter(({ state }) => state === 'completed' || state === 'faulted').length,
    cached: outcomes.filter(({ state }) => state === 'cached').length,
    bad: outcomes.filter(isBad).length,
    engines: await enginesOf(store, outcomes),
    result_digest: digestOf(outcomes),
    result: resultOf(outcomes, changes, past),
    changes,
    other_inputs: outcomes
      .filter((outcome) => outcome.result_digest !== null && !sameInputs(outcome))
      .map(({ name }) => name),
    golden: goldenOf(batch, outcomes),
    measured_ms: sumOf(outcomes.map(({ measured_ms = null }) => measured_ms)),
    speed: speedChange(past.time(executed), sumOf(executed.map(executedMs))),
  };
}

async function changeOf(store: ArtefactReader, before: Outcome, after: Outcome): Promise<HistoryChange> {
  const told = { name: after.name, before: before.result_digest!, after: after.result_digest! };
  if (before.run === null || after.run === null)
    return { ...told, cause: null, first: null, unknown: 'one of the batches recorded no run' };
  const looked = await runDifference(store, before.run, after.run);
  return looked.ok
    ? { ...told, ...looked.value, unknown: null }
    : { ...told, cause: null, first: null, unknown: looked.why };
}

function resultOf(
  outcomes: readonly Outcome[],
  changes: readonly unknown[],
  past: PastOutcomes,
): HistoryResult {
  if (changes.length > 0) return 'changed';
  const withResult = outcomes.filter(({ result_digest }) => result_digest !== null);
  if (withResult.length === 0) return 'none';
  return withResult.some((outcome) => past.result(outcome) !== undefined) ? 'same' : 'first';
}

function digestOf(outcomes: readonly Outcome[]): Digest | null {
  if (outcomes.length === 1) return outcomes[0]!.result_digest;
  const pairs = outcomes.map(({ name, result_digest }) => [name, result_digest] as const);
  return pairs.every(([, digest]) => digest === null) ? null : hashRecord(Object.fromEntries(pairs));
}

async function enginesOf(store: ArtefactReader, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const versions = new Set<string>();
  for (const id of new Set(outcomes.map(({ run }) => run))) {
    const record = id === null ? undefined : await unlessDamaged(store.run(id));
    if (record !== undefined) versions.add(record.engine.version);
  }
  return [...versions].sort();
}

function goldenOf({ verdict }: BatchSummary, outcomes: readonly Outcome[]): string | null {
  const goldens = verdict?.goldens;
  if (goldens === undefined || goldens.scope !== 'judged') return null;
  const names = new Set(outcomes.map(({ name }) => name));
  const issue = goldens.issues.find(({ name }) => names.has(name))?.code;
  if (issue !== undefined) return issue;
  const [word, ...others] = new Set(outcomes.map(({ golden }) => golden));
  if (word === undefined || others.length > 0) return 'judged';
  return word ?? 'none';
}

async function unknownName(store: ArtefactReader, name: string): Promise<Lookup<never>> {
  const known = new Set<string>();
  for (const run of await listRuns(store)) known.add(run.name).add(run.scenario);
  return notFound(`run or scenario ${name} in any batch`, nearNames(name, known));
}
