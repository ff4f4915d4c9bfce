import { mkdirSync, readdirSync } from 'node:fs';
import t from 'tap';
import type { ProcessIdentity, TreeFiles, TreePlatform } from '../../lib/base/ports.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { StateDirectory } from '../../lib/service/state/state-directory.js';
import { StateLock } from '../../lib/service/state/state-lock.js';
import { Barrier } from './barrier.js';

/** A machine on which the living processes are known. */
class Machine {
  readonly #living = new Set<number>();

  /** The platform of one of its processes. */
  process(pid: number, changes: Partial<TreeFiles> = {}): TreePlatform {
    this.#living.add(pid);
    const platform = nodePlatform();
    const condition = ({ pid: other }: ProcessIdentity) => (this.#living.has(other) ? 'alive' : 'gone');
    const self: ProcessIdentity = { pid, start: '7', scope: 'abc' };
    const processes = {
      ...platform.processes,
      self,
      condition: condition as typeof platform.processes.condition,
    };
    // Processes end here, the machine does not.
    const files = { ...platform.files, sync: () => Promise.resolve(), ...changes };
    return { ...platform, processes, files };
  }

  kill(pid: number): void {
    this.#living.delete(pid);
  }
}

void t.test('a refused service leaves the files of the owner unchanged', async (t) => {
  const root = t.testdir();
  const machine = new Machine();
  let sync = (): Promise<void> => Promise.resolve();
  const owner = await StateDirectory.open(root, machine.process(1, { sync: () => sync() }));
  const barrier = new Barrier();
  sync = () => barrier.pass();
  const written = owner.write('governance', { v: 1 });
  await barrier.reached;
  const before = readdirSync(root);
  await t.rejects(StateDirectory.open(root, machine.process(2)), {
    code: 'STATE_LOCKED',
    message: /process 1 /,
  });
  t.strictSame(readdirSync(root), before);
  barrier.open();
  await written;
  await t.rejects(
    StateDirectory.open(root, machine.process(3)),
    { code: 'STATE_LOCKED' },
    'it still has an owner',
  );
  await owner.close();
  const next = await StateDirectory.open(root, machine.process(4));
  t.strictSame(
    next.read('governance', (value) => ({ value })),
    { value: { v: 1 } },
  );
});

void t.test('only one of two services that open a state at once owns it', async (t) => {
  for (const left of [false, true]) {
    const root = t.testdir();
    const machine = new Machine();
    if (left) await StateDirectory.open(root, machine.process(9));
    machine.kill(9);
    const opened = await Promise.allSettled(
      [1, 2].map((pid) => StateDirectory.open(root, machine.process(pid))),
    );
    t.match(
      opened.sort((a, b) => (a.status < b.status ? -1 : 1)),
      [{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'STATE_LOCKED' } }],
      left ? 'after one that was killed' : 'that nobody had',
    );
  }
});

void t.test('the first of two services keeps the state', async (t) => {
  const root = t.testdir();
  const machine = new Machine();
  const { files } = nodePlatform();
  const quicker = machine.process(1);
  await (await StateDirectory.open(root, quicker)).close();
  const rename = (from: string, to: string): void => {
    if (from.includes('.claim-')) mkdirSync(new StateLock(root, quicker).place, { recursive: true });
    files.rename(from, to);
  };
  await t.rejects(StateDirectory.open(root, machine.process(2, { rename })), { code: 'STATE_LOCKED' });
  await t.rejects(StateDirectory.open(root, machine.process(3)), {
    code: 'STATE_LOCKED',
    message: /process 1 /,
  });
});

void t.test('leftovers of a killed service are removed', async (t) => {
  const root = t.testdir();
  const machine = new Machine();
  const names = async (pid: number): Promise<string[]> => {
    await StateDirectory.open(root, machine.process(pid));
    return readdirSync(root);
  };
  const clean = await names(1);
  machine.kill(1);
  const stopped = (): never => {
    throw Object.assign(new Error('the process is gone'), { code: 'EIO' });
  };
  // Dies after it prepared its claim, and cannot remove it.
  const changes = { rename: stopped, remove: stopped };
  await t.rejects(StateDirectory.open(root, machine.process(2, changes)), { code: 'STATE_UNUSABLE' });
  machine.kill(2);
  t.strictSame(await names(3), clean);
});
