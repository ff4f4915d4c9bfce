/**
 * What is made of a document, once for each and kept as long as the document; of large ones it is made each time. Documents
 * never change.
 */
export class Derived<Document extends object, Value> {
  readonly #values = new WeakMap<Document, Value>();
  readonly #make: (document: Document) => Value;
  readonly #isSmall: (document: Document) => boolean;

  /** @param isSmall true for a document of which the value may be kept */
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

/** What was made last, for callers that mostly ask for the same again: runs of one sweep. */
export class Latest<Key extends readonly unknown[], Value> {
  #last: { readonly key: Key; readonly value: Value } | undefined;

  /** The value of a key; `make` gives it unless the call before had the same key. */
  of(key: Key, make: () => Value): Value {
    const last = this.#last;
    if (last !== undefined && last.key.every((part, n) => part === key[n])) return last.value;
    const value = make();
    this.#last = { key, value };
    return value;
  }
}
