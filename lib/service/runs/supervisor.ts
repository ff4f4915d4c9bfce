import type { Clock } from '../../base/ports.js';
import { Stopwatch } from '../../base/stopwatch.js';
import type { RunId } from '../../base/run-id.js';
import { newRunId } from '../../execution/new-id.js';
import { Refusal, shuttingDown } from '../refusal.js';
import { executeRun, type RunPlace } from './execute-run.js';
import type { StopReason } from '../../execution/supervised-run.js';
import { RunHandle, type RunEnd } from './run-handle.js';
import { markerName, markerOf, shownName, spoolName } from './run-marker.js';
import type { RunPlan } from './run-plan.js';
import { RunWatch } from './run-watch.js';

export interface SupervisorOptions extends Omit<RunPlace, 'isClosing'> {
  readonly clock: Clock;
  readonly random: () => number;
  /** Maximum of active runs. */
  readonly max_active: number;
  /** Milliseconds for a stopped run to end before it is abandoned. */
  readonly grace_ms: number;
  /** Milliseconds without a tick, not paused, after which a run counts as stuck. */
  readonly stall_ms: number;
  /** Called on every start and end of a run. */
  readonly onChange?: (handle: RunHandle) => void;
}

/** Number of handles of ended runs that are kept. */
const REMEMBERED = 64;
/** Interval of checks of running runs in milliseconds. */
const WATCH_MS = 200;

/**
 * Starts and supervises runs. A started run ends in exactly one way: with a record in the tree, or, if the
 * tree cannot take it, as a fault with the reason. Ends never change.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #active = new Map<string, RunHandle>();
  readonly #ended = new Map<string, RunHandle>();
  readonly #watches = new Map<string, RunWatch>();
  /** Ends without a record that are not in a marker yet. */
  readonly #unmarked = new Map<string, RunEnd>();
  /** Runs about to start: the machine is reserved, their markers are being written. */
  readonly #reserved = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #latest: RunHandle | undefined;
  #closing = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      for (const watch of this.#watches.values()) watch.look();
      if (this.#unmarked.size > 0) void this.#markAgain();
    }, WATCH_MS);
    this.#timer.unref();
  }

  /** Runs that have not ended, oldest first. */
  get active(): readonly RunHandle[] {
    return [...this.#active.values()];
  }

  /** Number of runs that are active or about to start. */
  get taken(): number {
    return this.#active.size + this.#reserved.size;
  }

  /** The run that was started last; undefined before the first. */
  get latest(): RunHandle | undefined {
    return this.#latest;
  }

  /** A run of this process that is active or ended recently. */
  get(id: RunId): RunHandle | undefined {
    return this.#active.get(id) ?? this.#ended.get(id);
  }

  /** @throws Refusal run-active, shutting-down */
  requireFree(): void {
    const { max_active } = this.#options;
    this.#requireFewerThan(max_active, `this service computes at most ${String(max_active)} runs at once`);
  }

  /** Requires that no run is active or about to start. @throws Refusal run-active, shutting-down */
  requireIdle(why: string): void {
    this.#requireFewerThan(1, why);
  }

  #requireFewerThan(limit: number, why: string): void {
    if (this.#closing) throw shuttingDown();
    if (this.taken < limit) return;
    const [first] = this.#active.keys();
    const what = first === undefined ? 'another run is being started' : `run ${first} is active`;
    const detail = `${what}; ${why}`;
    throw new Refusal('run-active', detail, first === undefined ? {} : { run_id: first });
  }

  /**
   * Starts a run. When this resolves, it is running and its marker is durable.
   *
   * @throws Refusal run-active, shutting-down; AetherError STATE_UNUSABLE
   */
  async start(plan: RunPlan, paused = false): Promise<RunHandle> {
    this.requireFree();
    const { clock, random } = this.#options;
    const watch = new Stopwatch(clock);
    const handle = new RunHandle(newRunId(watch.started, random), plan, watch, this.#options);
    handle.onShow = (tick) => {
      this.#noteShown(handle, tick);
    };
    if (paused) handle.control.pause();
    const reserved = this.#reserve(handle);
    this.#reserved.add(reserved);
    try {
      await reserved;
    } finally {
      this.#reserved.delete(reserved);
    }
    this.#active.set(handle.id, handle);
    this.#watches.set(handle.id, this.#watchOver(handle));
    this.#latest = handle;
    this.#options.onChange?.(handle);
    void this.#supervise(handle);
    return handle;
  }

  /** Writes the marker of a run; removes it if the service has started to close meanwhile. */
  async #reserve(handle: RunHandle): Promise<void> {
    await this.#mark(handle);
    if (!this.#closing) return;
    await this.#options.state.remove(markerName(handle.id));
    throw shuttingDown();
  }

  /** Stops a run at its next tick; abandons it if it does not stop. Resolves when it has ended. */
  stop(handle: RunHandle, reason: StopReason = 'cancelled'): Promise<RunEnd> {
    if (handle.phase === 'computing') handle.run.stop(reason);
    return handle.over;
  }

  /** Stops all runs, and waits until every end is durable. */
  async close(): Promise<void> {
    this.#closing = true;
    const stopped = (): Promise<unknown>[] => this.active.map((handle) => this.stop(handle, 'shut_down'));
    await Promise.allSettled([...this.#reserved, ...stopped()]);
    await Promise.all(stopped());
    await this.#markAgain();
    clearInterval(this.#timer);
  }

  #watchOver(handle: RunHandle): RunWatch {
    return new RunWatch(handle, () => {
      this.#mark(handle).catch(() => undefined);
    });
  }

  async #supervise(handle: RunHandle): Promise<void> {
    const end = await executeRun(handle, { ...this.#options, isClosing: () => this.#closing });
    await this.#forget(handle, end);
    this.#active.delete(handle.id);
    this.#watches.delete(handle.id);
    this.#remember(handle);
    handle.finish(end);
    this.#options.onChange?.(handle);
  }

  /** Cleans up after a run; one without a record keeps its marker, so that the next start can try again. */
  async #forget(handle: RunHandle, end: RunEnd): Promise<void> {
    const { state } = this.#options;
    try {
      if (end.recorded) {
        await state.remove(markerName(handle.id));
        state.drop('live', spoolName(handle.id));
        state.drop('live', shownName(handle.id));
      } else await this.#mark(handle, end);
    } catch {
      // Without room for a new marker the previous one still shows that the run did not complete.
      if (!end.recorded) this.#unmarked.set(handle.id, end);
    }
  }

  /** Tries again to store the ends of runs without a record. */
  async #markAgain(): Promise<void> {
    for (const [id, end] of [...this.#unmarked]) {
      const handle = this.#ended.get(id);
      this.#unmarked.delete(id);
      if (handle !== undefined) await this.#mark(handle, end).catch(() => this.#unmarked.set(id, end));
    }
  }

  /**
   * A kill loses unwritten data, so the tick is written before a client sees it. A full disk must not hide
   * the tick.
   */
  #noteShown({ id }: RunHandle, tick: number): void {
    try {
      this.#options.state.note('live', shownName(id), String(tick));
    } catch {
      // The marker, written every second, is the fallback.
    }
  }

  #remember(handle: RunHandle): void {
    this.#ended.set(handle.id, handle);
    for (const [id, old] of this.#ended) {
      if (this.#ended.size <= REMEMBERED) return;
      if (old.end?.recorded !== false) this.#ended.delete(id);
    }
  }

  async #mark(handle: RunHandle, end?: RunEnd): Promise<void> {
    const { engine, state } = this.#options;
    await state.write(markerName(handle.id), markerOf(handle, { engine, end }));
  }
}
