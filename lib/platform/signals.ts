import { isHangupIgnored } from './hangup.js';

/** SIGHUP comes when the terminal goes away. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

interface Watch {
  readonly call: (signal: StopSignal, count: number) => void;
  count: number;
}

/** Under way, the last begun last. */
const watches: Watch[] = [];

function heard(signal: NodeJS.Signals): void {
  const watch = watches.at(-1);
  if (watch === undefined) return;
  // A hangup comes from the system and from the shell as well: only the first is a request.
  if (signal === 'SIGHUP' && (watch.count > 0 || isHangupIgnored())) return;
  watch.call(signal as StopSignal, (watch.count += 1));
}

/**
 * Calls back on every SIGINT and SIGTERM, and on the first SIGHUP unless nohup started the process, with how many have come
 * to this watch so far (1 for the first); the default action is suppressed meanwhile. Of several watches only the last begun
 * is called. The result ends the watch.
 */
export function watchStopSignals(call: Watch['call']): () => void {
  const watch: Watch = { call, count: 0 };
  if (watches.length === 0) for (const signal of STOP_SIGNALS) process.on(signal, heard);
  watches.push(watch);
  return () => {
    const at = watches.indexOf(watch);
    if (at === -1) return;
    watches.splice(at, 1);
    if (watches.length === 0) for (const signal of STOP_SIGNALS) process.off(signal, heard);
  };
}
