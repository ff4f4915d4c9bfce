import t from 'tap';
import { Interruption } from '../../lib/cli/interruption.js';

/** Resolves when the process has been sent the signal and has heard of it. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => {
      resolve();
    });
    process.kill(process.pid, 'SIGTERM');
  });
}

void t.test('a signal asks whoever works at that moment', async (inner) => {
  const asked: string[] = [];
  const ask = (whom: string) => () => void asked.push(whom);
  const alive = setInterval(() => undefined, 1000);
  const working = new Interruption(ask('nobody'));
  inner.equal(await working.during(ask('the batch'), () => signalled().then(() => 3)), 3);
  inner.ok(working.came);
  working.end();
  const idle = new Interruption(ask('nobody'));
  await inner.rejects(idle.during(ask('work that failed'), () => Promise.reject(new Error('failed'))));
  inner.notOk(idle.came);
  await signalled();
  idle.end();
  clearInterval(alive);
  inner.strictSame(asked, ['the batch', 'nobody']);
});
