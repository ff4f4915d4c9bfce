import type uPlot from 'uplot';
import type { Palette } from './palette.js';

/** A marked tick of a chart. */
export interface TickMark {
  readonly tick: number;
  readonly label: string;
}

/** Draws a dashed line at a tick, with its label on the side with more room. */
export function tickMark({ tick, label }: TickMark, palette: Palette): uPlot.Plugin {
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
