import type { CommandShape, OptionShape, PositionalShape } from '../../lib/cli/completion/command-shape.js';
import { ALL } from './cli-fixture.js';

/** A command line that is valid in the project of the sweep, before one of its paths is replaced. */
interface Line {
  readonly operands: readonly string[];
  readonly options: readonly string[];
}

const MANIFESTS = `--manifests=${ALL}`;
const REPORTERS = 'junit,tap,github,html,json';

/** Lines of each command, so that every path is opened by at least one. */
const LINES: Readonly<Record<string, readonly Line[]>> = {
  'apxi suggest': [{ operands: ['latest'], options: [] }],
  audit: [{ operands: [ALL], options: [] }],
  batch: [
    {
      operands: [ALL],
      options: ['--force', '--reporter', REPORTERS, '--output=out', '-u=all', '--reason=why', '--by=me'],
    },
  ],
  batches: [{ operands: [], options: [] }],
  cat: [{ operands: ['latest', 'u_ledger'], options: [] }],
  compare: [{ operands: ['latest', 'latest'], options: [] }],
  config: [{ operands: [], options: [] }],
  diff: [{ operands: ['latest', 'latest'], options: [] }],
  explain: [{ operands: ['a'], options: [MANIFESTS] }],
  golden: [
    { operands: ['status'], options: [MANIFESTS] },
    { operands: ['accept', 'a'], options: [MANIFESTS, '--reason=why', '--by=me'] },
  ],
  history: [{ operands: ['a'], options: [] }],
  init: [{ operands: [], options: [] }],
  inspect: [{ operands: ['latest'], options: [] }],
  label: [{ operands: ['latest', 'study=a'], options: [] }],
  note: [{ operands: ['latest', 'a note'], options: [] }],
  'merge-reports': [{ operands: ['report'], options: ['--output=merged', '--reporter', 'junit,html'] }],
  plot: [{ operands: ['latest'], options: ['--output=drawing.svg'] }],
  replay: [{ operands: ['latest'], options: ['--tick=2'] }],
  run: [{ operands: ['a'], options: [MANIFESTS] }],
  runs: [{ operands: [], options: [] }],
  scenarios: [{ operands: [], options: [MANIFESTS] }],
  series: [{ operands: ['latest'], options: ['--metric=C_t', '--output=out.csv'] }],
  serve: [{ operands: [], options: ['--host=127.0.0.1', MANIFESTS] }],
  'show-ledger': [{ operands: ['latest'], options: [] }],
  'store verify': [{ operands: [], options: ['--repair', MANIFESTS] }],
  'store gc': [{ operands: [], options: ['--keep-last=0'] }],
  'store pin': [{ operands: ['latest'], options: [] }],
  'store unpin': [{ operands: ['latest'], options: [] }],
  'store upgrade': [{ operands: [], options: [] }],
  'store pack': [{ operands: [], options: [] }],
  'store unpack': [{ operands: [], options: [] }],
  'store why': [{ operands: ['0'.repeat(64)], options: [] }],
  'store du': [{ operands: [], options: [] }],
  'store export': [
    { operands: ['latest'], options: ['--output=exported'] },
    { operands: ['latest'], options: ['--output=exported.tar', '--format=tar'] },
  ],
  'store import': [{ operands: ['a-run'], options: [] }],
  table: [{ operands: ['latest'], options: ['--output=out.csv'] }],
  validate: [{ operands: [ALL], options: [] }],
  verify: [{ operands: ['latest'], options: [] }],
};

/** An option or operand of a command that takes a path, and its lines. */
export interface PathSlot {
  readonly command: string;
  /** Such as `--store` or `<files..>`. */
  readonly usage: string;
  readonly kind: 'file' | 'directory';
  /** The lines with this option or operand set to a path. */
  readonly lines: (place: string) => readonly (readonly string[])[];
}

/** Every option and operand of every command that is declared with a path. */
export function pathSlots(shape: CommandShape): PathSlot[] {
  const options = shape.options.flatMap((option) => optionSlot(shape, option) ?? []);
  const operands = shape.positionals.flatMap((operand, at) => operandSlot(shape, operand, at) ?? []);
  const below = [...shape.commands.values()].flatMap(pathSlots);
  return [...options, ...operands, ...below];
}

function optionSlot({ path, positionals }: CommandShape, option: OptionShape): PathSlot | undefined {
  if (option.path === undefined) return undefined;
  const usage = `--${option.name}`;
  const isManifests = option.name === 'manifests' && positionals.some(({ path: kind, many }) => many && kind);
  const lines = (place: string): readonly (readonly string[])[] =>
    linesOf(path).map(({ operands, options }) => {
      const others = options.filter((word) => !word.startsWith(`${usage}=`));
      const shard = option.name === 'durations' ? ['--shard=1/2'] : [];
      return [...path.split(' '), ...(isManifests ? [] : operands), ...others, ...shard, `${usage}=${place}`];
    });
  return { command: path, usage, kind: option.path, lines };
}

function operandSlot({ path }: CommandShape, operand: PositionalShape, at: number): PathSlot | undefined {
  if (operand.path === undefined) return undefined;
  const lines = (place: string): readonly (readonly string[])[] =>
    linesOf(path).map(({ operands, options }) => [
      ...path.split(' '),
      ...options,
      '--',
      ...(operands.length > at ? operands.with(at, place) : [...operands, place]),
    ]);
  return { command: path, usage: operand.usage, kind: operand.path, lines };
}

/** An option or operand of a command that takes a value, and its line. */
export interface ValueSlot {
  readonly command: string;
  readonly usage: string;
  readonly isPath: boolean;
  readonly line: (value: string) => readonly string[];
}

/** Every option and operand of every command that takes a value. */
export function valueSlots(shape: CommandShape): ValueSlot[] {
  const { path, options, positionals, commands } = shape;
  const below = [...commands.values()].flatMap(valueSlots);
  if (LINES[path] === undefined) return below;
  const line = linesOf(path)[0]!;
  // Execution is not under test, so no line is executed twice.
  const narrowed = path === 'audit' ? ['--tag=none'] : [];
  const quick = [...line.options.filter((word) => word !== '--force'), ...narrowed];
  const given = options
    .filter(({ takes }) => takes !== 'nothing')
    .map(({ name, path: place }): ValueSlot => {
      const others = quick.filter((word) => !word.startsWith(`--${name}=`));
      const words = (value: string): readonly string[] => [
        ...path.split(' '),
        ...(name === 'manifests' && line.operands.includes(ALL) ? [] : line.operands),
        ...others,
        `--${name}=${value}`,
      ];
      return { command: path, usage: `--${name}`, isPath: place !== undefined, line: words };
    });
  const operands = positionals.map(({ usage, path: place }, at): ValueSlot => {
    const words = (value: string): readonly string[] => [
      ...path.split(' '),
      ...quick,
      '--',
      ...(line.operands.length > at ? line.operands.with(at, value) : [...line.operands, value]),
    ];
    return { command: path, usage, isPath: place !== undefined, line: words };
  });
  return [...given, ...operands, ...below];
}

function linesOf(command: string): readonly Line[] {
  const lines = LINES[command];
  if (lines === undefined) throw new Error(`no line of ${command}: add one`);
  return lines;
}
