import { findRun } from '../../../inspect/find/find-run.js';
import { MOST_NOTE_TEXT } from '../../../store/remarks/remark.js';
import { NO_REMARKS, runRemarks, type RunRemarks } from '../../../store/remarks/run-remarks.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForMaintenance, openForReading, withStore } from '../../open-store.js';
import { addRemark } from '../../remarks/add-remark.js';
import type { NoteArguments } from './options.js';
import { factLines } from '../../inspect/facts.js';
import { instantText } from '../../inspect/started-text.js';

/** Adds a note to a run, or shows its labels and notes. */
export async function noteRun(args: NoteArguments, context: CommandContext): Promise<ExitCode> {
  const { text } = args;
  if (text !== undefined && text.length > MOST_NOTE_TEXT)
    throw new UsageError(`a note must be a text of 1 to ${String(MOST_NOTE_TEXT)} characters`);
  const open = text === undefined ? openForReading : openForMaintenance;
  return withStore(open(args.store, context), async (store) => {
    const run = foundOr(await findRun(store, args.run));
    if (text !== undefined) await addRemark(store, { runs: [run.id], note: text, by: args.by }, context);
    const remarks = runRemarks(await store.remarks()).get(run.id) ?? NO_REMARKS;
    const { terminal } = context;
    if (args.json === true) terminal.out(`${JSON.stringify({ run: run.id, name: run.name, ...remarks })}\n`);
    else terminal.out(`${[`${run.id}  ${run.name}`, ...remarkLines(remarks)].join('\n')}\n`);
    return EXIT.ok;
  });
}

/** Labels and notes of a run as lines of text; empty if there are none. */
function remarkLines({ labels, notes }: RunRemarks): readonly string[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return factLines([
    ...(pairs.length === 0 ? [] : [['labels', pairs.join('  ')] as const]),
    ...notes.map(({ at, by, text }) => ['note', `${instantText(at)} ${by}: ${text}`] as const),
  ]);
}
