import t from 'tap';
import { parseConfigRunId, parseRunId, type RunId } from '../../lib/base/run-id.js';
import { newId, newRunId } from '../../lib/execution/new-id.js';
import { parseDigest } from '../../lib/base/digest.js';

const START = Date.UTC(2025, 0, 2, 3, 4, 5, 6);

void t.test('a new id begins with the start time and ends in ten hex digits', async (t) => {
  t.equal(
    newRunId(START, () => 0),
    '20250102030405006-0000000000',
  );
  t.equal(
    newId(START, () => 1 - 2 ** -53),
    '20250102030405006-ffffffffff',
  );
  t.equal(parseRunId(newRunId(START, Math.random))?.length, 28);
});

void t.test('ids that cannot be a file name are refused, and empty ids of documents', async (t) => {
  for (const text of ['', '../x', 'a/b', 'A', ' ', 'x'.repeat(129)]) t.equal(parseRunId(text), undefined);
  t.equal(parseConfigRunId(''), undefined);
  t.equal(parseConfigRunId('GF01_RUN'), 'GF01_RUN');
});

/** Accepts only the id of a run; the lines marked below do not compile. */
function open(id: RunId): string {
  return id;
}

void t.test('the compiler refuses other texts where the id of a run is expected', async (t) => {
  const [id, config] = [parseRunId('r1')!, parseConfigRunId('gf01')!];
  t.equal(open(id), 'r1');
  // @ts-expect-error a name is not an id
  t.equal(open('ring-5[ticks=64]'), 'ring-5[ticks=64]');
  // @ts-expect-error the run_id of a document is not an id
  t.equal(open(config), 'gf01');
  // @ts-expect-error a digest is not an id
  t.equal(open(parseDigest('0'.repeat(64))!), '0'.repeat(64));
});
