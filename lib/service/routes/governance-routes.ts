import { operation, type Operation, type Reply } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY, pageOf } from '../http/paging.js';
import { previewGovernance } from '../runs/preview-governance.js';
import type { ServiceContext } from '../service-context.js';
import {
  AUDIT_ENTRY,
  GOVERNANCE_PREVIEW,
  GOVERNANCE_PATCH,
  GOVERNANCE_SNAPSHOT,
  type GovernanceSnapshot,
} from '../wire/governance.js';
import { list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'governance';
const SNAPSHOT = {
  status: 200,
  description: 'The base governance.',
  schema: ref(GOVERNANCE_SNAPSHOT),
  headers: { etag: 'Send it as If-Match with a change.' },
};

/** The base governance of future runs. */
export function governanceRoutes(context: ServiceContext): Operation[] {
  return [readGovernance(context), editGovernance(context), preview(context), auditLog(context)];
}

function snapshotReply({ governance }: ServiceContext): Reply<GovernanceSnapshot> {
  return { body: governance.snapshot(), headers: { etag: governance.etag } };
}

function readGovernance(context: ServiceContext): Operation {
  return operation({
    id: 'getGovernance',
    method: 'get',
    path: '/governance',
    tag: TAG,
    summary: 'The base governance',
    success: SNAPSHOT,
    handle: () => snapshotReply(context),
  });
}

function editGovernance(context: ServiceContext): Operation {
  return operation({
    id: 'editGovernance',
    method: 'post',
    path: '/governance',
    tag: TAG,
    summary: 'Set knobs for future runs',
    description:
      'Active runs keep the values with which they were started. Every change is appended to the audit log.',
    body: { schema: ref(GOVERNANCE_PATCH), required: true },
    editable: true,
    success: SNAPSHOT,
    problems: ['invalid-document'],
    handle: async ({ body, if_match, who }) => {
      const { governance, clock, log } = context;
      await governance.change(body, { who, at: new Date(clock.now()).toISOString(), if_match });
      const message = `${who} changed the base governance`;
      log.add({ level: 'INFO', event_type: 'governance_changed', message, payload: { ...body } });
      return snapshotReply(context);
    },
  });
}

function preview(context: ServiceContext): Operation {
  return operation({
    id: 'previewGovernance',
    method: 'post',
    path: '/governance/preview',
    tag: TAG,
    summary: 'Preview the effect of a change on goldens',
    body: { schema: ref(GOVERNANCE_PATCH), required: true },
    success: { status: 200, description: 'The effect of the change.', schema: ref(GOVERNANCE_PREVIEW) },
    problems: ['invalid-document'],
    handle: async ({ body }) => ({ body: await previewGovernance(context, body) }),
  });
}

function auditLog({ governance }: ServiceContext): Operation {
  return operation({
    id: 'getGovernanceAudit',
    method: 'get',
    path: '/governance/audit',
    tag: TAG,
    summary: 'All changes of the base governance',
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'Newest first.',
      schema: list(ref(AUDIT_ENTRY), 'Changes.'),
      headers: NEXT_LINK,
    },
    problems: ['invalid-cursor'],
    handle: ({ query, url }) => {
      const total = governance.audit.length;
      const numbered = governance.audit.map((entry, index) => ({ entry, index })).reverse();
      const page = pageOf(numbered, query, {
        key: ({ index }) => String(index),
        from: (key) => Math.max(0, total - Number(key)),
        url,
      });
      return { body: page.items.map(({ entry }) => entry), headers: page.headers };
    },
  });
}
