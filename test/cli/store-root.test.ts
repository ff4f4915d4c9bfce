import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, copied, projectWith, runText, type CliFixture } from './cli-fixture.js';

const FORMAT = '{"format":"aether-store/1"}\n';

/** A project with one run in its store. */
const project = copied(async (directory) => {
  const cli = projectWith(directory, `\n  - {id: a, run: ${runText()}}\n`);
  const { code, err } = await cli.batch(ALL);
  if (code !== 0) throw new Error(err);
  return cli;
});

interface Verified {
  readonly ok: boolean;
  readonly problems: readonly { readonly type: string; readonly path: string }[];
  readonly found: readonly { readonly type: string; readonly path: string }[];
}

async function verify(cli: CliFixture, ...args: string[]): Promise<Verified & { code: number | string }> {
  const { code, out } = await cli.aether('store', 'verify', '--json', ...args);
  return { ...(JSON.parse(out) as Verified), code };
}

const FORMATS: Readonly<Record<string, (path: string) => void>> = {
  lost: (path) => {
    rmSync(path);
  },
  empty: (path) => {
    writeFileSync(path, '');
  },
  torn: (path) => {
    writeFileSync(path, FORMAT.slice(0, 9));
  },
  'full of zeros': (path) => {
    writeFileSync(path, Buffer.alloc(28));
  },
  'another document': (path) => {
    writeFileSync(path, '[1]');
  },
  'a directory': (path) => {
    rmSync(path);
    cpSync(join(path, '..', 'runs'), path, { recursive: true });
  },
  'a pipe': (path) => {
    rmSync(path);
    execFileSync('mkfifo', [path]);
  },
};

for (const [how, damage] of Object.entries(FORMATS)) {
  void t.test(`an intact store whose store.json is ${how} is repaired or refused`, async (inner) => {
    const made = await project(inner.testdir());
    const cli = how === 'a pipe' ? made.alwaysSpawned() : made;
    const path = join(cli.directory, 'artefacts/store.json');
    damage(path);
    const refused = await cli.batch(ALL);
    inner.equal(refused.code, 5, refused.err);
    inner.match(await verify(cli), { code: 5, problems: [{ type: 'format_damaged', path: 'store.json' }] });
    const repaired = await verify(cli, '--repair');
    inner.match(repaired, { code: 0, ok: true, problems: [], found: [{ type: 'format_damaged' }] });
    inner.equal(readFileSync(path, 'utf8'), FORMAT);
    const evidence = join(cli.directory, 'artefacts/damaged');
    inner.equal(existsSync(evidence) ? readdirSync(evidence).length : 0, how === 'lost' ? 0 : 1);
    inner.match(JSON.parse((await cli.batch(ALL, '--json')).out), { cached: 1, executed: 0 });
  });
}

void t.test('a message suggests the repair only if the tree is a store', async (inner) => {
  const cli = await project(inner.testdir());
  rmSync(join(cli.directory, 'artefacts/store.json'));
  inner.match((await cli.batch(ALL)).err, /no store\.json; aether store verify --repair restores it/);
  writeFileSync(join(cli.directory, 'artefacts/store.json'), '');
  inner.match(
    (await cli.aether('runs')).err,
    /store\.json is damaged; aether store verify --repair restores it/,
  );
  cli.write('other/runs/mine.json', '{}');
  const foreign = await cli.aether('store', 'verify', '--repair', '--store', 'other');
  inner.equal(foreign.code, 5);
  inner.match(foreign.err, /STORE_NOT_A_STORE/);
  inner.strictSame(readdirSync(join(cli.directory, 'other')), ['runs'], 'no store was created from it');
  writeFileSync(join(cli.directory, 'artefacts/store.json'), '{"format":"aether-store/9"}\n');
  const later = await cli.aether('store', 'verify', '--repair');
  inner.equal(later.code, 5);
  inner.match(later.err, /has format aether-store\/9/);
});

const PARTS = [
  ['blobs', 'symlink'],
  ['blobs/sha256', 'file'],
  ['runs', 'pipe'],
  ['batches', 'file'],
  ['refs', 'pipe'],
  ['refs/keys', 'pipe'],
  ['refs/scenarios', 'symlink'],
  ['tmp', 'file'],
  ['locks', 'pipe'],
  ['cache', 'symlink'],
] as const;

for (const [part, kind] of PARTS) {
  void t.test(`${part} that is a ${kind} is reported, and set aside by a repair`, async (inner) => {
    const made = await project(inner.testdir());
    // A process that waits for a pipe may be detected only at its end.
    const cli = kind === 'pipe' ? made.alwaysSpawned() : made;
    const path = join(cli.directory, 'artefacts', part);
    renameSync(path, join(cli.directory, 'moved'));
    if (kind === 'file') writeFileSync(path, 'mine');
    else if (kind === 'pipe') execFileSync('mkfifo', [path]);
    else symlinkSync(join(cli.directory, 'moved'), path);
    const found = await verify(cli);
    inner.equal(found.code, 5);
    inner.match(found.problems[0], { type: 'misplaced', path: part });
    const repaired = await verify(cli, '--repair');
    inner.ok([0, 5].includes(repaired.code as number), String(repaired.code));
    inner.notOk(
      repaired.problems.some(({ type }) => type === 'misplaced'),
      'it is a directory again',
    );
    const evidence = readdirSync(join(cli.directory, 'artefacts/damaged'));
    inner.ok(evidence.includes(part.replace('/', '-')), evidence.join(' '));
    inner.equal((await cli.batch(ALL)).code, 0, 'a batch works again');
  });
}

void t.test('a damaged log is in the summary, and an error of a strict check', async (inner) => {
  const logged = runText().replace('metrics:', 'logging: {enabled: true, level: info}, metrics:');
  const cli = projectWith(inner.testdir(), `\n  - {id: a, run: ${logged}}\n`);
  inner.equal((await cli.batch(ALL)).code, 0);
  const [run] = JSON.parse((await cli.aether('runs', '--json')).out) as {
    artefacts: { kind: string; chunks: { digest: string }[] }[];
  }[];
  const { digest } = run!.artefacts.find(({ kind }) => kind === 'log')!.chunks[0]!;
  rmSync(join(cli.directory, 'artefacts/blobs/sha256', digest.slice(0, 2), digest.slice(2)));
  const plain = await cli.aether('store', 'verify');
  inner.equal(plain.code, 0);
  inner.match(plain.out, /every result is intact, 1 damaged log$/m);
  const strict = await cli.aether('store', 'verify', '--strict');
  inner.equal(strict.code, 5);
  inner.match(await verify(cli, '--strict'), { ok: false, code: 5 });
});
