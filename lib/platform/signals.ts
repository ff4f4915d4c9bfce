import { isHangupIgnored } from './hangup.js';

/** SIGHUP is sent when the terminal closes. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

interface Watch {
  readonly call: (signal: StopSignal, count: number) => void;
  count: number;
}

/** Active watches, the latest last. */
const watches: Watch[] = [];

function heard(signal: NodeJS.Signals): void {
  const watch = watches.at(-1);
  if (watch === undefined) return;
  // A hangup comes from the system and again from the shell: only the first is a request.
  if (signal === 'SIGHUP' && (watch.count > 0 || isHangupIgnored())) return;
  watch.call(signal as StopSignal, (watch.count += 1));
}

/**
 * Calls back on every SIGINT and SIGTERM, and on the first SIGHUP unless nohup started the process, with the
 * number of signals of this watch so far (1 for the first); suppresses the default action. Of several watches
 * only the latest is called. The returned function ends the watch.
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
