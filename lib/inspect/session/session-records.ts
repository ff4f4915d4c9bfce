import type { Json } from '../../base/canonical-json.js';
import { entriesByTick } from '../../engine/gate/pfna-ref.js';
import { TickWindows } from '../../engine/gate/tick-windows.js';
import type { PfnaEntry, RunInputs } from '../../engine/inputs.js';
import type { ArtefactKind } from '../../session/records.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import type { RunView } from '../run-view.js';

/** A list of records in a session snapshot, and its source artefact. */
export interface SessionSection {
  readonly name: string;
  readonly artefact: ArtefactKind;
  /** Records in the order of the snapshot. */
  readonly records: () => AsyncIterable<StoredRecord>;
  /** The field that is the key of the records; absent if they are a list. */
  readonly key?: string;
}

/** Fields of each record in the snapshots of the reference engine, in their order. */
const FIELDS = {
  ledgers: ['tick', 'sum_pre_u', 'sum_post_u', 'z_check', 'pre_u', 'edges', 'post_u'],
  p_blocks: ['tick', 'seq', 's_t', 'C_t', 'edge_flux_summary'],
  i_blocks: ['tick', 'W', 'C_t', 'profile_version', 'post_u', 'topology_snapshot'],
  manifests: ['apx_name', 'profile', 'manifest_check', 'streams', 'apxi_view_ref'],
  u_ledger_entries: [
    ...[
      'gid',
      'run_id',
      'tick',
      'window_id',
      'C_t',
      'manifest_check',
      'nap_envelope_hash',
      'umx_ledger_hash',
    ],
    ...[
      'loom_block_hash',
      'apx_manifest_hash',
      'prev_entry_hash',
      'codex_library_hash',
      'timestamp_utc',
      'meta',
    ],
  ],
} as const;

/** The sections of the snapshot of a run. Streams: no section is held in memory. */
export function sessionSections(run: RunView, inputs: RunInputs): readonly SessionSection[] {
  const own = (kind: ArtefactKind, fields?: readonly string[]) => (): AsyncIterable<StoredRecord> =>
    projected(run, kind, fields);
  const envelopes = (keep: (record: StoredRecord) => boolean) => (): AsyncIterable<StoredRecord> =>
    filtered(own('nap_envelopes')(), keep);
  const has = (kind: ArtefactKind): boolean => run.artefacts.entry(kind) !== undefined;
  const nap = 'nap_envelopes';
  return [
    { name: 'ledgers', artefact: 'umx_ledger', records: own('umx_ledger', FIELDS.ledgers) },
    { name: 'p_blocks', artefact: 'loom_p_blocks', records: own('loom_p_blocks', FIELDS.p_blocks) },
    { name: 'i_blocks', artefact: 'loom_i_blocks', records: own('loom_i_blocks', FIELDS.i_blocks) },
    {
      name: 'manifests',
      artefact: 'apx_manifests',
      records: own('apx_manifests', FIELDS.manifests),
      key: 'apx_name',
    },
    { name: 'scenes', artefact: 'umx_ledger', records: () => scenes(run, inputs) },
    { name: 'envelopes', artefact: nap, records: envelopes(isData) },
    {
      name: 'governance_envelopes',
      artefact: nap,
      records: () => governanceEnvelopes(envelopes(isGovernance)),
    },
    { name: 'u_ledger_entries', artefact: 'u_ledger', records: own('u_ledger', FIELDS.u_ledger_entries) },
    ...(has('apxi_views')
      ? [{ name: 'apxi_views', artefact: 'apxi_views', records: own('apxi_views'), key: 'apx_name' } as const]
      : []),
    ...(has('codex_motifs') ? codexSections(own) : []),
    {
      name: 'ingress_envelopes',
      artefact: nap,
      records: envelopes(({ layer, meta }) => layer === 'INGRESS' && !isDataMeta(meta)),
    },
    {
      name: 'egress_envelopes',
      artefact: nap,
      records: envelopes(({ layer, meta }) => layer === 'EGRESS' && !isDataMeta(meta)),
    },
  ];
}

function codexSections(
  own: (kind: ArtefactKind) => () => AsyncIterable<StoredRecord>,
): readonly SessionSection[] {
  const proposals = own('codex_proposals');
  return [
    { name: 'codex_motifs', artefact: 'codex_motifs', records: own('codex_motifs') },
    { name: 'codex_proposals', artefact: 'codex_proposals', records: proposals },
    {
      name: 'codex_actions',
      artefact: 'codex_proposals',
      records: () => filtered(proposals(), ({ status }) => status === 'ACCEPTED'),
    },
  ];
}

/** The CTRL envelopes at the start and the end of a run. */
export function lifecycleEnvelopes(run: RunView): AsyncIterable<StoredRecord> {
  return filtered(
    projected(run, 'nap_envelopes'),
    ({ layer, meta }) => layer === 'CTRL' && !isDataMeta(meta) && !isGovernanceMeta(meta),
  );
}

async function* projected(
  run: RunView,
  kind: ArtefactKind,
  fields?: readonly string[],
): AsyncGenerator<StoredRecord> {
  for await (const record of run.records(kind)) {
    const whole = record as StoredRecord;
    yield fields === undefined
      ? whole
      : Object.fromEntries(fields.flatMap((field) => (field in whole ? [[field, whole[field]!]] : [])));
  }
}

async function* filtered(
  records: AsyncIterable<StoredRecord>,
  keep: (record: StoredRecord) => boolean,
): AsyncGenerator<StoredRecord> {
  for await (const record of records) if (keep(record)) yield record;
}

/** DATA envelopes may have any layer; only they describe integerization. */
function isData({ meta }: StoredRecord): boolean {
  return isDataMeta(meta);
}

function isDataMeta(meta: Json | undefined): boolean {
  return typeof meta === 'object' && meta !== null && 'pfna_integerization' in meta;
}

function isGovernance({ meta }: StoredRecord): boolean {
  return isGovernanceMeta(meta);
}

function isGovernanceMeta(meta: Json | undefined): boolean {
  return typeof meta === 'object' && meta !== null && 'event' in meta;
}

/** The decisions of all ticks first, then the envelopes of the whole run. */
async function* governanceEnvelopes(
  records: () => AsyncIterable<StoredRecord>,
): AsyncGenerator<StoredRecord> {
  const isDecision = ({ meta }: StoredRecord): boolean =>
    (meta as { readonly event?: Json }).event === 'GATE_GOVERNANCE_DECISION';
  yield* filtered(records(), isDecision);
  yield* filtered(records(), (record) => !isDecision(record));
}

/** Ledger, chain and window of each tick in one record. */
async function* scenes(
  run: RunView,
  { run: config, profile, pfna }: RunInputs,
): AsyncGenerator<StoredRecord> {
  const windows = new TickWindows(config);
  const applied = entriesByTick(pfna?.entries ?? []);
  const entries = run.records('u_ledger')[Symbol.asyncIterator]();
  let C_prev = profile.C0;
  for await (const record of run.records('umx_ledger')) {
    const step = await entries.next();
    if (step.done === true) return;
    const { tick, pre_u, post_u } = record;
    const { C_t, window_id, manifest_check } = step.value;
    const { apx_name } = config.windows[windows.at(tick)]!;
    yield {
      gid: config.gid,
      run_id: config.run_id,
      tick,
      nid: config.nid,
      pre_u,
      post_u,
      ledger_ref: `umx_ledger_${String(tick)}`,
      C_prev,
      C_t,
      window_id,
      manifest_check,
      nap_envelope_ref: null,
      meta: {
        p_block_ref: `loom_p_block_${String(tick)}`,
        manifest_ref: apx_name,
        ...integerization(applied.get(tick)),
      },
    };
    C_prev = C_t;
  }
}

/**
 * The reference engine lists the names of the entries in its scenes and leaves their values to the DATA
 * envelopes.
 */
function integerization(entries: readonly PfnaEntry[] | undefined): { readonly [key: string]: Json } {
  if (entries === undefined) return {};
  const pfna_refs = entries.map(({ pfna_id }) => pfna_id);
  return {
    pfna_refs,
    pfna_integerization: pfna_refs.map((pfna_id) => ({ pfna_id, values: [], audit: [] })),
  };
}

/** The streams that the snapshot lists as defaults of a session. */
const DEFAULT_STREAMS: readonly Json[] = [
  {
    name: 'S1_post_u_deltas',
    source: 'post_u_deltas',
    scheme_hint: null,
    description: 'post_u delta per node',
  },
  { name: 'S2_fluxes', source: 'fluxes', scheme_hint: null, description: 'edge flux per edge' },
];

/** The `config` of a session snapshot. */
export function sessionConfig({ run, pfna }: RunInputs): Readonly<Record<string, Json>> {
  const { run_id, gid, nid, ticks, primary_window_id, windows, initial_state } = run;
  return {
    run_id,
    gid,
    nid,
    total_ticks: ticks,
    primary_window_id,
    window_ids: windows.map(({ window_id }) => window_id),
    press_default_streams: DEFAULT_STREAMS,
    pfna_inputs: (pfna?.entries ?? []).map(({ pfna_id, tick, values, description }) => ({
      pfna_id,
      gid,
      run_id,
      tick,
      nid: pfna!.nid,
      values,
      ...(description === undefined ? {} : { description }),
    })),
    initial_state,
  };
}

/** Usage of the governance budget; undefined if no proposals were judged. */
export async function budgetUsage(run: RunView): Promise<Json | undefined> {
  if (run.artefacts.entry('codex_motifs') === undefined) return undefined;
  for await (const record of run.records('governance')) return record.usage;
  return undefined;
}
