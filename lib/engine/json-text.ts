const utf8 = new TextEncoder();

/** UTF-8 bytes of a literal piece of JSON. */
export function piece(text: string): Uint8Array {
  return utf8.encode(text);
}
