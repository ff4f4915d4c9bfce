import type { ServerResponse } from 'node:http';
import { REFUSALS, type Refusal } from '../refusal.js';
import { headersOf, problemDocument, STATUSES } from './problems.js';
import { SECURITY_HEADER_LIST } from './security-headers.js';

type Headers = Readonly<Record<string, string | readonly string[]>>;

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A complete answer. */
export interface WholeAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Sends a complete body at once. */
export function sendBytes(response: ServerResponse, answer: WholeAnswer): void {
  startAnswer(response, answer);
  response.end(answer.body);
}

/** Writes the head of an answer whose body follows. */
export function startAnswer(response: ServerResponse, { status, body, headers }: WholeAnswer): void {
  const list = [...SECURITY_HEADER_LIST, 'content-length', String(body.length)];
  for (const name in headers) for (const value of lines(headers[name]!)) list.push(name, value);
  response.writeHead(status, list);
}

/** Sends a value as JSON. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Headers } = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  sendBytes(response, { status, body, headers: { ...JSON_TYPE, ...headers } });
}

/** Sends a refusal as application/problem+json (RFC 9457). */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const body = Buffer.from(JSON.stringify(problemDocument(refusal)));
  const headers = { 'content-type': 'application/problem+json', ...headersOf(refusal) };
  sendBytes(response, { status: STATUSES[refusal.code], body, headers });
}

/** A refusal as the bytes of an HTTP response, for sockets without a request object. */
export function rawRefusal(refusal: Refusal): string {
  const body = JSON.stringify(problemDocument(refusal));
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headersOf(refusal),
  };
  const head = Object.entries<string | readonly string[]>(headers).flatMap(([name, value]) =>
    lines(value).map((line) => `${name}: ${line}\r\n`),
  );
  for (let i = 0; i < SECURITY_HEADER_LIST.length; i += 2) {
    head.push(`${SECURITY_HEADER_LIST[i]!}: ${SECURITY_HEADER_LIST[i + 1]!}\r\n`);
  }
  return `HTTP/1.1 ${String(STATUSES[refusal.code])} ${REFUSALS[refusal.code]}\r\n${head.join('')}\r\n${body}`;
}

function lines(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
