import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DrivenLine } from './line-driver.js';

/** A call has not hung if it ends by then. */
export const LONGEST_MS = 300_000;

const DRIVER = fileURLToPath(new URL('line-driver.js', import.meta.url));

export interface Said {
  /** Exit code; the signal's name if the process was ended, as when it hung. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** Runs lines of `aether` in a process of its own, which serves many of them. */
export class LineDriver {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  /** @param env what the process has besides the variables of this one, such as another time zone */
  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = { ...process.env, ...env };
  }

  async run(line: DrivenLine): Promise<Said> {
    const child = (this.#child ??= fork(DRIVER, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: this.#env,
    }));
    const killer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    const said = await new Promise<Said>((resolve) => {
      const onEnd = (code: number | null, signal: string | null): void => {
        this.#child = undefined;
        resolve({ code: signal ?? `the process ended with ${String(code)}`, out: '', err: '' });
      };
      child.once('exit', onEnd);
      child.once('message', (message) => {
        child.off('exit', onEnd);
        resolve(message as Said);
      });
      child.send(line);
    });
    clearTimeout(killer);
    return said;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
  }
}
