import { LAYERS } from '../../engine/inputs.js';
import { operation, type Operation, type Reply } from '../http/operation.js';
import { RUN_ID, TICK, TICK_RANGE } from '../http/path-params.js';
import { NEXT_LINK, PAGE_QUERY, type Page } from '../http/paging.js';
import { MOST_RECORDS, recordPage } from '../runs/record-page.js';
import { present } from '../records/present.js';
import type { ServiceContext } from '../service-context.js';
import { RECORDS, type Envelope } from '../wire/records.js';
import { ENTRY_VERDICT } from '../wire/run-data.js';
import { integer, list, oneOf } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'run data';
const PROBLEMS = ['unknown-run', 'run-not-finished', 'unknown-record'] as const;
const LIST_PROBLEMS = [...PROBLEMS, 'invalid-cursor'] as const;

/** Records of runs: the U-ledger, the Loom chain, envelopes, motifs and proposals of the Codex. */
export function runRecordRoutes(context: ServiceContext): Operation[] {
  return [
    ledger(context),
    verifyEntry(context),
    chain(context),
    envelopes(context),
    motifs(context),
    proposals(context),
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
      schema: list(ref(RECORDS.u_entry), 'Entries.'),
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
      schema: list(ref(RECORDS.link), 'Links.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) =>
      reply(await recordPage(await directory.view(params.run_id), 'loom_chain', { query, url })),
  });
}

function reply<T>({ items, headers }: Page<T>): Reply<readonly T[]> {
  return { body: items, headers };
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
      schema: list(ref(RECORDS.envelope), 'Envelopes.'),
      headers: NEXT_LINK,
    },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query: { tick, layer, ...page }, url }) => {
      const view = await directory.view(params.run_id);
      const range = tick === undefined ? {} : { from: tick, to: tick };
      if (tick !== undefined) present(await view.envelopes({ tick }));
      const wanted = (envelope: Envelope): boolean => layer === undefined || envelope.layer === layer;
      return reply(await recordPage(view, 'nap_envelopes', { query: { ...page, ...range }, url, wanted }));
    },
  });
}

function motifs({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunMotifs',
    method: 'get',
    path: '/runs/{run_id}/motifs',
    tag: TAG,
    summary: 'Motifs of the Codex',
    params: RUN_ID,
    query: RECORD_QUERY,
    success: { ...OF_CODEX, schema: list(ref(RECORDS.motif), 'Records.') },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) => {
      const view = await directory.view(params.run_id);
      return reply(await recordPage(view, 'codex_motifs', { query: { ...query, from: 0 }, url }));
    },
  });
}

function proposals({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunProposals',
    method: 'get',
    path: '/runs/{run_id}/proposals',
    tag: TAG,
    summary: 'Proposals of the Codex with their verdicts',
    params: RUN_ID,
    query: RECORD_QUERY,
    success: { ...OF_CODEX, schema: list(ref(RECORDS.proposal), 'Records.') },
    problems: LIST_PROBLEMS,
    handle: async ({ params, query, url }) => {
      const view = await directory.view(params.run_id);
      return reply(await recordPage(view, 'codex_proposals', { query: { ...query, from: 0 }, url }));
    },
  });
}

const OF_CODEX = {
  status: 200,
  description: 'In order; empty when the Codex did not run.',
  headers: NEXT_LINK,
} as const;
