import { isStoreName } from './layout.js';
import type { ArtefactStore } from './port.js';
import type { BatchRecord, RunRecord } from './records.js';
import { unlessDamaged } from './unless-damaged.js';

/** So many of the latest batches, with so many outcomes altogether, are looked through for a name. */
const LOOK_BACK = 2000;
const OUTCOMES = 200_000;

interface Standing {
  readonly batch: string;
  readonly run: string;
}

/**
 * The run that gave the last result of a name. Mostly its latest execution; but a run whose inputs another one had
 * computed already is not executed, and only its batch says which run stands for it. Batches are read from the newest
 * on, each once, and no further back than an answer needs.
 */
export class LastRuns {
  readonly #store: ArtefactStore;
  readonly #standing = new Map<string, Standing>();
  /** Ids of batches that are not read yet, the newest last. */
  #unread: string[] | undefined;
  #outcomes = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: ArtefactStore) {
    this.#store = store;
  }

  async of(name: string): Promise<RunRecord | undefined> {
    const executed = await this.#store.latestRun(name);
    return (await this.takenFor(name, executed?.id)) ?? executed;
  }

  /** The run that stands for a name in the latest of the batches that began after a run. */
  async takenFor(name: string, after = ''): Promise<RunRecord | undefined> {
    if (!isStoreName(name)) return undefined;
    while (!this.#standing.has(name) && (await this.#inTurn(() => this.#readOneMore(after))));
    const standing = this.#standing.get(name);
    if (standing === undefined || standing.batch <= after) return undefined;
    return unlessDamaged(this.#store.run(standing.run));
  }

  /** Whoever asks at the same time waits, so that a later batch is never taken in after an earlier one. */
  #inTurn(read: () => Promise<boolean>): Promise<boolean> {
    const turn = this.#turn.then(read);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** False when no batch is left that began later. Ids sort by start. */
  async #readOneMore(after: string): Promise<boolean> {
    this.#unread ??= (await this.#store.batchIds()).slice(-LOOK_BACK);
    const batch = this.#unread.at(-1);
    if (batch === undefined || batch <= after || this.#outcomes >= OUTCOMES) return false;
    this.#unread.pop();
    const record: BatchRecord | undefined = await unlessDamaged(this.#store.batch(batch));
    for (const { name, run } of record?.outcomes ?? []) {
      if (run !== null && !this.#standing.has(name)) this.#standing.set(name, { batch, run });
    }
    this.#outcomes += record?.outcomes.length ?? 0;
    return true;
  }
}
