/**
 * An error of the environment: disk full, store locked, port taken. `code` is stable and documented; `cause` keeps the
 * original error. Invalid documents are not errors (see problem.ts).
 */
export class AetherError extends Error {
  override readonly name: string = 'AetherError';
  /** Stable SCREAMING_SNAKE code, listed in docs/errors.md. */
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** A bug in Aether: a state that the code rules out. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws InvariantError unless the condition holds. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The Node error code of a caught value, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
