import type { Colors } from 'picocolors/types.js';
import { countText } from '../../../base/quantity.js';
import { shortJson } from '../../../golden/index.js';
import { verifyRun, type RunVerification } from '../../../inspect/verify/verify-run.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { factLines } from '../../inspect/facts.js';
import { withRuns } from '../../inspect/with-run.js';
import type { VerifyArguments } from './options.js';

/** Verifies; the exit code reports whether everything is intact. */
export function showVerification(args: VerifyArguments, { terminal }: CommandContext): Promise<ExitCode> {
  return withRuns(args.store, [args.run], async (run) => {
    const report = await verifyRun(run!);
    const lines = verificationLines(report, run!.record.ticks_completed, terminal.outColors);
    terminal.out(args.json === true ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
    return exitCode(report);
  });
}

/** Missing bytes are an error of the store; contradicting records are an error of the run. */
function exitCode({ ok, damaged }: RunVerification): ExitCode {
  if (damaged.length > 0) return EXIT.store;
  return ok ? EXIT.ok : EXIT.failed;
}

function verificationLines(
  { run, ok, passed, broken, damaged, unstored }: RunVerification,
  ticks: number,
  colors: Colors,
): string[] {
  const lines = factLines([
    ['run', run],
    ['ticks', countText(ticks)],
  ]);
  lines.push('', ...passed.map((check) => `${colors.green('holds ')}  ${check}`));
  for (const { tick, artefact, field, expected, found } of broken) {
    const when = tick === null ? 'whole run' : `tick ${countText(tick)}`;
    lines.push(
      `${colors.red('broken')}  ${when}, ${artefact}${field === '' ? '' : `, ${field}`}`,
      `        expected ${shortJson(expected)}`,
      `        found    ${shortJson(found)}`,
    );
  }
  if (damaged.length > 0) lines.push('', `missing or damaged in the store: ${damaged.join(', ')}`);
  if (unstored.length > 0) {
    lines.push('', `not stored, can only be checked by replay: ${unstored.join(', ')}`);
  }
  return ok ? lines : [...lines, '', colors.red('start with the first broken place')];
}
