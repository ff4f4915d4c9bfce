import type { Clock } from '../../base/ports.js';
import { Stopwatch } from '../../base/stopwatch.js';
import type { RunId } from '../../base/run-id.js';
import { newId } from '../../execution/new-id.js';
import { Refusal } from '../refusal.js';
import type { Occupancy } from '../occupancy.js';
import type { RunHandle } from '../runs/run-handle.js';
import { shownText } from '../shown-text.js';
import { checkBySchema, type DocumentCheck } from '../state/document-check.js';
import type { StateDirectory } from '../state/state-directory.js';
import {
  DIAGNOSTIC_RUN,
  type DiagnosticCheck,
  type DiagnosticProfile,
  type DiagnosticProfileInfo,
  type DiagnosticRun,
  type DiagnosticState,
} from '../wire/diagnostics.js';
import { ref } from '../wire/named-schema.js';
import type { DiagnosticTask } from './diagnostic-check.js';
import { PROFILE_TEXTS } from './profiles.js';

const check = checkBySchema(ref(DIAGNOSTIC_RUN));

/** A check of the document of one run. */
function checkNamed(name: string): DocumentCheck<DiagnosticRun> {
  return (found) => {
    const checked = check(found);
    if ('problem' in checked || checked.value.id === name) return checked;
    return { problem: '/id must be the name of the file' };
  };
}

export interface DiagnosticsRunnerOptions {
  readonly tasks: Readonly<Record<DiagnosticProfile, readonly DiagnosticTask[]>>;
  readonly occupancy: Occupancy;
  readonly state: StateDirectory;
  readonly clock: Clock;
  readonly random: () => number;
  /** Starts a supervised run of a scenario, with log and metrics. */
  readonly startRun: (scenarioId: string) => Promise<RunHandle>;
}

/** A check and its position in its run. */
interface Turn {
  readonly id: string;
  readonly index: number;
  readonly task: DiagnosticTask;
}

/** Runs of diagnostic profiles: one at a time, never beside other work; results survive restarts. */
export class DiagnosticsRunner {
  readonly #options: DiagnosticsRunnerOptions;
  readonly #runs = new Map<string, DiagnosticRun>();
  /** Running diagnostic runs, as stored in their documents. */
  readonly #kept = new Map<string, DiagnosticRun>();
  #current:
    { readonly id: string; readonly abort: AbortController; readonly over: Promise<void> } | undefined;

  constructor(options: DiagnosticsRunnerOptions) {
    this.#options = options;
    for (const name of options.state.names('diagnostics')) {
      const { value: run } = options.state.read(`diagnostics/${name}`, checkNamed(name));
      if (run !== undefined) this.#runs.set(run.id, isOver(run.state) ? run : aborted(run));
    }
  }

  profiles(): DiagnosticProfileInfo[] {
    return Object.entries(this.#options.tasks).map(([profile, tasks]) => ({
      profile: profile as DiagnosticProfile,
      description: PROFILE_TEXTS[profile as DiagnosticProfile],
      checks: tasks.map(({ name }) => name),
    }));
  }

  /** Newest first. */
  list(): readonly DiagnosticRun[] {
    return [...this.#runs.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** @throws Refusal unknown-diagnostics */
  get(id: string): DiagnosticRun {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Refusal('unknown-diagnostics', `There is no diagnostic run ${id}`);
    return run;
  }

  /** @throws Refusal run-active, diagnostics-active; AetherError STATE_UNUSABLE */
  async start(profile: DiagnosticProfile): Promise<DiagnosticRun> {
    const { clock, random, occupancy, tasks } = this.#options;
    const watch = new Stopwatch(clock);
    const id = newId(watch.started, random);
    const release = occupancy.takeForDiagnostics(id);
    const checks = tasks[profile].map(({ name }) => ({
      name,
      status: 'PENDING' as const,
      message: '',
      run_ids: [],
    }));
    const started_at = new Date(watch.started).toISOString();
    const abort = new AbortController();
    const saved = this.#keep({ id, profile, state: 'PENDING', started_at, ended_at: null, checks });
    const over = saved
      .then(() => this.#execute(id, tasks[profile], { signal: abort.signal, watch }))
      .finally(release);
    this.#current = { id, abort, over: over.catch(() => undefined) };
    // Without its document the run would be unknown after a restart, so it is not started.
    await saved;
    return this.get(id);
  }

  /** Stops the current run. */
  async close(): Promise<void> {
    this.#current?.abort.abort();
    await this.#current?.over;
  }

  async #execute(
    id: string,
    tasks: readonly DiagnosticTask[],
    { signal, watch }: { readonly signal: AbortSignal; readonly watch: Stopwatch },
  ): Promise<void> {
    await this.#change(id, { state: 'RUNNING' });
    for (const [index, task] of tasks.entries()) {
      if (signal.aborted) break;
      await this.#checkOne({ id, index, task }, signal);
    }
    const { checks } = this.get(id);
    const some = (status: DiagnosticState): boolean => checks.some((check) => check.status === status);
    const state = signal.aborted
      ? 'ABORTED'
      : some('FAILED')
        ? 'FAILED'
        : some('PASSED')
          ? 'PASSED'
          : 'ABORTED';
    await this.#end({ ...this.get(id), state, ended_at: new Date(watch.time).toISOString() });
  }

  /** A verdict that cannot be stored is not announced: it would be unknown after a restart. */
  async #end(run: DiagnosticRun): Promise<void> {
    try {
      await this.#keep(run);
    } catch {
      this.#runs.set(run.id, aborted(this.#kept.get(run.id) ?? run));
    }
    this.#kept.delete(run.id);
  }

  async #checkOne({ id, index, task }: Turn, signal: AbortSignal): Promise<void> {
    const runs: RunId[] = [];
    const note = (check: Partial<DiagnosticCheck>): Promise<void> => {
      const checks = this.get(id).checks.map((old, at) =>
        at === index ? { ...old, ...check, run_ids: [...runs] } : old,
      );
      return this.#change(id, { checks });
    };
    await note({ status: 'RUNNING' });
    try {
      const verdict = await task.check({
        signal,
        run: async (scenarioId) => {
          const handle = await this.#options.startRun(scenarioId);
          runs.push(handle.id);
          await handle.over;
          return handle;
        },
      });
      await note(verdict);
    } catch (error) {
      const message = error instanceof Error ? shownText(error.message) : 'broke';
      await note({ status: 'FAILED', message });
    }
  }

  /** Progress that cannot be stored is still shown during the run. */
  async #change(id: string, change: Partial<DiagnosticRun>): Promise<void> {
    const run = { ...this.get(id), ...change };
    await this.#keep(run).catch(() => this.#runs.set(id, run));
  }

  /** Writes before showing: a verdict that is shown is stored, and the machine is free for the next run. */
  async #keep(run: DiagnosticRun): Promise<void> {
    await this.#options.state.write(`diagnostics/${run.id}`, run);
    this.#kept.set(run.id, run);
    this.#runs.set(run.id, run);
  }
}

function isOver(state: DiagnosticState): boolean {
  return state === 'PASSED' || state === 'FAILED' || state === 'ABORTED';
}

/** A run whose document does not contain its end, because the service stopped or the disk was full. */
function aborted(run: DiagnosticRun): DiagnosticRun {
  const checks = run.checks.map((one) =>
    isOver(one.status) ? one : { ...one, status: 'ABORTED' as const, message: 'its result was not stored' },
  );
  return { ...run, state: 'ABORTED', ended_at: run.ended_at ?? run.started_at, checks };
}
