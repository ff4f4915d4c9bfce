import { createCipheriv } from 'node:crypto';
import t from 'tap';
import { MemoryStore, tarArchive, zipArchive, type RunExport } from '../../lib/store/index.js';
import { bytesOf, exported } from './exported-run.js';

const FORMATS = { tar: tarArchive, zip: zipArchive } as const;
const PIECE = 64 * 1024;

/** A run whose only member is produced while it is read. */
async function withMember(size: number, pieces: () => AsyncIterable<Uint8Array>): Promise<RunExport> {
  const { made } = await exported({ id: 'r1' });
  return { ...made, members: [{ name: 'umx_ledger.jsonl', size, pieces }] };
}

for (const [format, archive] of Object.entries(FORMATS)) {
  void t.test(`${format}: the bytes depend only on the run`, async (inner) => {
    const before = process.env['TZ'];
    inner.teardown(() => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    });
    const made = async (zone: string): Promise<Buffer> => {
      process.env['TZ'] = zone;
      return bytesOf(archive((await exported({ id: 'r1' })).made));
    };
    const first = await made('UTC');
    inner.ok(first.length > 1000);
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']) {
      inner.ok(first.equals(await made(zone)), zone);
    }
    const other = await bytesOf(archive((await exported({ id: 'r2' })).made));
    inner.notOk(first.equals(other), 'another run gives other bytes');
  });

  void t.test(`${format}: a run after 2038 has a date that the format can represent`, async (inner) => {
    const { made } = await exported({ id: 'r1', ended_at: '2150-01-01T00:00:00.000Z' });
    const bytes = await bytesOf(archive(made));
    if (format === 'tar') inner.equal(bytes.toString('latin1', 136, 147), '17777777777');
    inner.ok(bytes.includes('r1/run.json'));
  });

  void t.test(`${format}: a run is read only as fast as the reader consumes it`, async (inner) => {
    const size = 256 * PIECE;
    let produced = 0;
    const made = await withMember(size, async function* () {
      // Bytes that cannot be compressed, so that input and output can be compared.
      const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
      for (; produced < size; produced += PIECE) yield noise.update(Buffer.alloc(PIECE));
    });
    let taken = 0;
    let ahead = 0;
    for await (const piece of archive(made)) {
      taken += piece.length;
      ahead = Math.max(ahead, produced - taken);
    }
    inner.ok(taken >= size);
    inner.ok(ahead < 16 * PIECE, `${String(ahead)} bytes ahead`);
  });

  void t.test(`${format}: missing bytes of a run abort the archive`, async (inner) => {
    const { made } = await exported({ id: 'r1' });
    const store = new MemoryStore();
    const members = made.members.map((member) => ({
      ...member,
      async *pieces() {
        yield* member.pieces();
        if (member.name === 'u_ledger.jsonl') await store.blob(made.run.input_key);
      },
    }));
    await inner.rejects(bytesOf(archive({ ...made, members })), { code: 'STORE_BLOB_MISSING' });
  });

  void t.test(`${format}: a reader that stops leaves no member open`, async (inner) => {
    let closed = false;
    const made = await withMember(256 * PIECE, async function* () {
      try {
        for (let i = 0; i < 256; i++) yield Buffer.alloc(PIECE, i);
      } finally {
        closed = true;
      }
    });
    let taken = 0;
    for await (const piece of archive(made)) if ((taken += piece.length) > 2 * 512) break;
    // Destroyed streams close their sources in later turns of the event loop.
    for (let turn = 0; turn < 10 && !closed; turn++) await new Promise(setImmediate);
    inner.ok(closed);
  });
}
