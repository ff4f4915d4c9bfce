import type { ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** The environment of a command; commands do not use `process` for these. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Sets the exit code; the last one wins. */
  readonly exit: (code: ExitCode) => void;
}
