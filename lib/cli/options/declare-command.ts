import type { Argv, CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';
import type { Operands, Options } from './declared.js';
import type { NoOperands, Parsed } from './parsed.js';

/** A command for the parser. The types of its arguments are checked where it is declared. */
export type Command = CommandModule<object, object>;

/** The name of a declared option. */
type NameOf<O extends Options> = keyof NoInfer<O> & string;

interface CommandDeclaration<O extends Options, P extends Operands> {
  /** The word that calls it. */
  readonly name: string;
  readonly describe: string;
  readonly operands?: P;
  readonly options?: O;
  /** For an option, those that cannot be given with it. */
  readonly conflicts?: Readonly<Partial<Record<NameOf<O>, readonly NameOf<O>[]>>>;
  /** Adds examples and the epilogue. */
  readonly builder: (yargs: Argv<object>) => Argv<object>;
  readonly handler: (args: Parsed<O, P>) => void | Promise<void>;
}

/** A command; the type of the handler's arguments is inferred from its options and operands. */
export function declareCommand<
  const O extends Options = Readonly<Record<never, never>>,
  const P extends Operands = NoOperands,
>({ name, describe, operands, options, conflicts, builder, handler }: CommandDeclaration<O, P>): Command {
  const slots = Object.entries(operands ?? {});
  return {
    command: [name, ...slots.map(([slot]) => slot)].join(' '),
    describe,
    builder: (yargs) => {
      for (const [slot, declared] of slots) yargs.positional(operandName(slot), declared);
      const rules: Readonly<Record<string, readonly string[]>> = { ...conflicts };
      for (const [option, others] of Object.entries(rules)) yargs.conflicts(option, others);
      return builder(yargs.options(options ?? {}));
    },
    handler: (args) => handler(args as Parsed<O, P>),
  };
}

/** A handler that loads its action when the command is called, and ends with the exit code of the action. */
export function acting<A>(
  context: CommandContext,
  load: () => Promise<(args: A, context: CommandContext) => Promise<ExitCode>>,
): (args: A) => Promise<void> {
  return async (args) => {
    const action = await load();
    context.exit(await action(args, context));
  };
}

/** Name of an operand, without brackets and dots. */
export function operandName(slot: string): string {
  return slot.replace(/[<>[\].]/g, '');
}
