import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { goldenTree } from '../../lib/cli/golden/golden-context.js';
import { isCI } from '../../lib/cli/is-ci.js';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles, nodePlatform, systemClock } from '../../lib/platform/index.js';
import { ServiceGoldens } from '../../lib/service/index.js';
import type { ScenarioDetail } from '../../lib/service/wire/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { ApiClient } from '../service/api-client.js';
import { judge } from '../service/golden-judgement.js';
import { MANIFEST, writeDocuments } from '../service/service-documents.js';
import { temporary } from '../service/temporary.js';
import {
  launch,
  openDashboard,
  openPage,
  overhang,
  withoutBrowser,
  type OpenPage,
  type PageOptions,
} from './browser.js';
import { finishedRun } from './served-runs.js';
import { readGoldensHere } from '../service/read-goldens-here.js';

const skip = withoutBrowser();

/** Of the whole file, because the service uses the directory of each test. */
const { directory } = temporary(t);

const WITH_GOLDENS = MANIFEST.replace(
  '    tags: [tiny-ones',
  '    golden: true\n    tags: [tiny-ones',
).replace('  - id: sweep\n', '  - id: sweep\n    golden: true\n');

/**
 * A page of a service with two accepted goldens, of which `quick` differs from its latest run, and a third
 * that is missing.
 */
async function openGoldens(
  inner: Test,
  options: PageOptions,
  env: NodeJS.ProcessEnv = {},
): Promise<OpenPage & { readonly api: ApiClient }> {
  const place = mkdtempSync(join(directory, 'goldens-'));
  const store = await openDiskStore({ root: join(place, 'tree'), platform: nodePlatform() });
  const manifest = writeDocuments(place, WITH_GOLDENS);
  const loaded = loadManifests([manifest], nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const tree = goldenTree(join(place, 'golden'));
  const goldens = new ServiceGoldens({
    tree,
    store,
    ...readGoldensHere(tree, store),
    clock: systemClock,
    get read_only() {
      return isCI(env);
    },
  });
  const opened = await openDashboard(inner, {
    ...options,
    service: { store, goldens, manifests: [manifest], registry: loaded.value },
  });
  const api = await ApiClient.open(opened.service.service.url);
  await finishedRun(api, { scenario_id: 'quick' });
  await finishedRun(api, { scenario_id: 'sweep', cell: 'sweep[ticks=8]' });
  for (const name of ['quick', 'sweep[ticks=8]']) await judge(api, 'accept', name, { reason: 'first' });
  const { headers } = await api.get<ScenarioDetail>('/scenarios/quick');
  await api.post(
    '/scenarios/quick',
    { core_params: { ticks_total: 32 } },
    { 'if-match': headers.get('etag')! },
  );
  await finishedRun(api, { scenario_id: 'quick' });
  // A shown difference stays until the user requests the current one.
  await opened.page.reload();
  return { ...opened, api };
}

void t.test(
  'a golden that differs is shown with its difference, and accepted with a reason',
  { skip },
  async (inner) => {
    const { page, complaints, violations } = await openGoldens(inner, { at: '/history' });
    await page
      .getByRole('navigation', { name: 'History views' })
      .getByRole('link', { name: 'Goldens' })
      .click();
    const list = page.getByRole('table', { name: 'Goldens' });
    await list.getByRole('row', { name: /^sweep\[ticks=8\] agrees .* first$/ }).waitFor();
    await page.getByRole('button', { name: 'differs 1' }).click();
    await list.getByRole('row', { name: /^sweep/ }).waitFor({ state: 'detached' });
    await list.getByRole('link', { name: 'quick' }).click();
    inner.match(page.url(), /#\/history\/goldens\/quick\?state=differs$/);
    const card = page.getByRole('region', { name: 'quick', exact: true });
    await card.getByText(/changed inputs/).waitFor();
    const lines = (await card.getByRole('region', { name: 'Difference of the records' }).innerText()).split(
      '\n',
    );
    inner.ok(
      lines.some((line) => line.startsWith('+')) || lines.some((line) => line.startsWith('-')),
      'signs tell',
    );
    inner.strictSame(await violations(), []);
    await card.getByRole('button', { name: 'Accept latest run' }).click();
    await card.getByRole('alert').getByText('Say why the new result is right.').waitFor();
    const reason = card.getByRole('textbox', { name: 'Reason' });
    inner.equal(await reason.getAttribute('aria-invalid'), 'true');
    await reason.fill('more ticks were asked for');
    await card.getByRole('button', { name: 'Accept latest run' }).click();
    await card.getByText('Accepted: quick is now compared with this result.').waitFor();
    await card.getByText('The run agrees with its golden.').waitFor();
    await page.getByRole('button', { name: 'agrees 2' }).click();
    await list.getByRole('row', { name: /^quick agrees .* more ticks were asked for$/ }).waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test(
  'names with brackets have URLs, and refusals are shown, at 390 pixels',
  { skip },
  async (inner) => {
    const at = `/history/goldens/${encodeURIComponent('sweep[ticks=8]')}`;
    const { page, complaints, violations, service } = await openGoldens(inner, {
      at,
      width: 390,
      scheme: 'dark',
    });
    const card = page.getByRole('region', { name: 'sweep[ticks=8]', exact: true });
    await card.getByText('The run agrees with its golden.').waitFor();
    await page.goto(`${service.service.url}/#/history/goldens/quick`);
    await page.getByRole('region', { name: 'Difference of the records' }).waitFor();
    inner.equal(await overhang(page), 0, 'no horizontal overflow');
    inner.strictSame(await violations(), []);
    await page.goto(`${service.service.url}/#/history/goldens/${encodeURIComponent('sweep[ticks=16]')}`);
    await page.getByText('There is no run of this name to compare or accept').waitFor();
    inner.equal(
      await page.getByRole('link', { name: 'Run sweep as a batch' }).getAttribute('href'),
      '#/history/batches?scenario=sweep',
    );
    await page.goto(`${service.service.url}/#/history/goldens/nobody`);
    await page.getByRole('alert').getByText('There is no golden or run with the name nobody').waitFor();
    inner.strictSame(complaints, []);
  },
);

void t.test('the second of two operators is notified of a change', { skip }, async (inner) => {
  const { page, complaints, api } = await openGoldens(inner, { at: '/history/goldens/quick' });
  const card = page.getByRole('region', { name: 'quick', exact: true });
  await card.getByText(/changed inputs/).waitFor();
  await card.getByRole('textbox', { name: 'Reason' }).fill('more ticks were asked for');
  inner.equal((await judge(api, 'accept', 'quick', { reason: 'by somebody else' })).status, 200);
  await card.getByRole('button', { name: 'Accept latest run' }).click();
  await card.getByText('Changed since you opened it').waitFor();
  await card.getByText(/changed inputs/).waitFor();
  await card.getByRole('button', { name: 'Show the current difference' }).click();
  await card.getByText('The golden already has this result.').waitFor();
  const list = page.getByRole('table', { name: 'Goldens' });
  await list.getByRole('row', { name: /^quick agrees .* by somebody else$/ }).waitFor();
  inner.strictSame(
    complaints.filter((line) => !/412/.test(line)),
    [],
  );
});

void t.test('only the first of two simultaneous judgements counts', { skip }, async (inner) => {
  const opened = await openGoldens(inner, { at: '/history/goldens/quick' });
  const other = await openPage(await launch(inner), opened.url, { at: '/history/goldens/quick' });
  const cards = [opened.page, other.page].map((page) =>
    page.getByRole('region', { name: 'quick', exact: true }),
  );
  const [first, second] = [cards[0]!, cards[1]!];
  for (const card of cards) await card.getByText(/changed inputs/).waitFor();
  await second.getByRole('textbox', { name: 'Reason' }).fill('mine is right');
  await first.getByRole('textbox', { name: 'Reason' }).fill('this one is right');
  await first.getByRole('button', { name: 'Accept latest run' }).click();
  await first.getByText('Accepted: quick is now compared with this result.').waitFor();
  await second.getByRole('button', { name: 'Accept latest run' }).click();
  await second.getByText('Changed since you opened it').waitFor();
  inner.equal(await second.getByText(/^Accepted:/).count(), 0);
  await second.getByRole('button', { name: 'Show the current difference' }).click();
  await second.getByText('The golden already has this result.').waitFor();
  const list = other.page.getByRole('table', { name: 'Goldens' });
  await list.getByRole('row', { name: /^quick agrees .* this one is right$/ }).waitFor();
});

void t.test('accepting is refused with the reason if goldens are read-only', { skip }, async (inner) => {
  const env: NodeJS.ProcessEnv = {};
  const { page, complaints } = await openGoldens(inner, { at: '/history/goldens/quick' }, env);
  env['CI'] = 'true';
  await page.reload();
  await page.getByRole('textbox', { name: 'Reason' }).fill('in a hurry');
  await page.getByRole('button', { name: 'Accept latest run' }).click();
  await page
    .getByRole('alert')
    .getByText(/read-only because CI is set/)
    .waitFor();
  inner.equal(
    await page.getByRole('textbox', { name: 'Reason' }).inputValue(),
    'in a hurry',
    'typed text is kept',
  );
  inner.strictSame(complaints, []);
});

void t.test('without goldens the page describes how to create some', { skip }, async (inner) => {
  const { page, complaints } = await openDashboard(inner, {
    at: '/history/goldens',
    service: { goldens: null },
  });
  await page.getByText('No goldens here').waitFor();
  inner.equal(await page.getByRole('alert').count(), 0, 'this is not an error');
  inner.strictSame(complaints, []);
});
