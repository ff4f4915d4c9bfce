import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import t from 'tap';
import { REPO } from '../config/repo.js';
import { docBlocks, DocDirectory } from './doc-blocks.js';

interface Job {
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly { readonly run?: string }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = '.github/workflows';
const FILES = readdirSync(join(REPO, FOLDER)).sort();

/** Every workflow of the repository and of the guide, by its place. */
const WORKFLOWS: readonly (readonly [where: string, workflow: Workflow])[] = [
  ...FILES.map((name) => [`${FOLDER}/${name}`, readFileSync(join(REPO, FOLDER, name), 'utf8')] as const),
  ...docBlocks('docs/guides/ci.md')
    .filter(({ language }) => language === 'yaml')
    .map(({ line, code }) => [`docs/guides/ci.md:${String(line)}`, code] as const),
].map(([where, text]) => [where, load(text) as Workflow]);

function workflow(name: string): Workflow {
  return new Map(WORKFLOWS).get(`${FOLDER}/${name}`)!;
}

/** The calls of our programs, one per line, with 1 in place of values of GitHub. */
function calls({ jobs }: Workflow): string[] {
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.flatMap(({ run }) => run?.split('\n') ?? []))
    .filter((line) => /\baether\b/.test(line))
    .map((line) => line.replace(/\$\{\{.*?\}\}/g, '1'));
}

void t.test('the workflows of the repository and of the guide exist', (t) => {
  t.strictSame(FILES, ['ci.yml', 'nightly.yml', 'release.yml']);
  t.equal(WORKFLOWS.length, FILES.length + 1);
  t.end();
});

// The unknown option is reported only after all other words were parsed, and before any run.
const DRY = 'npx() { "$@" --nonesuch; }';

for (const [where, found] of WORKFLOWS) {
  void t.test(`every call in ${where} is valid`, (t) => {
    const place = new DocDirectory(t);
    const lines = calls(found);
    t.ok(lines.length >= 2);
    for (const line of lines) {
      t.match(line, /^npx aether/);
      const { code, err } = place.shell(`${DRY}\n${line}`);
      t.equal(code, 2, line);
      t.match(err, /^aether(-batch)?: unknown option --nonesuch$/m, line);
      for (const [manifest] of line.matchAll(/\bmanifests\/[\w-]+\.yaml/g)) {
        t.ok(existsSync(join(REPO, manifest)), manifest);
      }
    }
    t.notOk(existsSync(join(place.directory, 'artefacts')), 'nothing ran');
    t.end();
  });
}

void t.test('a dry call reports an unknown option, word and value', (t) => {
  const place = new DocDirectory(t);
  for (const line of [
    'npx aether audit --sharp 1/3',
    'npx aether audti manifests/reference.yaml',
    'npx aether-batch --shard 4/3',
    'npx aether-batch --reporter gitlab',
  ]) {
    t.notMatch(place.shell(`${DRY}\n${line}`).err, /^aether(-batch)?: unknown option --nonesuch$/m, line);
  }
  t.end();
});

void t.test('the nightly shards are complete: each is run once and merged once', (t) => {
  const { on, jobs } = workflow('nightly.yml');
  t.ok('schedule' in on && 'workflow_dispatch' in on);
  const parts = jobs['shard']?.strategy?.matrix['shard'] ?? [];
  t.strictSame(
    parts,
    parts.map((_, index) => index + 1),
  );
  const text = calls(workflow('nightly.yml')).join('\n');
  t.match(text, `--shard 1/${String(parts.length)} `);
  const merged = [...text.matchAll(/reports\/report-(\d+)/g)].map(([, part]) => Number(part));
  t.strictSame(merged, parts);
  t.end();
});

void t.test('every action is pinned by digest, with the version for Dependabot', (t) => {
  let found = 0;
  for (const name of FILES) {
    const lines = readFileSync(join(REPO, FOLDER, name), 'utf8').split('\n');
    for (const [at, line] of lines.entries()) {
      if (!/\buses:/.test(line)) continue;
      found += 1;
      t.match(
        line,
        /^\s+(?:- )?uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
        `${name}:${String(at + 1)}`,
      );
    }
  }
  t.ok(found >= 19);
  t.end();
});

void t.test('an action has one digest in all workflows', (t) => {
  const digests = new Map<string, Set<string>>();
  for (const name of FILES) {
    const text = readFileSync(join(REPO, FOLDER, name), 'utf8');
    for (const [, action, digest] of text.matchAll(/uses: ([^@\s]+)@(\S+ # \S+)/g))
      digests.set(action!, (digests.get(action!) ?? new Set()).add(digest!));
  }
  for (const [action, pinned] of digests) t.equal(pinned.size, 1, action);
  t.end();
});
