import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { AetherError } from '../base/errors.js';
import type { Connections } from './http/connections.js';
import { DOCS_STYLE, docsPage } from './http/docs-page.js';
import type { FrontDoor } from './http/front-door.js';
import { mountOperations } from './http/mount-operations.js';
import { openApiDocument } from './http/openapi.js';
import type { Operation } from './http/operation.js';
import { Refusal } from './refusal.js';
import { HttpRefusal } from './http/problems.js';
import { sendBytes, sendJson, sendRefusal } from './http/replies.js';
import { RequestChecker } from './http/validate-request.js';
import type { ServiceMetrics } from './metrics.js';
import { shownText } from './shown-text.js';
import type { SystemLog } from './system-log.js';

export interface AppOptions {
  readonly operations: readonly Operation[];
  readonly version: string;
  readonly door: FrontDoor;
  readonly connections: Connections;
  /** Why no request is answered any more; undefined while they are. */
  readonly ended: () => Refusal | undefined;
  readonly metrics: ServiceMetrics;
  readonly log: SystemLog;
  /** Serves the dashboard at `/`; null without one. */
  readonly dashboard: Router | null;
}

/**
 * The Express application: front door, operations, their documentation, and problem+json for everything else.
 */
export function createApp(options: AppOptions): Express {
  const { operations, version, door, ended, metrics, dashboard } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  app.use((request, response, next) => {
    measure(response, metrics);
    const refusal = door.refusal(request) ?? ended();
    if (refusal === undefined) next();
    else sendRefusal(response, refusal);
  });
  const document = openApiDocument(operations, version);
  const router = mountOperations(operations, new RequestChecker(document), options.connections);
  app.use('/api/v1', router);
  app.use(router);
  app.use(documents(operations, document, version));
  if (dashboard !== null) app.use(dashboard);
  app.use((request) => {
    throw new Refusal('not-found', `No resource for ${request.method} at this path`);
  });
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows error handlers by their four parameters
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    answerError(error, response, options.log);
  });
  return app;
}

function measure(response: Response, metrics: ServiceMetrics): void {
  const start = performance.now();
  response.on('finish', () => {
    const operation = (response.locals['operation'] as string | undefined) ?? 'other';
    metrics.answered(operation, response.statusCode, (performance.now() - start) / 1000);
  });
}

function documents(operations: readonly Operation[], document: object, version: string): Router {
  const router = express.Router();
  const page = Buffer.from(docsPage(operations, version));
  const style = Buffer.from(DOCS_STYLE);
  router.get('/openapi.json', (_request, response) => {
    sendJson(response, document);
  });
  router.get('/docs', (_request, response) => {
    sendBytes(response, { status: 200, body: page, headers: { 'content-type': 'text/html; charset=utf-8' } });
  });
  router.get('/docs.css', (_request, response) => {
    sendBytes(response, { status: 200, body: style, headers: { 'content-type': 'text/css; charset=utf-8' } });
  });
  for (const path of ['/openapi.json', '/docs', '/docs.css']) {
    router.all(path, () => {
      throw new HttpRefusal('method-not-allowed', 'This path takes GET, HEAD', { allow: 'GET, HEAD' });
    });
  }
  return router;
}

function answerError(error: unknown, response: Response, log: SystemLog): void {
  const refusal = refusalOf(error, log);
  if (response.headersSent) response.destroy();
  else sendRefusal(response, refusal);
}

/** Converts an error to a refusal that clients may see: no stack, no path. */
export function refusalOf(error: unknown, log: SystemLog): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AetherError) return environmentRefusal(error, log);
  const ofFile = fileRefusal(error);
  if (ofFile !== undefined) return ofFile;
  if (error instanceof URIError) return new Refusal('bad-request', 'The URL is malformed');
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.say('ERROR', 'internal_error', shownText(message));
  return new Refusal('internal-error', 'Internal error; see the log of the service');
}

/** Refusals of Express when it sends a file, such as ranges outside the file. */
function fileRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status, headers } = error as Error & { status?: unknown; headers?: Record<string, string> };
  if (status === 416) {
    const range = headers?.['Content-Range'];
    return new HttpRefusal(
      'range-not-satisfiable',
      'The file ends before the range begins',
      range === undefined ? {} : { 'content-range': range },
    );
  }
  if (status === 412)
    return new Refusal('precondition-failed', 'The file does not match the precondition of the request');
  if (status === 400) return new Refusal('bad-request', 'The URL is malformed');
  return status === 403 || status === 404 ? new Refusal('not-found', 'There is no such file') : undefined;
}

function environmentRefusal(error: AetherError, log: SystemLog): Refusal {
  if (error.code === 'RUN_WITHOUT_INPUTS') return new Refusal('unknown-record', shownText(error.message));
  log.say('ERROR', 'environment', `${error.code}: ${shownText(error.message)}`);
  return new Refusal('store-problem', `${error.code}: ${shownText(error.message)}`);
}
