import t from 'tap';
import type { TickView, WindowView } from '../../lib/service/wire/index.js';
import { openDashboard, withoutBrowser } from './browser.js';
import { answerOf, finishedRun, startRun, stepRun, stopRun } from './served-runs.js';

const skip = withoutBrowser();

void t.test('the chain, its I-blocks and further pages are shown', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url, complaints } = open;
  const id = await startRun(open, { scenario_id: 'endless', paused: true });
  await stepRun(open, id, 60);
  await page.goto(`${url}/#/pillars/loom`);
  await page.getByRole('img', { name: /^Chain value C_t, ticks 1 to 60;/ }).waitFor();
  await stopRun(open, id);
  const links = page.getByRole('region', { name: 'Links of the chain' });
  await links.getByRole('row').nth(24).waitFor();
  const marked = await links
    .getByRole('row')
    .filter({ has: page.getByRole('button') })
    .allInnerTexts();
  inner.strictSame(
    marked.map((text) => text.split('\t')[0]),
    ['8', '16', '24'],
  );
  await links.getByRole('button', { name: 'I-block of tick 16' }).click();
  const card = page.getByRole('region', { name: 'I-block of tick 16' });
  const { i_block, p_block } = await answerOf<TickView>(open, `/runs/${id}/ticks/16`);
  await card.getByText((i_block!['post_u'] as number[]).join(', '), { exact: true }).waitFor();
  const row = await links.getByRole('row').nth(16).getByRole('cell').allInnerTexts();
  inner.equal(Number(row[1]!.replaceAll(',', '')), p_block['s_t']);
  inner.equal(Number(row[2]!.replaceAll(',', '')), p_block['C_t']);
  await page.getByRole('button', { name: 'Next tick' }).click();
  await page.getByText('Tick 17 has no I-block').waitFor();
  await page.getByRole('button', { name: 'Last', exact: true }).click();
  await page.getByText('49–60 of 60 ticks').waitFor();
  await links.getByRole('button', { name: 'I-block of tick 56' }).waitFor();
  inner.strictSame(complaints, []);
});

void t.test('windows are shown with the costs of their streams in every scheme', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url } = open;
  const run = await finishedRun(open, { scenario_id: 'quick' });
  await page.goto(`${url}/#/pillars/press?run=${run}`);
  const windows = await answerOf<readonly WindowView[]>(open, `/runs/${run}/windows`);
  inner.equal(windows.length, 3);
  for (const { manifest } of windows) {
    await page.getByRole('cell', { name: String(manifest!['manifest_check']), exact: true }).waitFor();
  }
  const second = windows[1]!;
  await page.getByRole('button', { name: second.window_id }).click();
  await page.getByRole('heading', { name: `Bits of ${second.window_id}` }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: `Bits of ${second.window_id}` }).waitFor();
  const streams = second.candidates!['streams'] as readonly {
    readonly stream_id: string;
    readonly chosen: string;
    readonly candidates: readonly { readonly L_total: number }[];
  }[];
  for (const { stream_id, chosen, candidates } of streams) {
    const table = page.getByRole('region', { name: `Candidates for ${stream_id}` });
    const totals = (await table.getByRole('cell').allInnerTexts()).filter((text) => text !== '');
    inner.strictSame(
      totals.map((text) => Number(text.replaceAll(',', ''))),
      candidates.map(({ L_total }) => L_total),
    );
    inner.match(await table.getByRole('rowheader', { name: /chosen$/ }).innerText(), chosen);
  }
});

void t.test('U-ledger entries are verified, and differences are listed', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url } = open;
  const run = await finishedRun(open, { scenario_id: 'quick' });
  await page.goto(`${url}/#/pillars/aether?run=${run}`);
  await page.getByRole('button', { name: 'Verify tick 2' }).click();
  await page.getByText('ok, 5 hashes agree').waitFor();
  await page.route(/\/ledger\/3\/verify$/, async (route) => {
    const verdict = (await (await route.fetch()).json()) as { fields: { field: string }[] };
    const fields = verdict.fields.map((field) =>
      field.field === 'umx_ledger_hash' ? { ...field, ok: false, expected: 'f'.repeat(64) } : field,
    );
    await route.fulfill({ json: { ...verdict, ok: false, fields } });
  });
  await page.getByRole('button', { name: 'Verify tick 3' }).click();
  await page.getByText('differs: umx_ledger_hash').waitFor();
  await page.getByText(`the artefact has ${'f'.repeat(64)}`).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText('17–24 of 24 ticks').waitFor();
  await page.getByRole('button', { name: 'Verify tick 17' }).waitFor();
  inner.equal(await page.getByRole('button', { name: /^Verify tick/ }).count(), 8);
  const envelopes = page.getByRole('region', { name: 'Envelopes of the tick' }).getByRole('row');
  await envelopes.nth(1).waitFor();
  const all = await answerOf<readonly { layer: string }[]>(open, `/runs/${run}/envelopes?tick=24`);
  inner.equal(await envelopes.count(), all.length + 1);
  await page.getByLabel('Layer').selectOption('GOV');
  await page.getByText('No GOV envelopes at tick 24').waitFor();
  await page.getByLabel('Layer').selectOption('DATA');
  await page.getByRole('cell', { name: 'DATA', exact: true }).waitFor();
  inner.equal(await envelopes.count(), 2);
});

void t.test('motifs of the Codex, or the reason for their absence, are shown', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/dashboard' });
  const { page, url } = open;
  const governed = await finishedRun(open, { scenario_id: 'governed' });
  const quick = await finishedRun(open, { scenario_id: 'quick' });
  await page.goto(`${url}/#/pillars/codex?run=${governed}`);
  const motifs = await answerOf<readonly unknown[]>(open, `/runs/${governed}/motifs`);
  inner.ok(motifs.length > 0);
  await page.getByRole('cell', { name: 'MOTIF_0001' }).first().waitFor();
  const table = page.getByRole('region', { name: 'Motifs learnt' }).getByRole('table');
  inner.equal(await table.getAttribute('aria-rowcount'), String(motifs.length + 1));
  await page.getByLabel('Run', { exact: true }).selectOption(quick);
  await page.getByText('The Codex learnt no motifs in this run').waitFor();
  await page.getByText('without governance the Codex does not run').waitFor();
  inner.match(page.url(), quick);
});

void t.test('unknown runs, faults and a temporarily failing service are shown', { skip }, async (inner) => {
  const open = await openDashboard(inner, { at: '/pillars/loom?run=20260101000000000-0000000000' });
  const { page, url, complaints } = open;
  await page.getByText('Pick another run above').waitFor();
  const faulty = await finishedRun(open, { scenario_id: 'faulty' });
  await page.goto(`${url}/#/pillars/umx?run=${faulty}`);
  await page.getByText(/^diagnostics stop the run at tick 1/).waitFor();
  await page.getByRole('img', { name: /^Graph of 5 nodes and 5 edges, tick 1;/ }).waitFor();
  await page.goto(`${url}/#/pillars/aether?run=${faulty}`);
  await page.getByText('No entries from tick 1 on').waitFor();
  await page.goto(`${url}/#/pillars/press?run=${faulty}`);
  await page.getByText('It ends at tick 8; the run ended after tick 1.').waitFor();
  const run = await finishedRun(open, { scenario_id: 'quick' });
  await page.route(/\/chain\?/, (route) =>
    route.fulfill({ status: 503, json: { code: 'store-problem', detail: 'The disk is away' } }),
  );
  await page.goto(`${url}/#/pillars/loom?run=${run}`);
  await page.getByRole('alert').getByText('The disk is away').waitFor();
  await page.getByRole('img', { name: /^Chain value C_t, ticks 1 to 24;/ }).waitFor();
  await page.unroute(/\/chain\?/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'I-block of tick 8' }).waitFor();
  inner.strictSame(complaints, []);
});
