import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { SHELLS, type Shell } from '../../lib/cli/completion/shells.js';
import { ALL, copied, projectWith, runText, type CliFixture } from './cli-fixture.js';
import { TmuxTerminal, withoutTmux } from './tmux-terminal.js';
import { PROGRAMS } from '../programs.js';

const SCENARIOS = `
  - {id: alone, tags: [quiet], description: "One: run", run: ${runText()}}
  - {id: sweep, tags: [wide], run: ${runText()}, matrix: {ticks: [8, 16, 160], profile_path: [cmp-0.yaml]}}
`;
const NAMES = [
  'sweep[ticks=16,profile=cmp-0]',
  'sweep[ticks=160,profile=cmp-0]',
  'sweep[ticks=8,profile=cmp-0]',
];

/** A project with a store, an invalid second manifest, and the programs in a folder `bin`. */
const project = copied(async (directory) => {
  const cli = projectWith(directory, SCENARIOS);
  const ran = await cli.batch(ALL);
  if (ran.code !== 0) throw new Error(ran.err);
  cli.write('manifests/broken.yaml', 'scenarios: [{id: lost');
  cli.write(
    'manifests/also.yaml',
    'scenarios: [{scenario_id: named}, {name: nameless}, 7]\nprofiles: {ci: {}}\n',
  );
  cli.write(
    'wide.yaml',
    'scenarios: [{id: sweep, matrix: {ticks: {range: [1, 9999]}}}, {id: few, matrix: {ticks: {range: [1, 2]}}}, {id: bad, matrix: [null]}]',
  );
  mkdirSync(join(cli.directory, 'bin'));
  for (const program of ['aether', 'aether-batch'] as const) {
    const entry = PROGRAMS[program];
    const script = `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
    writeFileSync(join(cli.directory, 'bin', program), script, { mode: 0o755 });
  }
  return cli;
});

interface Proposed {
  readonly paths: string;
  readonly words: readonly string[];
}

async function proposed(
  cli: CliFixture,
  program: 'aether' | 'aether-batch',
  words: string[],
): Promise<Proposed> {
  const { out, err, code } = await cli.run(program, '--get-completions', 'fish', ...words);
  t.equal(code, 0);
  t.equal(err, '');
  const [paths = '', ...lines] = out.trimEnd().split('\n');
  return { paths, words: lines.map((line) => line.split('\t')[0]!) };
}

const nothing = (...words: string[]): Proposed => ({ paths: 'nothing', words });
const files = (...words: string[]): Proposed => ({ paths: 'files', words });
const DIRECTORIES: Proposed = { paths: 'directories', words: [] };

const LINES: readonly (readonly [words: string[], expected: Proposed])[] = [
  [['ins'], nothing('inspect')],
  [['show'], nothing('show-ledger')],
  [['store', 'p'], nothing('pin', 'pack')],
  [['store', 'export', 'alone', '--format', ''], nothing('dir', 'tar', 'zip', 'session')],
  [['golden', ''], nothing('status', 'review', 'accept', 'reject', 'reopen', 'adopt')],
  [['completion', ''], nothing('bash', 'zsh', 'fish')],
  [['cat', 'al'], nothing('alone')],
  [['cat', 'alone', 'loom_'], nothing('loom_p_blocks', 'loom_i_blocks', 'loom_chain')],
  [['cat', '--store', 'artefacts', 'alone', 'pf'], nothing('pfna')],
  [['cat', 'alone', 'pfna', '--st'], nothing('--store')],
  [['cat', 'alone', 'pfna', ''], nothing('--store', '--json', '--help')],
  [['cat', '--store=artefacts', '--s'], nothing()],
  [['inspect', 'alone', '--layer', ''], nothing('INGRESS', 'DATA', 'CTRL', 'EGRESS', 'GOV')],
  [['inspect', 'alone', '--layer=D'], nothing('--layer=DATA')],
  [['inspect', 'alone', '--tick', ''], nothing()],
  [['init', ''], DIRECTORIES],
  [['config', '--reporter', 'ht'], nothing('html')],
  [['batch', '--reporter', 'j'], nothing('json', 'junit')],
  [['batch', '--reporter', 'json,j'], nothing('json,junit')],
  [['batch', '--reporter=line,g'], nothing('--reporter=line,github')],
  [['merge-reports', 'a', '--reporter', 'j'], nothing('junit')],
  [['batch', '-u', 'm'], nothing('missing')],
  [['batch', '-nu', 'm'], nothing('missing')],
  [['batch', '--tag', ''], nothing('quiet', 'wide')],
  [['batch', '--profile', ''], nothing('ci')],
  [['explain', '--profile', ''], nothing('ci')],
  [['golden', 'status', '--profile', ''], nothing('ci')],
  [['batch', '--store', ''], DIRECTORIES],
  [['batch', '--manifests', 'x', ''], files()],
  [['batch', ''], files()],
  [['run', ''], files('alone', 'sweep', 'named', ...NAMES)],
  [['run', './my'], files()],
  [['run', '--manifests', 'manifests/also.yaml', 'n'], files('named')],
  [['scenarios', 'show', 'sw'], nothing('sweep')],
  [['explain', 'sweep[ticks=16'], nothing(...NAMES.slice(0, 2))],
  [
    ['explain', '--manifests', ALL, '--store', 'nowhere', ''],
    nothing('alone', NAMES[2]!, ...NAMES.slice(0, 2)),
  ],
  [
    ['explain', '--manifests', 'wide.yaml', '--store', 'artefacts', ''],
    nothing(...NAMES, 'few[ticks=1]', 'few[ticks=2]'),
  ],
  [['diff', 'alone', 'sweep[ticks=16,'], nothing(NAMES[0]!)],
  [['verify', 'sweep'], nothing('sweep', ...NAMES)],
  [['verify', '--', 'sweep[ticks=8'], nothing(NAMES[2]!)],
  [['runs', '--filter', 'state=f'], nothing('state=faulted', 'state=failed')],
  [['runs', '--filter', 'name=sweep[ticks=8'], nothing(`name=${NAMES[2]!}`)],
  [['verify', '--store', 'elsewhere', ''], nothing()],
  [['scenarios', '--manifests', 'manifests/broken.yaml', 'show', ''], nothing()],
  [['store', 'why', ''], nothing()],
  [['nonsense', ''], nothing('--help', '--version')],
  [['--no-such=x'], nothing()],
];

void t.test('words are proposed for a partial line', async (t) => {
  const cli = await project(t.testdir());
  const before = readdirSync(cli.directory, { recursive: true }).sort();
  for (const [words, expected] of LINES) {
    t.strictSame(await proposed(cli, 'aether', words), expected, `aether ${words.join(' ')}`);
  }
  const batch = (...words: string[]): Promise<Proposed> => proposed(cli, 'aether-batch', words);
  t.strictSame(await batch('--shard', '1/2', '--reporter', 'd'), nothing('dot'));
  t.strictSame(await batch('--last'), nothing('--last-failed'));
  t.strictSame(await batch(''), files(), 'manifests first');
  t.strictSame(await batch('comp'), files('completion'));
  t.strictSame(readdirSync(cli.directory, { recursive: true }).sort(), before, 'no file is written');
  t.strictSame(await proposed(cli, 'aether', ['verify', '2']), {
    paths: 'nothing',
    words: readdirSync(join(cli.directory, 'artefacts/runs'))
      .map((name) => name.slice(0, -5))
      .sort()
      .reverse(),
  });
});

void t.test('runs in segments are proposed like those in plain files', async (t) => {
  const cli = await project(t.testdir());
  const lines = [
    ['cat', ''],
    ['cat', 'sw'],
    ['runs', '--filter', 'name=s'],
    ['verify', '2'],
    ['pin', ''],
  ];
  const propose = (): Promise<readonly Proposed[]> =>
    Promise.all(lines.map((words) => proposed(cli, 'aether', words)));
  const plain = await propose();
  t.equal((await cli.aether('store', 'upgrade')).code, 0);
  t.equal((await cli.aether('store', 'pack')).code, 0);
  t.strictSame(readdirSync(join(cli.directory, 'artefacts/runs')), []);
  t.strictSame(await propose(), plain);
});

void t.test('every command and every option of it is proposed', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  const help = (await cli.aether('--help')).out;
  const commands = [...help.matchAll(/^ {2}aether ([\w-]+)/gm)].map(([, word]) => word!);
  t.ok(commands.length >= 18);
  t.strictSame((await proposed(cli, 'aether', [''])).words, commands);
  for (const command of commands.filter((word) => word !== 'store')) {
    const { out } = await cli.aether(command, '--help');
    const long = [...out.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, word]) => word!);
    const short = [...out.matchAll(/^ +(-\w)\b/gm)].map(([, word]) => word!);
    const known = (await proposed(cli, 'aether', [command, '-'])).words;
    const missing = [...long, ...short].filter((word) => word !== '--version' && !known.includes(word));
    t.strictSame(missing, [], command);
  }
});

void t.test('bash gets the replacement of the current word, with its quoting', async (t) => {
  const cli = await project(t.testdir());
  const wide = NAMES[1]!;
  const cases: readonly (readonly [line: string, text: string, reply: string])[] = [
    ['aether cat sweep[ticks=160', '160', '160,profile=cmp-0\\]'],
    ['aether cat sweep\\[ticks=160', '160', '160,profile=cmp-0\\]'],
    ["aether cat 'sweep[ticks=160", 'sweep[ticks=160', wide],
    ['aether cat "sweep[ticks=160', 'sweep[ticks=160', wide],
    ['aether   cat sweep\\[ticks\\=160', 'sweep\\[ticks\\=160', 'sweep\\[ticks=160,profile=cmp-0\\]'],
    ['aether batch --reporter=ht', 'ht', 'html'],
    ["aether cat 'alone' --st", '--st', '--store'],
  ];
  for (const [line, text, reply] of cases) {
    const { out } = await cli.aether('--get-completions', 'bash', line, text);
    t.equal(out, `nothing\n${reply}\n`, line);
  }
});

void t.test('`completion` prints the script of the given shell or of SHELL', async (t) => {
  const cli = projectWith(t.testdir(), SCENARIOS);
  for (const shell of SHELLS) {
    const named = await cli.aether('completion', shell);
    t.match(named, { code: 0, err: '' });
    t.match(named.out, `${shell} completion for aether`);
    t.equal((await cli.with({ SHELL: `/usr/bin/${shell}` }).aether('completion')).out, named.out);
    cli.write(shell, named.out);
    const syntax = spawnSync(shell, ['-n', join(cli.directory, shell)], { encoding: 'utf8' });
    if (syntax.error === undefined) t.equal(syntax.status, 0, syntax.stderr);
  }
  t.match((await cli.with({ SHELL: '/bin/other' }).aether('completion')).out, 'bash completion');
  t.match((await cli.run('aether-batch', 'completion', 'zsh')).out, '#compdef aether-batch\n');
  t.match(await cli.aether('completion', 'tcsh'), {
    code: 2,
    out: '',
    err: /expected one of bash, zsh, fish/,
  });
  t.match((await cli.aether('completion', '--help')).out, /Examples:[\s\S]*bashrc/);
});

/** How each shell is started without settings of the user, and loads the script. */
const START: Readonly<Record<Shell, readonly [start: string, load: string]>> = {
  bash: ['bash --norc --noprofile', 'eval "$(aether completion bash)"'],
  zsh: ['zsh -f', 'autoload -U compinit; compinit -u -D; source <(aether completion zsh)'],
  fish: ['fish --no-config', 'aether completion fish | source'],
};

function withoutShell(shell: Shell): string | false {
  if (withoutTmux() !== false) return withoutTmux();
  return spawnSync(shell, ['-c', 'true']).status === 0 ? false : `${shell} is not installed`;
}

for (const shell of SHELLS) {
  void t.test(`tab completes in a real ${shell}`, { skip: withoutShell(shell) }, async (t) => {
    const cli = await project(t.testdir());
    const { PATH = '' } = process.env;
    const HOME = cli.directory;
    const terminal = new TmuxTerminal(t, cli.directory, { PATH: `${HOME}/bin:${PATH}`, HOME });
    const [start, load] = START[shell];
    terminal.type(start);
    terminal.type(`${load}; echo rea'dy'`);
    t.match(await terminal.until(/^ready$/m), /^ready$/m);
    const enter = async (line: readonly string[], done: RegExp): Promise<void> => {
      for (const part of line) {
        terminal.press(part);
        terminal.press('Tab');
      }
      terminal.type(' | cut -c1-150');
      t.match(await terminal.until(done), done, line.join(' TAB '));
    };
    // Every line completes another run, so that the screen of an earlier line does not answer it.
    const named = (name: string): RegExp => new RegExp(`"name":"${name.replace(/[[\]]/g, '\\$&')}"`);
    await enter(["aether runs --json 'sweep[ticks=160"], named(NAMES[1]!));
    await enter(['aether runs --json swee', '\\[ticks=8'], named(NAMES[2]!));
    await enter(['aether runs --js', 'alo'], named('alone'));
  });
}
