import { countText } from '../../../base/quantity.js';
import type { AeonWindowView } from '../../../inspect/aeon.js';
import type { RunView } from '../../../inspect/run-view.js';
import { foundOr } from '../../command-error.js';
import { factLines, sectionLines, type Page } from '../../inspect/facts.js';
import type { Shown } from './shown.js';

/** The windows of the AEON grammar of a run, or those that cover a tick. */
export async function showAeon(run: RunView, tick: number | undefined, page: Page): Promise<Shown> {
  const aeon = foundOr(await run.aeon());
  const covering = tick === undefined ? undefined : new Set(aeon.covering(tick));
  const windows = aeon.windows().filter(({ window_id }) => covering?.has(window_id) !== false);
  const facts: [string, string][] = [['run', run.record.id]];
  if (tick !== undefined) facts.push(['tick', countText(tick)]);
  const titles = ['window', '>ticks', 'made of', 'parent', 'children', 'Press windows', 'labels'];
  return {
    json: { run: run.record.id, tick: tick ?? null, windows },
    lines: [
      ...factLines(facts),
      ...sectionLines('AEON windows', titles, windows.map(row), page),
      ...(windows.length === 0 ? ['none'] : []),
    ],
  };
}

function row(window: AeonWindowView): string[] {
  const { window_id, tick_start, tick_end, source_ids, parent_id, children, press_windows, labels } = window;
  return [
    window_id,
    `${countText(tick_start)} to ${countText(tick_end)}`,
    source_ids?.join(' ') ?? '',
    parent_id ?? '',
    children.join(' '),
    press_windows.join(' '),
    labels.join(' '),
  ];
}
