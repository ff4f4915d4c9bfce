import { readFileSync } from 'node:fs';
import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { openSwept } from './swept-page.js';

const skip = withoutBrowser();

void t.test('a sweep is sorted, filtered, shown in columns and downloaded', { skip }, async (inner) => {
  const { page, url, complaints, violations } = await openSwept(inner, { at: '/sweeps' }, 250);
  const shows = (text: string) => page.getByText(text, { exact: true }).waitFor();
  const table = page.getByRole('table', { name: 'Runs' });
  const rows = table.getByRole('row');
  await shows('256 runs; ticks, n, profile vary');
  inner.equal(await table.getAttribute('aria-rowcount'), '257');
  inner.ok((await rows.count()) < 80, 'only visible rows are in the page');
  await page.getByRole('region', { name: 'Rows of the table' }).focus();
  await page.keyboard.press('End');
  await table.getByRole('link', { name: 'ring[ticks=8,profile=cmp-1]' }).waitFor();
  inner.ok((await rows.count()) < 80, 'also at the other end');
  await page.getByLabel('Scenario').selectOption('ring');
  await shows('6 runs; ticks, profile vary');
  const heads = await table.getByRole('columnheader').allTextContents();
  inner.strictSame(heads.slice(1, 4), ['run', 'ticks', 'profile'], 'axes are beside the names');
  const sort = table.getByRole('button', { name: 'press_bits', exact: true });
  await sort.click();
  await sort.click();
  await page.waitForURL(/sort=-press_bits/);
  await rows.nth(1).getByText('ring[ticks=512,profile=cmp-1]').waitFor();
  inner.equal(
    await table.getByRole('columnheader', { name: 'press_bits' }).getAttribute('aria-sort'),
    'descending',
  );
  const conditions = page.getByLabel('Conditions');
  await conditions.fill('tickz>=64');
  await page.getByRole('alert').getByText('There is no column tickz; did you mean ticks?').waitFor();
  inner.equal(await table.count(), 0, 'an invalid query has no rows');
  inner.equal(await conditions.getAttribute('aria-invalid'), 'true');
  inner.strictSame(await violations(), []);
  await conditions.fill('ticks>=64; profile=cmp-1');
  await shows('2 runs; ticks varies');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'state', exact: true }).uncheck();
  await page.getByLabel('Find').fill('W1.S2');
  await page.getByRole('checkbox', { name: 'press_bits.W1.S2' }).check();
  await table.getByRole('columnheader', { name: 'press_bits.W1.S2' }).waitFor();
  inner.equal(await table.getByRole('columnheader', { name: 'state', exact: true }).count(), 0);
  await page.reload();
  await table.getByRole('columnheader', { name: 'press_bits.W1.S2' }).waitFor();
  await shows('2 runs; ticks varies');
  inner.equal(await conditions.inputValue(), 'ticks>=64; profile=cmp-1', 'the URL contains the query');
  await rows.nth(1).getByText('ring[ticks=512,profile=cmp-1]').waitFor();
  for (const format of ['CSV', 'Parquet']) {
    const link = page.getByRole('link', { name: `Download ${format}` });
    const coming = page.waitForEvent('download');
    await link.click();
    const download = await coming;
    inner.equal(download.suggestedFilename(), `runs.${format.toLowerCase()}`);
    const answer = await fetch(new URL((await link.getAttribute('href'))!, url));
    const bytes = Buffer.from(await answer.arrayBuffer());
    inner.ok(readFileSync(await download.path()).equals(bytes), format);
    if (format === 'CSV') inner.match(bytes.toString(), /^run,.*\n"ring\[ticks=512,profile=cmp-1\]"/);
  }
  await page.goto(`${url}/#/sweeps?where=ticks%3E9000`);
  await page.getByText('No run is selected').waitFor();
  inner.strictSame(complaints, []);
});

void t.test(
  'a sweep is drawn as heat map, lines and points, and two rows are compared',
  { skip },
  async (inner) => {
    const { page, complaints, violations } = await openSwept(inner, { at: '/sweeps?scenario=ring' });
    const map = page.getByRole('table', { name: 'press_bits by ticks and profile' });
    await map.waitFor();
    inner.strictSame(await map.getByRole('columnheader').allTextContents(), ['8', '64', '512']);
    inner.strictSame(
      await map
        .getByRole('row', { name: /^cmp-1/ })
        .getByRole('cell')
        .allTextContents(),
      ['81', '643', '5,125'],
    );
    inner.strictSame(await violations(), []);
    await page.getByLabel('Kind').selectOption('line');
    const line = 'press_bits by ticks, grouped by profile: 6 points in 2 groups, from 80 to 5,125';
    await page.getByRole('img', { name: line }).waitFor();
    inner.strictSame(
      await page.getByRole('list', { name: 'Legend: profile' }).getByRole('listitem').allTextContents(),
      ['profile=cmp-0', 'profile=cmp-1'],
    );
    await page.getByText('Points as a table').click();
    await page
      .getByRole('region', { name: 'Points of the chart' })
      .getByRole('row', { name: '512 cmp-1 5125.000000' })
      .waitFor();
    await page.getByLabel('Group by', { exact: true }).selectOption('nothing');
    await page.getByText('Each point is the mean of up to 2 runs.').waitFor();
    await page.getByLabel('Kind').selectOption('scatter');
    await page.getByLabel('Y', { exact: true }).selectOption('max_u');
    await page.getByRole('img', { name: 'max_u by ticks: 6 points, from 5 to 5' }).waitFor();
    await page.waitForURL(/kind=scatter/);
    await page.getByLabel('Kind').selectOption('line');
    await page.getByLabel('Y', { exact: true }).selectOption('ticks');
    await page.getByText('ticks cannot be the value and a column to group by at once.').waitFor();
    inner.strictSame(await violations(), []);
    const boxes = page.getByRole('table', { name: 'Runs' }).getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByText('2 picked').waitFor();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.waitForURL(/#\/history\/compare\?a=\d+-sweep&b=\d+-sweep$/);
    await page.getByRole('heading', { level: 2, name: 'Compare two runs' }).waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test('the view fits 390 pixels in the dark, also while it loads', { skip }, async (inner) => {
  const { page, url, complaints, violations } = await openSwept(inner, { width: 390, scheme: 'dark' });
  let isHeld = true;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/table/page**', async (route) => {
    if (isHeld) await held;
    await route.continue();
  });
  await page.goto(`${url}/#/sweeps?scenario=ring`);
  await page.getByText('Loading the table', { exact: true }).waitFor();
  inner.equal(await page.getByText('0 runs').count(), 0, 'rows that have not arrived are not counted');
  isHeld = false;
  release();
  await page.getByText('6 runs; ticks, profile vary').waitFor();
  await page.getByRole('table', { name: 'press_bits by ticks and profile' }).waitFor();
  inner.equal(await overhang(page), 0, 'no horizontal overflow');
  inner.strictSame(await violations(), []);
  await page.unrouteAll();
  await page.route('**/table/page**', (route) => route.abort());
  await page.getByLabel('State', { exact: true }).selectOption('completed');
  await page.getByText('The table could not be computed').waitFor();
  inner.equal(await page.getByRole('table', { name: 'Runs' }).count(), 0);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByText('6 runs; ticks, profile vary').waitFor();
  inner.strictSame(complaints, []);
});

void t.test('an empty store shows how to start', { skip }, async (inner) => {
  const { page } = await openDashboard(inner, { at: '/sweeps' });
  await page.getByText('No runs yet').waitFor();
  await page.getByRole('link', { name: 'Trends', exact: true }).click();
  await page.getByText('No batches yet').waitFor();
});
