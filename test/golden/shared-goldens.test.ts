import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadManifests, type ScenarioRegistry } from '../../lib/config/index.js';
import {
  goldenPlaces,
  GoldenTree,
  projectReferences,
  sharedGolden,
  sharedGoldens,
} from '../../lib/golden/index.js';
import { nodeProcesses, nodeTreeFiles } from '../../lib/platform/index.js';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { memoryFiles } from '../config/memory-files.js';
import { scratch } from './sample-golden.js';

/** A project in a directory: the manifest is in memory, golden directories are on disk. */
class Project {
  readonly directory: string;
  readonly tree: GoldenTree;

  constructor(t: Test, root = 'golden') {
    this.directory = scratch(t);
    this.tree = new GoldenTree(join(this.directory, root), nodeTreeFiles, nodeProcesses());
  }

  registry(scenarios: string, more = ''): ScenarioRegistry {
    const at = (name: string): string => join(this.directory, 'manifests', name);
    const files = {
      [at('all.yaml')]: `${manifest(scenarios)}\n${more}`,
      [at('pair.yaml')]: TOPOLOGY,
      [at('cmp-0.yaml')]: PROFILE,
    };
    const loaded = loadManifests([at('all.yaml')], memoryFiles(files));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.value;
  }
}

const two = (a: string, b: string): string => `
  - {id: a, golden: ${a}, run: ${RUN}}
  - {id: b, golden: ${b}, run: ${RUN}}
`;

const COLLISIONS: Readonly<Record<string, readonly [scenarios: string, more?: string]>> = {
  'one path': [two('../accepted/x', '../accepted/x')],
  'two spellings of one path': [two('../accepted/x', '../manifests/./../accepted//x/')],
  'paths that differ in case': [two('../accepted/x', '../Accepted/X')],
  'paths that differ in the form of a letter': [two('"../accepted/\\u00e9"', '"../accepted/e\\u0301"')],
  'a path and the usual place': [two('../golden/b', 'true')],
  'the usual place and a path': [two('true', '../golden/a')],
  'a link and its target': [two('../link/x', '../accepted/x')],
  'a linked golden directory': [two('../accepted/linked', '../accepted/x')],
  'a path of a profile': [two('false', 'false'), 'profiles: {ci: {golden: ../accepted/x}}'],
  'a path of a profile and a plain one': [
    two('../accepted/x', 'false').replace('id: b,', 'id: b, retries: 1,'),
    'profiles: {ci: {golden: ../accepted/x}}',
  ],
  'a sweep below a path and a path': [
    `
  - {id: a, golden: ../accepted, run: ${RUN}, matrix: {ticks: [4, 8]}}
  - {id: b, golden: "../accepted/a[ticks=4]", run: ${RUN}}
`.replace('../accepted,', './../accepted,'),
  ],
};

for (const [label, [scenarios, more]] of Object.entries(COLLISIONS)) {
  void t.test(`two runs in one golden directory are refused: ${label}`, async (t) => {
    const project = new Project(t);
    mkdirSync(join(project.directory, 'accepted/x'), { recursive: true });
    symlinkSync('accepted', join(project.directory, 'link'));
    symlinkSync('x', join(project.directory, 'accepted/linked'));
    const registry = project.registry(scenarios, more);
    const problems = await sharedGoldens(project.tree, registry);
    t.match(problems, [{ code: 'shared-golden', file: /all\.yaml$/, line: /^[1-9]/, column: /^[1-9]/ }]);
    t.match(problems[0]?.message, /^the golden of b would be in the directory of the golden of a/);
    t.type(await sharedGolden(project.tree, registry, 'b'), 'string');
  });
}

void t.test('the directory of all goldens is not the golden directory of a run', async (t) => {
  const project = new Project(t);
  t.match(
    await sharedGoldens(project.tree, project.registry(`\n  - {id: a, golden: ../golden/, run: ${RUN}}`)),
    [{ code: 'shared-golden', message: /directory of all goldens/ }],
  );
});

void t.test('runs with separate directories are accepted', async (t) => {
  const project = new Project(t);
  for (const scenarios of [
    two('true', 'true'),
    two('../accepted/a', '../accepted/b'),
    two('../golden/a', 'true'),
    `\n  - {id: a, golden: ../golden/x, run: ${RUN}, matrix: {ticks: [4, 8]}}`,
  ]) {
    t.strictSame(await sharedGoldens(project.tree, project.registry(scenarios)), []);
    t.equal(await sharedGolden(project.tree, project.registry(scenarios), 'a'), undefined);
  }
  const profiles = 'profiles: {ci: {golden: true}, off: {golden: false}}';
  t.strictSame(await sharedGoldens(project.tree, project.registry(two('true', 'false'), profiles)), []);
});

void t.test('the event loop is not blocked while a large sweep is expanded', async (t) => {
  const project = new Project(t);
  const sweep = `\n  - {id: a, golden: ../accepted, run: ${RUN}, matrix: {ticks: {range: [1, 20000, 1]}}}`;
  const registry = project.registry(sweep);
  const walks = {
    places: async () => (await goldenPlaces(project.tree, registry)).length,
    shared: async () => (await sharedGoldens(project.tree, registry)).length,
    references: async () => {
      const elsewhere = () => Promise.resolve(new Set<string>());
      return (await projectReferences(project.tree, registry, [], elsewhere)).directories.size;
    },
  };
  const found: Record<string, number> = {};
  for (const [name, walk] of Object.entries(walks)) {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    found[name] = await walk();
    clearInterval(timer);
    t.ok(turns > 3, `${name}: ${String(turns)} turns`);
  }
  t.strictSame(found, { places: 20_000, shared: 0, references: 20_000 });
});
