import type { RunId } from '../../base/run-id.js';
import { newId } from '../../execution/new-id.js';
import { NO_REMARKS, runRemarks } from '../../store/index.js';
import { RUN_ID } from '../http/path-params.js';
import { operation, type Operation } from '../http/operation.js';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { REMARKS, ADD_REMARK, type WireRemarks } from '../wire/remarks.js';
import { ref } from '../wire/named-schema.js';

/** Labels and notes of a run. */
export function remarkRoutes(context: ServiceContext): Operation[] {
  return [readRemarks(context), addRemark(context)];
}

function readRemarks({ store }: ServiceContext): Operation {
  return operation({
    id: 'getRemarks',
    method: 'get',
    path: '/runs/{run_id}/remarks',
    tag: 'history',
    summary: 'Labels and notes of a run',
    params: RUN_ID,
    success: { status: 200, description: 'Its labels and notes.', schema: ref(REMARKS) },
    problems: ['unknown-run'],
    handle: async ({ params }) => ({ body: await remarksOf(store, params.run_id) }),
  });
}

function addRemark({ store, clock }: ServiceContext): Operation {
  return operation({
    id: 'addRemark',
    method: 'post',
    path: '/runs/{run_id}/remarks',
    tag: 'history',
    summary: 'Label a run, or add a note to it',
    description:
      'Remarks are only added: earlier values of a label stay in the tree when it is set again or removed.',
    params: RUN_ID,
    body: { schema: ADD_REMARK, required: true },
    success: { status: 201, description: 'Its current labels and notes.', schema: ref(REMARKS) },
    problems: ['unknown-run'],
    handle: async ({ params: { run_id }, body, who }) => {
      const { labels, note } = body;
      if (labels === undefined && note === undefined)
        throw new Refusal('invalid-request', 'Give labels or a note');
      await remarksOf(store, run_id);
      await store.addRemark({
        id: newId(clock.now(), Math.random),
        at: new Date(clock.now()).toISOString(),
        by: who,
        runs: [run_id],
        ...(labels !== undefined && { labels }),
        ...(note !== undefined && { note }),
      });
      return { body: await remarksOf(store, run_id) };
    },
  });
}

async function remarksOf(store: ServiceContext['store'], run_id: RunId): Promise<WireRemarks> {
  if ((await store.run(run_id)) === undefined) throw new Refusal('unknown-run', `There is no run ${run_id}`);
  return { run_id, ...(runRemarks(await store.remarks()).get(run_id) ?? NO_REMARKS) };
}
