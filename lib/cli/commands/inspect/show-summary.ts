import { bytesText, countText, durationText } from '../../../base/quantity.js';
import { AetherError } from '../../../base/errors.js';
import type { RunInputs } from '../../../engine/inputs.js';
import type { RunView } from '../../../inspect/run-view.js';
import { factLines, sectionLines, type Page } from '../../inspect/facts.js';
import type { Shown } from './shown.js';

/** Maximum of listed windows; a long run has thousands. */
const WINDOWS = 20;

/** The run as a whole. */
export async function showSummary(run: RunView, page: Page): Promise<Shown> {
  const summary = run.summary();
  const inputs = await inputsIfAny(run);
  const json = { ...summary, windows: inputs?.run.windows.map(({ window_id }) => window_id) ?? [] };
  const lines = [
    ...headLines(run, page),
    ...(inputs === undefined ? [] : documentLines(inputs)),
    ...sectionLines(
      'Artefacts',
      ['kind', '>records', '>size', 'kept', 'sha-256'],
      summary.artefacts.map(({ kind, records, size, stored, digest }) => [
        kind,
        countText(records),
        bytesText(size),
        stored ? 'bytes' : 'digest',
        digest,
      ]),
      page,
    ),
    ...(inputs === undefined ? [] : windowLines(inputs, page)),
    ...metricLines(run, page),
  ];
  return { json, lines };
}

function headLines(run: RunView, page: Page): string[] {
  const { id, name, state, failure, ticks_completed, ticks_total, duration_ms, ...rest } = run.summary();
  const failed = failure === null ? [] : ([['failure', `${failure.code}: ${failure.message}`]] as const);
  return factLines([
    ['run', id],
    ['name', page.colors.bold(name)],
    ['state', state === 'completed' ? page.colors.green(state) : page.colors.red(state)],
    ...failed,
    ['ticks', `${countText(ticks_completed)} of ${countText(ticks_total)} in ${durationText(duration_ms)}`],
    ['started', rest.started_at],
    ['engine', rest.engine_version],
    ['kept', rest.retain],
    ['result', rest.result_digest ?? 'none'],
    ['input key', rest.input_key],
    ['loom tip', `${rest.loom_tip ?? 'none'} (${countText(rest.i_blocks)} I-blocks)`],
  ]);
}

function documentLines({ topology, profile, run, pfna, governance }: RunInputs): string[] {
  const entries = pfna === null ? 'none' : `${countText(pfna.entries.length)} entries`;
  return factLines([
    [
      'graph    ',
      `${topology.gid}: ${countText(topology.N)} nodes, ${countText(topology.edges.length)} edges`,
    ],
    [
      'profile  ',
      `${profile.name}, SC ${String(profile.SC)}, an I-block every ${String(profile.I_block_spacing_W)} ticks`,
    ],
    ['windows  ', `${countText(run.windows.length)}, primary ${run.primary_window_id}`],
    ['PFNA     ', entries],
    ['governed ', governance.governance_mode],
  ]);
}

function windowLines({ run }: RunInputs, page: Page): string[] {
  const rows = run.windows
    .slice(0, WINDOWS)
    .map((window, n) => [
      String(n + 1),
      window.window_id,
      window.apx_name,
      `${countText(window.start_tick)} to ${countText(window.end_tick)}`,
      window.streams.map(({ name }) => name).join(' '),
    ]);
  const more = run.windows.length - rows.length;
  const lines = sectionLines('Windows', ['>no', 'window', 'apx name', '>ticks', 'streams'], rows, page);
  return more > 0 ? [...lines, `and ${countText(more)} more`] : lines;
}

function metricLines(run: RunView, page: Page): string[] {
  const metrics = run.metrics();
  if (!metrics.ok) return [];
  const entries = Object.entries(metrics.value as Record<string, unknown>);
  const facts = entries.map(([name, value]): [string, string] => [
    name,
    typeof value === 'number' ? countText(value) : typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return ['', page.colors.bold('Metrics'), ...factLines(facts)];
}

/** A run that failed may have recorded nothing. */
async function inputsIfAny(run: RunView): Promise<RunInputs | undefined> {
  try {
    return await run.inputs();
  } catch (error) {
    if (error instanceof AetherError && error.code === 'RUN_WITHOUT_INPUTS') return undefined;
    throw error;
  }
}
