import type { RunState } from '../../store/records.js';

/** Which runs are meant; every field that is given must hold. An empty selection means every run name. */
export interface Selection {
  /** Run ids or unique prefixes, run names, globs over run names, scenario ids, `latest`; any of them. */
  readonly selectors?: readonly string[];
  /** Scenario ids; any of them. */
  readonly scenarios?: readonly string[];
  /** A batch id, a unique prefix of one, or `latest`: the answers that this batch gave. */
  readonly batch?: string;
  /** Run names, such as those that a manifest plans. */
  readonly names?: ReadonlySet<string>;
  readonly states?: readonly RunState[];
  /** Runs that started at this time or later; ISO 8601. */
  readonly since?: string;
  /** `<column> <op> <value>` with one of = != < <= > >=; all must hold. */
  readonly where?: readonly string[];
  /** Every execution instead of the one that answers now. */
  readonly all_executions?: boolean;
}

/** Why a selection has no meaning in this store. */
export interface SelectionProblem {
  /**
   * malformed: the text cannot be understood. unknown: something is named that is not there. ambiguous: it may mean
   * several things.
   */
  readonly kind: 'malformed' | 'unknown' | 'ambiguous';
  readonly message: string;
  /** How to go on. */
  readonly hint?: string;
  /** Known names that are close to an unknown one. */
  readonly near?: readonly string[];
}

export type Selected<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: SelectionProblem };

export function selected<T>(value: T): Selected<T> {
  return { ok: true, value };
}

export function problem(
  kind: SelectionProblem['kind'],
  message: string,
  hint?: string,
): { readonly ok: false; readonly problem: SelectionProblem } {
  return { ok: false, problem: { kind, message, ...(hint !== undefined && { hint }) } };
}

/** A name that is not there, with those that may have been meant. */
export function unknownName(message: string, near: readonly string[]): ReturnType<typeof problem> {
  const { ok, problem: about } = problem('unknown', message, nearHint(near));
  return { ok, problem: { ...about, near } };
}

/** A hint of near names; undefined when there are none. */
function nearHint(near: readonly string[]): string | undefined {
  if (near.length === 0) return undefined;
  return near.length === 1 ? `did you mean ${near[0]!}?` : `near names: ${near.join(', ')}`;
}
