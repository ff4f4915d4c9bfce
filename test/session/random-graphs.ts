import {
  SCHEMES,
  type ApxiDescriptor,
  type ApxiPlan,
  type Pfna,
  type RunInputs,
  type RunWindow,
  type SlpEvent,
  type StreamSource,
  type Topology,
} from '../../lib/engine/inputs.js';
import type { Draw } from './draw.js';
import { graphAt } from './oracle-graph.js';
import { byCodeUnit } from './oracle-json.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** The same documents with structural events, with APXi views, or with both. */
export function withGraphs(draw: Draw, inputs: RunInputs): RunInputs {
  const changing = draw.oneIn(5) ? inputs : withEvents(draw, inputs);
  return draw.oneIn(5) ? changing : withViews(draw, changing);
}

function withEvents(draw: Draw, inputs: RunInputs): RunInputs {
  let changed: RunInputs = inputs;
  for (let n = draw.int(1, 10); n > 0; n--) {
    const slp = [...(changed.slp ?? []), randomEvent(draw, changed)].sort(inOrder);
    if (isLegal({ ...inputs, slp })) changed = { ...inputs, slp };
  }
  if (changed.slp?.some(({ tick_effective }) => tick_effective <= inputs.run.ticks) !== true) return inputs;
  const windows = inputs.run.windows.map((window) => steadyWindow(draw, changed, window));
  const pfna = inputs.pfna === null ? null : fittedPfna(changed, inputs.pfna);
  return { ...changed, pfna, run: { ...changed.run, windows } };
}

function randomEvent(draw: Draw, inputs: RunInputs): SlpEvent {
  const tick_effective = draw.int(1, inputs.run.ticks + 1);
  const event_id = draw.text(`E${String(draw.int(0, 99999))}`);
  const { N, edges } = graphAt(inputs, tick_effective);
  const node = (): number => draw.int(1, N);
  const wide = (): number => draw.pick([0, 1, inputs.topology.SC, draw.wide(0, MAX)]);
  const at = { event_id, tick_effective };
  switch (draw.int(0, 5)) {
    case 0:
      return {
        ...at,
        op_type: 'ADD_NODE',
        payload: { node_id: N + 1, ...(draw.oneIn(2) ? { label: 'x' } : {}) },
      };
    case 1:
      return { ...at, op_type: 'REMOVE_NODE', payload: { node_id: N } };
    case 2:
      return { ...at, op_type: 'UPDATE_NODE', payload: { node_id: node(), label: draw.text('n') } };
    case 3: {
      const ends = { e_id: edges.length + 1, i: node(), j: node() };
      return {
        ...at,
        op_type: 'ADD_EDGE',
        payload: draw.oneIn(4) ? ends : { ...ends, k: wide(), cap: wide(), c: wide() },
      };
    }
    case 4:
      return { ...at, op_type: 'REMOVE_EDGE', payload: { e_id: edges.length } };
    default: {
      const e_id = draw.int(1, Math.max(1, edges.length));
      const some = draw.some(['i', 'j', 'k', 'cap', 'c'] as const);
      const values = some.map((key) => [key, key === 'i' || key === 'j' ? node() : wide()] as const);
      return { ...at, op_type: 'UPDATE_EDGE', payload: { e_id, ...Object.fromEntries(values) } };
    }
  }
}

function inOrder(a: SlpEvent, b: SlpEvent): number {
  return a.tick_effective - b.tick_effective || byCodeUnit(a.event_id, b.event_id);
}

/** Applies the events one by one and compares each with the previous graph. */
function isLegal(inputs: RunInputs): boolean {
  const events = inputs.slp ?? [];
  if (new Set(events.map(({ event_id }) => event_id)).size < events.length) return false;
  return events.every((event, n) => {
    const before = graphAt({ ...inputs, slp: events.slice(0, n) }, event.tick_effective);
    const after = graphAt({ ...inputs, slp: events.slice(0, n + 1) }, event.tick_effective);
    const isSound = after.N >= 1 && after.edges.every(({ i, j }) => i !== j && i <= after.N && j <= after.N);
    return isSound && fits(event, before);
  });
}

function fits({ op_type, payload }: SlpEvent, { N, edges }: Topology): boolean {
  switch (op_type) {
    case 'ADD_NODE':
      return payload.node_id === N + 1;
    case 'REMOVE_NODE':
      return payload.node_id === N && N > 1;
    case 'UPDATE_NODE':
      return payload.node_id <= N;
    case 'ADD_EDGE':
      return payload.e_id === edges.length + 1;
    case 'REMOVE_EDGE':
      return payload.e_id === edges.length && edges.length > 0;
    case 'UPDATE_EDGE':
      return payload.e_id <= edges.length;
  }
}

/** Replaces streams that change their width inside a window by one that never does. */
function steadyWindow(draw: Draw, inputs: RunInputs, window: RunWindow): RunWindow {
  const widths = (source: StreamSource): Set<number> => {
    const all = new Set<number>();
    for (let tick = window.start_tick; tick <= window.end_tick; tick++)
      all.add(widthAt(inputs, source, tick));
    return all;
  };
  const streams = window.streams.filter(({ source }) => widths(source).size === 1);
  const chain = {
    name: 'C',
    source: 'prev_chain',
    scheme_hint: draw.rarely(2, () => draw.pick(SCHEMES)),
    description: 'C',
  } as const;
  return { ...window, streams: streams.length > 0 ? streams : [chain] };
}

function widthAt(inputs: RunInputs, source: StreamSource, tick: number): number {
  const { N, edges } = graphAt(inputs, tick);
  return source === 'prev_chain' ? 1 : source === 'fluxes' ? edges.length : N;
}

/** Entries with one value per node of their tick. */
function fittedPfna(inputs: RunInputs, pfna: Pfna): Pfna {
  const entries = pfna.entries.map((entry) => {
    const { N } = graphAt(inputs, entry.tick);
    const audit = Array.from({ length: N }, (_, index) => {
      const zero = { index, raw: '0', shifted: '0.000000', scaled: '0.000000', rounded: 0, clamped: 0 };
      return entry.audit[index] ?? zero;
    });
    return { ...entry, values: audit.map(({ clamped }) => clamped), audit };
  });
  return { ...pfna, entries };
}

function withViews(draw: Draw, inputs: RunInputs): RunInputs {
  const windows = inputs.run.windows.map((window) => {
    const aeon_window_id = draw.rarely(2, () => draw.text('aeon'));
    if (draw.oneIn(3)) return { ...window, aeon_window_id };
    return { ...window, aeon_window_id, apxi: randomPlan(draw, inputs, window) };
  });
  return { ...inputs, run: { ...inputs.run, windows } };
}

function randomPlan(draw: Draw, inputs: RunInputs, window: RunWindow): ApxiPlan {
  const descriptors: Record<string, ApxiDescriptor[]> = {};
  for (const { name, source } of window.streams) {
    const list = draw.list(0, 3, (n) => randomDescriptor(draw, { inputs, window, source, name }, n));
    list.sort((a, b) => byCodeUnit(a.descriptor_id, b.descriptor_id));
    if (list.length > 0) descriptors[name] = list;
  }
  return { residual_scheme: draw.pick(SCHEMES), descriptors };
}

interface StreamPlace {
  readonly inputs: RunInputs;
  readonly window: RunWindow;
  readonly source: StreamSource;
  readonly name: string;
}

function randomDescriptor(
  draw: Draw,
  { inputs, window, source, name }: StreamPlace,
  n: number,
): ApxiDescriptor {
  const about = {
    descriptor_id: draw.text(draw.pick(['d', `d${String(n)}`])),
    window_id: window.window_id,
    stream_id: name,
    labels: draw.list(0, 2, () => draw.text('label')),
  };
  const value = (): number => draw.pick([0, 0, 1, -3, draw.wide(-MAX, MAX)]);
  const ticks = window.end_tick - window.start_tick + 1;
  const isNarrow = widthAt(inputs, source, window.start_tick) === 1;
  if (isNarrow && draw.oneIn(3)) {
    const lengths = Array.from({ length: ticks }, (_, at) => at + 1).filter((length) => ticks % length === 0);
    const length = draw.pick(lengths);
    const pattern = Array.from({ length }, value);
    return { ...about, descriptor_type: 'RUN_SEGMENT', params: { pattern, repeats: ticks / length } };
  }
  if (draw.oneIn(2)) return { ...about, descriptor_type: 'CONST_SEGMENT', params: { value: value() } };
  const params = { intercept: value(), slope: value(), start_tick: value() };
  return { ...about, descriptor_type: 'LINEAR_TREND', params };
}
