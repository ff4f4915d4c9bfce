import type { Digest } from '../../base/digest.js';
import type { SegmentSpan } from './segment-format.js';

/** Kinds of lines after the first, in their order. */
const KINDS = ['blob', 'run', 'key', 'name'] as const;
type Kind = (typeof KINDS)[number];

/**
 * The index of a segment as text, searched in place: a store has thousands of segments, and most lookups in one of them
 * are few. Lines of one kind follow each other.
 */
export class IndexText {
  readonly text: string;
  readonly #starts: Readonly<Record<Kind, number>>;
  /** The last lookup of each kind: most callers ask for several properties of one name. */
  readonly #last: Partial<Record<Kind, { readonly name: string; readonly rest: string | undefined }>> = {};

  /** @param text starts with the line of the order; matches its digest */
  constructor(text: string) {
    this.text = text;
    let from = text.indexOf('\n');
    const starts = {} as Record<Kind, number>;
    for (const kind of KINDS) {
      const at = text.indexOf(`\n${kind} `, from);
      starts[kind] = from = at < 0 ? from : at;
    }
    this.#starts = starts;
  }

  blob(digest: Digest): SegmentSpan | undefined {
    return this.#span('blob', digest);
  }

  run(id: string): SegmentSpan | undefined {
    return this.#span('run', id);
  }

  /** The run that a reference by key or by name points to. */
  ref(space: 'keys' | 'scenarios', name: string): string | undefined {
    return this.#after(space === 'keys' ? 'key' : 'name', name);
  }

  #span(kind: Kind, name: string): SegmentSpan | undefined {
    const [at, size] = this.#after(kind, name)?.split(' ') ?? [];
    return at === undefined ? undefined : { at: Number(at), size: Number(size) };
  }

  /** The rest of the line with a name. */
  #after(kind: Kind, name: string): string | undefined {
    const last = this.#last[kind];
    if (last?.name === name) return last.rest;
    const rest = this.#find(`\n${kind} ${name} `, this.#starts[kind]);
    this.#last[kind] = { name, rest };
    return rest;
  }

  #find(head: string, start: number): string | undefined {
    const at = this.text.indexOf(head, start);
    if (at < 0) return undefined;
    const from = at + head.length;
    return this.text.slice(from, this.text.indexOf('\n', from));
  }
}

/** Total length of the texts in memory, in characters: those of some 250,000 tiny runs. */
const KEPT = 64 * 1024 * 1024;

/** The last used indexes of segments, as texts. */
export class IndexTexts {
  readonly #texts = new Map<Digest, IndexText>();
  #length = 0;

  /** @param read returns the lines; undefined if they are damaged */
  of(digest: Digest, read: () => string | undefined): IndexText | undefined {
    const kept = this.#texts.get(digest);
    if (kept !== undefined) return kept;
    const lines = read();
    if (lines === undefined) return undefined;
    const text = new IndexText(lines);
    this.#texts.set(digest, text);
    this.#length += lines.length;
    for (const [oldest] of this.#texts) {
      if (this.#length <= KEPT || oldest === digest) break;
      this.delete(oldest);
    }
    return text;
  }

  delete(digest: Digest): void {
    this.#length -= this.#texts.get(digest)?.text.length ?? 0;
    this.#texts.delete(digest);
  }
}
