import { useEffect, useRef, type JSX } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { usePalette, type Palette } from './palette.js';
import { shownNumber } from '../parts/numbers.js';

export interface ChartLine {
  readonly label: string;
  /** One value per tick; null if there is none. */
  readonly values: readonly (number | null)[];
  /** Keeps an equal line below it visible. */
  readonly isDashed?: boolean;
}

/** Lines over ticks, on a canvas. Its content is also described as text for screen readers. */
export function SeriesChart({
  title,
  ticks,
  lines,
  height = 200,
  mark,
  isKnown = true,
}: {
  readonly title: string;
  readonly ticks: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly height?: number;
  /** A tick to mark. */
  readonly mark?: TickMark;
  /** False while the values are loading. */
  readonly isKnown?: boolean;
}): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const palette = usePalette();
  const dashes = lines.map(({ isDashed }) => (isDashed === true ? '-' : '')).join('\n');
  const markTick = mark?.tick;
  const markLabel = mark?.label ?? '';
  const labels = lines.map(({ label }) => label).join('\n');
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const axis = {
      stroke: palette.muted,
      grid: { stroke: palette.grid, width: 1 },
      ticks: { stroke: palette.grid },
    };
    const plot = new uPlot(
      {
        width: Math.max(element.clientWidth, 100),
        height,
        scales: { x: { time: false } },
        legend: { show: labels.includes('\n') },
        plugins: markTick === undefined ? [] : [tickMark({ tick: markTick, label: markLabel }, palette)],
        cursor: { drag: { x: true, y: false } },
        axes: [axis, { ...axis, size: 64 }],
        series: [
          { label: 'tick' },
          ...labels.split('\n').map((label, n) => ({
            label,
            stroke: palette.series[n % palette.series.length]!,
            width: 1.5,
            // Each line has values only at its own ticks; between them it is straight.
            spanGaps: true,
            ...(dashes.split('\n')[n] === '-' ? { dash: [7, 5] } : {}),
          })),
        ],
      },
      [[], ...labels.split('\n').map(() => [])],
      element,
    );
    chart.current = plot;
    const watch = new ResizeObserver(() => {
      plot.setSize({ width: Math.max(element.clientWidth, 100), height });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [palette, labels, dashes, height, markTick, markLabel]);
  useEffect(() => {
    chart.current?.setData([ticks as number[], ...lines.map(({ values }) => values as number[])]);
  }, [ticks, lines, palette, labels, dashes, height, markTick, markLabel]);
  return (
    <figure>
      <div
        ref={host}
        className="chart"
        style={{ minHeight: height }}
        role="img"
        aria-label={isKnown ? said(title, ticks, lines) : `${title}: not known yet`}
      />
    </figure>
  );
}

function said(title: string, ticks: readonly number[], lines: readonly ChartLine[]): string {
  if (ticks.length === 0) return `${title}: nothing to show`;
  const ends = lines.map(({ label, values }) => `${label} ${shownNumber(values.at(-1) ?? null)}`).join(', ');
  const ranges = lines.map(({ label, values }) => `${label} ${rangeText(values)}`).join(', ');
  return `${title}, ticks ${ticks[0]} to ${ticks.at(-1)}; at the end ${ends}; values of ${ranges}`;
}

function rangeText(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'none';
  const least = known.reduce((found, value) => Math.min(found, value), Infinity);
  const most = known.reduce((found, value) => Math.max(found, value), -Infinity);
  return least === most ? shownNumber(least) : `${shownNumber(least)} to ${shownNumber(most)}`;
}

/** A marked tick of a chart. */
interface TickMark {
  readonly tick: number;
  readonly label: string;
}

/** Draws a dashed line at a tick, with its label on the side with more room. */
function tickMark({ tick, label }: TickMark, palette: Palette): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { min, max } = plot.scales['x'] ?? {};
        if (min === undefined || max === undefined || min === null || max === null) return;
        if (tick < min || tick > max) return;
        const { ctx, bbox } = plot;
        const x = Math.round(plot.valToPos(tick, 'x', true));
        const dot = globalThis.devicePixelRatio;
        ctx.save();
        ctx.strokeStyle = palette.text;
        ctx.fillStyle = palette.text;
        ctx.lineWidth = dot;
        ctx.setLineDash([5 * dot, 4 * dot]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.font = `${12 * dot}px system-ui, sans-serif`;
        const isLeft = x > bbox.left + bbox.width / 2;
        ctx.textAlign = isLeft ? 'right' : 'left';
        ctx.textBaseline = 'top';
        ctx.fillText(`${label}: ${tick}`, x + (isLeft ? -6 : 6) * dot, bbox.top + 4 * dot);
        ctx.restore();
      },
    },
  };
}
