import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { originForm, type FrontDoor } from './front-door.js';
import { Refusal } from '../refusal.js';
import { sendRefusal } from './replies.js';

export interface RequestServing {
  readonly app: RequestListener;
  readonly door: FrontDoor;
  /** Why no request is answered any more; undefined while they are. */
  readonly ended: () => Refusal | undefined;
}

/**
 * Passes requests to the application, for any form of the request target; unsupported Expect headers are
 * refused.
 */
export function serveRequests(server: Server, { app, door, ended }: RequestServing): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    request.url = originForm(url, headers.host) ?? url;
    app(request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    // Do not wait for the body that may follow.
    response.setHeader('connection', 'close');
    const refusal = new Refusal('expectation-failed', 'Only 100-continue may be expected of this service');
    sendRefusal(response, door.refusal(request) ?? ended() ?? refusal);
  });
}
