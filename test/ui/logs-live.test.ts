import t from 'tap';
import { openDashboard, withoutBrowser } from './browser.js';
import { list, look, says } from './logs-page.js';
import { startRun, stepRun, stopRun, ticked } from './served-runs.js';

const skip = withoutBrowser();

void t.test('the log of a run is followed live, and is unchanged while paused', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/logs' });
  const { page, complaints } = opened;
  const run_id = await startRun(opened, { scenario_id: 'chatty', paused: true });
  const step = (ticks: number) => stepRun(opened, run_id, ticks);
  await page.getByRole('status', { name: 'Log: live' }).waitFor();
  await step(3);
  await list(page).getByText('Tick 3 complete').waitFor();

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('status', { name: 'Log: paused' }).waitFor();
  await step(2);
  await ticked(opened, run_id, 5);
  inner.equal(await list(page).getByText('Tick 5 complete').count(), 0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await list(page).getByText('Tick 5 complete').waitFor();
  inner.equal(await list(page).getByText('Tick 3 complete').count(), 1, 'no entry is repeated');

  const follow = page.getByRole('button', { name: 'Follow' });
  inner.equal(await follow.getAttribute('aria-pressed'), 'true');
  await step(200);
  await list(page).getByText('Tick 205 complete').waitFor();
  await list(page).hover();
  await page.mouse.wheel(0, -600);
  await page.locator('button[aria-pressed="false"]', { hasText: 'Follow' }).waitFor();
  const held = await list(page).getByRole('option').first().textContent();
  await step(50);
  await says(page, /^256 of 256 entries shown$/);
  inner.equal(
    await list(page).getByRole('option').first().textContent(),
    held,
    'the read entries keep their position',
  );
  await follow.click();
  await list(page).getByText('Tick 255 complete').waitFor();
  await stopRun(opened, run_id);
  await page.getByRole('status', { name: 'Log: ended' }).waitFor();
  inner.strictSame(complaints, []);
});

void t.test('the page contains only the visible rows of a long log', { skip }, async (inner) => {
  const opened = await openDashboard(inner, { at: '/scenarios' });
  const { page, complaints } = opened;
  const run_id = await startRun(opened, { scenario_id: 'chatty' });
  await ticked(opened, run_id, 40_000);
  const { ticks_completed } = await stopRun(opened, run_id);
  await look(page, `/logs?run=${run_id}`);
  await page.getByRole('status', { name: 'Log: ended' }).waitFor({ timeout: 40_000 });
  const last = list(page).getByText(`Tick ${String(ticks_completed)} complete`);
  await last.waitFor();
  const few = async (where: string): Promise<void> => {
    const rows = await list(page).getByRole('option').count();
    inner.ok(rows > 10 && rows < 80, `${where}: ${rows} rows`);
  };
  await few('at the end');
  await list(page).focus();
  await page.keyboard.press('Home');
  await list(page).getByText('Tick 1 complete').waitFor();
  await few('at the beginning');
  const size = Number(await list(page).getByRole('option').first().getAttribute('aria-setsize'));
  inner.ok(size > 40_000, `${size} entries are loaded`);
  await page.evaluate(
    "{ const list = document.querySelector('[role=listbox]'); list.scrollTop = list.scrollHeight / 2; }",
  );
  const middle = Math.floor(size / 2);
  await list(page).locator(`[aria-posinset="${middle}"]`).waitFor();
  await few('in the middle');
  const row = list(page).locator(`[aria-posinset="${middle + 10}"]`);
  const chosen = (await row.textContent())!;
  const cursor = (await row.getAttribute('id'))!.split('-').at(-1)!;
  await row.click();
  // The previous key has put another entry into the URL; it is written shortly after the selection.
  await page.waitForURL(({ href }) => href.endsWith(`entry=${cursor}`));
  await page.reload();
  const selected = list(page).getByRole('option', { selected: true });
  await selected.waitFor();
  inner.equal(await selected.textContent(), chosen, 'a shared link selects the same entry');
  await page.getByLabel('Text').fill('Tick 39999 ');
  await says(page, /^1 of [\d,]+ entries shown$/);
  inner.strictSame(complaints, []);
});
