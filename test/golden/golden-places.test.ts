import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadManifests } from '../../lib/config/index.js';
import { goldenPlaceOf, goldenPlaces, GoldenTree } from '../../lib/golden/index.js';
import { nodeProcesses, nodeTreeFiles } from '../../lib/platform/index.js';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { memoryFiles } from '../config/memory-files.js';
import { scratch } from './sample-golden.js';

const SCENARIOS = `
  - {id: plain, golden: true, run: ${RUN}}
  - {id: swept, golden: true, run: ${RUN}, matrix: {ticks: [4, 8]}}
  - {id: placed, golden: ../golden/elsewhere, run: ${RUN}}
  - {id: below, golden: ../golden/below, run: ${RUN}, matrix: {ticks: [4, 8]}}
  - {id: none, golden: false, run: ${RUN}}
`;

/** Names that some scenario requests, whose goldens are obsolete or at a path, and unknown names. */
const NAMES = [
  'plain',
  'swept[ticks=4]',
  'swept[ticks=9]',
  'swept',
  'placed',
  'elsewhere',
  'below[ticks=8]',
  'below/below[ticks=8]',
  'none',
  'gone',
  'plain/deep',
  'nothing',
];

void t.test('the place of one name is that in the list of all', async (t) => {
  const directory = scratch(t);
  const at = (name: string): string => join(directory, 'manifests', name);
  const files = {
    [at('all.yaml')]: manifest(SCENARIOS),
    [at('pair.yaml')]: TOPOLOGY,
    [at('cmp-0.yaml')]: PROFILE,
  };
  const loaded = loadManifests([at('all.yaml')], memoryFiles(files));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  for (const golden of [
    'plain',
    'swept[ticks=9]',
    'elsewhere',
    'below/below[ticks=8]',
    'none',
    'gone',
    'plain/deep',
  ]) {
    mkdirSync(join(directory, 'golden', golden), { recursive: true });
    writeFileSync(join(directory, 'golden', golden, 'golden.json'), '{}');
  }
  const tree = new GoldenTree(join(directory, 'golden'), nodeTreeFiles, nodeProcesses());
  const all = new Map((await goldenPlaces(tree, loaded.value)).map((place) => [place.name, place]));
  t.strictSame([...all.keys()].sort(), [
    'below[ticks=4]',
    'below[ticks=8]',
    'gone',
    'none',
    'placed',
    'plain',
    'plain/deep',
    'swept[ticks=4]',
    'swept[ticks=8]',
    'swept[ticks=9]',
  ]);
  for (const name of NAMES) t.strictSame(await goldenPlaceOf(tree, loaded.value, name), all.get(name), name);
});
