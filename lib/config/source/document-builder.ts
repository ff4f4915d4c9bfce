import type { ProblemCode } from '../problem-codes.js';
import { problemAt, type ProblemList } from '../problem-list.js';
import type { DocumentLimits } from '../limits.js';
import { AnchorTable, type Extent } from './anchor-table.js';
import { pointerOf } from './path.js';
import { REFUSED_KEYS } from './plain-json.js';
import type { PlainScalar } from './plain-scalar.js';
import type { SourceText } from './source-text.js';
import type { Spot, Tree } from './tree.js';

type Container = Record<string, unknown> | unknown[];

interface Frame extends Extent {
  readonly container: Container;
  readonly spot: Spot;
  /** Key of the next value; null if the pair is refused and its value will be dropped. */
  key: string | null;
  keyAt: number;
}

/**
 * Builds plain values from the events of a reader and records the offset of every key and value. It has its
 * own stack, so that nested input does not nest calls.
 */
export class TreeBuilder {
  readonly #source: SourceText;
  readonly #problems: ProblemList;
  readonly #frames: Frame[] = [];
  readonly #spots: Map<object, Spot> | undefined;
  readonly #odd = new Map<number, string>();
  readonly #anchors: AnchorTable;
  #root: { value: unknown; start: number } | undefined;

  /** @param keepsSpots false if offsets can be found again in the text on demand */
  constructor(source: SourceText, limits: DocumentLimits, problems: ProblemList, keepsSpots = true) {
    this.#source = source;
    this.#spots = keepsSpots ? new Map<object, Spot>() : undefined;
    this.#anchors = new AnchorTable(limits);
    this.#problems = problems;
  }

  /** Number of open containers. */
  get depth(): number {
    return this.#frames.length;
  }

  get inMap(): boolean {
    const top = this.#frames.at(-1);
    return top !== undefined && !Array.isArray(top.container);
  }

  /** Offset of the key of the next value; undefined in lists and at the root. */
  get pendingKeyAt(): number | undefined {
    return this.inMap ? this.#frames.at(-1)!.keyAt : undefined;
  }

  /** Opens a map or list that starts at an offset. */
  open(kind: 'map' | 'list', at: number, anchor?: string): void {
    const container: Container = kind === 'map' ? {} : [];
    const spot: Spot = { start: at, keys: [], keyAt: [], valueAt: [] };
    this.#attach(container, at);
    this.#spots?.set(container, spot);
    const frame: Frame = { container, spot, key: null, keyAt: at, size: 1, height: 1 };
    this.#frames.push(frame);
    if (anchor !== undefined) this.#anchors.set(anchor, { value: container, extent: frame });
  }

  /** Closes the innermost container. */
  close(): void {
    const frame = this.#frames.pop();
    const parent = this.#frames.at(-1);
    if (!frame || !parent) return;
    parent.size += frame.size;
    parent.height = Math.max(parent.height, frame.height + 1);
    parent.key = null;
  }

  /** Sets the key of the next value, unless the key is refused. */
  key(text: string, at: number): void {
    const frame = this.#frames.at(-1)!;
    frame.keyAt = at;
    frame.key = this.#acceptsKey(frame, text, at) ? text : null;
  }

  /** Drops the pair of the next value; the caller has reported the reason. */
  refuseKey(at: number): void {
    const frame = this.#frames.at(-1)!;
    frame.keyAt = at;
    frame.key = null;
  }

  scalar(scalar: PlainScalar, at: number, anchor?: string): void {
    if ('odd' in scalar) this.#odd.set(at, scalar.odd);
    if (typeof scalar.value === 'string') this.#checkText(scalar.value, at);
    this.#attach(scalar.value, at);
    this.#endPair();
    if (anchor !== undefined) this.#anchors.set(anchor, { value: scalar });
  }

  /**
   * Inserts the value of an anchor. False if the document must be abandoned: too many aliases or too large.
   */
  alias(name: string, at: number): boolean {
    const taken = this.#anchors.take(name, this.#frames);
    if (taken.refusal) this.complain(at, taken.refusal.code, taken.refusal.message);
    if (!taken.extent) {
      this.scalar(taken.value ?? { value: null }, at);
      return taken.goOn;
    }
    this.#attach(taken.value, at);
    this.#endPair();
    const frame = this.#frames.at(-1)!;
    frame.size += taken.extent.size;
    frame.height = Math.max(frame.height, taken.extent.height + 1);
    return true;
  }

  /** Reports a problem at an offset, with the pointer of the value under construction. */
  complain(
    at: number,
    code: ProblemCode,
    message: string,
    more: { found?: string; hint?: string } = {},
  ): void {
    const place = { file: this.#source.file, ...this.#source.position(at), pointer: this.#pointer() };
    this.#problems.add(problemAt(place, { code, message, ...more }));
  }

  /** The tree; undefined if nothing was built. @param weight of its values */
  finish(
    weight: number,
    spotOf: Tree['spotOf'] = (container) => this.#spots?.get(container),
  ): Tree | undefined {
    return this.#root && { ...this.#root, weight, spotOf, odd: this.#odd };
  }

  #acceptsKey(frame: Frame, text: string, at: number): boolean {
    this.#checkText(text, at);
    if (REFUSED_KEYS.includes(text)) {
      this.complain(at, 'refused-key', `the key "${text}" is not allowed in any document`, { found: text });
      return false;
    }
    if (!Object.hasOwn(frame.container, text)) return true;
    const first = this.#source.position(frame.spot.keyAt[frame.spot.keys.indexOf(text)] ?? at);
    const hint = `first given at line ${String(first.line)}, column ${String(first.column)}`;
    frame.key = text;
    this.complain(at, 'duplicate-key', `the key "${text}" is given twice in one map`, { found: text, hint });
    return false;
  }

  #checkText(text: string, at: number): void {
    if (/\p{Surrogate}/u.test(text))
      this.complain(
        at,
        'lone-surrogate',
        'a text contains an unpaired surrogate, which is not a Unicode character',
      );
  }

  #attach(value: unknown, at: number): void {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#root ??= { value, start: at };
      return;
    }
    // An open container adds its size when it closes.
    if (!isContainer(value)) frame.size += 1;
    if (Array.isArray(frame.container)) {
      frame.container.push(value);
    } else {
      if (frame.key === null) return;
      frame.container[frame.key] = value;
      frame.spot.keys.push(frame.key);
      frame.spot.keyAt.push(frame.keyAt);
    }
    frame.spot.valueAt.push(at);
  }

  #endPair(): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.key = null;
  }

  #pointer(): string {
    const steps: (string | number)[] = [];
    this.#frames.forEach(({ container, key }, i) => {
      const isTop = i === this.#frames.length - 1;
      if (Array.isArray(container)) steps.push(isTop ? container.length : container.length - 1);
      else if (key !== null) steps.push(key);
    });
    return pointerOf(steps);
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
