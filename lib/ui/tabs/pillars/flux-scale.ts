/** Emphasis of an edge: 0 without flux, up to FLUX_LEVELS for the greatest flux. */
export const FLUX_LEVELS = 5;

export const FLUX_SCALES = ['tick', 'cap'] as const;
/** `tick`: relative to the greatest flux of the tick. `cap`: relative to the cap of the edge. */
export type FluxScale = (typeof FLUX_SCALES)[number];

export interface Flow {
  readonly f_e: number;
  readonly cap: number;
}

export function fluxLevel({ f_e, cap }: Flow, scale: FluxScale, greatest: number): number {
  if (f_e === 0) return 0;
  const share = Math.abs(f_e) / Math.max(scale === 'tick' ? greatest : cap, 1);
  return Math.max(1, Math.min(FLUX_LEVELS, Math.ceil(share * FLUX_LEVELS)));
}

export function greatestFlux(edges: readonly Flow[]): number {
  return edges.reduce((most, { f_e }) => Math.max(most, Math.abs(f_e)), 0);
}

/** Width in pixels, as in the legend. */
export function fluxWidth(level: number): number {
  return level === 0 ? 1 : 1 + level * 1.2;
}
