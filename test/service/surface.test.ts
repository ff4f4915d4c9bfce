import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import type { Health, LogPage } from '../../lib/service/wire/index.js';
import { REFUSALS, Service } from '../../lib/service/index.js';
import { ApiClient } from './api-client.js';
import { openService, serviceOptions } from './service-in-process.js';
import { startService } from './service-process.js';
import { writeDocuments } from './service-documents.js';
import { temporary } from './temporary.js';

type OpenApiPaths = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        {
          readonly operationId: string;
          readonly parameters: readonly object[];
          readonly requestBody?: object;
        }
      >
    >
  >
>;

void t.test('the OpenAPI document is valid and matches the operations', async (t) => {
  const { service } = await openService(t);
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
    readonly openapi: string;
    readonly paths: OpenApiPaths;
    readonly components: { readonly schemas: Record<string, object> };
  };
  t.equal(document.openapi, '3.1.0');
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  );
  t.strictSame(
    described.sort(),
    service.operations.map(({ method, path, id }) => `${method} ${path} ${id}`).sort(),
  );
  t.equal(new Set(service.operations.map(({ id }) => id)).size, service.operations.length, 'ids are unique');
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, 'doc', false, false);
  for (const name of Object.keys(document.components.schemas))
    t.ok(ajv.compile({ $ref: `doc#/components/schemas/${name}` }), name);
  // The service compiles these only when a request needs them.
  for (const at of requestSchemas(document.paths)) t.ok(ajv.getSchema(`doc#/${at}`), at);
  const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name!,
  );
  t.strictSame(
    refs.filter((name) => !(name in document.components.schemas)),
    [],
  );
});

/** Pointers to the schemas that requests are validated with. */
function* requestSchemas(paths: OpenApiPaths): Generator<string> {
  const step = (text: string): string => encodeURIComponent(text.replaceAll('/', '~1'));
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
      const at = `paths/${step(path)}/${method}`;
      for (const index of parameters.keys()) yield `${at}/parameters/${String(index)}/schema`;
      if (requestBody !== undefined) yield `${at}/requestBody/content/application~1json/schema`;
    }
}

void t.test('the docs page lists all operations and problems', async (t) => {
  const { service } = await openService(t);
  const answer = await fetch(`${service.url}/docs`);
  t.match(answer.headers.get('content-type'), /^text\/html/);
  t.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
  const page = await answer.text();
  for (const { id, method, path } of service.operations) {
    t.ok(page.includes(`<article id="${id}">`), id);
    t.ok(page.includes(`<code>${method.toUpperCase()} ${path}</code>`), path);
  }
  for (const code of Object.keys(REFUSALS)) t.ok(page.includes(`id="problem-${code}"`), code);
  t.notMatch(page, /<script|style=|https?:\/\//);
  t.equal((await fetch(`${service.url}/docs.css`)).status, 200);
});

void t.test('health, metrics and log of the service are served', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  t.match((await api.get<Health>('/health')).body, {
    live: true,
    ready: true,
    scenarios: 6,
    store: { ok: true, runs: 0 },
  });
  await api.get('/nothing-here');
  const { text, headers } = await api.get('/metrics');
  t.match(headers.get('content-type'), /^text\/plain/);
  t.match(text, /^aether_active_runs 0$/m);
  t.match(text, /aether_http_request_duration_seconds_count\{operation="getHealth",status="200"\} 1/);
  t.match(text, /operation="other",status="404"/);
  const log = (await api.get<LogPage>('/logs')).body;
  t.equal(log.entries[0]?.event_type, 'service_start');
  t.strictSame((await api.get<LogPage>(`/logs?since=${log.next_cursor}`)).body.entries, []);
});

void t.test('HEAD is answered like GET, without a body', async (t) => {
  const { service } = await openService(t);
  const answer = await fetch(`${service.url}/state`, { method: 'HEAD' });
  t.equal(answer.status, 200);
  t.equal(await answer.text(), '');
  t.ok(Number(answer.headers.get('content-length')) > 100);
});

void t.test('addresses other than loopback need a token', async (t) => {
  const { directory, store } = await openService(t);
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    const options = await serviceOptions(directory, { store, host, state: `${directory}/other` });
    await t.rejects(Service.start(options), { code: 'SERVICE_NEEDS_TOKEN' }, host);
  }
});

void t.test('serve reads a token from the environment and reports start-up errors', async (t) => {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory);
  const service = await startService(directory, [], { AETHER_TOKEN: 'from-the-environment' });
  atEnd(() => service.kill());
  t.equal((await fetch(`${service.url}/state`)).status, 401);
  const api = await ApiClient.open(service.url, 'from-the-environment');
  t.equal((await api.get('/state')).status, 200);
  const port = new URL(service.url).port;
  await t.rejects(startService(directory, ['--port', port, '--state', 'elsewhere']), /PORT_TAKEN/);
  await t.rejects(
    startService(directory, ['--host', '0.0.0.0', '--state', 'elsewhere']),
    /SERVICE_NEEDS_TOKEN/,
  );
  await t.rejects(
    startService(directory, ['--manifests', 'missing.yaml', '--state', 'elsewhere']),
    /missing\.yaml/,
  );
  t.notMatch(service.errors(), /from-the-environment/, 'no output contains the token');
  t.equal(await service.stop(), 0);
});
