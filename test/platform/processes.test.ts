import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import t from 'tap';
import { nodeProcesses, watchStopSignals } from '../../lib/platform/index.js';

const processes = nodeProcesses();

void t.test('the identity of this process is stable and alive', async (inner) => {
  inner.equal(processes.self.pid, process.pid);
  inner.equal(processes.condition(processes.self), 'alive');
  inner.strictSame(nodeProcesses().self, processes.self, 'the same identity every time');
  inner.match(processes.self.scope, /^[0-9a-f]{16}$/);
  inner.equal(
    processes.condition({ ...processes.self, start: '1' }),
    'gone',
    'an earlier process with its pid',
  );
  inner.equal(processes.condition({ ...processes.self, scope: 'ffff' }), 'unknown');
});

const skip = existsSync('/proc/self/stat') ? false : 'no /proc here';
void t.test('a child process is alive until it is killed', { skip }, async (inner) => {
  const child = spawn(process.execPath, [
    '-e',
    `const f = require('node:fs'); const s = f.readFileSync('/proc/self/stat', 'utf8');
     console.log(s.slice(s.lastIndexOf(')') + 2).split(' ')[19]); setInterval(() => {}, 1000);`,
  ]);
  inner.teardown(() => child.kill('SIGKILL'));
  const start = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => {
      resolve(data.toString().trim());
    }),
  );
  const identity = { ...processes.self, pid: child.pid!, start };
  inner.equal(processes.condition(identity), 'alive');
  inner.equal(processes.condition({ ...identity, start: `${start}0` }), 'gone');
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
  inner.equal(processes.condition(identity), 'gone');
});

void t.test('every() calls back repeatedly until it is stopped', async (inner) => {
  const alive = setInterval(() => undefined, 1000);
  let calls = 0;
  await new Promise<void>((resolve) => {
    const stop = processes.every(1, () => {
      calls += 1;
      if (calls < 3) return;
      stop();
      resolve();
    });
  });
  clearInterval(alive);
  inner.equal(calls, 3);
});

void t.test('stop signals are counted and no longer end the process', async (inner) => {
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    const stop = watchStopSignals((signal, count) => {
      seen.push(`${signal} ${String(count)}`);
      if (count === 1) process.kill(process.pid, 'SIGINT');
      else {
        stop();
        resolve();
      }
    });
    process.kill(process.pid, 'SIGTERM');
    const alive = setInterval(() => undefined, 1000);
    inner.teardown(() => {
      clearInterval(alive);
    });
  });
  inner.strictSame(seen, ['SIGTERM 1', 'SIGINT 2']);
});
