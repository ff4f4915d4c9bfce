import type { Spot } from './tree.js';

/**
 * Finds the positions of the parts of a container in a valid JSON text on demand. A container is scanned
 * once.
 */
export class JsonSpots {
  readonly #text: string;
  readonly #known = new Map<number, Spot>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The parts of the map or list whose bracket is at an offset. */
  at(start: number): Spot {
    let spot = this.#known.get(start);
    if (!spot) this.#known.set(start, (spot = this.#scan(start)));
    return spot;
  }

  #scan(start: number): Spot {
    const spot: Spot = { start, keys: [], keyAt: [], valueAt: [] };
    const isMap = this.#text[start] === '{';
    let at = this.#skipSpace(start + 1);
    while (at < this.#text.length && !'}]'.includes(this.#text[at]!)) {
      if (isMap) {
        const end = this.#endOfString(at);
        spot.keys.push(JSON.parse(this.#text.slice(at, end)) as string);
        spot.keyAt.push(at);
        at = this.#skipSpace(this.#skipSpace(end) + 1);
      }
      spot.valueAt.push(at);
      at = this.#skipSpace(this.#endOfValue(at));
      if (this.#text[at] === ',') at = this.#skipSpace(at + 1);
    }
    return spot;
  }

  #endOfValue(start: number): number {
    let depth = 0;
    for (let at = start; at < this.#text.length;) {
      const c = this.#text[at]!;
      if (c === '"') {
        at = this.#endOfString(at);
        if (depth === 0) return at;
        continue;
      }
      if (c === '{' || c === '[') depth++;
      else if (c === '}' || c === ']') {
        depth--;
        if (depth === 0) return at + 1;
        if (depth < 0) return at;
      } else if (depth === 0 && (c === ',' || c <= ' ')) return at;
      at++;
    }
    return this.#text.length;
  }

  #endOfString(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      const c = this.#text[at];
      if (c === '"') return at + 1;
      if (c === '\\') at++;
    }
    return this.#text.length;
  }

  #skipSpace(at: number): number {
    while (this.#text.charCodeAt(at) <= 0x20) at++;
    return at;
  }
}
