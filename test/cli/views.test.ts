import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import type { PlotPoints } from '../../lib/inspect/index.js';
import { manifest } from '../batch/memory-documents.js';
import { ALL, copied, projectWith, runText } from './cli-fixture.js';

const SCENARIOS = `
  - {id: pair, run: ${runText({ ticks: '20', initial_state: '[640, 0]' })}}
  - {id: small, retain: compact, run: ${runText({ ticks: '20', initial_state: '[640, 0]', run_id: 'S' })}}
`;

const COMMANDS = [
  'inspect',
  'show-ledger',
  'diff',
  'explain',
  'replay',
  'verify',
  'plot',
  'golden',
  'audit',
  'apxi suggest',
];

const project = copied(async (directory) => {
  const cli = projectWith(directory, SCENARIOS);
  const { code, err } = await cli.batch(ALL, '--no-golden');
  if (code !== 0) throw new Error(err);
  return cli;
});

void t.test('every command has help with examples', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  for (const command of COMMANDS) {
    const { code, out } = await cli.aether(...command.split(' '), '--help');
    t.equal(code, 0, command);
    t.match(out, /Examples:\n {2}aether /, command);
  }
});

void t.test('inspect shows a run, a tick, a window or a layer', async (t) => {
  const cli = await project(t.testdir());
  const summary = await cli.aether('inspect', 'pair');
  t.match(summary.out, /name +pair\nstate +completed\nticks +20 of 20 in /);
  t.match(summary.out, /umx_ledger +20 +[\d.]+ KiB {2}bytes {2}[0-9a-f]{64}/);
  t.match(summary.out, /nap_total +23/);
  t.notMatch(summary.out, /\u001b/);
  const tick = await cli.aether('inspect', 'pair', '--tick', '8');
  t.match(tick.out, /I-link +[0-9a-f]{64}\nmerkle root +[0-9a-f]{64}/);
  t.match(tick.out, /edge {2}nodes +du {2}raw {2}cap {2}f_e\n +1 {2}1-2 /);
  for (const run of ['pair', 'small']) {
    const json = JSON.parse((await cli.aether('inspect', run, '--tick', '8', '--json')).out) as object;
    t.match(json, {
      tick: 8,
      ledger: { tick: 8 },
      p_block: { tick: 8 },
      i_block: { W: 8 },
      u_entry: { tick: 8 },
    });
  }
  t.match((await cli.aether('inspect', 'pair', '--window', '2')).out, /ticks +9 to 16/);
  t.match(JSON.parse((await cli.aether('inspect', 'small', '--window', '3', '--json')).out), {
    window: { start_tick: 17, end_tick: 20 },
    candidates: { streams: [{ candidates: { length: 7 } }, {}] },
  });
  t.match((await cli.aether('inspect', 'pair', '--layer', 'EGRESS')).out, / 20 +22 {2}EGRESS/);
  t.match((await cli.aether('inspect', 'pair', '--layer', 'GOV')).out, /none/);
});

void t.test('unknown items are reported with near matches and exit code 1', async (t) => {
  const cli = await project(t.testdir());
  for (const [args, message] of [
    [['inspect', 'par'], /there is no run par; near matches: pair/],
    [['inspect', 'pair', '--tick', '21'], /no tick 21 in umx_ledger; near matches: tick 20/],
    [['inspect', 'pair', '--window', 'W9'], /no window W9/],
    [['show-ledger', 'pair', '--from', '21'], /entry of tick 21/],
    [['replay', 'pair', '--tick', '99'], /no tick 99; near matches: tick 20/],
    [['diff', 'pair', 'smal'], /there is no run smal; near matches: small/],
    [['verify', 'pear'], /near matches: pair/],
    [['plot', 'pear', '-o', 'x.svg'], /near matches: pair/],
    [['explain', 'pear', '--manifests', ALL], /no scenario pear/],
  ] as const) {
    const { code, err } = await cli.aether(...args);
    t.equal(code, 1, args.join(' '));
    t.match(err, message);
  }
  t.equal((await cli.aether('inspect', 'pair', '--tick', '0')).code, 2);
  t.equal((await cli.aether('inspect', 'pair', '--layer', 'DTA')).code, 2);
  t.equal((await cli.aether('show-ledger', 'pair', '--from', '5', '--to', '4')).code, 2);
  t.equal((await cli.aether('inspect', 'pair', '--store', 'nowhere')).code, 5);
});

void t.test('show-ledger lists entries, as a table or exactly as stored', async (t) => {
  const cli = await project(t.testdir());
  const table = await cli.aether('show-ledger', 'pair', '--from', '3', '--to', '5');
  t.equal(table.out.trimEnd().split('\n').length, 4);
  t.match(table.out, /^tick {2}window/);
  const json = await cli.aether('show-ledger', 'pair', '--json');
  t.equal(json.out, (await cli.aether('cat', 'pair', 'u_ledger')).out);
});

void t.test('show-ledger reports a run without committed ticks', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `
  - {id: over, expect: {fault: INT_RANGE}, run: ${runText({ initial_state: '[9007199254740991, 9007199254740991]' })}}
`,
  );
  await cli.batch(ALL, '--no-golden');
  const { code, out, err } = await cli.aether('show-ledger', 'over');
  t.match({ code, out }, { code: 1, out: '' });
  t.match(err, /\(faulted after tick \d+\) committed no tick, so its U-ledger is empty/);
});

void t.test('verify and replay confirm a correct run, and list what only replay checks', async (t) => {
  const cli = await project(t.testdir());
  for (const run of ['pair', 'small']) {
    for (const args of [
      ['verify', run],
      ['replay', run],
      ['replay', run, '--tick', '17'],
    ]) {
      const { code, out } = await cli.aether(...args);
      t.equal(code, 0, `${args.join(' ')}\n${out}`);
      const json = JSON.parse((await cli.aether(...args, '--json')).out) as object;
      t.match(json, { ok: true });
    }
  }
  t.match((await cli.aether('verify', 'small')).out, /not stored, can only be checked by replay: umx_ledger/);
  t.match((await cli.aether('replay', 'pair', '--tick', '17')).out, 'the stored state of tick 16');
});

void t.test('verify reports every missing blob with the exit code of a damaged store', async (t) => {
  const cli = await project(t.testdir());
  const { artefacts } = JSON.parse((await cli.aether('inspect', 'pair', '--json')).out) as {
    readonly artefacts: readonly { readonly kind: string; readonly digest: string }[];
  };
  for (const kind of ['umx_ledger', 'apx_manifests', 'u_ledger', 'inputs']) {
    const { digest } = artefacts.find((artefact) => artefact.kind === kind)!;
    const blob = join(cli.directory, 'artefacts/blobs/sha256', digest.slice(0, 2), digest.slice(2));
    renameSync(blob, `${blob}.away`);
    const { code, out } = await cli.aether('verify', 'pair', '--json');
    t.equal(code, 5, kind);
    t.match(JSON.parse(out), { ok: false, damaged: [kind], broken: [{ artefact: kind }] }, kind);
    t.match((await cli.aether('verify', 'pair')).out, `missing or damaged in the store: ${kind}`);
    renameSync(`${blob}.away`, blob);
  }
});

void t.test('a compact run shows every artefact of a full run', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `
  - {id: full, run: ${runText({ ticks: '20' })}}
  - {id: compact, retain: compact, run: ${runText({ ticks: '20' })}}
`,
  );
  await cli.batch(ALL, '-g', '^full$');
  await cli.batch(ALL, '-g', '^compact$', '--force');
  t.match(JSON.parse((await cli.aether('diff', 'full', 'compact', '--json')).out), { equal: true });
  for (const kind of [
    'umx_ledger',
    'loom_p_blocks',
    'loom_i_blocks',
    'loom_chain',
    'nap_envelopes',
    'u_ledger',
  ]) {
    t.equal(
      (await cli.aether('cat', 'compact', kind)).out,
      (await cli.aether('cat', 'full', kind)).out,
      kind,
    );
  }
});

void t.test('cat --json describes an artefact, stored or not', async (t) => {
  const cli = await project(t.testdir());
  for (const [run, stored] of [
    ['pair', true],
    ['small', false],
  ] as const) {
    const bytes = (await cli.aether('cat', run, 'loom_chain')).out;
    const { code, out } = await cli.aether('cat', run, 'loom_chain', '--json');
    t.equal(code, 0);
    t.match(JSON.parse(out), {
      run: /^\d{17}-/,
      kind: 'loom_chain',
      media_type: 'application/x-ndjson',
      digest: sha256(bytes),
      size: bytes.length,
      records: 22,
      stored,
    });
  }
  t.equal((await cli.aether('cat', 'pair', 'loom_chian', '--json')).code, 1);
});

void t.test('plot --json writes the points of the drawing', async (t) => {
  const cli = await project(t.testdir());
  const { code, out } = await cli.aether('plot', 'pair', '--json');
  t.equal(code, 0);
  const points = JSON.parse(out) as PlotPoints;
  const ledger = (await cli.aether('cat', 'pair', 'umx_ledger')).out.trimEnd().split('\n');
  const states = ledger.map((line) => (JSON.parse(line) as { readonly post_u: readonly number[] }).post_u);
  t.match(points, { name: 'pair', ticks: 20, state: [{ first_node: 1, last_node: 1 }, { first_node: 2 }] });
  t.same(
    points.columns,
    Array.from({ length: 21 }, (_, tick) => tick),
  );
  for (const [node, row] of points.state.entries()) {
    const values = [[640, 0], ...states].map((state) => state[node]);
    t.same(row.low, values);
    t.same(row.high, values);
  }
  t.same(
    points.sum.low,
    Array.from({ length: 21 }, () => 640),
  );
  t.equal(points.flux.low[0], null, 'no flux before tick 1');
  t.equal((await cli.aether('plot', 'small', '--json', '-o', 'small.json')).out, '');
  const written = JSON.parse(readFileSync(join(cli.directory, 'small.json'), 'utf8')) as PlotPoints;
  t.same(written.state, points.state);
});

void t.test('plot draws to a file or to stdout', async (t) => {
  const cli = await project(t.testdir());
  const written = await cli.aether('plot', 'pair', '-o', 'pair.svg');
  t.equal(written.code, 0);
  t.equal(written.out, '');
  const svg = readFileSync(join(cli.directory, 'pair.svg'), 'utf8');
  t.match(svg, /^<svg [\s\S]*<\/svg>\n$/);
  t.equal((await cli.aether('plot', 'pair')).out, svg);
  t.match(
    (await cli.aether('plot', 'pair', '-o', 'no/where.svg')).err,
    /OUTPUT_UNWRITABLE: cannot write no\/where\.svg/,
  );
});

void t.test('explain describes a hit, an override, and a run without result', async (t) => {
  const cli = await project(t.testdir());
  const explain = async (...args: string[]): Promise<string> => {
    return (await cli.aether('explain', ...args, '--manifests', ALL)).out;
  };
  t.match(await explain('pair'), 'nothing changed: the batch takes the stored result');
  t.match(await explain('pair', '-S', 'topology.edges[0].k=7'), 'topology /edges/0/k: 1 -> 7');
  t.match(await explain('pair', '-S', 'run.ticks=21'), 'run /ticks: 20 -> 21');
  const { code } = await cli.batch(ALL, '--no-golden', '-g', '^pair$', '-S', 'run.ticks=21');
  t.equal(code, 0);
  t.match(await explain('pair'), 'nothing changed', 'the name of the other run shows its override');
  t.match(await explain('pair[ticks=21]', '-S', 'run.ticks=21'), 'nothing changed');
  cli.write(ALL, manifest(SCENARIOS.replace('retain: compact, ', '')));
  t.match(await explain('small'), 'compact, but full artefacts are requested: the batch runs it again');
});

void t.test('explain uses the same profile as the batch', async (t) => {
  const cli = projectWith(
    t.testdir(),
    `\n  - {id: small, retain: compact, run: ${runText()}}\nprofiles: {full: {retain: full}}\n`,
  );
  t.equal((await cli.batch(ALL)).code, 0);
  const explain = (...args: string[]) => cli.aether('explain', 'small', '--manifests', ALL, ...args);
  t.match((await explain()).out, 'the batch takes the stored result from the cache');
  t.match((await cli.batch(ALL, '-n', '--profile', 'full')).out, /^run +small /m);
  t.match((await explain('--profile', 'full')).out, 'full artefacts are requested: the batch runs it again');
  t.match(await explain('--profile', 'ful'), { code: 2, err: /did you mean "full"/ });
});

void t.test('explain describes only the requested cell of a sweep', async (t) => {
  const sweep = `\n  - {id: sweep, run: ${runText()}, matrix: {ticks: [20, 21, -1]}}\n`;
  const cli = projectWith(t.testdir(), sweep);
  const explain = (name: string) => cli.aether('explain', name, '--manifests', ALL);
  const one = await explain('sweep[ticks=21]');
  t.equal(one.code, 0, one.err);
  t.match(one.out, 'there is no run of this name');
  const none = await explain('sweep[ticks=2]');
  t.equal(none.code, 1);
  t.match(none.err, 'near: sweep[ticks=20]  sweep[ticks=21]');
  t.equal((await explain('sweep[ticks=-1]')).code, 2, 'the cell that cannot run');
});
