import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { DrivenEnd, DrivenLine } from './line-driver.js';

/** A call that ends by then counts as not hanging. */
export const LONGEST_MS = 300_000;

const DRIVER = fileURLToPath(new URL('line-driver.js', import.meta.url));

export interface Said {
  /** Exit code, or the name of the signal that ended the process, for example because it hung. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
  /** See DrivenEnd; absent for a process that ended. */
  readonly isWaiting?: boolean;
}

/**
 * Runs calls of the programs in one separate process, one after another, with the results of the binary. The
 * process ends with `end`, or with its parent.
 */
export class LineDriver {
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  readonly #oneAtATime = pLimit(1);

  /** @param env all variables of the environment at the start, such as another time zone */
  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
  }

  run(line: DrivenLine): Promise<Said> {
    return this.#oneAtATime(() => this.#run(line));
  }

  async #run(line: DrivenLine): Promise<Said> {
    const child = (this.#child ??= this.#start());
    child.ref();
    child.channel!.ref();
    const killer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    const said = await new Promise<Said>((resolve) => {
      const onEnd = (code: number | null, signal: string | null): void => {
        resolve({ code: signal ?? `the process ended with ${String(code)}`, out: '', err: '' });
      };
      child.once('exit', onEnd);
      child.once('message', (message) => {
        child.off('exit', onEnd);
        resolve(message as DrivenEnd);
      });
      // A process that accepts no message has ended, which `exit` reports.
      child.send(line, () => undefined);
    });
    clearTimeout(killer);
    // An idle process must not keep its parent from ending.
    child.unref();
    child.channel?.unref();
    return said;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(DRIVER, {
      execArgv: [],
      env: this.#env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    return child;
  }
}
