import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { environmentSettings } from '../../lib/cli/project/environment-settings.js';
import { CliFixture, projectWith, runText } from './cli-fixture.js';

interface Settings {
  readonly file: string | null;
  readonly settings: readonly { name: string; value: unknown; from: string; where: string | null }[];
}

const SCENARIO = `  - { id: one, run: ${runText()} }`;

function project(t: Test, file: string): CliFixture {
  const cli = projectWith(t.testdir({}), SCENARIO);
  cli.write('aether.yaml', file);
  return cli;
}

async function shown(cli: CliFixture, ...args: string[]): Promise<Map<string, unknown[]>> {
  const { code, out, err } = await cli.aether('config', '--json', ...args);
  if (code !== 0) throw new Error(err);
  const { settings } = JSON.parse(out) as Settings;
  return new Map(settings.map(({ name, value, from, where }) => [name, [value, from, where]]));
}

const FILE = `v: 1
kind: Project
store: tree
jobs: 3
labels: { team: waves, run: night }
`;

void t.test('every setting comes from the source with the highest precedence', async (t) => {
  const cli = project(t, FILE).with({ AETHER_JOBS: '2', AETHER_LABELS: 'run=day,who=me', AETHER_GOLDEN: '' });
  const found = await shown(cli, '--store', 'elsewhere', '--label', 'who=you');
  t.same(Object.fromEntries(found), {
    store: ['elsewhere', 'command line', null],
    manifests: [['manifests/*.yaml'], 'default', null],
    golden: ['golden', 'default', null],
    jobs: [2, 'environment', 'AETHER_JOBS'],
    reporters: [['line'], 'default', null],
    output: [null, 'default', null],
    'labels.run': ['day', 'environment', 'AETHER_LABELS'],
    'labels.team': ['waves', 'project file', 'aether.yaml:5:9'],
    'labels.who': ['you', 'command line', null],
  });
  const { out } = await cli.aether('config', '--store=x');
  t.match(out, /^store +x +command line$/m);
  t.match(out, /^labels\.team +waves +project file, aether\.yaml:5:9$/m);
});

void t.test('commands use the effective settings, also below the project directory', async (t) => {
  const cli = project(t, `${FILE}manifests: [manifests/all.yaml]\nreporters: [dot, html]\noutput: report\n`);
  mkdirSync(join(cli.directory, 'deep'));
  const below = new CliFixture(join(cli.directory, 'deep'));
  const { code, out, err } = await below.batch('--no-golden');
  t.equal(code, 0, err);
  t.match(out, /in \.\.\/tree$/m);
  t.ok(
    existsSync(join(cli.directory, 'tree/store.json')) &&
      existsSync(join(cli.directory, 'report/report.html')),
  );
  t.match((await below.aether('runs')).out, /one/);
  t.match((await cli.aether('inspect', 'one', '--store', 'tree')).out, /one/);
  const other = await cli.batch(
    'manifests/all.yaml',
    '--store=other',
    '--reporter',
    'line',
    '--json',
    '--force',
  );
  t.equal((JSON.parse(other.out) as { kind: string }).kind, 'BatchResult');
  t.ok(existsSync(join(cli.directory, 'other/store.json')), 'the command line takes precedence');
  const env = await cli.with({ AETHER_STORE: 'third' }).aether('run', 'one', '--json');
  t.equal(env.code, 0, env.err);
  t.ok(existsSync(join(cli.directory, 'third/store.json')), 'the environment takes precedence over the file');
});

void t.test('--json has standard output for itself', async (t) => {
  const cli = project(t, `${FILE}reporters: [html, junit]\n`);
  const { code, out, err } = await cli.batch('--json', '--no-golden', 'manifests/all.yaml');
  t.equal(code, 0, err);
  t.equal((JSON.parse(out) as { kind: string }).kind, 'BatchResult');
});

void t.test('an invalid file or variable stops every command that uses it', async (t) => {
  const cli = project(t, 'v: 1\nkind: Project\njobs: two\nstore: ../out\n');
  for (const line of [['config'], ['batch', '-n'], ['store', 'du']]) {
    const { code, err } = await cli.aether(...line);
    t.equal(code, 2, line.join(' '));
    t.match(err, /^aether\.yaml:3:7: wrong-type/m);
    t.match(err, /^aether\.yaml:4:8: outside-root/m);
  }
  t.equal((await cli.aether('validate', 'manifests/all.yaml')).code, 0, 'validate reads its operands');
  const validated = await cli.aether('validate', 'aether.yaml', '--json');
  t.match(JSON.parse(validated.out), [
    { kind: 'Project', problems: [{ code: 'wrong-type' }, { code: 'outside-root' }] },
  ]);
});

void t.test('an invalid variable is named, and an empty one counts as unset', (t) => {
  for (const [name, value] of [
    ['AETHER_JOBS', 'two'],
    ['AETHER_JOBS', '0'],
    ['AETHER_JOBS', '1e2'],
    ['AETHER_REPORTERS', 'line,pdf'],
    ['AETHER_LABELS', 'A=b'],
    ['AETHER_LABELS', 'nothing'],
    ['AETHER_LABELS', 'who=Ann, Bob'],
    ['AETHER_LABELS', '{"who": '],
  ] as const) {
    t.throws(
      () => environmentSettings({ [name]: value }),
      { message: `${name} must be ` },
      `${name}=${value}`,
    );
  }
  for (const value of ['{"A":"b"}', '{"a":1}', '{"a":""}']) {
    t.throws(
      () => environmentSettings({ AETHER_LABELS: value }),
      { message: /AETHER_LABELS must be/ },
      value,
    );
  }
  t.same(environmentSettings({ AETHER_LABELS: '{"who":"Ann, \\"Bob\\"","team":"a=b"}' }), {
    labels: { who: 'Ann, "Bob"', team: 'a=b' },
  });
  t.same(environmentSettings({ AETHER_JOBS: '', AETHER_STORE: ' ' }), {});
  t.same(environmentSettings({ AETHER_MANIFESTS: 'a.yaml:b/*.yaml', AETHER_REPORTERS: 'dot, html' }), {
    manifests: ['a.yaml', 'b/*.yaml'],
    reporters: ['dot', 'html'],
  });
  t.end();
});

void t.test('a project file that links out of the project is refused', async (t) => {
  const around = t.testdir({ 'theirs.yaml': FILE, project: {} });
  symlinkSync('../theirs.yaml', join(around, 'project/aether.yaml'));
  const { code, err } = await new CliFixture(join(around, 'project')).aether('config');
  t.equal(code, 2);
  t.match(err, 'outside-root');
});
