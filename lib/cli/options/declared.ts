/** Kind of the file that a path names. */
export type PathKind = 'file' | 'directory';

/** A declaration of an option or operand, for the parser, the check of the line, completion and the tests. */
export interface Declared {
  readonly type?: 'string' | 'boolean';
  readonly alias?: string;
  /** Takes several words. */
  readonly array?: boolean;
  readonly requiresArg?: boolean;
  readonly describe?: string;
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
}
