import { sha256, type Digest } from '../base/digest.js';
import type { Processes } from '../base/ports.js';
import type { DiskReader } from './disk-reader.js';
import { relative } from './layout.js';
import type { ArtefactStore } from './port.js';
import { uniqueName } from './sharing/process-tag.js';
import type { RunRecord, RunState } from './records.js';

/** What a list of runs shows of each. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly scenario: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly ended_at: string;
  readonly ticks_completed: number;
  readonly input_key: Digest;
  readonly result_digest: Digest;
  /** True when the run may answer for its input key. */
  readonly answers: boolean;
  /** Bytes of the stored artefacts. */
  readonly bytes: number;
}

const INDEX_FILE = 'cache/runs-1.json';

/** The short form of a record. */
export function summarise(run: RunRecord): RunSummary {
  const { id, name, scenario, state, started_at, ended_at, ticks_completed, input_key, result_digest } = run;
  const bytes = run.artefacts.reduce((sum, artefact) => sum + (artefact.stored ? artefact.size : 0), 0);
  return {
    id,
    name,
    scenario,
    state,
    started_at,
    ended_at,
    ticks_completed,
    input_key,
    result_digest,
    answers: run.answers === true,
    bytes,
  };
}

/** Summaries of all runs of any store, by id. */
export async function listRuns(
  store: ArtefactStore & { runSummaries?: () => readonly RunSummary[] },
): Promise<readonly RunSummary[]> {
  if (store.runSummaries !== undefined) return store.runSummaries();
  const runs: RunSummary[] = [];
  for (const id of await store.runIds()) {
    const run = await store.run(id);
    if (run !== undefined) runs.push(summarise(run));
  }
  return runs;
}

/**
 * Short forms of all records, so that listing ten thousand runs does not read ten thousand files. The file is only a
 * cache: runs it lacks are read, runs that are gone are dropped, and a file that does not match its checksum is ignored.
 */
export class RunIndex {
  readonly #reader: DiskReader;
  #known: Map<string, RunSummary> | undefined;
  #stale = false;

  constructor(reader: DiskReader) {
    this.#reader = reader;
  }

  /** Every readable run, by id ascending. */
  refresh(): readonly RunSummary[] {
    const known = (this.#known ??= this.#load());
    const current: RunSummary[] = [];
    for (const id of this.#reader.ids('runs')) {
      const summary = known.get(id) ?? this.#read(id);
      if (summary !== undefined) current.push(summary);
    }
    if (current.length !== known.size) this.#stale = true;
    this.#known = new Map(current.map((summary) => [summary.id, summary]));
    return current;
  }

  /** Writes the index if it would differ. Neither durable nor needed, so whatever goes wrong is left at that. */
  save(processes: Processes): void {
    const temp = relative.temp(uniqueName(processes));
    try {
      const runs = JSON.stringify(this.refresh());
      if (!this.#stale) return;
      this.#reader.files.create(this.#reader.path(temp), `${sha256(runs)}\n${runs}\n`, 0o644);
      this.#reader.files.rename(this.#reader.path(temp), this.#reader.path(INDEX_FILE));
      this.#stale = false;
    } catch {
      // The next writer tries again; a temp left behind is swept.
    }
  }

  #load(): Map<string, RunSummary> {
    const text = this.#reader.readText(INDEX_FILE) ?? '';
    const runs = text.slice(65, -1);
    if (sha256(runs) !== text.slice(0, 64)) return new Map();
    return new Map((JSON.parse(runs) as readonly RunSummary[]).map((summary) => [summary.id, summary]));
  }

  #read(id: string): RunSummary | undefined {
    const run = this.#reader.readableRun(id);
    if (run === undefined) return undefined;
    this.#stale = true;
    return summarise(run);
  }
}
