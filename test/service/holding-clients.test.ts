import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import t from 'tap';
import type { RunStatus } from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { writeDocuments } from './service-documents.js';
import { openService } from './service-in-process.js';
import { startService } from './service-process.js';
import { temporary } from './temporary.js';

/** Clients that keep their connections open regardless of the service. */

const HANDSHAKE =
  'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** The data that a client sends before it stops; it never closes its side. */
const CLIENTS: Readonly<Record<string, (host: string) => string | Buffer>> = {
  'TLS on a plain port': () => Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]),
  'bytes that are not HTTP': () => 'nonsense\r\n\r\n',
  'a foreign host': () => 'GET /state HTTP/1.1\r\nhost: attacker.example\r\nconnection: close\r\n\r\n',
  'an upgrade of an unknown run': (host) =>
    `GET /runs/nothing/logs/stream HTTP/1.1\r\nhost: ${host}\r\n${HANDSHAKE}\r\n`,
  'an upgrade of another path': (host) => `GET /state HTTP/1.1\r\nhost: ${host}\r\n${HANDSHAKE}\r\n`,
  'an upgrade without a key': (host) =>
    `GET /runs/nothing/logs/stream HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`,
  'a tunnel': () => 'CONNECT example.org:443 HTTP/1.1\r\nhost: example.org:443\r\n\r\n',
  'headers that never end': (host) => `GET /state HTTP/1.1\r\nhost: ${host}\r\nx: ${'a'.repeat(20_000)}`,
  'an expectation': (host) => `GET /state HTTP/1.1\r\nhost: ${host}\r\nexpect: wonders\r\n\r\n`,
};

interface Holding {
  readonly socket: Socket;
  readonly answer: () => string;
  /** Resolves when the service has closed the connection completely. */
  readonly closed: Promise<void>;
}

/** A client that keeps sending occasionally, so that only a closed connection, not a half-closed one, ends it. */
function hold(port: number, bytes: string | Buffer): Holding {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  socket.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
  socket.on('connect', () => socket.write(bytes));
  const timer = setInterval(() => socket.write('x'), 200);
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
  return { socket, answer: () => answer, closed };
}

for (const [what, bytes] of Object.entries(CLIENTS)) {
  void t.test(`${what} is refused and the connection closed by the service`, async (t) => {
    const { service } = await openService(t);
    const clients = Array.from({ length: 5 }, () =>
      hold(service.port, bytes(`127.0.0.1:${String(service.port)}`)),
    );
    for (const { closed, answer } of clients) {
      await closed;
      t.match(answer(), /^HTTP\/1\.1 4\d\d [^]*"code":"[a-z-]+"/);
    }
  });
}

void t.test('silent and idle clients are closed for new ones', async (t) => {
  const { service } = await openService(t, { max_connections: 8 });
  const host = `127.0.0.1:${String(service.port)}`;
  const idle = Array.from({ length: 40 }, (_, n) => {
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    if (n % 3 === 1) socket.write('GET /state HTTP/1.1\r\nho');
    if (n % 3 === 2) socket.write(`GET /state HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    return socket;
  });
  t.teardown(() => idle.forEach((socket) => socket.destroy()));
  await Promise.all(
    idle.slice(0, 32).map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
  );
  t.equal((await fetch(`${service.url}/health`, { headers: { connection: 'close' } })).status, 200);
});

void t.test(
  'a connection beyond the limit is refused if all are busy; streams count separately',
  async (t) => {
    const { service } = await openService(t, { max_connections: 8, max_streams: 3 });
    const api = await ApiClient.open(service.url);
    const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'endless', paused: true })).body;
    const host = `127.0.0.1:${String(service.port)}`;
    const path = `/runs/${run_id}/logs/stream`;
    const first = (socket: Socket): Promise<string> =>
      new Promise((resolve) => {
        socket.once('data', (piece: Buffer) => resolve(piece.toString('latin1')));
      });
    const open = (text: string): Socket => {
      const socket = connect(service.port, '127.0.0.1');
      t.teardown(() => socket.destroy());
      socket.on('error', () => undefined);
      socket.write(text);
      return socket;
    };
    const sse = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
    const upgrade = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${HANDSHAKE}\r\n`;
    const streams = [open(sse), open(upgrade), open(sse)];
    for (const socket of streams) t.match(await first(socket), /^HTTP\/1\.1 (200|101) /);
    for (const text of [sse, upgrade, `GET /api/v1${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`]) {
      const answer = await first(open(text));
      t.match(answer, /^HTTP\/1\.1 503 [^]*retry-after: 5[^]*"code":"too-many-streams"/i);
    }
    streams[1]!.destroy();
    await until(
      () => first(open(sse)),
      (answer) => answer.startsWith('HTTP/1.1 200'),
    );
    // A request whose body does not arrive is busy as well.
    const expecting = `content-type: application/json\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n`;
    const body = `POST /runs HTTP/1.1\r\nhost: ${host}\r\n${expecting}`;
    const health = `GET /health HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
    await Promise.all(Array.from({ length: 5 }, () => first(open(body))));
    const answer = await until(
      async () => {
        await first(open(body));
        return first(open(health));
      },
      (text) => text.includes('too-many-connections'),
    );
    t.match(answer, /^HTTP\/1\.1 503 [^]*retry-after: 5[^]*"code":"too-many-connections"/i);
  },
);

void t.test('an answer that is not read is aborted', async (t) => {
  const { service } = await openService(t, { client_stall_ms: 300, max_streams: 4 });
  const api = await ApiClient.open(service.url);
  const { run_id } = (
    await api.post<RunStatus>('/runs', { scenario_id: 'quick', overrides: { ticks_total: 6_000 } })
  ).body;
  await until(
    () => api.get<RunStatus>(`/runs/${run_id}`),
    ({ body }) => body.state !== 'running',
  );
  const host = `127.0.0.1:${String(service.port)}`;
  const paths = ['tar', 'tar', 'tar', 'tar'].map((format) => `/history/${run_id}/export?format=${format}`);
  const deaf = paths.map((path) => {
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    return socket;
  });
  t.teardown(() => deaf.forEach((socket) => socket.destroy()));
  const another = (): Promise<number> =>
    fetch(`${service.url}${paths[0]!}`).then(async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    });
  t.equal(await until(another, (status) => status === 200), 200, 'their connections are free again');
});

void t.test('many clients do not delay a run and a batch', async (t) => {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const service = await startService(directory, ['--max-connections', '100', '--max-active', '2']);
  atEnd(() => service.kill());
  const api = await ApiClient.open(service.url);
  const port = Number(new URL(service.url).port);
  const { run_id } = (await api.post<RunStatus>('/runs', { scenario_id: 'endless' })).body;
  const ticks = async (): Promise<number> =>
    (await api.get<RunStatus>(`/runs/${run_id}`)).body.ticks_completed ?? 0;
  const descriptors = (): number => readdirSync(`/proc/${String(service.child.pid!)}/fd`).length;
  await until(ticks, (count) => count > 0);
  const before = descriptors();
  const crowd = [...Array(60).keys()].flatMap(() =>
    ['', 'GET /st', ...Object.values(CLIENTS).map((bytes) => bytes(`127.0.0.1:${String(port)}`))].map(
      (bytes) => hold(port, bytes),
    ),
  );
  const started = await ticks();
  const batch = await api.post<{ readonly batch_id: string }>('/batches', {
    scenarios: ['quick'],
    force: true,
  });
  t.equal(batch.status, 201);
  await until(
    () => api.get<{ readonly state: string }>(`/batches/${batch.body.batch_id}`),
    ({ body }) => body.state === 'completed',
  );
  for (let look = 0; look < 20; look++) {
    const health = await fetch(`${service.url}/health`);
    t.equal(health.status, 200);
    await health.arrayBuffer();
    if (descriptors() > before + 250) t.fail(`${String(descriptors())} descriptors`);
  }
  await until(ticks, (count) => count > started);
  t.equal((await api.get<RunStatus>(`/runs/${run_id}`)).body.state, 'running');
  for (const { socket } of crowd) socket.destroy();
  await until(
    () => Promise.resolve(descriptors()),
    (count) => count <= before + 3,
  );
  t.pass('every descriptor is given back');
});
