import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectWith, runText } from './cli-fixture.js';
import { LineDriver, type Said } from './driven.js';

interface Shown {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly notes: readonly { readonly by: string; readonly text: string }[];
}

void t.test('labels and notes are stored with runs and can be queried', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `\n  - {id: plain, run: ${runText()}}\n  - {id: sweep, run: ${runText()}, matrix: {ticks: [8, 9]}}\n`,
  );
  cli.write(
    'aether.yaml',
    'v: 1\nkind: Project\nmanifests: [manifests/all.yaml]\nlabels: { team: waves, night: file }\n',
  );
  const driver = new LineDriver();
  t.teardown(() => {
    driver.end();
  });
  const aether = (...words: string[]): Promise<Said> => driver.run({ directory: cli.directory, words });
  const labels = async (...words: string[]): Promise<Shown[]> => {
    const { code, out, err } = await aether('label', ...words, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as Shown[];
  };
  const night = await aether('batch', '--no-golden', '-j1', '--label', 'night=1', '--by', 'ci');
  t.equal(night.code, 0, night.err);
  const all = await labels('--batch', 'latest');
  t.equal(all.length, 3);
  for (const run of all)
    t.same(run.labels, { night: '1', team: 'waves' }, 'the command line takes precedence for each key');
  const record = readFileSync(join(cli.directory, 'artefacts/refs/scenarios/plain'), 'utf8').trim();
  const before = readFileSync(join(cli.directory, `artefacts/runs/${record}.json`), 'utf8');

  t.equal((await aether('batch', '--no-golden', '-j1', '--label', 'night=1')).code, 0);
  const hostile = ['=cmd|x', '+1', '@a', 'a,b "c"', 'line\nbreak'];
  for (const [n, value] of hostile.entries())
    await labels('sweep[ticks=8]', `odd-${String(n)}=${value}`, '--by', 'me');
  const [odd] = await labels('sweep[ticks=8]');
  t.same(
    hostile.map((_, n) => odd?.labels[`odd-${String(n)}`]),
    hostile,
  );
  t.match((await aether('label', 'sweep[ticks=8]')).out, /^\S+  sweep.* odd-4=line\\nbreak.*\n$/, 'one line');
  t.match(
    (await labels('sweep[[]*')).map(({ name }) => name),
    ['sweep[ticks=8]', 'sweep[ticks=9]'],
  );
  t.match(
    (await labels('--where', 'label.odd-1=+1')).map(({ name }) => name),
    ['sweep[ticks=8]'],
  );
  t.match((await aether('label', 'plain', '--remove', 'night')).out, /^labelled 1 run$/m);
  t.same((await labels('plain'))[0]?.labels, { team: 'waves' });
  t.same(
    (await labels('--where', 'label.night=null')).map(({ name }) => name),
    ['plain'],
  );

  t.equal((await aether('note', 'plain', 'first\nnote', '--by', 'me')).code, 0);
  const shown = await aether('note', 'plain', '=second', '--by', 'you');
  t.match(shown.out, /^note +\d{4}-\S+Z me: first\\nnote$/m);
  t.match(shown.out, /^note +\d{4}-\S+Z you: =second$/m);
  const notes = JSON.parse((await aether('note', 'plain', '--json')).out) as Shown;
  t.match(notes.notes, [
    { by: 'me', text: 'first\nnote' },
    { by: 'you', text: '=second' },
  ]);
  t.equal(
    readFileSync(join(cli.directory, `artefacts/runs/${record}.json`), 'utf8'),
    before,
    'the record is unchanged',
  );
  t.match((await aether('store', 'verify')).code, 0);

  const one = await aether('run', 'plain', '-S', 'run.ticks=5', '--label', 'kind=single');
  t.equal(one.code, 0, one.err);
  t.match((await labels('plain[ticks=5]'))[0]?.labels, { kind: 'single', team: 'waves' });

  for (const [words, code, message] of [
    [['label', 'study=a'], 2, 'no run is selected'],
    [['label'], 2, 'no run is selected'],
    [['label', 'plain', 'Study=a'], 2, 'a label must be key=value'],
    [['label', 'plain', 'study='], 2, 'a label must be key=value'],
    [['label', 'plain', '--remove', 'a b'], 2, '--remove must be the key of a label'],
    [['label', 'plian', 'study=a'], 1, 'there is no run plian'],
    [['label', '--where', 'label.nigth=1'], 2, 'label.night'],
    [['note', 'plian', 'text'], 1, 'there is no run plian'],
    [['note', 'plain', ' '], 2, 'not empty'],
    [['batch', '--label', 'night'], 2, '--label must be key=value'],
  ] as const) {
    const said = await aether(...words);
    t.equal(said.code, code, words.join(' '));
    t.match(said.err, message);
  }
});
