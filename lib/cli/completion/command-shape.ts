import { Derived } from '../../base/derived.js';
import { operandName, type Command } from '../options/declare-command.js';
import type { Declared, PathKind } from '../options/declared.js';

/** Properties of an option for completion. */
export interface OptionShape {
  readonly name: string;
  readonly alias: string | undefined;
  readonly describe: string;
  /** Number of words that it takes. */
  readonly takes: 'nothing' | 'one' | 'many';
  /** True if it requires a value. */
  readonly needsValue: boolean;
  /** True if it may be repeated. */
  readonly repeats: boolean;
  /** True if `--no-<name>` is allowed although it takes a value. */
  readonly negatable: boolean;
  /** Another option without which this one has no effect. */
  readonly needs: string | undefined;
  /** True when a value may begin with a dash. */
  readonly signed: boolean;
  /** Kind of the paths in its values, if any. */
  readonly path: PathKind | undefined;
  readonly choices: readonly string[];
}

export interface PositionalShape {
  readonly name: string;
  /** In the form of the help, such as `<run>` or `[kind]`. */
  readonly usage: string;
  readonly many: boolean;
  readonly path: PathKind | undefined;
  readonly choices: readonly string[];
}

export interface CommandShape {
  /** Words of the command, such as `store gc`; empty for the program itself. */
  readonly path: string;
  readonly describe: string;
  readonly positionals: readonly PositionalShape[];
  readonly options: readonly OptionShape[];
  readonly commands: ReadonlyMap<string, CommandShape>;
}

const HELP: OptionShape = {
  name: 'help',
  alias: 'h',
  describe: 'Show help',
  takes: 'nothing',
  needsValue: false,
  repeats: false,
  negatable: false,
  needs: undefined,
  signed: false,
  path: undefined,
  choices: [],
};
const VERSION: OptionShape = { ...HELP, name: 'version', alias: undefined, describe: 'Show version number' };

const shapes = new Derived(shapeOf, () => true);

/** The shape of a program, from the declarations of its parser; made once, as every check of a line asks for it. */
export function programShape(modules: readonly Command[]): CommandShape {
  return shapes.of(modules);
}

function shapeOf(modules: readonly Command[]): CommandShape {
  const commands = new Map<string, CommandShape>();
  let root: CommandShape = {
    path: '',
    describe: '',
    positionals: [],
    options: [HELP, VERSION],
    commands,
  };
  for (const module of modules) {
    const shape = commandShape(module, '');
    if (shape.path === '$0') root = { ...shape, path: '', options: [...shape.options, VERSION], commands };
    else commands.set(shape.path, shape);
  }
  return root;
}

function commandShape(module: Command, parent: string): CommandShape {
  const [word = '', ...slots] = String(module.command).split(' ');
  const path = `${parent} ${word}`.trimStart();
  const declared = new Map<string, Declared>();
  const options: OptionShape[] = [];
  const commands = new Map<string, CommandShape>();
  record(module, (method, [first, second]) => {
    if (method === 'positional') declared.set(String(first), second as Declared);
    if (method === 'options') {
      options.push(...Object.entries(first as Record<string, Declared>).map(optionShape));
    }
    if (method === 'command') {
      const below = commandShape(first as Command, path);
      commands.set(below.path.slice(path.length + 1), below);
    }
  });
  const positionals = commands.size > 0 ? [] : slots.map((slot) => positionalShape(slot, declared));
  return {
    path,
    describe: typeof module.describe === 'string' ? module.describe : '',
    positionals,
    options: [...options, HELP],
    commands,
  };
}

/** Calls a builder with a recorder of its declarations. */
function record(module: Command, note: (method: string, args: readonly unknown[]) => void): void {
  const recorder: object = new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...args: readonly unknown[]) => {
          note(String(method), args);
          return recorder;
        },
    },
  );
  if (typeof module.builder === 'function') void module.builder(recorder as never);
}

function optionShape([name, declared]: [string, Declared]): OptionShape {
  const { type, alias, describe = '', choices = [], path, needs } = declared;
  const takes = type === 'boolean' ? 'nothing' : declared.array === true ? 'many' : 'one';
  const { requiresArg: needsValue = false, repeats = false, negatable = false, signed = false } = declared;
  return { name, alias, describe, takes, needsValue, repeats, negatable, needs, signed, path, choices };
}

function positionalShape(slot: string, declared: ReadonlyMap<string, Declared>): PositionalShape {
  const name = operandName(slot);
  const { path, choices = [] } = declared.get(name) ?? {};
  return { name, usage: slot, many: slot.includes('..'), path, choices };
}
