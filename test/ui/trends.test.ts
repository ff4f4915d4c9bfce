import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import type { BatchRecord } from '../../lib/store/index.js';
import { sampleBatch } from '../store/sample-batch.js';
import { overhang, withoutBrowser } from './browser.js';
import { openFilled } from './swept-page.js';

const skip = withoutBrowser();

type Outcome = BatchRecord['outcomes'][number];

function outcome(name: string, result: string, part: Partial<Outcome> = {}): Outcome {
  const input_key = sha256('key');
  return {
    name,
    input_key,
    state: 'completed',
    run: null,
    result_digest: sha256(result),
    duration_ms: 1,
    ok: true,
    ...part,
  };
}

const NIGHTS: readonly (readonly Outcome[])[] = [
  [outcome('ring[n=1]', 'a'), outcome('ring[n=2]', 'a'), outcome('line', 'a')],
  [outcome('ring[n=1]', 'a'), outcome('ring[n=2]', 'b')],
  [
    outcome('ring[n=1]', 'a', { state: 'cached' }),
    outcome('ring[n=2]', 'b', { state: 'cached' }),
    outcome('line', 'a', { state: 'failed', ok: false, result_digest: null }),
  ],
];

for (const [width, scheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const) {
  void t.test(`the grid of batches is shown with links, ${width} ${scheme}`, { skip }, async (inner) => {
    const opened = await openFilled(inner, { at: '/sweeps/trends', width, scheme }, async (store) => {
      for (const [n, outcomes] of NIGHTS.entries()) {
        const started_at = new Date(Date.UTC(2025, 0, 1 + n)).toISOString();
        await store.putBatch(sampleBatch({ id: `night-${String(n)}`, started_at, outcomes }));
      }
    });
    const { page, url, complaints, violations } = opened;
    await page.getByText('2 rows, the latest 3 batches', { exact: true }).waitFor();
    const grid = page.getByRole('table', { name: 'Trends' });
    const squares = async (name: string): Promise<string[]> =>
      (await grid.getByRole('row', { name }).locator('[data-trend]').all()).reduce<Promise<string[]>>(
        async (all, square) => [
          ...(await all),
          (await square.getAttribute('aria-label'))!.replace(/^.*\d\d:\d\d:\d\d: /, ''),
        ],
        Promise.resolve([]),
      );
    inner.strictSame(await squares('ring'), [
      'first, 2 runs',
      'changed, 1 changed of 2 runs',
      'cached, 2 runs',
    ]);
    inner.strictSame(await squares('line'), ['first', 'absent', 'failed']);
    const legend = page.getByRole('list', { name: 'Legend' }).getByRole('listitem');
    inner.equal(await legend.count(), 6, 'every symbol is explained');
    inner.equal(await overhang(page), 0, 'no horizontal overflow');
    inner.strictSame(await violations(), []);
    await page.getByLabel('Rows').selectOption('run');
    await page.getByText('3 rows, the latest 3 batches', { exact: true }).waitFor();
    await page.getByLabel('Name').fill('n=2');
    await page.getByText('1 row, the latest 3 batches', { exact: true }).waitFor();
    await page.waitForURL(/by=run&name=n%3D2/);
    await page.reload();
    await page.getByText('1 row, the latest 3 batches', { exact: true }).waitFor();
    await page.getByLabel('Name').fill('nothing');
    await page.getByText('No name matches the filter').waitFor();
    await page.goto(`${url}/#/sweeps/trends?by=run`);
    await grid.getByRole('link', { name: /^line, .*: failed$/ }).click();
    await page.waitForURL(/#\/history\/batches\/night-2\?changes=night-0$/);
    const changes = page.getByRole('region', { name: 'Changes since the previous batch' });
    await changes.getByRole('link', { name: 'night-0' }).waitFor();
    await changes.getByRole('row', { name: /^line changed/ }).waitFor();
    inner.strictSame(complaints, []);
  });
}
