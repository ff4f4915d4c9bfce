import t from 'tap';
import { tickRate, withSample, type TickSample } from '../../lib/ui/tabs/dashboard/tick-rate.js';

void t.test('the rate covers the last few seconds', (inner) => {
  let samples: readonly TickSample[] = [];
  inner.equal(tickRate(samples), null, 'no rate without samples');
  samples = withSample(samples, { at: 0, ticks: 0 });
  inner.equal(tickRate(samples), null, 'no rate of a single sample');
  samples = withSample(samples, { at: 500, ticks: 100 });
  inner.equal(tickRate(samples), 200);
  for (let at = 1000; at <= 10_000; at += 500) samples = withSample(samples, { at, ticks: 100 + at });
  inner.equal(tickRate(samples), 1000, 'old samples are not used');
  inner.ok(samples.length < 10, 'old samples are not kept');
  inner.end();
});
