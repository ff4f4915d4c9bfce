import type { Json } from '../../base/canonical-json.js';
import { hashRecord } from '../../base/digest.js';
import { LAYERS, type Layer } from '../../engine/inputs.js';
import type { RunView } from '../../inspect/index.js';
import { operation, type Operation } from '../http/operation.js';
import {
  RUN_ID,
  TICK,
  TICK_RANGE,
  type RunParams,
  type TickParams,
  type TickRange,
} from '../http/path-params.js';
import { present } from '../runs/run-directory.js';
import type { ServiceContext } from '../service-context.js';
import type { EntryVerdict } from '../wire/run-data.js';
import { list, oneOf, ref } from '../wire/schema.js';

const TAG = 'run data';
const PROBLEMS = ['unknown-run', 'run-not-finished', 'unknown-record'] as const;
/** Records one answer holds at most. */
const MOST_RECORDS = 1000;

type Free = Readonly<Record<string, unknown>>;

/** What runs put on record: the U-ledger, the Loom chain, envelopes, what the Codex learnt. */
export function runRecordRoutes(context: ServiceContext): Operation[] {
  return [
    ledger(context),
    verifyEntry(context),
    chain(context),
    envelopes(context),
    codex(context, 'motifs'),
    codex(context, 'proposals'),
  ];
}

/** Records of a kind in a range of ticks, cut off at what one answer holds. */
async function inRange(
  view: RunView,
  kind: Parameters<RunView['records']>[0],
  { from = 1, to = Infinity }: TickRange,
) {
  const records: Json[] = [];
  if (view.artefacts.entry(kind) === undefined) return records;
  for await (const record of view.records(kind, from, to)) {
    records.push(record);
    if (records.length === MOST_RECORDS) break;
  }
  return records;
}

function ledger({ directory }: ServiceContext): Operation {
  return operation<RunParams, TickRange>({
    id: 'getRunLedger',
    method: 'get',
    path: '/runs/{run_id}/ledger',
    tag: TAG,
    summary: 'U-ledger entries of a range of ticks',
    description: `At most ${String(MOST_RECORDS)} entries; go on from the tick after the last one.`,
    params: RUN_ID,
    query: TICK_RANGE,
    success: { status: 200, description: 'Ascending by tick.', schema: list(ref('UEntry'), 'Entries.') },
    problems: PROBLEMS,
    handle: async ({ params, query }) => ({
      body: await inRange(await directory.view(params.run_id), 'u_ledger', query),
    }),
  });
}

function chain({ directory }: ServiceContext): Operation {
  return operation<RunParams, TickRange>({
    id: 'getRunChain',
    method: 'get',
    path: '/runs/{run_id}/chain',
    tag: TAG,
    summary: 'Links of the Loom chain in a range of ticks',
    params: RUN_ID,
    query: TICK_RANGE,
    success: {
      status: 200,
      description: 'In order.',
      schema: list({ type: 'object', additionalProperties: true }, 'Links.'),
    },
    problems: PROBLEMS,
    handle: async ({ params, query }) => ({
      body: await inRange(await directory.view(params.run_id), 'loom_chain', query),
    }),
  });
}

function verifyEntry({ directory }: ServiceContext): Operation {
  return operation<TickParams>({
    id: 'verifyRunLedgerEntry',
    method: 'get',
    path: '/runs/{run_id}/ledger/{tick}/verify',
    tag: TAG,
    summary: 'Hold a U-ledger entry against the stored artefacts',
    params: { ...RUN_ID, ...TICK },
    success: { status: 200, description: 'The verdict.', schema: ref('EntryVerdict') },
    problems: PROBLEMS,
    handle: async ({ params }) => ({ body: await verdict(await directory.view(params.run_id), params.tick) }),
  });
}

async function verdict(view: RunView, at: number): Promise<EntryVerdict> {
  const entry = present(await view.uEntry(at)) as unknown as Record<string, string | null>;
  const hashOf = (value: unknown): string => hashRecord(value as Json);
  const envelopes = present(await view.envelopes({ tick: at }));
  const data = envelopes.find(({ seq, meta }) => seq === at && 'pfna_integerization' in (meta as object));
  const before = at === 1 ? null : hashOf(present(await view.uEntry(at - 1)));
  const manifest = await view.manifest(String(entry['window_id']));
  const expected: Readonly<Record<string, string | null>> = {
    umx_ledger_hash: hashOf(present(await view.ledger(at))),
    loom_block_hash: hashOf(present(await view.pBlock(at))),
    nap_envelope_hash: data === undefined ? null : hashOf(data),
    apx_manifest_hash: manifest.ok ? hashOf(manifest.value) : null,
    prev_entry_hash: before,
  };
  const fields = Object.entries(expected).map(([field, value]) => {
    const found = entry[field] ?? null;
    return { field, ok: found === value, expected: value, found };
  });
  return { tick: at, ok: fields.every(({ ok }) => ok), fields };
}

function envelopes({ directory }: ServiceContext): Operation {
  return operation<RunParams, { readonly tick?: number; readonly layer?: Layer }>({
    id: 'getRunEnvelopes',
    method: 'get',
    path: '/runs/{run_id}/envelopes',
    tag: TAG,
    summary: 'NAP envelopes',
    description: `Of one tick, or the first ${String(MOST_RECORDS)} of the run.`,
    params: RUN_ID,
    query: { ...TICK, layer: oneOf(LAYERS, 'Only this layer.') },
    success: { status: 200, description: 'In stream order.', schema: list(ref('Envelope'), 'Envelopes.') },
    problems: PROBLEMS,
    handle: async ({ params, query }) => {
      const view = await directory.view(params.run_id);
      const range = query.tick === undefined ? {} : { from: query.tick, to: query.tick };
      if (query.tick !== undefined) present(await view.envelopes({ tick: query.tick }));
      const all = (await inRange(view, 'nap_envelopes', range)) as readonly Free[];
      return {
        body: query.layer === undefined ? all : all.filter((envelope) => envelope['layer'] === query.layer),
      };
    },
  });
}

function codex({ directory }: ServiceContext, what: 'motifs' | 'proposals'): Operation {
  return operation<RunParams>({
    id: what === 'motifs' ? 'getRunMotifs' : 'getRunProposals',
    method: 'get',
    path: `/runs/{run_id}/${what}`,
    tag: TAG,
    summary: what === 'motifs' ? 'What the Codex learnt' : 'What the Codex proposed, and the verdicts',
    params: RUN_ID,
    success: {
      status: 200,
      description: 'In order; empty when the Codex did not run.',
      schema: list(ref('CodexRecord'), 'Records.'),
    },
    problems: PROBLEMS,
    handle: async ({ params }) => ({
      body: await inRange(await directory.view(params.run_id), `codex_${what}`, { from: 0 }),
    }),
  });
}
