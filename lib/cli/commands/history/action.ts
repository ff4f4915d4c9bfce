import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { causeTexts } from '../../../batch/report/comparison-rows.js';
import { countText, durationText } from '../../../base/quantity.js';
import { runHistory, type History, type HistoryEntry } from '../../../inspect/history/index.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { shortDigest } from '../../inspect/facts.js';
import { instantText } from '../../inspect/started-text.js';
import { DEFAULT_LIMIT, type HistoryArguments } from './options.js';

/** Shows a run name or scenario over the batches. */
export async function showHistory(args: HistoryArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  return withStore(openForReading(args.store, context), async (store) => {
    const history = foundOr(
      await runHistory(store, args.name, { since: args.since, limit: args.limit ?? DEFAULT_LIMIT }),
    );
    if (args.json === true) terminal.out(`${JSON.stringify(history)}\n`);
    else if (history.entries.length > 0)
      terminal.out(`${historyLines(history, terminal.outWidth()).join('\n')}\n`);
    if (history.entries.length === 0) terminal.err('no batch since then has it\n');
    else if (history.more && args.json !== true)
      terminal.err('older batches have it too; --limit or --since shows more\n');
    return history.entries.length === 0 ? EXIT.nothing : EXIT.ok;
  });
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'batch', align: 'left' },
  { title: 'started', align: 'left' },
  { title: 'engine', align: 'left', isOptional: true },
  { title: 'how', align: 'left' },
  { title: 'result', align: 'left' },
  { title: 'digest', align: 'left', isOptional: true },
  { title: 'golden', align: 'left', isOptional: true },
  { title: 'time', align: 'right', isOptional: true },
  { title: 'trend', align: 'left', isOptional: true },
  { title: 'what changed', align: 'left', shrinksTo: 24 },
];

function historyLines({ entries }: History, width: number | null): string[] {
  return fittedTable(COLUMNS, entries.map(row), width);
}

function row(entry: HistoryEntry): string[] {
  return [
    entry.batch,
    instantText(entry.started_at),
    entry.engines.join(' ') || '-',
    howText(entry),
    entry.result,
    entry.result_digest === null ? '-' : shortDigest(entry.result_digest),
    goldenText(entry),
    entry.measured_ms === null ? '-' : durationText(entry.measured_ms),
    entry.speed ?? '',
    changeText(entry),
  ];
}

function howText({ runs, executed, cached, bad }: HistoryEntry): string {
  if (runs === 1)
    return executed === 1 ? (bad === 1 ? 'failed' : 'executed') : cached === 1 ? 'cached' : 'no result';
  const parts = [
    ...(executed > 0 ? [`${countText(executed)} executed`] : []),
    ...(cached > 0 ? [`${countText(cached)} cached`] : []),
    ...(bad > 0 ? [`${countText(bad)} bad`] : []),
  ];
  return parts.join(', ') || 'no result';
}

function goldenText({ golden }: HistoryEntry): string {
  if (golden === null) return 'not judged';
  return golden === 'judged'
    ? 'no issue'
    : golden
        .replace(/^GOLDEN_/, '')
        .toLowerCase()
        .replaceAll('_', ' ');
}

function changeText({ changes, other_inputs, runs }: HistoryEntry): string {
  const [first] = changes;
  if (first === undefined) {
    return other_inputs.length === 0
      ? ''
      : `other inputs, same result${runs === 1 ? '' : `: ${countText(other_inputs.length)}`}`;
  }
  const name = runs === 1 ? '' : `${first.name}: `;
  const causes = causeTexts(first.cause, true);
  const why = first.unknown ?? (causes.length === 0 ? '' : causes.join('; '));
  const more = changes.length > 1 ? ` (and ${countText(changes.length - 1)} more)` : '';
  return `${name}${why}${more}`;
}
