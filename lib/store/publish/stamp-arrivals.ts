import type { RunRecord } from '../records.js';
import { takesName } from '../ref-claims.js';
import type { ArrivalCounter } from './arrival-counter.js';
import type { PublishJob } from './publish-job.js';
import { GROUP_LIMIT } from './publish-queue.js';

/**
 * Gives the runs of a commit their places in the order of arrival, one after the other. An imported run that leaves its
 * name to a later one gets none, and so comes before all that arrived here.
 *
 * @param named the run that the ref of a name names now
 * @returns the number of the commit; undefined when there is nothing to stamp
 */
export function stampArrivals(
  jobs: readonly PublishJob[],
  arrivals: ArrivalCounter,
  named: (name: string) => RunRecord | undefined,
): number | undefined {
  if (jobs.length === 0) return undefined;
  const commit = arrivals.take();
  const first = firstArrival(commit);
  const taken = new Map<string, RunRecord>();
  for (const [place, job] of jobs.entries()) {
    const { name } = job.record;
    if (!takesName(job.publication, () => taken.get(name) ?? named(name))) continue;
    taken.set(name, job.record);
    job.arrive(first + place);
  }
  return commit;
}

/** The first of the places that a commit has. */
export function firstArrival(commit: number): number {
  return commit * GROUP_LIMIT;
}

/** The commit that a place belongs to. */
export function commitOf(arrival: number): number {
  return Math.floor(arrival / GROUP_LIMIT);
}
