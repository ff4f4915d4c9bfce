import { scenarioOfName } from '../../base/run-name.js';
import { startedSince } from '../../store/since.js';
import type { ArtefactReader } from '../../store/port.js';
import type { BatchRecord } from '../../store/records.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { latestBatches } from '../find-batch.js';

type Outcome = BatchRecord['outcomes'][number];

/** A batch, and its runs of the name that is asked for. */
export interface Appearance {
  readonly batch: BatchRecord;
  readonly outcomes: readonly Outcome[];
}

export interface AppearanceLimits {
  /** Batches that started at this time or later; ISO 8601. */
  readonly since?: string | undefined;
  readonly limit: number;
}

/** The latest batches that have runs of a name, and one more to compare the oldest of them with. */
export interface Appearances {
  readonly of: 'run' | 'scenario';
  /** The latest first. */
  readonly shown: readonly Appearance[];
  /** The one before; undefined when there is none. */
  readonly before: Appearance | undefined;
}

/** Looks for a run name, or for a scenario where no batch has such a run; undefined when there is neither. */
export async function appearances(
  store: ArtefactReader,
  name: string,
  limits: AppearanceLimits,
): Promise<Appearances | undefined> {
  const runs = await search(store, limits, (outcome) => outcome.name === name);
  if (runs !== undefined) return { of: 'run', ...runs };
  const all = await search(store, limits, (outcome) => scenarioOfName(outcome.name) === name);
  return all === undefined ? undefined : { of: 'scenario', ...all };
}

async function search(
  store: ArtefactReader,
  { since, limit }: AppearanceLimits,
  isMeant: (outcome: Outcome) => boolean,
): Promise<Omit<Appearances, 'of'> | undefined> {
  const shown: Appearance[] = [];
  for (const { id } of await latestBatches(store)) {
    const batch: BatchRecord | undefined = await unlessDamaged(store.batch(id));
    const outcomes = batch?.outcomes.filter(isMeant) ?? [];
    if (batch === undefined || outcomes.length === 0) continue;
    const isShown = shown.length < limit && (since === undefined || startedSince(batch.started_at, since));
    if (!isShown) return { shown, before: { batch, outcomes } };
    shown.push({ batch, outcomes });
  }
  return shown.length === 0 ? undefined : { shown, before: undefined };
}
