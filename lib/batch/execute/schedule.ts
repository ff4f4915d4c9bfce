import pLimit, { type LimitFunction } from 'p-limit';
import type { AetherError } from '../../base/errors.js';
import type { StopCause } from '../batch-event.js';
import { isQuick } from './compute-run.js';
import { executePlanned, isStoreUnusable, type PlannedEnd } from './repeat-and-retry.js';
import { leftOutcome, type RunOutcome } from '../outcome.js';
import { workOf, type PlannedRun } from '../plan/planned-run.js';
import type { SupervisedRun, StopReason } from '../../execution/supervised-run.js';
import type { RunSurroundings, Slots } from './run-surroundings.js';
import type { Reliance } from '../../store/port.js';
import { WorkSlots, type WorkKind } from './work-slots.js';
import { followedOutcome, groupFollowers, mostPatientFirst, standingOutcome } from './shared-result.js';

export interface ScheduleLimits {
  /** Number of failures after which no more runs are started; null for no limit. */
  readonly max_failures: number | null;
  /** Time limit of the whole batch in milliseconds; null for no limit. */
  readonly global_timeout_ms: number | null;
}

/** Maximum of computed runs that are not yet durable: fsyncs are shared, memory is bounded. */
const PUBLISHING = 128;
/** The same of quick runs, of which each has little to remember: two whole commits. */
const QUICK_PUBLISHING = 512;

/** Interval of checks of the running runs in milliseconds. */
const LOOK_MS = 200;

/**
 * Maximum of started repeated runs per slot: one computes while others are made durable before their
 * repetition. A stopped batch leaves this many incomplete.
 */
const REPEATING = 8;

/**
 * Executes a plan: longest first, as many at once as the executor has slots; each run is done only when it is
 * stored. Stopping drains: no more runs start, and running runs end at their next tick if the cause requires
 * it.
 */
export class Schedule implements Slots {
  readonly #around: RunSurroundings;
  readonly #limits: ScheduleLimits;
  readonly #slots: WorkSlots;
  readonly #running = new Set<SupervisedRun>();
  readonly #failed = new Set<string>();
  #stoppedBy: StopCause | null = null;
  #storeError: string | null = null;
  #looking: NodeJS.Timeout | undefined;

  constructor(around: RunSurroundings, limits: ScheduleLimits) {
    this.#around = around;
    this.#limits = limits;
    this.#slots = new WorkSlots(around.executor.slots, this.#quickPerSlot);
  }

  /** Why no more runs are started; null while running. */
  get stoppedBy(): StopCause | null {
    return this.#stoppedBy;
  }

  get storeError(): string | null {
    return this.#storeError;
  }

  get stopping(): boolean {
    return this.#stoppedBy !== null;
  }

  /** The runs being computed, oldest first. */
  get running(): readonly SupervisedRun[] {
    return [...this.#running].filter(({ isWaiting }) => !isWaiting);
  }

  watch(run: SupervisedRun): () => void {
    this.#running.add(run);
    this.#looking ??= setInterval(() => {
      for (const each of this.#running) each.look();
    }, LOOK_MS);
    return () => {
      this.#running.delete(run);
    };
  }

  enter<T>(work: () => Promise<T>, kind: WorkKind): Promise<T | undefined> {
    return this.#slots.enter(async () => (this.stopping ? undefined : work()), kind);
  }

  /** False if no run may start after a failure: runs sent together with a failing one would. */
  get mayShare(): boolean {
    return this.#limits.max_failures === null && this.#quickPerSlot > 1;
  }

  get #quickPerSlot(): number {
    return this.#around.executor.quick_per_slot ?? 1;
  }

  failed(name: string): void {
    this.#failed.add(name);
    const limit = this.#limits.max_failures;
    if (limit !== null && this.#failed.size >= limit) this.stop('max_failures');
  }

  /**
   * Starts no more runs. A cause that also stops running runs takes effect after one that lets them finish;
   * an interruption always does.
   */
  stop(because: StopCause): void {
    const reason = STOP_REASON[because];
    const goesFurther =
      this.#stoppedBy === null || (reason !== null && STOP_REASON[this.#stoppedBy] === null);
    if (!goesFurther && because !== 'interrupted') return;
    this.#stoppedBy = because;
    this.#around.emit({ type: 'stopping', because, running: this.running.length });
    if (reason !== null) for (const run of this.#running) run.stop(reason);
  }

  /** Records that the store is unusable, before anything was executed. */
  refuse(error: AetherError): void {
    this.#storeError ??= error.code;
    this.stop('store_unusable');
  }

  /**
   * Executes the plan, and returns the outcome of every planned run in the order of the plan. `reliance`
   * protects published runs from gc.
   */
  async execute(plan: readonly PlannedRun[], reliance: Reliance): Promise<RunOutcome[]> {
    const timer = this.#globalTimer();
    const outcomes = new Map<PlannedRun, RunOutcome>();
    const done = (run: PlannedRun, outcome: RunOutcome): void => {
      outcomes.set(run, outcome);
      this.#around.emit({
        type: 'run_end',
        outcome,
        work_ms: run.action === 'run' ? workOf(run) : 0,
      });
      // Cached failures must not prevent the start of other runs: every call would end the same.
      const isStanding = run.action === 'cached';
      const isBad = !outcome.ok && outcome.state !== 'not_started' && outcome.state !== 'cancelled';
      if (isBad && !isStanding) this.failed(outcome.name);
    };
    const followers = groupFollowers(plan);
    const { slots } = this.#around.executor;
    const inFlight = pLimit(slots + PUBLISHING);
    const quickInFlight = pLimit(slots * this.#quickPerSlot + QUICK_PUBLISHING);
    const limitOf = (run: PlannedRun): LimitFunction => {
      if (run.repeat > 1) return repeating;
      return this.mayShare && isQuick(run) ? quickInFlight : inFlight;
    };
    const repeating = pLimit(slots * REPEATING);
    for (const run of plan) if (run.action === 'cached') done(run, standingOutcome(run, run.earlier!));
    const work = longestFirst(plan).map((run) =>
      limitOf(run)(() => this.#lead(run, followers.get(run.name) ?? [], { reliance, done })),
    );
    try {
      await settleAll(work, () => this.stop('interrupted'));
    } finally {
      clearTimeout(timer);
      clearInterval(this.#looking);
    }
    return plan.map((run) => outcomes.get(run)!);
  }

  /**
   * Executes a run whose followers share its result. If it gave none within its own limits, a follower with
   * wider limits is executed, for itself and the rest.
   */
  async #lead(run: PlannedRun, followers: readonly PlannedRun[], led: Led): Promise<void> {
    const { reliance, done } = led;
    const sharedBy = followers.map(({ expect }) => expect);
    const end = await executePlanned(run, { around: this.#around, slots: this, reliance, sharedBy });
    if (end.store_error !== null) this.#noteStore(end);
    done(run, end.outcome);
    const goOn = mostPatientFirst(followers, run, end);
    for (const follower of followers) {
      if (!goOn.includes(follower)) done(follower, followedOutcome(follower, end));
      else if (this.stopping) done(follower, leftOutcome(follower));
    }
    const [next, ...rest] = goOn;
    if (next !== undefined && !this.stopping) await this.#lead(next, rest, led);
  }

  #noteStore(end: PlannedEnd): void {
    this.#storeError ??= end.store_error!.code;
    if (isStoreUnusable(end.store_error!)) this.stop('store_unusable');
  }

  #globalTimer(): NodeJS.Timeout | undefined {
    const limit = this.#limits.global_timeout_ms;
    if (limit === null) return undefined;
    return setTimeout(() => {
      this.stop('global_timeout');
    }, limit);
  }
}

/** Data common to all runs of a schedule. */
interface Led {
  readonly reliance: Reliance;
  readonly done: (run: PlannedRun, outcome: RunOutcome) => void;
}

/** Effect of each cause on running runs; null lets them finish. */
const STOP_REASON: Readonly<Record<StopCause, StopReason | null>> = {
  interrupted: 'cancelled',
  global_timeout: 'batch_timed_out',
  max_failures: null,
  store_unusable: 'cancelled',
};

/** Equal ones in the order of the plan. */
function longestFirst(plan: readonly PlannedRun[]): PlannedRun[] {
  return plan
    .filter((run) => run.action === 'run')
    .map((run) => ({ run, work: workOf(run) }))
    .sort((a, b) => b.work - a.work)
    .map(({ run }) => run);
}

/** Waits for everything even if a part throws, which is a bug: then stops the rest and rethrows. */
async function settleAll(work: readonly Promise<void>[], onBug: () => void): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  const noted = work.map((item) =>
    item.catch((error: unknown) => {
      first ??= { error };
      onBug();
    }),
  );
  await Promise.all(noted);
  if (first !== undefined) throw first.error;
}
