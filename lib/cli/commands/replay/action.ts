import type { Colors } from 'picocolors/types.js';
import { countText, plural } from '../../../base/quantity.js';
import { shortJson } from '../../../golden/index.js';
import { replayRun, replayTick, type RunReplay, type TickReplay } from '../../../inspect/replay-run.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { factLines } from '../../inspect/facts.js';
import { divergenceLines } from '../../inspect/difference-lines.js';
import { withRuns } from '../../inspect/with-run.js';
import type { ReplayArguments } from './options.js';

/** Replays; the exit code reports whether everything is as stored. */
export function showReplay(args: ReplayArguments, { terminal }: CommandContext): Promise<ExitCode> {
  return withRuns(args.store, [args.run], async (run) => {
    const colors = terminal.outColors;
    const print = (report: { readonly ok: boolean }, lines: readonly string[]): ExitCode => {
      const run_id = { run: run!.record.id };
      terminal.out(
        args.json === true ? `${JSON.stringify({ ...run_id, ...report })}\n` : `${lines.join('\n')}\n`,
      );
      return report.ok ? EXIT.ok : EXIT.failed;
    };
    if (args.tick === undefined) {
      const report = await replayRun(run!);
      return print(report, runLines(report, colors));
    }
    const report = foundOr(await replayTick(run!, args.tick));
    return print(report, tickLines(report, colors));
  });
}

function runLines(
  { run, ticks, ok, equal, first, observables, engine }: RunReplay,
  colors: Colors,
): string[] {
  const head = factLines([
    ['run', run],
    ['computed', `${plural(ticks, 'tick')} again with engine ${engine.here}`],
    ...(engine.here === engine.recorded ? [] : [['recorded', `with engine ${engine.recorded}`] as const]),
    ['equal', `${plural(equal.length, 'artefact')}: ${equal.join(', ')}`],
  ]);
  if (ok) return [...head, '', colors.green('everything is as stored')];
  const wrong = observables.map(
    ({ field, expected, found }) =>
      `record ${field}: stored ${colors.red(shortJson(found))}, computed ${colors.green(shortJson(expected))}`,
  );
  if (first === null) return [...head, '', ...wrong];
  return [...head, '', ...wrong, ...divergenceLines(first, colors, { a: 'stored', b: 'computed' })];
}

function tickLines({ tick, from, ok, differences }: TickReplay, colors: Colors): string[] {
  const start = from === 0 ? 'the initial state' : `the stored state of tick ${countText(from)}`;
  const head = factLines([
    ['tick', countText(tick)],
    ['from', start],
  ]);
  if (ok) return [...head, '', colors.green('ledger, P-block and their hashes are as stored')];
  const lines = differences.slice(0, 20).map(({ artefact, pointer, a, b }) => {
    return `${artefact} ${pointer}: stored ${colors.red(shortJson(a))}, computed ${colors.green(shortJson(b))}`;
  });
  const more = differences.length > 20 ? [`and ${countText(differences.length - 20)} more`] : [];
  return [...head, '', ...lines, ...more];
}
