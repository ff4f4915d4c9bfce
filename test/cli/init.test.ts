import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import t, { type Test } from 'tap';
import { PROGRAMS } from '../programs.js';
import { CliFixture } from './cli-fixture.js';
import { treeSnapshot } from './tree-snapshot.js';

interface NewProject {
  readonly directory: string;
  readonly written: readonly string[];
  readonly next: readonly string[];
}

/** An empty directory, and a shell that finds the programs by name. */
function emptyDirectory(t: Test): { readonly cli: CliFixture; readonly shell: (text: string) => string } {
  const around = t.testdir({ bin: {}, project: {} });
  for (const [name, path] of Object.entries(PROGRAMS)) {
    const program = join(around, 'bin', name);
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path}' "$@"\n`);
    chmodSync(program, 0o755);
  }
  const project = join(around, 'project');
  const env = { HOME: process.env['HOME'], PATH: `${join(around, 'bin')}:${process.env['PATH'] ?? ''}` };
  const shell = (text: string): string =>
    execFileSync('sh', ['-ec', text], {
      cwd: project,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  return { cli: new CliFixture(project), shell };
}

void t.test('the commands that init prints end with an agreeing golden and a plot', async (t) => {
  const { cli, shell } = emptyDirectory(t);
  const made = await cli.aether('init');
  t.equal(made.code, 0, made.err);
  const commands = made.out
    .split('next:\n')[1]!
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  t.ok(commands.length >= 4);
  const out = shell(commands.join('\n'));
  t.match(out, /^goldens: 1 run agrees$/m);
  t.match(out, /^verdict: ok$/m);
  t.match(out, /^ring +agrees /m);
  t.match(readFileSync(join(cli.directory, 'ring.svg'), 'utf8'), /^<svg|<\?xml/);
  const workflow = load(readFileSync(join(cli.directory, '.github/workflows/aether.yml'), 'utf8')) as {
    jobs: { batch: { steps: { run?: string }[] } };
  };
  const calls = workflow.jobs.batch.steps.flatMap(({ run }) => run ?? []);
  t.match(calls[0], /^npm install --global aether-sim@\d+\.\d+\.\d+/, 'the version that wrote the project');
  const build = shell(`export CI=1\n${calls.slice(1).join('\n')}`);
  t.match(build, /^goldens: 1 run agrees$/m, 'the workflow passes with read-only goldens');
  t.ok(readdirSync(join(cli.directory, 'report')).includes('report.html'));
});

void t.test('init --json names the created directory and the command to enter it', async (t) => {
  const { cli, shell } = emptyDirectory(t);
  const { code, out } = await cli.aether('init', "it's new/deep", '--json');
  t.equal(code, 0);
  const made = JSON.parse(out) as NewProject;
  t.ok(made.written.includes('manifests/example.yaml') && made.written.includes('golden/ring/'));
  t.match(made.next[0], /^cd /);
  t.match(shell(made.next.slice(0, 2).join('\n')), /^ok +BatchManifest/m);
  const absolute = join(cli.directory, 'an absolute path');
  const other = JSON.parse((await cli.aether('init', absolute, '--json')).out) as NewProject;
  t.equal(other.next[0], `cd '${absolute}'`, 'an absolute path is unchanged');
});

void t.test('init changes nothing if a name exists, and lists the existing names', async (t) => {
  const taken: readonly (readonly [name: string, make: (at: string) => void])[] = [
    ['.gitignore', (at) => writeFileSync(join(at, '.gitignore'), 'mine\n')],
    ['manifests', (at) => writeFileSync(join(at, 'manifests'), 'a file')],
    ['profiles', (at) => symlinkSync('/nowhere', join(at, 'profiles'))],
    ['topologies', (at) => symlinkSync('..', join(at, 'topologies'))],
    ['golden/ring', (at) => mkdirSync(join(at, 'golden/ring'), { recursive: true })],
    [
      '.github/workflows/aether.yml',
      (at) => mkdirSync(join(at, '.github/workflows/aether.yml'), { recursive: true }),
    ],
  ];
  for (const [name, make] of taken) {
    const { cli } = emptyDirectory(t);
    make(cli.directory);
    const before = treeSnapshot(cli.directory, () => false);
    const { code, err } = await cli.aether('init');
    t.equal(code, 2, name);
    t.ok(err.includes(`exist in .: ${name}\n`), err);
    t.same(
      treeSnapshot(cli.directory, () => false),
      before,
      `${name}: no file is written`,
    );
  }
  const { cli } = emptyDirectory(t);
  for (const [name, make] of taken) if (name !== 'topologies') make(cli.directory);
  const { err } = await cli.aether('init');
  for (const [name] of taken) if (name !== 'topologies') t.ok(err.includes(name), name);
});

void t.test('init does not change other files of a directory', async (t) => {
  const { cli } = emptyDirectory(t);
  cli.write('README.md', 'mine\n');
  cli.write('manifests/other.txt', 'mine\n');
  t.equal((await cli.aether('init')).code, 0);
  t.equal(readFileSync(join(cli.directory, 'README.md'), 'utf8'), 'mine\n');
  t.equal(readFileSync(join(cli.directory, 'manifests/other.txt'), 'utf8'), 'mine\n');
});
