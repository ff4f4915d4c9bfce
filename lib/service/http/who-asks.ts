import type { IncomingMessage } from 'node:http';
import { basicCredentials } from './basic-credentials.js';

/** Longer names are cut. */
const LONGEST = 100;

/** Who asks, for everything that is recorded: the user name of basic authentication, else the address. */
export function whoAsks({ headers, socket }: IncomingMessage): string {
  const name = (basicCredentials(headers.authorization)?.user ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  return name === '' ? (socket.remoteAddress ?? 'unknown') : name.slice(0, LONGEST);
}
