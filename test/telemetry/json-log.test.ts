import t from 'tap';
import type { RunEvent } from '../../lib/telemetry/events.js';
import { jsonLog } from '../../lib/telemetry/json-log.js';
import type { LogEntry } from '../../lib/telemetry/log-entry.js';
import { configRunId, runId } from '../ids.js';

const who = { gid: 'GF01', run_id: configRunId('GF01_RUN') };
const EVENTS: readonly RunEvent[] = [
  { type: 'run_start', ...who, ticks_total: 2, nodes: 6, edges: 8 },
  { type: 'tick_loop_start', ...who },
  { type: 'tick_complete', ...who, tick: 1, C_t: 7, s_t: 9, sum_post_u: 4 },
  { type: 'window_closed', ...who, tick: 2, window_id: 'W1', apx_name: 'A', manifest_check: 5 },
  { type: 'fault', ...who, code: 'INT_RANGE', message: 'too large', tick: 2 },
  { type: 'run_end', ...who, ticks_completed: 2, uledger_last_hash: null },
];

function logged(options: {
  level?: 'debug' | 'info' | 'warn' | 'error';
  ticks?: boolean;
  windows?: boolean;
}): {
  entries: LogEntry[];
  ticks: number[];
} {
  const entries: LogEntry[] = [];
  const ticks: number[] = [];
  let now = Date.UTC(2025, 0, 1);
  const sink = jsonLog({
    clock: { now: () => now++, monotonic: () => 0 },
    run: runId('run-1'),
    level: options.level ?? 'debug',
    include_ticks: options.ticks ?? true,
    include_windows: options.windows ?? true,
    write: (line, tick) => {
      t.match(line, /^[^\n]+\n$/, 'one line');
      entries.push(JSON.parse(line) as LogEntry);
      ticks.push(tick);
    },
  });
  for (const event of EVENTS) sink(event);
  return { entries, ticks };
}

void t.test('every event becomes one entry with a time', (inner) => {
  const { entries, ticks } = logged({});
  inner.strictSame(
    entries.map(({ event_type }) => event_type),
    EVENTS.map(({ type }) => type),
  );
  inner.strictSame(ticks, [0, 0, 1, 2, 2, 0]);
  inner.strictSame(entries[0], {
    timestamp: '2025-01-01T00:00:00.000Z',
    level: 'INFO',
    event_type: 'run_start',
    run_id: 'run-1',
    gid: 'GF01',
    message: 'Run GF01_RUN starts: 2 ticks, 6 nodes, 8 edges',
    payload: { config_run_id: 'GF01_RUN', ticks_total: 2, nodes: 6, edges: 8 },
  });
  inner.match(entries[4], { level: 'ERROR', message: 'INT_RANGE: too large' });
  inner.end();
});

void t.test('entries are filtered by level, ticks and windows', (inner) => {
  const types = (options: Parameters<typeof logged>[0]): string[] =>
    logged(options).entries.map((entry) => entry.event_type);
  inner.strictSame(types({ level: 'error' }), ['fault']);
  inner.strictSame(types({ level: 'warn' }), ['fault']);
  inner.notOk(types({ level: 'info' }).includes('tick_loop_start'));
  inner.notOk(types({ ticks: false }).includes('tick_complete'));
  inner.notOk(types({ windows: false }).includes('window_closed'));
  inner.end();
});
