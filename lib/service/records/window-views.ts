import type { RunView } from '../../inspect/index.js';
import { pageOf, type Page, type PageQuery } from '../http/paging.js';
import type { WindowView } from '../wire/run-data.js';

/** A page of the Press windows of a run, in declared order. @throws Refusal invalid-cursor */
export async function windowViews(view: RunView, query: PageQuery, url: string): Promise<Page<WindowView>> {
  const { windows, primary_window_id } = (await view.inputs()).run;
  const place = (id: string): number => windows.findIndex(({ window_id }) => window_id === id) + 1;
  const { items, headers } = pageOf(windows, query, { key: ({ window_id }) => window_id, from: place, url });
  const views: WindowView[] = [];
  for (const { window_id, apx_name, start_tick, end_tick } of items) {
    const manifest = await view.manifest(window_id);
    const candidates = await view.candidates(window_id);
    const apxi_view = await view.apxiView(window_id);
    views.push({
      window_id,
      apx_name,
      start_tick,
      end_tick,
      primary: window_id === primary_window_id,
      manifest: manifest.ok ? manifest.value : null,
      candidates: candidates.ok ? candidates.value : null,
      apxi_view: apxi_view.ok ? apxi_view.value : null,
    });
  }
  return { items: views, headers };
}
