import { parseRunId } from '../../base/run-id.js';
import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactReader } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import { listRuns, runIdsWithPrefix, type RunSummary } from '../../store/run-index.js';
import { runsFromLatest } from '../../store/run-list.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { ambiguous, found, notFound, type Lookup } from './lookup.js';
import { nearNames } from './near-names.js';

/** Minimum length of an id prefix; shorter ones would change their meaning with every new run. */
const MIN_PREFIX = 4;

/**
 * Finds a run by name; every command and every route uses it. Tried in this order:
 * - a run id;
 * - a run name: the run with the latest result of the name, executed or cached;
 * - `latest`: the run that arrived in the store last;
 * - a unique prefix of a run id, of at least four characters;
 * - a scenario id: the run with the latest result of the scenario.
 *
 * A batch is not a run; the answer states this.
 */
export async function findRun(store: ArtefactReader, ref: string): Promise<Lookup<RunRecord>> {
  const answers = new LastRuns(store);
  const id = parseRunId(ref);
  const executed = id === undefined ? undefined : ((await store.run(id)) ?? (await store.latestRun(ref)));
  if (executed !== undefined) return found(executed.id === ref ? executed : (await answers.of(ref))!);
  if (ref === 'latest') return latestRun(store);
  const matching = ref.length < MIN_PREFIX ? [] : await runIdsWithPrefix(store, ref);
  if (matching.length > 1) return ambiguous(`run ${ref}`, [...matching].reverse());
  const record =
    (matching.length === 1 ? await store.run(matching[0]!) : undefined) ??
    (id !== undefined ? ((await answers.of(ref)) ?? (await answers.ofScenario(ref))) : undefined);
  return record === undefined ? unknownRun(store, ref) : found(record);
}

/** Ids with a prefix, in their order; none for a prefix that is too short. */
export function matchingIds<Id extends string>(ids: Iterable<Id>, prefix: string): readonly Id[] {
  return prefix.length < MIN_PREFIX ? [] : [...ids].filter((id) => id.startsWith(prefix));
}

async function latestRun(store: ArtefactReader): Promise<Lookup<RunRecord>> {
  for await (const run of runsFromLatest(store)) {
    const record = typeof run === 'string' ? undefined : await unlessDamaged(store.run(run.id));
    if (record !== undefined) return found(record);
  }
  return notFound('run latest');
}

async function unknownRun(store: ArtefactReader, ref: string): Promise<Lookup<never>> {
  const batches = await store.batchIds();
  const batch = batches.includes(ref) ? ref : matchingIds(batches, ref)[0];
  if (batch !== undefined) return notFound(ref, [batch], 'is_batch');
  return notFound(`run ${ref}`, nearNames(ref, knownNames(await listRuns(store))));
}

function knownNames(runs: readonly RunSummary[]): Set<string> {
  const names = new Set<string>(runs.length === 0 ? [] : ['latest']);
  for (const { id, name, scenario } of runs) names.add(name).add(scenario).add(id);
  return names;
}
