import {
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryKey,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { ScenarioDetail, ScenarioSource, ScenarioSummary } from '../../../service/wire/index.js';
import { ask, type Answer } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';

/** Maximum page size of the service. */
const PAGE = 1000;

/** A scenario with the ETag that a change must name. */
export interface ReadScenario {
  readonly detail: ScenarioDetail;
  readonly etag: string;
}

const ALL: QueryKey = ['scenarios'];

export function scenarioPath(id: string): string {
  return `/scenarios/${encodeURIComponent(id)}`;
}

/** All scenarios of the registry, ascending by id. */
export function useScenarios(): UseQueryResult<readonly ScenarioSummary[]> {
  return useQuery({
    queryKey: [...ALL, 'every'],
    queryFn: async ({ signal }) => {
      const all: ScenarioSummary[] = [];
      let cursor: string | undefined;
      do {
        const page: Answer<ScenarioSummary[]> = await ask<ScenarioSummary[]>('/scenarios', {
          query: { limit: PAGE, cursor },
          signal,
        });
        all.push(...page.value);
        cursor = page.next;
      } while (cursor !== undefined);
      return all;
    },
  });
}

export function useScenario(id: string): UseQueryResult<ReadScenario> {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: async ({ signal }) => readScenario(await ask<ScenarioDetail>(scenarioPath(id), { signal })),
  });
}

export function useScenarioSource(id: string): UseQueryResult<ScenarioSource> {
  return useQuery({
    queryKey: [...ALL, 'source', id],
    queryFn: async ({ signal }) =>
      (await ask<ScenarioSource>(`${scenarioPath(id)}/source`, { signal })).value,
  });
}

export function readScenario({ value, etag }: Answer<ScenarioDetail>): ReadScenario {
  return { detail: value, etag: etag ?? '' };
}

/** Updates the cached scenario, and refetches everything that may have changed with it. */
export function useRemember(): (read: ReadScenario) => Promise<void> {
  const queries = useQueryClient();
  return (read) => {
    queries.setQueryData(detailKey(read.detail.id), read);
    return refresh(queries);
  };
}

/** Other scenarios may be in the same document, so that their ETags change as well. */
async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ALL }),
    queries.invalidateQueries({ queryKey: STATE_KEY }),
  ]);
}

function detailKey(id: string): QueryKey {
  return [...ALL, 'detail', id];
}
