import type { LiveArea } from '../batch/report/live-reporter.js';
import { forPeople } from '../base/printable.js';
import { isInForeground } from '../platform/foreground.js';
import type { Terminal } from './terminal.js';

/**
 * The redrawn bottom of the terminal of stderr. Its library is loaded only on a terminal. While another job
 * has the terminal nothing is drawn.
 */
export async function liveArea(terminal: Terminal): Promise<LiveArea> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(sizedStream(terminal));
  return {
    columns: terminal.columns,
    rows: terminal.rows,
    draw: (text) => {
      if (isInForeground()) update(forPeople(text, true));
    },
    clear: () => {
      update.clear();
    },
    done: () => {
      update.done();
    },
  };
}

/** stderr with the assumed size of the terminal, even if it does not know one. */
function sizedStream({ columns, rows }: Terminal): NodeJS.WriteStream {
  return new Proxy(process.stderr, {
    get(stream, key) {
      if (key === 'columns') return columns();
      if (key === 'rows') return rows();
      const value: unknown = Reflect.get(stream, key);
      return typeof value === 'function' ? (value.bind(stream) as unknown) : value;
    },
  });
}
