import type { RunState } from '../../store/record-types.js';

/** Selection of runs; all given fields must match. An empty selection matches every run name. */
export interface Selection {
  /** Run ids or unique prefixes, run names, globs over run names, scenario ids, `latest`; any of them. */
  readonly selectors?: readonly string[];
  /** Scenario ids; any of them. */
  readonly scenarios?: readonly string[];
  /** A batch id, a unique prefix of one, or `latest`: only the runs of this batch. */
  readonly batch?: string;
  /** Run names, such as those in the plan of a manifest. */
  readonly names?: ReadonlySet<string>;
  readonly states?: readonly RunState[];
  /** Only runs that started at this time or later; ISO 8601. */
  readonly since?: string;
  /** `<column> <op> <value>` with one of = != < <= > >=; all must match. */
  readonly where?: readonly string[];
  /** Every execution instead of the current run. */
  readonly all_executions?: boolean;
}

/** Why a selection is invalid for this store. */
export interface SelectionProblem {
  /**
   * malformed: the text cannot be parsed. unknown: a named item does not exist. unknown_column: no run has the
   * named column. ambiguous: several items match.
   */
  readonly kind: 'malformed' | 'unknown' | 'unknown_column' | 'ambiguous';
  readonly message: string;
  /** The remedy. */
  readonly hint?: string;
  /** Known names similar to an unknown one. */
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

/** The error for an unknown name, with similar ones. */
export function unknownName(
  message: string,
  near: readonly string[],
  kind: 'unknown' | 'unknown_column' = 'unknown',
): ReturnType<typeof problem> {
  const { ok, problem: about } = problem(kind, message, nearHint(near));
  return { ok, problem: { ...about, near } };
}

/** A hint with similar names; undefined if there are none. */
function nearHint(near: readonly string[]): string | undefined {
  if (near.length === 0) return undefined;
  return near.length === 1 ? `did you mean ${near[0]!}?` : `near names: ${near.join(', ')}`;
}
