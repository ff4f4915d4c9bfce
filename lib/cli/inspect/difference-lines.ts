import type { Colors } from 'picocolors/types.js';
import { countText } from '../../base/quantity.js';
import { shortJson } from '../../golden/compare/short-json.js';
import type { Divergence } from '../../inspect/index.js';

/** Tick, artefact and values of one divergence. */
export function divergenceLines(first: Divergence, colors: Colors, sides = { a: 'a', b: 'b' }): string[] {
  const until = first.tick_to === null ? '' : ` to ${countText(first.tick_to)}`;
  const when = first.tick === null ? 'records of the whole run' : `tick ${countText(first.tick)}${until}`;
  const width = Math.max(sides.a.length, sides.b.length, 'first difference'.length);
  const fact = (label: string, value: string): string => `${label.padEnd(width)}  ${value}`;
  return [
    fact('first difference', colors.bold(`${when}, ${first.artefact}`)),
    ...(first.pointer === '' ? [] : [fact('field', colors.bold(first.pointer))]),
    fact(sides.a, colors.red(shortJson(first.a))),
    fact(sides.b, colors.green(shortJson(first.b))),
  ];
}

/** A unified diff with the usual colours. */
export function coloured(patch: string, colors: Colors): string[] {
  if (patch === '') return [];
  const lines = patch
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line.startsWith('@@') ? colors.cyan(line) : line;
    });
  return ['', ...lines];
}
