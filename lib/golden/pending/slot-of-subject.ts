import { portablePath } from '../places/elsewhere.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import type { Slot } from './waiting.js';

/** The slot of pending results for the golden of a run in a directory. */
export function slotOfSubject(
  tree: GoldenTree,
  { name, directory }: { readonly name: string; readonly directory: string },
): Slot {
  const isUsual = tree.identityOf(directory) === tree.identityOf(tree.directoryOf(name));
  return { name, directory: isUsual ? null : portablePath(tree.root, directory) };
}
