/** The text of a document with its lines, to convert offsets to line and column. */
export class SourceText {
  /** Path as given by the user. */
  readonly file: string;
  readonly text: string;
  #lines: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** 1-based line and column (UTF-16 code units) of an offset. */
  position(offset: number): { line: number; column: number } {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of one line without its line break; undefined beyond the last line. */
  line(number: number): string | undefined {
    const starts = this.#lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    const next = starts[number];
    if (next === undefined) return this.text.slice(start);
    // Not a regular expression: searching for the end would scan the whole line, and a line may be the whole
    // document.
    const isPair = this.text[next - 1] === '\n' && next - 2 >= start && this.text[next - 2] === '\r';
    return this.text.slice(start, next - (isPair ? 2 : 1));
  }

  #lineStarts(): number[] {
    if (this.#lines) return this.#lines;
    const starts = [0];
    const { text } = this;
    for (let at = 0; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 10 || (c === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
    }
    this.#lines = starts;
    return starts;
  }
}

/** Text of UTF-8 bytes (a leading byte order mark is dropped), or the offset of the first byte that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): { text: string } | { badByte: number; before: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const end = longestPrefix(bytes);
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, end));
    return { badByte: end, before: before.replace(/\ufffd$/, '') };
  }
}

function longestPrefix(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isDecodable(bytes.subarray(0, middle), middle < bytes.length)) good = middle;
    else bad = middle;
  }
  return good;
}

function isDecodable(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
