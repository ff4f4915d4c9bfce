import t, { type Test } from 'tap';
import type { Page } from 'playwright-core';
import { openDashboard, overhang, withoutBrowser, type OpenPage } from './browser.js';
import { post, startRun } from './served-runs.js';

const skip = withoutBrowser();

const BUTTONS = ['Start', 'Pause', 'Step', 'Resume', 'Stop'];

/** A dashboard on which Start runs a scenario. */
async function openWith(
  inner: Test,
  scenario: string,
  options: Parameters<typeof openDashboard>[1] = {},
): Promise<OpenPage> {
  const opened = await openDashboard(inner, { at: '/scenarios', ...options });
  await post(opened, `/scenarios/${scenario}/activate`);
  await opened.page.goto(`${opened.url}/#/dashboard`);
  await card(opened.page, 'Run').getByRole('button', { name: 'Start' }).waitFor();
  return opened;
}

function card(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}

/** Waits until the run is in a state, and returns the enabled buttons. */
async function pressable(page: Page, state: string): Promise<string[]> {
  const run = card(page, 'Run');
  await run.getByText(state, { exact: true }).waitFor();
  const enabled: string[] = [];
  for (const name of BUTTONS) {
    const button = run.getByRole('button', { name, exact: true });
    if ((await button.count()) > 0 && (await button.isEnabled())) enabled.push(name);
  }
  return enabled;
}

function press(page: Page, name: string): Promise<void> {
  return card(page, 'Run').getByRole('button', { name, exact: true }).click();
}

void t.test('without a run and a scenario the dashboard links to the scenarios', { skip }, async (inner) => {
  const { page, complaints, violations } = await openDashboard(inner, { at: '/dashboard' });
  inner.strictSame(await pressable(page, 'idle'), [], 'no button is enabled');
  await page.getByText('Nothing to show yet').waitFor();
  await page.getByText('No checks yet').waitFor();
  inner.equal(await card(page, 'Pillars').getByRole('heading', { level: 3 }).count(), 5);
  inner.strictSame(await violations(), []);
  await card(page, 'Run').getByRole('link', { name: 'Choose a scenario' }).click();
  await page.waitForURL(/#\/scenarios$/);
  inner.strictSame(complaints, []);
});

void t.test('a run is started paused, stepped, resumed, paused and stopped', { skip }, async (inner) => {
  const opened = await openWith(inner, 'endless');
  const { page, complaints } = opened;
  const run = card(page, 'Run');
  inner.strictSame(await pressable(page, 'idle'), ['Start']);
  await page.getByLabel('start paused').check();
  await press(page, 'Start');
  inner.strictSame(await pressable(page, 'paused'), ['Step', 'Resume', 'Stop']);
  await run.getByText('0 of 200,000,000').waitFor();

  await page.getByLabel('Ticks to step').fill('0');
  inner.strictSame(await pressable(page, 'paused'), ['Resume', 'Stop'], 'no step of zero ticks');
  await page.getByLabel('Ticks to step').fill('5');
  await press(page, 'Step');
  await run.getByText('5 of 200,000,000').waitFor();
  await page.getByRole('img', { name: 'State of every node: 5 nodes, ticks 1 to 5,' }).waitFor();
  await page.getByRole('img', { name: 'Sum of the state, ticks 1 to 5; at the end' }).waitFor();
  await page.getByRole('img', { name: 'Total flux, ticks 1 to 5; at the end' }).waitFor();
  await card(page, 'Pillars').getByText('5 of 200,000,000 ticks').waitFor();

  await press(page, 'Resume');
  inner.strictSame(await pressable(page, 'running'), ['Pause', 'Stop']);
  const rate = run.getByText('Ticks per second').locator('xpath=following-sibling::dd');
  await rate.filter({ hasText: /^[1-9][\d,]*$/ }).waitFor();
  inner.ok(Number((await rate.textContent())!.replaceAll(',', '')) > 0, 'the rate is measured');
  const live = page.getByRole('img', { name: /^State of every node: 5 nodes, ticks 1 to \d{3,},/ });
  await live.waitFor();

  await press(page, 'Pause');
  inner.strictSame(await pressable(page, 'paused'), ['Step', 'Resume', 'Stop']);
  await press(page, 'Stop');
  inner.strictSame(await pressable(page, 'cancelled'), ['Start']);
  await run.getByText(/^stopped after tick \d+$/).waitFor();
  inner.strictSame(complaints, []);
});

void t.test('the controls work by keyboard and keep the focus', { skip }, async (inner) => {
  const { page } = await openWith(inner, 'endless');
  const focused = () => page.evaluate('document.activeElement.textContent');
  await card(page, 'Run').getByRole('button', { name: 'Start' }).focus();
  await page.keyboard.press('Enter');
  await pressable(page, 'running');
  await page.waitForFunction("document.activeElement.textContent === 'Pause'");
  await page.keyboard.press('Enter');
  await pressable(page, 'paused');
  await page.waitForFunction("document.activeElement.textContent === 'Step'");
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  inner.equal(await focused(), 'Resume');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  inner.strictSame(await pressable(page, 'cancelled'), ['Start']);
});

void t.test('a fault is shown with its reason, and another run can be started', { skip }, async (inner) => {
  const { page } = await openWith(inner, 'faulty');
  await press(page, 'Start');
  inner.strictSame(await pressable(page, 'fault as expected'), ['Start']);
  await card(page, 'Run').getByText('DIAGNOSTICS_VIOLATION').first().waitFor();
});

void t.test('diagnostics are refused beside a run and run without one', { skip }, async (inner) => {
  const opened = await openWith(inner, 'endless');
  const { page, complaints } = opened;
  const diagnostics = card(page, 'Diagnostics');
  await press(page, 'Start');
  await pressable(page, 'running');
  await diagnostics.getByRole('button', { name: 'Run SMOKE' }).click();
  const refusal = diagnostics.getByRole('alert');
  await refusal.getByText('diagnostics run alone').waitFor();
  inner.strictSame(await pressable(page, 'running'), ['Pause', 'Stop'], 'no button is disabled');
  await refusal.getByRole('button', { name: 'Dismiss' }).click();
  await refusal.waitFor({ state: 'detached' });

  await press(page, 'Stop');
  await pressable(page, 'cancelled');
  await diagnostics.getByRole('button', { name: 'Run SMOKE' }).click();
  await diagnostics.getByRole('status').getByText('PASSED').waitFor();
  await diagnostics.getByRole('row', { name: /registry PASSED 6 scenarios load/ }).waitFor();
  await diagnostics.getByRole('link', { name: 'Log of run 1 of tiny run' }).waitFor();
  inner.strictSame(complaints, []);
});

void t.test('a refused start shows the reason', { skip }, async (inner) => {
  const opened = await openWith(inner, 'quick');
  const { page } = opened;
  await pressable(page, 'idle');
  await page.route('**/api/v1/state', () => undefined);
  await startRun(opened, { scenario_id: 'endless' });
  await press(page, 'Start');
  await card(page, 'Run')
    .getByRole('alert')
    .getByText(/is active|is running/)
    .waitFor();
  await page.unroute('**/api/v1/state');
  await page.reload();
  inner.strictSame(await pressable(page, 'running'), ['Pause', 'Stop']);
});

void t.test('a service that does not answer is reported until it answers', { skip }, async (inner) => {
  const { page } = await openWith(inner, 'quick');
  await page.route('**/api/v1/state', (route) => route.abort());
  const alert = page.getByRole('alert').getByText('The service does not answer');
  await alert.waitFor();
  inner.ok(await card(page, 'Pillars').isVisible(), 'known values are still shown');
  await page.unroute('**/api/v1/state');
  await alert.waitFor({ state: 'detached' });
});

void t.test('with a run the dashboard fits 390 pixels, light and dark', { skip }, async (inner) => {
  const { page, complaints, violations } = await openWith(inner, 'quick', { width: 390 });
  await press(page, 'Start');
  inner.strictSame(await pressable(page, 'completed'), ['Start']);
  await page.getByRole('img', { name: 'State of every node: 5 nodes, ticks 1 to 24,' }).waitFor();
  await card(page, 'Diagnostics').getByRole('button', { name: 'Run SMOKE' }).click();
  await card(page, 'Diagnostics').getByRole('status').getByText('PASSED').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    inner.equal(await overhang(page), 0, `${colorScheme}: no horizontal overflow`);
    inner.strictSame(await violations(), [], colorScheme);
  }
  inner.strictSame(complaints, []);
});
