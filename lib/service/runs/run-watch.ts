import type { RunHandle } from './run-handle.js';

const MARKER_MS = 1000;

/** Watches one running run, and updates its marker. */
export class RunWatch {
  readonly #handle: RunHandle;
  readonly #mark: () => void;
  /** Milliseconds from the start of the run to its last marker. */
  #marked = 0;

  /** @param mark writes the progress of the run */
  constructor(handle: RunHandle, mark: () => void) {
    this.#handle = handle;
    this.#mark = mark;
  }

  look(): void {
    const { run, phase, watch } = this.#handle;
    if (phase !== 'computing') return;
    if (!run.look() || watch.elapsed - this.#marked < MARKER_MS) return;
    this.#marked = watch.elapsed;
    this.#mark();
  }
}
