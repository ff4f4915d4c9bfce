import { count, list, record, safeInteger, text, type Infer } from '../../base/schema.js';

/** Schema of P-blocks. */
export const P_BLOCK = record('P-block of Loom, one per tick (engine contract, section 4.2).', {
  gid: text('Graph of the run.'),
  tick: count('The tick.'),
  seq: count('Equal to the tick.'),
  s_t: safeInteger('Number to which the rule of the profile reduces the tick.'),
  C_t: safeInteger('Chain value: (a * previous + b * s_t + seq) mod M.'),
  topology_version: text('Version of the graph.'),
  edge_flux_summary: list(
    record('Flux of one edge.', { e_id: count('The edge.'), f_e: safeInteger('Its flux.') }),
    'Fluxes of the tick.',
  ),
});
/** P-block, one per tick (section 4.2). */
export type PBlock = Infer<typeof P_BLOCK>;

/** Schema of I-blocks. */
export const I_BLOCK = record('I-block of Loom, the checkpoint of every W-th tick.', {
  gid: text('Graph of the run.'),
  tick: count('The tick, a multiple of W.'),
  W: count('Ticks between checkpoints.'),
  C_t: safeInteger('Chain value at the tick.'),
  profile_version: text('Name of the profile.'),
  topology_version: text('Version of the graph.'),
  post_u: list(safeInteger('Value of a node.'), 'State after the tick.'),
  topology_snapshot: list(
    record('An edge as declared.', {
      e_id: count('The edge.'),
      i: count('Node the flux leaves when positive.'),
      j: count('Node the flux enters when positive.'),
      k: count('Conductance.'),
      cap: count('Largest flux per tick.'),
      SC: count('Scale.'),
      c: count('Clamp on |du|; 0 for none.'),
    }),
    'Every edge as declared.',
  ),
});
/** I-block, the checkpoint of every W-th tick. */
export type IBlock = Infer<typeof I_BLOCK>;
