import { MARK_SIZES } from './marks.js';
import { SHADES } from '../plot/heat-map.js';
import { MAX_CURVES, styleSheet } from '../plot/style.js';

/** The style sheet of `aether plot`, with the additions for drawings of many runs. */
export function chartStyle(): string {
  const fills = Array.from({ length: MAX_CURVES }, (_, n) => `.f${String(n)}{fill:var(--k${String(n)})}`);
  const shades = Array.from({ length: SHADES }, (_, n) => `.t${String(n)}{stroke:var(--s${String(n)})}`);
  const dots = Array.from(
    { length: MARK_SIZES },
    (_, n) => `.w${String(n)}{stroke-width:${String(5 + 2 * n)}}`,
  );
  const own = `${dots.join('')}.bar{fill-opacity:.75}.whisker{stroke:var(--ink);fill:none}.box{stroke-width:2}
.run{stroke-width:1.2;stroke-opacity:.8}.halo{paint-order:stroke;stroke:var(--paper);stroke-width:3}`;
  return styleSheet().replace('</style>', `\n${own}\n${fills.join('')}\n${shades.join('')}</style>`);
}
