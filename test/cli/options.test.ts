import t from 'tap';
import { AETHER_BATCH } from '../../lib/cli/aether-batch-program.js';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { programShape, type CommandShape } from '../../lib/cli/completion/command-shape.js';
import { runProgram, type Program } from '../../lib/cli/program.js';
import { ALL, projectWith, runText } from './cli-fixture.js';
import { quietTerminal } from './quiet-terminal.js';

interface Said {
  code: number | undefined;
  err: string;
  out: string;
}

/** A context that records the output and the end of a call. */
function noted(): { readonly context: CommandContext; readonly said: Said } {
  const said: Said = { code: undefined, err: '', out: '' };
  const context: CommandContext = {
    terminal: quietTerminal({
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
    }),
    env: {},
    exit: (code) => void (said.code = code),
  };
  return { context, said };
}

async function refused(program: Program, words: readonly string[]): Promise<Said> {
  const { context, said } = noted();
  await runProgram(program, words, context);
  return said;
}

/** Every command of a program that has an action. */
function commandsOf(program: Program): readonly CommandShape[] {
  const root = programShape(program.commands(noted().context));
  const below = (shape: CommandShape): CommandShape[] =>
    shape.commands.size === 0 ? [shape] : [...shape.commands.values()].flatMap(below);
  return root.positionals.length > 0 ? [root, ...below(root).filter((shape) => shape !== root)] : below(root);
}

/** Words that are valid operands of a command. */
function operands({ positionals }: CommandShape): string[] {
  return positionals.map(({ choices }) => choices[0] ?? 'something');
}

for (const program of [AETHER, AETHER_BATCH]) {
  for (const command of commandsOf(program)) {
    const path = command.path.split(' ').filter((word) => word !== '');
    const call = `${program.name} ${command.path}`.trimEnd();

    void t.test(`${call}: values of options must not be blank`, async (t) => {
      for (const { name, alias, takes } of command.options.filter(({ takes }) => takes !== 'nothing')) {
        const spellings = [[`--${name}=`], [`--${name}`, ''], [`--${name}`, ' \t'], [`--${name}=\n`]];
        if (alias !== undefined) spellings.push([`-${alias}`, ''], [`-${alias}=`]);
        if (takes === 'many') spellings.push([`--${name}`, 'a', '', 'b']);
        for (const words of spellings) {
          const said = await refused(program, [...path, ...operands(command), ...words]);
          t.match(said, { code: 2, out: '' }, JSON.stringify(words));
          t.match(said.err, `--${name} must be a `, JSON.stringify(words));
        }
      }
    });

    void t.test(`${call}: operands must not be blank`, async (t) => {
      for (const [at, { usage }] of command.positionals.entries()) {
        const words = operands(command).with(at, ' ');
        for (const line of [words, ['--', ...words]]) {
          const said = await refused(program, [...path, ...line]);
          t.match(said, { code: 2, out: '' }, JSON.stringify(line));
          t.ok(said.err.includes(`${usage} must be `) || said.err.includes('there is no  '), said.err);
        }
      }
    });

    void t.test(`${call}: a single-valued option is given once, a flag has no value`, async (t) => {
      for (const { name, takes, repeats, negatable } of command.options) {
        const lines =
          takes === 'nothing'
            ? [[`--${name}=yes`], [`--${name}=1`], [`--${name}=`]]
            : [
                ...(takes === 'one' && !repeats ? [[`--${name}`, 'a', `--${name}=b`]] : []),
                ...(negatable ? [] : [[`--no-${name}`]]),
              ];
        for (const words of lines) {
          const said = await refused(program, [...path, ...operands(command), ...words]);
          t.match(said, { code: 2, out: '' }, words.join(' '));
          t.match(said.err, /takes no value|is given 2 times|unknown option --no-/, words.join(' '));
        }
      }
    });

    void t.test(`${call}: a surplus operand is refused, also after --`, async (t) => {
      if (command.positionals.some(({ many }) => many)) return;
      for (const words of [
        [...operands(command), 'more'],
        ['--', ...operands(command), '--more'],
      ]) {
        t.match(await refused(program, [...path, ...words]), { code: 2, err: /unknown argument (--)?more/ });
      }
    });
  }
}

void t.test('words after -- are operands, even if they look like options', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`);
  cli.write(
    'other.yml',
    'v: 1\nkind: BatchManifest\nname: o\nscenarios:\n  - {id: other, run_config: run.json}\n',
  );
  cli.write('manifests/--force.yaml', 'v: 1');
  await cli.batch(ALL, '--no-golden');
  const cases: readonly (readonly [words: readonly string[], code: number, told: RegExp])[] = [
    [['batch', '--list', '--', ALL], 0, /^pair\n$/],
    [['batch', '--list', '--manifests', ALL, '--', 'nothing.yaml'], 2, /nothing\.yaml matches no file/],
    [['batch', '--list', ALL, '--', '--nothing'], 2, /--nothing matches no file/],
    [['inspect', '--', 'pair'], 0, /name +pair/],
    [['inspect', '--json', '--', 'pair'], 0, /^\{/],
    [['cat', 'pair', '--', 'metrics'], 0, /^\{/],
    [['cat', '--', 'pair', 'metrics'], 0, /^\{/],
    [['diff', 'pair', '--', 'pair'], 0, /the same/],
    [['runs', '--', 'pair'], 0, /name +pair/],
    [['scenarios', '--manifests', ALL, '--', 'show', 'pair'], 0, /scenario +pair/],
    [['scenarios', 'show', '--manifests', ALL, '--', 'pair'], 0, /scenario +pair/],
    [['validate', '--', ALL], 0, /ok/],
    [['validate', '--', '--force.yaml'], 2, /--force\.yaml matches no file/],
    [['store', 'why', '--', '-x'], 2, /"-x" is/],
    [['store', 'import', '--', '-x'], 1, /-x: IMPORT_NOT_FOUND/],
    [['completion', '--', 'bash'], 0, /bash completion/],
    [['store', '--', 'gc'], 2, /unknown store command gc/],
    [['--', 'runs'], 2, /unknown command runs/],
  ];
  for (const [words, code, told] of cases) {
    const ended = await cli.aether(...words);
    t.equal(ended.code, code, words.join(' '));
    t.match(ended.out + ended.err, told, words.join(' '));
  }
});

void t.test('an operand cannot be given as an option', async (t) => {
  for (const words of [
    ['inspect', '--run', 'latest'],
    ['inspect', '--run=latest', 'x'],
    ['cat', 'x', '--kind', 'log'],
    ['batch', '--globs', 'x'],
    ['validate', '--files=x'],
  ]) {
    t.match(await refused(AETHER, words), { code: 2, err: /unknown option --/ }, words.join(' '));
  }
});

void t.test('an option before the command is an option of the command', async (t) => {
  for (const words of [
    ['--store', 'a', 'runs', '--store', 'b'],
    ['store', '--store', 'a', 'du', '--store', 'b'],
  ]) {
    t.match(await refused(AETHER, words), { code: 2, err: /--store is given 2 times/ }, words.join(' '));
  }
});

void t.test('a flag before the command does not use the next word as its value', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: pair, run: ${runText()}}\n`);
  await cli.batch(ALL, '--no-golden');
  const manifests = ['--manifests', ALL];
  const cases: readonly (readonly [words: readonly string[], code: number, told: RegExp])[] = [
    [['--json', 'runs'], 0, /^\[\{"schema"/],
    [['--json', 'scenarios', ...manifests], 0, /^\[\{|^\{/],
    [['--json', 'runs', 'pair'], 0, /^\{"schema"/],
    [['--json', '--store', 'artefacts', 'runs'], 0, /^\[/],
    [['--store', 'artefacts', '--json', 'runs'], 0, /^\[/],
    [['--json', 'store', 'du'], 0, /^\{/],
    [['store', '--json', 'du'], 0, /^\{/],
    [['--dry-run', 'store', 'gc'], 0, /./],
    [['--list', 'batch', ALL], 0, /^pair\n$/],
    [['-n', 'batch', ALL], 0, /pair/],
    [['--json=false', 'runs'], 0, /^run +name/],
    [['--json', 'batch', 'scenarios'], 2, /scenarios matches no file/],
    [['--verbose', 'runs'], 2, /unknown option --verbose/],
    [['--list', 'runs'], 2, /unknown option --list/],
  ];
  for (const [words, code, told] of cases) {
    const ended = await cli.aether(...words);
    t.equal(ended.code, code, `${words.join(' ')}: ${ended.err}`);
    t.match(ended.out + ended.err, told, words.join(' '));
  }
});
