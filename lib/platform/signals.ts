export const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/**
 * Calls back on every SIGINT and SIGTERM with how many have come so far (1 for the first); the default action is
 * suppressed meanwhile. The result ends the watch.
 */
export function watchStopSignals(call: (signal: StopSignal, count: number) => void): () => void {
  let count = 0;
  const listener = (signal: NodeJS.Signals): void => {
    count += 1;
    call(signal as StopSignal, count);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, listener);
  };
}
