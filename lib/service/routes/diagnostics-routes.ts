import { operation, type Operation } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY, pageByKey } from '../http/paging.js';
import type { ServiceContext } from '../service-context.js';
import { DIAGNOSTIC_RUN, DIAGNOSTIC_PROFILE, START_DIAGNOSTICS } from '../wire/diagnostics.js';
import { id, list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'diagnostics';

/** Diagnostic profiles and their runs. */
export function diagnosticsRoutes(context: ServiceContext): Operation[] {
  return [listProfiles(context), startProfile(context), listRuns(context), readRun(context)];
}

function listProfiles({ diagnostics }: ServiceContext): Operation {
  return operation({
    id: 'listDiagnosticProfiles',
    method: 'get',
    path: '/diagnostics/profiles',
    tag: TAG,
    summary: 'Diagnostic profiles',
    success: {
      status: 200,
      description: 'The profiles.',
      schema: list(ref(DIAGNOSTIC_PROFILE), 'Profiles.'),
    },
    handle: () => ({ body: diagnostics.profiles() }),
  });
}

function startProfile({ diagnostics }: ServiceContext): Operation {
  return operation({
    id: 'startDiagnostics',
    method: 'post',
    path: '/diagnostics',
    tag: TAG,
    summary: 'Run a profile',
    body: { schema: START_DIAGNOSTICS, required: true },
    success: { status: 201, description: 'The started run.', schema: ref(DIAGNOSTIC_RUN) },
    problems: ['run-active', 'diagnostics-active'],
    handle: async ({ body }) => ({ body: await diagnostics.start(body.profile) }),
  });
}

function listRuns({ diagnostics }: ServiceContext): Operation {
  return operation({
    id: 'listDiagnostics',
    method: 'get',
    path: '/diagnostics',
    tag: TAG,
    summary: 'Diagnostic runs',
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'Newest first.',
      schema: list(ref(DIAGNOSTIC_RUN), 'Runs.'),
      headers: NEXT_LINK,
    },
    problems: ['invalid-cursor'],
    handle: ({ query, url }) => {
      const page = pageByKey(diagnostics.list(), query, { key: (run) => run.id, order: 'descending', url });
      return { body: page.items, headers: page.headers };
    },
  });
}

function readRun({ diagnostics }: ServiceContext): Operation {
  return operation({
    id: 'getDiagnostics',
    method: 'get',
    path: '/diagnostics/{id}',
    tag: TAG,
    summary: 'A diagnostic run',
    params: { id: id('Id of the diagnostic run.') },
    success: { status: 200, description: 'The run.', schema: ref(DIAGNOSTIC_RUN) },
    problems: ['unknown-diagnostics'],
    handle: ({ params }) => ({ body: diagnostics.get(params.id) }),
  });
}
