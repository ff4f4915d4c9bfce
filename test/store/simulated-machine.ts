import { setImmediate } from 'node:timers/promises';
import type { Processes, TreePlatform } from '../../lib/base/ports.js';
import { SimulatedFiles } from './simulated-files.js';

/** A machine whose processes are started and killed by the test, and on which waiting takes no time. */
export class SimulatedMachine {
  readonly files = new SimulatedFiles();
  readonly alive = new Set<number>();
  now = 1_700_000_000_000;
  /** Reading of the monotonic clock. */
  elapsed = 0;
  /** Runs during every pause, which lasts one turn of the event loop. */
  duringPause: () => void | Promise<void> = () => undefined;
  #pids = 100;
  readonly #elsewhere = new Set<number>();
  readonly #timers = new Set<{ readonly pid: number; readonly call: () => void }>();

  /** Starts a process; `elsewhere` puts it into another container. */
  start(options: { readonly elsewhere?: boolean } = {}): TreePlatform & { readonly processes: Processes } {
    const pid = ++this.#pids;
    this.alive.add(pid);
    if (options.elsewhere === true) this.#elsewhere.add(pid);
    const scope = options.elsewhere === true ? 'bbbb' : 'aaaa';
    const processes: Processes = {
      self: { pid, start: String(pid * 7), scope },
      thread: 0,
      label: `process ${String(pid)}`,
      condition: (identity) => {
        if (identity.scope !== scope) return 'unknown';
        return this.alive.has(identity.pid) && identity.start === String(identity.pid * 7) ? 'alive' : 'gone';
      },
      pause: async (milliseconds) => {
        this.elapsed += milliseconds;
        await setImmediate();
        await this.duringPause();
      },
      every: (_, call) => {
        const timer = { pid, call };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
    return { files: this.files, processes, clock: { now: () => this.now, monotonic: () => this.elapsed } };
  }

  /** Fires every timer of living processes once, except elsewhere: no pulse arrives from there. */
  pulse(): void {
    for (const { pid, call } of [...this.#timers])
      if (this.alive.has(pid) && !this.#elsewhere.has(pid)) call();
  }

  kill(platform: TreePlatform): void {
    this.alive.delete(platform.processes.self.pid);
  }
}
