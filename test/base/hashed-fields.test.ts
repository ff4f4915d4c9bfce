import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import type { HashedFields } from '../../lib/base/hashed-fields.js';
import type { RunInputs, RunWindow, Topology, TopologyEdge } from '../../lib/engine/inputs.js';
import { topologyRecord } from '../../lib/session/input-key.js';

interface Shape {
  readonly a: number;
  readonly b?: string;
  readonly note: string;
}

void t.test('a field that is neither hashed nor left out does not compile', (t) => {
  const whole = { a: 1, b: 'x', note: '' } satisfies HashedFields<Shape>;
  const withoutNote = { a: 1, b: 'x' } satisfies HashedFields<Shape, 'note'>;
  // @ts-expect-error -- "note" is forgotten
  const forgotten = { a: 1, b: 'x' } satisfies HashedFields<Shape>;
  // @ts-expect-error -- "b" is forgotten, although it is optional
  const optional = { a: 1 } satisfies HashedFields<Shape, 'note'>;
  // @ts-expect-error -- the shape has no field "c"
  const unknown = { a: 1, b: 'x', c: 1 } satisfies HashedFields<Shape, 'note'>;
  // @ts-expect-error -- the shape has no field "c" to leave out
  const leftOut = { a: 1, b: 'x', note: '' } satisfies HashedFields<Shape, 'c'>;
  t.same([whole, withoutNote, forgotten, optional, unknown, leftOut].length, 6, 'compiled');
  t.end();
});

void t.test('a field that is added to an input must be decided upon for the input key', (t) => {
  interface LaterEdge extends TopologyEdge {
    readonly weight: number;
  }
  interface LaterTopology extends Topology {
    readonly shape: string;
  }
  interface LaterInputs extends RunInputs {
    readonly climate: Json;
  }
  interface LaterWindow extends RunWindow {
    readonly stride: number;
  }
  const edge = { e_id: 1, i: 1, j: 2, k: 1, cap: 8, SC: 32, c: 0, causal_radius: null };
  edge satisfies HashedFields<TopologyEdge>;
  // @ts-expect-error -- "weight" is forgotten
  edge satisfies HashedFields<LaterEdge>;
  const graph = {
    gid: 'g',
    N: 1,
    SC: 1,
    edges: [],
    causal_radius: 0,
    max_edge_cap: null,
    topology_version: 'v1',
    nap_ref: '',
  };
  graph satisfies HashedFields<Topology, 'profile' | 'nodes'>;
  // @ts-expect-error -- "shape" is forgotten
  graph satisfies HashedFields<LaterTopology, 'profile' | 'nodes'>;
  const documents = { topology: '', profile: '', run: '', pfna: null, governance: '' };
  documents satisfies HashedFields<RunInputs, 'slp' | 'aeon'>;
  // @ts-expect-error -- "climate" is forgotten
  documents satisfies HashedFields<LaterInputs, 'slp' | 'aeon'>;
  const window = { window_id: 'W', apx_name: 'A', start_tick: 1, end_tick: 2, streams: [] };
  window satisfies HashedFields<RunWindow, 'apxi' | 'aeon_window_id'>;
  // @ts-expect-error -- "stride" is forgotten
  window satisfies HashedFields<LaterWindow, 'apxi' | 'aeon_window_id'>;
  const record = topologyRecord({ ...graph, profile: 'CMP-0', nodes: [] }) as object;
  t.strictSame(Object.keys(record).sort(), Object.keys(graph).sort(), 'the record has exactly these fields');
  t.end();
});
