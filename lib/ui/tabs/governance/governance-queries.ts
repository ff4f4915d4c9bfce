import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AuditEntry, GovernanceSnapshot } from '../../../service/wire/index.js';
import { ask, type Answer } from '../../api/client.js';
import type { Version } from '../../forms/draft.js';
import type { FieldValue } from '../../forms/pointers.js';
import { KNOBS } from './knobs.js';

const SNAPSHOT: QueryKey = ['governance', 'snapshot'];
const AUDIT: QueryKey = ['governance', 'audit'];
const AUDIT_PAGE = 50;

/** The base governance with the ETag that a change must name. */
export interface ReadGovernance {
  readonly snapshot: GovernanceSnapshot;
  readonly etag: string;
}

export function useGovernance(): UseQueryResult<ReadGovernance> {
  return useQuery({
    queryKey: SNAPSHOT,
    queryFn: async ({ signal }) => readGovernance(await ask<GovernanceSnapshot>('/governance', { signal })),
  });
}

export function readGovernance({ value, etag }: Answer<GovernanceSnapshot>): ReadGovernance {
  return { snapshot: value, etag: etag ?? '' };
}

/** Updates the cached snapshot; the audit trail is refetched. */
export function useRemember(): (read: ReadGovernance) => void {
  const queries = useQueryClient();
  return (read) => {
    queries.setQueryData(SNAPSHOT, read);
    void queries.invalidateQueries({ queryKey: AUDIT });
  };
}

/** All changes, newest first, page by page. */
export function useAudit(): UseInfiniteQueryResult<InfiniteData<Answer<readonly AuditEntry[]>>> {
  return useInfiniteQuery({
    queryKey: AUDIT,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask<readonly AuditEntry[]>('/governance/audit', {
        query: { limit: AUDIT_PAGE, cursor: pageParam },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  });
}

/**
 * The settings of the operator, field by field; null if not set. The two modes are one knob, named `mode`.
 */
export function versionOf({ snapshot, etag }: ReadGovernance): Version {
  const isSet = snapshot.set.includes('mode');
  const values: Record<string, FieldValue> = {
    '/mode': isSet ? snapshot.mode : null,
    '/codex_action_mode': isSet ? snapshot.codex_action_mode : null,
  };
  for (const { knob, pointer } of KNOBS) values[pointer] = snapshot.budget_knobs[knob] ?? null;
  return { values, etag };
}
