import type { Json } from '../../base/canonical-json.js';

/** One contradiction in stored bytes. */
export interface Broken {
  /** Null for the whole artefact or the run record. */
  readonly tick: number | null;
  /** Artefact kind, or `record` for the run record. */
  readonly artefact: string;
  /** The invalid field of the record. */
  readonly field: string;
  /** The value derived from the rest of the run. */
  readonly expected: Json;
  /** The stored value. */
  readonly found: Json;
}

/** Collects the first contradiction of each check; later ones usually follow from it. */
export class Findings {
  readonly #first = new Map<string, { readonly broken: Broken; readonly settled: number }>();
  readonly #passed = new Set<string>();

  /** Registers a check. */
  checking(check: string): void {
    this.#passed.add(check);
  }

  isBroken(check: string): boolean {
    return this.#first.has(check);
  }

  /** `settled` is the last tick that the broken record depends on, if it differs from its own tick. */
  add(check: string, broken: Broken, settled = broken.tick ?? Infinity): void {
    this.#passed.add(check);
    if (!this.#first.has(check)) this.#first.set(check, { broken, settled });
  }

  /** Checks that passed. */
  get passed(): readonly string[] {
    return [...this.#passed].filter((check) => !this.#first.has(check));
  }

  /**
   * Causes first: by the tick at which each was determined, those of the whole run last; otherwise in the
   * order of finding.
   */
  get broken(): readonly Broken[] {
    const list = [...this.#first.values()];
    return list.sort((a, b) => a.settled - b.settled || 0).map(({ broken }) => broken);
  }
}
