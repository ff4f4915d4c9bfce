import type { RunId } from '../../base/run-id.js';
import type { ServerResponse } from 'node:http';
import { sendPieces } from '../http/send-pieces.js';
import type { AddedFile, ArchiveFormat } from '../records/export-bundle.js';
import type { ServiceContext } from '../service-context.js';

const MEDIA = { zip: 'application/zip', tar: 'application/x-tar' } as const;

/** Streams a run as an archive, as an attachment. Every reader detects an incomplete archive. */
export async function sendExport(
  response: ServerResponse,
  context: ServiceContext,
  { run, format }: { readonly run: RunId; readonly format: ArchiveFormat },
): Promise<void> {
  await sendPieces(response, context.connections, async () => {
    const pieces = await context.directory.exported(run, format, await addedFiles(context, run));
    response.statusCode = 200;
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('x-archive-type', MEDIA[format]);
    response.setHeader('content-disposition', `attachment; filename="${run}.${format}"`);
    return pieces;
  });
}

/** A summary of the pillars and the verdict of the golden. */
async function addedFiles(
  { directory, goldens, catalogue }: ServiceContext,
  run: RunId,
): Promise<readonly AddedFile[]> {
  const { name } = await directory.record(run);
  const introspection = { ...(await directory.detail(run)), pillars: await directory.pillars(run) };
  const golden = (await goldens?.diff(await catalogue.current(), name)) ?? null;
  return [jsonFile('introspection.json', introspection), jsonFile('golden.json', golden)];
}

function jsonFile(name: string, value: unknown): AddedFile {
  return { name, text: `${JSON.stringify(value, null, 2)}\n` };
}
