import t from 'tap';
import { LogBuffer } from '../../lib/ui/tabs/logs/log-buffer.js';
import { covers, EVERYTHING } from '../../lib/ui/tabs/logs/log-filter.js';
import { offsetShowing, ROW_HEIGHT, rowsShown, rowWindow, topOf } from '../../lib/ui/tabs/logs/row-window.js';

const MILLION = 1_000_000;

/** A line as written by a run; every thousandth closes a window, the last one is a fault. */
function line(tick: number, last = MILLION): string {
  const type = tick === last ? 'fault' : tick % 1000 === 0 ? 'window_closed' : 'tick_complete';
  return JSON.stringify({
    timestamp: '2026-01-01T00:00:00.000Z',
    level: type === 'fault' ? 'ERROR' : 'INFO',
    event_type: type,
    run_id: 'r',
    message: `Tick ${tick} of "${type}"`,
    payload: { tick },
  });
}

function filled(entries: number, keep?: number): LogBuffer {
  const buffer = new LogBuffer(keep);
  for (let tick = 1; tick <= entries; tick++) buffer.append(line(tick, entries), tick * 10);
  return buffer;
}

/** Searches all entries in slices and returns the number of slices. */
function lookAtAll(buffer: LogBuffer, slice: number): number {
  let slices = 1;
  while (buffer.look(slice)) slices++;
  return slices;
}

void t.test('a million entries are kept and searched in slices', (inner) => {
  const buffer = filled(MILLION);
  inner.equal(buffer.dropped, 0);
  inner.equal(buffer.rows, 0, 'no entry is searched before its slice');
  inner.equal(lookAtAll(buffer, 20_000), 50);
  inner.equal(buffer.rows, MILLION);
  inner.equal(buffer.row(MILLION - 1)!.cursor, MILLION * 10);
  inner.equal(buffer.positionOf(5000), 499);

  buffer.setFilter({ ...EVERYTHING, event_type: 'window_closed' });
  buffer.look(20_000);
  inner.equal(buffer.rows, 20, 'entries found so far are shown');
  lookAtAll(buffer, 20_000);
  inner.equal(buffer.rows, 999);
  inner.equal(buffer.row(0)!.entry.message, 'Tick 1000 of "window_closed"');
  inner.equal(buffer.positionOf(5000), -1, 'an entry that does not match has no row');
  inner.equal(buffer.find(5000)!.entry.message, 'Tick 500 of "tick_complete"', 'it can still be read');

  buffer.setFilter({ ...EVERYTHING, level: 'WARN' });
  lookAtAll(buffer, MILLION);
  inner.equal(buffer.rows, 1);
  inner.end();
});

void t.test('only message, event and payload are searched, ignoring case', (inner) => {
  const buffer = filled(2000);
  const found = (text: string): number => {
    buffer.setFilter({ ...EVERYTHING, text });
    lookAtAll(buffer, 100);
    return buffer.rows;
  };
  inner.equal(found('tick 77 OF'), 1);
  inner.equal(found('of "WINDOW'), 1, 'quotes can be searched');
  inner.equal(found('"tick":1999'), 1, 'the payload is searched');
  inner.equal(found('timestamp'), 0, 'names of fields are not searched');
  inner.equal(found('2026-01'), 0, 'times are not searched');
  inner.equal(found('  '), 2000);
  inner.end();
});

void t.test('beyond the limit the oldest entries are dropped', (inner) => {
  const buffer = new LogBuffer(100);
  for (let tick = 1; tick <= 1000; tick++) {
    buffer.append(line(tick), tick);
    buffer.look(1000);
  }
  inner.equal(buffer.received, 1000);
  inner.ok(buffer.received - buffer.dropped >= 100, 'at least the limit is kept');
  inner.ok(buffer.received - buffer.dropped <= 110, 'little more than the limit is kept');
  inner.equal(buffer.rows + buffer.trimmed, 1000, 'dropped rows are counted');
  inner.equal(buffer.row(0)!.cursor, buffer.dropped + 1);
  inner.equal(buffer.positionOf(1), -1);
  inner.equal(buffer.find(1), undefined);
  inner.equal(buffer.positionOf(1000), buffer.rows - 1);
  inner.end();
});

void t.test('an export contains every line, in order', (inner) => {
  const buffer = filled(25);
  const lines = [...buffer.pieces(10)].join('').split('\n');
  inner.equal(lines.pop(), '');
  inner.strictSame(
    lines.map((text) => (JSON.parse(text) as { payload: { tick: number } }).payload.tick),
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
  inner.strictSame([...new LogBuffer().pieces()], []);
  inner.end();
});

void t.test('a list of any length fits the largest element of a browser', (inner) => {
  const viewport = 600;
  for (const rows of [0, 10, 1000, MILLION, 10 * MILLION]) {
    const window = rowWindow(rows, viewport);
    inner.ok(window.height <= 16_000_000, `${rows} rows: the element is small enough`);
    for (const share of [0, 0.3, 1]) {
      const offset = window.most * share;
      const { first, last } = rowsShown(offset, rows, viewport);
      inner.ok(last - first <= viewport / ROW_HEIGHT + 20, `${rows} rows: few are drawn`);
      const seen = topOf(first, offset, window) - offset / window.scale;
      inner.ok(seen <= 0, `${rows} rows at ${share}: they begin at or above the view`);
      const end = seen + (last - first) * ROW_HEIGHT;
      inner.ok(
        end >= Math.min(viewport, rows * ROW_HEIGHT) - 0.01,
        `${rows} rows at ${share}: they fill the view`,
      );
    }
    if (rows > 0) inner.equal(rowsShown(window.most, rows, viewport).last, rows, 'the last row is reached');
  }
  inner.end();
});

void t.test('a row is scrolled into view by the shortest distance', (inner) => {
  inner.equal(offsetShowing(0, 1000, 600), 0);
  inner.equal(offsetShowing(50, 1000, 600), 1000, 'a visible row does not scroll');
  inner.equal(offsetShowing(100, 0, 600), 101 * ROW_HEIGHT - 600);
  inner.end();
});

void t.test('a narrower filter needs no request, a wider one does', (inner) => {
  const all = { level: '', event_type: '' } as const;
  const errors = { level: 'ERROR', event_type: '' } as const;
  const faults = { level: 'ERROR', event_type: 'fault' } as const;
  inner.ok(covers(all, errors));
  inner.ok(covers(errors, faults));
  inner.notOk(covers(errors, all));
  inner.notOk(covers(faults, errors));
  inner.ok(covers({ level: 'DEBUG', event_type: '' }, all));
  inner.end();
});
