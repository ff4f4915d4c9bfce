import { countText } from '../../base/quantity.js';
import { nearestHint } from '../../config/nearest.js';
import { UsageError } from '../command-error.js';
import type { CommandShape, OptionShape, PositionalShape } from '../completion/command-shape.js';
import type { TypedLine } from '../completion/typed-line.js';

/**
 * Checks of a command line for every option and operand of every command, from their declarations: no value
 * is blank, a flag has no value, an option with one value is given once.
 *
 * @throws UsageError
 */
export function checkTyped({ command, given }: TypedLine, args: readonly string[]): void {
  for (const option of command.options) {
    const values = given.get(option.name) ?? [];
    if (option.takes === 'nothing') refuseFlagValue(option, values);
    else if (values.some(isBlank)) throw blankValue(dashed(option.name), option.path !== undefined);
  }
  const isOption = (word: string): boolean => optionWords(args).includes(word);
  const operand = command.positionals.find(({ name }) => isOption(`--${name}`) && !hasOption(command, name));
  if (operand === undefined) return;
  throw new UsageError(`unknown option --${operand.name}`, `pass it as the operand ${operand.usage}`);
}

/**
 * The same checks on the parsed line, which covers every spelling of an option.
 *
 * @throws UsageError
 */
export function checkParsed(command: CommandShape, parsed: Readonly<Record<string, unknown>>): void {
  for (const option of command.options) {
    if (option.takes === 'nothing') continue;
    const values = valuesOf(parsed[option.name]);
    checkValues(option, values);
    checkChoice(option.choices, values);
    if (option.needs !== undefined && values.length > 0 && parsed[option.needs] === undefined)
      throw new UsageError(`${dashed(option.name)} needs ${dashed(option.needs)}`);
    if (option.path !== undefined) refuseLongPaths(dashed(option.name), values);
  }
  for (const positional of command.positionals) checkOperands(positional, valuesOf(parsed[positional.name]));
}

function checkChoice(choices: readonly string[], values: readonly unknown[]): void {
  const wrong = values.find((value) => typeof value === 'string' && !choices.includes(value));
  if (choices.length === 0 || wrong === undefined) return;
  const given = String(wrong);
  throw new UsageError(
    `unknown value ${given}; expected one of ${choices.join(', ')}`,
    nearestHint(given, choices),
  );
}

function checkValues(option: OptionShape, values: readonly unknown[]): void {
  const name = dashed(option.name);
  if (values.some((value) => typeof value === 'boolean') && !option.negatable) {
    throw new UsageError(`unknown option --no-${option.name}`, `${name} takes a value; leave it out instead`);
  }
  if (option.takes === 'one' && !option.repeats && values.length > 1) {
    throw new UsageError(`${name} is given ${String(values.length)} times`, 'give it once');
  }
  if (option.needsValue && values.some(isBlank)) throw blankValue(name, option.path !== undefined);
}

function checkOperands({ usage, path, choices }: PositionalShape, values: readonly unknown[]): void {
  if (values.some(isBlank)) throw blankValue(usage, path !== undefined);
  checkChoice(choices, values);
  if (path !== undefined) refuseLongPaths(usage, values);
}

/**
 * Maximum bytes of a path, including the terminator; no system opens a longer one, and no message repeats it.
 */
const LONGEST_PATH = 4096;

function refuseLongPaths(name: string, values: readonly unknown[]): void {
  const long = values.find((value) => typeof value === 'string' && Buffer.byteLength(value) >= LONGEST_PATH);
  if (long === undefined) return;
  const size = `${countText(Buffer.byteLength(long as string))} bytes`;
  throw new UsageError(`${name} must be a path of less than ${countText(LONGEST_PATH)} bytes, got ${size}`);
}

function refuseFlagValue({ name }: OptionShape, values: readonly string[]): void {
  const value = values.find((word) => word !== 'true' && word !== 'false');
  if (value === undefined) return;
  throw new UsageError(
    `${dashed(name)} takes no value, got ${JSON.stringify(value)}`,
    `write ${dashed(name)}, or ${dashed(name)}=false`,
  );
}

function blankValue(name: string, isPath: boolean): UsageError {
  const what = isPath ? 'a path' : 'a text';
  const hint = isPath ? 'write . for the current directory; is a shell variable unset?' : undefined;
  return new UsageError(`${name} must be ${what} that is not empty`, hint ?? 'is a shell variable unset?');
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function valuesOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function hasOption({ options }: CommandShape, name: string): boolean {
  return options.some((option) => option.name === name);
}

/** Options as typed, without their values. */
function optionWords(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return args
    .slice(0, end === -1 ? undefined : end)
    .filter((arg) => arg.startsWith('--'))
    .map((arg) => arg.replace(/=.*$/s, ''));
}

/** Options have long names, even those of one letter: `--x`. */
function dashed(name: string): string {
  return `--${name}`;
}
