import { join } from 'node:path';
import t from 'tap';
import { openStore } from '../../lib/index.js';
import { assertOutput, docBlocks, DocDirectory } from './doc-blocks.js';
import { compileModules, type TypedModule } from './typed-modules.js';

const PAGE = 'docs/api.md';

const WRITING = ['publish', 'putBatch', 'addRemark', 'discard', 'rely', 'maintenance', 'stager'];

/** Modules in which every marked line must be refused, and a module that must be accepted. */
function typeChecks(): readonly TypedModule[] {
  const head = [
    "import { openStore, valueOrThrow } from 'aether-sim';",
    "const store = await openStore('artefacts');",
    "const run = valueOrThrow(await store.open('gf01'));",
  ];
  const refused = [
    ...WRITING.map((name) => `store.${name};`),
    "for await (const { post_u } of run.records('loom_p_blocks')) post_u;",
    "run.records('ledger');",
    "for await (const { tick } of run.records('metrics')) tick.toFixed();",
    "(await store.open('gf01')).value;",
    "await store.runs({ scenario: 'gf01' });",
    "await store.table({}, { agg: ['median'] });",
  ];
  const allowed = "for await (const { s_t } of run.records('loom_p_blocks')) s_t.toFixed();";
  return [
    { name: 'refused', code: [...head, ...refused.map((line) => `// @ts-expect-error\n${line}`)].join('\n') },
    { name: 'allowed', code: [...head, allowed].join('\n') },
  ];
}

void t.test('every example of docs/api.md compiles, runs and prints the output on the page', async (t) => {
  const place = new DocDirectory(t);
  const blocks = docBlocks(PAGE);
  const languages = new Set(blocks.map(({ language }) => language));
  t.strictSame(languages, new Set(['sh', 'ts']), 'every example is checked');
  const examples = blocks.filter(({ language }) => language === 'ts');
  t.ok(examples.length >= 9);
  for (const { code, line } of blocks.filter(({ language }) => language === 'sh')) {
    const ended = place.shell(code);
    t.equal(ended.code, 0, `${PAGE}:${String(line)} ${ended.err}`);
  }
  const modules = examples.map(({ line, code }) => ({ name: `line-${String(line)}`, code }));
  t.strictSame(compileModules(join(place.directory, 'examples'), [...modules, ...typeChecks()]), []);
  const printed = place.modules(modules.map(({ name }) => join('examples', `${name}.mjs`)));
  for (const [n, { line, output }] of examples.entries()) {
    const where = `${PAGE}:${String(line)}`;
    t.not(output, undefined, `${where} shows its output`);
    t.equal(printed[n]?.error, null, where);
    assertOutput(t, printed[n]?.out ?? '', output ?? '', where);
  }

  await t.test('a store opened for reading has no writing methods', async (t) => {
    const store = await openStore(join(place.directory, 'artefacts'));
    t.teardown(() => store.close());
    for (const name of WRITING) t.notOk(name in store, name);
    t.ok('runs' in store && 'table' in store, 'the test finds expected methods');
  });
});
