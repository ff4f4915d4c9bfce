import type { ThreadEffort } from './reply-message.js';

/** Computing after which it is decided: starting and warming up a thread costs about as much. */
const BUSY_MS = 400;
/** The least share of their time that threads with too little to do are idle. */
const IDLE_SHARE = 0.1;

/**
 * Decides whether quick jobs need one more thread. Usually publishing takes longer than computing: then a
 * further thread would be idle, and only cost its start.
 */
export class QuickCrew {
  #busy = 0;
  #idle = 0;

  /** Records the effort of a thread for a message of quick jobs. */
  note({ busy_ms, idle_ms }: ThreadEffort): void {
    this.#busy += busy_ms;
    this.#idle += idle_ms;
  }

  /** Called while jobs wait. The answer is computed from the effort since the previous call. */
  needsMore(): boolean {
    if (this.#busy < BUSY_MS) return false;
    const isShort = this.#idle < IDLE_SHARE * (this.#busy + this.#idle);
    this.#busy = this.#idle = 0;
    return isShort;
  }
}
