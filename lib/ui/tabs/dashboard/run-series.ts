import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunStatus, Series, SeriesMetric } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';

const WHILE_RUNNING_MS = 1000;

/**
 * A metric of a run over its ticks, in a bounded number of points. Polled while the run is running, and
 * fetched once more when it pauses, was stepped, or ended, unless the data already covers that tick: past
 * ticks of a compact run are expensive to compute again.
 */
export function useRunSeries(
  run: RunStatus | null,
  metric: SeriesMetric,
  points: number,
): UseQueryResult<Series> {
  const id = run?.run_id ?? '';
  const isMoving = run?.state === 'running' && !run.paused;
  const ticks = run?.ticks_completed ?? 0;
  const query = useQuery({
    queryKey: ['series', id, metric, points],
    queryFn: async ({ signal }) => {
      const path = `/runs/${encodeURIComponent(id)}/series`;
      return (await ask<Series>(path, { query: { metric, points }, signal })).value;
    },
    enabled: run !== null,
    refetchInterval: isMoving ? WHILE_RUNNING_MS : false,
    staleTime: Infinity,
    // Comparing tens of thousands of numbers costs more than drawing them.
    structuralSharing: false,
  });
  const { data, refetch } = query;
  const isShort = data !== undefined && !reaches(data, ticks);
  // Once per tick of the run: a service without further data is not polled.
  const asked = useRef('');
  useEffect(() => {
    const moment = `${id} ${ticks}`;
    if (isMoving || !isShort || asked.current === moment) return;
    asked.current = moment;
    void refetch();
  }, [isMoving, isShort, id, ticks, refetch]);
  return query;
}

/** True if a series covers the last tick of its run. */
function reaches({ to }: Series, last: number): boolean {
  return to >= last;
}
