import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Test } from 'tap';
import { STEPS } from './interleaving.js';
import { temporary } from './temporary.js';

/** The thread that computes the runs: that of the service, or worker threads. */
export type Computing = 'in turns' | 'on workers';

export interface Sequences {
  readonly first: number;
  readonly last: number;
  readonly computing: Computing;
}

export interface SequencesAt extends Sequences {
  readonly directory: string;
}

/**
 * Plays sequences on a separate thread: the test framework tracks every promise of its thread, which costs a
 * third of the time of the requests.
 */
export async function playInterleavings(t: Test, sequences: Sequences): Promise<void> {
  const { directory, atEnd } = temporary(t);
  const workerData: SequencesAt = { ...sequences, directory };
  const thread = new Worker(new URL('interleaving-thread.js', import.meta.url), { workerData });
  atEnd(() => thread.terminate());
  const [broken] = (await once(thread, 'message')) as [string | undefined];
  const { first, last } = sequences;
  t.equal(broken, undefined, `${String(last - first + 1)} sequences of ${String(STEPS)} steps`);
}
