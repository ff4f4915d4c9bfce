import { hashRecord } from '../../base/digest.js';
import type { Json } from '../../base/canonical-json.js';
import { LAYERS, type Layer } from '../../engine/inputs.js';
import type { RunView } from '../../inspect/index.js';
import { operation, type Operation } from '../http/operation.js';
import { RUN_ID, TICK, type RunParams } from '../http/path-params.js';
import { present } from '../runs/run-directory.js';
import { liveSeries, storedSeries, type SeriesQuery } from '../runs/series.js';
import type { ServiceContext } from '../service-context.js';
import { SERIES_METRICS, type EntryVerdict, type TickView, type WindowView } from '../wire/run-data.js';
import { integer, list, oneOf, ref } from '../wire/schema.js';

const TAG = 'run data';
const PROBLEMS = ['unknown-run', 'run-not-finished', 'unknown-record'] as const;
const RANGE = {
  from: integer('First tick.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  to: integer('Last tick.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
};
/** Records one answer holds at most. */
const MOST_RECORDS = 1000;

interface TickParams extends RunParams {
  readonly tick: number;
}

interface RangeQuery {
  readonly from?: number;
  readonly to?: number;
}

type Free = Readonly<Record<string, unknown>>;

/** Records of runs: ticks, series, windows, the U-ledger, envelopes, what the Codex learnt. */
export function runDataRoutes(context: ServiceContext): Operation[] {
  return [
    tick(context),
    series(context),
    windows(context),
    ledger(context),
    verifyEntry(context),
    envelopes(context),
    topology(context),
    codex(context, 'motifs'),
    codex(context, 'proposals'),
    chain(context),
  ];
}

function tick({ directory }: ServiceContext): Operation {
  return operation<TickParams>({
    id: 'getRunTick',
    method: 'get',
    path: '/runs/{run_id}/ticks/{tick}',
    tag: TAG,
    summary: 'Everything recorded about a tick',
    params: { ...RUN_ID, ...TICK },
    success: { status: 200, description: 'The tick.', schema: ref('TickView') },
    problems: PROBLEMS,
    handle: async ({ params }) => {
      const view = await directory.view(params.run_id);
      const i_block = await view.iBlock(params.tick);
      const u_entry = await view.uEntry(params.tick);
      const body: TickView = {
        tick: params.tick,
        ledger: present(await view.ledger(params.tick)) as unknown as Free,
        p_block: present(await view.pBlock(params.tick)) as unknown as Free,
        i_block: i_block.ok ? (i_block.value as unknown as Free) : null,
        u_entry: u_entry.ok ? (u_entry.value as unknown as Free) : null,
      };
      return { body };
    },
  });
}

function series({ directory, supervisor }: ServiceContext): Operation {
  return operation<RunParams, SeriesQuery>({
    id: 'getRunSeries',
    method: 'get',
    path: '/runs/{run_id}/series',
    tag: TAG,
    summary: 'A metric over ticks, thinned out',
    description:
      'Also of a run under way. `u` is the state itself, for heat maps: one list of node values per tick shown.',
    params: RUN_ID,
    query: {
      metric: oneOf(SERIES_METRICS, 'What to show; sum_u by default.'),
      ...RANGE,
      points: integer('Most points.', { minimum: 2, maximum: 2000, default: 400 }),
    },
    success: { status: 200, description: 'The series.', schema: ref('Series') },
    problems: ['unknown-run', 'unknown-record'],
    handle: async ({ params, query }) => {
      const handle = supervisor.get(params.run_id);
      if (handle !== undefined && handle.end?.recorded !== true) {
        const node_ids = handle.plan.resolved.topology.nodes.map(({ node_id }) => node_id);
        return { body: liveSeries({ id: handle.id, board: handle.board, node_ids }, query) };
      }
      return { body: await storedSeries(await directory.view(params.run_id), query) };
    },
  });
}

function windows({ directory }: ServiceContext): Operation {
  return operation<RunParams, { readonly limit?: number }>({
    id: 'getRunWindows',
    method: 'get',
    path: '/runs/{run_id}/windows',
    tag: TAG,
    summary: 'Press windows with their manifests and candidate bits',
    params: RUN_ID,
    query: { limit: integer('Most windows.', { minimum: 1, maximum: MOST_RECORDS, default: 100 }) },
    success: { status: 200, description: 'In declared order.', schema: list(ref('WindowView'), 'Windows.') },
    problems: PROBLEMS,
    handle: async ({ params, query }) => {
      const view = await directory.view(params.run_id);
      const { windows: declared, primary_window_id } = (await view.inputs()).run;
      const body: WindowView[] = [];
      for (const window of declared.slice(0, query.limit ?? 100)) {
        const { window_id, apx_name, start_tick, end_tick } = window;
        const manifest = await view.manifest(window_id);
        const candidates = await view.candidates(window_id);
        body.push({
          window_id,
          apx_name,
          start_tick,
          end_tick,
          primary: window_id === primary_window_id,
          manifest: manifest.ok ? manifest.value : null,
          candidates: candidates.ok ? candidates.value : null,
        });
      }
      return { body };
    },
  });
}

/** Records of a kind in a range of ticks, cut off at what one answer holds. */
async function inRange(
  view: RunView,
  kind: Parameters<RunView['records']>[0],
  { from = 1, to = Infinity }: RangeQuery,
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
  return operation<RunParams, RangeQuery>({
    id: 'getRunLedger',
    method: 'get',
    path: '/runs/{run_id}/ledger',
    tag: TAG,
    summary: 'U-ledger entries of a range of ticks',
    description: `At most ${String(MOST_RECORDS)} entries; go on from the tick after the last one.`,
    params: RUN_ID,
    query: RANGE,
    success: { status: 200, description: 'Ascending by tick.', schema: list(ref('UEntry'), 'Entries.') },
    problems: PROBLEMS,
    handle: async ({ params, query }) => ({
      body: await inRange(await directory.view(params.run_id), 'u_ledger', query),
    }),
  });
}

function chain({ directory }: ServiceContext): Operation {
  return operation<RunParams, RangeQuery>({
    id: 'getRunChain',
    method: 'get',
    path: '/runs/{run_id}/chain',
    tag: TAG,
    summary: 'Links of the Loom chain in a range of ticks',
    params: RUN_ID,
    query: RANGE,
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

function topology({ directory }: ServiceContext): Operation {
  return operation<RunParams>({
    id: 'getRunTopology',
    method: 'get',
    path: '/runs/{run_id}/topology',
    tag: TAG,
    summary: 'The graph a run works on',
    params: RUN_ID,
    success: { status: 200, description: 'The graph.', schema: ref('Topology') },
    problems: ['unknown-run'],
    handle: async ({ params }) => {
      const { topology: graph } = await directory.inputs(params.run_id);
      const nodes = graph.nodes.map(({ node_id, label }) => ({ node_id, label }));
      const edges = graph.edges.map(({ e_id, i, j, k, cap }) => ({ e_id, i, j, k, cap }));
      return { body: { gid: graph.gid, nodes, edges } };
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
