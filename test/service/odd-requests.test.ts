import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { dashboardFiles, Service } from '../../lib/service/index.js';
import { openService, serviceOptions } from './service-in-process.js';
import { rawRequest, requestText, type RawAnswer } from './raw-request.js';

/** Legal but unusual requests. */

const DEMANDED = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];

async function open(t: Test) {
  const opened = await openService(t, async ({ directory }) => {
    const built = join(directory, 'built');
    mkdirSync(built);
    writeFileSync(join(built, 'index.html'), '<!doctype html><title>0123456789</title>');
    return Promise.resolve({ dashboard: dashboardFiles(built) });
  });
  const { port } = opened.service;
  const host = `127.0.0.1:${String(port)}`;
  const ask = async (line: string, headers: Record<string, string> = {}, body = ''): Promise<RawAnswer> => {
    const answer = await rawRequest(port, requestText(line, { host, ...headers }, body));
    for (const name of DEMANDED)
      if (answer.headers[name] === undefined) t.fail(`${line} lacks ${name}`, { answer });
    if (answer.status >= 400) {
      t.equal(answer.headers['content-type'], 'application/problem+json', line);
      t.equal((JSON.parse(answer.body) as { status: number }).status, answer.status, line);
    }
    return answer;
  };
  return { ...opened, host, ask };
}

void t.test('ranges of files are served', async (t) => {
  const { ask } = await open(t);
  const part = await ask('GET /index.html', { range: 'bytes=0-14' });
  t.match(part, { status: 206, body: '<!doctype html>', headers: { 'content-range': 'bytes 0-14/40' } });
  t.match(await ask('GET /index.html', { range: 'bytes=-7' }), { status: 206, body: 'title>' });
  for (const range of ['bytes=40-', 'bytes=99999-', 'bytes=99999-100000', 'bytes=50-60']) {
    const answer = await ask('GET /', { range });
    t.equal(answer.status, 416, range);
    t.equal(answer.headers['content-range'], 'bytes */40', range);
    t.match(answer.body, /"code":"range-not-satisfiable"/);
  }
  // Several ranges, other units and invalid ranges are answered with the whole file, as HTTP allows.
  for (const range of ['bytes=0-1,3-4', 'lines=0-3', 'bytes=x', 'nonsense'])
    t.match(await ask('GET /', { range }), { status: 200 }, range);
  for (const path of ['/state', '/openapi.json', '/docs', '/metrics'])
    t.equal((await ask(`GET ${path}`, { range: 'bytes=99999999-' })).status, 200, path);
  t.match(await ask('GET /', { 'if-match': '"other"' }), { status: 412 });
});

void t.test('expectations of requests are met or refused', async (t) => {
  const { ask, service, host } = await open(t);
  for (const [line, headers] of [
    ['GET /state', {}],
    ['GET /', {}],
    ['POST /runs', { 'content-type': 'application/json', 'content-length': '2' }],
    ['GET /nothing', {}],
  ] as const) {
    const answer = await ask(line, { ...headers, expect: 'x' });
    t.equal(answer.status, 417, line);
    t.match(answer.body, /"code":"expectation-failed"/);
  }
  const foreign = requestText('GET /state', { host: 'attacker.example', expect: 'x' });
  t.equal((await rawRequest(service.port, foreign)).status, 403, 'access is checked first');
  const text = requestText('POST /runs', {
    host,
    'content-type': 'application/json',
    'content-length': '2',
    expect: '100-continue',
  });
  t.equal((await rawRequest(service.port, text)).status, 100);
});

void t.test('methods are supported or refused per path', async (t) => {
  const { ask, service } = await open(t);
  for (const method of ['TRACE', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'PROPFIND']) {
    const answer = await ask(`${method} /state`);
    t.equal(answer.status, 405, method);
    t.equal(answer.headers['allow'], 'GET, HEAD', method);
  }
  t.match(await ask('OPTIONS *'), { status: 405, headers: { allow: 'GET, HEAD, POST' } });
  const tunnel = await rawRequest(service.port, 'CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n');
  t.match(tunnel, { status: 405, headers: { 'x-content-type-options': 'nosniff' } });
  const run = await fetch(`${service.url}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"scenario_id":"endless","paused":true}',
  });
  const { run_id } = (await run.json()) as { readonly run_id: string };
  for (const path of ['/state', '/docs', '/openapi.json', '/', '/metrics', `/runs/${run_id}/logs/stream`]) {
    const answer = await fetch(`${service.url}${path}`, { method: 'HEAD' });
    t.equal(answer.status, 200, path);
    t.equal(await answer.text(), '', `${path}: ends, without a body`);
  }
});

void t.test('unusual request targets are answered', async (t) => {
  const { ask, host } = await open(t);
  for (const target of [
    `http://${host}/state`,
    `HTTP://${host}/health?`,
    `http://${host}`,
    `https://${host}/docs`,
  ])
    t.equal((await ask(`GET ${target}`)).status, 200, target);
  for (const target of [`http://attacker.example/state`, `http://user@${host}/state`, `ftp://${host}/state`])
    t.equal((await ask(`GET ${target}`)).status, 400, target);
  for (const target of ['//state', '/state//', '/history//x', '/./state', '/x/../state', '/%2fstate'])
    t.equal((await ask(`GET ${target}`)).status, 404, target);
  for (const target of ['/history/%00', '/scenarios/a%2fb', '/state%00', '/%00'])
    t.equal((await ask(`GET ${target}`)).status, 400, target);
});

void t.test('unusual headers and bodies are answered', async (t) => {
  const { ask, host, service } = await open(t);
  const many = Object.fromEntries(Array.from({ length: 98 }, (_, n) => [`x-${String(n)}`, '1']));
  t.equal((await ask('GET /state', many)).status, 200);
  t.match(await ask('GET /state', { ...many, 'x-a': '1', 'x-b': '1' }), { status: 431 });
  const chunked = requestText(
    'POST /runs',
    { host, 'content-type': 'application/json', 'transfer-encoding': 'chunked', trailer: 'x-sum' },
    '17\r\n{"scenario_id":"quick"}\r\n0\r\nx-sum: 1\r\n\r\n',
  );
  t.equal((await rawRequest(service.port, chunked)).status, 201, 'chunks with a trailer');
});

void t.test('a login is requested with two headers', async (t) => {
  const { service } = await openService(t, { token: 'secret-token' });
  const lines = await new Promise<string>((resolve) => {
    const socket = connect(service.port, '127.0.0.1');
    socket.write(requestText('GET /', { host: `127.0.0.1:${String(service.port)}` }));
    socket.once('data', (piece: Buffer) => {
      resolve(piece.toString('latin1'));
      socket.destroy();
    });
  });
  const asked = lines.match(/^www-authenticate: .*$/gim);
  t.strictSame(asked, [
    'www-authenticate: Basic realm="aether", charset="UTF-8"',
    'www-authenticate: Bearer realm="aether"',
  ]);
});

void t.test('blank tokens, and short ones beyond loopback, are refused', async (t) => {
  const { directory } = await openService(t);
  const start = async (host: string, token: string | null): Promise<Service> =>
    Service.start({ ...(await serviceOptions(directory, { state: join(directory, 'other') })), host, token });
  for (const host of ['0.0.0.0', '::'])
    for (const token of [null, '', ' ', '\t\n', '       ', 'short', '  short    '])
      await t.rejects(
        start(host, token),
        { code: 'SERVICE_NEEDS_TOKEN' },
        `${host} ${JSON.stringify(token)}`,
      );
  for (const token of ['', ' ', '\t'])
    await t.rejects(start('127.0.0.1', token), { code: 'SERVICE_NEEDS_TOKEN', message: /blank/ });
  await (await start('127.0.0.1', 'short')).close();
});
