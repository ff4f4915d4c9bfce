import { useEffect, useRef, useState } from 'react';
import { numberWithin, useAddress } from './address.js';

/** Delay after which a tick under the slider counts as selected. */
const SETTLE_MS = 120;

export interface TickChoice {
  /** Position of the slider. */
  readonly shown: number;
  /** The tick in the address, whose data is fetched. */
  readonly settled: number;
  readonly choose: (tick: number) => void;
}

/**
 * The tick in the address; default the last one. Scrubbing moves the slider at once, and updates the address
 * when it rests.
 */
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
    // An external change of the address moves the slider.
    setWanted((present) => (present === settled || settled !== ours.current ? null : present));
  }, [settled]);
  return { shown: wanted ?? settled, settled, choose: setWanted };
}
