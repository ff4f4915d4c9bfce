import t from 'tap';
import { ProblemSet } from '../../lib/config/index.js';

const problem = (message: string) => ({
  code: 'over-budget',
  message,
  file: 'm.yaml',
  line: 3,
  column: 5,
  pointer: '',
});

void t.test('each problem is reported once, and problems beyond the limit are counted', (inner) => {
  const problems = new ProblemSet();
  inner.strictSame(problems.add([problem('a'), problem('a')]), [problem('a')]);
  inner.strictSame(problems.add([problem('a')]), []);
  inner.strictSame(problems.sorted(), [problem('a')]);
  for (let n = 0; n < 10_005; n++) problems.add([problem(`run ${String(n)}`)]);
  const sorted = problems.sorted();
  inner.equal(problems.size, 10_000);
  inner.equal(sorted.length, 10_001);
  inner.match(sorted.at(-1), { code: 'more-problems', file: 'm.yaml', line: 3, column: 6 });
  inner.end();
});
