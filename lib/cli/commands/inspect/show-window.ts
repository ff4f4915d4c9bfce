import { countText } from '../../../base/quantity.js';
import type { ApxiView } from '../../../engine/press/records.js';
import type { RunView } from '../../../inspect/run-view.js';
import { foundOr } from '../../command-error.js';
import { factLines, sectionLines, type Page } from '../../inspect/facts.js';
import type { Shown } from './shown.js';

/** The coding of the streams of a window, and the other candidates. */
export async function showWindow(run: RunView, ref: string, page: Page): Promise<Shown> {
  const window = foundOr(await run.window(ref));
  const manifest = foundOr(await run.manifest(window.window_id));
  const candidates = foundOr(await run.candidates(window.window_id));
  const view = await run.apxiView(window.window_id);
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
      page,
    ),
    ...sectionLines('Candidates', ['stream', '>values', 'scheme', '>total bits', ''], weighed, page),
    ...(view.ok ? viewLines(view.value, page) : []),
  ];
  return { json: { window, manifest, candidates, apxi_view: view.ok ? view.value : null }, lines };
}

function viewLines({ descriptors_by_stream, residual_scheme }: ApxiView, page: Page): string[] {
  const rows = Object.entries(descriptors_by_stream).flatMap(([stream, list]) =>
    list.map(({ descriptor, L_model, L_residual, L_total }) => [
      stream,
      descriptor.descriptor_id,
      descriptor.descriptor_type,
      paramsText(descriptor.params),
      bits(L_model),
      bits(L_residual),
      bits(L_total),
    ]),
  );
  const titles = ['stream', 'descriptor', 'type', 'params', '>model', '>residual', '>total bits'];
  return sectionLines(`APXi view, residuals coded with ${residual_scheme}`, titles, rows, page);
}

function paramsText(params: object): string {
  return Object.entries(params)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}

function bits(value: number | string): string {
  return typeof value === 'string' ? value : countText(value);
}
