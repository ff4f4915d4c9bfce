import { setImmediate } from 'node:timers/promises';
import type { Processes, TreePlatform } from '../../lib/base/ports.js';
import { SimulatedFiles } from './simulated-files.js';

/** A machine on which processes start and die as the test says, and waiting costs nothing. */
export class SimulatedMachine {
  readonly files = new SimulatedFiles();
  readonly alive = new Set<number>();
  now = 1_700_000_000_000;
  /** Runs during every pause, which lasts one turn of the event loop. */
  duringPause: () => void | Promise<void> = () => undefined;
  #pids = 100;

  /** Starts a process; `elsewhere` puts it into another container. */
  start(options: { readonly elsewhere?: boolean } = {}): TreePlatform & { readonly processes: Processes } {
    const pid = ++this.#pids;
    this.alive.add(pid);
    const scope = options.elsewhere === true ? 'bbbb' : 'aaaa';
    const processes: Processes = {
      self: { pid, start: String(pid * 7), scope },
      thread: 0,
      label: `process ${String(pid)}`,
      condition: (identity) => {
        if (identity.scope !== scope) return 'unknown';
        return this.alive.has(identity.pid) && identity.start === String(identity.pid * 7) ? 'alive' : 'gone';
      },
      pause: async () => {
        await setImmediate();
        await this.duringPause();
      },
      every: () => () => undefined,
    };
    return { files: this.files, processes, clock: { now: () => this.now } };
  }

  kill(platform: TreePlatform): void {
    this.alive.delete(platform.processes.self.pid);
  }
}
