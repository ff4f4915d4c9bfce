import { resolve } from 'node:path';
import { AetherError } from '../../base/errors.js';
import { openWithSystem, type OpenFile } from '../../platform/index.js';
import type { CommandContext } from '../command-context.js';
import { UsageError } from '../command-error.js';
import { isCI } from '../is-ci.js';
import { STDOUT } from './write-output.js';

export const OPEN_OPTION = {
  type: 'boolean',
  describe: 'Open the written file, where a person watches',
} as const;

/** Opens a file once it is written. */
export type OpenWritten = (path: string) => Promise<void>;

/**
 * Checks before anything is read that there will be a file to open. On a CI machine and without a terminal
 * nothing is opened, with a message.
 *
 * @throws UsageError
 */
export function openerFor(
  { open, output = STDOUT }: { readonly open?: boolean; readonly output?: string },
  { env, terminal }: CommandContext,
  openFile: OpenFile = openWithSystem,
): OpenWritten {
  if (open !== true) return () => Promise.resolve();
  if (output === STDOUT) throw new UsageError('--open needs a file', 'name it with -o');
  const why = isCI(env) ? 'CI is set' : terminal.isLive || terminal.isPaged ? null : 'there is no terminal';
  return async (path) => {
    if (why !== null) {
      terminal.err(`${path}: not opened, ${why}\n`);
      return;
    }
    try {
      await openFile(resolve(path));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AetherError(
        'OUTPUT_NOT_OPENED',
        `${path} is written, but cannot be opened: ${reason}`,
        error,
      );
    }
  };
}
