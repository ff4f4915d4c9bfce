import t from 'tap';
import { Turns } from '../../lib/service/http/turns.js';

void t.test('each turn of the event loop serves one waiting request, in order', async (t) => {
  const turns = new Turns();
  const served: string[] = [];
  let round = 0;
  let isOver = false;
  const count = (): void => {
    round++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const greedy = async (name: string): Promise<void> => {
    for (let piece = 0; piece < 10; piece++) {
      await turns.take();
      served.push(`${name}${String(piece)} ${String(round)}`);
    }
  };
  await Promise.all(['a', 'b', 'c'].map(greedy));
  isOver = true;
  t.same(
    served.map((what) => what.split(' ')[0]),
    Array.from({ length: 10 }, (_, piece) => ['a', 'b', 'c'].map((name) => `${name}${String(piece)}`)).flat(),
  );
  t.equal(new Set(served.map((what) => what.split(' ')[1])).size, 30, 'thirty rounds');
});

void t.test('new requests come first, but not forever', async (t) => {
  const turns = new Turns();
  let rounds = 0;
  let isOver = false;
  const arrive = (): void => {
    rounds++;
    turns.putOff();
    if (!isOver) setImmediate(arrive);
  };
  setImmediate(arrive);
  await turns.take();
  await turns.take();
  isOver = true;
  t.ok(rounds >= 30 && rounds <= 36, `${String(rounds)} rounds`);
});
