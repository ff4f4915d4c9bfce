import { useEffect, useRef, useState } from 'react';
import { numberWithin, useAddress } from './address.js';

/** Stillness after which a tick that is passed over counts as chosen. */
const SETTLE_MS = 120;

export interface TickChoice {
  /** Where the slider stands. */
  readonly shown: number;
  /** The tick of the address: what is asked for. */
  readonly settled: number;
  readonly choose: (tick: number) => void;
}

/** The tick of the address; the last one without. Scrubbing moves the slider at once, and the address when it rests. */
export function useTick(last: number): TickChoice {
  const { params, change } = useAddress();
  const settled = numberWithin(params.get('tick'), { least: 1, most: Math.max(last, 1), otherwise: last });
  const [wanted, setWanted] = useState<number | null>(null);
  const ours = useRef<number | null>(null);
  useEffect(() => {
    if (wanted === null) return undefined;
    const timer = setTimeout(() => {
      ours.current = wanted;
      change({ tick: wanted });
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted, change]);
  useEffect(() => {
    // An address that changed by other means than the slider takes the slider along.
    setWanted((present) => (present === settled || settled !== ours.current ? null : present));
  }, [settled]);
  return { shown: wanted ?? settled, settled, choose: setWanted };
}
