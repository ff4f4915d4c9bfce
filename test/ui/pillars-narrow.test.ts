import t from 'tap';
import { openDashboard, overhang, withoutBrowser } from './browser.js';
import { finishedRun } from './served-runs.js';

const skip = withoutBrowser();

for (const scheme of ['light', 'dark'] as const) {
  void t.test(`every pillar fits 390 pixels, ${scheme}`, { skip }, async (inner) => {
    const open = await openDashboard(inner, { at: '/dashboard', width: 390, scheme });
    const { page, url, violations, complaints } = open;
    const run = await finishedRun(open, { scenario_id: 'governed' });
    const shown = {
      umx: page.getByRole('img', { name: /^Graph of 5 nodes/ }),
      loom: page.getByRole('button', { name: 'I-block of tick 8' }),
      press: page.getByRole('heading', { name: /^Bits of / }),
      aether: page.getByRole('button', { name: 'Verify tick 1', exact: true }),
      codex: page.getByRole('cell', { name: 'MOTIF_0001' }).first(),
    };
    for (const [pillar, sign] of Object.entries(shown)) {
      await page.goto(`${url}/#/pillars/${pillar}?run=${run}`);
      await sign.waitFor();
      await page.waitForLoadState('networkidle');
      inner.equal(await overhang(page), 0, `${pillar}: no horizontal overflow`);
      inner.strictSame(await violations(), [], pillar);
    }
    inner.strictSame(complaints, []);
  });
}
