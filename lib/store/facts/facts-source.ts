import type { ArtefactReader } from '../port.js';
import type { RunRecord } from '../records.js';
import { unlessDamaged } from '../unless-damaged.js';
import { factsOf, type RunFacts } from './run-facts.js';

/** Where the facts of a run are found again; opaque to everybody but the source that gave it. */
export interface FactsPlace {
  readonly id: string;
  /** File and range of the cached line; absent when the record is read. */
  readonly segment?: string;
  readonly from?: number;
  readonly length?: number;
}

/** The facts of all runs of a store, one after another, without holding them. */
export interface FactsSource {
  /** Every readable run once, in no particular order. */
  each(use: (facts: RunFacts, place: FactsPlace) => void): Promise<void>;
  /** The facts at a place; undefined when the run is gone. */
  read(place: FactsPlace): Promise<RunFacts | undefined>;
}

/** The facts of any store: from its cache when it has one, otherwise from the records. */
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
      if (record !== undefined) use(factsOf(record), { id });
    }
  }

  async read({ id }: FactsPlace): Promise<RunFacts | undefined> {
    const record: RunRecord | undefined = await unlessDamaged(this.#store.run(id));
    return record === undefined ? undefined : factsOf(record);
  }
}
