import t from 'tap';
import { RecordStream } from '../../lib/session/record-stream.js';
import { collectRun, MemorySink, records } from './collect-run.js';
import { toyRun } from '../engine/toy-run.js';

void t.test('a chunk is cut at the first record boundary after its size', (t) => {
  const sink = new MemorySink();
  const stream = new RecordStream('umx_ledger', { sink, chunk_bytes: 8 });
  t.strictSame([sink.texts['umx_ledger'], sink.chunks.length], ['', 0], 'announced, but empty');
  for (const [at, text] of ['aaa', 'bbb', 'cccccccccccc', 'd'].entries()) stream.line(text, at + 1);
  stream.close();
  stream.close();
  t.strictSame(
    sink.chunks.map(({ text, span }) => [text, span.records, span.first_tick, span.last_tick]),
    [
      ['aaa\nbbb\n', 2, 1, 2],
      ['cccccccccccc\n', 1, 3, 3],
      ['d\n', 1, 4, 4],
    ],
  );
  t.end();
});

void t.test('a span covers its records even if their ticks do not ascend', (t) => {
  const sink = new MemorySink();
  const stream = new RecordStream('pfna', { sink, chunk_bytes: 8 });
  for (const tick of [5, 2, 9, 3]) stream.line('x', tick);
  t.strictSame(sink.chunks[0]!.span, { records: 4, first_tick: 2, last_tick: 9 });
  stream.line('y', 0);
  stream.close();
  t.strictSame(sink.chunks[1]!.span, { records: 1, first_tick: 0, last_tick: 0 });
  t.end();
});

void t.test('the chunk size changes only the boundaries of chunks', (t) => {
  const inputs = toyRun({
    state: [900, 3, -40],
    edges: [
      { i: 1, j: 2, k: 7 },
      { i: 3, j: 1, k: 5 },
    ],
    run: { ticks: 60 },
    pfna: { 7: [[1, 2, 3]] },
  });
  const whole = collectRun(inputs);
  for (const chunk_bytes of [1, 100, 1000, 4096]) {
    const cut = collectRun(inputs, { chunk_bytes });
    t.strictSame(cut.texts, whole.texts, `${String(chunk_bytes)} bytes`);
    for (const { text, span } of cut.chunks) {
      if (!text.endsWith('\n') || records(text).length !== span.records) t.fail('cut inside a record');
      if (chunk_bytes === 1 && span.records !== 1) t.fail('more than one record in the smallest chunk');
    }
  }
  t.end();
});

void t.test('spans list the ticks of their records without gaps', (t) => {
  const { chunks } = collectRun(toyRun({ run: { ticks: 40 } }), { chunk_bytes: 900 });
  let next = 1;
  for (const { kind, text, span } of chunks) {
    if (kind !== 'umx_ledger') continue;
    const ticks = records<{ tick: number }>(text).map(({ tick }) => tick);
    t.strictSame([span.first_tick, span.last_tick], [ticks[0], ticks.at(-1)]);
    t.equal(span.first_tick, next);
    next = span.last_tick + 1;
  }
  t.equal(next, 41);
  t.end();
});
