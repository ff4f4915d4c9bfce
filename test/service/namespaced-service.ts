import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PROGRAMS } from '../programs.js';

/** The reason why PID namespaces cannot be created here; undefined if they can. */
export function noNamespaces(): string | undefined {
  const made = spawnSync('unshare', ['-p', '-f', '--mount-proc', 'true']);
  return made.status === 0 ? undefined : 'unshare cannot make a PID namespace here';
}

/** The place of a service: beside the test, or in a separate PID namespace, as in a container. */
export type Where = 'here' | 'elsewhere';

/** An `aether serve` that may fail to start. */
export class Contender {
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #isElsewhere: boolean;
  readonly #listening: Promise<string>;
  #out = '';
  #errors = '';

  constructor(directory: string, where: Where) {
    const serve = [process.execPath, PROGRAMS.aether, 'serve', '--port', '0', '--manifests', 'manifest.yaml'];
    this.#isElsewhere = where === 'elsewhere';
    const [program, ...args] = this.#isElsewhere
      ? ['unshare', '-p', '-f', '--mount-proc', '--kill-child', ...serve]
      : serve;
    this.#child = spawn(program!, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stderr!.on('data', (piece: Buffer) => (this.#errors += piece.toString()));
    this.#listening = new Promise((resolve, reject) => {
      this.#child.stdout!.on('data', (piece: Buffer) => {
        const url = /(http:\/\/\S+)\n/.exec((this.#out += piece.toString()))?.[1];
        if (url !== undefined) resolve(url);
      });
      this.#child.once('close', (code) => {
        reject(new Error(`the service ended with ${String(code)}: ${this.#errors}`));
      });
    });
    this.#listening.catch(() => undefined);
  }

  get errors(): string {
    return this.#errors;
  }

  /** Its address, once it listens. */
  get url(): Promise<string> {
    return this.#listening;
  }

  signal(name: NodeJS.Signals): void {
    const pid = this.#child.pid!;
    const [inner] = this.#isElsewhere
      ? readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
          .trim()
          .split(' ')
      : [];
    process.kill(inner === undefined || inner === '' ? pid : Number(inner), name);
  }

  /** Kills it; has no effect if it has ended. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.signal('SIGKILL');
    await this.ended;
  }
}
