/** Calls later; injected so that tests need not wait. */
export interface Timers {
  /** Calls once after that many milliseconds, unless the result is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The timers of the machine. */
export const systemTimers: Timers = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
