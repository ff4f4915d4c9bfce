import type { RunWindow } from '../../engine/inputs.js';
import type { ArtefactKind } from '../../session/records.js';
import { found, notFound, type Lookup } from './lookup.js';
import { nearNames } from './near-names.js';
import type { RunArtefacts } from '../artefacts/run-artefacts.js';

/** A window by its id, or by its declared position, from 1. */
export type WindowRef = string | number;

/** Number of listed ids if none is similar. */
const SHOWN = 5;

/** Finds a declared window. An id takes precedence over a number with the same text. */
export function findWindow(windows: readonly RunWindow[], ref: WindowRef): Lookup<RunWindow> {
  const position = Number(ref);
  const window =
    windows.find((w) => w.window_id === ref) ??
    (Number.isInteger(position) ? windows[position - 1] : undefined);
  if (window !== undefined) return found(window);
  const ids = windows.map((w) => w.window_id);
  const near = nearNames(String(ref), ids);
  return notFound(`window ${String(ref)}`, near.length > 0 ? near : ids.slice(0, SHOWN));
}

/** The record of a window in an artefact of the run. */
export async function recordOfWindow<T>(
  artefacts: RunArtefacts,
  kind: ArtefactKind,
  { window_id, end_tick }: RunWindow,
): Promise<Lookup<T>> {
  const reader = await artefacts.reader(artefacts.entry(kind)!);
  // The records have no tick; their chunks have the ticks at which the windows closed.
  for (const [n, chunk] of reader.source.chunks.entries()) {
    if (chunk.last_tick < end_tick || chunk.first_tick > end_tick) continue;
    const records = await reader.chunk(n);
    for (let at = 0; at < records.count; at++) {
      const record = records.record(at);
      if (record['window_id'] === window_id) return found(record as T);
    }
  }
  return notFound(`${kind} of window ${window_id}, which the run did not close`);
}
