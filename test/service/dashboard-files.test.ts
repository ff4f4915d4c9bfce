import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { dashboardFiles } from '../../lib/service/index.js';
import { openService } from './service-in-process.js';

function built(place: string): string {
  const directory = join(place, 'ui');
  mkdirSync(join(directory, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>here</title>');
  writeFileSync(join(directory, 'assets', 'index-B1yNemwy.js'), 'export {};');
  writeFileSync(join(directory, '.hidden'), 'not for other origins');
  return directory;
}

void t.test('the dashboard is served at /; assets are cached, the page is revalidated', async (inner) => {
  const { service } = await openService(inner, ({ directory }) =>
    Promise.resolve({ dashboard: dashboardFiles(built(directory)) }),
  );
  const page = await fetch(`${service.url}/`);
  inner.equal(page.status, 200);
  inner.match(await page.text(), '<title>here</title>');
  inner.match(page.headers.get('content-type'), 'text/html');
  inner.equal(page.headers.get('cache-control'), 'no-cache');
  inner.match(page.headers.get('content-security-policy'), "default-src 'none'");
  inner.equal(page.headers.get('x-content-type-options'), 'nosniff');
  const part = await fetch(`${service.url}/assets/index-B1yNemwy.js`);
  inner.match(part.headers.get('cache-control'), 'immutable');
  inner.match(part.headers.get('content-type'), 'javascript');
});

void t.test('an unknown file is a problem document, and operations keep their paths', async (inner) => {
  const { service } = await openService(inner, ({ directory }) =>
    Promise.resolve({ dashboard: dashboardFiles(built(directory)) }),
  );
  for (const path of [
    '/.hidden',
    '/assets',
    '/assets/',
    '/nothing.js',
    '/..%2findex.html',
    '/assets/..%2f..%2fdocs',
  ]) {
    const answer = await fetch(`${service.url}${path}`);
    inner.equal(answer.status, 404, path);
    inner.match(answer.headers.get('content-type'), 'application/problem+json', path);
  }
  inner.match(await (await fetch(`${service.url}/state`)).json(), { run: null });
  inner.equal((await fetch(`${service.url}/`, { method: 'POST' })).status, 404);
});
