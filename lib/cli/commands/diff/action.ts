import type { Colors } from 'picocolors/types.js';
import { plural } from '../../../base/quantity.js';
import { inputLines, recordDiff } from '../../../golden/index.js';
import { diffRuns, type RunDiff } from '../../../inspect/diff/diff-runs.js';
import type { RunView } from '../../../inspect/run-view.js';
import type { CommandContext } from '../../command-context.js';
import type { DiffArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { factLines } from '../../inspect/facts.js';
import { paged } from '../../inspect/pager.js';
import { withRuns } from '../../inspect/with-run.js';
import { coloured, divergenceLines } from '../../inspect/difference-lines.js';

/** Compares two runs; the exit code reports whether their results are the same. */
export function showDiff(
  args: DiffArguments & { readonly a: string; readonly b: string },
  context: CommandContext,
): Promise<ExitCode> {
  return withRuns(args.store, [args.a, args.b], async (a, b) => {
    const diff = await diffRuns(a!, b!, args.count === true ? { count_bytes: Infinity } : {});
    if (args.json === true) {
      const runs = { a: a!.record.id, b: b!.record.id };
      context.terminal.out(`${JSON.stringify({ ...runs, ...diff })}\n`);
    } else {
      const lines = diffLines(diff, { a: a!, b: b! }, context.terminal.outColors);
      await paged(context, async (line) => void (await line(lines.join('\n'))));
    }
    return diff.equal ? EXIT.ok : EXIT.failed;
  });
}

function diffLines(
  diff: RunDiff,
  runs: { readonly a: RunView; readonly b: RunView },
  colors: Colors,
): string[] {
  const head = factLines([
    ['a', `${runs.a.record.name}  ${colors.dim(runs.a.record.id)}`],
    ['b', `${runs.b.record.name}  ${colors.dim(runs.b.record.id)}`],
  ]);
  if (diff.first === null) {
    return [...head, '', colors.green('the results are the same'), ...causeLines(diff, colors)];
  }
  return [
    ...head,
    '',
    ...divergenceLines(diff.first, colors),
    ...causeLines(diff, colors),
    '',
    ...countLines(diff),
    ...coloured(recordDiff(diff, { a: 'a', b: 'b' }), colors),
  ];
}

/** Differences shown of each input document; two topologies may differ in a million places. */
const INPUTS_SHOWN = 10;

function causeLines(diff: RunDiff, colors: Colors): string[] {
  const { documents, inputs, engine, equal } = diff;
  const title = equal ? 'although these differ:' : 'cause';
  const versions = engine === null ? [] : [`engine version: ${engine.a} -> ${engine.b}`];
  const fields = inputLines(diff, INPUTS_SHOWN);
  const unnamed = inputs.length === 0 && documents.length > 0 ? [`documents: ${documents.join(', ')}`] : [];
  const causes = [...versions, ...fields, ...unnamed];
  if (causes.length > 0) return ['', title, ...causes.map((cause) => `  ${colors.yellow(cause)}`)];
  if (equal) return [];
  return [
    '',
    `${title}`,
    `  ${colors.yellow('the inputs are the same: the behaviour or the stored bytes changed')}`,
  ];
}

function countLines({ artefacts }: RunDiff): string[] {
  const counts = artefacts.map(({ artefact, records }): [string, string] => [
    artefact,
    records === null
      ? 'differs'
      : `${records.exact ? '' : 'at least '}${plural(records.count, 'record')} differ${records.count === 1 ? 's' : ''}`,
  ]);
  return factLines(counts);
}
