/**
 * Blue, through pale, to orange: distinguishable with red-green colour blindness; as in the heat map of the
 * state.
 */
const STOPS = [
  [33, 72, 150],
  [222, 228, 236],
  [191, 88, 12],
] as const;

type Colour = readonly [number, number, number];

export interface HeatColour {
  readonly background: string;
  /** Black or white, by contrast. */
  readonly text: string;
}

/** The colour of a share, 0 for the minimum and 1 for the maximum. */
export function heatColour(share: number): HeatColour {
  const [from, to] = share >= 0.5 ? [STOPS[1], STOPS[2]] : [STOPS[0], STOPS[1]];
  const part = share >= 0.5 ? share * 2 - 1 : share * 2;
  const mixed = from.map((value, n) => Math.round(value + (to[n]! - value) * part)) as unknown as Colour;
  const light = luminance(mixed);
  const isDarkTextBetter = (light + 0.05) / 0.05 >= 1.05 / (light + 0.05);
  return { background: `rgb(${mixed.join(' ')})`, text: isDarkTextBetter ? '#000000' : '#ffffff' };
}

/** Relative luminance as defined by WCAG. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
