import { sessionPieces } from '../../../../inspect/session/session-export.js';
import { RunArtefacts } from '../../../../inspect/artefacts/run-artefacts.js';
import { RunView } from '../../../../inspect/run-view.js';
import type { ArtefactStore } from '../../../../store/port.js';
import type { RunExport } from '../../../../store/index.js';
import type { RunRecord } from '../../../../store/records.js';

/** A run as one file: a session snapshot. Its size is known only after writing. */
export function sessionExport(store: ArtefactStore, run: RunRecord): RunExport {
  const view = new RunView(new RunArtefacts(store, run));
  return { run, members: [{ name: 'session.json', size: 0, pieces: () => bytesOf(sessionPieces(view)) }] };
}

async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
