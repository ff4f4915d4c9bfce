import type { ServerResponse } from 'node:http';
import type { Connections } from '../http/connections.js';
import { operation, type Operation } from '../http/operation.js';
import { RUN_ID } from '../http/path-params.js';
import { Refusal } from '../refusal.js';
import { cursorAt, startOffset } from '../logs/log-cursor.js';
import { logFilter, LOG_FILTER_QUERY } from '../logs/log-filter.js';
import { followLog, type FollowOptions } from '../logs/log-follower.js';
import { linesFrom } from '../logs/log-lines.js';
import type { LogSource } from '../logs/log-source.js';
import { sendEvents } from '../logs/sse-stream.js';
import type { ServiceContext } from '../service-context.js';
import { LOG_PAGE, type LogPage, type WireLogEntry } from '../wire/log.js';
import { integer, text, type InferOptional } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'logs';
const SINCE = {
  since: text('Only entries after this cursor of the log, or after this instant.', { maxLength: 100 }),
};
const LIMIT = {
  limit: integer('Maximum of entries in the answer.', { minimum: 1, maximum: 10_000, default: 1000 }),
};
const PAGE = { status: 200, description: 'Entries, and the cursor of the next page.', schema: ref(LOG_PAGE) };
const PAGE_QUERY = { ...SINCE, ...LOG_FILTER_QUERY, ...LIMIT };
/** Maximum bytes of a log that one request searches. */
const SCAN_LIMIT = 8 * 1024 * 1024;

/** Logs of runs, by page and as streams, and that of the service. */
export function logRoutes(context: ServiceContext): Operation[] {
  return [readLogs(context), streamLogs(context), systemLog(context)];
}

function readLogs({ sources, connections }: ServiceContext): Operation {
  return operation({
    id: 'getRunLogs',
    method: 'get',
    path: '/runs/{run_id}/logs',
    tag: TAG,
    summary: 'Log of a run',
    description:
      'A page before the end may have fewer entries than requested, or none: continue until the cursor no longer changes.',
    params: RUN_ID,
    query: PAGE_QUERY,
    success: PAGE,
    problems: ['unknown-run', 'invalid-cursor'],
    handle: async ({ params, query }) => {
      const source = await sources.of(params.run_id);
      const from = await startOffset(source, query.since);
      return { body: await logPage({ source, connections }, from, query) };
    },
  });
}

async function logPage(
  { source, connections }: { readonly source: LogSource; readonly connections: Connections },
  from: number,
  query: InferOptional<typeof PAGE_QUERY>,
): Promise<LogPage> {
  const { limit = 1000 } = query;
  const filter = logFilter(query);
  const entries: WireLogEntry[] = [];
  let offset = from;
  while (entries.length < limit && offset - from < SCAN_LIMIT) {
    await connections.turn();
    const lines = await linesFrom(source, offset);
    if (lines.length === 0) break;
    for (const line of lines) {
      if (entries.length === limit) break;
      offset = line.end;
      if (filter === null || filter(line.text)) entries.push(JSON.parse(line.text) as WireLogEntry);
    }
  }
  return { entries, next_cursor: cursorAt(offset) };
}

function streamLogs(context: ServiceContext): Operation {
  return operation({
    id: 'streamRunLogs',
    method: 'get',
    path: '/runs/{run_id}/logs/stream',
    tag: TAG,
    summary: 'Log of a run, followed while it is written',
    description:
      'Server-sent events; an event’s id is a cursor, and Last-Event-ID resumes. The same path takes WebSocket upgrades, one entry per message. Ends with an event `end` when the run has ended; 204 if everything was sent before. A client that does not read is disconnected.',
    params: RUN_ID,
    query: { ...SINCE, ...LOG_FILTER_QUERY },
    success: { status: 200, description: 'The stream.', media: 'text/event-stream' },
    problems: ['unknown-run', 'invalid-cursor', 'too-many-streams'],
    handle: async ({ params, query, raw }) => {
      const source = await context.sources.of(params.run_id);
      const resumed = raw.headers['last-event-id'];
      const offset = await startOffset(source, typeof resumed === 'string' ? resumed : query.since);
      if (source.ended && offset >= source.size && resumed !== undefined) return { stream: sendNothing };
      const follow = { run: params.run_id, offset, filter: logFilter(query) };
      return { stream: (response) => streamEvents(response, context, follow) };
    },
  });
}

/** Tells an event source to stop reconnecting: everything was sent before. */
function sendNothing(response: ServerResponse): void {
  response.writeHead(204).end();
}

async function streamEvents(
  response: ServerResponse,
  { sources, growth, metrics, streamLimits, connections }: ServiceContext,
  follow: Pick<FollowOptions, 'run' | 'offset' | 'filter'>,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => {
    closed.abort();
  });
  if (response.destroyed) return;
  response.once('close', connections.takeStream());
  metrics.streams.inc({ transport: 'sse' });
  try {
    const pieces = followLog({
      ...follow,
      sources,
      growth,
      signal: closed.signal,
      turn: () => connections.turn(),
    });
    await sendEvents(response, pieces, streamLimits('sse'));
  } finally {
    metrics.streams.dec({ transport: 'sse' });
  }
}

function systemLog({ log }: ServiceContext): Operation {
  return operation({
    id: 'getServiceLogs',
    method: 'get',
    path: '/logs',
    tag: TAG,
    summary: 'Log of the service',
    description:
      'The last few thousand entries since the start of the service; `dropped` counts the entries after the cursor that are no longer kept.',
    query: PAGE_QUERY,
    success: PAGE,
    problems: ['invalid-cursor'],
    handle: ({ query }) => {
      const from = /^s(\d{1,15})$/.exec(query.since ?? 's0')?.[1];
      if (from === undefined) throw new Refusal('invalid-cursor', 'since is not a cursor of this log');
      const { entries, next, dropped } = log.after(Number(from), query.limit ?? 1000);
      const filter = logFilter(query);
      const shown = filter === null ? entries : entries.filter((entry) => filter(JSON.stringify(entry)));
      const body: LogPage = {
        entries: shown,
        next_cursor: `s${String(next)}`,
        ...(dropped > 0 && { dropped }),
      };
      return { body };
    },
  });
}
