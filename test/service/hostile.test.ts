import { isAbsolute, resolve } from 'node:path';
import t, { type Test } from 'tap';
import type { DocumentFiles, TreeFiles } from '../../lib/base/ports.js';
import { nodeDocumentFiles, nodePlatform } from '../../lib/platform/index.js';
import { openService, type InProcessService } from './service-in-process.js';
import { rawRequest, requestText, type RawAnswer } from './raw-request.js';

/**
 * None of these requests may reach a handler: each is refused with 4xx problem+json that contains no data of
 * this machine.
 */

interface Watched extends InProcessService {
  /** Every path accessed. */
  readonly touched: string[];
}

async function watched(t: Test, token: string | null = null): Promise<Watched> {
  const touched: string[] = [];
  const platform = nodePlatform();
  const files = noting(platform.files, touched);
  const documents = noting(nodeDocumentFiles, touched);
  const opened = await openService(t, { platform: { ...platform, files }, documents, token });
  touched.length = 0;
  return { ...opened, touched };
}

/** The same object, which records the first argument of every call. */
function noting<T extends TreeFiles | DocumentFiles>(target: T, touched: string[]): T {
  const entries = Object.entries(target).map(([name, method]) => {
    const noted = (...args: unknown[]): unknown => {
      touched.push(String(args[0]));
      return (method as (...all: unknown[]) => unknown).apply(target, args);
    };
    return [name, noted];
  });
  return Object.fromEntries(entries) as T;
}

function refused(t: Test, { directory, touched }: Watched, answer: RawAnswer, what: string): void {
  const { status, headers, body } = answer;
  const isFine =
    status >= 400 &&
    status < 500 &&
    headers['content-type'] === 'application/problem+json' &&
    headers['x-content-type-options'] === 'nosniff';
  if (!isFine) t.fail(what, { status, headers, body: body.slice(0, 300) });
  const problem = JSON.parse(body) as { readonly status: number; readonly code: string };
  t.equal(problem.status, status, what);
  if (/\n\s+at |\.[jt]s:\d|node_modules/.test(body)) t.fail(`${what}: shows a stack`, { body });
  if (body.includes(directory) || /\/(work|tmp|home|usr|etc)\//.test(body))
    t.fail(`${what}: shows a path`, { body });
  const outside = touched.filter((path) => !resolve(path).startsWith(directory));
  if (outside.length > 0) t.fail(`${what}: looked outside`, { outside: outside.filter(isAbsolute) });
  touched.length = 0;
}

const TRAVERSALS = [
  '..',
  '../..',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2f',
  '..%5c..%5cwindows',
  '..\\..\\windows',
  '%2fetc%2fpasswd',
  'a%00.json',
  '%00',
  'a%2fb',
  '.hidden',
  '-rf',
  'UPPER',
  'a%20b',
  '__proto__',
  'constructor',
  '%E2%80%AE',
  '%ff%fe',
  '%zz',
  'a'.repeat(129),
  'a;ls',
  '$%7BPATH%7D',
  "a'%20or%201=1",
  '%3Cscript%3E',
  'store.json%3F',
];

/** Concrete requests for every route of the Express router. */
function routesOf({ service }: InProcessService): { readonly method: string; readonly path: string }[] {
  interface Layer {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    readonly handle?: { readonly stack?: readonly Layer[] };
  }
  const found = new Map<string, { method: string; path: string }>();
  const walk = (layers: readonly Layer[]): void => {
    for (const { route, handle } of layers) {
      if (route !== undefined) {
        for (const method of ['get', 'post'].filter((name) => route.methods[name])) {
          found.set(`${method} ${route.path}`, { method: method.toUpperCase(), path: route.path });
        }
      } else if (handle?.stack !== undefined) walk(handle.stack);
    }
  };
  walk((service.app.router as unknown as { readonly stack: readonly Layer[] }).stack);
  return [...found.values()];
}

function filled(path: string, value: string): string {
  return path.replace(/:\w+/g, value);
}

void t.test('every route of the router refuses foreign hosts, origins and sites', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const own = `127.0.0.1:${String(port)}`;
  const routes = routesOf(opened);
  t.ok(routes.length > 40, `${String(routes.length)} routes`);
  t.equal(routes.length, opened.service.operations.length + 3, 'the operations and their documents');
  for (const { method, path } of routes) {
    const line = `${method} ${filled(path, 'a1')}`;
    const send = (headers: Record<string, string>): Promise<RawAnswer> =>
      rawRequest(port, requestText(line, headers));
    refused(t, opened, await send({ host: 'attacker.example' }), `${line} foreign host`);
    refused(
      t,
      opened,
      await send({ host: own, origin: 'http://attacker.example' }),
      `${line} foreign origin`,
    );
  }
});

void t.test('hosts and origins are compared exactly', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const own = `127.0.0.1:${String(port)}`;
  const hosts = [
    '127.0.0.1',
    `127.0.0.1:${String(port + 1)}`,
    `${own}.attacker.example`,
    `attacker.example@${own}`,
    `127.1:${String(port)}`,
    `0:${String(port)}`,
    'localhost',
    '',
  ];
  for (const host of hosts)
    refused(t, opened, await rawRequest(port, requestText('GET /state', { host })), `host ${host}`);
  const twice = `GET /state HTTP/1.1\r\nhost: ${own}\r\nhost: attacker.example\r\n\r\n`;
  refused(t, opened, await rawRequest(port, twice), 'two hosts');
  const origins = [
    'null',
    'http://localhost',
    `http://localhost:${String(port + 1)}`,
    `http://${own}.attacker.example`,
    `ftp://${own}`,
    'file://',
  ];
  for (const origin of origins) {
    refused(
      t,
      opened,
      await rawRequest(port, requestText('GET /state', { host: own, origin })),
      `origin ${origin}`,
    );
  }
  refused(
    t,
    opened,
    await rawRequest(
      port,
      requestText('GET /state', { host: own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
    ),
    'another site',
  );
  for (const host of [own, `localhost:${String(port)}`, `[::1]:${String(port)}`]) {
    const answer = await rawRequest(port, requestText('GET /state', { host, origin: `http://${host}` }));
    t.equal(answer.status, 200, host);
  }
});

void t.test('traversal strings in ids are refused', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const withIds = routesOf(opened).filter(({ path }) => path.includes(':'));
  let sent = 0;
  for (const { method, path } of withIds) {
    for (const traversal of TRAVERSALS) {
      const line = `${method} ${filled(path, traversal)}`;
      const answer = await rawRequest(port, requestText(line, { host }));
      refused(t, opened, answer, line.slice(0, 200));
      sent++;
    }
  }
  t.ok(sent > 200, `${String(sent)} requests`);
});

void t.test('invalid bodies are refused', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const json = 'application/json';
  const bodies: readonly (readonly [type: string, body: string])[] = [
    [json, ''],
    [json, '{'],
    [json, '[]'],
    [json, 'null'],
    [json, '"quick"'],
    [json, '12'],
    [json, '{"scenario_id":1}'],
    [json, '{"scenario_id":null}'],
    [json, '{"scenario_id":"../quick"}'],
    [json, '{"scenario_id":"quick","more":1}'],
    [json, '{"scenario_id":"quick","__proto__":{"a":1}}'],
    [json, '{"scenario_id":"quick","overrides":{"constructor":{}}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":0}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":-1}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":1.5}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":1e400}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":9007199254740993}}'],
    [json, '{"scenario_id":"quick","overrides":{"ticks_total":"8"}}'],
    [json, '{"scenario_id":"quick","overrides":{"governance_preset":"ALL"}}'],
    [json, '{"scenario_id":"quick","cell":"sweep[ticks=8]"}'],
    [json, '{"scenario_id":"unknown-one"}'],
    [json, `${'['.repeat(100_000)}`],
    [json, `{"scenario_id":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}`],
    [json, `{"scenario_id":"${'a'.repeat(300_000)}"}`],
    [json, '{"scenario_id":"quick"}\u0000'],
    [json, '\u00ff\u00fe{"scenario_id":"quick"}'],
    ['text/plain', '{"scenario_id":"quick"}'],
    ['application/x-www-form-urlencoded', 'scenario_id=quick'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/json; charset=utf-16', '{"scenario_id":"quick"}'],
    ['application/jsonp', '{"scenario_id":"quick"}'],
    ['', '{"scenario_id":"quick"}'],
  ];
  for (const [type, body] of bodies) {
    const bytes = Buffer.from(body, 'latin1');
    const head = requestText('POST /runs', {
      host,
      'content-type': type,
      'content-length': String(bytes.length),
    });
    refused(
      t,
      opened,
      await rawRequest(port, Buffer.concat([Buffer.from(head), bytes])),
      `${type} ${body.slice(0, 60)}`,
    );
  }
  const huge = requestText('POST /runs', { host, 'content-type': json, 'transfer-encoding': 'chunked' });
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`.repeat(6);
  refused(t, opened, await rawRequest(port, `${huge}${chunk}`), 'chunks that never end');
  for (const encoding of ['gzip', 'br', 'deflate']) {
    const head = requestText(
      'POST /runs',
      { host, 'content-type': json, 'content-encoding': encoding, 'content-length': '2' },
      '{}',
    );
    refused(t, opened, await rawRequest(port, head), encoding);
  }
});

void t.test('invalid requests and parameters are refused', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const lines = [
    'GET //etc/passwd',
    'GET /..%2f..%2fetc%2fpasswd',
    'GET /%2e%2e/%2e%2e/etc/passwd',
    'GET /docs/../../etc/passwd',
    'GET /state/',
    'GET /STATE',
    'GET /%',
    'GET /state?a=%',
    'GET /state?x=1',
    'GET /history?limit=0',
    'GET /history?limit=1001',
    'GET /history?limit=1e3',
    'GET /history?limit=1&limit=2',
    'GET /history?limit[]=1',
    'GET /history?cursor=nonsense',
    'GET /history?cursor=%00',
    'GET /history?scenario_id=../x',
    'GET /history?since=yesterday',
    'GET /history?__proto__=1',
    'GET /compare',
    'GET /compare?a=x',
    'GET /compare?a=../x&b=y',
    'GET /runs/abc/logs?since=o99999',
    'GET /runs/abc/ticks/0',
    'GET /runs/abc/ticks/-1',
    'GET /runs/abc/ticks/1.5',
    'GET /runs/abc/ticks/99999999999999999999',
    'GET /runs/abc/series?metric=all',
    'GET /logs?since=o1',
    'GET /history/abc/export?format=exe',
    'DELETE /state',
    'PUT /governance',
    'PATCH /scenarios/quick',
    'OPTIONS /runs',
    'POST /state',
    'GET /governance/preview',
    'POST /openapi.json',
    'GET /api/v1',
    'GET /api/v2/state',
    'GET /favicon.ico',
    'GET /.git/config',
    `GET /${'a'.repeat(9000)}`,
    `GET /state?${'a'.repeat(9000)}`,
    'GET http://attacker.example/state',
  ];
  for (const line of lines)
    refused(t, opened, await rawRequest(port, requestText(line, { host })), line.slice(0, 80));
  refused(t, opened, await rawRequest(port, 'nonsense\r\n\r\n'), 'nonsense');
  refused(t, opened, await rawRequest(port, 'GET /state HTTP/1.1\r\n\r\n'), 'no host');
  refused(t, opened, await rawRequest(port, 'GET /state HTTP/9.9\r\nhost: a\r\n\r\n'), 'another version');
  refused(
    t,
    opened,
    await rawRequest(port, requestText('GET /state', { host, 'x-large': 'a'.repeat(20_000) })),
    'large headers',
  );
  refused(
    t,
    opened,
    await rawRequest(port, `GET /state HTTP/1.1\r\nhost: ${host}\r\nbad header\r\n\r\n`),
    'a broken header',
  );
  const smuggled = {
    host,
    'content-length': '5',
    'transfer-encoding': 'chunked',
    'content-type': 'application/json',
  };
  refused(t, opened, await rawRequest(port, requestText('POST /runs', smuggled, '0\r\n\r\n')), 'two lengths');
});

void t.test('upgrades are subject to the same checks', async (t) => {
  const opened = await watched(t);
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const path = '/runs/abc/logs/stream';
  const tries: readonly (readonly [line: string, headers: Record<string, string>])[] = [
    [`GET ${path}`, { ...handshake, host: 'attacker.example' }],
    [`GET ${path}`, { ...handshake, host, origin: 'http://attacker.example' }],
    [`GET ${path}`, { ...handshake, host, origin: 'null' }],
    [`GET ${path}`, { ...handshake, host }],
    ['GET /state', { ...handshake, host }],
    ['GET /', { ...handshake, host }],
    [`GET ${path}`, { ...handshake, host, upgrade: 'h2c' }],
    [`POST ${path}`, { ...handshake, host }],
    [`GET ${path}?level=ALL`, { ...handshake, host }],
    [`GET ${path}?x=1`, { ...handshake, host }],
    ...TRAVERSALS.map((id) => [`GET /runs/${id}/logs/stream`, { ...handshake, host }] as const),
  ];
  for (const [line, headers] of tries) {
    refused(
      t,
      opened,
      await rawRequest(port, requestText(line, headers)),
      `upgrade ${line.slice(0, 80)} ${headers['host']!}`,
    );
  }
});

void t.test('only the token gives access', async (t) => {
  const opened = await watched(t, 'secret-token');
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  for (const { method, path } of routesOf(opened)) {
    const line = `${method} ${filled(path, 'a1')}`;
    const answer = await rawRequest(port, requestText(line, { host }));
    t.equal(answer.status, 401, line);
    refused(t, opened, answer, line);
  }
  for (const authorization of [
    'Bearer',
    'Bearer wrong',
    'Bearer secret-token2',
    'Bearer secret-toke',
    'secret-token',
    basic('x:wrong'),
    basic('secret-token'),
    'Digest secret-token',
  ]) {
    refused(
      t,
      opened,
      await rawRequest(port, requestText('GET /state', { host, authorization })),
      authorization,
    );
  }
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  refused(
    t,
    opened,
    await rawRequest(port, requestText('GET /runs/abc/logs/stream', { ...handshake, host })),
    'upgrade',
  );
  for (const authorization of ['Bearer secret-token', basic('anybody:secret-token')]) {
    t.equal(
      (await rawRequest(port, requestText('GET /state', { host, authorization }))).status,
      200,
      authorization,
    );
  }
});
