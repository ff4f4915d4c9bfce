import t from 'tap';
import { Interruption } from '../../lib/cli/interruption.js';
import { signalled } from './signalled.js';

void t.test('a signal calls the handler of the current work', async (inner) => {
  const asked: string[] = [];
  const ask = (whom: string) => () => void asked.push(whom);
  const working = new Interruption(ask('nobody'));
  inner.equal(await working.during(ask('the batch'), () => signalled().then(() => 3)), 3);
  inner.ok(working.came);
  working.end();
  const idle = new Interruption(ask('nobody'));
  await inner.rejects(idle.during(ask('work that failed'), () => Promise.reject(new Error('failed'))));
  inner.notOk(idle.came);
  await signalled();
  idle.end();
  inner.strictSame(asked, ['the batch', 'nobody']);
});

void t.test('only the handler of the latest watch is called', async (inner) => {
  const asked: string[] = [];
  const whole = new Interruption(() => void asked.push('the program'));
  const part = new Interruption(() => void asked.push('its command'));
  await signalled();
  part.end();
  inner.ok(part.came);
  inner.notOk(whole.came);
  await signalled();
  whole.end();
  inner.strictSame(asked, ['its command', 'the program']);
});
