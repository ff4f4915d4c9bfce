import { request } from 'node:http';

interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

export interface EventReader {
  readonly status: number;
  readonly events: ServerEvent[];
  /** Resolves when the server has closed the stream. */
  readonly ended: Promise<void>;
  /** Resolves when that many events have arrived, or the stream has ended. */
  readonly count: (events: number) => Promise<void>;
  readonly close: () => void;
}

/** Reads server-sent events as a browser does. */
export function readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers }, (response) => {
      const events: ServerEvent[] = [];
      let waiting: { readonly events: number; readonly wake: () => void }[] = [];
      let rest = '';
      let over = false;
      const wake = (): void => {
        for (const waiter of waiting) if (over || events.length >= waiter.events) waiter.wake();
        waiting = waiting.filter((waiter) => !over && events.length < waiter.events);
      };
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        rest += piece;
        const blocks = rest.split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) {
          const event = parse(block);
          if (event !== undefined) events.push(event);
        }
        wake();
      });
      const ended = new Promise<void>((done) => {
        response.on('close', () => {
          over = true;
          wake();
          done();
        });
      });
      const count = (wanted: number): Promise<void> =>
        new Promise((done) => {
          waiting.push({ events: wanted, wake: done });
          wake();
        });
      resolve({ status: response.statusCode!, events, ended, count, close: () => call.destroy() });
    });
    call.on('error', (error) => {
      reject(error);
    });
    call.end();
  });
}

function parse(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const data = fields.get('data');
  return data === undefined
    ? undefined
    : { id: fields.get('id'), event: fields.get('event') ?? 'message', data };
}
