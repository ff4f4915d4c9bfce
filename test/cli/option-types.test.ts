import t from 'tap';
import type { Argv } from 'yargs';
import { AETHER_BATCH } from '../../lib/cli/aether-batch-program.js';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { OutputArguments } from '../../lib/cli/batch/report-outputs.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import type { BatchArguments } from '../../lib/cli/commands/batch/options.js';
import type { ConfigArguments } from '../../lib/cli/commands/config/options.js';
import type { ExplainArguments } from '../../lib/cli/commands/explain/options.js';
import type { GoldenArguments } from '../../lib/cli/commands/golden/options.js';
import type { MergeArguments } from '../../lib/cli/commands/merge-reports/options.js';
import { programShape, type CommandShape } from '../../lib/cli/completion/command-shape.js';
import { manyTexts, oneInteger } from '../../lib/cli/option-values.js';
import { STORE, text } from '../../lib/cli/options/common-options.js';
import { declareCommand, type Command } from '../../lib/cli/options/declare-command.js';
import type { Declared, Operands, Options } from '../../lib/cli/options/declared.js';
import type { Parsed } from '../../lib/cli/options/parsed.js';
import { applySettings } from '../../lib/cli/project/apply-settings.js';
import type { LoadChoice } from '../../lib/cli/scenarios/load-scenarios.js';

/*
 * Types of arguments that follow from declarations. The compiler checks most of this file: a line after
 * `@ts-expect-error` that compiles fails the build.
 */

const OPTIONS = {
  store: STORE,
  host: { ...text, default: 'localhost' },
  limit: { ...text, coerce: oneInteger('--limit', 1) },
  tag: { ...text, repeats: true, coerce: manyTexts },
  word: { ...text, repeats: true },
  files: { type: 'string', array: true },
  kind: { ...text, choices: ['line', 'bar'] },
  golden: { type: 'string', negatable: true },
  'dry-run': { type: 'boolean' },
} as const satisfies Options;

const OPERANDS = {
  '<run>': { type: 'string' },
  '[action]': { choices: ['show'] },
  '[names..]': { type: 'string' },
} as const satisfies Operands;

type Arguments = Parsed<typeof OPTIONS, typeof OPERANDS>;

/** Written out, so that the test does not derive the types under test. */
interface Expected {
  readonly store: string;
  readonly host: string;
  readonly limit?: number;
  readonly tag?: readonly string[];
  readonly word?: string | readonly string[];
  readonly files?: readonly string[];
  readonly kind?: 'line' | 'bar';
  readonly golden?: string | false;
  readonly 'dry-run'?: boolean;
  readonly run: string;
  readonly action?: 'show';
  readonly names?: readonly string[];
}

/** True for types with the same properties, optional ones included. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends { [N in keyof B]: B[N] } ? 1 : 2 ? true : false;

/** Options that select and restrict the loaded documents. */
type LoadingOptions = Exclude<keyof LoadChoice, 'reader'>;

/** True for arguments that have all of these names. */
type Has<A, Names> = Exclude<Names, keyof A> extends never ? true : false;

/** The declaration of a command that only calls an action. */
function calling(action: (args: Arguments) => void): Command {
  return declareCommand({
    name: 'try',
    describe: 'Try',
    operands: OPERANDS,
    options: OPTIONS,
    builder: (yargs) => yargs,
    handler: action,
  });
}

void t.test('the type of the arguments follows from options and operands', (t) => {
  const same: Same<Arguments, Expected> = true;
  // @ts-expect-error another type of one property
  const another: Same<Arguments, Omit<Expected, 'limit'> & { readonly limit?: string }> = true;
  // @ts-expect-error an optional property in place of one that is present
  const optional: Same<Arguments, Omit<Expected, 'run'> & { readonly run?: string }> = true;
  const none: Same<Parsed<Readonly<Record<never, never>>>, Readonly<Record<never, never>>> = true;
  t.ok(same && another && optional && none);
  t.end();
});

void t.test('a conflict of an undeclared option does not compile', (t) => {
  const rest = {
    name: 'try',
    describe: 'A command',
    builder: (yargs: Argv<object>) => yargs,
    handler: () => undefined,
  };
  const commands = [
    declareCommand({
      ...rest,
      options: OPTIONS,
      conflicts: { kind: ['limit', 'dry-run'], 'dry-run': ['store'] },
    }),
    // @ts-expect-error no option has the second name
    declareCommand({ ...rest, options: OPTIONS, conflicts: { kind: ['most'] } }),
    // @ts-expect-error no option has the first name
    declareCommand({ ...rest, options: OPTIONS, conflicts: { most: ['kind'] } }),
    // @ts-expect-error an operand is not an option
    declareCommand({ ...rest, operands: OPERANDS, options: OPTIONS, conflicts: { kind: ['run'] } }),
  ];
  t.equal(commands.length, 4);
  t.end();
});

void t.test('calling an action with undeclared arguments does not compile', (t) => {
  const commands = [
    calling(({ run, kind }: { readonly run: string; readonly kind?: 'line' | 'bar' }) => void [run, kind]),
    // @ts-expect-error the option is a number
    calling(({ limit }: { readonly limit?: string }) => void limit),
    // @ts-expect-error the option may be absent
    calling(({ limit }: { readonly limit: number }) => void limit),
    // @ts-expect-error no option has this name
    calling(({ most }: Arguments) => void most),
    // @ts-expect-error a property of the action is not declared
    calling(({ digest }: { readonly digest: string }) => void digest),
    // @ts-expect-error --no-golden arrives as false
    calling(({ golden }: { readonly golden?: string }) => void golden),
    // @ts-expect-error fewer words than the choices
    calling(({ kind }: { readonly kind?: 'line' }) => void kind),
    // @ts-expect-error an operand in brackets may be absent
    calling(({ action }: { readonly action: 'show' }) => void action),
    // @ts-expect-error two dots allow any number of words
    calling(({ names }: { readonly names?: string }) => void names),
    // @ts-expect-error names with dashes stay as they are
    calling((args) => void args.dryRun),
  ];
  t.match(commands, [{ command: 'try <run> [action] [names..]' }], 'the operands are in the usage');
  t.end();
});

void t.test('a declaration with an unknown or wrong property does not compile', (t) => {
  const declared = [
    // @ts-expect-error a misspelt property
    { type: 'string', repeat: true },
    // @ts-expect-error numbers are texts with a coercion
    { type: 'number' },
    // @ts-expect-error a coercion must accept every typed text
    { type: 'string', coerce: (value: string) => value },
  ] as const satisfies readonly Declared[];
  // @ts-expect-error an operand without its brackets
  const operands = { run: { type: 'string' } } as const satisfies Operands;
  t.ok(declared.length === 3 && 'run' in operands);
  t.end();
});

void t.test('commands declare the arguments that shared code reads', (t) => {
  // Shared code has optional parameters, which arguments without the option would satisfy.
  const batch: Has<BatchArguments, keyof OutputArguments | LoadingOptions> = true;
  const merged: Has<MergeArguments, keyof OutputArguments> = true;
  const golden: Has<GoldenArguments, LoadingOptions> = true;
  const explained: Has<ExplainArguments, LoadingOptions> = true;
  // @ts-expect-error config has no such option
  const config: Has<ConfigArguments, LoadingOptions> = true;
  t.ok(batch && merged && golden && explained && config);
  t.end();
});

/** The options of a command, or of each command below it, as they are declared. */
function declaredOptions(module: Command): readonly Options[] {
  const found: Options[] = [];
  const recorder: object = new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...[first]: readonly unknown[]) => {
          if (method === 'options') found.push(first as Options);
          if (method === 'command') found.push(...declaredOptions(first as Command));
          return recorder;
        },
    },
  );
  if (typeof module.builder === 'function') void module.builder(recorder as never);
  return found;
}

function leaves(shape: CommandShape): readonly CommandShape[] {
  return shape.commands.size === 0 ? [shape] : [...shape.commands.values()].flatMap(leaves);
}

for (const program of [AETHER, AETHER_BATCH]) {
  void t.test(
    `${program.name}: the settings of a project supply the options declared as configured`,
    async (t) => {
      const modules = program.commands({} as CommandContext);
      const root = programShape(modules);
      const shapes = root.commands.size === 0 ? [root] : leaves(root);
      const declared = modules.flatMap(declaredOptions);
      t.equal(declared.length, shapes.length, 'one declaration for all commands');
      for (const [at, shape] of shapes.entries()) {
        const parsed: Record<string, unknown> = {};
        await applySettings(shape, parsed, {});
        for (const [name, { configured }] of Object.entries(declared[at]!))
          if (configured === true) t.type(parsed[name], 'string', `${shape.path} --${name}`);
      }
    },
  );
}
