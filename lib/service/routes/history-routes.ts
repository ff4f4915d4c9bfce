import { BoundedMap } from '../../base/bounded-map.js';
import { operation, type Operation, type Reply } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY } from '../http/paging.js';
import { RUN_ID } from '../http/path-params.js';
import { HISTORY_FILTER_QUERY, type HistoryIndex } from '../runs/history-index.js';
import { sendExport } from '../runs/send-export.js';
import type { ServiceContext } from '../service-context.js';
import { HISTORY_DETAIL, HISTORY_ENTRY, type HistoryEntry } from '../wire/history.js';
import { list, oneOf, type InferOptional } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'history';
/** Maximum of cached lists. */
const KEPT = 50;

type HistoryReply = Reply<readonly HistoryEntry[]>;

const LIST_QUERY = { ...PAGE_QUERY, ...HISTORY_FILTER_QUERY };

/** Past runs: the records of the tree. */
export function historyRoutes(context: ServiceContext): Operation[] {
  return [listHistory(context), readHistory(context), exportRun(context)];
}

function listHistory(context: ServiceContext): Operation {
  const ready = new BoundedMap<string, { readonly asOf: string; readonly reply: HistoryReply }>(KEPT);
  return operation({
    id: 'listHistory',
    method: 'get',
    path: '/history',
    tag: TAG,
    summary: 'Past runs',
    query: LIST_QUERY,
    success: {
      status: 200,
      description: 'Newest first.',
      schema: list(ref(HISTORY_ENTRY), 'Runs.'),
      headers: NEXT_LINK,
    },
    problems: ['invalid-cursor'],
    handle: async ({ query, url }) => {
      const { history, supervisor } = context;
      await history.runs();
      const active = new Set(supervisor.active.map((handle) => handle.id));
      // A record is in the tree before its run has ended, so one list gives different pages.
      const asOf = [history.version, ...active].join(' ');
      const known = ready.get(url);
      if (known?.asOf === asOf) return known.reply;
      const reply = await historyPage(history, { query, url, active });
      ready.set(url, { asOf, reply });
      return reply;
    },
  });
}

interface Asked {
  readonly query: InferOptional<typeof LIST_QUERY>;
  readonly url: string;
  /** Runs that have not ended, and are not part of the history yet. */
  readonly active: ReadonlySet<string>;
}

async function historyPage(history: HistoryIndex, { query, url, active }: Asked): Promise<HistoryReply> {
  const page = await history.page(query, url);
  const entries = await history.entries(page.items.filter((run) => !active.has(run.id)));
  return { json: Buffer.from(JSON.stringify(entries)), headers: page.headers };
}

function readHistory({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getHistory',
    method: 'get',
    path: '/history/{run_id}',
    tag: TAG,
    summary: 'One run with its metrics and digests',
    params: RUN_ID,
    success: { status: 200, description: 'The run.', schema: ref(HISTORY_DETAIL) },
    problems: ['unknown-run'],
    handle: async ({ params }) => ({ body: await directory.detail(params.run_id) }),
  });
}

function exportRun(context: ServiceContext): Operation {
  return operation({
    id: 'exportRun',
    method: 'get',
    path: '/history/{run_id}/export',
    tag: TAG,
    summary: 'All artefacts of a run as an archive',
    description: 'With a SHA256SUMS that `sha256sum -c` verifies; `aether store import` imports it.',
    params: RUN_ID,
    query: { format: oneOf(['zip', 'tar'], 'Format of the archive; zip by default.') },
    success: { status: 200, description: 'The archive.', media: 'application/octet-stream' },
    problems: ['unknown-run', 'run-not-finished', 'too-many-streams'],
    handle: async ({ params, query }) => {
      await context.directory.view(params.run_id);
      return {
        stream: (response) =>
          sendExport(response, context, { run: params.run_id, format: query.format ?? 'zip' }),
      };
    },
  });
}
