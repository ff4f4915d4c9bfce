import t from 'tap';
import { unexpected } from '../../lib/execution/expectation.js';

const fault = { code: 'INT_RANGE', message: 'too large', tick: 3, place: 'node 1' };

void t.test('the expectation determines whether a run succeeded', (inner) => {
  inner.equal(unexpected('completed', 'completed', null), null);
  inner.equal(unexpected('completed', 'faulted', fault), fault);
  inner.equal(unexpected({ fault: 'INT_RANGE' }, 'faulted', fault), null);
  inner.match(unexpected({ fault: 'OTHER' }, 'faulted', fault), {
    code: 'EXPECTED_OTHER_FAULT',
    tick: 3,
    place: 'node 1',
  });
  inner.match(unexpected({ fault: 'INT_RANGE' }, 'completed', null), { code: 'EXPECTED_FAULT_MISSING' });
  const cancelled = { code: 'RUN_CANCELLED', message: '', tick: 1, place: null };
  inner.equal(unexpected({ fault: 'INT_RANGE' }, 'cancelled', cancelled), cancelled);
  inner.end();
});
