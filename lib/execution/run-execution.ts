import { AetherError } from '../base/errors.js';
import type { Json } from '../base/canonical-json.js';
import type { Clock } from '../base/ports.js';
import type { RunId } from '../base/run-id.js';
import type { LoggingConfig, RunInputs } from '../engine/inputs.js';
import { Session, type SessionView } from '../session/session.js';
import type { BlobStager, StagedBlob } from '../store/port.js';
import type { RunFailure } from '../store/record-types.js';
import type { RunEventSink } from '../telemetry/events.js';
import { jsonLog } from '../telemetry/json-log.js';
import { ArtefactCollector } from './collect-artefacts.js';
import { ControlBlock } from './control-block.js';
import { unpackInputs } from './job-inputs.js';
import { LogArtefact } from './log-artefact.js';
import { NOTHING_MADE, type JobOutcome, type RunJob, type RunJobResult } from './run-job.js';

/** Receives the lines of the log of one run, besides the artefact. */
export interface LogDestination {
  write(line: string): void;
  close(): void;
}

/** Environment of the thread that computes a run. */
export interface ExecutionSurroundings {
  readonly stager: BlobStager;
  readonly clock: Clock;
  /** Opens the `logging.destination` of a run; null for memory. */
  readonly openLog: (logging: LoggingConfig, run: RunId) => LogDestination | null;
}

/**
 * The store could not take the artefacts of the run. Contains the staged blobs, so that they can be dropped.
 */
export class StagingError extends AetherError {
  readonly staged: readonly StagedBlob[];

  constructor(error: AetherError, staged: readonly StagedBlob[]) {
    super(error.code, error.message, error);
    this.staged = staged;
  }
}

/** Ticks between the stored states of a compact run: the maximum cost of replaying a tick. */
const CHECKPOINT_TICKS = 256;

/** One run being computed: a session, its artefacts and its log. Used by every executor. */
export class RunExecution {
  readonly inputs: RunInputs;
  readonly control: ControlBlock;
  readonly #collector: ArtefactCollector;
  readonly #log: LogArtefact | null;
  readonly #destination: LogDestination | null;
  readonly #session: Session | undefined;
  #bug: RunFailure | null = null;

  /** @throws StagingError when the store cannot take the blobs of the run */
  constructor(job: RunJob, around: ExecutionSurroundings) {
    this.control = new ControlBlock(job.control);
    this.#collector = new ArtefactCollector(around.stager, job.retain);
    this.inputs = unpackInputs(job.inputs);
    const { logging } = this.inputs.run;
    this.#log = logging.enabled ? new LogArtefact(this.#collector) : null;
    this.#destination = logging.enabled ? around.openLog(logging, job.id) : null;
    this.#session = this.#guarded(() => this.#start(job, around.clock));
  }

  /** The run between two ticks; undefined if it could not start. */
  get view(): SessionView | undefined {
    return this.#session?.view;
  }

  /** Computed ticks; the control block is updated slightly later. */
  get ticksCompleted(): number {
    return this.#session?.ticks_completed ?? 0;
  }

  /**
   * Computes one tick. False if there is nothing more to do, or if a stop was requested.
   *
   * @param look called before the control block publishes the tick
   */
  advance(look?: () => void): boolean {
    const session = this.#session;
    if (session === undefined || this.control.stopRequested) return false;
    const more = this.#guarded(() => session.step()) ?? false;
    look?.();
    this.control.tickDone(session.ticks_completed);
    return more;
  }

  /**
   * Closes the run; call once. A failed run has no artefacts: a partial artefact proves nothing.
   *
   * @throws StagingError as above
   */
  finish(): RunJobResult {
    const session = this.#session;
    const outcome = this.#bug === null && session ? this.#guarded(() => this.#end(session)) : undefined;
    this.#destination?.close();
    const ticks_completed = session?.ticks_completed ?? 0;
    const blobs = this.#collector.blobs;
    if (session === undefined || outcome === undefined) {
      return { ...NOTHING_MADE, outcome: { state: 'failed', failure: this.#bug! }, ticks_completed, blobs };
    }
    return {
      outcome,
      ticks_completed,
      ...this.#collector.finish(),
      blobs,
      metrics: session.metrics as Json | null,
      observables: session.observables,
      loom: { tip: session.loom_tip, i_blocks: session.i_blocks },
    };
  }

  #start(job: RunJob, clock: Clock): Session {
    return new Session({
      inputs: this.inputs,
      sink: this.#collector,
      emit: this.#log === null ? undefined : this.#sink(job, this.#log, clock),
      chunk_bytes: job.chunk_bytes ?? undefined,
      checkpoint_every: job.retain === 'compact' ? CHECKPOINT_TICKS : undefined,
    });
  }

  #end(session: Session): JobOutcome {
    const ended = session.finish();
    this.#log?.flush();
    if (ended.state === 'faulted') return { state: 'faulted', failure: ended.fault };
    return { state: ended.state, failure: null };
  }

  #guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof AetherError) throw new StagingError(error, this.#collector.blobs);
      this.#bug ??= engineError(error, this.control.ticksCompleted);
      return undefined;
    }
  }

  #sink(job: RunJob, log: LogArtefact, clock: Clock): RunEventSink {
    return jsonLog({
      ...this.inputs.run.logging,
      clock,
      run: job.id,
      write: (line, tick) => {
        log.write(line, tick);
        this.#destination?.write(line);
      },
    });
  }
}

function engineError(error: unknown, ticksCompleted: number): RunFailure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'ENGINE_ERROR', message, tick: ticksCompleted + 1, place: null };
}
