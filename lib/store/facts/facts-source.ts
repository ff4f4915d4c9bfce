import type { RunId } from '../../base/run-id.js';
import type { ArtefactReader } from '../port.js';
import type { RunRecord } from '../record-types.js';
import { unlessDamaged } from '../unless-damaged.js';
import { factsOf, type RunFacts } from './run-facts.js';

/** Location of the facts of a run; small, and opaque to everyone but the source that returned it. */
export type FactsPlace = number;

/** The place of facts that are read from the record. */
export const IN_RECORD: FactsPlace = -1;

/** The facts of all runs of a store, one after another, without holding them. */
export interface FactsSource {
  /** Every readable run once, in no particular order. */
  each(use: (facts: RunFacts, place: FactsPlace) => void): Promise<void>;
  /**
   * The facts of a run at its place; undefined if the run was removed. Synchronous if nothing must be
   * awaited.
   */
  read(id: RunId, place: FactsPlace): RunFacts | undefined | Promise<RunFacts | undefined>;
}

/** The facts of any store: from its cache if it has one, otherwise from the records. */
export function factsSource(store: ArtefactReader & { facts?: () => FactsSource }): FactsSource {
  return store.facts?.() ?? new RecordFacts(store);
}

class RecordFacts implements FactsSource {
  readonly #store: ArtefactReader;

  constructor(store: ArtefactReader) {
    this.#store = store;
  }

  async each(use: (facts: RunFacts, place: FactsPlace) => void): Promise<void> {
    for (const id of await this.#store.runIds()) {
      const record: RunRecord | undefined = await unlessDamaged(this.#store.run(id));
      if (record !== undefined) use(factsOf(record), IN_RECORD);
    }
  }

  async read(id: RunId): Promise<RunFacts | undefined> {
    const record: RunRecord | undefined = await unlessDamaged(this.#store.run(id));
    return record === undefined ? undefined : factsOf(record);
  }
}
