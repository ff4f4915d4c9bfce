import type { JSX } from 'react';
import type { Series } from '../../service/wire/index.js';
import { shownNumber } from '../parts/numbers.js';

/**
 * States below a chart how many ticks and nodes its points cover. Always present, so that the layout is
 * stable.
 */
export function ThinningNote({ series }: { readonly series: readonly (Series | undefined)[] }): JSX.Element {
  const texts = series.flatMap((one) => (one === undefined ? [] : [thinningText(one)]));
  return <p className="chart-note muted">{[...new Set(texts)].join(' ') || '\u00a0'}</p>;
}

/** Text of the reduction of one series. */
function thinningText(series: Series): string {
  const { metric, ticks } = series;
  if (ticks.length === 0) return 'No tick is recorded.';
  return metric === 'u' ? matrixText(series) : pointsText(series);
}

function pointsText({ from, to, stride, ticks }: Series): string {
  if (stride === 1) return 'Every tick is shown.';
  const count = shownNumber(to - from + 1);
  return `${shownNumber(ticks.length)} points of ${count} ticks: the minimum and the maximum of every ${shownNumber(stride)} ticks, and both ends.`;
}

function matrixText({ from, to, stride, ticks, node_counts = [] }: Series): string {
  const nodes = node_counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...node_counts);
  if (stride === 1 && most === 1) return 'Every node is shown at every tick.';
  const parts = [
    part({
      shown: node_counts.length,
      what: 'rows',
      all: nodes,
      of: 'nodes',
      least: Math.min(...node_counts),
      most,
    }),
    part({
      shown: ticks.length,
      what: 'columns',
      all: to - from + 1,
      of: 'ticks',
      least: stride,
      most: stride,
    }),
  ];
  return `${parts.filter((text) => text !== '').join('; ')}. Each cell shows the value that is farthest from the overall mean.`;
}

function part(of: {
  readonly shown: number;
  readonly what: string;
  readonly all: number;
  readonly of: string;
  readonly least: number;
  readonly most: number;
}): string {
  if (of.most === 1) return '';
  const each =
    of.least === of.most ? shownNumber(of.most) : `${shownNumber(of.least)}–${shownNumber(of.most)}`;
  return `${shownNumber(of.shown)} ${of.what} of ${shownNumber(of.all)} ${of.of}; each covers ${each}`;
}
