import t from 'tap';
import type { WireRemarks } from '../../lib/service/wire/index.js';
import { openDashboard, withoutBrowser } from './browser.js';
import { answerOf, finishedRun } from './served-runs.js';

const skip = withoutBrowser();

/** A text that a page could render as markup, or a spreadsheet evaluate. */
const HOSTILE = '=1+1, "a" <b>&amp; @x';

void t.test(
  'labels and notes of a run are set, replaced and removed in the page',
  { skip },
  async (inner) => {
    const { page, service, complaints, violations } = await openDashboard(inner, { at: '/history' });
    const id = await finishedRun(service.service, { scenario_id: 'quick' });
    const kept = (): Promise<WireRemarks> => answerOf(service.service, `/runs/${id}/remarks`);
    await page.getByRole('link', { name: 'quick', exact: true }).click();
    const section = page.getByRole('region', { name: 'Labels and notes' });
    const field = section.getByLabel('Label as key=value, or a note');
    const say = async (text: string, button: string): Promise<void> => {
      await field.fill(text);
      await section.getByRole('button', { name: button }).click();
    };
    await say(`odd=${HOSTILE}`, 'Set label');
    await section.getByText(`odd=${HOSTILE}`, { exact: true }).waitFor();
    inner.equal(await field.inputValue(), '', 'a saved text leaves the field');
    await say('odd=other', 'Set label');
    await section.getByText('odd=other', { exact: true }).waitFor();
    await say('night=1', 'Set label');
    await section.getByText('night=1', { exact: true }).waitFor();
    inner.strictSame((await kept()).labels, { night: '1', odd: 'other' });
    await section.getByRole('button', { name: 'Remove label odd' }).click();
    await section.getByText('odd=other').waitFor({ state: 'detached' });
    await say(HOSTILE, 'Keep note');
    await section.getByText(HOSTILE).waitFor();
    inner.match(await kept(), { labels: { night: '1' }, notes: [{ text: HOSTILE }] });
    await say(`long=${'x'.repeat(1001)}`, 'Set label');
    await section.getByRole('alert').waitFor();
    inner.equal((await field.inputValue()).length, 1006, 'a refused text stays in the field');
    inner.strictSame(await violations(), []);
    inner.strictSame(
      complaints.filter((complaint) => !complaint.includes('400')),
      [],
    );
  },
);
