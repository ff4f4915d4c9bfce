import type { RunInputs, SlpEvent } from '../../lib/engine/inputs.js';
import { Session } from '../../lib/session/session.js';
import { toyRun } from '../engine/toy-run.js';
import { median, shown, type Report } from './measure.js';

const TICKS = 100_000;
/** The number in the performance contract, and ten times as many, so that their cost exceeds the noise. */
const EVENTS = [100, 1000];
const NODES = 9;
const ROUNDS = 5;
/** Ticks of a run before the other one continues. */
const SLICE = 1000;
const SINK = { open: () => undefined, chunk: () => undefined };

/**
 * The cost of structural events in a run of 100,000 ticks: processor time with and without them. Both runs
 * advance in turn, a slice of ticks at a time, so that a slow phase of the machine affects both.
 */
export function benchEvents(report: Report): void {
  const plain = ring();
  ratioOf({ ...plain, slp: events(EVENTS[0]!) }, plain); // warms up
  for (const count of EVENTS) {
    const changing: RunInputs = { ...plain, slp: events(count) };
    const ratios = Array.from({ length: ROUNDS }, () => ratioOf(changing, plain));
    report(
      `${shown(count, 0)} events in ${shown(TICKS, 0)} ticks of ${NODES} edges: ${shown(median(ratios), 3)} of the time ` +
        `without (${shown(Math.min(...ratios), 3)} to ${shown(Math.max(...ratios), 3)})`,
    );
  }
}

function ratioOf(one: RunInputs, other: RunInputs): number {
  const sessions = [one, other].map((inputs) => new Session({ inputs, sink: SINK }));
  const spent = [0, 0];
  for (let slice = 0; slice < TICKS / SLICE; slice++) {
    // The order alternates.
    for (const n of slice % 2 === 0 ? [0, 1] : [1, 0]) spent[n]! += cpuMs(sessions[n]!);
  }
  for (const session of sessions) session.finish();
  return spent[0]! / spent[1]!;
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

/** The closing link of the ring fails and is restored repeatedly. */
function events(count: number): readonly SlpEvent[] {
  return Array.from({ length: count }, (_, n): SlpEvent => {
    const at = { event_id: `E${n}`, tick_effective: 1 + n * (TICKS / count) };
    return n % 2 === 0
      ? { ...at, op_type: 'REMOVE_EDGE', payload: { e_id: NODES } }
      : { ...at, op_type: 'ADD_EDGE', payload: { e_id: NODES, i: NODES, j: 1, k: 6, cap: 64 } };
  });
}

/** Processor milliseconds of the next slice of ticks. */
function cpuMs(session: Session): number {
  const from = process.cpuUsage();
  for (let tick = 0; tick < SLICE; tick++) session.step();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
