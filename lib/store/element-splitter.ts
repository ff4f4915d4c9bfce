const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const END_OF_LIST = 0x5d;

/**
 * Extracts the objects of one list from the bytes of a JSON object, piece by piece, without holding them. The
 * list is a direct member of the object; the other members must fit into memory.
 */
export class ElementSplitter {
  readonly #mark: string;
  #rest: Buffer = Buffer.alloc(0);
  /** The text before the elements; undefined until they start. */
  #head: string | undefined;
  /** The bytes after the elements, once they have ended. */
  #tail: Buffer[] | undefined;

  /** @param key of the list */
  constructor(key: string) {
    this.#mark = `${JSON.stringify(key)}:[`;
  }

  /** The object with an empty list, after all bytes are pushed; undefined if they are not such an object. */
  finish(): unknown {
    if (this.#head === undefined || this.#tail === undefined) return undefined;
    return JSON.parse(`${this.#head}${Buffer.concat(this.#tail).toString('utf8')}`);
  }

  /** The elements that end in these bytes; the bytes are not kept. */
  push(bytes: Buffer): readonly unknown[] {
    if (this.#tail !== undefined) {
      this.#tail.push(Buffer.from(bytes));
      return [];
    }
    let text = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (this.#head === undefined) {
      const from = this.#begin(text);
      if (from === undefined) {
        this.#rest = Buffer.from(text);
        return [];
      }
      text = text.subarray(from);
    }
    return this.#split(text);
  }

  /**
   * Position of the start of the list. A match nested deeper is rejected: the text before it is not a
   * complete object then.
   */
  #begin(text: Buffer): number | undefined {
    for (let at = text.indexOf(this.#mark); at !== -1; at = text.indexOf(this.#mark, at + 1)) {
      const from = at + this.#mark.length;
      const head = text.toString('utf8', 0, from);
      try {
        JSON.parse(`${head}]}`);
        this.#head = head;
        return from;
      } catch {
        // A later match may be the list.
      }
    }
    return undefined;
  }

  #split(text: Buffer): readonly unknown[] {
    const { end, isLast } = this.#endOfWhole(text);
    const rest = Buffer.from(text.subarray(end));
    if (isLast) this.#tail = [rest];
    else this.#rest = rest;
    // Elements of two pieces are separated by a comma.
    const from = text[0] === 0x2c ? 1 : 0;
    return end <= from ? [] : (JSON.parse(`[${text.toString('utf8', from, end)}]`) as unknown[]);
  }

  /** Position after the last element that ends in the text, and whether the list ends there. */
  #endOfWhole(text: Buffer): { readonly end: number; readonly isLast: boolean } {
    let end = 0;
    let depth = 0;
    let isText = false;
    for (let at = 0; at < text.length; at++) {
      const byte = text[at]!;
      if (isText) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) isText = false;
      } else if (byte === QUOTE) isText = true;
      else if (byte === OPEN) depth++;
      else if (byte === CLOSE) {
        if (--depth === 0) end = at + 1;
      } else if (byte === END_OF_LIST && depth === 0) {
        return { end, isLast: true };
      }
    }
    return { end, isLast: false };
  }
}
