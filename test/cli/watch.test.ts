import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LONGEST_MS, QUIET_MS, Settled } from '../../lib/cli/watch/settled.js';
import { ReadDocuments } from '../../lib/cli/watch/read-documents.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import type { Timers } from '../../lib/platform/timers.js';
import { ALL, CliFixture, ended, projectWith, runText, type Ended } from './cli-fixture.js';

/** Timers that the test fires. */
class ManualTimers implements Timers {
  #now = 0;
  readonly #waiting = new Map<object, { readonly at: number; readonly call: () => void }>();

  after(milliseconds: number, call: () => void): () => void {
    const key = {};
    this.#waiting.set(key, { at: this.#now + milliseconds, call });
    return () => void this.#waiting.delete(key);
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (next === undefined) break;
      this.#waiting.delete(next[0]);
      this.#now = next[1].at;
      next[1].call();
    }
    this.#now = end;
  }

  get waiting(): number {
    return this.#waiting.size;
  }
}

void t.test('a round starts when changes have paused, or after a maximum delay', (t) => {
  const timers = new ManualTimers();
  let calls = 0;
  const settled = new Settled(timers, () => calls++);
  settled.note();
  timers.advance(QUIET_MS - 1);
  settled.note();
  timers.advance(QUIET_MS - 1);
  t.equal(calls, 0, 'each change restarts the wait');
  timers.advance(1);
  t.equal(calls, 1);
  t.equal(timers.waiting, 0, 'no timer remains');
  for (let n = 0; n * 100 < LONGEST_MS; n++) {
    settled.note();
    timers.advance(100);
  }
  t.equal(calls, 2, 'endless changes start a round after all');
  settled.note();
  settled.cancel();
  timers.advance(LONGEST_MS * 2);
  t.ok(calls <= 2 + 1 && timers.waiting === 0);
  t.end();
});

void t.test('a document counts as changed only if its content differs', (t) => {
  const directory = t.testdir({ 'a.yaml': 'a', 'b.yaml': 'b', deep: {} });
  const at = (name: string): string => join(directory, name);
  const read = new ReadDocuments(nodeDocumentFiles);
  read.read(at('a.yaml'));
  read.note([at('b.yaml')]);
  t.equal(read.kind(at('deep/missing.yaml')), 'missing');
  t.same(read.directories(), [directory, at('deep')].sort());
  writeFileSync(at('a.yaml'), 'a');
  t.same(read.changed(), [], 'written again with the same bytes');
  writeFileSync(at('new'), 'b2');
  renameSync(at('new'), at('b.yaml'));
  writeFileSync(at('deep/missing.yaml'), '');
  t.same(read.changed(), [at('b.yaml'), at('deep/missing.yaml')]);
  t.end();
});

/** A watching program; each call waits until the program waits for changes again. */
class Watching {
  readonly #child: ReturnType<CliFixture['start']>;
  readonly #end: Promise<Ended>;
  #seen = '';
  #rounds = 0;
  #wake: () => void = () => undefined;

  constructor(t: Test, cli: CliFixture, program: 'aether' | 'aether-batch', ...args: string[]) {
    this.#child = cli.start(program, ...args);
    this.#end = ended(this.#child);
    this.#child.stderr.on('data', (bytes: Buffer) => {
      this.#seen += bytes.toString();
      this.#wake();
    });
    t.teardown(() => this.#child.kill('SIGKILL'));
  }

  async waits(): Promise<string> {
    this.#rounds++;
    while (this.#seen.split('; Ctrl-C exits\n').length - 1 < this.#rounds) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#seen;
  }

  async interrupt(): Promise<Ended> {
    this.#child.kill('SIGINT');
    return this.#end;
  }
}

void t.test('aether-batch --watch runs changed scenarios and waits during invalid documents', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `\n  - {id: plain, run: ${runText()}}\n  - {id: sweep, run: ${runText()}, matrix: {ticks: [8, 9]}}\n`,
  );
  const topology = readFileSync(join(cli.directory, 'manifests/pair.yaml'), 'utf8');
  const watching = new Watching(t, cli, 'aether-batch', ALL, '--no-golden', '--watch', '-j1');
  t.match(await watching.waits(), /^watching 1 directory; Ctrl-C exits$/m);
  cli.write('manifests/notes.txt', 'not a document of the batch');
  cli.write('manifests/pair.yaml', topology.replace('k: 1', 'k: [').replace('edges', 'edges'));
  t.match(await watching.waits(), /^changed: manifests\/pair\.yaml$/m);
  cli.write('manifests/pair.yaml', topology.replace('k: 1', 'k: 2'));
  t.match(await watching.waits(), /pair\.yaml:\d+:\d+: syntax/);
  cli.write(ALL, readFileSync(join(cli.directory, ALL), 'utf8').replace('[8, 9]', '[9]'));
  await watching.waits();
  const { code, out } = await watching.interrupt();
  t.equal(code, 130);
  t.match(
    out,
    /^3 changed, 0 runs the same(?:; \d slower .*)?$/m,
    'the second round is compared with the first',
  );
  t.match(out, /^ {4}topology \/edges\/0\/k: 1 -> 2$/m);
  t.match(out, /^1 gone, 2 runs the same$/m, 'the third with the second');
  t.equal(
    out.split('verdict: ok').length - 1,
    3,
    'three rounds ran; invalid documents and other files ran none',
  );
});

void t.test('aether run --watch runs one document again and shows the differences', async (t) => {
  const cli = new CliFixture(t.testdir());
  projectWith(cli.directory, '');
  mkdirSync(join(cli.directory, 'runs'));
  const text = (ticks: string): string =>
    runText({ ticks }).replaceAll(': cmp', ': ../manifests/cmp').replaceAll(': pair', ': ../manifests/pair');
  cli.write('runs/one.yaml', text('4'));
  const watching = new Watching(t, cli, 'aether', 'run', 'runs/one.yaml', '--watch');
  t.match(await watching.waits(), /watching 2 directories/);
  cli.write('runs/one.yaml', text('5'));
  await watching.waits();
  const { code, out } = await watching.interrupt();
  t.equal(code, 130);
  t.match(out, /^ {4}run \/ticks: 4 -> 5$/m);
});

void t.test('an argument that cannot be watched is refused before any run starts', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: plain, run: ${runText()}}\n`);
  const both = await cli.batch(ALL, '--watch', '--json');
  t.equal(both.code, 2);
  t.match(both.err, 'watch');
  const none = await cli.batch('nothing/*.yaml', '--watch');
  t.equal(none.code, 2);
  t.match(none.err, 'nothing/*.yaml matches no file');
});
