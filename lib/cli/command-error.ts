import type { Problem } from '../base/problem.js';
import { describeNotFound, type Lookup } from '../inspect/find/lookup.js';

/** An invalid command line; the hint states the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Documents that the command needs are invalid. */
export class InvalidDocuments extends Error {
  override readonly name = 'InvalidDocuments';

  constructor(readonly problems: readonly Problem[]) {
    super(`${String(problems.length)} problems`);
  }
}

/** A signal ended the command; nothing partial is left. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

/** A requested item does not exist; suggestions are similar names. */
export class NotFound extends Error {
  override readonly name = 'NotFound';

  constructor(
    message: string,
    readonly suggestions: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The value of a lookup. @throws NotFound */
export function foundOr<T>(lookup: Lookup<T>): T {
  if (lookup.ok) return lookup.value;
  throw new NotFound(describeNotFound(lookup));
}
