import type { Problem } from '../base/problem.js';
import { describeNotFound, type Lookup } from '../inspect/lookup.js';

/** The command line cannot be understood; a hint tells how to go on. */
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

/** A signal ended the command before it was done; nothing is left half-made. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

/** What was asked for is not there; suggestions are likely meanings. */
export class NotFound extends Error {
  override readonly name = 'NotFound';

  constructor(
    message: string,
    readonly suggestions: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The answer, or the NotFound that says so. */
export function foundOr<T>(lookup: Lookup<T>): T {
  if (lookup.ok) return lookup.value;
  throw new NotFound(describeNotFound(lookup));
}
