import { connect, type Socket } from 'node:net';
import t from 'tap';
import { WebSocket } from 'ws';
import type { LogPage, RunStatus, WireLogEntry } from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { readEvents } from './event-reader.js';
import { writeDocuments } from './service-documents.js';
import { openService, workerExecutor } from './service-in-process.js';
import { startService } from './service-process.js';
import { temporary } from './temporary.js';

async function start(api: ApiClient, body: object): Promise<string> {
  const answer = await api.post<RunStatus>('/runs', body);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.run_id;
}

const finished = (api: ApiClient, id: string): Promise<RunStatus> =>
  until(
    async () => (await api.get<RunStatus>(`/runs/${id}`)).body,
    ({ state }) => state !== 'running',
  );

async function completeRun(t: Parameters<typeof openService>[0]) {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'quick' });
  await finished(api, id);
  const { entries } = (await api.get<LogPage>(`/runs/${id}/logs`)).body;
  return { service, api, id, entries };
}

const asEntry = ({ data }: { readonly data: string }): WireLogEntry => JSON.parse(data) as WireLogEntry;

void t.test('events of a past run are all entries, then the end, then 204', async (t) => {
  const { service, id, entries } = await completeRun(t);
  const reader = await readEvents(`${service.url}/runs/${id}/logs/stream`);
  await reader.ended;
  t.equal(reader.events.at(-1)?.event, 'end');
  t.strictSame(reader.events.slice(0, -1).map(asEntry), entries);
  const half = reader.events[9]!;
  const resumed = await readEvents(`${service.url}/api/v1/runs/${id}/logs/stream`, {
    'last-event-id': half.id!,
  });
  await resumed.ended;
  t.strictSame(
    resumed.events.slice(0, -1).map(asEntry),
    entries.slice(10),
    'resumes after the last event seen',
  );
  const last = reader.events.at(-2)!.id!;
  t.equal((await readEvents(`${service.url}/runs/${id}/logs/stream`, { 'last-event-id': last })).status, 204);
  t.equal((await readEvents(`${service.url}/runs/${id}/logs/stream`, { 'last-event-id': 'o7' })).status, 400);
});

void t.test('filters apply to streams too', async (t) => {
  const { service, id, entries } = await completeRun(t);
  const reader = await readEvents(`${service.url}/runs/${id}/logs/stream?event_type=window_closed`);
  await reader.ended;
  const windows = entries.filter(({ event_type }) => event_type === 'window_closed');
  t.equal(windows.length, 3);
  t.strictSame(reader.events.slice(0, -1).map(asEntry), windows);
  const quiet = await readEvents(`${service.url}/runs/${id}/logs/stream?level=error`);
  await quiet.ended;
  t.strictSame(
    quiet.events.map(({ event }) => event),
    ['end'],
  );
});

void t.test('a log is read by instants and by cursors of any size', async (t) => {
  const { api, id, entries } = await completeRun(t);
  const paged: WireLogEntry[] = [];
  let cursor = '';
  for (;;) {
    const page = (await api.get<LogPage>(`/runs/${id}/logs?limit=4&since=${cursor}`)).body;
    if (page.entries.length === 0) break;
    paged.push(...page.entries);
    cursor = page.next_cursor;
  }
  t.strictSame(paged, entries);
  for (const { timestamp } of entries) {
    const later = (await api.get<LogPage>(`/runs/${id}/logs?since=${encodeURIComponent(timestamp)}`)).body
      .entries;
    t.strictSame(
      later,
      entries.filter((entry) => entry.timestamp > timestamp),
      timestamp,
    );
  }
});

void t.test('a WebSocket receives the entries one by one and is closed at the end', async (t) => {
  const { service, id, entries } = await completeRun(t);
  const received: WireLogEntry[] = [];
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/runs/${id}/logs/stream`);
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as WireLogEntry));
  const code = await new Promise<number>((resolve) => socket.on('close', resolve));
  t.equal(code, 1000);
  t.strictSame(received, entries);
  const refused = new WebSocket(`${service.url.replace('http', 'ws')}/runs/unknown/logs/stream`);
  // The service closes the connection of a refused client, even if the client still sends.
  refused.on('error', () => undefined);
  const status = await new Promise<number>((resolve) => {
    refused.on('unexpected-response', (_request, response) => resolve(response.statusCode!));
  });
  t.equal(status, 404);
});

void t.test('streams follow a run on a worker thread through pauses to its end', async (t) => {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const service = await startService(directory);
  atEnd(() => service.kill());
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'chatty', paused: true });
  const reader = await readEvents(`${service.url}/runs/${id}/logs/stream`);
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/runs/${id}/logs/stream`);
  const messages: string[] = [];
  socket.on('message', (data: Buffer) => messages.push(data.toString()));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await api.post(`/runs/${id}/step`, { ticks: 7 });
  await reader.count(8);
  t.strictSame(
    reader.events.map((event) => asEntry(event).event_type),
    ['run_start', ...Array.from({ length: 7 }, () => 'tick_complete')],
    'all entries of a paused run were sent',
  );
  await api.post(`/runs/${id}/step`, { ticks: 500 });
  await api.post(`/runs/${id}/stop`);
  await reader.ended;
  t.equal(await closed, 1000);
  const { entries } = (await api.get<LogPage>(`/runs/${id}/logs?limit=10000`)).body;
  t.strictSame(
    reader.events.slice(0, -1).map(asEntry),
    entries,
    'no entry is lost between live log and artefact',
  );
  t.strictSame(
    messages.map((data) => JSON.parse(data) as WireLogEntry),
    entries,
  );
});

/** A client that sends a request and never reads. */
function deafClient(port: number, path: string, headers: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${String(port)}\r\n${headers}\r\n`);
  return socket;
}

const HANDSHAKE =
  'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** Each has megabytes in the buffers of the system before the service notices that it does not read. */
const CLIENTS = 40;

void t.test('clients that never read are disconnected, and the run continues', async (t) => {
  const { service } = await openService(t, { client_stall_ms: 200, executor: await workerExecutor() });
  const api = await ApiClient.open(service.url);
  const id = await start(api, { scenario_id: 'chatty' });
  const path = `/runs/${id}/logs/stream`;
  const clients = Array.from({ length: CLIENTS }, (_, n) =>
    deafClient(service.port, path, n % 2 === 0 ? '' : HANDSHAKE),
  );
  const dropped = async (): Promise<number> => {
    const text = (await api.get('/metrics')).text;
    const counts = [...text.matchAll(/^aether_stream_clients_dropped_total\{[^}]*\} (\d+)$/gm)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  };
  await until(dropped, (count) => count === CLIENTS);
  t.match((await api.get('/metrics')).text, /^aether_stream_clients\{transport="sse"\} 0$/m);
  t.match((await api.get('/metrics')).text, /^aether_stream_clients\{transport="websocket"\} 0$/m);
  t.equal((await api.get<RunStatus>(`/runs/${id}`)).body.state, 'running');
  await api.post(`/runs/${id}/stop`);
  for (const client of clients) client.destroy();
});
