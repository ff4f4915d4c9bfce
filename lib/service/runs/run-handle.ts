import type { ControlBlock } from '../../execution/control-block.js';
import type { Stopwatch } from '../../base/stopwatch.js';
import type { Clock } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import { SupervisedRun, type RunLimits } from '../../execution/supervised-run.js';
import type { RunFailure } from '../../store/record-types.js';
import { LiveMemory } from '../live/live-memory.js';
import { shownText } from '../shown-text.js';
import type { RunStatus, WireRunState } from '../wire/run-status.js';
import type { RunPlan } from './run-plan.js';

/** Computing, then publishing, then ended. */
export type RunPhase = 'computing' | 'publishing' | 'ended';

export interface RunEnd {
  readonly state: Exclude<WireRunState, 'idle' | 'running'>;
  /** True if the scenario expects this end. */
  readonly expected: boolean;
  readonly failure: RunFailure | null;
  /** Milliseconds since the Unix epoch. */
  readonly ended: number;
  readonly ticks_completed: number;
  /** False if the store could not take the record: only this process knows the end of the run. */
  readonly recorded: boolean;
}

/** One supervised run. Its end is set once. */
export class RunHandle {
  readonly live: LiveMemory;
  readonly run: SupervisedRun;
  /** Resolves when the run has ended. */
  readonly over: Promise<RunEnd>;
  phase: RunPhase = 'computing';
  /** Called with a tick before a client sees it; after a kill, no earlier tick may be reported. */
  onShow: (tick: number) => void = () => undefined;
  #shown = 0;
  #end: RunEnd | null = null;
  #resolve!: (end: RunEnd) => void;

  constructor(
    readonly id: RunId,
    readonly plan: RunPlan,
    /** Measures the time since the start of the run. */
    readonly watch: Stopwatch,
    { clock, ...limits }: Omit<RunLimits, 'timeout_ms'> & { readonly clock: Clock },
  ) {
    const { name, ticks_total, timeout_ms } = plan;
    this.run = new SupervisedRun(name, ticks_total, { clock, timeout_ms, ...limits });
    this.live = new LiveMemory(plan.facts.nodes);
    this.over = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Milliseconds since the Unix epoch. */
  get started(): number {
    return this.watch.started;
  }

  get control(): ControlBlock {
    return this.run.control;
  }

  get end(): RunEnd | null {
    return this.#end;
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  /** Sets the end; later calls change nothing. */
  finish(end: RunEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.phase = 'ended';
    this.#resolve(end);
  }

  /** Completed ticks, as shown to a client. */
  get ticksShown(): number {
    if (this.#end !== null) return this.#end.ticks_completed;
    return this.show(this.control.ticksCompleted);
  }

  /** Records that a client is about to see a tick; returns it. */
  show(tick: number): number {
    if (tick > this.#shown && this.#end === null) {
      this.#shown = tick;
      this.onShow(tick);
    }
    return tick;
  }

  status(): RunStatus {
    const { id, plan, started } = this;
    const end = this.#end;
    const ticks = this.ticksShown;
    return {
      run_id: id,
      name: plan.name,
      state: end?.state ?? 'running',
      expected: end === null || end.state === 'cancelled' ? null : end.expected,
      paused: end === null && this.phase === 'computing' && this.control.paused && this.run.stopped === null,
      scenario_id: plan.scenario,
      started_at: new Date(started).toISOString(),
      ended_at: end === null ? null : new Date(end.ended).toISOString(),
      ticks_total: plan.ticks_total,
      ticks_completed: ticks,
      progress: Math.min(1, ticks / plan.ticks_total),
      ...faultOf(end?.failure ?? null),
    };
  }
}

export function faultOf(failure: RunFailure | null): Pick<RunStatus, 'fault_reason' | 'fault_code'> {
  return failure === null ? {} : { fault_reason: shownText(failure.message), fault_code: failure.code };
}
