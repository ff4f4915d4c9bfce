import t from 'tap';
import { overhang, withoutBrowser } from './browser.js';
import { openMany } from './many-runs.js';

const skip = withoutBrowser();

for (const scheme of ['light', 'dark'] as const) {
  void t.test(`a long list and an opened run fit 390 pixels, ${scheme}`, { skip }, async (inner) => {
    const { page, complaints, violations } = await openMany(inner, {
      at: '/history?result=fault',
      width: 390,
      scheme,
    });
    await page.getByText('250 of 2,500 runs', { exact: true }).waitFor();
    inner.equal(await overhang(page), 0, 'no horizontal overflow');
    inner.strictSame(await violations(), []);
    await page.getByRole('link', { name: 'bench-40', exact: true }).first().click();
    await page.getByRole('region', { name: 'Metrics' }).waitFor();
    inner.equal(await overhang(page), 0, 'also with an opened run');
    inner.strictSame(await violations(), []);
    inner.strictSame(complaints, []);
  });
}
