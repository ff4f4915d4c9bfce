import t from 'tap';
import { Stopwatch } from '../../lib/base/stopwatch.js';

for (const step of [-3_600_000, 3_600_000]) {
  void t.test(
    `durations and deadlines do not change when the clock is set by ${String(step)} ms`,
    (inner) => {
      let wall = 1_700_000_000_000;
      let elapsed = 5;
      const watch = new Stopwatch({ now: () => wall, monotonic: () => elapsed });
      inner.equal(watch.started, 1_700_000_000_000);
      inner.equal(watch.elapsed, 0);
      wall += step;
      elapsed += 40;
      inner.equal(watch.elapsed, 40);
      inner.equal(watch.time, watch.started + 40);
      inner.end();
    },
  );
}
