import type { Colors } from 'picocolors/types.js';
import { countText } from '../../batch/report/units.js';
import type { RunView } from '../../inspect/run-view.js';
import { foundOr } from '../command-error.js';
import { factLines, sectionLines } from './facts.js';
import type { Shown } from './inspect-run.js';

/** How a window's streams were coded, and what else was weighed. */
export async function showWindow(run: RunView, ref: string, colors: Colors): Promise<Shown> {
  const window = foundOr(await run.window(ref));
  const manifest = foundOr(await run.manifest(window.window_id));
  const candidates = foundOr(await run.candidates(window.window_id));
  const bits = (value: number | string): string => (typeof value === 'string' ? value : countText(value));
  const chosen = manifest.streams.map((stream) => [
    stream.stream_id,
    stream.scheme,
    String(stream.params),
    bits(stream.L_model),
    bits(stream.L_residual),
    bits(stream.L_total),
    stream.description,
  ]);
  const weighed = candidates.streams.flatMap(({ stream_id, candidates: list, values, chosen: scheme }) =>
    list.map((candidate) => [
      stream_id,
      countText(values),
      candidate.scheme === 'GR' ? `GR(${String(candidate.params)})` : candidate.scheme,
      bits(candidate.L_total),
      candidate.scheme === scheme ? 'chosen scheme' : '',
    ]),
  );
  const lines = [
    ...factLines([
      ['run', run.record.id],
      ['window', window.window_id],
      ['apx name', window.apx_name],
      ['ticks', `${countText(window.start_tick)} to ${countText(window.end_tick)}`],
      ['accounting', candidates.accounting],
      ['manifest check', String(manifest.manifest_check)],
    ]),
    ...sectionLines(
      'Streams',
      ['stream', 'scheme', '>p', '>model', '>residual', '>total bits', 'description'],
      chosen,
      colors,
    ),
    ...sectionLines('Candidates', ['stream', '>values', 'scheme', '>total bits', ''], weighed, colors),
  ];
  return { json: { window, manifest, candidates }, lines };
}
