import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { collectGarbage, openDiskStore, verifyStore, type StoreNotice } from '../../lib/store/index.js';

import { STORE_FORMATS } from '../../lib/store/layout.js';
import { runId } from '../ids.js';

const FIXTURE = fileURLToPath(new URL('./fixtures/store-process.js', import.meta.url));
const platform = nodePlatform();

interface Neighbour {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: string[];
  /** Resolves at the first line that matches. */
  readonly said: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<number | null>;
}

function start(inner: Test, ...args: readonly string[]): Neighbour {
  const child = spawn(process.execPath, [FIXTURE, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  inner.teardown(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const { pattern, resolve } of waiting) if (pattern.test(line)) resolve();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      if (lines.some((line) => pattern.test(line))) resolve();
      else waiting.push({ pattern, resolve });
      void ended.then(() => {
        reject(new Error(`ended without saying ${String(pattern)}`));
      });
    });
  return { child, lines, said, ended };
}

for (const format of Object.values(STORE_FORMATS)) {
  void t.test(`two writers and a looping gc keep the runs that the rules keep, ${format}`, async (inner) => {
    const root = join(inner.testdir(), 'store');
    await (await openDiskStore({ root, platform, format })).close();
    const gc = start(inner, 'gc', root);
    await gc.said(/^gc/);
    const writers = ['a', 'b'].map((prefix) => start(inner, 'write', root, prefix, '150'));
    inner.strictSame(await Promise.all(writers.map(({ ended }) => ended)), [0, 0]);
    gc.child.stdin.end();
    inner.equal(await gc.ended, 0);
    for (const { lines } of writers) inner.equal(lines.length, 150, 'every publish resolved');

    const store = await openDiskStore({ root, platform });
    inner.strictSame((await verifyStore(store)).problems, []);
    const removed = gc.lines.map((line) => Number(line.split(' ')[1])).reduce((sum, n) => sum + n, 0);
    const last = await collectGarbage(store, { now: Date.now(), keepLast: 3 });
    inner.equal((await store.runIds()).length, 5 * 3);
    inner.equal(removed + last.runs_removed.length, 300 - 5 * 3, 'each other run was removed once by a rule');
    inner.strictSame((await verifyStore(store)).problems, []);
    for (const name of ['s-0', 's-1', 's-2', 's-3', 's-4']) inner.ok(await store.latestRun(name), name);
    await store.close();
    inner.strictSame(readdirSync(join(root, 'locks')), []);
    inner.strictSame(readdirSync(join(root, 'tmp')), []);
  });

  void t.test(
    `writers killed at any time leave an intact store with all reported runs, ${format}`,
    async (inner) => {
      const root = join(inner.testdir(), 'store');
      await (await openDiskStore({ root, platform, format })).close();
      const reported: string[] = [];
      for (const prefix of ['a', 'b', 'c']) {
        const writer = start(inner, 'write', root, prefix, '5000');
        await writer.said(new RegExp(`^${prefix}0050`));
        writer.child.kill('SIGKILL');
        await writer.ended;
        reported.push(...writer.lines);
      }
      const store = await openDiskStore({ root, platform });
      inner.strictSame((await verifyStore(store)).problems, []);
      const ids = new Set(await store.runIds());
      inner.strictSame(
        reported.filter((id) => !ids.has(runId(id))),
        [],
      );
      inner.ok(reported.length >= 150);
      inner.strictSame(readdirSync(join(root, 'tmp')), []);
      await store.close();
    },
  );
}

void t.test('a killed process blocks no other process and leaves no files', async (inner) => {
  const root = join(inner.testdir(), 'store');
  const holder = start(inner, 'hold', root);
  await holder.said(/holding/);
  const notices: StoreNotice[] = [];
  const store = await openDiskStore({ root, platform, onNotice: (notice) => notices.push(notice) });
  inner.strictSame(notices, [], 'the temp file of a living process is kept');
  inner.equal(readdirSync(join(root, 'tmp')).length, 1);

  const collected = collectGarbage(store, { now: Date.now() });
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (notices.length > 0) resolve();
      else setImmediate(look);
    };
    look();
  });
  inner.strictSame(notices, [{ type: 'waiting', holder: `process ${String(holder.child.pid)}` }]);
  holder.child.kill('SIGKILL');
  inner.match(await collected, { blobs_removed: 0 });
  await store.close();

  const next = await openDiskStore({ root, platform, onNotice: (notice) => notices.push(notice) });
  inner.match(notices.at(-1), { type: 'leftovers_swept', files: 1 });
  inner.strictSame(readdirSync(join(root, 'tmp')), []);
  await next.close();
  inner.strictSame(readdirSync(join(root, 'locks')), []);
});

const noLimit = process.platform === 'win32' && 'no descriptor limit to set here';
void t.test('publishing opens few files at once', { skip: noLimit }, async (inner) => {
  const root = join(inner.testdir(), 'store');
  const words = [process.execPath, FIXTURE, 'write', root, 'a', '200'];
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...words]);
  inner.equal(stdout.trim().split('\n').length, 200);
});
