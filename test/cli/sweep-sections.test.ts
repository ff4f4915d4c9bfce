import t from 'tap';
import { htmlReport } from '../../lib/batch/report/document/html-report.js';
import { sweepSections } from '../../lib/cli/commands/batch/sweep-sections.js';
import { AetherError } from '../../lib/base/errors.js';
import { MemoryStore, type RunRecord } from '../../lib/store/index.js';
import { sampleOutcome, sampleReport } from '../batch/sample-report.js';
import { sampleBatch } from '../store/sample-batch.js';
import { keepSweep } from '../service/swept-store.js';

async function swept(store: MemoryStore) {
  const records = await keepSweep(store, { ticks: [8, 64], profiles: ['cmp-0', 'cmp-1'] });
  const report = sampleReport(
    records.map((run: RunRecord) => ({ ...sampleOutcome(run.name), scenario: run.scenario, run: run.id })),
  );
  await store.putBatch(
    sampleBatch({
      id: report.batch,
      outcomes: records.map(({ id, name, input_key, result_digest }) => {
        return { name, input_key, state: 'completed', run: id, result_digest, duration_ms: 1 };
      }),
    }),
  );
  return report;
}

void t.test('the html report of a batch has a drawing and a table of each sweep', async (t) => {
  const store = new MemoryStore();
  const report = await swept(store);
  const [section, ...others] = await sweepSections(store, report, t.fail);
  t.equal(others.length, 0);
  t.match(section, {
    scenario: 'ring',
    columns: ['ticks', 'profile', 'state', 'press_bits'],
    rows: [
      ['8', 'cmp-0', 'completed', '80'],
      ['8', 'cmp-1', 'completed', '81'],
      ['64', 'cmp-0'],
      ['64', 'cmp-1'],
    ],
    total: 4,
  });
  t.match(section!.drawing, /Cells shaded by the mean/);
  const html = htmlReport(report, [{ ...section!, scenario: '<ring>', total: 5 }]);
  t.match(html, '<h2>Sweep &lt;ring&gt;</h2>');
  t.match(html, 'src="data:image/svg+xml;base64,PHN2Zy');
  t.match(html, 'and 1 more: aether table &lt;ring&gt;');
  t.notMatch(html, '<ring>');
  t.notMatch(htmlReport(report), 'Sweep');
});

void t.test('single runs have no section, and damage removes only sections', async (t) => {
  const store = new MemoryStore();
  const report = await swept(store);
  t.strictSame(await sweepSections(store, { ...report, runs: report.runs.slice(0, 1) }, t.fail), []);
  const said: string[] = [];
  store.runIds = () => Promise.reject(new AetherError('STORE_IO', 'the disk is gone'));
  t.strictSame(await sweepSections(store, report, (message) => void said.push(message)), []);
  t.strictSame(said, ['the report has no sweep sections: STORE_IO: the disk is gone']);
});
