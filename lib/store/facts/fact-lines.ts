import { sha256 } from '../../base/digest.js';
import type { RunFacts } from './run-facts.js';

/** Length of the checksum at the start of a line. */
const SUM = 16;
const SPACE = 32;

/** The line of a run: a checksum, the id, the facts as JSON. */
export function factLine(facts: RunFacts): string {
  const body = `${facts.id} ${JSON.stringify(facts)}`;
  return `${sha256(body).slice(0, SUM)} ${body}\n`;
}

/** Parses a line without its newline; undefined if it is damaged. */
export function readFactLine(line: string): RunFacts | undefined {
  const body = line.slice(SUM + 1);
  if (sha256(body).slice(0, SUM) !== line.slice(0, SUM)) return undefined;
  return JSON.parse(body.slice(body.indexOf(' ') + 1)) as RunFacts;
}

/** The id in a line. Nothing is verified. */
export function idOfFactLine(line: Uint8Array): string {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.length);
  return bytes.toString('latin1', SUM + 1, bytes.indexOf(SPACE, SUM + 1));
}

/** The text of a line's bytes. */
export function textOfLine({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}
