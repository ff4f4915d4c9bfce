import { statSync } from 'node:fs';
import { bytesText, plural } from '../../../../base/quantity.js';
import { findRun } from '../../../../inspect/find/find-run.js';
import { exportRun, type RunExport } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { foundOr } from '../../../command-error.js';
import type { StoreExportArguments } from './options.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { refuseInputs } from '../../../output/claim.js';
import { openForReading } from '../../../open-store.js';
import { counted, withProgress, type Progress } from '../../../store/progress.js';
import { archive, writeExport } from './write-export.js';
import { sessionPieces } from '../../../../inspect/session/session-export.js';
import { RunArtefacts } from '../../../../inspect/artefacts/run-artefacts.js';
import { RunView } from '../../../../inspect/run-view.js';
import type { ArtefactStore } from '../../../../store/port.js';
import type { RunRecord } from '../../../../store/record-types.js';

/**
 * Writes a run as files. An incomplete output is removed again.
 *
 * @throws NotFound, UsageError, AetherError STORE_*
 */
export async function exportStored(
  args: StoreExportArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  return withProgress(openForReading(args.store), { terminal, quiet: args.json }, async (store, progress) => {
    const run = foundOr(await findRun(store, args.run));
    const isSession = args.format === 'session';
    const plain = isSession ? sessionExport(store, run) : await exportRun(store, run.id);
    const exported = told(plain, progress);
    if (args.output === '-') {
      for await (const piece of archive(exported, args.format)) if (!(await terminal.write(piece))) break;
      return EXIT.ok;
    }
    const output =
      args.output ??
      (args.format === 'dir' ? run.id : `${run.id}.${isSession ? 'session.json' : args.format}`);
    refuseInputs('--output', [output], { store: args.store });
    await writeExport(output, exported, args.format);
    progress.done();
    const bytes = isSession
      ? statSync(output).size
      : exported.members.reduce((sum, { size }) => sum + size, 0);
    const report = {
      run: run.id,
      name: run.name,
      format: args.format,
      output,
      files: exported.members.length,
      bytes,
    };
    const text = `${run.name} ${run.id} -> ${output}, ${bytesText(bytes)} in ${plural(report.files, 'file')}`;
    terminal.out(args.json === true ? `${JSON.stringify(report)}\n` : `${text}\n`);
    return EXIT.ok;
  });
}

/** The same export, with progress while it is read. */
function told({ run, members }: RunExport, progress: Progress): RunExport {
  const told = members.map((member) => ({
    ...member,
    pieces: () =>
      counted(member.pieces(), (bytes) => {
        const of = member.size === 0 ? '' : ` of ${bytesText(member.size)}`;
        progress.say(`${member.name}, ${bytesText(bytes)}${of}`);
      }),
  }));
  return { run, members: told };
}

/** A run as one file: a session snapshot. Its size is known only after writing. */
function sessionExport(store: ArtefactStore, run: RunRecord): RunExport {
  const view = new RunView(new RunArtefacts(store, run));
  return { run, members: [{ name: 'session.json', size: 0, pieces: () => bytesOf(sessionPieces(view)) }] };
}

async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
