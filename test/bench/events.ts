import type { RunInputs, SlpEvent } from '../../lib/engine/inputs.js';
import { Session } from '../../lib/run/session.js';
import { toyRun } from '../engine/toy-run.js';
import { median, shown, type Report } from './measure.js';

const TICKS = 100_000;
const EVENTS = 100;
const NODES = 9;
const ROUNDS = 5;
const SINK = { open: () => undefined, chunk: () => undefined };

/** What 100 structural events cost a run of 100,000 ticks: processor time with them against without, in turn. */
export function benchEvents(report: Report): void {
  const plain = ring();
  const changing: RunInputs = { ...plain, slp: events() };
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const without = cpuMs(plain);
    const withEvents = cpuMs(changing);
    // The first round warms up.
    if (round > 0) ratios.push(withEvents / without);
  }
  report(
    `${EVENTS} events in ${shown(TICKS, 0)} ticks of ${NODES} edges: ${shown(median(ratios), 3)} of the time ` +
      `without (${shown(Math.min(...ratios), 3)} to ${shown(Math.max(...ratios), 3)})`,
  );
}

function ring(): RunInputs {
  const edges = Array.from({ length: NODES }, (_, n) => ({
    i: n + 1,
    j: ((n + 1) % NODES) + 1,
    k: 6,
    cap: 64,
  }));
  const window = { window_id: 'W', apx_name: 'A', start_tick: 1, end_tick: TICKS, aeon_window_id: null };
  const state = { name: 'state', source: 'post_u', scheme_hint: null, description: 'state' } as const;
  return toyRun({
    state: Array.from({ length: NODES }, (_, n) => (n * 37) % 101),
    edges,
    run: { ticks: TICKS, windows: [{ ...window, streams: [state] }], primary_window_id: 'W' },
  });
}

/** The closing link of the ring fails and comes back, again and again. */
function events(): readonly SlpEvent[] {
  return Array.from({ length: EVENTS }, (_, n): SlpEvent => {
    const at = { event_id: `E${n}`, tick_effective: 1 + n * (TICKS / EVENTS) };
    return n % 2 === 0
      ? { ...at, op_type: 'REMOVE_EDGE', payload: { e_id: NODES } }
      : { ...at, op_type: 'ADD_EDGE', payload: { e_id: NODES, i: NODES, j: 1, k: 6, cap: 64 } };
  });
}

function cpuMs(inputs: RunInputs): number {
  const from = process.cpuUsage();
  const session = new Session({ inputs, sink: SINK });
  while (session.step());
  session.finish();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
