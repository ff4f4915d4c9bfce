import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { withArrival, type RunRecord } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { ALL, copied, ended, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { configRunId } from '../ids.js';

const SCENARIOS = `
  - {id: a, run: ${runText({ ticks: '40' })}}
  - {id: b, run: ${runText({ ticks: '50', run_id: 'R2' })}}
  - {id: small, retain: compact, run: ${runText({ ticks: '600', run_id: 'R3' })}}
`;

const project = copied(async (directory) => {
  const cli = projectWith(directory, SCENARIOS);
  const made = await cli.batch(ALL);
  if (made.code !== 0) throw new Error(made.err);
  return cli;
});

async function record(cli: CliFixture, run: string): Promise<RunRecord> {
  return JSON.parse((await cli.aether('runs', run, '--json')).out) as RunRecord;
}

/** Path of the first chunk of an artefact. */
function blobOf(cli: CliFixture, run: RunRecord, kind: string): string {
  const { digest } = run.artefacts.find((artefact) => artefact.kind === kind)!.chunks[0]!;
  return join(cli.directory, 'artefacts/blobs/sha256', digest.slice(0, 2), digest.slice(2));
}

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 4;
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
}

interface Verified {
  readonly ok: boolean;
  readonly problems: readonly { type: string; path: string; runs?: readonly string[] }[];
  readonly repair?: { readonly repaired: readonly string[]; readonly unrepaired: readonly { why: string }[] };
}

async function verify(
  cli: CliFixture,
  ...args: string[]
): Promise<Verified & { readonly code: number | string }> {
  const { code, out } = await cli.aether('store', 'verify', '--json', ...args);
  return { ...(JSON.parse(out) as Verified), code };
}

void t.test('damaged, truncated and deleted blobs are reported, never read, and repaired', async (inner) => {
  const cli = await project(inner.testdir());
  inner.match(await verify(cli), { ok: true, code: 0, problems: [] });
  const [a, b, small] = [await record(cli, 'a'), await record(cli, 'b'), await record(cli, 'small')];
  const broken = [
    [a, 'umx_ledger', flipBit],
    [b, 'nap_envelopes', (path: string) => (chmodSync(path, 0o644), truncateSync(path, 10))],
    [small, 'state_checkpoints', rmSync],
  ] as const;
  const good = new Map(
    broken.map(([run, kind]) => [blobOf(cli, run, kind), readFileSync(blobOf(cli, run, kind))]),
  );
  for (const [run, kind, damage] of broken) damage(blobOf(cli, run, kind));
  const found = await verify(cli);
  inner.match(found, { ok: false, code: 5 });
  inner.equal(found.problems.length, 3);
  for (const [run, kind] of broken) {
    const path = blobOf(cli, run, kind);
    const problem = found.problems.find((entry) => path.endsWith(entry.path));
    inner.strictSame(problem?.runs, [run.id], `${kind} affects its run`);
  }
  const read = await cli.aether('cat', 'a', 'umx_ledger');
  inner.equal(read.code, 5, 'no read returns wrong bytes');
  inner.equal(read.out, '');
  const repaired = await verify(cli, '--repair');
  inner.match(repaired, { ok: true, code: 0, repair: { repaired: [/./, /./, /./], unrepaired: [] } });
  for (const [path, bytes] of good) inner.ok(readFileSync(path).equals(bytes), 'exactly the same bytes');
  inner.match(await verify(cli), { ok: true, code: 0 });
});

void t.test('a directory at the path of a blob is replaced by the bytes', async (inner) => {
  const cli = await project(inner.testdir());
  const path = blobOf(cli, await record(cli, 'a'), 'u_ledger');
  const bytes = readFileSync(path);
  rmSync(path);
  mkdirSync(join(path, 'inside'), { recursive: true });
  inner.match(await verify(cli, '--repair'), { ok: true, code: 0 });
  inner.ok(readFileSync(path).equals(bytes));
  inner.equal(readdirSync(join(cli.directory, 'artefacts/damaged')).length, 1, 'kept as evidence');
});

void t.test('an import reports existing runs and missing files', async (inner) => {
  const cli = await project(inner.testdir());
  const none = await cli.aether('store', 'import', 'nope', '--store', 'new');
  inner.match(none, { code: 1, err: 'nope: IMPORT_NOT_FOUND: there is no such file or directory\n' });
  inner.notOk(existsSync(join(cli.directory, 'new')), 'no store is created without need');
  await cli.aether('store', 'export', 'a', '-o', 'out');
  const both = await cli.aether('store', 'import', 'nope', 'out', '--store', 'new', '--json');
  inner.equal(both.code, 1);
  inner.match(JSON.parse(both.out), [
    { error: { code: 'IMPORT_NOT_FOUND' } },
    { present: false, error: null },
  ]);
  inner.match((await cli.aether('store', 'import', 'out', '--store', 'new')).out, /already stored/);
  const again = await cli.aether('store', 'import', 'out', '--store', 'new', '--json');
  inner.match(JSON.parse(again.out), [{ present: true }]);
});

void t.test('a lost log is a warning, because it is not a result and cannot be derived', async (inner) => {
  const cli = await project(inner.testdir());
  const plain = readFileSync(join(cli.directory, ALL), 'utf8');
  cli.write(ALL, plain.replaceAll('metrics:', 'logging: {enabled: true, level: debug}, metrics:'));
  inner.equal((await cli.batch(ALL, '--force', '-g', '^a$')).code, 0);
  const a = await record(cli, 'a');
  rmSync(blobOf(cli, a, 'log'));
  const repaired = await verify(cli, '--repair');
  inner.match(repaired, { ok: true, code: 0, problems: [{ type: 'blob_missing', kinds: ['log'] }] });
  inner.match(repaired.repair, { repaired: [], unrepaired: [{ why: /log contains times/ }] });
  inner.match(await cli.aether('store', 'verify'), {
    code: 0,
    out: new RegExp(
      `^warning: .* is only the log of run ${a.id}\n.*: every result is intact, 1 damaged log\n$`,
    ),
  });
  flipBit(blobOf(cli, a, 'u_ledger'));
  inner.match(await verify(cli), { ok: false, code: 5 }, 'a warning does not hide a problem');
});

void t.test('broken inputs are restored from a manifest that has them, otherwise reported', async (inner) => {
  const cli = await project(inner.testdir());
  const path = blobOf(cli, await record(cli, 'a'), 'inputs');
  flipBit(path);
  rmSync(join(cli.directory, 'hidden'), { force: true });
  copyFileSync(join(cli.directory, ALL), join(cli.directory, 'all.copy'));
  cli.write(ALL, readFileSync(join(cli.directory, ALL), 'utf8').replace('ticks: 40', 'ticks: 41'));
  const without = await verify(cli, '--repair');
  inner.match(without, {
    ok: false,
    code: 5,
    repair: { repaired: [], unrepaired: [{ why: /inputs of .* are broken as well.* --manifests/ }] },
  });
  cli.write('torn.yaml', 'v: 1\nkind: BatchManifest\n');
  const stopped = await verify(cli, '--repair', '--manifests', 'torn.yaml');
  inner.match(stopped, { ok: false, code: 2, found: [{ type: 'blob_corrupt' }] }, 'the damage is reported');
  copyFileSync(join(cli.directory, 'all.copy'), join(cli.directory, ALL));
  inner.match(await verify(cli, '--repair', '--manifests', ALL), { ok: true, code: 0 });
});

void t.test('a damaged run record does not prevent computing or listing other runs', async (inner) => {
  const cli = await project(inner.testdir());
  const a = await record(cli, 'a');
  flipBit(join(cli.directory, 'artefacts/runs', `${a.id}.json`));
  cpSync(join(cli.directory, 'artefacts'), join(cli.directory, 'copy'), { recursive: true });
  const listed = await cli.aether('runs', '--json');
  inner.match(listed, { code: 0, err: new RegExp(`^warning: runs/${a.id}\\.json .*; left out\n$`) });
  inner.strictSame((JSON.parse(listed.out) as RunRecord[]).map(({ name }) => name).sort(), ['b', 'small']);
  const mended = await verify(cli, '--repair', '--store', 'copy');
  inner.match(mended, { ok: true, code: 0, repair: { set_aside: [{ path: `runs/${a.id}.json` }] } });
  inner.equal((await cli.aether('store', 'gc', '--store', 'copy')).code, 0, 'its place is free');
  const again = await cli.batch(ALL);
  inner.match(again, { code: 0, err: new RegExp(`ignored refs/.*: runs/${a.id}\\.json`) });
  inner.not((await record(cli, 'a')).id, a.id, 'done again');
  inner.equal((await cli.aether('explain', 'a', '--manifests', ALL)).code, 0);
});

void t.test('pins protect runs from gc, why lists the uses of a blob, du adds up', async (inner) => {
  const cli = await project(inner.testdir());
  const [a, b] = [await record(cli, 'a'), await record(cli, 'b')];
  inner.match((await cli.aether('store', 'pin', 'a')).out, `pinned ${a.id}`);
  const planned = JSON.parse(
    (await cli.aether('store', 'gc', '-n', '--keep-last', '0', '--no-golden', '--json')).out,
  ) as {
    runs_removed: string[];
  };
  inner.ok(planned.runs_removed.includes(b.id) && !planned.runs_removed.includes(a.id));
  inner.ok(existsSync(blobOf(cli, b, 'u_ledger')), 'a dry run removes nothing');
  const gone = await cli.aether('store', 'gc', '--keep-last', '0', '--no-golden');
  inner.match(gone.out, /removed 2 runs and \d+ blobs/);
  inner.notOk(existsSync(blobOf(cli, b, 'u_ledger')));
  inner.ok(existsSync(blobOf(cli, a, 'u_ledger')));
  const { digest } = a.artefacts.find(({ kind }) => kind === 'u_ledger')!;
  inner.match(
    (await cli.aether('store', 'why', digest)).out,
    new RegExp(`${a.id} +a \\(pinned\\) +artefact u_ledger`),
  );
  inner.equal((await cli.aether('store', 'why', '0'.repeat(64))).code, 1);
  inner.match(JSON.parse((await cli.aether('store', 'du', '--json')).out), {
    runs: 1,
    unreferenced: { blobs: 0 },
  });
  inner.match((await cli.aether('store', 'unpin', 'a')).out, `unpinned ${a.id}`);
  inner.equal((await cli.aether('store', 'unpin', 'a')).code, 1);
  inner.equal((await verify(cli)).code, 0);
});

void t.test('gc with limits keeps results of goldens', async (inner) => {
  const cli = await project(inner.testdir());
  inner.match(await cli.aether('store', 'gc', '--max-size', '1B', '--golden', 'elsewhere'), {
    code: 2,
    err: /no directory of goldens at elsewhere/,
  });
  inner.match(await cli.aether('store', 'gc', '-n', '--max-size', '1B'), {
    code: 0,
    err: /warning: there is no directory of goldens at golden/,
  });
  inner.equal((await cli.aether('store', 'gc')).code, 0, 'no result is removed that a golden could need');
  const plain = readFileSync(join(cli.directory, ALL), 'utf8');
  cli.write(ALL, plain.replace('{id: a,', '{id: a, golden: true,'));
  const updated = await cli.batch(ALL, '-g', '^a$', '--force', '-u', 'all');
  inner.equal(updated.code, 0, updated.err);
  const held = await cli.aether('store', 'gc', '-n', '--max-size', '1B');
  inner.match(
    held.out,
    /held back 1 run of results in golden\nlimit not reached, .* over: 1 run pinned, golden or in use\n/,
  );
  const report = JSON.parse(
    (await cli.aether('store', 'gc', '-n', '--max-size', '1B', '--json')).out,
  ) as object;
  inner.match(report, { held_back: { pinned: 0, golden: 1 }, golden_directory: 'golden' });
  cli.write('golden/a/golden.json', '{');
  inner.match(await cli.aether('store', 'gc', '--max-size', '1B'), {
    code: 5,
    err: /STORE_GOLDEN_DAMAGED: golden.a.golden\.json is not JSON: damaged/,
  });
  inner.match(await record(cli, 'b'), { name: 'b' }, 'no run was removed');
  inner.match(await cli.aether('store', 'gc', '--max-size', '1B', '--no-golden'), {
    code: 0,
    out: /kept 0 runs/,
  });
});

void t.test('gc keeps results of goldens that only manifests refer to', async (inner) => {
  for (const place of ['../accepted/a', '../deep/er/goldens']) {
    const cli = await project(inner.testdir({ [place.slice(3, 7)]: {} }));
    const plain = readFileSync(join(cli.directory, ALL), 'utf8');
    cli.write(ALL, plain.replace('{id: a,', `{id: a, golden: ${place},`));
    const updated = await cli.batch(ALL, '-g', '^a$', '--force', '-u', 'all');
    inner.equal(updated.code, 0, updated.err);
    inner.ok(existsSync(join(cli.directory, place.slice(3), 'golden.json')), place);
    rmSync(join(cli.directory, 'golden'), { recursive: true });
    const collected = await cli.aether('store', 'gc', '-n', '--max-size', '1B', '--json');
    inner.match(JSON.parse(collected.out), { held_back: { golden: 1 } }, place);
    inner.equal(collected.err, '', place);
    cli.write(join(place.slice(3), 'golden.json'), '{');
    inner.match(await cli.aether('store', 'gc', '--keep-last', '0'), {
      code: 5,
      err: /STORE_GOLDEN_DAMAGED/,
    });
  }
});

for (const format of ['dir', 'tar', 'zip']) {
  void t.test(
    `a run is exported as ${format} and imported elsewhere, completely or not at all`,
    async (inner) => {
      const cli = await project(inner.testdir());
      const exported = await cli.aether('store', 'export', 'a', '--format', format, '-o', 'out', '--json');
      inner.equal(exported.code, 0, exported.err);
      inner.equal(
        (await cli.aether('store', 'export', 'a', '--format', format, '-o', 'out')).code,
        2,
        'existing files are not replaced',
      );
      const imported = await cli.aether('store', 'import', 'out', '--store', 'other');
      inner.equal(imported.code, 0, imported.err);
      const there = JSON.parse(
        (await cli.aether('runs', 'a', '--json', '--store', 'other')).out,
      ) as RunRecord;
      inner.strictSame(withArrival(there, undefined), withArrival(await record(cli, 'a'), undefined));
      inner.equal((await cli.aether('store', 'verify', '--store', 'other')).code, 0);
      flipBit(format === 'dir' ? join(cli.directory, 'out/u_ledger.jsonl') : join(cli.directory, 'out'));
      const refused = await cli.aether('store', 'import', 'out', '--store', 'third');
      inner.equal(refused.code, 5);
      inner.match(refused.err, 'STORE_IMPORT_INVALID');
      inner.strictSame(readdirSync(join(cli.directory, 'third/runs')), []);
    },
  );
}

void t.test('a run that claims the inputs of another run is not imported', async (inner) => {
  const cli = await project(inner.testdir());
  const { input_key } = await record(cli, 'b');
  await cli.aether('store', 'export', 'a', '-o', 'out');
  const sealed = sealRecord({ ...(await record(cli, 'a')), input_key });
  writeFileSync(join(cli.directory, 'out/run.json'), sealed);
  const sums = join(cli.directory, 'out/SHA256SUMS');
  const line = `${sha256(sealed)}  run.json`;
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(/^.* run\.json$/m, line));
  const refused = await cli.aether('store', 'import', 'out', '--store', 'new');
  inner.equal(refused.code, 5);
  inner.match(refused.err, /STORE_IMPORT_INVALID: .*do not match the input_key/);
  inner.strictSame(readdirSync(join(cli.directory, 'new/runs')), []);
});

void t.test('errors show the correct usage', async (inner) => {
  const cli = projectWith(inner.testdir(), SCENARIOS);
  inner.match(await cli.aether('store', 'gc', '--max-size', 'much'), {
    code: 2,
    err: /--max-size must be a size with a unit/,
  });
  inner.match(await cli.aether('store', 'why', 'xyz'), { code: 2, err: /neither a SHA-256/ });
  inner.match(await cli.aether('store', 'gc'), { code: 5, err: /STORE_NOT_FOUND/ });
  inner.notOk(existsSync(join(cli.directory, 'artefacts')), 'upkeep commands create no store');
  inner.match((await cli.aether('store', 'verify', '--help')).out, /Examples:/);
});

void t.test('gc during a running batch keeps the runs that its plan relies on', async (inner) => {
  const long = runText({ ticks: '20000000', windows: '{every: 10000, apx_name: A}' });
  const cli = projectWith(
    inner.testdir(),
    `\n  - {id: hit, run: ${runText()}}\n  - {id: other, run: ${runText({ ticks: '5' })}}\n  - {id: long, run: ${long}}\n`,
  );
  inner.equal((await cli.batch(ALL, '-g', 'hit|other')).code, 0);
  const child = cli.start('aether-batch', ALL, '-g', 'hit|long', '--reporter', 'json');
  const end = ended(child);
  let said = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('"run_start"')) resolve();
    });
  });
  const gc = await cli.aether('store', 'gc', '--keep-days', '0', '--no-golden', '--json');
  child.kill('SIGINT');
  inner.equal((await end).code, 130);
  inner.match(JSON.parse(gc.out), { held_back: { in_use: 1 }, runs_kept: 1 });
  const names = (JSON.parse((await cli.aether('runs', '--json')).out) as { name: string }[]).map(
    ({ name }) => name,
  );
  inner.strictSame(names.sort(), ['hit', 'long'], 'its hit was kept, the unused run was removed');
});

void t.test('a new store is ignored by git, and a .gitignore of the user is kept', async (inner) => {
  const cli = projectWith(inner.testdir(), `\n  - {id: a, run: ${runText()}}\n`);
  for (const command of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    execFileSync('git', command, { cwd: cli.directory });
  inner.equal((await cli.batch(ALL)).code, 0);
  const status = (): string =>
    execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: cli.directory }).toString();
  inner.notMatch(status(), /artefacts/);
  cli.write('own/.gitignore', '# mine\n');
  inner.equal((await cli.batch(ALL, '--store', 'own')).code, 0);
  inner.equal(readFileSync(join(cli.directory, 'own/.gitignore'), 'utf8'), '# mine\n');
  inner.match(status(), /own\/store\.json/, 'the file of the user is unchanged');
  rmSync(join(cli.directory, 'artefacts/.gitignore'));
  inner.equal((await cli.batch(ALL, '--force')).code, 0);
  inner.notOk(existsSync(join(cli.directory, 'artefacts/.gitignore')), 'a removed file is not created again');
});

void t.test('verify and import report contradictions between the record and its artefacts', async (inner) => {
  const cli = await project(inner.testdir());
  for (const [run, change, fields] of [
    ['a', { ticks_completed: 39, metrics: { nap_total: 1 } }, ['metrics', 'ticks_completed']],
    ['b', { cell: { ticks: 51 }, run_id: configRunId('R9') }, ['run_id', 'cell/ticks']],
    ['small', { ticks_completed: 599, metrics: null }, ['metrics', 'ticks_completed', 'ticks_completed']],
  ] as const) {
    const honest = await record(cli, run);
    await cli.aether('store', 'export', run, '-o', run);
    const file = join(cli.directory, 'artefacts/runs', `${honest.id}.json`);
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, sealRecord({ ...honest, ...change }));
    const { code, problems } = await verify(cli);
    inner.equal(code, 5, run);
    const told = problems.filter(({ type }) => type === 'record_contradicted') as unknown as {
      field: string;
    }[];
    inner.strictSame([...new Set(told.map(({ field }) => field))].sort(), [...new Set(fields)].sort(), run);
    const shown = (await cli.aether('store', 'verify')).out;
    for (const field of fields) inner.match(shown, `${honest.id}.json: ${field} `);
    writeFileSync(file, kept);

    const sealed = sealRecord({ ...honest, ...change });
    writeFileSync(join(cli.directory, run, 'run.json'), sealed);
    const sums = join(cli.directory, run, 'SHA256SUMS');
    writeFileSync(sums, readFileSync(sums, 'utf8').replace(/^.* run\.json$/m, `${sha256(sealed)}  run.json`));
    const refused = await cli.aether('store', 'import', run, '--store', 'new');
    inner.equal(refused.code, 5, run);
    for (const field of fields) inner.match(refused.err, `run.json: ${field} `);
  }
  inner.equal((await verify(cli)).code, 0, 'intact records have no contradictions');
});

void t.test(
  'upgrade --create makes a new store that keeps runs in segments, and upgrades an existing one',
  async (t) => {
    const cli = await project(t.testdir());
    const there = await cli.aether('store', 'upgrade', '--create', '--json');
    t.strictSame(JSON.parse(there.out), { format: 'aether-store/2', upgraded: true, created: false });
    const refused = await cli.aether('store', 'upgrade', '--store', 'fresh');
    t.equal(refused.code, 5);
    t.match(refused.err, 'STORE_NOT_FOUND');
    t.notOk(existsSync(join(cli.directory, 'fresh')), 'without --create nothing is created');
    const made = await cli.aether('store', 'upgrade', '--store', 'fresh', '--create');
    t.match(made, { code: 0, out: 'fresh was created with format aether-store/2\n' });
    t.match(readFileSync(join(cli.directory, 'fresh/store.json'), 'utf8'), 'aether-store/2');
    t.equal((await cli.batch(ALL, '--store', 'fresh')).code, 0);
    t.strictSame(readdirSync(join(cli.directory, 'fresh/runs')), [], 'runs are in segments');
    t.equal((await cli.aether('store', 'verify', '--store', 'fresh')).code, 0);
    mkdirSync(join(cli.directory, 'other'));
    writeFileSync(join(cli.directory, 'other/notes.txt'), 'mine');
    const foreign = await cli.aether('store', 'upgrade', '--store', 'other', '--create');
    t.equal(foreign.code, 5, 'a directory with other files is refused');
    t.strictSame(readdirSync(join(cli.directory, 'other')), ['notes.txt']);
  },
);

void t.test(
  'a store that begins with a thousand runs has segments, an existing one keeps its format',
  async (t) => {
    const cli = projectWith(
      t.testdir(),
      ['few', 'many']
        .map(
          (id, n) =>
            `\n  - {id: ${id}, run: ${runText({ ticks: '1' })}, matrix: {'initial_state[0]': {range: [1, ${String(999 + n)}]}}}`,
        )
        .join(''),
    );
    const formatOf = async (store: string, scenario: string, ...args: string[]): Promise<unknown> => {
      await cli.batch(ALL, '-g', `^${scenario}`, '--store', store, ...args);
      return JSON.parse(readFileSync(join(cli.directory, store, 'store.json'), 'utf8'));
    };
    const atOnce = ['--global-timeout', '1ms'];
    t.strictSame(await formatOf('plain', 'few', ...atOnce), { format: 'aether-store/1' });
    t.strictSame(await formatOf('plain', 'many', ...atOnce), { format: 'aether-store/1' });
    t.strictSame(await formatOf('packed', 'many'), { format: 'aether-store/2' });
    t.strictSame(await formatOf('packed', 'few', ...atOnce), { format: 'aether-store/2' });
    const verified = await cli.aether('store', 'verify', '--store', 'packed');
    t.match(verified.out, /, 1,\d{3} runs, .*the store is intact/);
  },
);
