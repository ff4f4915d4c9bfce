import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack, type Header } from 'tar-stream';
import t, { type Test } from 'tap';
import { ZipFile } from 'yazl';
import { AetherError } from '../../lib/base/errors.js';
import { nodeTreeFiles } from '../../lib/platform/index.js';
import {
  importRun,
  MemoryStore,
  openArchive,
  openStager,
  tarArchive,
  zipArchive,
  type ArchiveSource,
  type RunExport,
} from '../../lib/store/index.js';
import { bytesOf, exported } from './exported-run.js';

const ARCHIVES = { tar: tarArchive, zip: zipArchive } as const;
const REFUSED = { code: 'STORE_IMPORT_INVALID' } as const;

/** Imports the bytes as a file; after a refusal nothing is published. */
async function importBytes(inner: Test, bytes: Uint8Array): Promise<string> {
  const path = join(inner.testdirName, 'archive');
  writeFileSync(path, bytes);
  const store = new MemoryStore();
  try {
    return (await importRun({ store, stager: openStager(store.stager) }, openArchive(nodeTreeFiles, path)))
      .id;
  } catch (error) {
    inner.strictSame(await store.runIds(), []);
    throw error;
  }
}

/** The archive of a valid run with what `add` puts before or after it. */
async function tarWith(
  made: RunExport,
  ...added: readonly (Partial<Header> & { name: string })[]
): Promise<Buffer> {
  const packing = pack();
  for (const { name, pieces } of made.members) packing.entry({ name: `r1/${name}` }, await bytesOf(pieces()));
  for (const header of added) packing.entry(header, Buffer.alloc(0));
  packing.finalize();
  return bytesOf(packing as AsyncIterable<Uint8Array>);
}

async function zipWith(
  made: RunExport,
  ...added: readonly { name: string; mode?: number }[]
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, pieces } of made.members) zip.addBuffer(await bytesOf(pieces()), `r1/${name}`);
  for (const { name, mode = 0o100644 } of added) zip.addBuffer(Buffer.from('x'), name, { mode });
  zip.end();
  return bytesOf(zip.outputStream as unknown as AsyncIterable<Uint8Array>);
}

/** Replaces every occurrence of a text by another of the same length. */
function patched(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

/** Offset of a member's entry in the directory of a zip. */
function listingOf(zip: Buffer, name: string): number {
  const at = zip.lastIndexOf(name) - 46;
  if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error(`${name} is not listed`);
  return at;
}

const { made } = await exported({ id: 'r1' });

void t.test('paths that lead out of the archive are refused', async (inner) => {
  inner.testdir();
  inner.equal(
    await importBytes(inner, await tarWith(made, { name: 'r1/extra' })),
    'r1',
    'other paths are accepted',
  );
  inner.equal(await importBytes(inner, await zipWith(made, { name: 'r1/extra' })), 'r1');
  for (const name of ['../extra', '/etc/extra', 'r1/../../extra', 'r1\\extra', 'C:/extra']) {
    await inner.rejects(importBytes(inner, await tarWith(made, { name })), REFUSED, `tar ${name}`);
    // The writer refuses such names, so they are replaced afterwards by others of the same length.
    const plain = 'r1/'.padEnd(name.length, 'z');
    const zip = patched(await zipWith(made, { name: plain }), plain, name);
    await inner.rejects(importBytes(inner, zip), REFUSED, `zip ${name}`);
  }
});

void t.test('a duplicate name is refused', async (inner) => {
  inner.testdir();
  for (const name of ['r1/run.json', 'r2/run.json', 'run.json']) {
    await inner.rejects(importBytes(inner, await tarWith(made, { name })), REFUSED, `tar ${name}`);
    await inner.rejects(importBytes(inner, await zipWith(made, { name })), REFUSED, `zip ${name}`);
  }
});

void t.test('links and devices are refused', async (inner) => {
  inner.testdir();
  for (const type of ['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const) {
    const header = { name: 'r1/extra', type, linkname: '/etc/passwd' };
    await inner.rejects(importBytes(inner, await tarWith(made, header)), REFUSED, type);
  }
  for (const mode of [0o120777, 0o020644, 0o010644]) {
    const zip = await zipWith(made, { name: 'r1/extra', mode });
    await inner.rejects(importBytes(inner, zip), REFUSED, mode.toString(8));
  }
});

void t.test('encryption and unsupported compression are refused', async (inner) => {
  inner.testdir();
  const zip = await zipWith(made);
  const at = listingOf(zip, 'r1/run.json');
  const encrypted = Buffer.from(zip);
  encrypted.writeUInt16LE(encrypted.readUInt16LE(at + 8) | 1, at + 8);
  await inner.rejects(importBytes(inner, encrypted), REFUSED);
  const unknown = Buffer.from(zip);
  unknown.writeUInt16LE(99, at + 10);
  await inner.rejects(importBytes(inner, unknown), REFUSED);
});

for (const [format, archive] of Object.entries(ARCHIVES)) {
  void t.test(`${format}: an archive truncated at any position is refused`, async (inner) => {
    inner.testdir();
    const bytes = await bytesOf(archive(made));
    // A tar ends in empty blocks that carry nothing.
    const end = format === 'tar' ? bytes.length - 1024 : bytes.length;
    for (let length = 0; length < end; length += 61) {
      await inner.rejects(importBytes(inner, bytes.subarray(0, length)), REFUSED, String(length));
    }
  });

  void t.test(`${format}: an archive with a flipped bit is refused or imported unchanged`, async (inner) => {
    inner.testdir();
    const bytes = await bytesOf(archive(made));
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (at % 8);
      try {
        codes.add(await importBytes(inner, flipped));
      } catch (error) {
        codes.add(error instanceof AetherError ? error.code : `${String(at)}: ${String(error)}`);
      }
    }
    // Times and modes are not read.
    const allowed = ['STORE_IMPORT_INVALID', 'STORE_RECORD_CORRUPT', 'r1'];
    inner.strictSame(
      [...codes].filter((code) => !allowed.includes(code)),
      [],
    );
    inner.ok(codes.has('STORE_IMPORT_INVALID'));
  });

  void t.test(
    `${format}: an archive that unpacks to more than its record states is refused early`,
    async (inner) => {
      const size = 64 * 1024 * 1024;
      const path = join(inner.testdir(), 'bomb');
      const members = made.members.map((member) => {
        if (member.name !== 'umx_ledger.jsonl') return member;
        const pieces = async function* (): AsyncGenerator<Uint8Array> {
          yield* member.pieces();
          for (let done = 0; done < size; done += 65_536) yield Buffer.alloc(65_536);
        };
        return { ...member, size: member.size + size, pieces };
      });
      writeFileSync(path, await bytesOf(archive({ ...made, members })));
      let taken = 0;
      const source = openArchive(nodeTreeFiles, path);
      const counted: ArchiveSource = {
        async *pieces(name) {
          for await (const piece of source.pieces(name)) {
            taken += piece.length;
            yield piece;
          }
        },
      };
      const store = new MemoryStore();
      await inner.rejects(importRun({ store, stager: openStager(store.stager) }, counted), REFUSED);
      inner.ok(taken < 4 * 1024 * 1024, `${String(taken)} bytes unpacked`);
      inner.strictSame(await store.runIds(), []);
    },
  );
}

void t.test('a zip with a wrong size in its directory is refused', async (inner) => {
  inner.testdir();
  const zip = await zipWith(made);
  const at = listingOf(zip, 'r1/u_ledger.jsonl') + 24;
  for (const size of [0, 1, zip.readUInt32LE(at) + 1, 0xfffffff0]) {
    const lying = Buffer.from(zip);
    lying.writeUInt32LE(size, at);
    await inner.rejects(importBytes(inner, lying), REFUSED, String(size));
  }
});

void t.test('an archive of unlimited empty files is refused', async (inner) => {
  inner.testdir();
  const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `r1/extra-${String(i)}` }));
  await inner.rejects(importBytes(inner, await tarWith(made, ...many)), REFUSED);
});

void t.test('a tar that declares more than the file contains is refused', async (inner) => {
  inner.testdir();
  const tar = await tarWith(made, { name: 'r1/extra' });
  const at = tar.lastIndexOf('r1/extra');
  tar.write('77777777777', at + 124);
  tar.fill(' ', at + 148, at + 156);
  const sum = tar.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
  await inner.rejects(importBytes(inner, tar), { ...REFUSED, message: /is truncated/ });
});

void t.test('an archive without one of the artefacts is refused', async (inner) => {
  inner.testdir();
  const members = made.members.filter(({ name }) => name !== 'u_ledger.jsonl');
  for (const archive of Object.values(ARCHIVES)) {
    await inner.rejects(importBytes(inner, await bytesOf(archive({ ...made, members }))), REFUSED);
  }
});
