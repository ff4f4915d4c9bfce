import { useEffect, useRef, useState } from 'react';
import type { RunStatus } from '../../../service/wire/index.js';

/** Progress at one moment. */
export interface TickSample {
  readonly at: number;
  readonly ticks: number;
}

/** Averaging interval of the rate in milliseconds: long enough to be stable, short enough to follow. */
const SPAN_MS = 3000;

/** Ticks per second over the samples; null before there are two. */
export function tickRate(samples: readonly TickSample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at === first.at) return null;
  return ((last.ticks - first.ticks) / (last.at - first.at)) * 1000;
}

/** The samples with one more, without those that are too old. */
export function withSample(samples: readonly TickSample[], sample: TickSample): readonly TickSample[] {
  return [...samples.filter(({ at }) => at > sample.at - SPAN_MS), sample];
}

/** Speed of a run, measured between polls; null while it is not running. */
export function useTickRate(run: RunStatus | null, seenAt: number): number | null {
  const samples = useRef<readonly TickSample[]>([]);
  const [rate, setRate] = useState<number | null>(null);
  const isMoving = run?.state === 'running' && !run.paused;
  const moving = isMoving ? run.run_id : null;
  const ticks = run?.ticks_completed ?? 0;
  useEffect(() => {
    samples.current = [];
    setRate(null);
  }, [moving]);
  useEffect(() => {
    if (moving === null) return;
    samples.current = withSample(samples.current, { at: seenAt, ticks });
    setRate(tickRate(samples.current));
  }, [moving, seenAt, ticks]);
  return rate;
}
