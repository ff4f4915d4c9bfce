import fc from 'fast-check';
import t from 'tap';
import { sha256, type Digest } from '../../lib/base/digest.js';
import {
  digestOfBlobFile,
  idOfRecordFile,
  isStoreName,
  relative,
  requireTemp,
} from '../../lib/store/layout.js';
import { ownerOf, processTag, uniqueName } from '../../lib/store/sharing/process-tag.js';
import { parseRefFile, parseRunFile, sealRecord, sealRef } from '../../lib/store/record-file.js';
import { openStager } from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';

void t.test('paths are those of the contract', async (inner) => {
  const digest = sha256('x');
  inner.equal(relative.blob(digest), `blobs/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`);
  inner.equal(relative.record('runs', 'r1'), 'runs/r1.json');
  inner.equal(relative.record('batches', 'b1'), 'batches/b1.json');
  inner.equal(relative.ref('keys', digest), `refs/keys/${digest}`);
  inner.equal(relative.ref('scenarios', 'ring-5[ticks=64]'), 'refs/scenarios/ring-5[ticks=64]');
  inner.equal(digestOfBlobFile(digest.slice(0, 2), digest.slice(2)), digest);
  inner.equal(idOfRecordFile('r1.json'), 'r1');
  inner.equal(idOfRecordFile('r1.json.bak'), undefined);
});

void t.test('only a plain name becomes part of a path', async (inner) => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom('..', '.', '', '/', 'a/b', 'a\\b', '../x', 'a\0', 'A', 'é', 'a b', 'a\n', '-a', '[a]'),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const plain = /^[a-z0-9][a-z0-9._=,[\]-]*$/.test(text) && !/\s/.test(text) && text.length <= 128;
      inner.equal(isStoreName(text), plain, JSON.stringify(text));
      if (plain) return;
      inner.throws(() => relative.record('runs', text));
      inner.throws(() => relative.ref('scenarios', text));
      inner.throws(() => relative.temp(text));
    }),
    { numRuns: 200 },
  );
  inner.throws(() => relative.blob('../../etc/passwd' as Digest));
  inner.throws(() => requireTemp('tmp/../store.json'));
  inner.throws(() => requireTemp('runs/r1.json'));
});

void t.test('a tagged name contains its owner', async (inner) => {
  const { processes } = new SimulatedMachine().start();
  const names = new Set(Array.from({ length: 1000 }, () => uniqueName(processes)));
  inner.equal(names.size, 1000);
  for (const name of names) inner.ok(name.startsWith(`${processTag(processes.self)}-`));
  inner.strictSame(ownerOf([...names][0]!), processes.self);
  const unknown = { ...processes.self, start: '' };
  inner.strictSame(ownerOf(uniqueName({ ...processes, self: unknown })), unknown);
  for (const name of ['', 'notes.txt', '1-2', '1-2-zz-3', '-1-2-aa-0.1'])
    inner.equal(ownerOf(name), undefined, name);
});

void t.test('a record with any single damaged character is refused', async (inner) => {
  const { record } = sampleRun(openStager({ at: 'memory' }), { id: 'r1' });
  const sealed = sealRecord(record);
  inner.strictSame(parseRunFile(sealed, 'r1', 'runs/r1.json'), record);
  let passed = 0;
  for (let at = 0; at < sealed.length; at++) {
    const damaged = `${sealed.slice(0, at)}${sealed[at] === '7' ? '8' : '7'}${sealed.slice(at + 1)}`;
    try {
      parseRunFile(damaged, 'r1', 'runs/r1.json');
      passed += 1;
    } catch {
      // Unchanged.
    }
  }
  inner.equal(passed, 0);
  for (const text of [sealed.slice(0, -1), `${sealed}\n`, '', '{}', JSON.stringify(record)]) {
    inner.throws(() => parseRunFile(text, 'r1', 'runs/r1.json'), { code: 'STORE_RECORD_CORRUPT' });
  }
});

void t.test('a ref contains one id', async (inner) => {
  inner.equal(parseRefFile(sealRef('r1')), 'r1');
  for (const text of ['', '\n', '../x\n', 'r1\nr2\n', 'r1 \n']) inner.equal(parseRefFile(text), undefined);
});
