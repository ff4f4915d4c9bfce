import type { RunRecord } from '../record-types.js';
import { takesName } from '../ref-claims.js';
import type { ArrivalCounter } from './arrival-counter.js';
import type { PublishJob } from './publish-job.js';

/**
 * Assigns consecutive places in the order of arrival to the runs of a commit. An imported run that leaves its
 * name to a later one gets none, and so sorts before all runs that arrived here.
 *
 * @param named the run that the ref of a name currently names
 * @returns the number of the commit, the last one if it takes several; undefined if there is nothing to stamp
 */
export function stampArrivals(
  jobs: readonly PublishJob[],
  arrivals: ArrivalCounter,
  named: (name: string) => RunRecord | undefined,
): number | undefined {
  if (jobs.length === 0) return undefined;
  const numbers = Math.ceil(jobs.length / PLACES);
  const commit = arrivals.take(numbers);
  const first = firstArrival(commit);
  const taken = new Map<string, RunRecord>();
  for (const [place, job] of jobs.entries()) {
    const { name } = job.record;
    if (!takesName(job.publication, () => taken.get(name) ?? named(name))) continue;
    taken.set(name, job.record);
    job.arrive(first + place);
  }
  return commit + numbers - 1;
}

/**
 * Number of different places in the order of arrival. Part of the format: records show by their place which
 * numbers were given.
 */
const PLACES = 64;

/** The first place of a commit. */
export function firstArrival(commit: number): number {
  return commit * PLACES;
}

/** The commit of a place. */
export function commitOf(arrival: number): number {
  return Math.floor(arrival / PLACES);
}
