/** Kind of the file that a path names. */
export type PathKind = 'file' | 'directory';

/** A declaration of an option or operand, for the parser, the check of the line, completion and the tests. */
export interface Declared {
  readonly type?: 'string' | 'boolean';
  readonly alias?: string;
  /** Heading of the help under which the option is listed. */
  readonly group?: string;
  /** Takes several words. */
  readonly array?: boolean;
  readonly requiresArg?: boolean;
  readonly describe?: string;
  readonly default?: string;
  /** Text of the help in place of the default. */
  readonly defaultDescription?: string;
  /** Another option that cannot be combined with it. */
  readonly conflicts?: string;
  /** Parses the typed value; throws if it is invalid. */
  readonly coerce?: (typed: unknown) => unknown;
  readonly choices?: readonly string[];
  /** Present if each value is a path, or a pattern of paths. */
  readonly path?: PathKind;
  /** True if the option may be repeated. */
  readonly repeats?: boolean;
  /** True if `--no-<name>` is allowed although the option takes a value. */
  readonly negatable?: boolean;
  /** Another option without which this one has no effect. */
  readonly needs?: string;
  /** True when a value may begin with a dash, as in `--sort -ticks`. */
  readonly signed?: boolean;
  /** True if the settings of the project always supply a missing value. */
  readonly configured?: boolean;
}

/** Options by name, without the dashes. */
export type Options = Readonly<Record<string, Declared>>;

/** An operand as the help prints it: `<run>` is required, `[kind]` is not, two dots allow any number of words. */
type Slot = `<${string}>` | `[${string}]`;

/** Operands in the order in which they are typed. */
export type Operands = Readonly<Record<Slot, Declared>>;
