/** Plays sequences of interleavings and sends the first failure, or nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { interleave, MortalThread, MortalWorkers, type Workers } from './interleaving.js';
import type { Computing, SequencesAt } from './play-interleavings.js';
import { workerExecutor } from './service-in-process.js';

const WORKERS: Readonly<Record<Computing, Workers>> = {
  'in turns': (platform) => Promise.resolve(new MortalThread(platform)),
  'on workers': async () => new MortalWorkers(await workerExecutor()),
};

const { computing, ...sequences } = workerData as SequencesAt;
parentPort!.postMessage(await interleave({ ...sequences, workers: WORKERS[computing] }));
