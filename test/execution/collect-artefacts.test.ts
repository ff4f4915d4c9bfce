import t from 'tap';
import { hashRecord, sha256 } from '../../lib/base/digest.js';
import { ArtefactCollector } from '../../lib/execution/collect-artefacts.js';
import { openStager } from '../../lib/store/publish/stager.js';

const stager = openStager({ at: 'memory' });
const span = (first_tick: number, last_tick: number) => ({
  records: last_tick - first_tick + 1,
  first_tick,
  last_tick,
});

void t.test('artefacts are listed in the order of kinds, with their chunks', (inner) => {
  const collector = new ArtefactCollector(stager, 'full');
  collector.open('diagnostics');
  collector.chunk('u_ledger', Buffer.from('a\nb\n'), span(1, 2));
  collector.chunk('inputs', Buffer.from('{}\n'), { records: 1, first_tick: 0, last_tick: 0 });
  collector.chunk('u_ledger', Buffer.from('c\n'), span(3, 3));
  const { artefacts, result_digest } = collector.finish();
  inner.strictSame(
    artefacts.map(({ kind, size, records, chunks, stored }) => [kind, size, records, chunks.length, stored]),
    [
      ['inputs', 3, 1, 1, true],
      ['u_ledger', 6, 3, 2, true],
      ['diagnostics', 0, 0, 0, true],
    ],
  );
  inner.equal(artefacts[1]!.digest, sha256('a\nb\nc\n'));
  inner.strictSame(artefacts[1]!.chunks[1], { digest: sha256('c\n'), size: 2, ...span(3, 3) });
  inner.equal(
    result_digest,
    hashRecord({ u_ledger: sha256('a\nb\nc\n'), diagnostics: sha256('') }),
    'inputs are not part of the result digest',
  );
  inner.equal(collector.blobs.length, 3);
  inner.end();
});

void t.test('compact retention keeps digests of artefacts that are not stored', (inner) => {
  const make = (retain: 'full' | 'compact') => {
    const collector = new ArtefactCollector(stager, retain);
    collector.chunk('umx_ledger', Buffer.from('tick\n'), span(1, 1));
    collector.chunk('u_ledger', Buffer.from('entry\n'), span(1, 1));
    return { ...collector.finish(), blobs: collector.blobs };
  };
  const [full, compact] = [make('full'), make('compact')];
  inner.equal(compact.result_digest, full.result_digest);
  const ledger = compact.artefacts[0]!;
  inner.match(ledger, { kind: 'umx_ledger', stored: false, digest: sha256('tick\n'), size: 5, records: 1 });
  inner.strictSame(ledger.chunks, []);
  inner.equal(compact.blobs.length, 1);
  inner.end();
});

void t.test('chunk bytes are invalid after the call returns', (inner) => {
  const collector = new ArtefactCollector(stager, 'full');
  const bytes = Buffer.from('one\n');
  collector.chunk('u_ledger', bytes, span(1, 1));
  bytes.fill(0);
  inner.equal(collector.finish().artefacts[0]!.digest, sha256('one\n'));
  inner.end();
});
