import type { DocumentLimits } from '../limits.js';
import type { ProblemCode } from '../problem-codes.js';
import type { PlainScalar } from './plain-scalar.js';

/** Size of a container with aliases expanded; grows until the container closes. */
export interface Extent {
  /** Number of values, including the container. */
  size: number;
  /** Number of levels, including the container. */
  height: number;
}

/** The value of an anchor: a container with its extent, or a scalar. */
export type Anchor =
  | { readonly value: object; readonly extent: Extent }
  | { readonly value: PlainScalar; readonly extent?: undefined };

/** The anchor of an alias, or why there is none; `goOn` is false if a limit is exceeded. */
export type Taken =
  | (Anchor & { readonly refusal?: undefined; readonly goOn: true })
  | {
      readonly value?: undefined;
      readonly extent?: undefined;
      readonly refusal: { readonly code: ProblemCode; readonly message: string };
      readonly goOn: boolean;
    };

/** The anchors of one document, and the total size of its aliases. */
export class AnchorTable {
  readonly #limits: DocumentLimits;
  readonly #anchors = new Map<string, Anchor>();
  #aliases = 0;
  #values = 0;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  set(name: string, anchor: Anchor): void {
    this.#anchors.set(name, anchor);
  }

  /**
   * Uses an anchor inside the open containers; the limits count the expanded values, not the written ones.
   */
  take(name: string, open: readonly Extent[]): Taken {
    const anchor = this.#anchors.get(name);
    if (!anchor)
      return refuse('alias-unknown', `no anchor named "${name}" is defined before this alias`, true);
    const { extent } = anchor;
    if (extent && open.includes(extent))
      return refuse('alias-recursive', `alias "${name}" is inside the value it refers to`, true);
    this.#aliases += 1;
    this.#values += extent?.size ?? 1;
    const { aliases, alias_values, depth } = this.#limits;
    if (this.#aliases > aliases)
      return refuse('too-many-aliases', `more than ${String(aliases)} aliases, the limit for a document`);
    if (this.#values > alias_values)
      return refuse('alias-expansion', `aliases expand to more than ${String(alias_values)} values`);
    if (open.length + (extent?.height ?? 0) > depth)
      return refuse('too-deep', `aliases nest maps and lists deeper than ${String(depth)}`);
    return { ...anchor, goOn: true };
  }
}

function refuse(code: ProblemCode, message: string, goOn = false): Taken {
  return { refusal: { code, message }, goOn };
}
