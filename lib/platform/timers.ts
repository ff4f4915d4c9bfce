/** Delayed calls; injected so that tests need not wait. */
export interface Timers {
  /** Calls once after `milliseconds`, unless the returned function is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The timers of Node. */
export const systemTimers: Timers = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
