import { BoundedMap } from '../../base/bounded-map.js';
import type { RunId } from '../../base/run-id.js';
import type { PackedInputs } from '../../execution/job-inputs.js';
import { openRun, type RunView } from '../../inspect/index.js';
import type { SeriesRun } from '../../inspect/series/index.js';
import type { ArtefactStore } from '../../store/port.js';
import { resultOf, type RunRecord } from '../../store/record-types.js';
import type { TaskAnswer, TaskArguments, TaskReader } from '../reading/task-reader.js';
import { Refusal } from '../refusal.js';
import { present } from '../records/present.js';
import type { AskedSeries } from '../records/asked-series.js';
import type { AddedFile, ArchiveFormat } from '../records/export-bundle.js';
import type { ReadRun } from '../records/read-run.js';
import { readStream } from '../records/read-stream.js';
import type { RunRecords } from '../records/run-records.js';
import type { StoredRun } from '../wire/records.js';
import type { HistoryDetail } from '../wire/history.js';
import type { PillarState, PillarStatus } from '../wire/pillar.js';
import type { RunStatus } from '../wire/run-status.js';
import { liveFacts, pillarCards } from './pillar-cards.js';
import { allMetrics, isExpected, recordStatus } from './record-status.js';
import type { RunHandle } from './run-handle.js';
import type { Supervisor } from './supervisor.js';

/** Maximum of cached cards of past runs. */
const KEPT_CARDS = 200;

export interface RunDirectoryParts {
  readonly supervisor: Supervisor;
  readonly store: ArtefactStore;
  /** Reads the records of finished runs. */
  readonly records: TaskReader<RunRecords>;
}

type RunTask = keyof RunRecords & string;
type FurtherArguments<K extends RunTask> =
  TaskArguments<RunRecords, K> extends [string, ...infer A] ? A : never;

/** All runs, live or past, by id. */
export class RunDirectory {
  readonly #supervisor: Supervisor;
  readonly #store: ArtefactStore;
  readonly #records: TaskReader<RunRecords>;
  readonly #cards = new BoundedMap<string, Promise<readonly PillarStatus[]>>(KEPT_CARDS);

  constructor({ supervisor, store, records }: RunDirectoryParts) {
    this.#supervisor = supervisor;
    this.#store = store;
    this.#records = records;
  }

  /** @throws Refusal unknown-run */
  async status(id: RunId): Promise<RunStatus> {
    const handle = this.#supervisor.get(id);
    return handle?.status() ?? recordStatus(await this.record(id));
  }

  /** A run that can be controlled. @throws Refusal unknown-run, run-not-active */
  async requireActive(id: RunId): Promise<RunHandle> {
    const handle = this.#supervisor.get(id);
    if (handle !== undefined && !handle.isOver) return handle;
    const { state } = await this.status(id);
    throw new Refusal('run-not-active', `Run ${id} has ended: ${state}`, { run_id: id });
  }

  /** @throws Refusal unknown-run */
  async record(id: RunId): Promise<RunRecord> {
    const record = await this.#store.run(id);
    if (record !== undefined) return record;
    throw new Refusal('unknown-run', `There is no run ${id}`);
  }

  /** A finished run for reading few, small records. @throws Refusal unknown-run, run-not-finished */
  async view(id: RunId): Promise<RunView> {
    await this.requireFinished(id);
    return present(await openRun(this.#store, id));
  }

  /** @throws Refusal unknown-run, run-not-finished */
  async requireFinished(id: RunId): Promise<void> {
    const handle = this.#supervisor.get(id);
    if (handle !== undefined && !handle.isOver) {
      throw new Refusal(
        'run-not-finished',
        `Run ${id} is still running; its records are available when it has ended`,
        { run_id: id },
      );
    }
    await this.record(id);
  }

  /** The documents of a run that is not in the tree yet. */
  pendingInputs(id: RunId): PackedInputs | undefined {
    const handle = this.#supervisor.get(id);
    return handle === undefined || handle.end?.recorded === true ? undefined : handle.plan.packed;
  }

  /**
   * Performs a task on the records of a finished run, on the records thread.
   *
   * @throws Refusal unknown-run, run-not-finished, and as the task does
   */
  async ask<K extends RunTask>(
    task: K,
    id: RunId,
    ...args: FurtherArguments<K>
  ): Promise<TaskAnswer<RunRecords, K>> {
    await this.requireFinished(id);
    return this.#records.ask(task, ...([id, ...args] as unknown as TaskArguments<RunRecords, K>));
  }

  /** Reads every stored byte of a run, even if its record is damaged. */
  verified(id: RunId): Promise<ReadRun> {
    return this.#records.ask('verified', id);
  }

  /** The bytes of a finished run as an archive. @throws Refusal unknown-run, run-not-finished */
  async exported(
    id: RunId,
    format: ArchiveFormat,
    added: readonly AddedFile[],
  ): Promise<AsyncIterable<Uint8Array>> {
    return readStream(this.#records, await this.ask('openExport', id, format, added));
  }

  /** The bytes of a table of series of runs. @throws Refusal invalid-selection */
  async series(runs: readonly SeriesRun[], asked: AskedSeries): Promise<AsyncIterable<Uint8Array>> {
    return readStream(this.#records, await this.#records.ask('openSeries', runs, asked));
  }

  async detail(id: RunId): Promise<HistoryDetail> {
    const handle = this.#supervisor.get(id);
    if (handle !== undefined && handle.end?.recorded !== true) {
      return { run: handle.status(), summary_metrics: {} };
    }
    const record = await this.record(id);
    return {
      run: handle?.status() ?? recordStatus(record),
      summary_metrics: allMetrics(record),
      record: shortRecord(record),
    };
  }

  /** Cards of a run; computed once for concurrent callers. */
  async pillars(id: RunId): Promise<readonly PillarStatus[]> {
    const handle = this.#supervisor.get(id);
    // Reading what a compact run does not store would compute it again; the live memory still has it.
    if (handle !== undefined && (handle.end?.recorded !== true || handle.plan.retain === 'compact'))
      return liveCards(handle);
    const known = this.#cards.get(id);
    if (known !== undefined) return known;
    const cards = this.#pastCards(id);
    this.#cards.set(id, cards);
    cards.catch(() => this.#cards.delete(id));
    return cards;
  }

  async #pastCards(id: RunId): Promise<readonly PillarStatus[]> {
    const record = await this.record(id);
    const isEmpty = record.artefacts.every(({ kind }) => kind === 'log');
    const facts = isEmpty ? null : await this.ask('facts', id);
    return pillarCards(facts === null ? 'unknown' : pastState(record), facts);
  }
}

/** Cards of a run of this process, from its live memory. */
export function liveCards(handle: RunHandle): PillarStatus[] {
  const { facts: run, ticks_total } = handle.plan;
  const summary = handle.live.summary();
  handle.show(summary.tick);
  const facts = liveFacts(summary, {
    over: handle.isOver,
    ticks: handle.ticksShown,
    ticks_total,
    windows: run.windows,
    edges: run.edges,
    W: run.block_spacing,
    governance_mode: run.governance_mode,
  });
  return pillarCards(liveState(handle), facts);
}

function liveState(handle: RunHandle): PillarState {
  if (handle.end !== null) return handle.end.state === 'fault' && !handle.end.expected ? 'fault' : 'idle';
  if (handle.phase === 'publishing') return 'cooling';
  return handle.control.ticksCompleted === 0 ? 'warming' : 'running';
}

/** An expected fault is not a fault of a pillar. */
function pastState(record: RunRecord): PillarState {
  const isFault = record.state !== 'completed' && record.state !== 'cancelled';
  return isFault && isExpected(record) !== true ? 'fault' : 'idle';
}

function shortRecord(record: RunRecord): StoredRun {
  const { input_key, inputs, state, failure, retain, engine, loom, golden, cell, gid, run_id } = record;
  return {
    input_key,
    inputs,
    state,
    failure,
    retain,
    engine,
    result_digest: resultOf(record),
    loom,
    golden,
    cell,
    gid,
    config_run_id: run_id,
    artefacts: record.artefacts.map(({ kind, media_type, digest, size, records, stored }) => ({
      kind,
      media_type,
      digest,
      size,
      records,
      stored,
    })),
  };
}
