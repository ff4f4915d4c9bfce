import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { validateFile } from '../../lib/config/index.js';
import { findProjectFile } from '../../lib/config/project-file/find-project-file.js';
import { loadProjectFile } from '../../lib/config/project-file/load-project-file.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';

function written(t: Test, text: string): string {
  const directory = t.testdir({ outside: {}, project: { 'aether.yaml': text } });
  return join(directory, 'project');
}

/** `line:column code` of every problem of a project file; validate must report the same. */
function problemsOf(project: string): string[] {
  const file = join(project, 'aether.yaml');
  const loaded = loadProjectFile(file, nodeDocumentFiles);
  const problems = loaded.ok ? [] : loaded.problems;
  const verdict = validateFile(file, nodeDocumentFiles);
  if (JSON.stringify(verdict.problems) !== JSON.stringify(problems)) throw new Error('validate differs');
  return problems.map(({ line, column, code }) => `${String(line)}:${String(column)} ${code}`);
}

const HEAD = 'v: 1\nkind: Project\n';

void t.test('all settings are read, with resolved paths and their places', (t) => {
  const project = written(
    t,
    `${HEAD}store: tree\nmanifests: ['m/*.yaml']\ngolden: accepted\njobs: 3\nreporters: [dot, html]\noutput: out\nlabels: { team: "a,b\\n=c" }\n`,
  );
  const loaded = loadProjectFile(join(project, 'aether.yaml'), nodeDocumentFiles);
  t.match(loaded, { ok: true });
  if (!loaded.ok) throw new Error('unreachable');
  const at = (path: string): string => join(project, path);
  t.same(loaded.value.settings, {
    store: at('tree'),
    manifests: [at('m/*.yaml')],
    golden: at('accepted'),
    jobs: 3,
    reporters: ['dot', 'html'],
    output: at('out'),
    labels: { team: 'a,b\n=c' },
  });
  t.match(loaded.value.places.get('jobs'), { line: 6, column: 7 });
  t.end();
});

void t.test('an empty or commented file marks a project without settings', (t) => {
  for (const text of ['', '# only a marker\n', '---\n']) {
    const project = written(t, text);
    const loaded = loadProjectFile(join(project, 'aether.yaml'), nodeDocumentFiles);
    t.same(loaded.ok && loaded.value.settings, {}, JSON.stringify(text));
    t.same(problemsOf(project), []);
  }
  t.end();
});

void t.test('all problems are reported at once, with their places', (t) => {
  const cases: readonly (readonly [text: string, problems: readonly string[]])[] = [
    ['store: tree\n', ['1:1 missing-key', '1:1 missing-key']],
    [`${HEAD}jobs: two\nstor: x\n`, ['3:7 wrong-type', '4:1 unknown-key']],
    [`${HEAD}jobs: 0\n`, ['3:7 out-of-range']],
    [`${HEAD}jobs: 257\n`, ['3:7 out-of-range']],
    [`${HEAD}manifests: []\n`, ['3:12 too-few-items']],
    [`${HEAD}reporters: [line, pdf]\n`, ['3:19 not-allowed-value']],
    [`${HEAD}labels: { 'a b': x, ok: 3 }\n`, ['3:11 bad-format', '3:25 wrong-type']],
    [`${HEAD}labels: { a: '' }\n`, ['3:14 bad-format']],
    [
      `${HEAD}store: ../outside\ngolden: /etc\noutput: a/../../outside\n`,
      ['3:8 outside-root', '4:9 outside-root', '5:9 outside-root'],
    ],
    [
      `${HEAD}manifests: ['../*.yaml', 'm/{a,../..}/x.yaml', /etc/*.yaml]\n`,
      ['3:13 outside-root', '3:26 outside-root', '3:48 outside-root'],
    ],
    [`${HEAD}store: "a\\u0007b"\n`, ['3:8 bad-path']],
    [`${HEAD}store: aether.yaml\n`, ['3:8 not-a-directory']],
    [`${HEAD}store: [`, ['3:9 syntax']],
  ];
  for (const [text, problems] of cases) t.same(problemsOf(written(t, text)), problems, JSON.stringify(text));
  t.end();
});

void t.test('links do not lead a setting or the file out of the project', (t) => {
  const project = written(t, `${HEAD}store: way\n`);
  symlinkSync('../outside', join(project, 'way'));
  t.same(problemsOf(project), ['3:8 outside-root']);
  const other = t.testdir({ 'secret.yaml': `${HEAD}jobs: 2\n`, project: {} });
  symlinkSync('../secret.yaml', join(other, 'project/aether.yaml'));
  t.same(problemsOf(join(other, 'project')), ['0:0 outside-root']);
  t.end();
});

void t.test('the file of the nearest project applies, not that of a project above it', (t) => {
  const top = t.testdir({
    'aether.yaml': '',
    inner: { 'package.json': '{}', deep: {} },
    plain: { deep: {} },
  });
  t.equal(findProjectFile(top, nodeDocumentFiles), 'aether.yaml');
  t.equal(findProjectFile(join(top, 'plain/deep'), nodeDocumentFiles), '../../aether.yaml');
  t.equal(findProjectFile(join(top, 'inner/deep'), nodeDocumentFiles), undefined);
  writeFileSync(join(top, 'inner/aether.yaml'), '');
  t.equal(findProjectFile(join(top, 'inner/deep'), nodeDocumentFiles), '../aether.yaml');
  mkdirSync(join(top, 'inner/deep/.git'));
  t.equal(findProjectFile(join(top, 'inner/deep'), nodeDocumentFiles), undefined);
  t.end();
});
