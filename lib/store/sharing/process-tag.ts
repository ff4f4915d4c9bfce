import { randomBytes } from 'node:crypto';
import type { ProcessIdentity, Processes } from '../../base/ports.js';
import { relative } from '../layout.js';

/**
 * The identity of a process as a prefix of file names in tmp/ and locks/: `<pid>-<start>-<scope>-`. The name
 * alone identifies the owner, so that a file that a crash left empty or truncated can still be attributed.
 */
export function processTag(identity: ProcessIdentity): string {
  return `${String(identity.pid)}-${identity.start === '' ? 'x' : identity.start}-${identity.scope}`;
}

const TAGGED = /^(\d+)-(\d+|x)-([0-9a-f]+)-[0-9a-z.-]+$/;

/** The owner in a tagged name; undefined if the name is not tagged. */
export function ownerOf(name: string): ProcessIdentity | undefined {
  const match = TAGGED.exec(name);
  if (match === null) return undefined;
  const [, pid, start, scope] = match;
  return { pid: Number(pid), start: start === 'x' ? '' : start!, scope: scope! };
}

// On platforms that hide start times a new process may get the tag of an ended one; the nonce keeps their
// files apart.
const nonce = randomBytes(4).toString('hex');
let serial = 0;

/** The path of a new temporary file, relative to the store. */
export function newTemp(processes: Processes): string {
  return relative.temp(uniqueName(processes));
}

/**
 * A file name that no other thread or process creates: tag, thread, nonce, and a counter shared by all stores
 * of this thread.
 */
export function uniqueName(processes: Processes): string {
  serial += 1;
  return `${processTag(processes.self)}-${String(processes.thread)}.${nonce}.${serial.toString(36)}`;
}
