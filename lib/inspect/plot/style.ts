import { SHADES } from './heat-map.js';

/** Maximum number of curves that colours can distinguish; more nodes are drawn as a heat map. */
export const MAX_CURVES = 12;

const LIGHT = [
  ...['#0072b2', '#d55e00', '#009e73', '#b3478f', '#8a6d00', '#1f4e9c'],
  ...['#a63d40', '#3d7a1f', '#7252b8', '#00808a', '#c2410c', '#525252'],
];
const DARK = [
  ...['#56b4e9', '#ff9d5c', '#3fd6a8', '#e59ac9', '#e6c229', '#8fb4ff'],
  ...['#ff8a8a', '#9fdc7c', '#bda4ff', '#5fd9e0', '#ffb38a', '#c4c4c4'],
];

/** Ends of the ramp of the heat map in both colour schemes; the low end is close to the background. */
const RAMP = {
  light: [
    [238, 243, 250],
    [86, 130, 200],
    [10, 32, 92],
  ],
  dark: [
    [28, 36, 54],
    [60, 120, 200],
    [216, 240, 255],
  ],
} as const;

const BASE = `text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink)}
.title{font-size:16px;font-weight:600}.caption{font-weight:600}.mark,.note{fill:var(--soft);font-size:11px}
.paper{fill:var(--paper)}.grid{stroke:var(--grid);fill:none}.frame{stroke:var(--soft);fill:none}
.curve{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}.shade{stroke:none;shape-rendering:crispEdges}.key{stroke-width:3}`;

/** The style sheet: readable on light and dark backgrounds, by the preference of the viewer. */
export function styleSheet(): string {
  const light = scheme(
    { paper: '#ffffff', ink: '#1a1f29', soft: '#5a6372', grid: '#e3e7ee' },
    LIGHT,
    RAMP.light,
  );
  const dark = scheme(
    { paper: '#12161e', ink: '#e8ecf3', soft: '#a3adbd', grid: '#2a3240' },
    DARK,
    RAMP.dark,
  );
  const curves = LIGHT.map((_, n) => `.k${String(n)}{stroke:var(--k${String(n)})}`).join('');
  const shades = Array.from({ length: SHADES }, (_, n) => `.s${String(n)}{fill:var(--s${String(n)})}`).join(
    '',
  );
  return `<style>svg{${light}}@media(prefers-color-scheme:dark){svg{${dark}}}
${BASE}
${curves}
${shades}</style>`;
}

type Colour = readonly [number, number, number];

function scheme(
  names: Readonly<Record<string, string>>,
  curves: readonly string[],
  ramp: readonly [Colour, Colour, Colour],
): string {
  const shades = Array.from(
    { length: SHADES },
    (_, n) => `--s${String(n)}:${rampColour(ramp, n / (SHADES - 1))}`,
  );
  return [
    ...Object.entries(names).map(([name, value]) => `--${name}:${value}`),
    ...curves.map((value, n) => `--k${String(n)}:${value}`),
    ...shades,
  ].join(';');
}

function rampColour([low, middle, high]: readonly [Colour, Colour, Colour], at: number): string {
  const [from, to, part] = at < 0.5 ? [low, middle, at * 2] : [middle, high, at * 2 - 1];
  const channel = (n: 0 | 1 | 2): string => String(Math.round(from[n] + (to[n] - from[n]) * part));
  return `rgb(${channel(0)} ${channel(1)} ${channel(2)})`;
}
