import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import { withArrival } from './arrival.js';
import type { ArtefactReader } from './port.js';
import { sealIn } from './record-file.js';
import type { RunRecord, RunState } from './record-types.js';
import { unlessDamaged } from './unless-damaged.js';

/** Fields of a run in a list of runs. */
export interface RunSummary {
  readonly id: RunId;
  readonly name: string;
  readonly scenario: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly ended_at: string;
  readonly ticks_completed: number;
  readonly input_key: Digest;
  readonly result_digest: Digest;
  /** True if the run may answer for its input key. */
  readonly answers: boolean;
  /** Size of the stored artefacts in bytes. */
  readonly bytes: number;
  /** Place in the order of arrival; absent for a record of an older version. */
  readonly arrival?: number;
}

/**
 * The indexed data of a run: enough to check that the run answers for its key, without reading its record.
 */
export interface IndexedRun {
  readonly id: RunId;
  readonly summary: RunSummary;
  readonly retain: RunRecord['retain'];
  readonly failure: RunRecord['failure'];
  /** First digits of the checksum of its record. */
  readonly seal: string;
}

const SEAL_DIGITS = 16;

/** @param text the text of the record's file, which matches its checksum */
export function indexed(run: RunRecord, text: string): IndexedRun {
  const { id, retain, failure } = run;
  return { id, summary: summarise(run), retain, failure, seal: sealDigits(sealIn(text)) };
}

/** The indexed part of a record's checksum. */
export function sealDigits(seal: string): string {
  return seal.slice(0, SEAL_DIGITS);
}

/** The short form of a record. */
export function summarise(run: RunRecord): RunSummary {
  const { id, name, scenario, state, started_at, ended_at, ticks_completed, input_key, result_digest } = run;
  const bytes = run.artefacts.reduce((sum, artefact) => sum + (artefact.stored ? artefact.size : 0), 0);
  const summary: RunSummary = {
    id,
    name,
    scenario,
    state,
    started_at,
    ended_at,
    ticks_completed,
    input_key,
    result_digest,
    answers: run.answers === true,
    bytes,
  };
  return withArrival(summary, run.arrival);
}

/** Summaries of all runs of any store, by id. */
export async function listRuns(
  store: ArtefactReader & { runSummaries?: () => readonly RunSummary[] },
): Promise<readonly RunSummary[]> {
  if (store.runSummaries !== undefined) return store.runSummaries();
  const runs: RunSummary[] = [];
  for (const id of await store.runIds()) {
    const run = await unlessDamaged(store.run(id));
    if (run !== undefined) runs.push(summarise(run));
  }
  return runs;
}

/** Ids of runs that begin with a text, ascending. */
export async function runIdsWithPrefix(
  store: ArtefactReader & { runIdsWithPrefix?: (prefix: string) => readonly RunId[] },
  prefix: string,
): Promise<readonly RunId[]> {
  if (store.runIdsWithPrefix !== undefined) return store.runIdsWithPrefix(prefix);
  return (await store.runIds()).filter((id) => id.startsWith(prefix));
}
