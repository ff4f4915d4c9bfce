import { GoldenTree } from '../../golden/index.js';
import { nodeTreeFiles } from '../../platform/tree-files.js';

/** The goldens below a directory. */
export function goldenTree(root: string): GoldenTree {
  return new GoldenTree(root, nodeTreeFiles);
}

/** Who judges: as told, else as the environment says; null when neither does. */
export function judgeName(by: string | undefined, env: NodeJS.ProcessEnv): string | null {
  const name = by ?? env['AETHER_BY'] ?? env['USER'] ?? env['LOGNAME'] ?? '';
  return name.trim() === '' ? null : name.trim();
}
