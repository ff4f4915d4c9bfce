import { Refusal } from './refusal.js';
import type { Supervisor } from './runs/supervisor.js';

const ALONE = 'diagnostics run alone';

/** Tracks the use of the machine: runs, a batch, diagnostics. Conflicting work is refused with the reason. */
export class Occupancy {
  readonly #supervisor: Supervisor;
  readonly #maxActive: number;
  #batch: string | null = null;
  #diagnostics: string | null = null;

  constructor(supervisor: Supervisor, maxActive: number) {
    this.#supervisor = supervisor;
    this.#maxActive = maxActive;
  }

  /** @throws Refusal run-active, diagnostics-active */
  requireFreeForRun(): void {
    this.#refuseDiagnostics();
    if (this.#supervisor.taken + 1 >= this.#maxActive) this.#refuseBatch();
    this.#supervisor.requireFree();
  }

  /**
   * Reserves the machine for a batch; the returned function releases it.
   *
   * @throws Refusal run-active, diagnostics-active
   */
  takeForBatch(): () => void {
    this.#refuseDiagnostics();
    this.#refuseBatch();
    this.#supervisor.requireFree();
    this.#batch = 'about-to-start';
    return () => (this.#batch = null);
  }

  /** The id of the batch that holds the machine; known once it starts. */
  nameBatch(id: string): void {
    if (this.#batch !== null) this.#batch = id;
  }

  /** Reserves the machine for diagnostics. @throws Refusal run-active, diagnostics-active */
  takeForDiagnostics(id: string): () => void {
    this.#refuseDiagnostics();
    this.#refuseBatch(`; ${ALONE}`);
    this.#supervisor.requireIdle(ALONE);
    this.#diagnostics = id;
    return () => (this.#diagnostics = null);
  }

  #refuseBatch(why = ''): void {
    if (this.#batch === null) return;
    throw new Refusal('run-active', `Batch ${this.#batch} is running${why}`, { run_id: this.#batch });
  }

  #refuseDiagnostics(): void {
    if (this.#diagnostics === null) return;
    throw new Refusal('diagnostics-active', `Diagnostics ${this.#diagnostics} are running`, {
      run_id: this.#diagnostics,
    });
  }
}
