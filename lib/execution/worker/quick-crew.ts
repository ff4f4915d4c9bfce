import type { ThreadEffort } from './reply-message.js';

/** Messages that are looked at together, and the least share of their time that a thread with too little to do is idle. */
const MESSAGES = 12;
const IDLE_SHARE = 0.1;

/**
 * Tells whether quick jobs need one more thread. Mostly publishing them takes longer than computing them: then a further
 * thread would wait like the others, and only cost its start.
 */
export class QuickCrew {
  #messages = 0;
  #busy = 0;
  #idle = 0;

  /** Takes in what a thread did for a message of quick jobs. */
  note({ busy_ms, idle_ms }: ThreadEffort): void {
    this.#messages += 1;
    this.#busy += busy_ms;
    this.#idle += idle_ms;
  }

  /** Asked while jobs wait; each answer stands for the messages since the one before. */
  needsMore(): boolean {
    if (this.#messages < MESSAGES) return false;
    const isShort = this.#idle < IDLE_SHARE * (this.#busy + this.#idle);
    this.#messages = this.#busy = this.#idle = 0;
    return isShort;
  }
}
