import t from 'tap';
import type { BatchEvent } from '../../lib/batch/batch-event.js';
import { batchReporters } from '../../lib/cli/commands/batch/progress-reporters.js';
import type { BatchArguments } from '../../lib/cli/commands/batch/options.js';
import { FAULTED, sampleOutcome as outcome } from '../batch/sample-report.js';
import { quietTerminal } from './quiet-terminal.js';

/** The text of these events on stderr without a terminal. */
async function told(reporter: BatchArguments['reporter'], events: readonly BatchEvent[]): Promise<string> {
  let told = '';
  const terminal = quietTerminal({
    err: (text) => {
      told += text;
    },
  });
  const args = { reporter, store: 'artefacts' } as BatchArguments;
  const reporters = await batchReporters(args, { terminal, env: {}, exit: () => undefined }, () => []);
  for (const event of events) reporters.onEvent(event);
  reporters.close();
  return told;
}

function start(to_run: number): BatchEvent {
  const none = { cached: 0, shared: 0, work_ms: 0 };
  return { type: 'batch_start', batch: 'b', total: to_run, to_run, jobs: 1, ...none };
}

function end(name: string, change: Parameters<typeof outcome>[1] = {}): BatchEvent {
  return { type: 'run_end', outcome: outcome(name, change), work_ms: 0 };
}

void t.test('a message ends the row of dots before it', async (t) => {
  const done = Array.from({ length: 30 }, (_, n) => end(`s[n=${String(n)}]`));
  const events = [start(300), ...done, end('bad', FAULTED), end('s[n=30]')];
  const lines = [
    '300 selected: 300 to run, 0 cached, 1 at once',
    '.'.repeat(14),
    '15 of 300 ended, 0 failed',
    '.'.repeat(15),
    '30 of 300 ended, 0 failed',
    '.',
    'FAILED  bad  INT_RANGE at tick 3, node 1',
    'F.',
  ];
  t.equal(await told(['line', 'dot'], events), `${lines.join('\n')}\n`);
});

void t.test('summary lines are the same for all reporters', async (t) => {
  const events: BatchEvent[] = [
    end('a'),
    { type: 'stopping', because: 'max_failures', running: 1 },
    end('b'),
    { type: 'store_error', code: 'STORE_FULL', message: 'cannot write batches/1.json' },
  ];
  const lines = [
    '.',
    'no more failures are allowed; no more runs are started',
    '.',
    'STORE_FULL: cannot write batches/1.json; this batch is not recorded',
  ];
  t.equal(await told(['dot'], events), `${lines.join('\n')}\n`);
  const wide = Array.from({ length: 80 }, () => end('a'));
  t.equal(await told(['dot'], [...wide, events[1]!]), `${'.'.repeat(80)}\n${lines[1]!}\n`, 'no empty line');
});
