import { count, json, list, mapOf, oneOf, record, safeInteger, text, type Infer } from '../../base/schema.js';
import { LAYERS } from '../inputs.js';

/** Schema of NAP envelopes. */
export const NAP_ENVELOPE = record('NAP envelope (engine contract, section 6).', {
  v: safeInteger('Version, from the labels of profile and run.'),
  tick: count('The tick.'),
  gid: text('Graph of the run.'),
  nid: text('Node that sends.'),
  layer: oneOf(LAYERS, 'Layer.'),
  mode: text('`P` for payload, `G` for governance, or the mode of the labels.'),
  payload_ref: safeInteger('Check number of the payload: of the window, of the inputs, or 0.'),
  seq: count('Sequence number within its kind.'),
  prev_chain: safeInteger('Chain value before the tick; at the end of the run the last one.'),
  sig: text('Empty.'),
  slp_event_ids: list(text('An id.'), 'Structural events of the tick.'),
  meta: mapOf(
    json('A value.'),
    'Integerization audit of DATA envelopes, the event of GOV envelopes, else empty.',
  ),
});
/** NAP envelope (section 6). */
export type NapEnvelope = Infer<typeof NAP_ENVELOPE>;
