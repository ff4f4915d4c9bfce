import { ByteWriter } from './byte-writer.js';

/** Writers that are kept, and bytes of the largest of them: short runs need a dozen small ones each. */
const KEPT = 32;
const LARGEST = 1 << 16;

const free: ByteWriter[] = [];

/** An empty writer; give it back where it is sure that nobody uses it or a view of it any more. */
export function borrowWriter(): ByteWriter {
  return free.pop() ?? new ByteWriter();
}

/** False for a writer that stays with its user, because it is large or there are enough. */
export function returnWriter(writer: ByteWriter): boolean {
  writer.reset();
  if (free.length >= KEPT || writer.bytes.length > LARGEST) return false;
  free.push(writer);
  return true;
}
