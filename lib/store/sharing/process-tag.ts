import { randomBytes } from 'node:crypto';
import type { ProcessIdentity, Processes } from '../../base/ports.js';
import { relative } from '../layout.js';

/**
 * A process's identity as it stands at the front of file names in tmp/ and locks/: `<pid>-<start>-<scope>-`. The name
 * alone tells whom a file belongs to, so a file that a crash left empty or torn can be judged all the same.
 */
export function processTag(identity: ProcessIdentity): string {
  return `${String(identity.pid)}-${identity.start === '' ? 'x' : identity.start}-${identity.scope}`;
}

const TAGGED = /^(\d+)-(\d+|x)-([0-9a-f]+)-[0-9a-z.-]+$/;

/** The owner that a tagged name stands for; undefined when the name is not tagged. */
export function ownerOf(name: string): ProcessIdentity | undefined {
  const match = TAGGED.exec(name);
  if (match === null) return undefined;
  const [, pid, start, scope] = match;
  return { pid: Number(pid), start: start === 'x' ? '' : start!, scope: scope! };
}

// Platforms that hide start times may hand a dead process's tag to a new one; the nonce keeps their files apart.
const nonce = randomBytes(4).toString('hex');
let serial = 0;

/** The path of a new temp file, relative to the store. */
export function newTemp(processes: Processes): string {
  return relative.temp(uniqueName(processes));
}

/** A file name no other thread or process makes: tag, thread, nonce, and a count that this thread's stores share. */
export function uniqueName(processes: Processes): string {
  serial += 1;
  return `${processTag(processes.self)}-${String(processes.thread)}.${nonce}.${serial.toString(36)}`;
}
