import t from 'tap';
import ReadableReport from './readable-report.js';

async function shown(tap: string): Promise<string> {
  const report = new ReadableReport();
  report.end(tap);
  let text = '';
  for await (const piece of report) text += String(piece);
  return text;
}

const PASSING = '# Subtest: dist/test/a.test.js\n    ok 1 - first\n    1..1\nok 1 - dist/test/a.test.js\n';

void t.test('assertions are counted once, without the points that close their tests', async (inner) => {
  inner.match(await shown(`TAP version 14\n${PASSING}1..1\n`), /^1 passed, 0 failed in/m);
  const failing = PASSING.replace('    ok 1 - first', '    not ok 1 - first').replace('\nok 1', '\nnot ok 1');
  const text = await shown(`TAP version 14\n${failing}1..1\n`);
  inner.match(text, /^not ok: test\/a\.test\.ts > first$/m);
  inner.match(text, /^FAIL .*test\/a\.test\.ts/m);
  inner.match(text, /^0 passed, 1 failed in/m);
});

void t.test('a file that fails outside of its assertions is one failure', async (inner) => {
  const died = PASSING.replace('\nok 1 -', '\nnot ok 2 -').replace(/$/, '  ---\n  exitCode: 7\n  ...\n');
  const text = await shown(`TAP version 14\n${PASSING}${died}1..2\n`);
  inner.match(text, /^FAIL .*exit code 7$/m);
  inner.match(text, /^2 passed, 1 failed in/m);
});
