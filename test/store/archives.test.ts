import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nodeTreeFiles } from '../../lib/platform/index.js';
import { exportRun, importRun, MemoryStore, openArchive, openStager } from '../../lib/store/index.js';
import { exported as exportedSample, importFrom, WRITERS } from './exported-run.js';
import { keyOf } from './sample-run.js';
import { runId } from '../ids.js';

function installed(tool: string): string | false {
  try {
    execFileSync(tool, ['--help'], { stdio: 'ignore' });
    return false;
  } catch {
    return `${tool} is not installed`;
  }
}

const line = (n: number): string => `{"tick":${String(n)},"pad":"${'x'.repeat(400)}"}\n`;
const big = Array.from({ length: 3000 }, (_, i) => line(i + 1)).join('');

/** A run with a large artefact in uneven chunks, an empty one, and one with an empty chunk. */
function exported(): ReturnType<typeof exportedSample> {
  const artefacts = {
    inputs: ['{"a":1}'],
    umx_ledger: [big.slice(0, 700_001), big.slice(700_001, 700_005), big.slice(700_005)],
    metrics: ['{}'],
    u_ledger: [],
    diagnostics: [''],
  };
  return exportedSample({ id: 'r1', name: 'ring-5[ticks=64]', key: 'k', artefacts });
}

for (const [format, write] of Object.entries(WRITERS)) {
  void t.test(`${format}: an exported run is imported unchanged`, async (inner) => {
    const { store, made } = await exported();
    const path = await write(made, inner.testdir());
    const imported = await importFrom(path);
    inner.strictSame(await imported.store.run(runId('r1')), await store.run(runId('r1')));
    for (const { chunks } of made.run.artefacts) {
      for (const { digest } of chunks) inner.ok(await imported.store.hasBlob(digest));
    }
    inner.equal((await imported.store.runForKey(keyOf('k')))?.id, 'r1');
  });
}

void t.test('an imported run is current for its key as in its store of origin', async (inner) => {
  for (const [state, answers, expected] of [
    ['completed', false, undefined],
    ['completed', true, 'r1'],
    ['faulted', true, 'r1'],
    ['faulted', false, undefined],
  ] as const) {
    const { made } = await exportedSample({ id: 'r1', key: 'k', state, answers });
    const { store } = await importFrom(await WRITERS.dir(made, inner.testdir()));
    inner.equal((await store.runForKey(keyOf('k')))?.id, expected, `${state} ${String(answers)}`);
  }
});

void t.test('other tools read the archives and verify the sums', async (inner) => {
  const { made } = await exported();
  const directory = inner.testdir();
  const check = (test: Test, at: string): void => {
    const out = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: at, encoding: 'utf8' });
    test.match(out, /umx_ledger\.jsonl: OK/);
    test.notMatch(out, /FAILED/);
    test.equal(readFileSync(join(at, 'umx_ledger.jsonl'), 'utf8'), big);
  };
  const skip = installed('sha256sum');
  await inner.test('dir', { skip }, async (test) => {
    check(test, await WRITERS.dir(made, directory));
  });
  await inner.test('tar', { skip: skip || installed('tar') }, async (test) => {
    execFileSync('tar', ['-xf', await WRITERS.tar(made, directory), '-C', directory]);
    check(test, join(directory, 'r1'));
  });
  await inner.test('zip', { skip: skip || installed('unzip') }, async (test) => {
    const at = join(directory, 'unzipped');
    execFileSync('unzip', ['-q', await WRITERS.zip(made, directory), '-d', at]);
    check(test, join(at, 'r1'));
  });
  await inner.test('a directory packed by tar can be imported', { skip: installed('tar') }, async (test) => {
    const path = join(directory, 'other.tar');
    execFileSync('tar', ['-cf', path, '-C', directory, 'run']);
    test.equal((await importFrom(path)).id, 'r1');
  });
});

void t.test('damaged archives are refused and publish nothing', async (inner) => {
  const { made } = await exported();
  const at = await WRITERS.dir(made, inner.testdir());
  const damage = async (name: string, change: (text: string) => string): Promise<void> => {
    const path = join(at, name);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, change(before));
    const store = new MemoryStore();
    const call = importRun({ store, stager: openStager(store.stager) }, openArchive(nodeTreeFiles, at));
    await inner.rejects(call, { code: /STORE_(IMPORT_INVALID|RECORD_CORRUPT)/ }, name);
    inner.strictSame(await store.runIds(), []);
    writeFileSync(path, before);
  };
  await damage('umx_ledger.jsonl', (text) => text.replace('"tick":2000', '"tick":2001'));
  await damage('umx_ledger.jsonl', (text) => text.slice(0, -1));
  await damage('umx_ledger.jsonl', (text) => `${text}\n`);
  await damage('run.json', (text) => text.replace('"ticks_total":2', '"ticks_total":3'));
  await damage('run.json', () => '');
  await damage('SHA256SUMS', (text) => text.replace(/^./, (c) => (c === '0' ? '1' : '0')));
  await damage('SHA256SUMS', () => 'nonsense\n');
  await damage('SHA256SUMS', () => '');
  inner.equal((await importFrom(at)).id, 'r1', 'undamaged again');
  inner.throws(() => openArchive(nodeTreeFiles, join(at, 'run.json')), { code: 'STORE_IMPORT_INVALID' });
  inner.throws(() => openArchive(nodeTreeFiles, join(at, 'nothing')), { code: 'STORE_IO' });
});

void t.test('a missing run cannot be exported', async (inner) => {
  await inner.rejects(exportRun(new MemoryStore(), runId('r9')), { code: 'STORE_RUN_MISSING' });
});
