import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { basicCredentials } from './basic-credentials.js';
import { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';
import { MOST_HEADERS, URL_LIMIT } from './limits.js';

export interface FrontDoorOptions {
  /** Accepted values of the Host header. */
  readonly hosts: readonly string[];
  /** Null: no token is required; only for loopback. */
  readonly token: string | null;
}

/**
 * Checks of every request before any route, including WebSocket upgrades: the Host must name this service (so
 * that a foreign name that resolves here gets nothing), as must the Origin, and the token must be right.
 */
export class FrontDoor {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #token: Buffer | null;

  constructor({ hosts, token }: FrontDoorOptions) {
    const lower = hosts.map((host) => host.toLowerCase());
    this.#hosts = new Set(lower);
    this.#origins = new Set(lower.flatMap((host) => [`http://${host}`, `https://${host}`]));
    this.#token = token === null ? null : digestOf(token);
  }

  /** Why a request is refused; undefined to accept it. */
  refusal(request: IncomingMessage): Refusal | undefined {
    const { headers } = request;
    const url = request.url ?? '';
    if (url.length > URL_LIMIT)
      return new Refusal('url-too-long', `A URL may have at most ${String(URL_LIMIT)} characters`);
    if (request.rawHeaders.length > 2 * MOST_HEADERS)
      return new Refusal('headers-too-large', `A request may have at most ${String(MOST_HEADERS)} headers`);
    if (!this.#hosts.has((headers.host ?? '').toLowerCase()) || repeats(request, 'host')) {
      return new Refusal('host-not-allowed', 'The Host header does not name this service');
    }
    const { origin } = headers;
    if (origin !== undefined && !this.#origins.has(origin.toLowerCase())) {
      return new Refusal('origin-not-allowed', 'The request comes from another origin');
    }
    const site = headers['sec-fetch-site'];
    const isNavigation = headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) {
      return new Refusal('origin-not-allowed', 'The request comes from another site');
    }
    if (this.#token !== null && !this.#isAuthorized(headers.authorization)) {
      return new HttpRefusal(
        'unauthorized',
        'Send the token as a bearer token, or as the password of basic authentication',
        // A line for each: browsers take no charset of Basic within a list of schemes.
        { 'www-authenticate': ['Basic realm="aether", charset="UTF-8"', 'Bearer realm="aether"'] },
      );
    }
    if (url === '*')
      return new HttpRefusal('method-not-allowed', 'The request target * is not supported', {
        allow: 'GET, HEAD, POST',
      });
    if (!url.startsWith('/') || /%(?![0-9a-f]{2})/i.test(url) || /%00|[\0\\]/.test(url)) {
      return new Refusal('bad-request', 'The URL is malformed');
    }
    return undefined;
  }

  #isAuthorized(header: string | undefined): boolean {
    // Digests have equal length, so that the time of the comparison does not depend on the input.
    return timingSafeEqual(digestOf(tokenIn(header ?? '')), this.#token!);
  }
}

/**
 * The path and query of a request with an absolute URL, as sent to proxies; undefined if its host is not this
 * service or the URL is not absolute.
 */
export function originForm(url: string, host: string | undefined): string | undefined {
  const [, authority, rest] = /^https?:\/\/([^/?#]*)([^#]*)$/i.exec(url) ?? [];
  if (authority === undefined || rest === undefined) return undefined;
  if (authority.toLowerCase() !== host?.toLowerCase()) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The token of an Authorization header; '' if it has none. */
function tokenIn(header: string): string {
  const [scheme = '', value = ''] = header.split(' ', 2);
  return scheme.toLowerCase() === 'bearer' ? value : (basicCredentials(header)?.password ?? '');
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Node keeps the first of several Host headers; a proxy in front may have kept the last. */
function repeats(request: IncomingMessage, name: string): boolean {
  let seen = 0;
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const header = rawHeaders[i]!;
    if (header.length === name.length && header.toLowerCase() === name) seen++;
  }
  return seen > 1;
}

/** Values of the Host header under which a service on this address is reached. */
export function hostNames(address: string, port: number, extra: readonly string[]): string[] {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  const shown = address.includes(':') ? `[${address}]` : address;
  const any = shown === '0.0.0.0' || shown === '[::]';
  const names = new Set([...(isLoopback(address) || any ? loopback : []), ...(any ? [] : [shown]), ...extra]);
  return [...names].flatMap((name) => {
    if (/:\d+$/.test(name) && !name.endsWith(']')) return [name];
    return port === 80 ? [name, `${name}:80`] : [`${name}:${String(port)}`];
  });
}

/** True if an address reaches only this machine. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}
