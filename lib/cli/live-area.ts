import type { LiveArea } from '../batch/report/live-reporter.js';
import type { Terminal } from './terminal.js';

/** The bottom of the terminal behind stderr. Its library is loaded only when a person watches. */
export async function liveArea(terminal: Terminal): Promise<LiveArea> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(process.stderr);
  return {
    columns: terminal.columns,
    draw: (text) => {
      update(text);
    },
    clear: () => {
      update.clear();
    },
    done: () => {
      update.done();
    },
  };
}
