import { LastRuns } from '../store/last-runs.js';
import type { ArtefactStore } from '../store/port.js';
import { isStoreName } from '../store/layout.js';
import type { RunRecord } from '../store/records.js';
import { unlessDamaged } from '../store/unless-damaged.js';
import { found, notFound, type Lookup } from './lookup.js';
import { nearNames } from './near-names.js';

/** Shortest id prefix that names a run; shorter ones would change their meaning with every new run. */
const MIN_PREFIX = 4;

/**
 * Finds the run a person means: an id, `latest`, a run name or a scenario id (both: the latest run of it), or a unique
 * prefix of an id of at least four characters, tried in this order.
 */
export async function findRun(store: ArtefactStore, ref: string): Promise<Lookup<RunRecord>> {
  const direct = isStoreName(ref) ? ((await store.run(ref)) ?? (await store.latestRun(ref))) : undefined;
  if (direct !== undefined) return found(direct);
  const ids = await store.runIds();
  const matching = ref.length < MIN_PREFIX ? [] : ids.filter((id) => id.startsWith(ref));
  const only = ref === 'latest' ? ids.at(-1) : matching.length === 1 ? matching[0] : undefined;
  const named = only === undefined ? undefined : await store.run(only);
  if (named !== undefined) return found(named);
  if (matching.length > 1) return notFound(`run ${ref}`, matching.slice(-8).reverse(), 'ambiguous');
  const standing = await new LastRuns(store).takenFor(ref);
  return standing === undefined ? byScenario(store, ref, ids) : found(standing);
}

/** Reads records from the newest on; only a reference that names no run at all makes it read every one. */
async function byScenario(
  store: ArtefactStore,
  ref: string,
  ids: readonly string[],
): Promise<Lookup<RunRecord>> {
  const names = new Set<string>(ids.length === 0 ? [] : ['latest']);
  for (const id of [...ids].reverse()) {
    const record = await unlessDamaged(store.run(id));
    if (record === undefined) continue;
    if (record.scenario === ref) return found(record);
    names.add(record.name).add(record.scenario);
  }
  return notFound(`run ${ref}`, nearNames(ref, [...names, ...ids]));
}
