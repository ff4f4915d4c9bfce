import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import { FLUX_LEVELS, fluxWidth, type FluxScale } from './flux-scale.js';

/** Meaning of colour and width of the edges. */
export function FluxLegend({
  scale,
  greatest,
}: {
  readonly scale: FluxScale;
  /** Undefined while fluxes are unknown. */
  readonly greatest: number | undefined;
}): JSX.Element {
  const most =
    scale === 'cap' ? 'cap' : greatest === undefined || greatest === 0 ? '–' : shownNumber(greatest);
  return (
    <p className="pillars-legend">
      <span>|flux|</span>
      <span>0</span>
      {Array.from({ length: FLUX_LEVELS + 1 }, (_, level) => (
        <svg key={level} width="26" height="10" aria-hidden="true">
          <line
            x1="1"
            x2="25"
            y1="5"
            y2="5"
            className={`pillars-flux-${level}`}
            strokeWidth={fluxWidth(level)}
          />
        </svg>
      ))}
      <span>{most}</span>
      <span>Arrows point where the flux moves; nodes show u after the tick.</span>
    </p>
  );
}
