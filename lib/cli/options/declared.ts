/** The kind of file that a path names. */
export type PathKind = 'file' | 'directory';

/**
 * A declaration of an option or operand: what the parser reads, and what the check of the line, completion and the tests
 * derive from it.
 */
export interface Declared {
  readonly type?: 'string' | 'boolean';
  readonly alias?: string;
  /** Takes several words. */
  readonly array?: boolean;
  readonly requiresArg?: boolean;
  readonly describe?: string;
  readonly choices?: readonly string[];
  /** Present when each value is a path, or a pattern of paths. */
  readonly path?: PathKind;
  /** True when the option may be given several times. */
  readonly repeats?: boolean;
  /** True when `--no-<name>` has a meaning although the option takes a value. */
  readonly negatable?: boolean;
  /** Another option without which this one has no effect. */
  readonly needs?: string;
  /** True when a value may begin with a dash, as in `--sort -ticks`. */
  readonly signed?: boolean;
}
