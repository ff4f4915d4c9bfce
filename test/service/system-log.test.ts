import t from 'tap';
import { SystemLog } from '../../lib/service/system-log.js';

void t.test('the log of the service keeps its last entries and counts missed ones', (inner) => {
  const log = new SystemLog({ now: () => 0, monotonic: () => 0 } as never);
  for (let n = 0; n < 5003; n++) log.say('INFO', 'note', String(n));
  const all = log.after(0, 2);
  inner.strictSame(
    all.entries.map(({ message }) => message),
    ['3', '4'],
  );
  inner.equal(all.dropped, 3);
  const next = log.after(all.next, 1);
  inner.strictSame([next.entries[0]?.message, next.dropped], ['5', 0], 'no entry is missing from there on');
  inner.strictSame(log.after(5003, 10), { entries: [], next: 5003, dropped: 0 });
  inner.end();
});
