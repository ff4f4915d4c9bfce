import type { Digest } from '../../base/digest.js';
import type { NameKind } from './index-part.js';
import type { SegmentSpan } from './segment-format.js';

/** Kinds of lines after the first, in their order. */
const KINDS = ['blob', 'run', 'key', 'name'] as const;
type Kind = (typeof KINDS)[number];
const HEADS: Readonly<Record<NameKind, Kind>> = {
  blobs: 'blob',
  runs: 'run',
  keys: 'key',
  scenarios: 'name',
};

/** Lookups of one kind in a text before its lines of this kind are mapped. */
const SEARCHED = 16;

/**
 * The index of a segment as text. A store has thousands of segments, and most lookups in one of them are few: the text is
 * searched in place, until many names are looked up in it. Lines of one kind follow each other.
 */
export class IndexText {
  readonly text: string;
  readonly #starts: Readonly<Record<Kind, number>>;
  /** The last lookup of each kind: most callers ask for several properties of one name. */
  readonly #last: Partial<Record<Kind, { readonly name: string; readonly rest: string | undefined }>> = {};
  readonly #searched: Record<Kind, number> = { blob: 0, run: 0, key: 0, name: 0 };
  readonly #mapped: Partial<Record<Kind, ReadonlyMap<string, string>>> = {};

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

  has(kind: NameKind, name: string): boolean {
    return this.#after(HEADS[kind], name) !== undefined;
  }

  blob(digest: Digest): SegmentSpan | undefined {
    return this.#span('blob', digest);
  }

  run(id: string): SegmentSpan | undefined {
    return this.#span('run', id);
  }

  /** The run that a reference by key or by name points to. */
  ref(space: 'keys' | 'scenarios', name: string): string | undefined {
    return this.#after(HEADS[space], name);
  }

  #span(kind: Kind, name: string): SegmentSpan | undefined {
    const [at, size] = this.#after(kind, name)?.split(' ') ?? [];
    return at === undefined ? undefined : { at: Number(at), size: Number(size) };
  }

  /** The rest of the line with a name. */
  #after(kind: Kind, name: string): string | undefined {
    const last = this.#last[kind];
    if (last?.name === name) return last.rest;
    const mapped = this.#mapped[kind];
    if (mapped !== undefined) return mapped.get(name);
    const rest = this.#find(`\n${kind} ${name} `, this.#starts[kind]);
    this.#last[kind] = { name, rest };
    this.#searched[kind] += 1;
    if (this.#searched[kind] > SEARCHED) this.#mapped[kind] = this.#lines(kind);
    return rest;
  }

  #find(head: string, start: number): string | undefined {
    const at = this.text.indexOf(head, start);
    if (at < 0) return undefined;
    const from = at + head.length;
    return this.text.slice(from, this.text.indexOf('\n', from));
  }

  /** The rest of each line of a kind, by its name; of lines with the same name the first. */
  #lines(kind: Kind): ReadonlyMap<string, string> {
    const { text } = this;
    const head = `\n${kind} `;
    const lines = new Map<string, string>();
    for (let at = this.#starts[kind]; text.startsWith(head, at);) {
      const from = at + head.length;
      const end = text.indexOf('\n', from);
      const space = text.indexOf(' ', from);
      const name = text.slice(from, space);
      if (!lines.has(name)) lines.set(name, text.slice(space + 1, end));
      at = end;
    }
    return lines;
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
