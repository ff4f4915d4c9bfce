import type { DiskStore } from '../disk-store.js';
import { relative, type RefSpace } from '../layout.js';
import { sealRef } from '../record-file.js';
import { refHeirs, type RefClaim } from '../ref-claims.js';
import { onFile, onFileAsync } from '../system-error.js';
import { refNames } from './walk-tree.js';

/**
 * Removes run records, refs first; to be called with the tree for itself. A ref whose run goes is turned to the newest
 * remaining one it may name. Durable on return: no blob may go before the records that name it are gone for good.
 */
export async function removeRuns(
  store: DiskStore,
  gone: ReadonlySet<string>,
  remaining: readonly RefClaim[],
): Promise<void> {
  const heirs = refHeirs(remaining);
  await turnRefs(store, 'keys', { gone, heirs: heirs.keys });
  await turnRefs(store, 'scenarios', { gone, heirs: heirs.scenarios });
  for (const id of gone) remove(store, relative.record('runs', id));
  await sync(store, 'runs');
}

async function turnRefs(
  store: DiskStore,
  space: RefSpace,
  { gone, heirs }: { readonly gone: ReadonlySet<string>; readonly heirs: ReadonlyMap<string, string> },
): Promise<void> {
  const { writer } = store.maintenance();
  let failure: Error | undefined;
  const turned: { path: string; text: string; mode: number; fail: (error: Error) => void }[] = [];
  for (const name of refNames(store.reader, space)) {
    const target = store.reader.refTarget(space, name);
    if (target === undefined || !gone.has(target)) continue;
    const heir = heirs.get(name);
    const path = relative.ref(space, name);
    if (heir === undefined) remove(store, path);
    else turned.push({ path, text: sealRef(heir), mode: 0o644, fail: (error) => (failure ??= error) });
  }
  await writer.write(turned);
  if (failure !== undefined) throw failure;
  await sync(store, `refs/${space}`);
}

function remove(store: DiskStore, path: string): void {
  onFile('remove', path, () => store.reader.files.remove(store.reader.path(path)));
}

async function sync(store: DiskStore, directory: string): Promise<void> {
  await onFileAsync('sync', directory, () => store.reader.files.sync(store.reader.path(directory)));
}
