import t from 'tap';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/index.js';
import { plannedNames } from '../../lib/service/tables/planned-names.js';
import { writeDocuments } from './service-documents.js';

const MANIFEST = `v: 1
kind: BatchManifest
name: wide
defaults: { v: 1, profile_path: profile.yaml, topology_path: ring.yaml, gid: RING, initial_state: [50, 0, 0, 0, 0] }
scenarios:
  - id: wide
    tags: [wide]
    matrix: { ticks: { range: [1, 5000] } }
    run: { run_id: wide, ticks: 8, windows: { every: 8, apx_name: WIDE } }
  - id: endless
    tags: [endless]
    matrix: { ticks: { range: [1, 1000000000000] } }
    run: { run_id: endless, ticks: 8, windows: { every: 8, apx_name: ENDLESS } }
`;

const list = (() => {
  const loaded = loadManifests([writeDocuments(t.testdir(), MANIFEST)], nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
})();

void t.test('other requests are served while the names of a sweep are listed', async (t) => {
  let turns = 0;
  let isListed = false;
  const turn = (): void => {
    turns++;
    if (!isListed) setImmediate(turn);
  };
  setImmediate(turn);
  const names = await plannedNames({ tag: ['wide'] }, list);
  isListed = true;
  t.equal(names?.size, 5000);
  t.ok(names?.has('wide[ticks=4999]'));
  t.ok(turns >= 3, `${String(turns)} turns`);
});

void t.test('the pages of one table share the names', async (t) => {
  const first = await plannedNames({ tag: ['wide'] }, list);
  t.equal(await plannedNames({ tag: ['wide'] }, list), first);
  t.equal(await plannedNames({}, list), undefined);
  t.equal(
    await plannedNames({ tag: ['none'] }, list).catch(({ code }: { code: string }) => code),
    'invalid-selection',
  );
});

void t.test('a sweep with too many names is refused with the limit', async (t) => {
  await t.rejects(plannedNames({ tag: ['endless'] }, list), {
    code: 'invalid-selection',
    message: /more than 200000 runs including those of endless/,
  });
});
