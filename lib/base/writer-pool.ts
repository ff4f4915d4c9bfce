import { ByteWriter } from './byte-writer.js';

/** Maximum of pooled writers: a short run needs a dozen small ones. */
const KEPT = 32;
const LARGEST = 1 << 16;

const free: ByteWriter[] = [];

/** An empty writer; return it only when no user of it or of its views remains. */
export function borrowWriter(): ByteWriter {
  return free.pop() ?? new ByteWriter();
}

/** False if the writer is not pooled, because it is large or the pool is full. */
export function returnWriter(writer: ByteWriter): boolean {
  writer.reset();
  if (free.length >= KEPT || writer.bytes.length > LARGEST) return false;
  free.push(writer);
  return true;
}
