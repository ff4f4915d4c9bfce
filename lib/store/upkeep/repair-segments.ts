import type { DiskStore } from '../disk-store.js';
import { relative, segmentFile } from '../layout.js';
import { refClaim, refHeirs } from '../ref-claims.js';
import { SegmentDraft } from '../segments/segment-format.js';
import { copyLive, place } from './merge-segments.js';
import { setAside } from './set-aside.js';

/**
 * Moves the intact contents of a damaged segment into a new one and sets the damaged one aside; call it with
 * exclusive access. Damaged contents are missing afterwards, and reported as such. A damaged list of dead
 * places is only set aside: its places are live again until the next gc.
 *
 * @returns the new path of the damaged file; undefined if it was removed meanwhile
 * @throws AetherError STORE_*
 */
export async function repairSegment(store: DiskStore, path: string): Promise<string | undefined> {
  const { view } = store.reader.segments!;
  const file = segmentFile(path.slice(path.indexOf('/') + 1))!;
  const segment = view.segments().find(({ digest }) => digest === file.digest);
  if (file.is !== 'segment' || segment === undefined)
    return store.reader.has(path) ? setAside(store.reader, path) : undefined;
  const isWhole = await copyLive(store, [segment], { evenDamaged: true });
  const to = await setAside(store.reader, path);
  const dead = relative.deadOf(segment.digest);
  if (store.reader.has(dead)) store.reader.files.remove(store.reader.path(dead));
  view.drop(segment.digest);
  if (!segment.isWhole || !isWhole) await nameAgain(store);
  return to;
}

/**
 * Restores references that were lost with an index, or with the records they named, from the other records.
 */
async function nameAgain(store: DiskStore): Promise<void> {
  const { reader } = store;
  const runs = reader
    .runIds()
    .map((id) => reader.readableRun(id))
    .filter((run) => run !== undefined);
  const heirs = refHeirs(runs.map(refClaim));
  const draft = new SegmentDraft();
  for (const space of ['keys', 'scenarios'] as const) {
    for (const [name, run] of heirs[space])
      if (reader.refTarget(space, name) === undefined) draft.addRef(space, name, run);
  }
  if (draft.refs > 0) await place(store, draft);
}
