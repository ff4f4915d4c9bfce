import type { Json } from '../../base/canonical-json.js';

/** One place where stored bytes contradict each other. */
export interface Broken {
  /** Null where the whole artefact or the run record is meant. */
  readonly tick: number | null;
  /** Artefact kind, or `record` for the run record. */
  readonly artefact: string;
  /** Field of the record that does not hold. */
  readonly field: string;
  /** What follows from the rest of the run. */
  readonly expected: Json;
  /** What is stored. */
  readonly found: Json;
}

/** Gathers the first contradiction of each check; what follows a broken place is no news. */
export class Findings {
  readonly #first = new Map<string, { readonly broken: Broken; readonly settled: number }>();
  readonly #passed = new Set<string>();

  /** Notes that a check is made at all. */
  checking(check: string): void {
    this.#passed.add(check);
  }

  isBroken(check: string): boolean {
    return this.#first.has(check);
  }

  /** `settled` is the last tick the broken record depends on, where that is not its own. */
  add(check: string, broken: Broken, settled = broken.tick ?? Infinity): void {
    this.#passed.add(check);
    if (!this.#first.has(check)) this.#first.set(check, { broken, settled });
  }

  /** Checks that were made and held. */
  get passed(): readonly string[] {
    return [...this.#passed].filter((check) => !this.#first.has(check));
  }

  /** Causes first: by the tick at which each was settled, those of the whole run last; else in the order of finding. */
  get broken(): readonly Broken[] {
    const list = [...this.#first.values()];
    return list.sort((a, b) => a.settled - b.settled || 0).map(({ broken }) => broken);
  }
}
