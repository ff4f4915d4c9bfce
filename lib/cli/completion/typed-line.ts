import type { CommandShape, OptionShape, PositionalShape } from './command-shape.js';

/** Kind of the word at the cursor. */
type Slot =
  | { readonly kind: 'command' }
  | { readonly kind: 'option' }
  | { readonly kind: 'value'; readonly option: OptionShape; readonly prefix: string }
  | { readonly kind: 'positional'; readonly positional: PositionalShape }
  | { readonly kind: 'surplus' };

/** A partially typed line. */
export interface TypedLine {
  readonly command: CommandShape;
  /** Values of options on the line, by long name. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  readonly slot: Slot;
  /** The typed part of the word. */
  readonly typed: string;
}

/** Parses the words after the program name; the last one is at the cursor. */
export function typedLine(program: CommandShape, words: readonly string[]): TypedLine {
  const reader = new LineReader(program);
  for (const word of words.slice(0, -1)) reader.read(word);
  return reader.finish(words.at(-1) ?? '');
}

class LineReader {
  #command: CommandShape;
  /** The option whose value is next. */
  #open: OptionShape | undefined;
  #optionsEnded = false;
  readonly #given = new Map<string, string[]>();
  readonly #positionals: string[] = [];

  constructor(program: CommandShape) {
    this.#command = program;
  }

  read(word: string): void {
    if (this.#optionsEnded) this.#positionals.push(word);
    else if (word === '--') this.#optionsEnded = true;
    else if (isOption(word)) this.#readOption(word);
    else if (this.#open !== undefined) this.#readValue(this.#open, word);
    else this.#readPlain(word);
  }

  finish(current: string): TypedLine {
    const line = { command: this.#command, given: this.#given, positionals: this.#positionals };
    if (!this.#optionsEnded && current.startsWith('-')) {
      const [prefix, typed] = attached(current);
      const option = prefix === undefined ? undefined : this.#option(prefix);
      if (prefix === undefined) return { ...line, slot: { kind: 'option' }, typed: current };
      if (option === undefined) return { ...line, slot: { kind: 'surplus' }, typed };
      return { ...line, slot: { kind: 'value', option, prefix: `${prefix}=` }, typed };
    }
    if (this.#open !== undefined) {
      return { ...line, slot: { kind: 'value', option: this.#open, prefix: '' }, typed: current };
    }
    return { ...line, slot: this.#plainSlot(), typed: current };
  }

  #plainSlot(): Slot {
    const { positionals, commands } = this.#command;
    const count = this.#positionals.length;
    const last = positionals.at(-1);
    const positional = positionals[count] ?? (last?.many === true ? last : undefined);
    if (positional !== undefined) return { kind: 'positional', positional };
    return commands.size > 0 && count === 0 ? { kind: 'command' } : { kind: 'surplus' };
  }

  #readOption(word: string): void {
    const [prefix, value] = attached(word);
    const option = this.#option(prefix ?? word);
    this.#open = undefined;
    if (option === undefined) return;
    this.#note(option);
    if (prefix !== undefined) this.#note(option, value);
    else if (option.takes !== 'nothing') this.#open = option;
  }

  #readValue(option: OptionShape, word: string): void {
    this.#note(option, word);
    if (option.takes === 'one') this.#open = undefined;
  }

  #readPlain(word: string): void {
    const below = this.#positionals.length === 0 ? this.#command.commands.get(word) : undefined;
    if (below === undefined) this.#positionals.push(word);
    else this.#command = below;
  }

  #note({ name }: OptionShape, ...values: readonly string[]): void {
    this.#given.set(name, [...(this.#given.get(name) ?? []), ...values]);
  }

  /** The option of a word; for combined letters, the last one. */
  #option(word: string): OptionShape | undefined {
    if (word.startsWith('--')) {
      const name = word.slice(2);
      return findOption(this.#command, (option) => option.name === name);
    }
    const letter = word.slice(-1);
    return findOption(this.#command, ({ name, alias }) => name === letter || alias === letter);
  }
}

/** An option of a command; before a subcommand is named, also one of a subcommand. */
function findOption(
  { options, commands }: CommandShape,
  isMeant: (option: OptionShape) => boolean,
): OptionShape | undefined {
  const own = options.find(isMeant);
  if (own !== undefined) return own;
  for (const below of commands.values()) {
    const found = findOption(below, isMeant);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

/** Splits `--name=value`. */
function attached(word: string): readonly [prefix: string | undefined, value: string] {
  const parts = /^(--?[^=]+)=(.*)$/s.exec(word);
  return parts === null ? [undefined, ''] : [parts[1], parts[2]!];
}
