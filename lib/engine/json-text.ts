const utf8 = new TextEncoder();

/** UTF-8 bytes of a text as a JSON string literal, quotes included; computed once per run, copied per record. */
export function jsonText(text: string): Uint8Array {
  return utf8.encode(JSON.stringify(text));
}

/** UTF-8 bytes of a literal piece of JSON. */
export function piece(text: string): Uint8Array {
  return utf8.encode(text);
}
