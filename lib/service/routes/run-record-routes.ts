import type { Json } from '../../base/canonical-json.js';
import { LAYERS } from '../../engine/inputs.js';
import { operation, type Operation, type Reply } from '../http/operation.js';
import { RUN_ID, TICK, TICK_RANGE } from '../http/path-params.js';
import { NEXT_LINK, PAGE_QUERY, type Page } from '../http/paging.js';
import { MOST_RECORDS, recordPage } from '../runs/record-page.js';
import { present } from '../records/present.js';
import type { ServiceContext } from '../service-context.js';
import { CODEX_RECORD, ENVELOPE, ENTRY_VERDICT, U_ENTRY } from '../wire/run-data.js';
import { freeObject, integer, list, oneOf } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'run data';
const PROBLEMS = ['unknown-run', 'run-not-finished', 'unknown-record'] as const;
const LIST_PROBLEMS = [...PROBLEMS, 'invalid-cursor'] as const;

type Free = Readonly<Record<string, unknown>>;

/** Records of runs: the U-ledger, the Loom chain, envelopes, motifs and proposals of the Codex. */
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

/** Query parameters of every list of records. */
const RECORD_QUERY = {
  ...PAGE_QUERY,
  limit: integer('Maximum of records in the answer.', {
    minimum: 1,
    maximum: MOST_RECORDS,
    default: MOST_RECORDS,
  }),
};

function ledger({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunLedger',
    method: 'get',
    path: '/runs/{run_id}/ledger',
    tag: TAG,
    summary: 'U-ledger entries of a range of ticks',
    params: RUN_ID,
    query: { ...TICK_RANGE, ...RECORD_QUERY },
    success: {
      status: 200,
      description: 'Ascending by tick.',
      schema: list(ref(U_ENTRY), 'Entries.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) =>
      reply(await recordPage(await directory.view(params.run_id), 'u_ledger', { query, url })),
  });
}

function chain({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunChain',
    method: 'get',
    path: '/runs/{run_id}/chain',
    tag: TAG,
    summary: 'Links of the Loom chain in a range of ticks',
    params: RUN_ID,
    query: { ...TICK_RANGE, ...RECORD_QUERY },
    success: {
      status: 200,
      description: 'In order.',
      schema: list(freeObject(), 'Links.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) =>
      reply(await recordPage(await directory.view(params.run_id), 'loom_chain', { query, url })),
  });
}

function reply({ items, headers }: Page<Json>): Reply<readonly Free[]> {
  return { body: items as readonly Free[], headers };
}

function verifyEntry({ directory }: ServiceContext): Operation {
  return operation({
    id: 'verifyRunLedgerEntry',
    method: 'get',
    path: '/runs/{run_id}/ledger/{tick}/verify',
    tag: TAG,
    summary: 'Compare a U-ledger entry with the stored artefacts',
    params: { ...RUN_ID, ...TICK },
    success: { status: 200, description: 'The verdict.', schema: ref(ENTRY_VERDICT) },
    problems: PROBLEMS,
    handle: async ({ params }) => ({ body: await directory.ask('verdict', params.run_id, params.tick) }),
  });
}

function envelopes({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunEnvelopes',
    method: 'get',
    path: '/runs/{run_id}/envelopes',
    tag: TAG,
    summary: 'NAP envelopes',
    description: 'Of one tick, or of the whole run.',
    params: RUN_ID,
    query: { ...TICK, layer: oneOf(LAYERS, 'Only this layer.'), ...RECORD_QUERY },
    success: {
      status: 200,
      description: 'In stream order.',
      schema: list(ref(ENVELOPE), 'Envelopes.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query: { tick, layer, ...page }, url }) => {
      const view = await directory.view(params.run_id);
      const range = tick === undefined ? {} : { from: tick, to: tick };
      if (tick !== undefined) present(await view.envelopes({ tick }));
      const wanted = (record: Json): boolean => layer === undefined || (record as Free)['layer'] === layer;
      return reply(await recordPage(view, 'nap_envelopes', { query: { ...page, ...range }, url, wanted }));
    },
  });
}

function codex({ directory }: ServiceContext, what: 'motifs' | 'proposals'): Operation {
  return operation({
    id: what === 'motifs' ? 'getRunMotifs' : 'getRunProposals',
    method: 'get',
    path: `/runs/{run_id}/${what}`,
    tag: TAG,
    summary: what === 'motifs' ? 'Motifs of the Codex' : 'Proposals of the Codex with their verdicts',
    params: RUN_ID,
    query: RECORD_QUERY,
    success: {
      status: 200,
      description: 'In order; empty when the Codex did not run.',
      schema: list(ref(CODEX_RECORD), 'Records.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) => {
      const view = await directory.view(params.run_id);
      return reply(await recordPage(view, `codex_${what}`, { query: { ...query, from: 0 }, url }));
    },
  });
}
