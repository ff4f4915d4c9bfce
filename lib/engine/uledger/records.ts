import {
  configRunId,
  count,
  digest,
  json,
  list,
  mapOf,
  mixed,
  orNull,
  record,
  safeInteger,
  text,
  type Infer,
} from '../../base/schema.js';

/** Schema of U-ledger entries. */
export const ULEDGER_ENTRY = record('U-ledger entry, one per committed tick (engine contract, section 7).', {
  gid: text('Graph of the run.'),
  run_id: configRunId('run_id of the RunConfig.'),
  tick: count('The tick.'),
  window_id: text(
    'Window of the tick: the primary one if it contains the tick, else the first declared that does.',
  ),
  C_t: safeInteger('Chain value.'),
  manifest_check: count('Check of the manifest of that window.'),
  nap_envelope_hash: digest('Hash of the DATA envelope.'),
  umx_ledger_hash: digest('Hash of the tick ledger.'),
  loom_block_hash: digest('Hash of the P-block.'),
  apx_manifest_hash: digest('Hash of the manifest of that window.'),
  prev_entry_hash: orNull(digest('Hash of the entry before; null at first.')),
  codex_library_hash: mixed(['null'], 'Null.'),
  timestamp_utc: mixed(['null'], 'Null: nothing hashed depends on the clock.'),
  meta: mapOf(json('A value.'), 'Usage of the budgets if proposals were judged, else empty.'),
  slp_event_refs: list(text('An id.'), 'Structural events of the tick.'),
  topology_version: text('Version of the graph.'),
  policy_set_hash: digest('Hash of the policies in force.'),
});
/** U-ledger entry, one per committed tick (section 7). */
export type ULedgerEntry = Infer<typeof ULEDGER_ENTRY>;
