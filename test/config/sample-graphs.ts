/** Small valid grammars, events and views, in addition to sample-documents. */
export const AEON = `v: 1
base_windows:
  a: {window_id: a, tick_start: 1, tick_end: 4, labels: [first]}
  b: {window_id: b, tick_start: 5, tick_end: 8, labels: [], parent_id: all}
derived_windows:
  all: {window_id: all, source_ids: [a, b]}
`;

export const DAY = `base_windows:
  day: {window_id: day, tick_start: 1, tick_end: 4}
`;

export const SLP = `v: 1
gid: G
events:
  - {event_id: e1, tick_effective: 2, op_type: ADD_NODE, payload: {node_id: 3}}
  - {event_id: e2, tick_effective: 2, op_type: REMOVE_EDGE, payload: {e_id: 2}}
  - {event_id: e3, tick_effective: 3, op_type: ADD_EDGE, payload: {e_id: 2, i: 1, j: 2, k: 3}}
  - {event_id: e4, tick_effective: 3, op_type: UPDATE_EDGE, payload: {e_id: 1, k: 7}}
  - {event_id: e5, tick_effective: 4, op_type: UPDATE_NODE, payload: {node_id: 3, label: x}}
  - {event_id: e6, tick_effective: 5, op_type: REMOVE_NODE, payload: {node_id: 3}}
`;

/** A run of the sample topology with a changing graph; its window reads a stream that always has one value. */
export const CHANGING_RUN = `v: 1
gid: G
run_id: s
topology_path: t.yaml
profile_path: p.yaml
slp_path: e.yaml
ticks: 8
initial_state: [1, 2]
windows:
  - window_id: A
    apx_name: XA
    start_tick: 1
    end_tick: 8
    streams:
      - {name: C, source: prev_chain}
primary_window_id: A
`;

export const VIEWED_RUN = `v: 1
gid: G
run_id: v
topology_path: t.yaml
profile_path: p.yaml
aeon_path: d.yaml
ticks: 4
initial_state: [1, 2]
primary_window_id: A
windows:
  - {window_id: A, apx_name: XA, start_tick: 1, end_tick: 4, streams: [{name: C, source: prev_chain}],
    aeon_window_id: day,
    apxi_enabled: true,
    apxi_residual_scheme: GR,
    apxi_descriptors: {
      C:
      [{descriptor_id: d, descriptor_type: CONST_SEGMENT, window_id: day, stream_id: C, params: {value: 7}},
      {descriptor_id: e, descriptor_type: RUN_SEGMENT, window_id: day, stream_id: C, params: {pattern: [1, 2], repeats: 2}},
      {descriptor_id: f, descriptor_type: LINEAR_TREND, window_id: day, stream_id: C, params: {intercept: 1, slope: 2}}]}}
`;
