/** Characters collected before they are encoded. */
const PIECE = 64 << 10;

/** Texts as bytes, collected into pieces. */
export async function* textPieces(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: string[] = [];
  let length = 0;
  for await (const text of texts) {
    waiting.push(text);
    if ((length += text.length) < PIECE) continue;
    yield Buffer.from(waiting.join(''));
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(waiting.join(''));
}
