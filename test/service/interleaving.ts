import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AetherError } from '../../lib/base/errors.js';
import type { Clock, TreePlatform } from '../../lib/base/ports.js';
import type { Executor } from '../../lib/execution/executor.js';
import type { RunJob, RunJobResult } from '../../lib/execution/run-job.js';
import { nodePlatform, systemClock } from '../../lib/platform/index.js';
import { Service } from '../../lib/service/index.js';
import type { HistoryDetail, HistoryEntry, OperatorState, RunStatus } from '../../lib/service/wire/index.js';
import { openDiskStore, type ArtefactStore } from '../../lib/store/index.js';
import { ApiClient } from './api-client.js';
import { writeDocuments } from './service-documents.js';
import { inProcessExecutor, serviceOptions, workerExecutor } from './service-in-process.js';

/**
 * Random sequences of actions of an operator and of a machine, over HTTP. After every step: a run that has
 * ended keeps its state, state and history agree on it, and every active run is being computed.
 */

export const STEPS = 6;
const TERMINAL = ['completed', 'fault', 'cancelled'];

/** A reproducible generator (xorshift32), so that a failing sequence can be repeated. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2654435761 || 1;
  }

  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % limit;
  }
}

/** An executor whose workers can be killed. */
interface Mortal extends Executor {
  readonly busy: number;
  kill(): Promise<void>;
}

/**
 * Short slices of computing with pauses, so that actions of the operator fall into the middle of runs at low
 * cost.
 */
function shortSlices(): { readonly clock: Clock; readonly giveWay: () => Promise<unknown> } {
  let now = 0;
  return { clock: { ...systemClock, monotonic: () => (now += 2) }, giveWay: () => setTimeout(1) };
}

/** Computes on this thread, so that many sequences are quick. */
export class MortalThread implements Mortal {
  readonly slots = 1;
  readonly #inner: Executor;
  readonly #jobs = new Set<AbortController>();

  constructor(platform: TreePlatform) {
    this.#inner = inProcessExecutor(platform, 1, shortSlices());
  }

  get busy(): number {
    return this.#jobs.size;
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    const killer = new AbortController();
    this.#jobs.add(killer);
    try {
      return await this.#inner.execute(job, AbortSignal.any([signal, killer.signal]));
    } catch (error) {
      if (killer.signal.aborted) throw new AetherError('WORKER_DIED', 'the worker thread ended', error);
      throw error;
    } finally {
      this.#jobs.delete(killer);
    }
  }

  kill(): Promise<void> {
    for (const job of this.#jobs) job.abort();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** Computes on worker threads, as the command does, which can be killed. */
export class MortalWorkers implements Mortal {
  readonly slots = 1;
  #inner: Executor;
  #busy = 0;

  constructor(inner: Executor) {
    this.#inner = inner;
  }

  get busy(): number {
    return this.#busy;
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    this.#busy++;
    try {
      return await this.#inner.execute(job, signal);
    } finally {
      this.#busy--;
    }
  }

  async kill(): Promise<void> {
    const old = this.#inner;
    this.#inner = await workerExecutor();
    await old.close();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** A machine that can lose power: later writes do not reach the disk. */
function mortalPlatform(): { readonly platform: TreePlatform; readonly die: () => void } {
  const platform = nodePlatform();
  let dead = false;
  const { files } = platform;
  const guarded = (name: 'create' | 'rename' | 'remove' | 'touch') =>
    ((...args: never[]) => {
      if (dead) throw Object.assign(new Error('the process is gone'), { code: 'EIO' });
      return (files[name] as (...all: never[]) => unknown)(...args);
    }) as never;
  const mortal = {
    ...files,
    create: guarded('create'),
    rename: guarded('rename'),
    remove: guarded('remove'),
    touch: guarded('touch'),
    // Processes end here, machines do not: written data survives without a sync, which makes the test fast.
    sync: () => Promise.resolve(),
  };
  return { platform: { ...platform, files: mortal }, die: () => (dead = true) };
}

interface Life {
  readonly service: Service;
  readonly api: ApiClient;
  readonly executor: Mortal;
  readonly store: ArtefactStore;
  readonly die: () => void;
}

/** Makes the executor of one service. */
export type Workers = (platform: TreePlatform) => Promise<Mortal>;

async function live(directory: string, workers: Workers): Promise<Life> {
  const { platform, die } = mortalPlatform();
  const executor = await workers(platform);
  const store = await openDiskStore({ root: join(directory, 'tree'), platform });
  const options = await serviceOptions(directory, { platform, executor, store, grace_ms: 1000 });
  const service = await Service.start(options);
  return { service, api: await ApiClient.open(service.url), executor, store, die };
}

class Sequence {
  dice = new Dice(1);
  /** Ends that were seen, which must never change. */
  readonly ends = new Map<string, RunStatus>();
  readonly started: string[] = [];

  constructor(
    readonly directory: string,
    readonly workers: Workers,
    public life: Life,
  ) {}

  async act(): Promise<string> {
    const { api } = this.life;
    const id = this.started[this.dice.below(Math.max(this.started.length, 1))] ?? 'none';
    const latest = this.started.at(-1) ?? id;
    const scenarios = ['quick', 'quick', 'quick', 'endless', 'faulty', 'governed'];
    switch (this.dice.below(10)) {
      case 0:
      case 1:
      case 2: {
        const scenario_id = scenarios[this.dice.below(scenarios.length)]!;
        const answer = await api.post<RunStatus>('/runs', { scenario_id, paused: this.dice.below(4) === 0 });
        if (answer.status === 201) this.started.push(answer.body.run_id);
        else if (answer.status !== 409) throw new Error(`start: ${answer.text}`);
        return `start ${scenario_id} -> ${String(answer.status)}`;
      }
      case 3:
        return this.control(latest, 'pause');
      case 4:
        return this.control(latest, 'resume');
      case 5:
        return this.control(latest, 'step', { ticks: 1 + this.dice.below(30) });
      case 6:
        return this.control(this.dice.below(2) === 0 ? latest : id, 'stop');
      case 7:
        await this.life.executor.kill();
        return 'kill the worker';
      case 8:
        return this.dice.below(6) === 0 ? this.restart('killed') : this.check();
      default:
        return this.dice.below(6) === 0 ? this.restart('stopped') : this.check();
    }
  }

  async control(id: string, verb: string, body?: object): Promise<string> {
    const { status, text } = await this.life.api.post(`/runs/${id}/${verb}`, body);
    if (![200, 404, 409].includes(status)) throw new Error(`${verb}: ${text}`);
    return `${verb} -> ${String(status)}`;
  }

  async restart(how: 'killed' | 'stopped'): Promise<string> {
    const { service, store, die, executor } = this.life;
    if (how === 'killed') {
      die();
      await executor.kill();
    }
    await service.close().catch(() => undefined);
    await store.close().catch(() => undefined);
    this.life = await live(this.directory, this.workers);
    return `restart, ${how}`;
  }

  /** Checks the invariants of the runs that may have changed since the last check. */
  check(): Promise<string> {
    const latest = this.started.slice(-2);
    return this.checkRuns(this.started.filter((id) => latest.includes(id) || !this.ends.has(id)));
  }

  async checkRuns(ids: readonly string[]): Promise<string> {
    const { api, executor } = this.life;
    const { run, active_runs } = (await api.get<OperatorState>('/state')).body;
    for (const id of ids) {
      const answer = await api.get<HistoryDetail>(`/history/${id}`);
      if (answer.status !== 200) throw new Error(`run ${id} is lost: ${answer.text}`);
      const status = answer.body.run;
      const end = this.ends.get(id);
      if (
        end !== undefined &&
        (end.state !== status.state ||
          end.fault_code !== status.fault_code ||
          end.ticks_completed !== status.ticks_completed)
      ) {
        throw new Error(`run ${id} was ${JSON.stringify(end)} and is ${JSON.stringify(status)}`);
      }
      if (TERMINAL.includes(status.state)) this.ends.set(id, status);
    }
    if (run !== null && TERMINAL.includes(run.state)) {
      const past = (await api.get<HistoryDetail>(`/history/${run.run_id}`)).body.run;
      if (JSON.stringify(past) !== JSON.stringify(run))
        throw new Error(`the state says ${JSON.stringify(run)}, the history ${JSON.stringify(past)}`);
    }
    if (
      executor.busy > 0 &&
      active_runs.length === 0 &&
      (await api.get<OperatorState>('/state')).body.active_runs.length === 0 &&
      executor.busy > 0
    ) {
      throw new Error('something computes that no run stands for');
    }
    return 'check';
  }

  /** Every run must end when the service stops. */
  async settle(): Promise<void> {
    await this.restart('stopped');
    await this.checkRuns(this.started);
    const { run, active_runs } = (await this.life.api.get<OperatorState>('/state')).body;
    if (active_runs.length > 0) throw new Error(`zombies: ${JSON.stringify(active_runs)}`);
    if (run !== null && !TERMINAL.includes(run.state))
      throw new Error(`a run that never ends: ${JSON.stringify(run)}`);
    const history = (await this.life.api.get<HistoryEntry[]>('/history?limit=1000')).body;
    for (const id of this.started) {
      const entry = history.find(({ run_id }) => run_id === id);
      const end = this.ends.get(id);
      if (entry === undefined || end === undefined) throw new Error(`run ${id} is not in the history`);
      if (entry.result !== end.state)
        throw new Error(`run ${id} ended ${end.state} but the history says ${entry.result}`);
    }
    this.started.length = 0;
    this.ends.clear();
  }
}

/** The sequences by seed, their place, and the executor. */
export interface Interleavings {
  readonly first: number;
  readonly last: number;
  readonly directory: string;
  readonly workers: Workers;
}

/** Plays sequences; returns the steps of the first failing one, or nothing. */
export async function interleave(plan: Interleavings): Promise<string | undefined> {
  const { first, last, directory, workers } = plan;
  writeDocuments(directory);
  const sequence = new Sequence(directory, workers, await live(directory, workers));
  try {
    for (let seed = first; seed <= last; seed++) {
      const broken = await play(sequence, seed);
      if (broken !== undefined) return `sequence ${String(seed)}: ${broken}`;
    }
    return undefined;
  } finally {
    await sequence.life.service.close();
    await sequence.life.store.close();
  }
}

/** The error of a sequence, or undefined. */
async function play(sequence: Sequence, seed: number): Promise<string | undefined> {
  sequence.dice = new Dice(seed);
  const steps: string[] = [];
  try {
    for (let step = 0; step < STEPS; step++) steps.push(await sequence.act());
    await sequence.checkRuns(sequence.started);
    // Every tenth sequence ends with a restart; the others continue from the last one.
    if (seed % 10 === 0) await sequence.settle();
    return undefined;
  } catch (error) {
    return `${steps.join('; ')}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
