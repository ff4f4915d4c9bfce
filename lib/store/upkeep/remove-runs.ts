import { errorCode } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import { relative, type RefSpace } from '../layout.js';
import type { SmallFile } from '../publish/durable-writer.js';
import { sealRef } from '../record-file.js';
import { refHeirs, type RefClaim } from '../ref-claims.js';
import { onFile, onFileAsync } from '../system-error.js';
import { refNames } from './walk-tree.js';

/** A ref for which there was no room, and the run it must name. */
export interface OwedRef {
  readonly path: string;
  readonly run: RunId;
}

/**
 * Removes run records, refs first; call it with exclusive access. A ref to a removed run is pointed to the
 * newest remaining run that it may name; on a full disk it is removed for now and owed, because room is made
 * later. Durable on return: no blob may be removed before the records that name it are gone durably.
 */
export async function removeRuns(
  store: DiskStore,
  gone: ReadonlySet<RunId>,
  remaining: readonly RefClaim[],
): Promise<readonly OwedRef[]> {
  const heirs = refHeirs(remaining);
  const owed = [
    ...(await turnRefs(store, 'keys', { gone, heirs: heirs.keys })),
    ...(await turnRefs(store, 'scenarios', { gone, heirs: heirs.scenarios })),
  ];
  for (const id of gone) remove(store, relative.record('runs', id));
  await sync(store, 'runs');
  return owed;
}

/** Writes owed refs once there is room; call it with exclusive access. */
export async function writeOwedRefs(store: DiskStore, owed: readonly OwedRef[]): Promise<void> {
  for (const { path, run } of owed) {
    // A run published meanwhile wrote a newer ref.
    const isOwed = store.reader.readText(path) === undefined && store.reader.readableRun(run) !== undefined;
    if (isOwed) await store.maintenance().writer.writeOne(path, sealRef(run));
  }
}

async function turnRefs(
  store: DiskStore,
  space: RefSpace,
  { gone, heirs }: { readonly gone: ReadonlySet<RunId>; readonly heirs: ReadonlyMap<string, RunId> },
): Promise<readonly OwedRef[]> {
  const { writer } = store.maintenance();
  let failure: Error | undefined;
  const owed: OwedRef[] = [];
  const turned: SmallFile[] = [];
  for (const name of refNames(store.reader, space)) {
    const target = store.reader.refTarget(space, name);
    if (target === undefined || !gone.has(target)) continue;
    const heir = heirs.get(name);
    const path = relative.ref(space, name);
    const fail = (error: Error): void => {
      if (errorCode(error) === 'STORE_FULL') owed.push({ path, run: heir! });
      else failure ??= error;
    };
    if (heir === undefined) remove(store, path);
    else turned.push({ path, content: sealRef(heir), mode: 0o644, fail });
  }
  await writer.write(turned);
  if (failure !== undefined) throw failure;
  for (const { path } of owed) remove(store, path);
  await sync(store, `refs/${space}`);
  return owed;
}

function remove(store: DiskStore, path: string): void {
  onFile('remove', path, () => store.reader.files.remove(store.reader.path(path)));
}

async function sync(store: DiskStore, directory: string): Promise<void> {
  await onFileAsync('sync', directory, () => store.reader.files.sync(store.reader.path(directory)));
}
