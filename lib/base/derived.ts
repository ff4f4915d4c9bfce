/**
 * Values derived from documents, computed once per document and cached for its lifetime; values of large
 * documents are computed each time. Documents are immutable.
 */
export class Derived<Document extends object, Value> {
  readonly #values = new WeakMap<Document, Value>();
  readonly #make: (document: Document) => Value;
  readonly #isSmall: (document: Document) => boolean;

  /** @param isSmall true for a document whose value is cached */
  constructor(make: (document: Document) => Value, isSmall: (document: Document) => boolean) {
    this.#make = make;
    this.#isSmall = isSmall;
  }

  of(document: Document): Value {
    let value = this.#values.get(document);
    if (value !== undefined) return value;
    value = this.#make(document);
    if (this.#isSmall(document)) this.#values.set(document, value);
    return value;
  }
}

/** Caches the last value, for callers that mostly repeat a key: runs of one sweep. */
export class Latest<Key extends readonly unknown[], Value> {
  #last: { readonly key: Key; readonly value: Value } | undefined;

  /** The value of a key; calls `make` unless the previous call had the same key. */
  of(key: Key, make: () => Value): Value {
    const last = this.#last;
    if (last !== undefined && last.key.every((part, n) => part === key[n])) return last.value;
    const value = make();
    this.#last = { key, value };
    return value;
  }
}
