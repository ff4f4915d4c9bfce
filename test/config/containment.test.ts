import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  DOCUMENT_SCHEMAS,
  loadManifests,
  overrideFromKey,
  parseOverride,
  renderProblem,
  validateFile,
  type DocumentKind,
  type LoadOptions,
} from '../../lib/config/index.js';
import type { Problem } from '../../lib/base/problem.js';
import type { PathKind, SchemaNode } from '../../lib/base/schema.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';

type Steps = readonly (string | number)[];

interface PathField {
  readonly document: DocumentKind;
  readonly steps: Steps;
  readonly kind: PathKind;
}

/** Every path field of every document, as marked in the schemas. */
function pathFields(): PathField[] {
  const fields: PathField[] = [];
  const open: { document: DocumentKind; steps: Steps; node: SchemaNode }[] = [];
  for (const [document, node] of Object.entries(DOCUMENT_SCHEMAS))
    open.push({ document: document as DocumentKind, steps: [], node });
  for (let next = open.pop(); next; next = open.pop()) {
    const { document, steps, node } = next;
    if (node['x-path']) fields.push({ document, steps, kind: node['x-path'] });
    for (const [key, child] of Object.entries(node.properties ?? {}))
      open.push({ document, steps: [...steps, key], node: child });
    if (node.items) open.push({ document, steps: [...steps, 0], node: node.items });
    if (typeof node.additionalProperties === 'object')
      open.push({ document, steps: [...steps, 'any'], node: node.additionalProperties });
  }
  return fields;
}

void t.test('every field whose name suggests a path is marked as one', (t) => {
  const marked = new Set(pathFields().map(({ document, steps }) => `${document} ${steps.join('.')}`));
  t.ok(marked.size >= 10, 'there are fields');
  const open: { at: string; node: SchemaNode }[] = [];
  for (const [document, node] of Object.entries(DOCUMENT_SCHEMAS)) open.push({ at: `${document} `, node });
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, node } = next;
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const name = `${at}${at.endsWith(' ') ? '' : '.'}${key}`;
      if (/(?:^|_)(?:path|file|dir|directory)$|^run_config$|^golden$/.test(key)) t.ok(marked.has(name), name);
      open.push({ at: name, node: child });
    }
    if (node.items) open.push({ at: `${at}${at.endsWith(' ') ? '' : '.'}0`, node: node.items });
  }
  t.end();
});

const SECRET = 'secret-of-somebody-else';
const RUN = {
  v: 1,
  gid: 'G',
  run_id: 'R',
  topology_path: 't.json',
  profile_path: 'p.json',
  pfna_path: 'pfna.json',
  ticks: 4,
  initial_state: [1, 2],
  windows: { every: 4, apx_name: 'A' },
  logging: { enabled: true, destination: 'file', file_path: 'run.log' },
};
const EDGES = [{ e_id: 1, i: 1, j: 2, k: 1, cap: 8 }];
const DOCUMENTS: Readonly<Record<string, object>> = {
  't.json': { gid: 'G', profile: 'CMP-0', N: 2, SC: 32, edges: EDGES },
  'p.json': { name: 'CMP-0', modulus_M: 101, C0: 7, SC: 32, I_block_spacing_W: 8 },
  'pfna.json': { v: 0, pfna_id: 'P', gid: 'G', run_id: 'R', nid: 'N', entries: [] },
  'run.json': RUN,
};
const BASES: Readonly<Partial<Record<DocumentKind, object>>> = {
  RunConfig: RUN,
  ScenarioRegistry: { v: 1, scenarios: [{ scenario_id: 'one', run_config_path: 'run.json' }] },
  BatchManifest: {
    v: 1,
    kind: 'BatchManifest',
    profiles: { any: {} },
    scenarios: [{ id: 'one', run: RUN, golden: false }],
  },
  Project: { v: 1, kind: 'Project' },
};

/** A project next to files that its documents must not read or write. */
async function lab(t: Test): Promise<{ readonly project: string; readonly outside: string }> {
  // Not in the fixtures of the test: the name of a socket may have 107 bytes.
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'aether-')));
  t.teardown(() => {
    rmSync(outside, { recursive: true, force: true });
  });
  for (const folder of ['project/m/folder', 'project/logs', 'secrets'])
    mkdirSync(join(outside, folder), { recursive: true });
  const project = join(outside, 'project');
  writeFileSync(join(project, 'aether.yaml'), '');
  for (const folder of ['project/m', 'secrets'])
    for (const [name, document] of Object.entries(DOCUMENTS))
      writeFileSync(join(outside, folder, name), JSON.stringify(document));
  for (const name of ['secret.json', 'secret.yaml'])
    writeFileSync(join(outside, 'secrets', name), `{"${SECRET}": 1, ]`, { mode: 0o600 });
  for (const folder of ['project/m', 'project/logs']) {
    const at = (name: string): string => join(outside, folder, name);
    writeFileSync(at('new\nline.json'), '{}');
    symlinkSync('../../secrets/secret.json', at('link.json'));
    symlinkSync('link.json', at('link-to-link.json'));
    symlinkSync('../../secrets', at('link-dir'));
    symlinkSync('/dev/zero', at('zero'));
    symlinkSync('loop', at('loop'));
    symlinkSync('/nowhere/at-all', at('dangling'));
    execFileSync('mkfifo', [at('fifo')]);
    mkdirSync(at('dir.json'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    t.teardown(() => server.close());
  }
  return { project, outside };
}

/** Forbidden paths, for each kind of field. */
function variants(outside: string): readonly string[] {
  return [
    join(outside, 'secrets/secret.json'),
    '/etc/passwd',
    '/dev/zero',
    '/nowhere/at-all',
    '../../secrets/secret.json',
    'folder/../../../secrets/t.json',
    'link.json',
    'link-to-link.json',
    'link-dir/secret.json',
    'link-dir/none.json',
    'zero',
    'loop',
    'dangling',
    'fifo',
    'socket',
    'new\nline.json',
    'esc\u001b[2J.json',
    'x'.repeat(300),
  ];
}

const SUSPECT = new Set([
  'outside-root',
  'bad-path',
  'not-a-file',
  'not-a-directory',
  'file-missing',
  'file-unreadable',
  'log-path-outside',
]);

function withValue(base: unknown, [step, ...rest]: Steps, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(base))
    return (base as unknown[]).map((item, at) => (at === step ? withValue(item, rest, value) : item));
  const map = (base ?? {}) as Record<string, unknown>;
  return { ...map, [step]: withValue(map[step], rest, value) };
}

function problemsOf(file: string, options: LoadOptions = {}): readonly Problem[] {
  const loaded = loadManifests([file], nodeDocumentFiles, options);
  if (!loaded.ok) return loaded.problems;
  return loaded.value.scenarios.flatMap(({ id }) => {
    const resolved = loaded.value.resolve(id);
    return resolved.ok ? [] : resolved.problems;
  });
}

void t.test('a path that leads out of the project, or to no file, is refused at its place', async (t) => {
  const { project, outside } = await lab(t);
  const logs = join(project, 'logs');
  for (const { document, steps, kind } of pathFields()) {
    const base = BASES[document];
    if (!base) throw new Error(`${document} has no sample with path fields`);
    for (const value of variants(outside)) {
      let content = withValue(base, steps, value) as Record<string, unknown>;
      if (steps.at(-1) === 'run_config')
        content = withValue(content, ['scenarios', 0, 'run'], undefined) as never;
      // The defaults of a manifest apply if the run does not set a value.
      if (steps[0] === 'defaults')
        content = withValue(content, ['scenarios', 0, 'run', ...steps.slice(1)], undefined) as never;
      const file = join(project, 'm/m.json');
      writeFileSync(file, JSON.stringify(content, null, 1));
      const found =
        document === 'Project' ? validateFile(file, nodeDocumentFiles).problems : problemsOf(file, { logs });
      const what = `${document} ${steps.join('.')} ${kind} = ${JSON.stringify(value)}`;
      const pointer = `/${steps.join('/')}`;
      const here = found.filter((problem) => problem.pointer === pointer && problem.file === file);
      if (kind === 'golden' && value.startsWith('x')) continue;
      t.ok(
        here.some(({ code, line }) => SUSPECT.has(code) && line > 0),
        what,
        { found },
      );
      const said = found.map((problem) => renderProblem(problem, nodeDocumentFiles)).join('\n');
      t.notOk(said.includes(SECRET), `${what}: no outside content is quoted`);
    }
  }
  t.end();
});

void t.test('the same rule applies to values of sweeps and of the command line', async (t) => {
  const { project, outside } = await lab(t);
  const file = join(project, 'm/m.json');
  for (const value of variants(outside)) {
    for (const part of ['matrix', 'zip']) {
      const content = withValue(BASES.BatchManifest, ['scenarios', 0, part], {
        profile_path: ['p.json', value],
      });
      writeFileSync(file, JSON.stringify(content, null, 1));
      const { problems } = validateFile(file, nodeDocumentFiles);
      const here = problems.find(({ pointer }) => pointer === `/scenarios/0/${part}/profile_path/1`);
      t.ok(here && SUSPECT.has(here.code) && here.line > 0, `${part} ${JSON.stringify(value)}`, { problems });
    }
    writeFileSync(file, JSON.stringify(BASES.BatchManifest));
    const loaded = loadManifests([file], nodeDocumentFiles);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const made = overrideFromKey('run.topology_path', value, 'a request');
    if (made.ok) t.notOk(loaded.value.resolve('one', [made.value]).ok, `override ${JSON.stringify(value)}`);
    const log = overrideFromKey('run.logging.file_path', value, 'a request');
    if (log.ok && /^(?:\/|\.\.|folder|new|esc|x)/.test(value))
      t.notOk(loaded.value.resolve('one', [log.value]).ok, `log override ${JSON.stringify(value)}`);
  }
  const typed = parseOverride('run.profile_path=/etc/passwd');
  if (!typed.ok) throw new Error('the override must parse');
  const loaded = loadManifests([file], nodeDocumentFiles);
  const resolved = loaded.ok && loaded.value.resolve('one', [typed.value]);
  t.match(resolved, {
    ok: false,
    problems: [{ code: 'outside-root', file: '-S run.profile_path=/etc/passwd' }],
  });
  t.end();
});

void t.test('links and paths inside the project are followed, and --root widens it', async (t) => {
  const { project, outside } = await lab(t);
  const file = join(project, 'm/m.json');
  symlinkSync('p.json', join(project, 'm/inside.json'));
  symlinkSync('folder', join(project, 'm/inside-dir'));
  writeFileSync(join(project, 'm/folder/p.json'), JSON.stringify(DOCUMENTS['p.json']));
  const good = ['inside.json', 'inside-dir/p.json', '../m/p.json', join(project, 'm/p.json')];
  for (const value of good) {
    writeFileSync(file, JSON.stringify({ ...RUN, profile_path: value }));
    t.same(problemsOf(file), [], value);
  }
  writeFileSync(file, JSON.stringify({ ...RUN, profile_path: '../../secrets/p.json' }));
  t.match(problemsOf(file), [{ code: 'outside-root' }]);
  t.same(problemsOf(file, { root: outside }), [], 'a wider root');
  t.match(
    problemsOf(file, { root: join(project, 'logs') }),
    [{ code: 'outside-root', file }],
    'another root',
  );
  t.end();
});

void t.test('a manifest that links out of its project is not read', async (t) => {
  const { project } = await lab(t);
  symlinkSync('../../secrets/secret.yaml', join(project, 'm/evil.yaml'));
  for (const name of ['evil.yaml', 'link.json', 'zero', 'fifo', 'socket', 'dir.json', 'loop', 'dangling']) {
    const file = join(project, 'm', name);
    const found = problemsOf(file);
    t.equal(found.length, 1, name);
    t.ok(SUSPECT.has(found[0]?.code ?? ''), `${name}: ${String(found[0]?.code)}`);
    t.notOk(JSON.stringify(found).includes(SECRET), `${name} is not quoted`);
    t.same(validateFile(file, nodeDocumentFiles).problems, found, `${name}: validate reports the same`);
  }
  t.end();
});

void t.test("the project is the nearest directory with a marker, else the manifest's parent", (t) => {
  const outside = t.testdir({ a: { b: { c: { m: {} } } }, 'p.json': JSON.stringify(DOCUMENTS['p.json']) });
  writeFileSync(join(outside, 'a/p.json'), JSON.stringify(DOCUMENTS['p.json']));
  writeFileSync(join(outside, 'a/b/c/p.json'), JSON.stringify(DOCUMENTS['p.json']));
  writeFileSync(join(outside, 'a/b/c/m/t.json'), JSON.stringify(DOCUMENTS['t.json']));
  writeFileSync(join(outside, 'a/b/c/m/pfna.json'), JSON.stringify(DOCUMENTS['pfna.json']));
  const file = join(outside, 'a/b/c/m/m.json');
  const reaches = (profile_path: string): boolean => {
    writeFileSync(file, JSON.stringify({ ...RUN, profile_path }));
    return problemsOf(file).length === 0;
  };
  writeFileSync(join(outside, 'a/package.json'), '{}');
  t.ok(reaches('../../../p.json'), 'up to the directory with package.json');
  t.notOk(reaches('../../../../p.json'), 'not above it');
  mkdirSync(join(outside, 'a/b/c/.git'));
  t.ok(reaches('../p.json'));
  t.notOk(reaches('../../../p.json'), 'a nearer .git');
  t.end();
});
