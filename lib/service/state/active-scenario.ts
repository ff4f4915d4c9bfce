import type { StateDirectory } from './state-directory.js';

const DOCUMENT = 'active-scenario';

/** The scenario the operator works with; survives restarts. */
export class ActiveScenario {
  readonly #state: StateDirectory;
  #id: string | null;

  constructor(state: StateDirectory) {
    this.#state = state;
    const read = state.read(DOCUMENT) as { readonly id?: unknown } | undefined;
    this.#id = typeof read?.id === 'string' ? read.id : null;
  }

  get id(): string | null {
    return this.#id;
  }

  async activate(id: string): Promise<void> {
    await this.#state.write(DOCUMENT, { v: 1, id });
    this.#id = id;
  }
}
