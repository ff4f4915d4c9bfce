import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ALL, projectWith, runText, type CliFixture } from '../cli/cli-fixture.js';
import { PROGRAMS } from '../programs.js';

const BATCH = PROGRAMS['aether-batch'];
const SWEEP = `\n  - {id: s, run: ${runText({ ticks: '400' })}, matrix: {"initial_state[0]": {range: [1, 60]}}}\n`;

/**
 * Runs a shell script in a namespace that allows mounting; returns exit code and output. The environment is
 * that of the other tests: with CI set, goldens are read-only.
 */
function inNamespace(cli: CliFixture, script: string): { readonly code: number; readonly said: string } {
  const { PATH = '', HOME = '' } = process.env;
  const done = spawnSync('unshare', ['-Urm', 'sh', '-c', script], {
    cwd: cli.directory,
    encoding: 'utf8',
    env: { PATH, HOME },
  });
  return { code: done.status ?? -1, said: `${done.stdout}${done.stderr}` };
}

function namespaceMissing(): string | false {
  try {
    execFileSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'pipe' });
    return false;
  } catch (error) {
    return `no user namespace that may mount: ${error instanceof Error ? error.message.split('\n')[0]! : 'unknown'}`;
  }
}

void t.test(
  'a full disk ends the batch with 5 and its cause; with free space it completes',
  { skip: namespaceMissing() },
  async (inner) => {
    const cli = projectWith(inner.testdir(), SWEEP).alwaysSpawned();
    mkdirSync(join(cli.directory, 'small'));
    const call = `'${process.execPath}' '${BATCH}' ${ALL} --store small/tree -j 2`;
    const { code, said } = inNamespace(
      cli,
      `mount -t tmpfs -o size=2m tmpfs small || exit 99
     ${call}; echo "first $?"
     mount -o remount,size=200m small || exit 98
     ${call} --json >again.json; echo "second $?"
     '${process.execPath}' '${BATCH.replace('aether-batch', 'aether')}' store verify --store small/tree; echo "verify $?"`,
    );
    inner.equal(code, 0, said);
    inner.match(said, /first 5/);
    inner.match(said, /STORE_FULL/);
    inner.match(said, /cannot \w+ \S+: no space left \(ENOSPC\)/, 'with the file and the system code');
    inner.match(said, /second 0/);
    inner.match(said, /verify 0/);
  },
);

void t.test(
  'a full disk refuses an acceptance with 5 and keeps the pending result',
  { skip: namespaceMissing() },
  async (inner) => {
    const cli = projectWith(
      inner.testdir(),
      `\n  - {id: g, golden: true, run: ${runText({ ticks: '40' })}, matrix: {"initial_state[0]": {range: [1, 12]}}}\n`,
    ).alwaysSpawned();
    const aether = `'${process.execPath}' '${PROGRAMS.aether}'`;
    const accept = `${aether} golden accept --manifests ${ALL} --all --by tester --reason first`;
    const { code, said } = inNamespace(
      cli,
      `mkdir -p golden && mount -t tmpfs -o size=2m tmpfs golden || exit 99
     '${process.execPath}' '${BATCH}' ${ALL} >/dev/null; echo "batch $?"
     for room in 0 60 200 400; do
       dd if=/dev/zero of=golden/filler bs=4k 2>/dev/null
       truncate -s -"$room"k golden/filler
       ${accept} >/dev/null 2>refused.txt; echo "accept $?: $(grep -c ENOSPC refused.txt) refused"
       rm golden/filler
       ${aether} golden status --manifests ${ALL} >status.txt
       echo "waiting $(grep -c ', pending' status.txt), agree $(grep -c ' agrees ' status.txt)"
     done
     ${accept} >/dev/null 2>&1; echo "with room $?"
     ${aether} golden status --manifests ${ALL} >status.txt; echo "status $?, agree $(grep -c ' agrees ' status.txt)"`,
    );
    inner.equal(code, 0, said);
    const rounds = [...said.matchAll(/^accept (\d): (\d+) refused\nwaiting (\d+), agree (\d+)$/gm)];
    const counts = rounds.map((round) => round.slice(1).map(Number));
    inner.match(counts[0], [5, 12, 12, 0], 'without space nothing is accepted');
    inner.equal(counts.length, 4);
    for (const [exit, refused, waiting, agree] of counts) {
      inner.equal(exit, refused === 0 ? 0 : 5);
      inner.equal(waiting, refused, 'refused results remain pending');
      inner.equal(agree, 12 - refused!, 'accepted goldens are complete');
    }
    inner.ok(
      counts.some(([, refused]) => refused! > 0 && refused! < 12),
      'the disk was full during an acceptance',
    );
    inner.match(said, /with room 0\nstatus 0, agree 12\n/);
  },
);

void t.test('a read-only store ends the batch with 5; made writable, it completes', async (inner) => {
  const cli = projectWith(inner.testdir(), SWEEP).alwaysSpawned();
  inner.equal((await cli.batch(ALL, '-g', '=1\\]')).code, 0);
  const root = process.getuid?.() === 0;
  const reason = namespaceMissing();
  if (root && reason !== false) {
    inner.pass('not tried', { skip: `root ignores permissions, and ${reason}` });
    return;
  }
  if (root) {
    const { said } = inNamespace(
      cli,
      `mount --bind artefacts artefacts && mount -o remount,bind,ro artefacts || exit 99
       '${process.execPath}' '${BATCH}' ${ALL}; echo "first $?"`,
    );
    inner.match(said, /first 5/);
    inner.match(said, /STORE_READ_ONLY: cannot .*\((EROFS|EACCES|EPERM)\)/);
  } else {
    const places = ['tmp', 'locks', '.'].map((name) => join(cli.directory, 'artefacts', name));
    for (const place of places) chmodSync(place, 0o555);
    const refused = await cli.batch(ALL);
    for (const place of places) chmodSync(place, 0o755);
    inner.equal(refused.code, 5);
    inner.match(refused.err, /STORE_READ_ONLY: cannot .*EACCES/);
  }
  const after = await cli.batch(ALL, '--json');
  inner.equal(after.code, 0, after.err);
  inner.match(JSON.parse(after.out), { cached: 1, executed: 59 });
});

/**
 * Loaded before the program: when a run has ended and all modules are loaded, it opens all remaining file
 * descriptors.
 */
const HOG = `
import { openSync } from 'node:fs';
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => {
  const written = write(text, ...rest);
  if (String(text).startsWith('done')) try { for (;;) openSync('/dev/null'); } catch {}
  return written;
};
`;

void t.test(
  'without file descriptors the batch exits with 5 and the cause, then completes',
  async (inner) => {
    const cli = projectWith(inner.testdir(), SWEEP).alwaysSpawned();
    cli.write('hog.mjs', HOG);
    const script = `ulimit -n 256; exec '${process.execPath}' --import ./hog.mjs '${BATCH}' ${ALL} -j 2`;
    const done = spawnSync('sh', ['-c', script], { cwd: cli.directory, encoding: 'utf8' });
    inner.equal(done.status, 5, done.stderr);
    inner.match(done.stderr, /STORE_TOO_MANY_FILES/);
    inner.match(done.stdout, /cannot \w+ \S+: too many open files in this process \(EMFILE\)/);
    const verified = await cli.aether('store', 'verify');
    inner.equal(verified.code, 0, verified.out);
    const after = JSON.parse((await cli.batch(ALL, '--json')).out) as { cached: number; completed: number };
    inner.ok(after.cached >= 1, 'completed runs are kept');
    inner.equal(after.cached + after.completed, 60);
  },
);

void t.test(
  'with too few descriptors at the start the batch exits with 5 and reports the cause',
  async (inner) => {
    const cli = projectWith(inner.testdir(), SWEEP).alwaysSpawned();
    for (const [limit, where] of [
      [40, 'the runs'],
      [32, 'the program'],
      [24, 'the file it starts with'],
    ] as const) {
      // The modules that the test runner loads into every process need file descriptors too.
      const script = `ulimit -n ${limit}; unset NODE_OPTIONS; exec '${process.execPath}' '${BATCH}' ${ALL}`;
      const done = spawnSync('sh', ['-c', script], { cwd: cli.directory, encoding: 'utf8' });
      inner.equal(done.status, 5, `${where}: ${done.stdout}${done.stderr}`);
      inner.match(done.stdout + done.stderr, /EMFILE/, where);
    }
    const after = JSON.parse((await cli.batch(ALL, '--json')).out) as { failed: number };
    inner.equal(after.failed, 0);
  },
);
