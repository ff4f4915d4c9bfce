import picocolors from 'picocolors';
import type { Terminal } from '../../lib/cli/terminal.js';

/** A terminal of 80 by 24 without colours; its output is discarded unless `parts` takes it. */
export function quietTerminal(parts: Partial<Terminal> = {}): Terminal {
  const plain = picocolors.createColors(false);
  return {
    out: () => undefined,
    write: () => Promise.resolve(true),
    err: () => undefined,
    outColors: plain,
    errColors: plain,
    isLive: false,
    isPaged: false,
    columns: () => 80,
    rows: () => 24,
    data: () => undefined,
    errData: () => undefined,
    broken: () => undefined,
    outWidth: () => null,
    errWidth: () => null,
    ...parts,
  };
}
