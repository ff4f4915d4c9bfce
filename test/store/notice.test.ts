import t from 'tap';
import { describeNotice } from '../../lib/store/index.js';

void t.test('the noun agrees with the count of removed files', (inner) => {
  const told = [1, 2].map((files) => describeNotice({ type: 'leftovers_swept', files }));
  inner.strictSame(told, [
    'removed 1 unfinished file of a process that ended',
    'removed 2 unfinished files of processes that ended',
  ]);
  inner.end();
});
