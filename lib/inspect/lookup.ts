/** The answer to a question that may name something that is not there. Never an exception: the caller asked. */
export type Lookup<T> = { readonly ok: true; readonly value: T } | NotFound;

/**
 * unknown: nothing has that name. ambiguous: several things do; `near` lists them. not_recorded: the run has no such
 * artefact, because its documents did not ask for one or because it ended before. is_batch: a run is asked for, and the
 * text names a batch, the one in `near`.
 */
export type NotFoundReason = 'unknown' | 'ambiguous' | 'not_recorded' | 'is_batch';

export interface NotFound {
  readonly ok: false;
  readonly reason: NotFoundReason;
  /** What was asked for, for print: `tick 99`, `run gf1`. */
  readonly what: string;
  /** What may have been meant, the likeliest first. */
  readonly near: readonly string[];
  /** How many more may have been meant that `near` leaves out. */
  readonly hidden?: number;
}

/** Names that an ambiguous text may mean, at most. */
const MOST_MEANT = 8;

/** The answer to a text that several things match, the likeliest first. */
export function ambiguous(what: string, matching: readonly string[]): NotFound {
  const hidden = Math.max(0, matching.length - MOST_MEANT);
  return { ...notFound(what, matching.slice(0, MOST_MEANT), 'ambiguous'), hidden };
}

/** Wraps an answer. */
export function found<T>(value: T): Lookup<T> {
  return { ok: true, value };
}

export function notFound(
  what: string,
  near: readonly string[] = [],
  reason: NotFoundReason = 'unknown',
): NotFound {
  return { ok: false, reason, what, near };
}

/** One line for people. */
export function describeNotFound({ reason, what, near, hidden = 0 }: NotFound): string {
  const list = `${near.join(', ')}${hidden > 0 ? ` and ${String(hidden)} more` : ''}`;
  switch (reason) {
    case 'unknown':
      return `there is no ${what}${list === '' ? '' : `; near matches: ${list}`}`;
    case 'ambiguous':
      return `${what} is ambiguous; candidates: ${list}`;
    case 'is_batch':
      return `${what} is a batch, not a run; aether batches show ${list} lists its runs`;
    case 'not_recorded':
      return `${what} was not recorded${list === '' ? '' : `; recorded are ${list}`}`;
  }
}
