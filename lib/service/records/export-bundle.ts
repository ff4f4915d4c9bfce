import { sha256 } from '../../base/digest.js';
import { sessionPieces, type RunView } from '../../inspect/index.js';
import {
  exportRun,
  SUMS_MEMBER,
  sumsText,
  textMember,
  type ExportMember,
  type RunExport,
} from '../../store/archive/export-run.js';
import type { ArtefactReader } from '../../store/port.js';

export type ArchiveFormat = 'zip' | 'tar';

/** A further file of an exported run. */
export interface AddedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The output of `aether store export` for a run, with further files, and its session snapshot unless that
 * would be large.
 */
export async function exportBundle(
  store: ArtefactReader,
  view: RunView,
  added: readonly AddedFile[],
): Promise<RunExport> {
  const { run, members } = await exportRun(store, view.record.id);
  const files = [...added, ...(await sessionFiles(view))];
  const plain = members.filter(({ name }) => name !== SUMS_MEMBER);
  const sums = await textOf(members.find(({ name }) => name === SUMS_MEMBER)!);
  const extra = sumsText(files.map(({ name, text }) => [name, sha256(text)] as const));
  const further = files.map(({ name, text }) => textMember(name, text));
  return { run, members: [...plain, ...further, textMember(SUMS_MEMBER, sums + extra)] };
}

/**
 * Maximum bytes of artefacts of a run that is also exported as a session snapshot, which is held in memory.
 */
const SESSION_BYTES = 32 << 20;

/** The session snapshot of a completed run; none if it would be large: `aether store export` writes it. */
async function sessionFiles(view: RunView): Promise<readonly AddedFile[]> {
  const { state, artefacts } = view.record;
  const bytes = artefacts.reduce((sum, { size }) => sum + size, 0);
  if (state !== 'completed' || bytes > SESSION_BYTES) return [];
  const pieces: string[] = [];
  for await (const piece of sessionPieces(view)) pieces.push(piece);
  return [{ name: 'session.json', text: pieces.join('') }];
}

async function textOf(member: ExportMember): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of member.pieces()) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
