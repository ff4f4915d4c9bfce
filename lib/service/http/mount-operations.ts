import { Router, type Request, type Response } from 'express';
import type { CheckedRequest, Operation, Reply } from './operation.js';
import { readJsonBody } from './json-body.js';
import type { Connections } from './connections.js';
import { isKnown } from './etag.js';
import { HttpRefusal } from './problems.js';
import { JSON_TYPE, sendBytes, sendJson } from './replies.js';
import type { RequestChecker, RequestChecks } from './validate-request.js';
import { AT_ONCE, sendLong } from './send-long.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { IncomingMessage } from 'node:http';
import { basicCredentials } from './basic-credentials.js';

const NO_QUERY = {};

/**
 * Mounts operations on a router; every request is validated against the OpenAPI document before its handler
 * runs.
 */
export function mountOperations(
  operations: readonly Operation[],
  checker: RequestChecker,
  connections: Connections,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const methods = new Map<string, string[]>();
  for (const operation of operations) {
    const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
    const checks = checker.checksFor(operation);
    router[operation.method](path, (request, response) =>
      answer({ operation, checks, connections }, request, response),
    );
    methods.set(path, [...(methods.get(path) ?? []), operation.method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) {
    const allow = allowed.includes('GET') ? ['HEAD', ...allowed].sort().join(', ') : allowed.join(', ');
    router.all(path, () => {
      throw new HttpRefusal('method-not-allowed', `This path supports ${allow}`, { allow });
    });
  }
  return router;
}

/** An operation with the validators of its requests. */
interface Mounted {
  readonly operation: Operation;
  readonly checks: RequestChecks;
  readonly connections: Connections;
}

async function answer(mounted: Mounted, request: Request, response: Response): Promise<void> {
  const { operation, connections } = mounted;
  response.locals['operation'] = operation.id;
  const checked = await checkRequest(mounted, request);
  const reply = await operation.handle(checked as CheckedRequest<never, never, never>);
  await send(reply, { request, response, operation, connections });
}

async function checkRequest(
  { operation, checks }: Mounted,
  request: Request,
): Promise<CheckedRequest<unknown, unknown, unknown>> {
  const url = request.originalUrl;
  const mark = url.indexOf('?');
  const query = mark < 0 ? NO_QUERY : checks.query(new URLSearchParams(url.slice(mark + 1)));
  const params = checks.params(request.params);
  const body = operation.method === 'post' ? checks.body(await readJsonBody(request)) : undefined;
  const if_match = request.headers['if-match'];
  const accepts = (types: readonly string[]): string | undefined => request.accepts([...types]) || undefined;
  return { params, query, body, if_match, accepts, who: whoAsks(request), url, raw: request };
}

interface Answering {
  readonly request: Request;
  readonly response: Response;
  readonly operation: Operation;
  readonly connections: Connections;
}

async function send(reply: Reply, { request, response, operation, connections }: Answering): Promise<void> {
  const { status, media } = operation.success;
  if ('stream' in reply) {
    for (const name in SECURITY_HEADERS) response.setHeader(name, SECURITY_HEADERS[name]!);
    const headers = reply.headers ?? {};
    for (const name in headers) response.setHeader(name, headers[name]!);
    if (headers['etag'] !== undefined && isKnown(request.headers['if-none-match'], headers['etag'])) {
      response.removeHeader('content-type');
      response.writeHead(304).end();
      return;
    }
    // Without a body there is nothing to wait for, not even the end of a run.
    if (request.method === 'HEAD') response.writeHead(status, { 'content-type': media!, ...headers }).end();
    else await reply.stream(response);
  } else if ('json' in reply) {
    const answer = { status, body: reply.json, headers: { ...JSON_TYPE, ...reply.headers } };
    const isLong = reply.json.length > AT_ONCE && request.method !== 'HEAD';
    if (isLong) await sendLong(response, connections, answer);
    else sendBytes(response, answer);
  } else {
    sendJson(response, reply.body, { status, headers: reply.headers ?? {} });
  }
}

/** Maximum length of a name. */
const LONGEST = 100;

/** The caller, for audit logs: the user name of basic authentication, otherwise the address. */
function whoAsks({ headers, socket }: IncomingMessage): string {
  const name = (basicCredentials(headers.authorization)?.user ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  return name === '' ? (socket.remoteAddress ?? 'unknown') : name.slice(0, LONGEST);
}
