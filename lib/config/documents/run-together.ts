import { isInt } from '../../base/integers.js';
import type { AeonGrammar, ApxiDescriptor, Pfna, RunWindow, StreamSource } from '../../engine/inputs.js';
import { nearestHint } from '../nearest.js';
import type { ProblemList } from '../problem-list.js';
import { childOf, isList, valueAt, type Path } from '../source/path.js';
import type { DocumentView } from '../source/view.js';
import { sizeAt, type GraphSize } from './graph-history.js';

/** A document and the list for its problems. */
interface Checked {
  readonly view: DocumentView;
  readonly problems: ProblemList;
}

/** Checks the windows of a run against the sizes of its graph over time. */
export function checkWindowWidths(
  { view, problems }: Checked,
  windows: readonly RunWindow[],
  sizes: readonly GraphSize[],
): void {
  windows.forEach((window, index) => {
    window.streams.forEach((stream, s) => {
      const path = streamPath(view, index, s);
      const width = widthOf(stream.source, sizeAt(sizes, window.start_tick));
      const change = sizes.find(
        (size) =>
          size.tick > window.start_tick &&
          size.tick <= window.end_tick &&
          widthOf(stream.source, size) !== width,
      );
      if (change !== undefined) {
        const now = String(widthOf(stream.source, change));
        const message = `stream ${stream.name} of window ${window.window_id} has ${String(width)} values per tick and, from tick ${String(change.tick)} on, ${now}`;
        const expected = 'windows that end before the graph changes, or streams of one width';
        problems.at(view, path, { code: 'window-width', message, expected, found: null });
      }
      const runs = descriptorsOf(window, stream.name).filter((d) => d.descriptor_type === 'RUN_SEGMENT');
      if (width === 1 || runs.length === 0) return;
      const at = ['windows', index, 'apxi_descriptors', stream.name];
      const message = `RUN_SEGMENT predicts streams of one value per tick, and ${stream.name} has ${String(width)}`;
      problems.at(view, at, { code: 'descriptor-width', message, found: null });
    });
  });
}

function descriptorsOf({ apxi }: RunWindow, stream: string): readonly ApxiDescriptor[] {
  return apxi !== undefined && Object.hasOwn(apxi.descriptors, stream) ? apxi.descriptors[stream]! : [];
}

/** Path of a stream; of the window, or of all windows, if the document does not contain the stream. */
function streamPath(view: DocumentView, window: number, stream: number): Path {
  const path = ['windows', window, 'streams', stream];
  for (let end = path.length; end > 1; end--) {
    if (valueAt(view.value, path.slice(0, end)) !== undefined) return path.slice(0, end);
  }
  return ['windows'];
}

function widthOf(source: StreamSource, { nodes, edges }: GraphSize): number {
  if (source === 'fluxes') return edges;
  return source === 'prev_chain' ? 1 : nodes;
}

/** Every aeon_window_id of a run must be a window of its grammar. */
export function checkAeonWindows({ view, problems }: Checked, grammar: AeonGrammar): void {
  const windows = childOf(view.value, 'windows');
  if (!isList(windows)) return;
  const ids = grammar.windows.map(({ window_id }) => window_id);
  const known = new Set(ids);
  windows.forEach((window, index) => {
    const id = childOf(window, 'aeon_window_id');
    if (typeof id !== 'string' || known.has(id)) return;
    const message = 'the AEON grammar has no window of this id';
    const path = ['windows', index, 'aeon_window_id'];
    problems.at(view, path, { code: 'aeon-unknown', message, hint: nearestHint(id, ids) });
  });
}

const lengths = new WeakMap<Pfna, number | null>();

/**
 * Number of values of all entries; null if it differs between entries. Cached, because sweeps ask for every
 * cell.
 */
function uniformLength(pfna: Pfna): number | null {
  let length = lengths.get(pfna);
  if (length === undefined) {
    const first = pfna.entries[0]?.values.length ?? null;
    length = pfna.entries.every(({ values }) => values.length === first) ? first : null;
    lengths.set(pfna, length);
  }
  return length;
}

/** Every PFNA entry must have one value per node of the graph at its tick. */
export function checkPfnaLengths(
  { view, problems }: Checked,
  pfna: Pfna | undefined,
  sizes: readonly GraphSize[],
): void {
  const isFixed = sizes.every(({ nodes }) => nodes === sizes[0]!.nodes);
  if (isFixed && pfna !== undefined && uniformLength(pfna) === sizes[0]!.nodes) return;
  const entries = childOf(view.value, 'entries');
  if (!isList(entries)) return;
  entries.forEach((entry, index) => {
    const tick = childOf(entry, 'tick');
    const path = ['entries', index, 'values'];
    const values = valueAt(view.value, path);
    const { nodes } = sizeAt(sizes, isInt(tick) ? tick : 0);
    if (!isList(values) || values.length === nodes) return;
    const message = 'an entry must have one value per node';
    problems.at(view, path, { code: 'values-length', message, expected: `${String(nodes)} values` });
  });
}
