import { count, digest, json, mapOf, oneOf, record, text, type Infer } from '../base/schema.js';
import { SLP_OPS } from '../engine/inputs.js';

/** Schema of links of the Loom chain. */
export const CHAIN_LINK = record(
  'A link of the tamper-evidence chain (engine contract, section 4.3).',
  {
    tick: count('Tick of the block.'),
    block: oneOf(['P', 'I'], 'Kind of the block.'),
    link_hash: digest('SHA-256 of the block with the previous link.'),
  },
  { merkle_root: digest('I-blocks only: Merkle root over the links of the P-blocks since the last one.') },
);
/** A line of the tamper-evidence chain (engine contract, section 4.3). */
export type ChainLink = Infer<typeof CHAIN_LINK>;

/** Schema of applied structural events. */
export const APPLIED_EVENT = record('An applied structural event (engine contract, section 13).', {
  tick: count('Tick before whose step the event applied.'),
  event_id: text('Name of the event.'),
  op_type: oneOf(SLP_OPS, 'Kind of change.'),
  payload: mapOf(json('A value.'), 'Parameters of the operation, without free notes (`attrs`).'),
});
/** An applied structural event (engine contract, section 13). */
export type AppliedEvent = Infer<typeof APPLIED_EVENT>;
