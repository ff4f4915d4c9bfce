import { compareProblems, type Problem } from '../base/problem.js';
import type { ProblemCode } from './problem-codes.js';
import { shownValue } from './shown-value.js';
import { valueAt, type Path } from './source/path.js';
import type { DocumentView, Place, PlacePart } from './source/view.js';

/** A problem without its place; `found` is filled in from the document unless given. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly message: string;
  readonly found?: string | null;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
  readonly part?: PlacePart;
}

/** Maximum of further problems that are counted. */
const MOST_COUNTED = 100_000;

/** Collects the problems of one document, at most `limit` of them; the rest are counted. */
export class ProblemList {
  readonly #limit: number;
  readonly #problems: Problem[] = [];
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** True if further problems are only counted; callers can then skip formatting them. */
  get isFull(): boolean {
    return this.#problems.length >= this.#limit;
  }

  /** True if there are so many problems that counting more of them is useless. */
  get isHopeless(): boolean {
    return this.#dropped >= MOST_COUNTED;
  }

  /** Counts a problem beyond the limit. */
  drop(): void {
    this.#dropped += 1;
  }

  /** Adds a problem at a value (or key) of a document. */
  at(view: DocumentView, path: Path, complaint: Complaint): void {
    if (this.isFull) {
      this.drop();
      return;
    }
    const { found, part, ...rest } = complaint;
    const shown =
      found === undefined
        ? shownValue(valueAt(view.value, path), view.oddNumber(path))
        : (found ?? undefined);
    this.#problems.push(problemAt(view.place(path, part), { ...rest, found: shown }));
  }

  /** Adds a problem whose place is already known. */
  add(problem: Problem): void {
    if (this.isFull) this.drop();
    else this.#problems.push(problem);
  }

  /** All problems in print order, followed by a count of those beyond the limit. */
  finish(): Problem[] {
    const sorted = [...this.#problems].sort(compareProblems);
    const last = sorted.at(-1);
    if (this.#dropped === 0 || !last) return sorted;
    const count = this.isHopeless ? `${String(MOST_COUNTED)} or` : String(this.#dropped);
    const more = `${count} more problems in this document are not shown`;
    // One column on, so that sorting keeps it after the last problem.
    const { file, line, column, pointer } = last;
    return [...sorted, { code: 'more-problems', message: more, file, line, column: column + 1, pointer }];
  }
}

/** A problem from a place and its description; absent fields stay absent. */
export function problemAt(
  place: Place,
  say: {
    readonly code: ProblemCode;
    readonly message: string;
    readonly found?: string | undefined;
    readonly expected?: string | undefined;
    readonly hint?: string | undefined;
  },
): Problem {
  return {
    code: say.code,
    message: say.message,
    file: place.file,
    line: place.line,
    column: place.column,
    pointer: place.pointer,
    ...(say.found === undefined ? {} : { found: say.found }),
    ...(say.expected === undefined ? {} : { expected: say.expected }),
    ...(say.hint === undefined ? {} : { hint: say.hint }),
  };
}

/** Problems of several documents as one list: sorted, each once. */
export function mergeProblems(lists: readonly (readonly Problem[])[]): Problem[] {
  const unique = new Map<string, Problem>();
  for (const list of lists) for (const problem of list) unique.set(JSON.stringify(problem), problem);
  return [...unique.values()].sort(compareProblems);
}
