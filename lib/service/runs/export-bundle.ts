import type { ServerResponse } from 'node:http';
import { sha256 } from '../../base/digest.js';
import {
  exportRun,
  SUMS_MEMBER,
  sumsText,
  textMember,
  type ExportMember,
  type RunExport,
} from '../../store/archive/export-run.js';
import { tarArchive } from '../../store/archive/tar-archive.js';
import { zipArchive } from '../../store/archive/zip-archive.js';
import { sessionPieces, type RunView } from '../../inspect/index.js';
import { sendPieces } from '../http/send-pieces.js';
import type { ServiceContext } from '../service-context.js';

const MEDIA = { zip: 'application/zip', tar: 'application/x-tar' } as const;

/** Streams a run as an archive, as an attachment. An archive that breaks off is one that every reader notices. */
export async function sendExport(
  response: ServerResponse,
  context: ServiceContext,
  { runId, format }: { readonly runId: string; readonly format: 'zip' | 'tar' },
): Promise<void> {
  await sendPieces(response, context.connections, async () => {
    const bundle = await exportBundle(context, runId);
    response.statusCode = 200;
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('x-archive-type', MEDIA[format]);
    response.setHeader('content-disposition', `attachment; filename="${runId}.${format}"`);
    return format === 'zip' ? zipArchive(bundle) : tarArchive(bundle);
  });
}

/** What `aether store export` writes, and beside it the pillars in short and the golden's verdict. */
async function exportBundle(
  { store, directory, goldens, catalogue }: ServiceContext,
  runId: string,
): Promise<RunExport> {
  const { run, members } = await exportRun(store, runId);
  const introspection = { ...(await directory.detail(runId)), pillars: await directory.pillars(runId) };
  const golden = (await goldens?.diff(await catalogue.current(), run.name)) ?? null;
  const added = [
    jsonMember('introspection.json', introspection),
    jsonMember('golden.json', golden),
    ...(await sessionMembers(await directory.view(runId))),
  ];
  const plain = members.filter(({ name }) => name !== SUMS_MEMBER);
  const sums = await textOf(members.find(({ name }) => name === SUMS_MEMBER)!);
  const extra = sumsText(added.map(({ name, text }) => [name, sha256(text)] as const));
  return { run, members: [...plain, ...added, textMember(SUMS_MEMBER, sums + extra)] };
}

/** Bytes of artefacts up to which a run is also given as a session snapshot, which is held while it is sent. */
const SESSION_BYTES = 32 << 20;

/** The session snapshot of a completed run; none where it would be large, and `aether store export` writes it. */
async function sessionMembers(view: RunView): Promise<readonly (ExportMember & { readonly text: string })[]> {
  const { state, artefacts } = view.record;
  const bytes = artefacts.reduce((sum, { size }) => sum + size, 0);
  if (state !== 'completed' || bytes > SESSION_BYTES) return [];
  const pieces: string[] = [];
  for await (const piece of sessionPieces(view)) pieces.push(piece);
  const text = pieces.join('');
  return [{ ...textMember('session.json', text), text }];
}

function jsonMember(name: string, value: unknown): ExportMember & { readonly text: string } {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return { ...textMember(name, text), text };
}

async function textOf(member: ExportMember): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of member.pieces()) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
