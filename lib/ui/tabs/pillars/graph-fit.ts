import type { Layout, Point } from './graph-layout.js';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

/** Maximum pixels per unit of the layout, so that small graphs are not stretched. */
const LARGEST_SCALE = 4;

/** A layout in the pixels of a frame, rotated by a quarter if that makes it larger. */
export function fitInto(layout: Layout, frame: Frame): Layout {
  const upright = [...layout];
  const turned = upright.map(([id, { x, y }]) => [id, { x: y, y: x }] as const);
  const best = scaleOf(turned, frame) > scaleOf(upright, frame) * 1.05 ? turned : upright;
  const scale = scaleOf(best, frame);
  const { left, top, width, height } = boundsOf(best);
  const toX = (frame.width - width * scale) / 2 - left * scale;
  const toY = (frame.height - height * scale) / 2 - top * scale;
  return new Map(best.map(([id, { x, y }]) => [id, { x: x * scale + toX, y: y * scale + toY }]));
}

type Places = readonly (readonly [number, Point])[];

function scaleOf(places: Places, { width, height, margin }: Frame): number {
  const bounds = boundsOf(places);
  const across = (width - 2 * margin) / Math.max(bounds.width, 1e-9);
  const down = (height - 2 * margin) / Math.max(bounds.height, 1e-9);
  return Math.max(Math.min(across, down, LARGEST_SCALE), 0);
}

function boundsOf(places: Places): { left: number; top: number; width: number; height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [, { x, y }] of places) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Nodes whose labels do not overlap, chosen by position alone so that none flickers from tick to tick. */
export function labelled(
  places: Layout,
  room: { readonly x: number; readonly y: number },
): ReadonlySet<number> {
  const taken = new Map<string, Point[]>();
  const chosen = new Set<number>();
  for (const [id, at] of places) {
    const column = Math.floor(at.x / room.x);
    const row = Math.floor(at.y / room.y);
    let isFree = true;
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        const others = taken.get(`${c} ${r}`) ?? [];
        if (others.some(({ x, y }) => Math.abs(x - at.x) < room.x && Math.abs(y - at.y) < room.y))
          isFree = false;
      }
    }
    if (!isFree) continue;
    const cell = `${column} ${row}`;
    taken.set(cell, [...(taken.get(cell) ?? []), at]);
    chosen.add(id);
  }
  return chosen;
}
