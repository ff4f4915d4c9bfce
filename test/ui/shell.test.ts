import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';

const skip = withoutBrowser();

void t.test('the tabs are reached by keyboard and have separate URLs and titles', { skip }, async (inner) => {
  const { page, complaints } = await openDashboard(inner);
  const titles: string[] = [];
  for (const link of await page.getByRole('navigation', { name: 'Tabs' }).getByRole('link').all()) {
    await link.focus();
    await page.keyboard.press('Enter');
    const name = (await link.textContent())!;
    // The heading alone is not sufficient: `#/` shows the first tab already, before its link is followed.
    await page.waitForURL(new URL((await link.getAttribute('href'))!, page.url()).href);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    titles.push(`${new URL(page.url()).hash} ${await page.title()}`);
  }
  inner.strictSame(titles, [
    '#/dashboard Dashboard · Aether',
    '#/scenarios Scenario & Config · Aether',
    '#/pillars Pillars · Aether',
    '#/governance Governance & Budgets · Aether',
    '#/history History & Exports · Aether',
    '#/sweeps Sweeps & Trends · Aether',
    '#/logs Logs & Console · Aether',
  ]);
  inner.strictSame(complaints, []);
});

for (const scheme of ['light', 'dark'] as const) {
  void t.test(
    `without runs every tab shows how to start, at 390 pixels, ${scheme}`,
    { skip },
    async (inner) => {
      const { page, complaints, violations } = await openDashboard(inner, { width: 390, scheme });
      const tabs = ['dashboard', 'scenarios', 'pillars', 'governance', 'history', 'sweeps', 'logs'];
      for (const tab of [...tabs, 'sweeps/trends']) {
        await page.goto(`${new URL(page.url()).origin}/#/${tab}`);
        await page.waitForLoadState('networkidle');
        inner.equal(await overhang(page), 0, `${tab}: no horizontal overflow`);
        inner.strictSame(await violations(), [], tab);
      }
      inner.strictSame(complaints, []);
    },
  );
}
