import type { CommandShape } from '../completion/command-shape.js';
import { typedLine } from '../completion/typed-line.js';

/**
 * The arguments with `=true` at flags before their command. The parser does not know the options of a command
 * before it has read its name, and would take the name for the value of the flag: `--json runs`.
 */
export function withEarlyFlags(program: CommandShape, args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return args.map((word, at) => {
    if ((end !== -1 && at > end) || !/^-[^-=]$|^--[^=]+$/.test(word)) return word;
    const { command, slot } = typedLine(program, args.slice(0, at + 1));
    if (slot.kind !== 'option' || command.commands.size === 0) return word;
    return isFlag(command, word.replace(/^--?/, '')) ? `${word}=true` : word;
  });
}

/**
 * True if a name is a flag in every command below that has it; flags of the program itself are known anyway.
 */
function isFlag(program: CommandShape, name: string): boolean {
  const own = program.options.some((option) => option.name === name || option.alias === name);
  const meant = optionsBelow(program).filter((option) => option.name === name || option.alias === name);
  return !own && meant.length > 0 && meant.every(({ takes }) => takes === 'nothing');
}

function optionsBelow({ options, commands }: CommandShape): CommandShape['options'] {
  return [...options, ...[...commands.values()].flatMap(optionsBelow)];
}
