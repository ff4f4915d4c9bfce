import type { IncomingMessage } from 'node:http';
import { basicCredentials } from './basic-credentials.js';

/** Maximum length of a name. */
const LONGEST = 100;

/** The caller, for audit logs: the user name of basic authentication, otherwise the address. */
export function whoAsks({ headers, socket }: IncomingMessage): string {
  const name = (basicCredentials(headers.authorization)?.user ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  return name === '' ? (socket.remoteAddress ?? 'unknown') : name.slice(0, LONGEST);
}
