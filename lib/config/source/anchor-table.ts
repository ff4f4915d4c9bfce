import type { DocumentLimits } from '../limits.js';
import type { ProblemCode } from '../problem-codes.js';
import type { PlainScalar } from './plain-scalar.js';

/** How much a container holds, aliases expanded; grows until the container closes. */
export interface Extent {
  /** Values below, itself counted. */
  size: number;
  /** Levels below, itself counted. */
  height: number;
}

/** What an anchor names: a container with its extent, or a scalar. */
export type Anchor =
  | { readonly value: object; readonly extent: Extent }
  | { readonly value: PlainScalar; readonly extent?: undefined };

/** The anchor an alias stands for, or why it stands for nothing; `goOn` is false when a limit is passed. */
export type Taken =
  | (Anchor & { readonly refusal?: undefined; readonly goOn: true })
  | {
      readonly value?: undefined;
      readonly extent?: undefined;
      readonly refusal: { readonly code: ProblemCode; readonly message: string };
      readonly goOn: boolean;
    };

/** The anchors of one document, and what its aliases add up to. */
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

  /** Uses an anchor inside the open containers; the limits count what aliases expand to, not what is written. */
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
