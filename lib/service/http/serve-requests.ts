import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { originForm, type FrontDoor } from './front-door.js';
import { Refusal } from '../refusal.js';
import { sendRefusal } from './replies.js';

export interface RequestServing {
  readonly app: RequestListener;
  readonly door: FrontDoor;
  /** The reason to answer nothing at all any more; undefined while there is none. */
  readonly ended: () => Refusal | undefined;
}

/** Hands requests to the application, whatever form their target has; what expects more than HTTP says is refused. */
export function serveRequests(server: Server, { app, door, ended }: RequestServing): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    request.url = originForm(url, headers.host) ?? url;
    app(request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    // The body that may follow is not waited for.
    response.setHeader('connection', 'close');
    const refusal = new Refusal('expectation-failed', 'Only 100-continue may be expected of this service');
    sendRefusal(response, door.refusal(request) ?? ended() ?? refusal);
  });
}
